

from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Casus',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nummer', models.CharField(help_text='Casusnummer, bijvoorbeeld 2026-004312.', max_length=12, unique=True)),
                ('sector', models.CharField(blank=True, choices=[('po', 'basisonderwijs'), ('so', 'speciaal onderwijs'), ('vo', 'voortgezet onderwijs'), ('vso', 'voortgezet speciaal onderwijs'), ('pro', 'praktijkonderwijs'), ('mbo', 'middelbaar beroepsonderwijs')], max_length=3)),
                ('status', models.CharField(choices=[('concept', 'concept'), ('te_routeren', 'te routeren'), ('aangemeld', 'aangemeld'), ('ontvangen', 'ontvangen'), ('in_behandeling', 'in behandeling'), ('mdo_gepland', 'mdo gepland'), ('plan_vastgesteld', 'plan vastgesteld'), ('in_uitvoering', 'in uitvoering'), ('evaluatie', 'evaluatie'), ('afgesloten', 'afgesloten'), ('aanvulling_gevraagd', 'aanvulling gevraagd'), ('teruggelegd', 'teruggelegd'), ('ingetrokken', 'ingetrokken')], default='concept', max_length=20)),
                ('status_sinds', models.DateTimeField()),
                ('ronde', models.PositiveSmallIntegerField(default=1)),
                ('t0', models.DateTimeField(blank=True, null=True)),
                ('versie', models.PositiveIntegerField(default=0)),
                ('aangemaakt', models.DateTimeField()),
                ('verzoek_sleutel', models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                ('buurt_code', models.CharField(blank=True, max_length=10)),
                ('hulpvraag', models.TextField(blank=True)),
                ('krachten', models.TextField(blank=True)),
                ('geprobeerd', models.TextField(blank=True)),
                ('urgentie', models.CharField(choices=[('normaal', 'normaal'), ('spoed', 'spoed: binnen een werkdag contact gewenst')], default='normaal', max_length=8)),
                ('ouders_geinformeerd_op', models.DateField(blank=True, null=True)),
                ('concept_gegevens', models.JSONField(blank=True, default=dict)),
                ('niet_bereikbaar', models.BooleanField(default=False)),
                ('wacht_op_zorg', models.BooleanField(default=False)),
                ('geescaleerd', models.BooleanField(default=False)),
                ('thuiszitter', models.BooleanField(default=False)),
                ('buiten_regio', models.BooleanField(default=False)),
                ('veiligheid', models.BooleanField(default=False)),
                ('veiligheid_grond', models.TextField(blank=True)),
                ('veiligheid_op', models.DateTimeField(blank=True, null=True)),
                ('eerste_reactie_op', models.DateTimeField(blank=True, null=True)),
                ('afgesloten_op', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'casus',
                'verbose_name_plural': 'casussen',
                'ordering': ['-aangemaakt', '-id'],
            },
        ),
        migrations.CreateModel(
            name='CasusRoute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uitkomst', models.CharField(max_length=20)),
                ('afgeleid', models.BooleanField(default=False)),
                ('peildatum', models.DateField()),
                ('document', models.JSONField()),
                ('gekozen', models.BooleanField(default=False, help_text='Gekozen uit kandidaten, of toegewezen door de regiocoördinator.')),
                ('reden', models.TextField(blank=True)),
                ('op', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'route',
                'verbose_name_plural': 'routes',
                'ordering': ['op', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Contactmoment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('soort', models.CharField(choices=[('telefoon', 'telefoongesprek'), ('huisbezoek', 'huisbezoek'), ('school', 'gesprek op school'), ('team', 'gesprek bij het wijkteam'), ('beeldbellen', 'beeldbellen'), ('bericht', 'brief of bericht')], max_length=12)),
                ('met', models.CharField(blank=True, help_text='Met wie: ouders, leerling, allebei.', max_length=120)),
                ('datum', models.DateField()),
                ('gelukt', models.BooleanField(default=True)),
                ('notitie', models.TextField(blank=True)),
                ('vastgelegd_op', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'contactmoment',
                'verbose_name_plural': 'contactmomenten',
                'ordering': ['datum', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Herinnering',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stand', models.PositiveSmallIntegerField()),
                ('stap', models.SmallIntegerField()),
                ('verschuldigd_op', models.DateTimeField()),
                ('gemaakt_op', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'herinnering',
                'verbose_name_plural': 'herinneringen',
                'ordering': ['verschuldigd_op'],
            },
        ),
        migrations.CreateModel(
            name='Ontvangstlink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('hash', models.CharField(max_length=64, unique=True)),
                ('aangemaakt', models.DateTimeField()),
                ('verloopt_op', models.DateTimeField()),
                ('gebruikt_op', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'ontvangstlink',
                'verbose_name_plural': 'ontvangstlinks',
            },
        ),
        migrations.CreateModel(
            name='Overgang',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ronde', models.PositiveSmallIntegerField()),
                ('actie', models.CharField(max_length=30)),
                ('van_status', models.CharField(max_length=20)),
                ('naar_status', models.CharField(max_length=20)),
                ('door_naam', models.CharField(blank=True, max_length=200)),
                ('door_rol', models.CharField(blank=True, max_length=40)),
                ('op', models.DateTimeField()),
                ('reden', models.CharField(blank=True, help_text='Vaste reden, bijvoorbeeld niet_ons_gebied.', max_length=40)),
                ('toelichting', models.TextField(blank=True)),
                ('advies', models.TextField(blank=True)),
                ('alternatief', models.TextField(blank=True)),
            ],
            options={
                'verbose_name': 'overgang',
                'verbose_name_plural': 'overgangen',
                'ordering': ['op', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Statusperiode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ronde', models.PositiveSmallIntegerField()),
                ('status', models.CharField(max_length=20)),
                ('van', models.DateTimeField()),
                ('tot', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'statusperiode',
                'verbose_name_plural': 'statusperiodes',
                'ordering': ['van', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Termijn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ronde', models.PositiveSmallIntegerField()),
                ('soort', models.CharField(help_text='Sleutel uit de workflowtabel, bijvoorbeeld ontvangen.', max_length=30)),
                ('eigenaar_soort', models.CharField(choices=[('school', 'de zorgcoördinator'), ('wijkteam', 'het wijkteam'), ('regio', 'de regiocoördinator')], max_length=10)),
                ('begint_op', models.DateTimeField()),
                ('vervalt_op', models.DateTimeField()),
                ('stand', models.PositiveSmallIntegerField(default=1)),
                ('volgende_stap', models.SmallIntegerField(blank=True, null=True)),
                ('volgende_op', models.DateTimeField(blank=True, null=True)),
                ('gesloten_op', models.DateTimeField(blank=True, null=True)),
                ('gesloten_om', models.CharField(blank=True, help_text='gehaald, te laat gehaald, vervallen, of een reden.', max_length=40)),
            ],
            options={
                'verbose_name': 'termijn',
                'verbose_name_plural': 'termijnen',
                'ordering': ['vervalt_op', 'id'],
            },
        ),
        migrations.CreateModel(
            name='TermijnInstelling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('soort', models.CharField(max_length=30)),
                ('aantal', models.PositiveSmallIntegerField()),
                ('eenheid', models.CharField(choices=[('werkdagen', 'werkdagen'), ('dagen', 'dagen'), ('weken', 'weken')], max_length=9)),
            ],
            options={
                'verbose_name': 'termijninstelling',
                'verbose_name_plural': 'termijninstellingen',
            },
        ),
        migrations.CreateModel(
            name='Terugkoppeling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('gedaan', models.TextField()),
                ('vervolg', models.TextField(blank=True)),
                ('nodig_van_school', models.TextField(blank=True)),
                ('op', models.DateTimeField()),
                ('gelezen_op', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'terugkoppeling',
                'verbose_name_plural': 'terugkoppelingen',
                'ordering': ['op'],
            },
        ),
        migrations.CreateModel(
            name='Toestemming',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('gever', models.CharField(choices=[('ouders', 'ouders of verzorgers'), ('beide', 'ouders en jongere (12 tot en met 15 jaar)'), ('jongere', 'jongere zelf (vanaf 16 jaar)')], max_length=8)),
                ('gegeven_op', models.DateField()),
                ('ook_ander_wijkteam', models.BooleanField(default=False, help_text='Geldt de toestemming ook als een ander wijkteam verantwoordelijk blijkt?')),
                ('vastgelegd_op', models.DateTimeField()),
                ('ingetrokken_op', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'toestemming',
                'verbose_name_plural': 'toestemmingen',
                'ordering': ['vastgelegd_op'],
            },
        ),
        migrations.CreateModel(
            name='Vraag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tekst', models.TextField()),
                ('gesteld_op', models.DateTimeField()),
                ('antwoord', models.TextField(blank=True)),
                ('beantwoord_op', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'vraag',
                'verbose_name_plural': 'vragen',
                'ordering': ['gesteld_op'],
            },
        ),
    ]
