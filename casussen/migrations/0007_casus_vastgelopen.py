"""What is stuck is a small part of what runs: an index of that part alone."""


from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casussen', '0006_momentopname_streefwaarde'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='casus',
            index=models.Index(condition=models.Q(('geescaleerd', True)), fields=['regio', 'status'], name='casus_vastgelopen'),
        ),
    ]
