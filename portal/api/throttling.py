"""A limit per person, wide enough for any honest program: it stops a loop that ran wild, not a user.

Counted in the memory of each web process. A shared count would cost a write to the database per request, far more than what it
guards; so the real limit is this number times the number of web processes.
"""

import threading
import time
from typing import Any

from django.conf import settings
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from toegang.toelating import kijker_of

VENSTER = 60.0
#: Before the count of people becomes a memory of its own.
MEESTE = 10_000

_lock = threading.Lock()
_counts: dict[int, tuple[float, int]] = {}


class PerGebruiker(BaseThrottle):
    """At most API_PER_MINUUT requests per person in a minute, in this process."""

    _wait: float | None = None

    def allow_request(self, request: Request, view: Any) -> bool:  # noqa: ARG002  (DRF's signature)
        user_id = kijker_of(request._request).user_id  # noqa: SLF001  (DRF offers no other way)
        if user_id is None:
            return True  # refused already, or public
        moment = time.monotonic()
        with _lock:
            begin, count = _counts.get(user_id, (moment, 0))
            if moment - begin >= VENSTER:
                begin, count = moment, 0
            if len(_counts) >= MEESTE:
                _counts.clear()
            _counts[user_id] = (begin, count + 1)
        if count < settings.API_PER_MINUUT:
            return True
        self._wait = VENSTER - (moment - begin)
        return False

    def wait(self) -> float | None:
        return self._wait


def forget_counts() -> None:
    """Start counting afresh (tests)."""
    with _lock:
        _counts.clear()
