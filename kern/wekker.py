"""Wakes a worker that there is post. A wake-up may fail: beat asks every few seconds anyway, so nothing waits on the broker.

The request that wrote the melding must not wait for it either, not even for the second a dead broker takes to time out. So a
thread of this process does the publishing: the request only rings its bell. Many rings before it opens are one wake-up.
"""

import os
import threading

import structlog
from celery import current_app
from django.db import transaction

log = structlog.stdlib.get_logger(__name__)

TAAK = "kern.tasks.verstuur_meldingen"
#: A message nobody reads is useless after this long: beat has asked again.
GELDIG = 30
#: After a failure the broker is left alone for a while; then what still rings is tried again.
RUST_NA_FOUT = 10.0


class Wekker:
    """A bell and the one thread that answers it; started at the first ring, anew in a forked process."""

    def __init__(self, taak: str = TAAK) -> None:
        self._taak = taak
        self.reset()

    def reset(self) -> None:
        self._bell = threading.Event()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def ring(self) -> None:
        self._bell.set()
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._answer, name="wekker", daemon=True)
                self._thread.start()

    def _answer(self) -> None:
        pause = threading.Event()
        while True:
            self._bell.wait()
            self._bell.clear()
            if not publish(self._taak):
                pause.wait(RUST_NA_FOUT)


def publish(taak: str = TAAK) -> bool:
    """Put one message on the broker, tried once. Answers whether that worked; never raises."""
    try:
        current_app.send_task(taak, retry=False, expires=GELDIG)
    except Exception:  # whatever is wrong with the broker: what was written stays written, and beat asks again
        log.warning("wekken_mislukt", exc_info=True)
        return False
    return True


wekker = Wekker()
os.register_at_fork(after_in_child=wekker.reset)


def wake() -> None:
    """Tell a worker that there is something to send. Returns at once and never raises."""
    wekker.ring()


def wake_on_commit() -> None:
    """Wake a worker once the transaction is committed; once, however many meldingen it wrote."""
    waiting = transaction.get_connection().run_on_commit
    if all(callback is not wake for _, callback, _ in waiting):
        transaction.on_commit(wake, robust=True)
