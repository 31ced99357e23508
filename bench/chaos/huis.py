"""The portal in a `var/` of its own: started as `make start` does, found by its processes, ended for good."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg2

from portal.embedded.places import locate
from portal.embedded.services import Postgres, Valkey
from portal.embedded.supervisor import processes_in

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 120.0


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Huis:
    """One `manage.py start`, and who belongs to it."""

    folder: Path
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def var(self) -> Path:
        return self.folder / "var"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def env(self) -> dict[str, str]:
        """Nothing of the databases of whoever started us."""
        kept = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "REDIS_URL", "TEST_DATABASE", "PROCES_ROL"}}
        return {
            **kept,
            "MODUS": "test",
            "VAR_DIR": str(self.var),
            "PORT": str(self.port),
            "DJANGO_SETTINGS_MODULE": "portal.settings",
        }

    def manage(self, *arguments: str) -> str:
        command = [sys.executable, "manage.py", *arguments]
        env = {**self.env, "PROCES_ROL": "eigenaar"}
        done = subprocess.run(command, cwd=ROOT, env=env, check=False, capture_output=True, text=True, timeout=600)
        if done.returncode:
            raise RuntimeError(f"manage.py {' '.join(arguments)}: {done.stderr[-2000:]}")
        return done.stdout

    def start(self) -> None:
        self.var.mkdir(parents=True, exist_ok=True)
        output = self.folder / "output"
        with output.open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "start"], cwd=ROOT, env=self.env, stdin=subprocess.DEVNULL, stdout=out, stderr=out
            )
        end = time.monotonic() + PATIENCE
        while "Aanspreekpunt draait op" not in output.read_text():
            if self.process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"het portaal start niet: {output.read_text()[-2000:]}")
            time.sleep(0.2)

    def stop(self) -> None:
        """In order; and whatever is left then, without asking."""
        if self.process is not None:
            self.process.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(60)
        for pid in self.processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def processes(self) -> dict[int, str]:
        """Everything that runs for this house with its command line: known by the folder it was given, or works in."""
        found = dict.fromkeys(processes_in(*(service(locate(self.var)).data for service in (Postgres, Valkey))), "server")
        for entry in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                if f"VAR_DIR={self.var}\0".encode() in (entry / "environ").read_bytes() or str(self.var) in command:
                    found[int(entry.name)] = command.strip()
        return found

    def pids(self, words: str) -> list[int]:
        return sorted(pid for pid, command in self.processes().items() if words in command)

    def servers(self, soort: type[Postgres] | type[Valkey]) -> list[int]:
        return sorted(processes_in(soort(locate(self.var)).data))

    @contextmanager
    def database(self) -> Iterator[Any]:
        """A cursor straight on the database, past everything that is being tested."""
        where = str(locate(self.var).sockets)
        connection = psycopg2.connect(dbname="aanspreekpunt", user="aanspreekpunt", host=where, port=5432)
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                yield cursor
        finally:
            connection.close()


@contextmanager
def huis() -> Iterator[Huis]:
    """A house with the demo region in it, not yet started; gone afterwards with all it had."""
    with tempfile.TemporaryDirectory(prefix="chaos-") as name:
        made = Huis(Path(name))
        made.var.mkdir()
        try:
            made.manage("migrate", "--verbosity", "0")
            made.manage("load_demo", "--addresses", "20000", "--casussen", "400")
            yield made
        finally:
            made.stop()
            shutil.rmtree(locate(made.var).root, ignore_errors=True)
