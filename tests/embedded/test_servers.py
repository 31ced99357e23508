"""Starting, sharing and stopping the private servers."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from portal.embedded import client
from portal.embedded.errors import EmbeddedError
from portal.embedded.places import SOCKET_PATH_LIMIT, locate
from portal.embedded.settings import embedded_broker_url, redis_client
from tests.embedded.conftest import BASE_DIR, IS_ROOT, Machine, wait_for


def test_importing_the_settings_starts_and_writes_nothing(tmp_path: Path) -> None:
    var = tmp_path / "var"
    environment = {
        key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "REDIS_URL", "MODUS", "TEST_DATABASE"}
    }
    code = "import django; django.setup(); from django.db import connection; print(connection.vendor)"
    result = subprocess.run(
        [sys.executable, "-c", code],
        cwd=BASE_DIR,
        env={**environment, "VAR_DIR": str(var), "DJANGO_SETTINGS_MODULE": "portal.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stdout.strip() == "postgresql"
    assert not var.exists()
    assert not locate(var).root.exists()


def test_the_very_first_start_makes_a_database(new_machine: Machine) -> None:
    new_machine.client("postgres", "valkey")
    assert new_machine.sql("SELECT current_database()") == "aanspreekpunt"
    assert new_machine.valkey.answers()


def test_the_first_use_starts_a_server_and_the_last_client_ends_it(any_machine: Machine) -> None:
    first = any_machine.client("postgres", "valkey")
    pids = {service.name: any_machine.pid(service) for service in (any_machine.postgres, any_machine.valkey)}
    second = any_machine.client("postgres", "valkey")
    assert {service.name: any_machine.pid(service) for service in (any_machine.postgres, any_machine.valkey)} == pids

    any_machine.leave(first)
    time.sleep(2.5)  # well past the grace
    assert any_machine.sql("SELECT 1") == 1
    assert any_machine.valkey.answers()

    any_machine.leave(second)
    wait_for(lambda: any_machine.is_gone(any_machine.postgres, any_machine.valkey), 15)
    assert not any_machine.postgres.socket.exists()


def test_a_next_start_finds_the_data_again(any_machine: Machine) -> None:
    first = any_machine.client("postgres", "valkey")
    any_machine.sql("CREATE TABLE bewaard AS SELECT 42 AS getal")
    queue = redis_client(broker_url(any_machine))
    queue.lpush("rij", "bericht")
    any_machine.leave(first)
    wait_for(lambda: any_machine.is_gone(any_machine.postgres, any_machine.valkey))

    any_machine.client("postgres", "valkey")
    assert any_machine.sql("SELECT getal FROM bewaard") == 42
    assert queue.llen("rij") == 1
    queue.close()


def broker_url(machine: Machine) -> str:
    """The URL as the machine's own user would have it."""
    return f"redis+socket://{machine.valkey.socket}?virtual_host=0"


def test_processes_that_start_at_once_share_one_server(machine: Machine) -> None:
    crowd = [machine.client("postgres", wait=False) for _ in range(6)]
    answers = [machine.answer(process) for process in crowd]
    assert all("error" not in answer for answer in answers)
    assert machine.sql("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'checkpointer'") == 1
    log = (machine.place.logs / "embedded.log").read_text()
    assert log.count("PostgreSQL gestart") == 1


def test_the_database_is_utf8_with_the_extensions_the_portal_needs_and_no_port(machine: Machine) -> None:
    machine.client("postgres")
    assert (
        machine.sql("SELECT datlocprovider::text || ' ' || datlocale FROM pg_database WHERE datname = 'aanspreekpunt'")
        == "b C.UTF-8"
    )
    assert machine.sql("SHOW server_encoding") == "UTF8"
    assert machine.sql("SELECT upper('zoë, één')") == "ZOË, ÉÉN"
    machine.sql("CREATE EXTENSION btree_gist; CREATE EXTENSION pg_trgm")
    assert machine.sql("SELECT similarity('coördinator', 'coördinatór') > 0.5") is True
    assert machine.sql("SHOW listen_addresses") == ""
    assert machine.sql("SHOW fsync") == "on"
    assert int(machine.sql("SHOW max_connections")) >= 200


def test_a_forked_child_counts_as_a_client(machine: Machine) -> None:
    """gunicorn and Celery fork after connecting: the parent's end may not take the server from its children."""
    code = (
        "import os, sys, time; from pathlib import Path; from portal.embedded import client; "
        "from portal.embedded.places import locate; from portal.embedded.services import Valkey; "
        "client.ensure(Valkey(locate(Path(sys.argv[1])))); "
        "time.sleep(4) if os.fork() == 0 else os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", code, str(machine.var)], cwd=BASE_DIR, check=True)
    time.sleep(2.5)
    assert machine.valkey.answers()
    wait_for(lambda: machine.is_gone(machine.valkey), 10)


def test_stop_ends_the_server_under_its_clients_and_a_next_call_starts_it_again(machine: Machine) -> None:
    machine.client("valkey")
    before = machine.pid(machine.valkey)
    assert client.stop(machine.valkey) is True
    assert machine.is_gone(machine.valkey)
    assert client.stop(machine.valkey) is False

    client.ensure(machine.valkey)
    assert machine.valkey.answers()
    assert machine.pid(machine.valkey) != before


def test_a_server_that_cannot_start_says_so_in_dutch_and_in_time(machine: Machine) -> None:
    process = machine.client("postgres")
    machine.leave(process)
    wait_for(lambda: machine.is_gone(machine.postgres))
    (machine.postgres.data / "PG_VERSION").write_text("9.1\n")
    with pytest.raises(EmbeddedError, match=r"PostgreSQL stopt steeds; zie .*postgres\.log"):
        client.ensure(machine.postgres, 60)


def test_the_log_of_the_server_quotes_no_rows(machine: Machine) -> None:
    import psycopg2

    machine.client("postgres")
    machine.sql("CREATE TABLE mensen (naam text UNIQUE)")
    machine.sql("INSERT INTO mensen VALUES ('Merkwaardig')")
    with pytest.raises(psycopg2.errors.UniqueViolation):
        machine.sql("INSERT INTO mensen VALUES ('Merkwaardig')")
    with pytest.raises(psycopg2.errors.InvalidTextRepresentation):
        machine.sql("SELECT 'Merkwaardig'::int")
    assert "Merkwaardig" not in machine.postgres.log.read_text()


@pytest.mark.parametrize("length", [60, 95, 120, 200])
def test_a_socket_path_is_never_too_long(length: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 4321)
    place = locate(Path("/") / ("é" * 30) / ("x" * length) / "var")
    assert len(os.fsencode(place.sockets / ".s.PGSQL.5432")) <= SOCKET_PATH_LIMIT
    assert place.root.is_relative_to(place.var)


def test_a_folder_of_somebody_else_is_refused_as_socket_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 4321)
    place = locate(tmp_path / ("x" * 100) / "var")
    monkeypatch.undo()
    target = tmp_path / "van-een-ander"
    target.mkdir()
    place.sockets.symlink_to(target)
    try:
        with pytest.raises(EmbeddedError, match="ander account"):
            place.folder(place.sockets)
    finally:
        place.sockets.unlink()


def test_two_checkouts_have_servers_of_their_own(tmp_path: Path) -> None:
    here, there = locate(tmp_path / "a" / "var"), locate(tmp_path / "b" / "var")
    assert here.root != there.root
    assert here.sockets != there.sockets


def test_broker_urls_reach_the_private_broker_and_an_ordinary_one(machine: Machine) -> None:
    machine.client("valkey")
    with redis_client(embedded_broker_url(machine.var)) as demo, redis_client(embedded_broker_url(machine.var, 1)) as test:
        demo.set("sleutel", "demo")
        assert test.get("sleutel") is None
    tcp = redis_client("redis://:geheim@broker.example:6380/3")
    arguments = tcp.connection_pool.connection_kwargs
    assert (arguments["host"], arguments["port"], arguments["db"]) == ("broker.example", 6380, 3)
    assert arguments["socket_connect_timeout"] == 1
    tcp.close()


def test_celery_reaches_the_private_broker(machine: Machine) -> None:
    from portal.celery import PortalCelery

    machine.client("valkey")
    app = PortalCelery("test", broker=embedded_broker_url(machine.var), set_as_current=False)
    with app.connection_for_write() as connection:
        connection.ensure_connection(max_retries=1)
        queue = connection.SimpleQueue("proef")
        queue.put({"n": 1})
        message = queue.get(timeout=2)
        message.ack()
        queue.close()
    assert message.payload == {"n": 1}


if IS_ROOT:

    def test_as_root_the_servers_run_unprivileged_in_closed_folders(machine: Machine) -> None:
        machine.client("postgres", "valkey")
        for service in (machine.postgres, machine.valkey):
            status = Path(f"/proc/{machine.pid(service)}/status").read_text()
            assert f"Uid:\t{machine.place.uid}\t{machine.place.uid}" in status
            assert service.data.stat().st_mode & 0o077 == 0
        assert machine.place.sockets.stat().st_mode & 0o077 == 0
        assert machine.place.control.stat().st_uid == 0
        assert not machine.place.root.is_relative_to(machine.var)
        other = subprocess.run(
            ["ls", machine.place.sockets], user=1, group=1, extra_groups=[], cwd="/", capture_output=True, check=False
        )
        assert other.returncode != 0
        assert other.stdout == b""

    def test_a_new_checkout_on_an_old_path_starts_empty(machine: Machine) -> None:
        process = machine.client("postgres", "valkey")
        machine.sql("CREATE TABLE van_vroeger ()")
        machine.leave(process)
        wait_for(lambda: machine.is_gone(machine.postgres, machine.valkey))
        for path in machine.var.glob("embedded-*.id"):  # what removing the checkout takes along
            path.unlink()

        machine.client("postgres")
        assert machine.sql("SELECT to_regclass('van_vroeger') IS NULL") is True
