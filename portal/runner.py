"""Runs web, worker and beat as child processes, for `make start`: restarts what dies, and leaves nothing behind.

Each child writes its log to var/log/<name>.log. On Linux a child hears it from the kernel when this process dies (`lifeline`),
so that also `kill -9` ends them all.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from portal.embedded.lifeline import die_with_parent
from portal.embedded.supervisor import trim

TICK = 0.1
STOP_TIMEOUT = 20.0
STABLE_AFTER = 60.0
MAX_BACKOFF = 30.0


def say(text: str) -> None:
    """A line for the person at the terminal. A terminal that is gone is no reason to stop halfway stopping."""
    with contextlib.suppress(OSError):
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()


@dataclass
class Child:
    """One process to keep running."""

    name: str
    command: list[str]
    env: dict[str, str]
    log: Path
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    start_at: float = 0.0
    deaths: int = field(default=0)

    def start(self) -> None:
        trim(self.log)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603
                self.command,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C is for the runner, which stops them in order
                preexec_fn=die_with_parent(signal.SIGTERM),  # noqa: PLW1509  (the runner has one thread)
            )
        self.started = time.monotonic()

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None


class Runner:
    """Keeps the children running until asked to stop, by a signal or by the end of the process that started us."""

    def __init__(self, children: list[Child], *, follow_parent: bool = False) -> None:
        self.children = children
        self._parent = os.getppid() if follow_parent else None
        self._stop: str | None = None

    def listen(self) -> None:
        """From here on Ctrl-C, SIGTERM and SIGHUP are a request to stop."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        self._stop = signal.Signals(number).name

    @property
    def must_stop(self) -> bool:
        if self._stop is None and self._parent is not None and os.getppid() != self._parent:
            self._stop = "make is gestopt"
        return self._stop is not None

    def start(self) -> None:
        for child in self.children:
            child.start()

    def tick(self) -> None:
        """Look once after every child: say which one died, and start it again, each time a little later."""
        now = time.monotonic()
        for child in self.children:
            if child.alive:
                if child.deaths and now - child.started > STABLE_AFTER:
                    child.deaths = 0
            elif child.process is not None:
                code = child.process.returncode
                wait = min(2.0**child.deaths, MAX_BACKOFF)
                child.deaths += 1
                child.process, child.start_at = None, now + wait
                say(f"Onderdeel {child.name} is gestopt ({_why(code)}) en start over {wait:.0f} s opnieuw. Logboek: {child.log}")
            elif now >= child.start_at:
                child.start()

    def run(self, every_tick: Callable[[], None]) -> None:
        while not self.must_stop:
            self.tick()
            every_tick()
            time.sleep(TICK)

    def stop(self) -> None:
        """End every child: first asked, then not; a second Ctrl-C skips the asking."""
        self._stop = None
        running = [child.process for child in self.children if child.alive and child.process is not None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + STOP_TIMEOUT
        while any(process.poll() is None for process in running) and time.monotonic() < deadline and self._stop is None:
            time.sleep(TICK)
        for process in running:
            if process.poll() is None:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _why(code: int) -> str:
    return f"signaal {signal.Signals(-code).name}" if code < 0 else f"code {code}"
