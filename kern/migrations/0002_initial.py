

import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('kern', '0001_rollen'),
    ]

    operations = [
        migrations.CreateModel(
            name='Gebeurtenis',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('soort', models.CharField(max_length=60)),
                ('onderwerp_soort', models.CharField(max_length=40)),
                ('onderwerp_id', models.BigIntegerField()),
                ('door_naam', models.CharField(blank=True, max_length=200)),
                ('door_rol', models.CharField(blank=True, max_length=40)),
                ('op', models.DateTimeField()),
                ('gegevens', models.JSONField(blank=True, default=dict)),
            ],
            options={
                'verbose_name': 'gebeurtenis',
                'verbose_name_plural': 'gebeurtenissen',
                'ordering': ['op', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Hartslag',
            fields=[
                ('naam', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('op', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'hartslag',
                'verbose_name_plural': 'hartslagen',
            },
        ),
        migrations.CreateModel(
            name='Melding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sleutel', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('soort', models.CharField(max_length=60)),
                ('kanaal', models.CharField(choices=[('mail', 'e-mail'), ('portaal', 'in het portaal')], max_length=10)),
                ('adres', models.EmailField(blank=True, max_length=254)),
                ('onderwerp_soort', models.CharField(blank=True, max_length=40)),
                ('onderwerp_id', models.BigIntegerField(blank=True, null=True)),
                ('gegevens', models.JSONField(blank=True, default=dict)),
                ('ontdubbeling', models.CharField(blank=True, max_length=200, null=True, unique=True)),
                ('status', models.CharField(choices=[('wacht', 'wacht op verzending'), ('geclaimd', 'wordt verzonden'), ('verzonden', 'verzonden'), ('mislukt', 'mislukt'), ('vervallen', 'vervallen')], default='wacht', max_length=10)),
                ('pogingen', models.PositiveSmallIntegerField(default=0)),
                ('niet_voor', models.DateTimeField()),
                ('lease_tot', models.DateTimeField(blank=True, null=True)),
                ('aangemaakt', models.DateTimeField()),
                ('verzonden_op', models.DateTimeField(blank=True, null=True)),
                ('gelezen_op', models.DateTimeField(blank=True, null=True)),
                ('fout', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'verbose_name': 'melding',
                'verbose_name_plural': 'meldingen',
                'ordering': ['-aangemaakt', '-id'],
            },
        ),
    ]
