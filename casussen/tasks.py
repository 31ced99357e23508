"""Celery tasks of casussen."""

from celery import shared_task

from casussen.actions.herinneringen import send_due_reminders
from casussen.actions.kennismakingen import send_tips
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
def signaleer_wachttijden() -> None:
    """Tell the team and the region of help that is waited for too long, or of which nobody knows how long it takes."""
    signal_waits(now=klok.now())
