import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casussen', '0002_initial'),
        ('gebieden', '0001_initial'),
        ('scholen', '0001_initial'),
        ('wijkteams', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL("CREATE SEQUENCE casussen_casusnummer AS bigint", "DROP SEQUENCE casussen_casusnummer"),
        migrations.RemoveConstraint(
            model_name='casus',
            name='casus_aangemeld_heeft_t0',
        ),
        migrations.RemoveConstraint(
            model_name='casus',
            name='casus_aangemeld_heeft_wijkteam',
        ),
        migrations.RemoveConstraint(
            model_name='vraag',
            name='vraag_een_open',
        ),
        migrations.AddField(
            model_name='casus',
            name='hulp_gestart_op',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='contactmoment',
            name='wijkteam',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wijkteams.wijkteam'),
        ),
        migrations.AddField(
            model_name='overgang',
            name='afdruk',
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name='overgang',
            name='versie',
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='vraag',
            name='vervallen_op',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name='casus',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['concept', 'te_routeren', 'teruggelegd', 'ingetrokken']), ('t0__isnull', False), _connector='OR'), name='casus_aangemeld_heeft_t0'),
        ),
        migrations.AddConstraint(
            model_name='casus',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['concept', 'te_routeren', 'teruggelegd', 'ingetrokken']), ('wijkteam__isnull', False), _connector='OR'), name='casus_aangemeld_heeft_wijkteam'),
        ),
        migrations.AddConstraint(
            model_name='overgang',
            constraint=models.UniqueConstraint(fields=('casus', 'versie'), name='overgang_een_per_versie'),
        ),
        migrations.AddConstraint(
            model_name='vraag',
            constraint=models.UniqueConstraint(condition=models.Q(('beantwoord_op__isnull', True), ('vervallen_op__isnull', True)), fields=('casus',), name='vraag_een_open'),
        ),
        # A step that was taken and the route it went by are never changed afterwards.
        migrations.RunSQL(
            "REVOKE UPDATE ON casussen_overgang, casussen_casusroute FROM aanspreekpunt_web, aanspreekpunt_taak",
            "GRANT UPDATE ON casussen_overgang, casussen_casusroute TO aanspreekpunt_web, aanspreekpunt_taak",
        ),
    ]
