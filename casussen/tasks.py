"""Celery tasks of casussen."""

from celery import shared_task

from casussen.actions.herinneringen import send_due_reminders
from kern import klok


@shared_task
def verstuur_herinneringen() -> None:
    """Make the steps of the ladder that are due."""
    send_due_reminders(now=klok.now())
