"""Several people at the same moment, with real threads and connections: for tests marked `django_db(transaction=True)`."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection


def together(*steps: Callable[[], Any]) -> list[Any]:
    """Run these at the same moment; what each answered or raised, in order."""
    start = threading.Barrier(len(steps))
    found: list[Any] = [None] * len(steps)

    def run(i: int, step: Callable[[], Any]) -> None:
        try:
            start.wait()
            found[i] = step()
        except Exception as error:  # noqa: BLE001  (the test looks at it)
            found[i] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(i, step)) for i, step in enumerate(steps)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found
