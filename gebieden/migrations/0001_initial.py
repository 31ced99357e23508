

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('kern', '0001_rollen'),
    ]

    operations = [
        migrations.CreateModel(
            name='Regio',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('naam', models.CharField(max_length=120, unique=True)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('telefoon', models.CharField(blank=True, max_length=20)),
                ('goede_vrijdag_vrij', models.BooleanField(default=False, help_text='Telt Goede Vrijdag als vrije dag?')),
                ('bevrijdingsdag_vrij', models.BooleanField(default=False, help_text='Is 5 mei elk jaar een vrije dag? Anders alleen in lustrumjaren (2025, 2030).')),
            ],
            options={
                'verbose_name': 'regio',
                'verbose_name_plural': "regio's",
                'ordering': ['naam'],
            },
        ),
        migrations.CreateModel(
            name='Editie',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jaar', models.PositiveSmallIntegerField()),
                ('versie', models.PositiveSmallIntegerField(default=1)),
                ('status', models.CharField(choices=[('laden', 'wordt geladen'), ('geladen', 'geladen'), ('mislukt', 'mislukt')], default='laden', max_length=10)),
                ('actief', models.BooleanField(default=False)),
                ('geladen_op', models.DateTimeField()),
                ('geactiveerd_op', models.DateTimeField(blank=True, null=True)),
                ('rijen', models.PositiveIntegerField(default=0, help_text='Gegevensrijen in het bestand, zonder de kop.')),
                ('adressen', models.PositiveIntegerField(default=0, help_text='Unieke combinaties van postcode en huisnummer.')),
                ('geweigerd', models.PositiveIntegerField(default=0)),
                ('bevindingen', models.JSONField(blank=True, default=list, help_text='Waarom deze editie niet vanzelf actief werd.')),
                ('geforceerd_om', models.CharField(blank=True, max_length=300)),
                ('bron', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'verbose_name': 'editie',
                'verbose_name_plural': 'edities',
                'ordering': ['-jaar', '-versie'],
                'constraints': [models.UniqueConstraint(fields=('jaar', 'versie'), name='editie_jaar_versie'), models.UniqueConstraint(condition=models.Q(('actief', True)), fields=('actief',), name='editie_een_actief'), models.CheckConstraint(condition=models.Q(('actief', False), ('status', 'geladen'), _connector='OR'), name='editie_actief_is_geladen')],
            },
        ),
        migrations.CreateModel(
            name='Buurt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=10)),
                ('naam', models.CharField(max_length=120)),
                ('editie', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='buurten', to='gebieden.editie')),
            ],
            options={
                'verbose_name': 'buurt',
                'verbose_name_plural': 'buurten',
                'constraints': [models.UniqueConstraint(fields=('editie', 'code'), name='buurt_editie_code'), models.CheckConstraint(condition=models.Q(('code__regex', '^BU\\d{4}[0-9A-Z]{4}$')), name='buurt_code_vorm')],
            },
        ),
        migrations.CreateModel(
            name='Gemeente',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=6, unique=True, validators=[django.core.validators.RegexValidator('^GM\\d{4}$', 'Een code als GM0392.')])),
                ('naam', models.CharField(max_length=120)),
                ('loket_naam', models.CharField(blank=True, max_length=120, verbose_name='naam toegangsloket')),
                ('loket_telefoon', models.CharField(blank=True, max_length=20, verbose_name='telefoon loket')),
                ('loket_email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail loket')),
                ('loket_url', models.URLField(blank=True, verbose_name='website loket')),
                ('regio', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='gemeenten', to='gebieden.regio')),
            ],
            options={
                'verbose_name': 'gemeente',
                'verbose_name_plural': 'gemeenten',
                'ordering': ['naam'],
                'constraints': [models.CheckConstraint(condition=models.Q(('code__regex', '^GM\\d{4}$')), name='gemeente_code_vorm')],
            },
        ),
        migrations.CreateModel(
            name='RegisterRegel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('postcode', models.CharField(max_length=6)),
                ('buurt_code', models.CharField(max_length=10)),
                ('huisnummers', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None)),
                ('editie', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='regels', to='gebieden.editie')),
            ],
            options={
                'verbose_name': 'registerregel',
                'verbose_name_plural': 'adresregister',
                'constraints': [models.UniqueConstraint(fields=('editie', 'postcode', 'buurt_code'), name='register_sleutel'), models.CheckConstraint(condition=models.Q(('postcode__regex', '^[1-9]\\d{3}[A-Z]{2}$')), name='register_postcode_vorm'), models.CheckConstraint(condition=models.Q(('huisnummers__len__gte', 1)), name='register_niet_leeg')],
            },
        ),
        migrations.CreateModel(
            name='Wijk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=8)),
                ('naam', models.CharField(max_length=120)),
                ('editie', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='wijken', to='gebieden.editie')),
            ],
            options={
                'verbose_name': 'wijk',
                'verbose_name_plural': 'wijken',
                'constraints': [models.UniqueConstraint(fields=('editie', 'code'), name='wijk_editie_code'), models.CheckConstraint(condition=models.Q(('code__regex', '^WK\\d{4}[0-9A-Z]{2}$')), name='wijk_code_vorm')],
            },
        ),
    ]
