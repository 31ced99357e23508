"""Say what there is to try in the demo."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.demo import DEMO_WACHTWOORD
from portal.demo.laden import is_loaded
from portal.demo.wegwijzer import PLAATSEN, Ontbreekt, account_rows, example_addresses, places


class Command(BaseCommand):
    help = "Toont de demo-accounts, een voorbeeldadres per uitkomst en de adressen van de schermen. Alleen in demo en test."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="als JSON, voor een programma")

    def handle(self, *_args: Any, **options: Any) -> None:
        if settings.MODUS not in {"demo", "test"}:
            raise CommandError("Er zijn geen demo-accounts: dit is geen demo (MODUS=demo of MODUS=test).")
        if not is_loaded():
            if options["json"]:
                raise CommandError("De demo-regio is niet geladen. Laad haar met: manage.py load_demo")
            self.stdout.write("De demo-regio is niet geladen. Laad haar met: manage.py load_demo")
            return
        try:
            examples = example_addresses()
        except Ontbreekt as reden:
            raise CommandError(str(reden)) from reden
        if options["json"]:
            addresses = {e.uitkomst: {k: v for k, v in asdict(e).items() if k != "uitkomst"} for e in examples}
            answer = {"url": settings.SITE_URL, "accounts": account_rows(), "adressen": addresses, "urls": places()}
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
            return
        self._tell_accounts()
        self.stdout.write("")
        self.stdout.write("Adressen om te proberen, één per uitkomst:")
        for example in examples:
            address = f"{example.postcode[:4]} {example.postcode[4:]} {example.huisnummer}"
            self.stdout.write(f"  {address:<14}{example.uitkomst:<16}{example.waarom}")
        self._tell_places()

    def _tell_accounts(self) -> None:
        self.stdout.write(f"Accounts van de demo, allemaal met wachtwoord {DEMO_WACHTWOORD}")
        for row in account_rows():
            where = f", {row['organisatie']}" if row["organisatie"] else ""
            self.stdout.write(f"  {row['email']:<28}{row['naam']} ({row['functie']}{where})")
            self.stdout.write(f"  {'':<28}{row['te_zien']}")

    def _tell_places(self) -> None:
        found = places()
        self.stdout.write("")
        self.stdout.write("Schermen:")
        for _, key, what in PLAATSEN:
            if key in found:
                self.stdout.write(f"  {found[key]:<44}{what}")
