

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('casussen', '0001_initial'),
        ('gebieden', '0001_initial'),
        ('scholen', '0001_initial'),
        ('wijkteams', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='casus',
            name='aangevraagd_door',
            field=models.ForeignKey(help_text='De zorgcoördinator.', on_delete=django.db.models.deletion.PROTECT, related_name='aangevraagde_casussen', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='casus',
            name='aanspreekpunt',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wijkteams.contactpersoon'),
        ),
        migrations.AddField(
            model_name='casus',
            name='behandelaar',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='casussen', to='wijkteams.contactpersoon'),
        ),
        migrations.AddField(
            model_name='casus',
            name='leerling',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='casussen', to='scholen.leerling'),
        ),
        migrations.AddField(
            model_name='casus',
            name='regio',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='casussen', to='gebieden.regio'),
        ),
        migrations.AddField(
            model_name='casus',
            name='school',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='casussen', to='scholen.school'),
        ),
        migrations.AddField(
            model_name='casus',
            name='veiligheid_door',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='casus',
            name='vestiging',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='casussen', to='scholen.vestiging'),
        ),
        migrations.AddField(
            model_name='casus',
            name='wijkteam',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='casussen', to='wijkteams.wijkteam'),
        ),
        migrations.AddField(
            model_name='casus',
            name='woongemeente',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='casussen', to='gebieden.gemeente'),
        ),
        migrations.AddField(
            model_name='casusroute',
            name='casus',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='routes', to='casussen.casus'),
        ),
        migrations.AddField(
            model_name='casusroute',
            name='contactpersoon',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wijkteams.contactpersoon'),
        ),
        migrations.AddField(
            model_name='casusroute',
            name='door',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='casusroute',
            name='editie',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='gebieden.editie'),
        ),
        migrations.AddField(
            model_name='casusroute',
            name='wijkteam',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wijkteams.wijkteam'),
        ),
        migrations.AddField(
            model_name='contactmoment',
            name='casus',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contactmomenten', to='casussen.casus'),
        ),
        migrations.AddField(
            model_name='contactmoment',
            name='door',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='ontvangstlink',
            name='casus',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ontvangstlinks', to='casussen.casus'),
        ),
        migrations.AddField(
            model_name='ontvangstlink',
            name='contactpersoon',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wijkteams.contactpersoon'),
        ),
        migrations.AddField(
            model_name='overgang',
            name='casus',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='overgangen', to='casussen.casus'),
        ),
        migrations.AddField(
            model_name='overgang',
            name='door',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='overgang',
            name='naar_wijkteam',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wijkteams.wijkteam'),
        ),
        migrations.AddField(
            model_name='overgang',
            name='van_wijkteam',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wijkteams.wijkteam'),
        ),
        migrations.AddField(
            model_name='statusperiode',
            name='casus',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='statusperiodes', to='casussen.casus'),
        ),
        migrations.AddField(
            model_name='termijn',
            name='casus',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='termijnen', to='casussen.casus'),
        ),
        migrations.AddField(
            model_name='termijn',
            name='eigenaar_contactpersoon',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wijkteams.contactpersoon'),
        ),
        migrations.AddField(
            model_name='termijn',
            name='eigenaar_user',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='termijn',
            name='eigenaar_wijkteam',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wijkteams.wijkteam'),
        ),
        migrations.AddField(
            model_name='herinnering',
            name='termijn',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='herinneringen', to='casussen.termijn'),
        ),
        migrations.AddField(
            model_name='termijninstelling',
            name='regio',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='termijninstellingen', to='gebieden.regio'),
        ),
        migrations.AddField(
            model_name='terugkoppeling',
            name='aan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ontvangen_terugkoppelingen', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='terugkoppeling',
            name='casus',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='terugkoppelingen', to='casussen.casus'),
        ),
        migrations.AddField(
            model_name='terugkoppeling',
            name='door',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='terugkoppeling',
            name='overgang',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='terugkoppelingen', to='casussen.overgang'),
        ),
        migrations.AddField(
            model_name='toestemming',
            name='casus',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='toestemmingen', to='casussen.casus'),
        ),
        migrations.AddField(
            model_name='toestemming',
            name='vastgelegd_door',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='toestemming',
            name='wijkteam',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wijkteams.wijkteam'),
        ),
        migrations.AddField(
            model_name='vraag',
            name='beantwoord_door',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='vraag',
            name='casus',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='vragen', to='casussen.casus'),
        ),
        migrations.AddField(
            model_name='vraag',
            name='gesteld_door',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='casus',
            index=models.Index(fields=['wijkteam', 'status', 't0'], name='casus_werkvoorraad'),
        ),
        migrations.AddIndex(
            model_name='casus',
            index=models.Index(fields=['school', 'status', 't0'], name='casus_school'),
        ),
        migrations.AddIndex(
            model_name='casus',
            index=models.Index(fields=['regio', 'status', 't0'], name='casus_regio'),
        ),
        migrations.AddIndex(
            model_name='casus',
            index=models.Index(fields=['woongemeente', 't0'], name='casus_gemeente'),
        ),
        migrations.AddIndex(
            model_name='casus',
            index=models.Index(fields=['behandelaar', 'status'], name='casus_behandelaar'),
        ),
        migrations.AddConstraint(
            model_name='casus',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['concept', 'te_routeren', 'aangemeld', 'ontvangen', 'in_behandeling', 'mdo_gepland', 'plan_vastgesteld', 'in_uitvoering', 'evaluatie', 'afgesloten', 'aanvulling_gevraagd', 'teruggelegd', 'ingetrokken'])), name='casus_status_bekend'),
        ),
        migrations.AddConstraint(
            model_name='casus',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['concept', 'te_routeren', 'ingetrokken']), ('t0__isnull', False), _connector='OR'), name='casus_aangemeld_heeft_t0'),
        ),
        migrations.AddConstraint(
            model_name='casus',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['concept', 'te_routeren', 'ingetrokken']), ('wijkteam__isnull', False), _connector='OR'), name='casus_aangemeld_heeft_wijkteam'),
        ),
        migrations.AddConstraint(
            model_name='casus',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['concept', 'te_routeren', 'aangemeld', 'ingetrokken', 'teruggelegd', 'aanvulling_gevraagd']), ('behandelaar__isnull', False), _connector='OR'), name='casus_behandeld_heeft_behandelaar'),
        ),
        migrations.AddConstraint(
            model_name='casus',
            constraint=models.CheckConstraint(condition=models.Q(('veiligheid', False), models.Q(models.Q(('veiligheid_grond', ''), _negated=True), ('veiligheid_door__isnull', False), ('veiligheid_op__isnull', False)), _connector='OR'), name='casus_veiligheid_heeft_grond'),
        ),
        migrations.AddConstraint(
            model_name='casus',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'afgesloten'), ('afgesloten_op__isnull', False)), models.Q(models.Q(('status', 'afgesloten'), _negated=True), ('afgesloten_op__isnull', True)), _connector='OR'), name='casus_afgesloten_heeft_datum'),
        ),
        migrations.AddConstraint(
            model_name='casusroute',
            constraint=models.CheckConstraint(condition=models.Q(('gekozen', False), models.Q(('reden', ''), _negated=True), _connector='OR'), name='route_keuze_heeft_reden'),
        ),
        migrations.AddIndex(
            model_name='overgang',
            index=models.Index(fields=['casus', 'op'], name='overgang_casus'),
        ),
        migrations.AddIndex(
            model_name='overgang',
            index=models.Index(condition=models.Q(('reden', ''), _negated=True), fields=['reden', 'op'], name='overgang_reden'),
        ),
        migrations.AddConstraint(
            model_name='statusperiode',
            constraint=models.UniqueConstraint(condition=models.Q(('tot__isnull', True)), fields=('casus',), name='statusperiode_een_open'),
        ),
        migrations.AddConstraint(
            model_name='statusperiode',
            constraint=models.CheckConstraint(condition=models.Q(('tot__isnull', True), ('tot__gte', models.F('van')), _connector='OR'), name='statusperiode_volgorde'),
        ),
        migrations.AddIndex(
            model_name='termijn',
            index=models.Index(condition=models.Q(('gesloten_op__isnull', True)), fields=['volgende_op', 'id'], name='termijn_aan_de_beurt'),
        ),
        migrations.AddIndex(
            model_name='termijn',
            index=models.Index(condition=models.Q(('gesloten_op__isnull', True)), fields=['casus', 'vervalt_op'], name='termijn_open'),
        ),
        migrations.AddIndex(
            model_name='termijn',
            index=models.Index(condition=models.Q(('gesloten_op__isnull', True)), fields=['eigenaar_user', 'vervalt_op'], name='termijn_eigenaar'),
        ),
        migrations.AddConstraint(
            model_name='termijn',
            constraint=models.UniqueConstraint(condition=models.Q(('gesloten_op__isnull', True)), fields=('casus', 'soort'), name='termijn_een_open_per_soort'),
        ),
        migrations.AddConstraint(
            model_name='termijn',
            constraint=models.CheckConstraint(condition=models.Q(('gesloten_op__isnull', True), models.Q(('volgende_op__isnull', True), models.Q(('gesloten_om', ''), _negated=True)), _connector='OR'), name='termijn_gesloten_herinnert_niet'),
        ),
        migrations.AddConstraint(
            model_name='termijn',
            constraint=models.CheckConstraint(condition=models.Q(('begint_op__lte', models.F('vervalt_op'))), name='termijn_volgorde'),
        ),
        migrations.AddConstraint(
            model_name='termijn',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('eigenaar_soort', 'wijkteam'), _negated=True), ('eigenaar_wijkteam__isnull', False), _connector='OR'), name='termijn_wijkteam_bekend'),
        ),
        migrations.AddConstraint(
            model_name='herinnering',
            constraint=models.UniqueConstraint(fields=('termijn', 'stand', 'stap'), name='herinnering_eenmaal'),
        ),
        migrations.AddConstraint(
            model_name='termijninstelling',
            constraint=models.UniqueConstraint(fields=('regio', 'soort'), name='termijninstelling_uniek'),
        ),
        migrations.AddConstraint(
            model_name='termijninstelling',
            constraint=models.CheckConstraint(condition=models.Q(('aantal__gte', 1)), name='termijninstelling_positief'),
        ),
        migrations.AddConstraint(
            model_name='terugkoppeling',
            constraint=models.CheckConstraint(condition=models.Q(('gedaan', ''), _negated=True), name='terugkoppeling_heeft_tekst'),
        ),
        migrations.AddConstraint(
            model_name='vraag',
            constraint=models.UniqueConstraint(condition=models.Q(('beantwoord_op__isnull', True)), fields=('casus',), name='vraag_een_open'),
        ),
        migrations.AddConstraint(
            model_name='vraag',
            constraint=models.CheckConstraint(condition=models.Q(('tekst', ''), _negated=True), name='vraag_heeft_tekst'),
        ),
        migrations.AddConstraint(
            model_name='vraag',
            constraint=models.CheckConstraint(condition=models.Q(('beantwoord_op__isnull', True), models.Q(('antwoord', ''), _negated=True), _connector='OR'), name='vraag_antwoord_heeft_tekst'),
        ),
    ]
