

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import scholen.models.school
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('gebieden', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Samenwerkingsverband',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=6, unique=True, validators=[django.core.validators.RegexValidator('^(PO|VO)\\d{4}$', 'Een code als VO2705.')])),
                ('naam', models.CharField(max_length=120)),
            ],
            options={
                'verbose_name': 'samenwerkingsverband',
                'verbose_name_plural': 'samenwerkingsverbanden',
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='School',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('brin', models.CharField(max_length=4, unique=True, validators=[scholen.models.school.validate_brin], verbose_name='BRIN')),
                ('naam', models.CharField(max_length=160)),
            ],
            options={
                'verbose_name': 'school',
                'verbose_name_plural': 'scholen',
                'ordering': ['naam'],
                'constraints': [models.CheckConstraint(condition=models.Q(('brin__regex', '^[0-9A-Z]{4}$')), name='school_brin_vorm')],
            },
        ),
        migrations.CreateModel(
            name='Schoolvakantie',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('schooljaar', models.CharField(help_text='2026-2027', max_length=9)),
                ('naam', models.CharField(max_length=60)),
                ('regio', models.CharField(choices=[('noord', 'Noord'), ('midden', 'Midden'), ('zuid', 'Zuid')], max_length=6)),
                ('van', models.DateField()),
                ('tot_en_met', models.DateField()),
            ],
            options={
                'verbose_name': 'schoolvakantie',
                'verbose_name_plural': 'schoolvakanties',
                'ordering': ['van', 'regio'],
                'constraints': [models.UniqueConstraint(fields=('schooljaar', 'naam', 'regio'), name='vakantie_uniek'), models.CheckConstraint(condition=models.Q(('van__lte', models.F('tot_en_met'))), name='vakantie_volgorde')],
            },
        ),
        migrations.CreateModel(
            name='Vestiging',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('brin', models.CharField(max_length=6, unique=True, validators=[scholen.models.school.validate_brin], verbose_name='BRIN vestiging')),
                ('naam', models.CharField(max_length=160)),
                ('sectoren', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('po', 'basisonderwijs'), ('so', 'speciaal onderwijs'), ('vo', 'voortgezet onderwijs'), ('vso', 'voortgezet speciaal onderwijs'), ('pro', 'praktijkonderwijs'), ('mbo', 'middelbaar beroepsonderwijs')], max_length=3), size=None)),
                ('straat', models.CharField(blank=True, max_length=120)),
                ('huisnummer', models.CharField(blank=True, max_length=12)),
                ('postcode', models.CharField(blank=True, max_length=6)),
                ('plaats', models.CharField(blank=True, max_length=80)),
                ('telefoon', models.CharField(blank=True, max_length=20)),
                ('vakantieregio', models.CharField(choices=[('noord', 'Noord'), ('midden', 'Midden'), ('zuid', 'Zuid')], default='noord', max_length=6)),
                ('gemeente', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='vestigingen', to='gebieden.gemeente')),
                ('samenwerkingsverband', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='vestigingen', to='scholen.samenwerkingsverband')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='vestigingen', to='scholen.school')),
            ],
            options={
                'verbose_name': 'vestiging',
                'verbose_name_plural': 'vestigingen',
                'ordering': ['naam'],
            },
        ),
        migrations.CreateModel(
            name='Leerling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('leerlingnummer', models.CharField(help_text='Het eigen nummer van de school. Nooit een BSN.', max_length=20)),
                ('voornaam', models.CharField(max_length=80)),
                ('achternaam', models.CharField(max_length=120)),
                ('geboortedatum', models.DateField(blank=True, null=True)),
                ('sector', models.CharField(choices=[('po', 'basisonderwijs'), ('so', 'speciaal onderwijs'), ('vo', 'voortgezet onderwijs'), ('vso', 'voortgezet speciaal onderwijs'), ('pro', 'praktijkonderwijs'), ('mbo', 'middelbaar beroepsonderwijs')], max_length=3)),
                ('klas', models.CharField(blank=True, max_length=20)),
                ('postcode', models.CharField(blank=True, max_length=6)),
                ('huisnummer', models.PositiveIntegerField(blank=True, null=True)),
                ('huisletter', models.CharField(blank=True, max_length=1)),
                ('toevoeging', models.CharField(blank=True, max_length=10)),
                ('geheim_adres', models.BooleanField(default=False)),
                ('vestiging', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='leerlingen', to='scholen.vestiging')),
            ],
            options={
                'verbose_name': 'leerling',
                'verbose_name_plural': 'leerlingen',
                'ordering': ['achternaam', 'voornaam'],
            },
        ),
        migrations.AddConstraint(
            model_name='vestiging',
            constraint=models.CheckConstraint(condition=models.Q(('brin__regex', '^[0-9A-Z]{4}[0-9]{2}$')), name='vestiging_brin_vorm'),
        ),
        migrations.AddConstraint(
            model_name='vestiging',
            constraint=models.CheckConstraint(condition=models.Q(('sectoren__len__gte', 1)), name='vestiging_heeft_sector'),
        ),
        migrations.AddConstraint(
            model_name='vestiging',
            constraint=models.CheckConstraint(condition=models.Q(('sectoren__contained_by', ['po', 'so', 'vo', 'vso', 'pro', 'mbo'])), name='vestiging_sectoren_bekend'),
        ),
        migrations.AddConstraint(
            model_name='vestiging',
            constraint=models.CheckConstraint(condition=models.Q(('postcode', ''), ('postcode__regex', '^[1-9]\\d{3}[A-Z]{2}$'), _connector='OR'), name='vestiging_postcode_vorm'),
        ),
        migrations.AddConstraint(
            model_name='leerling',
            constraint=models.UniqueConstraint(fields=('vestiging', 'leerlingnummer'), name='leerling_nummer_per_vestiging'),
        ),
        migrations.AddConstraint(
            model_name='leerling',
            constraint=models.CheckConstraint(condition=models.Q(('postcode', ''), ('postcode__regex', '^[1-9]\\d{3}[A-Z]{2}$'), _connector='OR'), name='leerling_postcode_vorm'),
        ),
        migrations.AddConstraint(
            model_name='leerling',
            constraint=models.CheckConstraint(condition=models.Q(('huisnummer__isnull', True), ('huisnummer__range', (1, 99999)), _connector='OR'), name='leerling_huisnummer'),
        ),
    ]
