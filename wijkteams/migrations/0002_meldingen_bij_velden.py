
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.functions.comparison
import wijkteams.models.contact
import wijkteams.models.werkgebied
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('gebieden', '0002_register_sneller'),
        ('scholen', '0002_meldingen_bij_velden'),
        ('wijkteams', '0001_initial'),
    ]

    operations = [
        migrations.AlterConstraint(
            model_name='aanspreekpunt',
            name='aanspreekpunt_een_bereik',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('school__isnull', True), ('vestiging__isnull', True)), models.Q(('school__isnull', False), ('sector', ''), ('vestiging__isnull', True)), models.Q(('school__isnull', True), ('sector', ''), ('vestiging__isnull', False)), _connector='OR'), name='aanspreekpunt_een_bereik', violation_error_code='sector', violation_error_message='Kies hoogstens één: een vestiging, een school of een sector. Niets is: het hele team.'),
        ),
        migrations.AlterConstraint(
            model_name='aanspreekpunt',
            name='aanspreekpunt_datums',
            constraint=models.CheckConstraint(condition=models.Q(('tot__isnull', True), ('van__lt', models.F('tot')), _connector='OR'), name='aanspreekpunt_datums', violation_error_code='tot', violation_error_message='Deze dag moet na de eerste dag liggen.'),
        ),
        migrations.AlterConstraint(
            model_name='aanspreekpunt',
            name='aanspreekpunt_vervanger_is_ander',
            constraint=models.CheckConstraint(condition=models.Q(('vervanger__isnull', True), models.Q(('vervanger', models.F('contactpersoon')), _negated=True), _connector='OR'), name='aanspreekpunt_vervanger_is_ander', violation_error_code='vervanger', violation_error_message='De vervanger moet iemand anders zijn.'),
        ),
        migrations.AlterConstraint(
            model_name='aanspreekpunt',
            name='aanspreekpunt_een_per_bereik',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('wijkteam', '='), (django.db.models.functions.comparison.Coalesce('vestiging', 0), '='), (django.db.models.functions.comparison.Coalesce('school', 0), '='), ('sector', '='), (wijkteams.models.contact.DateRange('van', 'tot', django.contrib.postgres.fields.ranges.RangeBoundary()), '&&')], name='aanspreekpunt_een_per_bereik', violation_error_code='van', violation_error_message='Op een deel van deze dagen heeft het team hiervoor al een aanspreekpunt.'),
        ),
        migrations.AlterConstraint(
            model_name='afwezigheid',
            name='afwezigheid_datums',
            constraint=models.CheckConstraint(condition=models.Q(('van__lte', models.F('tot_en_met'))), name='afwezigheid_datums', violation_error_code='tot_en_met', violation_error_message='De laatste dag ligt voor de eerste.'),
        ),
        migrations.AlterConstraint(
            model_name='afwezigheid',
            name='afwezigheid_vervanger_is_ander',
            constraint=models.CheckConstraint(condition=models.Q(('vervanger__isnull', True), models.Q(('vervanger', models.F('contactpersoon')), _negated=True), _connector='OR'), name='afwezigheid_vervanger_is_ander', violation_error_code='vervanger', violation_error_message='De vervanger moet iemand anders zijn.'),
        ),
        migrations.AlterConstraint(
            model_name='afwezigheid',
            name='afwezigheid_geen_overlap',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('contactpersoon', '='), (wijkteams.models.contact.DateRange('van', 'tot_en_met', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True)), '&&')], name='afwezigheid_geen_overlap', violation_error_code='van', violation_error_message='Deze persoon is op een deel van deze dagen al afwezig gemeld.'),
        ),
        migrations.AlterConstraint(
            model_name='werkgebied',
            name='werkgebied_datums',
            constraint=models.CheckConstraint(condition=models.Q(('van__lt', models.F('tot'))), name='werkgebied_datums', violation_error_code='tot', violation_error_message='Deze dag moet na de eerste dag liggen.'),
        ),
        migrations.AlterConstraint(
            model_name='werkgebied',
            name='werkgebied_leeftijd',
            constraint=models.CheckConstraint(condition=models.Q(('leeftijd_van__lt', models.F('leeftijd_tot'))), name='werkgebied_leeftijd', violation_error_code='leeftijd_tot', violation_error_message='Deze leeftijd moet hoger zijn dan de eerste; ‘tot 18’ is tot de achttiende verjaardag.'),
        ),
        migrations.AlterConstraint(
            model_name='werkgebied',
            name='werkgebied_nummers',
            constraint=models.CheckConstraint(condition=models.Q(('nummer_van__gte', 1), ('nummer_van__lte', models.F('nummer_tot_en_met'))), name='werkgebied_nummers', violation_error_code='nummer_tot_en_met', violation_error_message='Het laatste nummer moet minstens zo hoog zijn als het eerste, en dat minstens 1.'),
        ),
        migrations.AlterConstraint(
            model_name='werkgebied',
            name='werkgebied_nummers_bij_soort',
            constraint=models.CheckConstraint(condition=models.Q(('soort', 'nummers'), models.Q(('nummer_tot_en_met', 99999), ('nummer_van', 1), ('zijde', 'beide')), _connector='OR'), name='werkgebied_nummers_bij_soort', violation_error_code='soort', violation_error_message='Huisnummers en een zijde horen alleen bij een regel van de soort ‘PC6 met huisnummers’.'),
        ),
        migrations.AlterConstraint(
            model_name='werkgebied',
            name='werkgebied_school_bij_soort',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('school__isnull', False), ('soort', 'school'), ('vestiging__isnull', True)), models.Q(('school__isnull', True), ('soort', 'school'), ('vestiging__isnull', False)), models.Q(models.Q(('soort', 'school'), _negated=True), ('school__isnull', True), ('vestiging__isnull', True)), _connector='OR'), name='werkgebied_school_bij_soort', violation_error_code='school', violation_error_message='Kies bij de soort ‘school’ een school of een vestiging, en bij andere soorten geen.'),
        ),
        migrations.AlterConstraint(
            model_name='werkgebied',
            name='werkgebied_gebied_bij_soort',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('gebied__regex', '^GM\\d{4}$'), ('soort__in', ['school', 'voorrang', 'gemeente'])), models.Q(('gebied__regex', '^WK\\d{4}[0-9A-Z]{2}$'), ('soort', 'wijk')), models.Q(('gebied__regex', '^BU\\d{4}[0-9A-Z]{4}$'), ('soort', 'buurt')), models.Q(('gebied__regex', '^[1-9]\\d{3}$'), ('soort', 'pc4')), models.Q(('gebied__regex', '^[1-9]\\d{3}[A-Z]{2}$'), ('soort__in', ['pc6', 'nummers'])), _connector='OR'), name='werkgebied_gebied_bij_soort', violation_error_code='gebied', violation_error_message='Deze code past niet bij de soort. Schrijf een gemeente als GM0392, een wijk als WK039201, een buurt als BU03920101, een postcode als 2037 of 2037RB.'),
        ),
        migrations.AlterConstraint(
            model_name='werkgebied',
            name='werkgebied_geen_gelijkspel',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('soort', '='), ('gebied', '='), ('sector', '='), (django.db.models.functions.comparison.Coalesce('school', 0), '='), (django.db.models.functions.comparison.Coalesce('vestiging', 0), '='), (wijkteams.models.werkgebied.IntRange('nummer_van', 'nummer_tot_en_met', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True)), '&&'), (wijkteams.models.werkgebied.IntRange(models.Case(models.When(then=models.Value(1), zijde='oneven'), default=models.Value(0), output_field=models.IntegerField()), models.Case(models.When(then=models.Value(0), zijde='even'), default=models.Value(1), output_field=models.IntegerField()), django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True)), '&&'), (wijkteams.models.werkgebied.IntRange('leeftijd_van', 'leeftijd_tot', django.contrib.postgres.fields.ranges.RangeBoundary()), '&&'), (wijkteams.models.contact.DateRange('van', 'tot', django.contrib.postgres.fields.ranges.RangeBoundary()), '&&')], name='werkgebied_geen_gelijkspel', violation_error_code='gebied', violation_error_message='Voor dit gebied is er al een regel met dezelfde sector, leeftijd en dagen. Maak een van de twee smaller.'),
        ),
        migrations.AlterConstraint(
            model_name='wijkteam',
            name='wijkteam_naam_per_gemeente',
            constraint=models.UniqueConstraint(fields=('gemeente', 'naam'), name='wijkteam_naam_per_gemeente', violation_error_code='naam', violation_error_message='In deze gemeente is al een wijkteam met deze naam.'),
        ),
        migrations.AlterConstraint(
            model_name='wijkteam',
            name='wijkteam_datums',
            constraint=models.CheckConstraint(condition=models.Q(('geldig_van__isnull', True), ('geldig_tot__isnull', True), ('geldig_van__lt', models.F('geldig_tot')), _connector='OR'), name='wijkteam_datums', violation_error_code='geldig_tot', violation_error_message='Deze dag moet na de eerste dag van het team liggen.'),
        ),
    ]
