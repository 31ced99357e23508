"""manage.py edities: every editie of the address register, newest first."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from gebieden.queries import editie_json, list_edities


class Command(BaseCommand):
    help = "Toont de edities van het adresregister."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="Antwoord met één regel JSON.")

    def handle(self, **options: Any) -> None:
        edities = list(list_edities())
        if options["json"]:
            self.stdout.write(json.dumps([editie_json(editie) for editie in edities]))
            return
        if not edities:
            self.stdout.write("Er zijn nog geen edities. Begin met: manage.py import_addresses BESTAND --activate")
        for editie in edities:
            stand = "actief" if editie.actief else editie.get_status_display()
            self.stdout.write(f"{editie.pk:>4}  {editie.label:<8} {editie.adressen:>9} adressen  {stand}")
