"""manage.py route_bulk IN.csv OUT.csv: every row gets an uitkomst, in the order in which they came."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from wijkteams.routering import Fout, Uitkomst
from wijkteams.routering.bulk import route_file
from wijkteams.routering.bulk_csv import CsvError
from wijkteams.routering.invoer import read_date


class Command(BaseCommand):
    help = (
        "Zoek wijkteam en aanspreekpunt bij alle adressen in een CSV-bestand met (een deel van) de kolommen id, postcode, "
        "huisnummer, toevoeging, sector, school en geboortedatum."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("invoer", metavar="IN.csv", type=Path)
        parser.add_argument("uitvoer", metavar="OUT.csv", type=Path)
        parser.add_argument("--on", help="peildatum; zonder is het vandaag")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002  (Django's signature)
        peildatum = read_date(options["on"], "peildatum")
        if isinstance(peildatum, Fout):
            raise CommandError(f"--on: {peildatum.melding}", returncode=2)
        try:
            aantallen = route_file(options["invoer"], options["uitvoer"], peildatum=peildatum)
        except CsvError as reden:
            raise CommandError(str(reden), returncode=2) from reden
        except OSError as reden:
            # polars does not say which file it could not write, nor in one word why.
            waar, waarom = reden.filename or options["uitvoer"], reden.strerror or str(reden)
            raise CommandError(f"{waar}: {waarom}", returncode=2) from reden
        self.stdout.write(f"{sum(aantallen.values())} rijen verwerkt.")
        for uitkomst in Uitkomst:
            if uitkomst in aantallen:
                self.stdout.write(f"  {uitkomst}: {aantallen[uitkomst]}")
