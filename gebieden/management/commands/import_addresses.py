"""manage.py import_addresses FILE_OR_DIR: one yearly CBS table into the register.

Exit codes: 0 loaded (and active, when asked), 1 loaded but there is something to look at, 2 nothing was changed.
"""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from gebieden.actions.activeren import NietTeActiverenError
from gebieden.actions.importeren import ImportBezigError, Importuitkomst, import_editie
from gebieden.cbs.fouten import OnleesbaarError
from gebieden.gevolgen import list_consequences
from gebieden.management.voorrang import give_way
from gebieden.management.voortgang import Voortgangsbalk
from gebieden.rules import may_activate
from kern import klok
from kern.kijker import systeem

NIETS = {"editie": None, "rijen": 0, "adressen": 0, "geweigerd": 0, "rapport": None, "geactiveerd": False}


class Command(BaseCommand):
    help = (
        "Leest een jaartabel van het CBS (postcode, huisnummer, buurt) in als nieuwe, niet-actieve editie van het adresregister."
    )

    def run_from_argv(self, argv: list[str]) -> None:
        give_way()
        super().run_from_argv(argv)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("bron", metavar="BESTAND_OF_MAP", help="De zip van het CBS, een map, of de csv zelf.")
        parser.add_argument(
            "--editie", type=int, metavar="JJJJ", help="Het jaar, als het niet in de kop of de bestandsnaam staat."
        )
        parser.add_argument("--activate", action="store_true", help="Maak de editie actief als er niets op aan te merken is.")
        parser.add_argument("--dry-run", action="store_true", help="Lees en controleer alles, maar schrijf niets.")
        parser.add_argument("--force", metavar="REDEN", help="Aanvaard de bevindingen, om deze reden; die wordt bewaard.")
        parser.add_argument("--json", action="store_true", help="Antwoord met één regel JSON.")

    def handle(self, *, bron: str, editie: int | None, force: str | None, **options: Any) -> None:
        if force is not None and not force.strip():
            raise CommandError("--force vraagt om een reden.", returncode=2)
        balk = Voortgangsbalk(sys.stderr, aan=options["verbosity"] > 0)
        try:
            uitkomst = import_editie(
                pad=Path(bron),
                jaar=editie,
                activeer=options["activate"],
                reden=(force or "").strip(),
                proef=options["dry_run"],
                by=systeem(klok.today(), "import_addresses"),
                op=klok.now(),
                voortgang=balk,
            )
        except (OnleesbaarError, ImportBezigError, NietTeActiverenError, OSError) as fout:
            self._nothing(f"{fout} Er is niets veranderd.", as_json=options["json"], oorzaak=fout)
        except DatabaseError as fout:
            tekst = f"De database stopte de import: {fout}\nDe actieve editie is niet geraakt; probeer het opnieuw."
            self._nothing(tekst, as_json=options["json"], oorzaak=fout)
        self._tell(uitkomst, as_json=options["json"])
        if not may_activate(uitkomst.bevindingen, force or ""):
            self._stop(uitkomst, dry_run=options["dry_run"])

    def _nothing(self, tekst: str, *, as_json: bool, oorzaak: Exception) -> NoReturn:
        if as_json:
            self.stdout.write(json.dumps(NIETS))
        raise CommandError(tekst, returncode=2) from oorzaak

    def _tell(self, uitkomst: Importuitkomst, *, as_json: bool) -> None:
        for regel in uitkomst.opmerkingen:
            self.stderr.write(regel)
        for bevinding in uitkomst.bevindingen:
            self.stderr.write(f"Let op: {bevinding.tekst}")
        if uitkomst.activatie:
            for regel in list_consequences(uitkomst.activatie.verschil):
                self.stderr.write(f"Nakijken: {regel}")
        if as_json:
            self.stdout.write(json.dumps(summary(uitkomst), ensure_ascii=False))
            return
        self.stdout.write(
            f"Editie {uitkomst.editie}: {uitkomst.rijen} rijen, {uitkomst.adressen} adressen, {uitkomst.geweigerd} geweigerd."
        )
        if uitkomst.rapport:
            self.stdout.write(f"Rapport: {uitkomst.rapport}")
        if uitkomst.geactiveerd:
            self.stdout.write(f"Editie {uitkomst.editie} is nu actief.")
        elif uitkomst.editie_id:
            self.stdout.write(f"Geladen, niet actief. Actief maken: manage.py activate_editie {uitkomst.editie_id}")
        else:
            self.stdout.write("Proef: er is niets geschreven.")

    def _stop(self, uitkomst: Importuitkomst, *, dry_run: bool) -> None:
        if dry_run:
            raise CommandError("Deze tabel zou niet vanzelf actief worden (zie hierboven).", returncode=1)
        raise CommandError(f"Editie {uitkomst.editie} is geladen, maar niet actief gemaakt (zie hierboven).", returncode=1)


def summary(uitkomst: Importuitkomst) -> dict[str, Any]:
    """The outcome for other programs."""
    return {
        "editie": uitkomst.editie,
        "rijen": uitkomst.rijen,
        "adressen": uitkomst.adressen,
        "geweigerd": uitkomst.geweigerd,
        "rapport": str(uitkomst.rapport) if uitkomst.rapport else None,
        "geactiveerd": uitkomst.geactiveerd,
    }
