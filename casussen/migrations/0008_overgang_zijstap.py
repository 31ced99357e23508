"""Steps aside are few among all steps: an index of those alone."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casussen', '0007_casus_vastgelopen'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='overgang',
            index=models.Index(
                condition=models.Q(('actie__in', ['doorzetten', 'terugleggen'])), fields=['op'], name='overgang_zijstap'
            ),
        ),
    ]
