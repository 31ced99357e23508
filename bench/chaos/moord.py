"""The killer: now and then one process, of a kind chosen by chance, ends without a word (SIGKILL)."""

import contextlib
import os
import signal
import threading
from collections import Counter
from collections.abc import Callable
from random import Random

from bench.chaos.huis import Huis
from portal.embedded.services import Postgres, Valkey


class Moordenaar(threading.Thread):
    """Every few seconds one. `gedood` counts them by kind."""

    def __init__(self, huis: Huis, klaar: threading.Event, *, seed: int, pauze: tuple[float, float]) -> None:
        super().__init__(name="moordenaar", daemon=True)
        self.huis, self.klaar, self.pauze = huis, klaar, pauze
        self.rng = Random(seed)
        self.gedood: Counter[str] = Counter()
        self.kinds: dict[str, Callable[[], list[int]]] = {
            "web": lambda: huis.pids("gunicorn"),
            "worker": lambda: huis.pids("portal worker"),
            "beat": lambda: huis.pids("portal beat"),
            "broker": lambda: huis.servers(Valkey),
            "database": lambda: huis.servers(Postgres),
        }

    def run(self) -> None:
        left: list[str] = []
        while not self.klaar.wait(self.rng.uniform(*self.pauze)):
            left = left or self.rng.sample(list(self.kinds), len(self.kinds))  # every kind in turn, in any order
            kind = left.pop()
            if pids := self.kinds[kind]():
                self.kill(kind, self.rng.choice(pids))

    def kill(self, kind: str, pid: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
            self.gedood[kind] += 1
