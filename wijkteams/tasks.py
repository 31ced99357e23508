"""Celery tasks of wijkteams."""

from celery import shared_task

from kern import klok
from wijkteams.actions.bulkroutering import work_bulkroutering
from wijkteams.actions.voorstellen import activate_planned


@shared_task
def activeer_geplande_edities() -> None:
    """Make the edities active whose day has come."""
    activate_planned(now=klok.now())


@shared_task
def werk_bulkroutering() -> None:
    """Route what waits as a job, and delete what is a day old."""
    work_bulkroutering()
