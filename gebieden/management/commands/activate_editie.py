"""manage.py activate_editie ID: make another editie the active one, forward or back.

This is a decision of a person: findings that kept an import from activating by itself are shown, and do not stop it.
"""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gebieden.actions.activeren import Activatie, NietTeActiverenError, activate_editie
from gebieden.gevolgen import list_consequences
from gebieden.queries import editie_json
from kern import klok
from kern.kijker import systeem

GENOEMD = 20


class Command(BaseCommand):
    help = "Maakt een geladen editie van het adresregister actief, vooruit of terug."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("id", type=int, metavar="ID", help="Het id uit manage.py edities.")
        parser.add_argument("--json", action="store_true", help="Antwoord met één regel JSON.")

    def handle(self, *, id: int, **options: Any) -> None:  # noqa: A002  (the name of the argument on the command line)
        try:
            activatie = activate_editie(editie_id=id, by=systeem(klok.today(), "activate_editie"), op=klok.now())
        except NietTeActiverenError as fout:
            raise CommandError(f"{fout} Er is niets veranderd.", returncode=2) from fout
        gevolgen = list_consequences(activatie.verschil)
        for bevinding in activatie.editie.bevindingen:
            self.stderr.write(f"Let op: {bevinding['tekst']}")
        if options["json"]:
            self.stdout.write(json.dumps(summary(activatie, gevolgen), ensure_ascii=False))
            return
        self._tell(activatie, gevolgen)

    def _tell(self, activatie: Activatie, gevolgen: list[str]) -> None:
        vorige = f" (was {activatie.vorige.label})" if activatie.vorige and activatie.vorige != activatie.editie else ""
        self.stdout.write(f"Editie {activatie.editie.label} is actief{vorige}.")
        for naam in ("vervallen", "gewijzigd", "hernoemd"):
            codes = _areas(getattr(activatie.verschil, naam))
            if codes:
                self.stdout.write(f"{naam.capitalize()}: {', '.join(codes[:GENOEMD])}{' …' if len(codes) > GENOEMD else ''}")
        for regel in gevolgen:
            self.stdout.write(f"Nakijken: {regel}")


def _areas(codes: frozenset[str]) -> list[str]:
    """Gemeenten, wijken and buurten; single postcodes come and go by the thousand."""
    return sorted(code for code in codes if not code[0].isdigit())


def summary(activatie: Activatie, gevolgen: list[str]) -> dict[str, Any]:
    """The outcome for other programs: the editie as `edities` shows it, which areas were touched, and what must be looked at."""
    verschil = activatie.verschil
    return {
        **editie_json(activatie.editie),
        "vorige": activatie.vorige.pk if activatie.vorige else None,
        "vervallen": _areas(verschil.vervallen),
        "gewijzigd": _areas(verschil.gewijzigd),
        "hernoemd": _areas(verschil.hernoemd),
        "gevolgen": gevolgen,
    }
