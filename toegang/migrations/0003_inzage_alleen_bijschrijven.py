"""The access log is never changed: web and task processes may add rows, not alter or delete them."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("toegang", "0002_initial")]
    operations = [
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE ON toegang_inzage FROM aanspreekpunt_web, aanspreekpunt_taak",
            "GRANT UPDATE, DELETE ON toegang_inzage TO aanspreekpunt_web, aanspreekpunt_taak",
        )
    ]
