

import datetime
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.comparison
import wijkteams.models.contact
import wijkteams.models.werkgebied
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('gebieden', '0001_initial'),
        ('scholen', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Wijkteam',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('naam', models.CharField(max_length=120)),
                ('soort', models.CharField(choices=[('gebied', 'gebiedsteam'), ('stedelijk', 'stedelijk team'), ('schoolgebonden', 'schoolgebonden team')], default='gebied', max_length=14)),
                ('telefoon', models.CharField(blank=True, max_length=20)),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='teammailbox')),
                ('bereikbaar', models.CharField(blank=True, help_text='Bijvoorbeeld: ma t/m vr 9–17 uur.', max_length=120)),
                ('adres', models.CharField(blank=True, max_length=160)),
                ('geldig_van', models.DateField(blank=True, null=True)),
                ('geldig_tot', models.DateField(blank=True, help_text='Eerste dag waarop het team er niet meer is.', null=True)),
                ('gemeente', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wijkteams', to='gebieden.gemeente')),
            ],
            options={
                'verbose_name': 'wijkteam',
                'verbose_name_plural': 'wijkteams',
                'ordering': ['naam'],
            },
        ),
        migrations.CreateModel(
            name='Werkgebied',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('soort', models.CharField(choices=[('school', 'school, voor leerlingen uit een gemeente'), ('voorrang', 'voorrang in een gemeente'), ('nummers', 'PC6 met huisnummers'), ('pc6', 'postcode (PC6)'), ('buurt', 'buurt'), ('pc4', 'postcodegebied (PC4)'), ('wijk', 'wijk'), ('gemeente', 'gemeente')], max_length=8)),
                ('gebied', models.CharField(max_length=10)),
                ('sector', models.CharField(choices=[('*', 'elke sector'), ('po', 'basisonderwijs'), ('so', 'speciaal onderwijs'), ('vo', 'voortgezet onderwijs'), ('vso', 'voortgezet speciaal onderwijs'), ('pro', 'praktijkonderwijs'), ('mbo', 'middelbaar beroepsonderwijs')], default='*', max_length=3)),
                ('nummer_van', models.PositiveIntegerField(default=1)),
                ('nummer_tot_en_met', models.PositiveIntegerField(default=99999)),
                ('zijde', models.CharField(choices=[('beide', 'beide zijden'), ('even', 'even nummers'), ('oneven', 'oneven nummers')], default='beide', max_length=6)),
                ('leeftijd_van', models.PositiveSmallIntegerField(default=0)),
                ('leeftijd_tot', models.PositiveSmallIntegerField(default=150)),
                ('van', models.DateField(default=datetime.date(1900, 1, 1))),
                ('tot', models.DateField(default=datetime.date(9999, 12, 31))),
                ('rang', models.PositiveSmallIntegerField(editable=False)),
                ('toelichting', models.CharField(blank=True, max_length=200)),
                ('school', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='werkgebieden', to='scholen.school')),
                ('vestiging', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='werkgebieden', to='scholen.vestiging')),
                ('wijkteam', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='werkgebieden', to='wijkteams.wijkteam')),
            ],
            options={
                'verbose_name': 'werkgebied',
                'verbose_name_plural': 'werkgebieden',
                'ordering': ['rang', 'gebied'],
            },
        ),
        migrations.CreateModel(
            name='Contactpersoon',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('naam', models.CharField(max_length=120)),
                ('functie', models.CharField(blank=True, max_length=120)),
                ('expertise', models.CharField(blank=True, max_length=200)),
                ('telefoon', models.CharField(blank=True, max_length=20)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('bereikbaar', models.CharField(blank=True, max_length=120)),
                ('foto', models.ImageField(blank=True, upload_to='contactpersonen/')),
                ('geverifieerd_op', models.DateField(blank=True, null=True)),
                ('in_dienst_tot', models.DateField(blank=True, help_text='Eerste dag waarop deze persoon er niet meer werkt.', null=True)),
                ('user', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='contactpersoon', to=settings.AUTH_USER_MODEL)),
                ('wijkteam', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mensen', to='wijkteams.wijkteam')),
            ],
            options={
                'verbose_name': 'contactpersoon',
                'verbose_name_plural': 'contactpersonen',
                'ordering': ['naam'],
            },
        ),
        migrations.CreateModel(
            name='Aanspreekpunt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sector', models.CharField(blank=True, choices=[('po', 'basisonderwijs'), ('so', 'speciaal onderwijs'), ('vo', 'voortgezet onderwijs'), ('vso', 'voortgezet speciaal onderwijs'), ('pro', 'praktijkonderwijs'), ('mbo', 'middelbaar beroepsonderwijs')], max_length=3)),
                ('van', models.DateField(default=datetime.date(2020, 1, 1))),
                ('tot', models.DateField(blank=True, null=True)),
                ('school', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='aanspreekpunten', to='scholen.school')),
                ('vestiging', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='aanspreekpunten', to='scholen.vestiging')),
                ('contactpersoon', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='aanspreekpunten', to='wijkteams.contactpersoon')),
                ('vervanger', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='vervangt', to='wijkteams.contactpersoon')),
                ('wijkteam', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='aanspreekpunten', to='wijkteams.wijkteam')),
            ],
            options={
                'verbose_name': 'aanspreekpunt',
                'verbose_name_plural': 'aanspreekpunten',
            },
        ),
        migrations.CreateModel(
            name='Afwezigheid',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('van', models.DateField()),
                ('tot_en_met', models.DateField()),
                ('contactpersoon', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='afwezigheden', to='wijkteams.contactpersoon')),
                ('vervanger', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='vervangingen', to='wijkteams.contactpersoon')),
            ],
            options={
                'verbose_name': 'afwezigheid',
                'verbose_name_plural': 'afwezigheden',
                'ordering': ['van'],
                'constraints': [models.CheckConstraint(condition=models.Q(('van__lte', models.F('tot_en_met'))), name='afwezigheid_datums'), models.CheckConstraint(condition=models.Q(('vervanger__isnull', True), models.Q(('vervanger', models.F('contactpersoon')), _negated=True), _connector='OR'), name='afwezigheid_vervanger_is_ander'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('contactpersoon', '='), (wijkteams.models.contact.DateRange('van', 'tot_en_met', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True)), '&&')], name='afwezigheid_geen_overlap')],
            },
        ),
        migrations.AddConstraint(
            model_name='wijkteam',
            constraint=models.UniqueConstraint(fields=('gemeente', 'naam'), name='wijkteam_naam_per_gemeente'),
        ),
        migrations.AddConstraint(
            model_name='wijkteam',
            constraint=models.CheckConstraint(condition=models.Q(('geldig_van__isnull', True), ('geldig_tot__isnull', True), ('geldig_van__lt', models.F('geldig_tot')), _connector='OR'), name='wijkteam_datums'),
        ),
        migrations.AddIndex(
            model_name='werkgebied',
            index=models.Index(fields=['gebied', 'soort'], name='werkgebied_gebied'),
        ),
        migrations.AddConstraint(
            model_name='werkgebied',
            constraint=models.CheckConstraint(condition=models.Q(('van__lt', models.F('tot'))), name='werkgebied_datums'),
        ),
        migrations.AddConstraint(
            model_name='werkgebied',
            constraint=models.CheckConstraint(condition=models.Q(('leeftijd_van__lt', models.F('leeftijd_tot'))), name='werkgebied_leeftijd'),
        ),
        migrations.AddConstraint(
            model_name='werkgebied',
            constraint=models.CheckConstraint(condition=models.Q(('nummer_van__gte', 1), ('nummer_van__lte', models.F('nummer_tot_en_met'))), name='werkgebied_nummers'),
        ),
        migrations.AddConstraint(
            model_name='werkgebied',
            constraint=models.CheckConstraint(condition=models.Q(('soort', 'nummers'), models.Q(('nummer_tot_en_met', 99999), ('nummer_van', 1), ('zijde', 'beide')), _connector='OR'), name='werkgebied_nummers_bij_soort'),
        ),
        migrations.AddConstraint(
            model_name='werkgebied',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('school__isnull', False), ('soort', 'school'), ('vestiging__isnull', True)), models.Q(('school__isnull', True), ('soort', 'school'), ('vestiging__isnull', False)), models.Q(models.Q(('soort', 'school'), _negated=True), ('school__isnull', True), ('vestiging__isnull', True)), _connector='OR'), name='werkgebied_school_bij_soort'),
        ),
        migrations.AddConstraint(
            model_name='werkgebied',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('gebied__regex', '^GM\\d{4}$'), ('soort__in', ['school', 'voorrang', 'gemeente'])), models.Q(('gebied__regex', '^WK\\d{4}[0-9A-Z]{2}$'), ('soort', 'wijk')), models.Q(('gebied__regex', '^BU\\d{4}[0-9A-Z]{4}$'), ('soort', 'buurt')), models.Q(('gebied__regex', '^[1-9]\\d{3}$'), ('soort', 'pc4')), models.Q(('gebied__regex', '^[1-9]\\d{3}[A-Z]{2}$'), ('soort__in', ['pc6', 'nummers'])), _connector='OR'), name='werkgebied_gebied_bij_soort'),
        ),
        migrations.AddConstraint(
            model_name='werkgebied',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('soort', '='), ('gebied', '='), ('sector', '='), (django.db.models.functions.comparison.Coalesce('school', 0), '='), (django.db.models.functions.comparison.Coalesce('vestiging', 0), '='), (wijkteams.models.werkgebied.IntRange('nummer_van', 'nummer_tot_en_met', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True)), '&&'), (wijkteams.models.werkgebied.IntRange(models.Case(models.When(then=models.Value(1), zijde='oneven'), default=models.Value(0), output_field=models.IntegerField()), models.Case(models.When(then=models.Value(0), zijde='even'), default=models.Value(1), output_field=models.IntegerField()), django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True)), '&&'), (wijkteams.models.werkgebied.IntRange('leeftijd_van', 'leeftijd_tot', django.contrib.postgres.fields.ranges.RangeBoundary()), '&&'), (wijkteams.models.contact.DateRange('van', 'tot', django.contrib.postgres.fields.ranges.RangeBoundary()), '&&')], name='werkgebied_geen_gelijkspel', violation_error_message='Er is al een regel die op dezelfde dag hetzelfde gebied aan een team toewijst.'),
        ),
        migrations.AddConstraint(
            model_name='aanspreekpunt',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('school__isnull', True), ('vestiging__isnull', True)), models.Q(('school__isnull', False), ('sector', ''), ('vestiging__isnull', True)), models.Q(('school__isnull', True), ('sector', ''), ('vestiging__isnull', False)), _connector='OR'), name='aanspreekpunt_een_bereik'),
        ),
        migrations.AddConstraint(
            model_name='aanspreekpunt',
            constraint=models.CheckConstraint(condition=models.Q(('tot__isnull', True), ('van__lt', models.F('tot')), _connector='OR'), name='aanspreekpunt_datums'),
        ),
        migrations.AddConstraint(
            model_name='aanspreekpunt',
            constraint=models.CheckConstraint(condition=models.Q(('vervanger__isnull', True), models.Q(('vervanger', models.F('contactpersoon')), _negated=True), _connector='OR'), name='aanspreekpunt_vervanger_is_ander'),
        ),
        migrations.AddConstraint(
            model_name='aanspreekpunt',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('wijkteam', '='), (django.db.models.functions.comparison.Coalesce('vestiging', 0), '='), (django.db.models.functions.comparison.Coalesce('school', 0), '='), ('sector', '='), (wijkteams.models.contact.DateRange('van', 'tot', django.contrib.postgres.fields.ranges.RangeBoundary()), '&&')], name='aanspreekpunt_een_per_bereik'),
        ),
    ]
