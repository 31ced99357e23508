"""`manage.py start`, the foreground of `make start`: web, worker, beat and servers, and the end of them all."""

import contextlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from portal.embedded.places import locate
from portal.embedded.services import Postgres, Valkey
from portal.embedded.supervisor import processes_in
from tests.embedded.conftest import BASE_DIR, wait_for


@dataclass
class House:
    """A `var/` and a port of its own, in which the portal is started again and again."""

    var: Path
    port: int
    output: Path

    @property
    def env(self) -> dict[str, str]:
        kept = {
            key: value
            for key, value in os.environ.items()
            if key not in {"DATABASE_URL", "REDIS_URL", "TEST_DATABASE", "PROCES_ROL"}
        }
        return {
            **kept,
            "MODUS": "test",
            "VAR_DIR": str(self.var),
            "PORT": str(self.port),
            "DJANGO_SETTINGS_MODULE": "portal.settings",
        }

    def start(self, *, parent: bool = False) -> "subprocess.Popen[bytes]":
        """Start it, as make does when `parent` is set: from a process whose end is noticed. Returns when it says that it runs."""
        start = [sys.executable, "manage.py", "start"]
        make = "import subprocess, sys; sys.exit(subprocess.call([sys.executable, 'manage.py', 'start', '--met-ouder']))"
        command = [sys.executable, "-c", make] if parent else start
        with self.output.open("wb") as output:
            process = subprocess.Popen(
                command, cwd=BASE_DIR, env=self.env, stdin=subprocess.DEVNULL, stdout=output, stderr=output
            )

        def announced() -> bool:
            assert process.poll() is None, self.output.read_text()
            return "Aanspreekpunt draait op" in self.output.read_text()

        try:
            wait_for(announced, 300)
        except AssertionError:
            self.kill_all()  # or the next test finds the port taken
            raise
        return process

    def kill_all(self) -> None:
        for pid in self.processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.wait_until_empty(20)

    def ask(self, path: str) -> tuple[int, dict[str, Any]]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as response:
                return response.status, json.load(response)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.load(error)

    def processes(self) -> dict[int, str]:
        """Everything that runs for this house, with its command line: known by the folder it was given, or works in."""
        servers = [service(locate(self.var)).data for service in (Postgres, Valkey)]
        found = dict.fromkeys(processes_in(*servers), "server")
        for entry in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                if f"VAR_DIR={self.var}\0".encode() in (entry / "environ").read_bytes() or str(self.var) in command:
                    found[int(entry.name)] = command.strip()
        return found

    def pids(self, words: str) -> list[int]:
        return [pid for pid, command in self.processes().items() if words in command]

    def wait_until_empty(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while left := self.processes():
            assert time.monotonic() < deadline, left
            time.sleep(0.1)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("huis")
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    made = House(folder / "var", port, folder / "output")
    yield made
    made.kill_all()
    shutil.rmtree(locate(made.var).root, ignore_errors=True)


@pytest.mark.slow
def test_it_runs_everything_and_ctrl_c_ends_everything(house: House) -> None:
    process = house.start()
    said = house.output.read_text()
    assert re.findall(r"^Aanspreekpunt draait op .*$", said, re.MULTILINE) == [
        f"Aanspreekpunt draait op http://127.0.0.1:{house.port}"
    ]
    assert house.ask("/health") == (200, {"status": "ok"})
    _, parts = house.ask("/health/ready")
    assert {key for key, value in parts.items() if value != "ok"} == {"status", "editie"}, parts

    process.send_signal(signal.SIGINT)
    assert process.wait(40) == 0
    assert house.processes() == {}


@pytest.mark.slow
def test_it_keeps_running_through_what_happens_and_sigterm_ends_it(house: House) -> None:
    """One start, three mishaps: a second start, a child that dies, supervisors that are killed."""
    process = house.start()
    second = subprocess.run(
        [sys.executable, "manage.py", "start"],
        cwd=BASE_DIR,
        env=house.env,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert second.returncode != 0
    assert f"Poort {house.port} is al in gebruik" in second.stderr
    assert "Traceback" not in second.stderr

    (old,) = house.pids("celery -q -A portal beat")
    os.kill(old, signal.SIGKILL)
    wait_for(lambda: set(house.pids("celery -q -A portal beat")) - {old}, 20)
    assert "Onderdeel beat is gestopt (signaal SIGKILL) en start over 1 s opnieuw." in house.output.read_text()

    supervisors = set(house.pids("portal.embedded.supervisor"))
    assert len(supervisors) == 2
    for pid in supervisors:
        os.kill(pid, signal.SIGKILL)

    def well() -> bool:
        parts = house.ask("/health/ready")[1]
        return (
            parts["database"] == parts["broker"] == "ok" and len(set(house.pids("portal.embedded.supervisor")) - supervisors) == 2
        )

    wait_for(well, 30)
    process.terminate()
    assert process.wait(40) == 0
    assert house.processes() == {}


@pytest.mark.slow
def test_kill_9_of_the_runner_ends_every_child_and_the_servers(house: House) -> None:
    process = house.start()
    assert house.pids("gunicorn")
    assert house.pids("celery")
    assert house.pids("server")
    process.kill()
    process.wait(5)
    house.wait_until_empty(30)


@pytest.mark.slow
def test_kill_9_of_make_ends_every_child_and_the_servers(house: House) -> None:
    make = house.start(parent=True)
    make.kill()
    make.wait(5)
    house.wait_until_empty(30)


@pytest.mark.parametrize("port", ["0", "65536", "acht", "-1", "8000 "])
def test_a_port_that_is_none_is_refused(port: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from portal.poort import PoortBezet, check_port

    monkeypatch.setenv("PORT", port)
    with pytest.raises(PoortBezet, match="geen poortnummer"):
        check_port()


def test_production_is_not_started_this_way(house: House) -> None:
    env = {
        **house.env,
        "MODUS": "productie",
        "SECRET_KEY": "x" * 50,
        "DATABASE_URL": "postgres://x@127.0.0.1:1/x",
        "REDIS_URL": "redis://127.0.0.1:1",
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "start"], cwd=BASE_DIR, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert "docker-compose.yml" in done.stderr
