"""Heartbeats of the background processes, as rows in the database: `/health/ready` reads them.

worker  the main process of a Celery worker lives
beat    the scheduler lives and turns
taken   a task that beat sent has been carried out: beat, broker and worker work together
"""

import time
from typing import Any

import structlog
from celery import bootsteps
from celery.beat import PersistentScheduler
from django.db import DatabaseError, connection
from django.utils import timezone

log = structlog.stdlib.get_logger(__name__)

WORKER, BEAT, TAKEN = "worker", "beat", "taken"
INTERVAL = 15.0


def beat_heart(naam: str) -> None:
    """Write that this part lives now. Without a database it only logs: a heartbeat may not stop what it watches."""
    from kern.models import Hartslag  # noqa: PLC0415  (Celery loads this module before the apps are ready)

    try:
        Hartslag.objects.bulk_create(
            [Hartslag(naam=naam, op=timezone.now())], update_conflicts=True, unique_fields=["naam"], update_fields=["op"]
        )
    except DatabaseError as error:
        log.warning("hartslag_mislukt", onderdeel=naam, exc_info=error)
        connection.close()


class WorkerHartslag(bootsteps.StartStopStep):
    """Has the worker's own timer beat the heart."""

    requires = ("celery.worker.components:Timer",)

    def __init__(self, parent: Any, **kwargs: Any) -> None:
        super().__init__(parent, **kwargs)
        self.timer: Any = None

    def start(self, parent: Any) -> None:
        beat_heart(WORKER)
        connection.close()  # the pool is forked after this
        self.timer = parent.timer.call_repeatedly(INTERVAL, beat_heart, (WORKER,))

    def stop(self, _parent: Any) -> None:
        if self.timer is not None:
            self.timer.cancel()
            self.timer = None


class HartslagScheduler(PersistentScheduler):
    """Beat's scheduler, with a heart."""

    _last = 0.0

    def tick(self, *args: Any, **kwargs: Any) -> float:
        if time.monotonic() - self._last >= INTERVAL:
            self._last = time.monotonic()
            beat_heart(BEAT)
        return float(super().tick(*args, **kwargs))
