"""Import school holidays from the open data of the Rijksoverheid."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from scholen.vakanties import MEEGELEVERD, OnleesbaarBestand, import_vakanties, is_whole_weeks, read_open_data


class Command(BaseCommand):
    help = (
        "Leest schoolvakanties uit de open data van de Rijksoverheid "
        "(https://opendata.rijksoverheid.nl/v1/sources/rijksoverheid/infotypes/schoolholidays?output=json). "
        "Zonder bestand: de meegeleverde schooljaren 2024-2025 tot en met 2027-2028."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("bestand", nargs="?", type=Path, default=MEEGELEVERD, help="JSON-bestand van één of alle schooljaren")
        parser.add_argument("--json", action="store_true", help="toon het resultaat als JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            rijen = read_open_data(options["bestand"].read_text(encoding="utf-8"))
        except (OSError, OnleesbaarBestand, UnicodeDecodeError) as error:
            raise CommandError(f"{options['bestand']} kan niet gelezen worden: {error}", returncode=2) from error
        resultaat = import_vakanties(rijen=rijen)
        odd = [rij for rij in rijen if not is_whole_weeks(rij.periode)]
        for rij in odd:
            self.stderr.write(f"Let op: {rij.naam} {rij.schooljaar} ({rij.regio}) loopt niet van zaterdag tot en met zondag.")
        if options["json"]:
            self.stdout.write(json.dumps(asdict(resultaat)))
        else:
            self.stdout.write(
                f"{resultaat.nieuw} nieuw, {resultaat.gewijzigd} gewijzigd, {resultaat.ongewijzigd} al bekend "
                f"(schooljaren {', '.join(resultaat.schooljaren)})."
            )
