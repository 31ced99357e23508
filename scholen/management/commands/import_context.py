"""manage.py import_context FILE.csv: what is known of each wijk in a year, all of the file or nothing.

Exit codes: 0 taken in (or nothing new in it), 1 something is wrong in it and nothing changed, 2 the file cannot be read.
"""

from pathlib import Path
from typing import Any

from scholen.actions.aanleveren import import_context
from scholen.management.aanleveren import AanleverCommand


class Command(AanleverCommand):
    help = "Leest een csv met cijfers per wijk en jaar. Kolommen: zie docs/import-jeugdhulp.md."

    def handle(self, *, bestand: Path, **options: Any) -> None:
        self.run_import(import_context, bestand, naam="import_context", options=options)
