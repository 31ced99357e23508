"""Exit 0 when a background process showed a sign of life lately: for the health check of its container."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from kern.models import Hartslag
from portal.health import HARTSLAG_MAX


class Command(BaseCommand):
    help = "Kijkt of worker of beat nog leeft, aan zijn laatste hartslag in de database. Eindigt met 1 als dat niet zo is."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("naam", choices=["worker", "beat", "taken"])

    def handle(self, *_args: Any, naam: str, **_options: Any) -> None:
        last = Hartslag.objects.filter(naam=naam).values_list("op", flat=True).first()
        if last is None or timezone.now() - last > HARTSLAG_MAX:
            raise CommandError(
                f"Geen hartslag van {naam} sinds {last:%d-%m-%Y %H:%M:%S}." if last else f"Nog nooit een hartslag van {naam}."
            )
        self.stdout.write("ok")
