"""Celery tasks of casussen."""

from celery import shared_task

from casussen.actions.consult_herinneringen import send_due_consult_reminders
from casussen.actions.documenten import scan_waiting, sweep_files
from casussen.actions.herinneringen import send_due_reminders
from casussen.actions.kennismakingen import send_tips
from casussen.actions.mijlpalen import announce_milestones
from casussen.actions.nazorg import ask_aftercare
from casussen.actions.oza_herinneringen import remind_onderwijszorg
from casussen.actions.wachttijden import signal_waits
from kern import klok


@shared_task
def verstuur_herinneringen() -> None:
    """Make the steps of the ladder that are due."""
    send_due_reminders(now=klok.now())


@shared_task
def tip_kennismakingen() -> None:
    """Tell who works with somebody they never met."""
    send_tips(now=klok.now())


@shared_task
def kondig_mijlpalen_aan() -> None:
    """Tell who must know that a pupil becomes 16 or 18."""
    announce_milestones(now=klok.now())


@shared_task
def vraag_nazorg() -> None:
    """Ask how it goes, on the day that was agreed at the end of a casus."""
    ask_aftercare(now=klok.now())


@shared_task
def herinner_consulten() -> None:
    """Remind of anonymous consulten that wait for an answer."""
    send_due_consult_reminders(now=klok.now())


@shared_task
def herinner_onderwijszorg() -> None:
    """Tell school and aanbieder that their mdo comes near or is past, or that a place is agreed no further."""
    remind_onderwijszorg(now=klok.now())


@shared_task
def scan_documenten() -> None:
    """Ask the virus scanner about documents it has not seen yet."""
    scan_waiting(op=klok.now())


@shared_task
def veeg_documenten() -> None:
    """Take away files that belong to no document."""
    sweep_files(op=klok.now())


@shared_task
def signaleer_wachttijden() -> None:
    """Tell the team and the region of help that is waited for too long, or of which nobody knows how long it takes."""
    signal_waits(now=klok.now())
