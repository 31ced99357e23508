"""Do now what beat and the workers would do as of a moment: for trying out and testing without waiting."""

import json
from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.dateparse import parse_date

from casussen.actions.consult_herinneringen import send_due_consult_reminders
from casussen.actions.herinneringen import send_due_reminders
from casussen.actions.kennismakingen import send_tips
from casussen.actions.mijlpalen import announce_milestones
from casussen.actions.nazorg import ask_aftercare
from casussen.actions.oza_herinneringen import remind_onderwijszorg
from casussen.actions.wachttijden import signal_waits
from kern import klok, outbox
from kern.kalender import end_of_office_day
from portal.aanbod.acties import remind_aanbieders, signal_above_norm
from portal.netwerk.fusie import process_mergers
from scholen.actions.klassenlijst import sweep_klassenlijsten
from scholen.actions.verzuimsignalen import make_signals
from wijkteams.actions.voorstellen import activate_planned

#: What beat asks for, by its name there, in the order of a day; reminders come before all of it and the post after it.
DOET: dict[str, Callable[[datetime], object]] = {
    "fusies": lambda now: process_mergers(op=now),
    "edities": lambda now: activate_planned(now=now),
    "klassenlijsten": lambda now: sweep_klassenlijsten(now=now),
    "verzuim": lambda now: make_signals(now=now),
    "mijlpalen": lambda now: announce_milestones(now=now),
    "nazorg": lambda now: ask_aftercare(now=now),
    "wachten_op_hulp": lambda now: signal_waits(now=now),
    "onderwijszorg": lambda now: remind_onderwijszorg(now=now),
    "kennismakingen": lambda now: send_tips(now=now),
    "wachttijden": lambda now: (remind_aanbieders(now=now), signal_above_norm(now=now)),
}
VOORAF, ACHTERAF = frozenset({"herinneringen", "consulten"}), frozenset({"meldingen"})
#: What it leaves to beat, and why.
NIET = {
    "hartslag": "says that beat and a worker are alive, which a command cannot know",
    "cijfers": "`refresh_dashboard` is a command of its own",
    "bulkroutering": "asked for by a program, not by the clock",
    "virusscan": "asks a scanner, not the clock",
    "documenten": "throws files away: never as of another day",
    "sessies": "throws sessions away: never as of another day",
}
#: A person waits for this command; a worker would stop sooner and be called again.
RUN_SECONDS = 3600.0


class Command(BaseCommand):
    help = "Maakt alle herinneringen die aan de beurt zijn en verstuurt alle post, alsof het dit moment is (alleen demo en test)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--now", help="moment, bijvoorbeeld 2026-01-05T09:00 (Nederlandse tijd); een dag betekent 17:00 uur")
        parser.add_argument("--json", action="store_true", help="toon de aantallen als JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        if settings.MODUS not in {"demo", "test"}:
            raise CommandError("sweep is er alleen in demo en test; in productie doen beat en de workers dit.")
        now = _moment(options["now"]) if options["now"] else klok.now()
        made = send_due_reminders(now=now) + send_due_consult_reminders(now=now)
        for act in DOET.values():
            act(now)
        telling = asdict(outbox.send_pending(now=now, run_seconds=RUN_SECONDS))
        if options["json"]:
            self.stdout.write(json.dumps({"op": now.isoformat(), "herinneringen": made, **telling}))
            return
        self.stdout.write(
            f"{made} herinneringen gemaakt; post: {telling['verzonden']} verzonden, {telling['uitgesteld']} uitgesteld, "
            f"{telling['mislukt']} mislukt, {telling['vervallen']} vervallen."
        )


def _moment(text: str) -> datetime:
    try:
        if len(text) == 10 and (day := parse_date(text)):
            return end_of_office_day(day)
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"--now is geen moment: {text!r}. Bijvoorbeeld 2026-01-05T09:00.", returncode=2) from error
    return moment.astimezone(klok.AMSTERDAM) if moment.tzinfo else moment.replace(tzinfo=klok.AMSTERDAM)
