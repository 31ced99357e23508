

import datetime
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('gebieden', '0001_initial'),
        ('scholen', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ApiToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('hash', models.CharField(max_length=64, unique=True)),
                ('naam', models.CharField(blank=True, max_length=120)),
                ('aangemaakt', models.DateTimeField()),
                ('verloopt_op', models.DateTimeField(blank=True, null=True)),
                ('ingetrokken_op', models.DateTimeField(blank=True, null=True)),
                ('laatst_gebruikt', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'API-token',
                'verbose_name_plural': 'API-tokens',
            },
        ),
        migrations.CreateModel(
            name='Inzage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('op', models.DateTimeField()),
                ('rol', models.CharField(blank=True, max_length=40)),
                ('aanstelling_id', models.BigIntegerField(blank=True, null=True)),
                ('actie', models.CharField(help_text='bekijken, of de naam van de actie', max_length=60)),
                ('uitkomst', models.CharField(default='gelukt', help_text='gelukt of geweigerd', max_length=20)),
                ('doel', models.CharField(blank=True, max_length=200)),
                ('object_soort', models.CharField(max_length=40)),
                ('object_id', models.BigIntegerField(blank=True, null=True)),
                ('relatie', models.CharField(blank=True, help_text='waarom mocht het: eigen school, eigen team, behandelaar, …', max_length=40)),
                ('verzoek_id', models.CharField(blank=True, max_length=36)),
            ],
            options={
                'verbose_name': 'inzage',
                'verbose_name_plural': 'inzagelog',
                'ordering': ['-op', '-id'],
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mailadres')),
                ('naam', models.CharField(max_length=120)),
                ('telefoon', models.CharField(blank=True, max_length=20)),
                ('is_active', models.BooleanField(default=True, verbose_name='actief')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='aangemaakt')),
            ],
            options={
                'verbose_name': 'gebruiker',
                'verbose_name_plural': 'gebruikers',
                'ordering': ['naam'],
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='user_email_hoofdletterongevoelig')],
            },
        ),
        migrations.CreateModel(
            name='Aanstelling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rol', models.CharField(choices=[('zorgcoordinator', 'zorgcoördinator'), ('schoolteamleider', 'teamleider'), ('wijkteamlid', 'wijkteamlid'), ('wijkteamcoordinator', 'wijkteamcoördinator'), ('regiocoordinator', 'regiocoördinator'), ('gemeentemedewerker', 'gemeentemedewerker'), ('functioneel_beheer', 'functioneel beheer')], max_length=40)),
                ('van', models.DateField(default=datetime.date(2020, 1, 1))),
                ('tot', models.DateField(blank=True, null=True)),
                ('gemeente', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='aanstellingen', to='gebieden.gemeente')),
                ('regio', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='aanstellingen', to='gebieden.regio')),
                ('school', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='aanstellingen', to='scholen.school')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='aanstellingen', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'aanstelling',
                'verbose_name_plural': 'aanstellingen',
            },
        ),
    ]
