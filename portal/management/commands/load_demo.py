"""Fill an empty database with the demo region."""

import sys
import time
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kern.klok import today
from portal.demo import ADRESSEN, CASUSSEN, SEED
from portal.demo.laden import DemoGeweigerd, contents, is_loaded, load


def _count(text: str) -> int:
    number = int(text)
    if number < 0:
        raise ValueError
    return number


class Command(BaseCommand):
    help = (
        "Laadt de demo-regio (verzonnen mensen, scholen en leerlingen) in een lege database. "
        "Alleen met MODUS=demo of MODUS=test. Staat de demo er al, dan gebeurt er niets."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--addresses", type=_count, default=ADRESSEN, metavar="N", help=f"aantal adressen (standaard {ADRESSEN})"
        )
        parser.add_argument(
            "--casussen", type=_count, default=CASUSSEN, metavar="N", help=f"aantal casussen (standaard {CASUSSEN})"
        )
        parser.add_argument("--seed", type=int, default=SEED, help="dezelfde seed en datum geven dezelfde regio")
        parser.add_argument(
            "--on", type=date.fromisoformat, metavar="DATUM", help="de dag die als vandaag telt (standaard vandaag)"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        if settings.MODUS not in {"demo", "test"}:
            raise CommandError("De demo-regio kan alleen met MODUS=demo of MODUS=test. In productie bestaan deze accounts nooit.")
        if is_loaded():
            self.stdout.write(f"De demo-regio staat er al: {contents()}. Er is niets veranderd.")
            return
        start = time.monotonic()

        def meld(stap: str) -> None:
            self.stderr.write(f"[{time.monotonic() - start:5.1f} s] {stap}")
            sys.stderr.flush()

        try:
            loaded = load(
                adressen=options["addresses"],
                casussen=options["casussen"],
                seed=options["seed"],
                op=options["on"] or today(),
                meld=meld,
            )
        except DemoGeweigerd as reden:
            raise CommandError(str(reden)) from reden
        meld("Klaar")
        self.stdout.write(f"De demo-regio is geladen: {loaded}.")
