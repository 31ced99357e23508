"""What happened is never changed: web and task processes may add events, not alter or delete them."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("kern", "0003_initial")]
    operations = [
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE ON kern_gebeurtenis FROM aanspreekpunt_web, aanspreekpunt_taak",
            "GRANT UPDATE, DELETE ON kern_gebeurtenis TO aanspreekpunt_web, aanspreekpunt_taak",
        )
    ]
