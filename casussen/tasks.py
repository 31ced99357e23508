"""Celery tasks of casussen."""

from celery import shared_task

from casussen.actions.documenten import scan_waiting, sweep_files
from casussen.actions.herinneringen import send_due_reminders
from casussen.actions.kennismakingen import send_tips
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
def scan_documenten() -> None:
    """Ask the virus scanner about documents it has not seen yet."""
    scan_waiting(op=klok.now())


@shared_task
def veeg_documenten() -> None:
    """Take away files that belong to no document."""
    sweep_files(op=klok.now())
