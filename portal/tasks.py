"""Celery tasks of the assembled site."""

from celery import shared_task

from gebieden.models import Regio
from kern.klok import now, today
from portal.aanbod.acties import remind_aanbieders, signal_above_norm
from portal.dashboard.acties import refresh_dashboard
from portal.hartslag import TAKEN, beat_heart
from portal.netwerk.fusie import process_mergers


@shared_task
def verwerk_fusies() -> None:
    """Move what has no date of its own for mergers of gemeenten whose day has come."""
    process_mergers(op=now())


@shared_task
def beat_hartslag() -> None:
    """Carried out by a worker on beat's request: the chain works."""
    beat_heart(TAKEN)


@shared_task
def ververs_cijfers() -> None:
    """Publish the figures that are due; every region by itself."""
    for regio in Regio.objects.order_by("pk"):
        refresh_dashboard(regio=regio, op=today())


@shared_task
def bewaak_wachttijden() -> None:
    """Ask aanbieders for waiting times that are old, and tell the region which are above their norm."""
    remind_aanbieders(now=now())
    signal_above_norm(now=now())
