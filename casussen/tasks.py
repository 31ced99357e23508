"""Celery tasks of casussen."""

from celery import shared_task

from casussen.actions.consult_herinneringen import send_due_consult_reminders
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
def herinner_consulten() -> None:
    """Remind of anonymous consulten that wait for an answer."""
    send_due_consult_reminders(now=klok.now())
