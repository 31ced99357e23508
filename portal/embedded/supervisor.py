"""The small process that keeps one private server: `python -m portal.embedded.supervisor NAME VAR_DIR`.

Starts it, restarts it when it dies, and stops it when the last client has gone. Killed outright, it takes the server along
(see `lifeline`), and what it leaves behind is cleaned up by the next one.
"""

import contextlib
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

from portal.embedded.errors import EmbeddedError
from portal.embedded.locks import Files, is_locked, try_lock, wait_lock, write_note
from portal.embedded.places import locate
from portal.embedded.services import SERVICES, Service

#: Between two commands of one person the servers need not stop; a person who waits for the end should not wait long.
GRACE = 1.0
TICK = 0.1
STOP_TIMEOUT = 60.0
STABLE_AFTER = 60.0
MAX_FAILED_STARTS = 5
LOG_LIMIT = 5_000_000


def say(text: str) -> None:
    """A line in var/log/embedded.log."""
    sys.stderr.write(f"{datetime.now(UTC).isoformat(timespec='seconds')} [{os.getpid()}] {text}\n")
    sys.stderr.flush()


def processes_in(*folders: Path) -> list[int]:
    """Processes that work in one of these folders: the server's own, wherever their parent went. Linux only."""
    found = []
    real = {folder.resolve() for folder in folders}
    for entry in Path("/proc").glob("[0-9]*/cwd"):
        with contextlib.suppress(OSError):
            if entry.readlink() in real:
                found.append(int(entry.parent.name))
    return found


def stop_leftovers(service: Service) -> None:
    """End what an earlier supervisor could not: politely, then not."""
    folders = (service.data, service.data.with_name(f"{service.data.name}.halfway"))
    for number, patience in ((service.stop_signal, 20.0), (signal.SIGKILL, 10.0)):
        deadline = time.monotonic() + patience
        pids = processes_in(*folders)
        if pids:
            say(f"{service.label}: {len(pids)} achtergebleven processen krijgen {number.name}")
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)
        while processes_in(*folders) and time.monotonic() < deadline:
            time.sleep(TICK)


def forget_earlier_checkout(service: Service) -> None:
    """As root the data lies outside the checkout: of an earlier checkout on the same path, removed since, it is not ours."""
    if not service.place.user:
        return
    theirs = service.place.control / f"{service.name}.id"
    ours = service.place.var / f"embedded-{service.name}.id"
    if theirs.exists() and ours.exists() and theirs.read_bytes() == ours.read_bytes():
        return
    if service.data.exists():
        say(f"{service.label}: gegevens van een eerdere uitcheck op dit pad verwijderd")
        shutil.rmtree(service.data)
    identity = secrets.token_hex(16)
    for note in (ours, theirs):
        write_note(note, identity)


class Supervisor:
    """Keeps one service running for as long as it has clients."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.files = Files.of(service)
        self.server: subprocess.Popen[bytes] | None = None
        self.stop_asked = False
        self.failed_starts = 0
        self.finished = False

    def run(self) -> None:
        """Until the last client has gone, or SIGTERM."""
        self.files.ready.unlink(missing_ok=True)
        stop_leftovers(self.service)
        forget_earlier_checkout(self.service)
        self.service.prepare()
        try:
            while not self.stop_asked:
                self.start()
                if self.serve():
                    break
                self.failed_starts += 1
                if self.failed_starts >= MAX_FAILED_STARTS:
                    raise EmbeddedError(f"{self.service.label} stopt steeds; zie {self.service.log}.")
                say(f"{self.service.label} stopte onverwacht; wordt opnieuw gestart")
                stop_leftovers(self.service)
                time.sleep(min(0.2 * 2**self.failed_starts, 10))
        finally:
            self.stop_server()

    def start(self) -> None:
        """Start the server and wait until it answers. A server that ends first counts as a failed start."""
        self.server = self.service.start()
        say(f"{self.service.label} gestart, pid {self.server.pid}")
        while self.server.poll() is None and not self.stop_asked:
            if self.service.answers():
                if not self.finished:
                    self.service.finish()
                    self.finished = True
                write_note(self.files.ready, str(self.server.pid))
                return
            time.sleep(0.03)

    def serve(self) -> bool:
        """Watch server and clients. True: done, stop for good. False: the server died."""
        since = time.monotonic()
        assert self.server is not None  # noqa: S101  (start() ran)
        while not self.stop_asked:
            if self.server.poll() is not None:
                self.files.ready.unlink(missing_ok=True)
                return False
            if time.monotonic() - since > STABLE_AFTER:
                self.failed_starts = 0
            if self.nobody_left():
                return True
            time.sleep(TICK)
        return True

    def nobody_left(self) -> bool:
        """Has the last client been gone for a while? If so the lock is ours, and stays ours until this process ends."""
        first = try_lock(self.files.clients, exclusive=True)
        if first is None:
            return False
        os.close(first)
        time.sleep(GRACE)
        return try_lock(self.files.clients, exclusive=True) is not None

    def stop_server(self) -> None:
        """Stop the server and wait for it: the next supervisor should find nothing running."""
        self.files.ready.unlink(missing_ok=True)
        if self.server is None or self.server.poll() is not None:
            return
        self.server.send_signal(self.service.stop_signal)
        try:
            self.server.wait(STOP_TIMEOUT)
        except subprocess.TimeoutExpired:
            self.server.kill()
            self.server.wait()
        say(f"{self.service.label} gestopt")


def detach() -> None:
    """Leave the process that started us, so that nobody has to wait for our end."""
    if os.fork():
        os._exit(0)
    os.chdir("/")


def trim(log: Path) -> None:
    """Keep one earlier log beside a fresh one."""
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.replace(log.with_name(f"{log.name}.1"))


def main(name: str, var_dir: str) -> int:
    detach()
    place = locate(Path(var_dir))
    service = SERVICES[name](place)
    place.make()
    files = Files.of(service)
    lock = wait_lock(files.supervisor, exclusive=True, deadline=time.monotonic() + 1)
    if lock is None:
        if not is_locked(files.supervisor):
            say(f"{service.label}: geen slot gekregen")
        return 0  # another one was first
    os.ftruncate(lock, 0)
    os.write(lock, str(os.getpid()).encode())
    trim(service.log)
    trim(place.logs / "embedded.log")
    supervisor = Supervisor(service)

    def on_terminate(_number: int, _frame: FrameType | None) -> None:
        supervisor.stop_asked = True

    signal.signal(signal.SIGTERM, on_terminate)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        files.error.unlink(missing_ok=True)
        supervisor.run()
    except (EmbeddedError, OSError, subprocess.SubprocessError) as error:
        say(f"{service.label}: {error}")
        write_note(files.error, str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
