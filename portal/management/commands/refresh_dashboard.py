"""`manage.py refresh_dashboard [--regio NAAM] [--op DATUM]`: publish the figures that are due."""

import time
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gebieden.models import Regio
from kern.klok import today
from portal.dashboard.acties import refresh_dashboard

#: Nothing was recorded before; and the calendar has no years before its first to compare with.
EERSTE_JAAR = 2000


class Command(BaseCommand):
    help = (
        "Publiceert de cijfers waarvan de dag er is: kwartalen, schooljaren en de stand per week. "
        "Wat al gepubliceerd is verandert niet; twee keer draaien is hetzelfde als één keer."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--regio", help="de naam van één regio (standaard alle)")
        parser.add_argument("--op", type=date.fromisoformat, metavar="DATUM", help="de dag die als vandaag telt")

    def handle(self, *_args: Any, **options: Any) -> None:
        regios = Regio.objects.order_by("naam")
        if options["regio"]:
            regios = regios.filter(naam=options["regio"])
            if not regios:
                raise CommandError("Er is geen regio met die naam.")
        day = options["op"] or today()
        if day > today():
            raise CommandError("Cijfers van morgen bestaan nog niet: kies een dag tot en met vandaag.")
        if day.year < EERSTE_JAAR:
            raise CommandError(f"Zo oude cijfers bestaan niet: kies een dag vanaf {EERSTE_JAAR}.")
        for regio in regios:
            started = time.monotonic()
            made = refresh_dashboard(regio=regio, op=day)
            self.stdout.write(f"{regio.naam}: {made} momentopnamen gemaakt in {time.monotonic() - started:.1f} s.")
