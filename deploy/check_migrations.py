"""Are the migrations safe to run while the old code still serves? Web processes go on during a migrate.

A room's initial migrations are not looked at: nothing served from those tables yet. Nor are those of before the first release.
"""

import logging
import os
import sys
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(BASE_DIR))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
os.environ.setdefault("PROCES_ROL", "eigenaar")

import django  # noqa: E402

django.setup()

from django.apps import apps  # noqa: E402
from django_migration_linter import MigrationLinter  # noqa: E402

#: Made while building 0.1.0: no database with the tables of before them is in use anywhere. Nothing is added to this list later.
BEFORE_FIRST_RELEASE = ["0003_lus_en_nummer", "0004_contact_gezin", "0005_melding_indexen"]

#: Looked at by people, with the reason why the linter's objection does not hold for it.
LOOKED_AT = {
    "0004_samenwerkingsverband": "its unique constraint has one column more than the one it replaces: what passed before passes",
    "0005_aanbieder_en_leerplicht": "the same, for the column of the aanbieder",
    "0009_dossier": "its unique constraint on termijnen holds for fewer rows than the one it replaces; the others are new tables",
    "0020_vervangen_deelnemer": "its unique constraint on deelnemers holds for fewer rows than the one it replaces",
}


def main() -> int:
    folders = {config.label: Path(config.path) for config in apps.get_app_configs()}
    ours = [label for label, folder in folders.items() if folder.is_relative_to(BASE_DIR) and "site-packages" not in folder.parts]
    logging.getLogger("django_migration_linter").setLevel(logging.WARNING)
    linter = MigrationLinter(
        str(BASE_DIR),
        include_apps=ours,
        no_cache=True,
        quiet=["ok", "ignore"],
        ignore_initial_migrations=True,
        ignore_name=[*BEFORE_FIRST_RELEASE, *LOOKED_AT],
    )
    linter.lint_all_migrations()
    linter.print_summary()
    return 1 if linter.has_errors else 0


if __name__ == "__main__":
    sys.exit(main())
