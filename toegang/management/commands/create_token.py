"""`manage.py create_token EMAIL [--rol R] [--aanstelling ID] [--dagen N]`: prints a token for the API, once."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kern.kijker import systeem
from kern.klok import now
from toegang.actions.tokens import create_token
from toegang.models import Aanstelling
from toegang.models.aanstelling import ORGANISATIES
from toegang.rollen import ROLLEN

LANGST = 366


class Command(BaseCommand):
    help = "Maakt een token voor de API, gebonden aan één aanstelling, en toont het één keer."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="het e-mailadres van het account")
        parser.add_argument("--rol", choices=sorted(ROLLEN), help="de rol waarmee het token werkt")
        parser.add_argument("--aanstelling", type=int, help="het nummer van de aanstelling, als er meer van dezelfde rol zijn")
        parser.add_argument("--dagen", type=int, default=90, help=f"geldig voor zoveel dagen (1 tot {LANGST}; standaard 90)")
        parser.add_argument("--naam", default="", help="waar het token voor is")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002  (Django's signature)
        if not 1 <= options["dagen"] <= LANGST:
            raise CommandError(f"--dagen is een getal van 1 tot en met {LANGST}.", returncode=2)
        moment = now()
        aanstelling = self._choose(options["email"], options["rol"], options["aanstelling"])
        key = create_token(
            aanstelling=aanstelling,
            naam=options["naam"] or "via create_token",
            dagen=options["dagen"],
            by=systeem(moment.date(), "manage.py create_token"),
            op=moment,
        )
        self.stderr.write(f"Token voor {aanstelling}, {options['dagen']} dagen geldig. Het wordt maar één keer getoond.")
        self.stdout.write(key)

    def _choose(self, email: str, rol: str | None, pk: int | None) -> Aanstelling:
        """The one appointment that is meant; says which there are when it is not clear."""
        found = Aanstelling.objects.filter(user__email__iexact=email, user__is_active=True).on(now().date())
        if rol:
            found = found.filter(rol=rol)
        if pk is not None:
            found = found.filter(pk=pk)
        choices = list(found.select_related("user", *ORGANISATIES).order_by("pk"))
        if not choices:
            raise CommandError("Geen actief account met een aanstelling die vandaag geldt en hierbij past.")
        if len(choices) > 1:
            lines = "\n".join(f"  --aanstelling {choice.pk}   {choice}" for choice in choices)
            raise CommandError(f"Er zijn meer aanstellingen; kies er een:\n{lines}", returncode=2)
        return choices[0]
