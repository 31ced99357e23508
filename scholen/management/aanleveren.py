"""What the two commands that take in delivered figures have in common: their options, and how they tell what happened."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any, Protocol

from django.core.management.base import BaseCommand, CommandError

from kern import klok
from kern.kijker import Kijker, systeem
from scholen.aanlevering.bestand import LeesFout
from scholen.actions.aanleveren import Uitkomst

#: So many mistakes are printed; `--json` has them all.
GENOEMD = 100


class Import(Protocol):
    def __call__(self, *, data: bytes, bestandsnaam: str, by: Kijker, op: Any, proef: bool) -> Uitkomst: ...


class AanleverCommand(BaseCommand):
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("bestand", type=Path, metavar="BESTAND.csv")
        parser.add_argument("--dry-run", action="store_true", help="Controleer alles, maar schrijf niets.")
        parser.add_argument("--json", action="store_true", help="Antwoord met één regel JSON.")

    def run_import(self, importeer: Import, bestand: Path, *, naam: str, options: dict[str, Any]) -> None:
        try:
            uitkomst = importeer(
                data=bestand.read_bytes(),
                bestandsnaam=bestand.name,
                by=systeem(klok.today(), naam),
                op=klok.now(),
                proef=options["dry_run"],
            )
        except (LeesFout, OSError) as problem:
            raise CommandError(f"{problem} Er is niets veranderd.", returncode=2) from problem
        if options["json"]:
            self.stdout.write(json.dumps(asdict(uitkomst), ensure_ascii=False))
        else:
            self._tell(uitkomst)
        if uitkomst.fouten:
            raise CommandError(f"{len(uitkomst.fouten)} fouten in {uitkomst.rijen} rijen. Er is niets veranderd.", returncode=1)

    def _tell(self, uitkomst: Uitkomst) -> None:
        for fout in uitkomst.fouten[:GENOEMD]:
            self.stderr.write(str(fout))
        if len(uitkomst.fouten) > GENOEMD:
            self.stderr.write(f"… en nog {len(uitkomst.fouten) - GENOEMD}; --json noemt ze allemaal.")
        if not uitkomst.fouten:
            begin = "Proef, er is niets geschreven: " if uitkomst.proef else ""
            self.stdout.write(
                f"{begin}{uitkomst.rijen} rijen, {uitkomst.nieuw} opgaven nieuw, {uitkomst.vervangen} vervangen, "
                f"{uitkomst.ongewijzigd} ongewijzigd."
            )
