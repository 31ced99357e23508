"""What a process that uses the private servers does: hold the shared lock, and see to it that a supervisor runs."""

import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from portal.embedded.errors import EmbeddedError
from portal.embedded.locks import Files, is_locked, try_lock, wait_lock
from portal.embedded.services import Service

BASE_DIR = Path(__file__).resolve().parent.parent.parent
#: Room for a first start on a slow machine: copying the binaries and making the database.
TIMEOUT = 120.0
_held: dict[Path, int] = {}
_mutex = threading.Lock()


def ensure(service: Service, timeout: float = TIMEOUT) -> None:
    """Return once the server answers, having started it where needed; from then on this process counts as a client.

    Cheap when all is well (two file locks), so it is called for every new connection. Raises EmbeddedError.
    """
    deadline = time.monotonic() + timeout
    if not _mutex.acquire(timeout=timeout):
        raise EmbeddedError(_too_late(service, timeout))
    try:
        files = Files.of(service)
        if _holds(files) and is_ready(files):
            return
        service.place.make()
        _hold(files, service, deadline, timeout)
        if not is_ready(files):
            _wait_until_ready(service, files, deadline, timeout)
    finally:
        _mutex.release()


def is_ready(files: Files) -> bool:
    """Is a supervisor at work, and does its server answer?"""
    return files.ready.exists() and is_locked(files.supervisor)


def release(service: Service) -> None:
    """Stop being a client. Without clients the supervisor stops its server after a moment."""
    with _mutex:
        descriptor = _held.pop(Files.of(service).clients, None)
        if descriptor is not None:
            os.close(descriptor)


def _hold(files: Files, service: Service, deadline: float, timeout: float) -> None:
    """Take the shared lock. A process that is forked later (a gunicorn worker) holds it too, through the same open file."""
    if _holds(files):
        return
    stale = _held.pop(files.clients, None)
    if stale is not None:
        os.close(stale)
    descriptor = wait_lock(files.clients, exclusive=False, deadline=deadline)  # a supervisor that is stopping has it for itself
    if descriptor is None:
        raise EmbeddedError(_too_late(service, timeout))
    _held[files.clients] = descriptor


def _holds(files: Files) -> bool:
    """Do we hold the lock on the file that is there now? Somebody may have removed the folder since."""
    descriptor = _held.get(files.clients)
    if descriptor is None:
        return False
    try:
        there = files.clients.stat()
    except FileNotFoundError:
        return False
    here = os.fstat(descriptor)
    return (here.st_dev, here.st_ino) == (there.st_dev, there.st_ino)


def _wait_until_ready(service: Service, files: Files, deadline: float, timeout: float) -> None:
    started: float | None = None  # when our supervisor was started, on the clock of the file system
    while not is_ready(files):
        if not is_locked(files.supervisor):
            if started is not None and _failed_since(files.error, started):
                raise EmbeddedError(files.error.read_text(encoding="utf-8"))
            if started is None or time.time() - started > 5:  # a fresh one needs a moment to take its lock
                started = time.time()
                _spawn(service)
        if time.monotonic() >= deadline:
            raise EmbeddedError(_too_late(service, timeout))
        time.sleep(0.02)


def _failed_since(error: Path, moment: float) -> bool:
    try:
        return error.stat().st_mtime >= moment - 0.05
    except FileNotFoundError:
        return False


def _spawn(service: Service) -> None:
    """Start a supervisor in a session of its own: Ctrl-C in this terminal is not for it. It detaches itself."""
    with (service.place.logs / "embedded.log").open("ab") as log:
        starter = subprocess.run(  # noqa: S603
            [sys.executable, "-m", "portal.embedded.supervisor", service.name, str(service.place.var)],
            cwd=BASE_DIR,
            env={"PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            timeout=30,
            check=False,
        )
    if starter.returncode:
        raise EmbeddedError(f"De bewaker van {service.label} kon niet starten; zie {service.place.logs / 'embedded.log'}.")


def _too_late(service: Service, timeout: float) -> str:
    return (
        f"{service.label} kwam niet binnen {timeout:.0f} s op gang; zie {service.log} en {service.place.logs / 'embedded.log'}."
    )


@dataclass(frozen=True)
class Status:
    """How a service is doing. `supervisor` is the pid, None when nothing runs."""

    supervisor: int | None
    ready: bool
    in_use: bool


def status(service: Service) -> Status:
    """Look, without starting or holding anything."""
    files = Files.of(service)
    if not is_locked(files.supervisor):
        return Status(supervisor=None, ready=False, in_use=False)
    alone = try_lock(files.clients, exclusive=True)
    if alone is not None:
        os.close(alone)
    return Status(supervisor=supervisor_pid(files), ready=is_ready(files), in_use=alone is None)


def supervisor_pid(files: Files) -> int | None:
    """The pid of the supervisor that holds the lock."""
    try:
        return int(files.supervisor.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None


def stop(service: Service, timeout: float = 60.0) -> bool:
    """Stop the server now, clients or not, and wait for it. False when nothing ran."""
    files = Files.of(service)
    release(service)
    pid = supervisor_pid(files) if is_locked(files.supervisor) else None
    if pid is None:
        return False
    os.kill(pid, signal.SIGTERM)
    if not wait_until_gone(service, timeout):
        raise EmbeddedError(f"{service.label} stopte niet binnen {timeout:.0f} s; zie {service.log}.")
    return True


def wait_until_gone(service: Service, timeout: float) -> bool:
    """Wait for the supervisor to end (after the last client has gone)."""
    files = Files.of(service)
    deadline = time.monotonic() + timeout
    while is_locked(files.supervisor):
        if time.monotonic() >= deadline:
            return False
        time.sleep(0.05)
    return True
