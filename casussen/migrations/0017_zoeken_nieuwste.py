"""Finding by name begins with the newest casussen of an organisation. Made while the old code serves: nothing is locked."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("casussen", "0016_uitvoer")]

    operations = [
        AddIndexConcurrently("casus", models.Index(fields=["wijkteam", "-id"], name="casus_wijkteam_nieuwste")),
        AddIndexConcurrently("casus", models.Index(fields=["school", "-id"], name="casus_school_nieuwste")),
    ]
