"""manage.py import_jeugdhulp FILE.csv: youth help per school and year, all of the file or nothing.

Exit codes: 0 taken in (or nothing new in it), 1 something is wrong in it and nothing changed, 2 the file cannot be read.
"""

from pathlib import Path
from typing import Any

from scholen.actions.aanleveren import import_jeugdhulp
from scholen.management.aanleveren import AanleverCommand


class Command(AanleverCommand):
    help = "Leest een csv met jeugdhulp per school en schooljaar. Kolommen: zie docs/import-jeugdhulp.md."

    def handle(self, *, bestand: Path, **options: Any) -> None:
        self.run_import(import_jeugdhulp, bestand, naam="import_jeugdhulp", options=options)
