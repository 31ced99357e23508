from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casussen', '0020_vervangen_deelnemer'),
    ]

    operations = [
        migrations.AddField(
            model_name='onderwijszorg',
            name='versie',
            field=models.PositiveIntegerField(db_default=1, default=1, editable=False),
        ),
    ]
