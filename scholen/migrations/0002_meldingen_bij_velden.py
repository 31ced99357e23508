from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('gebieden', '0002_register_sneller'),
        ('scholen', '0001_initial'),
    ]

    operations = [
        migrations.AlterConstraint(
            model_name='leerling',
            name='leerling_nummer_per_vestiging',
            constraint=models.UniqueConstraint(fields=('vestiging', 'leerlingnummer'), name='leerling_nummer_per_vestiging', violation_error_code='leerlingnummer', violation_error_message='Op deze vestiging is al een leerling met dit nummer.'),
        ),
        migrations.AlterConstraint(
            model_name='leerling',
            name='leerling_postcode_vorm',
            constraint=models.CheckConstraint(condition=models.Q(('postcode', ''), ('postcode__regex', '^[1-9]\\d{3}[A-Z]{2}$'), _connector='OR'), name='leerling_postcode_vorm', violation_error_code='postcode', violation_error_message='Schrijf een postcode als 2011 AB.'),
        ),
        migrations.AlterConstraint(
            model_name='leerling',
            name='leerling_huisnummer',
            constraint=models.CheckConstraint(condition=models.Q(('huisnummer__isnull', True), ('huisnummer__range', (1, 99999)), _connector='OR'), name='leerling_huisnummer', violation_error_code='huisnummer', violation_error_message='Vul een huisnummer in van 1 tot en met 99999.'),
        ),
        migrations.AlterConstraint(
            model_name='school',
            name='school_brin_vorm',
            constraint=models.CheckConstraint(condition=models.Q(('brin__regex', '^[0-9A-Z]{4}$')), name='school_brin_vorm', violation_error_code='brin', violation_error_message='De BRIN van een school heeft 4 tekens, zoals 12AB.'),
        ),
        migrations.AlterConstraint(
            model_name='schoolvakantie',
            name='vakantie_uniek',
            constraint=models.UniqueConstraint(fields=('schooljaar', 'naam', 'regio'), name='vakantie_uniek', violation_error_code='naam', violation_error_message='Deze vakantie staat er al voor dit schooljaar en deze regio.'),
        ),
        migrations.AlterConstraint(
            model_name='schoolvakantie',
            name='vakantie_volgorde',
            constraint=models.CheckConstraint(condition=models.Q(('van__lte', models.F('tot_en_met'))), name='vakantie_volgorde', violation_error_code='tot_en_met', violation_error_message='De laatste dag ligt voor de eerste.'),
        ),
        migrations.AlterConstraint(
            model_name='vestiging',
            name='vestiging_brin_vorm',
            constraint=models.CheckConstraint(condition=models.Q(('brin__regex', '^[0-9A-Z]{4}[0-9]{2}$')), name='vestiging_brin_vorm', violation_error_code='brin', violation_error_message='De BRIN van een vestiging heeft 6 tekens, zoals 12AB00.'),
        ),
        migrations.AlterConstraint(
            model_name='vestiging',
            name='vestiging_heeft_sector',
            constraint=models.CheckConstraint(condition=models.Q(('sectoren__len__gte', 1)), name='vestiging_heeft_sector', violation_error_code='sectoren', violation_error_message='Kies minstens één sector.'),
        ),
        migrations.AlterConstraint(
            model_name='vestiging',
            name='vestiging_sectoren_bekend',
            constraint=models.CheckConstraint(condition=models.Q(('sectoren__contained_by', ['po', 'so', 'vo', 'vso', 'pro', 'mbo'])), name='vestiging_sectoren_bekend', violation_error_code='sectoren', violation_error_message='Kies alleen sectoren uit de lijst.'),
        ),
        migrations.AlterConstraint(
            model_name='vestiging',
            name='vestiging_postcode_vorm',
            constraint=models.CheckConstraint(condition=models.Q(('postcode', ''), ('postcode__regex', '^[1-9]\\d{3}[A-Z]{2}$'), _connector='OR'), name='vestiging_postcode_vorm', violation_error_code='postcode', violation_error_message='Schrijf een postcode als 2011 AB.'),
        ),
    ]
