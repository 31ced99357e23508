"""What Celery beat asks of this room."""

from celery import shared_task

from toegang.actions.sessies import clear_sessions


@shared_task
def ruim_sessies_op() -> None:
    clear_sessions()
