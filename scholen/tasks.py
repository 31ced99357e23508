"""Celery tasks of scholen."""

from celery import shared_task

from kern import klok
from scholen.actions.klassenlijst import process_klassenlijst, sweep_klassenlijsten
from scholen.actions.verzuimsignalen import make_signals


@shared_task
def verwerk_klassenlijst(lijst_id: int) -> None:
    """Work through a class list that was asked for just now."""
    process_klassenlijst(lijst_id=lijst_id, op=klok.now())


@shared_task
def veeg_klassenlijsten() -> None:
    """Work through what no worker took, and throw away what nobody came back for."""
    sweep_klassenlijsten(now=klok.now())


@shared_task
def maak_verzuimsignalen() -> None:
    """Tell schools who reached 16 hours, or four weeks, by the passing of time."""
    make_signals(now=klok.now())
