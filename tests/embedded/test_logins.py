"""The logins of production (deploy/postgres/logins.psql) can do what they must, and no more."""

import os
import subprocess
import sys
from contextlib import closing
from typing import Any

import psycopg2
import pytest

from tests.embedded.conftest import BASE_DIR, Machine

PASSWORDS = {"eigenaar": "e'igen", "web": 'w"eb', "taak": "ta ak"}


@pytest.fixture
def production(machine: Machine) -> Machine:
    """A server as production has it: made by the init script, migrated by the owner."""
    machine.client("postgres")
    machine.sql("DROP DATABASE aanspreekpunt", database="postgres")
    psql = machine.postgres.binaries / "psql"
    words = [word for name, password in PASSWORDS.items() for word in ("--set", f"{name}={password}")]
    subprocess.run(
        [
            psql,
            "-X",
            "-v",
            "ON_ERROR_STOP=1",
            "-U",
            "aanspreekpunt",
            "-h",
            machine.place.sockets,
            "-d",
            "postgres",
            *words,
            "-f",
            "logins.psql",
        ],
        cwd=BASE_DIR / "deploy" / "postgres",
        check=True,
        capture_output=True,
    )
    url = f"postgres://aanspreekpunt_eigenaar@/aanspreekpunt?host={machine.place.sockets}"
    env = {**os.environ, "DATABASE_URL": url, "REDIS_URL": "redis://127.0.0.1:1/0", "PROCES_ROL": "eigenaar", "MODUS": "test"}
    command = [sys.executable, "manage.py", "migrate", "-v0", "--skip-checks"]
    done = subprocess.run(command, cwd=BASE_DIR, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return machine


def ask(machine: Machine, login: str, role: str | None, statement: str) -> Any:
    options = f"-c role={role}" if role else ""
    made = psycopg2.connect(dbname="aanspreekpunt", user=login, host=str(machine.place.sockets), port=5432, options=options)
    with closing(made) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
            row = cursor.fetchone() if cursor.description else None
            return row[0] if row else None


def test_the_owner_migrates_and_each_process_reads_and_writes_but_alters_nothing(production: Machine) -> None:
    for kind in ("web", "taak"):
        login, role = f"aanspreekpunt_{kind}_login", f"aanspreekpunt_{kind}"
        ask(production, login, role, f"INSERT INTO kern_hartslag (naam, op) VALUES ('{kind}', now())")
        assert ask(production, login, role, "SELECT count(*) FROM kern_hartslag") >= 1
        for statement in (
            "CREATE TABLE mag_niet ()",
            "ALTER TABLE kern_hartslag ADD COLUMN mag_niet text",
            "TRUNCATE kern_hartslag",
            "DROP TABLE kern_hartslag",
            "CREATE ROLE mag_niet",
        ):
            with pytest.raises(psycopg2.errors.InsufficientPrivilege):
                ask(production, login, role, statement)
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):  # nothing without stepping into the role
            ask(production, login, None, "SELECT count(*) FROM kern_hartslag")
    with pytest.raises(psycopg2.Error):
        ask(production, "aanspreekpunt_web_login", "aanspreekpunt_taak", "SELECT 1")
    with pytest.raises(psycopg2.Error):
        ask(production, "aanspreekpunt_taak_login", "aanspreekpunt_eigenaar", "SELECT 1")
    assert ask(production, "aanspreekpunt_eigenaar", None, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False
