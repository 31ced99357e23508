"""`make start`: the whole portal on this machine, in the foreground."""

import json
import os
import signal
import sys
import time
import urllib.error
import urllib.request
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import OperationalError

from portal.embedded import client
from portal.embedded.errors import EmbeddedError
from portal.embedded.places import locate
from portal.embedded.services import Postgres, Service, Valkey
from portal.embedded.settings import is_embedded_broker
from portal.poort import PoortBezet, check_port
from portal.runner import Child, Runner, say

BOOT_TIMEOUT = 60.0
#: After the web process answers, the worker and beat may take this long to show themselves before we say that all runs.
PARTS_TIMEOUT = 8.0
LOOK_AFTER_SERVERS = 2.0
SERVERS_GONE_TIMEOUT = 15.0


class Command(BaseCommand):
    help = (
        "Start het portaal op deze machine: databank en wachtrij (als er geen eigen zijn), web, worker en beat. Stop met Ctrl-C."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--met-ouder", action="store_true", help="stop ook als het proces dat dit startte (make) er niet meer is"
        )

    def handle(self, *_args: Any, met_ouder: bool, **_options: Any) -> None:
        if settings.MODUS == "productie":
            raise CommandError("Dit commando is voor een demo op één machine. In productie: zie docker-compose.yml en de README.")
        try:
            self.port = check_port()
        except PoortBezet as error:
            raise CommandError(str(error)) from error
        self.url = f"http://127.0.0.1:{self.port}"
        self.services = self._embedded_services()
        logs = Path(settings.VAR_DIR) / "log"
        logs.mkdir(parents=True, exist_ok=True)
        self.runner = Runner(self._children(logs), follow_parent=met_ouder)
        signal.signal(signal.SIGTERM, _interrupt)
        signal.signal(signal.SIGHUP, _interrupt)
        try:
            self._prepare()
            self.runner.listen()
            self._serve()
        except KeyboardInterrupt:
            pass  # stopped while the database was being prepared: what was done stays, the rest is done next time
        finally:
            self._finish()

    @staticmethod
    def _embedded_services() -> list[Service]:
        """The private servers this portal uses: those for which no URL was given."""
        place = locate(Path(settings.VAR_DIR))
        services: list[Service] = []
        if not settings.DATABASE_URL:
            services.append(Postgres(place))
        if is_embedded_broker(settings.REDIS_URL):
            services.append(Valkey(place))
        return services

    def _children(self, logs: Path) -> list[Child]:
        python = [sys.executable, "-m"]
        env = {**os.environ, "MODUS": settings.MODUS, "PORT": str(self.port), "PYTHONUNBUFFERED": "1"}
        env.pop("MAKEFLAGS", None)
        worker = [
            "celery",
            "-q",
            "-A",
            "portal",
            "worker",
            "--loglevel=INFO",
            "--concurrency=2",
            "--without-gossip",
            "--without-mingle",
        ]
        beat = ["celery", "-q", "-A", "portal", "beat", "--loglevel=INFO", "--pidfile="]
        return [
            Child("web", [*python, "gunicorn", "portal.wsgi"], {**env, "PROCES_ROL": "web"}, logs / "web.log"),
            Child("worker", [*python, *worker], {**env, "PROCES_ROL": "taak"}, logs / "worker.log"),
            Child("beat", [*python, *beat], {**env, "PROCES_ROL": "taak"}, logs / "beat.log"),
        ]

    def _prepare(self) -> None:
        """Servers, tables, demo region: each only as far as needed."""
        try:
            if self.services:
                say(f"{' en '.join(service.label for service in self.services)} starten …")
                for service in self.services:
                    client.ensure(service)
            executor = MigrationExecutor(connection)
            if executor.migration_plan(executor.loader.graph.leaf_nodes()):
                say("Tabellen bijwerken …")
                call_command("migrate", verbosity=0, interactive=False)
        except (EmbeddedError, OperationalError) as error:
            raise CommandError(str(error)) from error
        if settings.DEMO:
            self._load_demo()
        connection.close()

    @staticmethod
    def _load_demo() -> None:
        from portal.demo.laden import DemoGeweigerd, is_loaded, refuse_unless_possible  # noqa: PLC0415  (heavy, and for demo only)

        if is_loaded():
            return
        try:
            refuse_unless_possible()
        except DemoGeweigerd as reason:
            say(f"De demo-regio wordt niet geladen. {reason}")
            return
        say("De demo-regio laden (eenmalig) …")
        call_command("load_demo")

    def _serve(self) -> None:
        if not self.runner.must_stop:
            say("Web, worker en beat starten …")
            self.runner.start()
            self._wait_until_up()
        if not self.runner.must_stop:
            say(f"Aanspreekpunt draait op {self.url}")
            if settings.DEMO:
                call_command("demo_info")
                connection.close()
            say(f"Stoppen: Ctrl-C. Logboeken: {Path(settings.VAR_DIR) / 'log'}")
        self._looked = time.monotonic()
        self.runner.run(self._look_after_servers)

    def _wait_until_up(self) -> None:
        """Until the web process answers, and, for a moment, until worker and beat do as well."""
        web = self.runner.children[0]
        deadline = time.monotonic() + BOOT_TIMEOUT
        while not self._answers("/health", "status") and not self.runner.must_stop:
            if web.deaths >= 2 or time.monotonic() > deadline:
                last = web.log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-5:]
                raise CommandError("\n".join([f"Het webproces komt niet op gang. De laatste regels van {web.log}:", *last]))
            self.runner.tick()
            time.sleep(0.1)
        deadline = time.monotonic() + PARTS_TIMEOUT
        while not self._answers("/health/ready", "worker", "beat") and not self.runner.must_stop and time.monotonic() < deadline:
            self.runner.tick()
            time.sleep(0.2)

    def _answers(self, path: str, *parts: str) -> bool:
        """Does this address of ours say 'ok' about these parts?"""
        try:
            with urllib.request.urlopen(f"{self.url}{path}", timeout=3) as response:  # noqa: S310  (our own address)
                answer = json.load(response)
        except urllib.error.HTTPError as error:
            with error:
                answer = json.load(error)
        except (OSError, ValueError):
            return False
        return all(answer.get(part) == "ok" for part in parts)

    def _look_after_servers(self) -> None:
        """A supervisor that was killed is not missed by processes that have their connection; so we look."""
        if time.monotonic() - self._looked < LOOK_AFTER_SERVERS:
            return
        self._looked = time.monotonic()
        for service in self.services:
            try:
                client.ensure(service, 10)
            except EmbeddedError as error:
                say(str(error))

    def _finish(self) -> None:
        """Stop everything, and wait for it: when this process is gone, so is all it started."""
        if any(child.process is not None for child in self.runner.children):
            say("Stoppen …")
            self.runner.stop()
        connection.close()
        for service in self.services:
            client.release(service)
        for service in self.services:
            client.wait_until_gone(service, SERVERS_GONE_TIMEOUT if not client.status(service).in_use else 0)
        say("Gestopt.")


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt
