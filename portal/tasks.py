"""Celery tasks of the assembled site."""

from celery import shared_task

from portal.hartslag import TAKEN, beat_heart


@shared_task
def beat_hartslag() -> None:
    """Carried out by a worker on beat's request: the chain works."""
    beat_heart(TAKEN)
