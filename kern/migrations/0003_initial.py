

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('kern', '0002_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='gebeurtenis',
            name='door',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='melding',
            name='gebeurtenis',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='meldingen', to='kern.gebeurtenis'),
        ),
        migrations.AddField(
            model_name='melding',
            name='ontvanger',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='meldingen', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='gebeurtenis',
            index=models.Index(fields=['onderwerp_soort', 'onderwerp_id', 'op'], name='gebeurtenis_onderwerp'),
        ),
        migrations.AddIndex(
            model_name='melding',
            index=models.Index(condition=models.Q(('status__in', ['wacht', 'geclaimd'])), fields=['niet_voor', 'id'], name='melding_te_doen'),
        ),
        migrations.AddIndex(
            model_name='melding',
            index=models.Index(condition=models.Q(('kanaal', 'portaal')), fields=['ontvanger', '-aangemaakt'], name='melding_postvak'),
        ),
        migrations.AddIndex(
            model_name='melding',
            index=models.Index(fields=['onderwerp_soort', 'onderwerp_id'], name='melding_onderwerp'),
        ),
        migrations.AddIndex(
            model_name='melding',
            index=models.Index(condition=models.Q(('status', 'mislukt')), fields=['aangemaakt'], name='melding_mislukt'),
        ),
        migrations.AddConstraint(
            model_name='melding',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kanaal', 'mail'), _negated=True), models.Q(('adres', ''), _negated=True), _connector='OR'), name='melding_mail_heeft_adres'),
        ),
        migrations.AddConstraint(
            model_name='melding',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kanaal', 'portaal'), _negated=True), ('ontvanger__isnull', False), _connector='OR'), name='melding_portaal_heeft_ontvanger'),
        ),
        migrations.AddConstraint(
            model_name='melding',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'verzonden'), _negated=True), ('verzonden_op__isnull', False), _connector='OR'), name='melding_verzonden_heeft_tijd'),
        ),
    ]
