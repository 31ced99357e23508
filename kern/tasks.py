"""Celery tasks of kern."""

from celery import shared_task

from kern import klok, outbox


@shared_task
def verstuur_meldingen() -> None:
    """Send what waits in the outbox."""
    outbox.send_pending(now=klok.now())
