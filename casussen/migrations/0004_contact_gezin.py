from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casussen', '0003_lus_en_nummer'),
    ]

    operations = [
        migrations.AddField(
            model_name='casus',
            name='contact_gezin',
            field=models.TextField(blank=True, help_text='Hoe het wijkteam het gezin bereikt.'),
        ),
    ]
