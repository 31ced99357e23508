"""kill -9 of anything: servers, supervisors, clients, a start halfway."""

import os
import signal
import subprocess
import time
from pathlib import Path

import psycopg2
import pytest

from portal.embedded import client
from portal.embedded.postgresql.base import DatabaseWrapper
from portal.embedded.settings import embedded_database, redis_client
from portal.embedded.supervisor import processes_in
from tests.embedded.conftest import Machine, kill_processes_in, wait_for


def test_a_killed_client_is_not_waited_for(any_machine: Machine) -> None:
    process = any_machine.client("postgres", "valkey")
    process.kill()
    wait_for(lambda: any_machine.is_gone(any_machine.postgres, any_machine.valkey), 15)


def test_a_killed_supervisor_takes_its_server_along(any_machine: Machine) -> None:
    """Also where the server runs as another account, which clears a parent-death signal that was set too early."""
    any_machine.client("postgres", "valkey")
    for service in (any_machine.postgres, any_machine.valkey):
        os.kill(any_machine.supervisor(service), signal.SIGKILL)
    wait_for(lambda: any_machine.is_gone(any_machine.postgres, any_machine.valkey), 15)


def test_after_a_killed_supervisor_the_next_client_starts_anew_with_the_same_data(machine: Machine) -> None:
    machine.client("postgres")
    machine.sql("CREATE TABLE bewaard AS SELECT 7 AS getal")
    os.kill(machine.supervisor(machine.postgres), signal.SIGKILL)
    machine.client("postgres")  # at once: the old server may still be writing its last checkpoint
    assert machine.sql("SELECT getal FROM bewaard") == 7


@pytest.mark.parametrize("whole", [False, True], ids=["the main process", "every process"])
def test_a_killed_postgres_comes_back_by_itself_with_what_was_committed(machine: Machine, whole: bool) -> None:
    machine.client("postgres")
    machine.sql("CREATE TABLE bewaard AS SELECT 7 AS getal")
    old = machine.pid(machine.postgres)
    if whole:
        kill_processes_in(machine.postgres.data)
    else:
        os.kill(old, signal.SIGKILL)
    wait_for(lambda: (machine.place.control / "postgres.ready").exists() and machine.pid(machine.postgres) != old, 30)
    assert machine.sql("SELECT getal FROM bewaard") == 7


def test_a_killed_valkey_comes_back_with_its_queue(machine: Machine) -> None:
    machine.client("valkey")
    with redis_client(f"redis+socket://{machine.valkey.socket}?virtual_host=0") as queue:
        for number in range(500):
            queue.lpush("rij", number)
        old = machine.pid(machine.valkey)
        os.kill(old, signal.SIGKILL)
        wait_for(lambda: (machine.place.control / "valkey.ready").exists() and machine.pid(machine.valkey) != old, 20)
        queue.connection_pool.disconnect()
        assert queue.llen("rij") == 500


def test_everything_killed_at_once_starts_again(machine: Machine) -> None:
    process = machine.client("postgres", "valkey")
    machine.sql("CREATE TABLE bewaard AS SELECT 7 AS getal")
    for service in (machine.postgres, machine.valkey):
        os.kill(machine.supervisor(service), signal.SIGKILL)
        kill_processes_in(service.data)
    process.kill()
    machine.client("postgres", "valkey")
    assert machine.sql("SELECT getal FROM bewaard") == 7
    assert machine.valkey.answers()


def test_a_first_start_cut_off_halfway_is_done_over(new_machine: Machine) -> None:
    machine = new_machine
    process = machine.client("postgres", wait=False)
    halfway = machine.postgres.data.with_name(f"{machine.postgres.data.name}.halfway")
    wait_for((halfway / "base").exists, 30)  # initdb is at work
    os.kill(machine.supervisor(machine.postgres), signal.SIGKILL)
    process.kill()
    assert not machine.postgres.data.exists()

    machine.client("postgres")
    assert machine.sql("SELECT 1") == 1
    assert not halfway.exists()


def test_stale_locks_and_sockets_are_no_obstacle(machine: Machine) -> None:
    """After a power cut the pid in a lock file may belong to a process of somebody else."""
    process = machine.client("postgres", "valkey")
    machine.leave(process)
    wait_for(lambda: machine.is_gone(machine.postgres, machine.valkey))
    bystander = subprocess.Popen(["sleep", "60"])
    try:
        stale = f"{bystander.pid}\n{machine.postgres.data}\n1\n5432\n{machine.place.sockets}\n\n0 0\nready\n"
        (machine.postgres.data / "postmaster.pid").write_text(stale)
        machine.postgres.socket.with_name(".s.PGSQL.5432.lock").write_text(stale)
        for socket in (machine.postgres.socket, machine.valkey.socket):
            socket.write_text("")
        for service in (machine.postgres, machine.valkey):
            (machine.place.control / f"{service.name}.ready").write_text(str(bystander.pid))
            (machine.place.control / f"{service.name}.supervisor").write_text(str(bystander.pid))
        machine.client("postgres", "valkey")
        assert machine.sql("SELECT 1") == 1
        assert machine.valkey.answers()
        assert bystander.poll() is None
    finally:
        bystander.kill()
        bystander.wait()


def test_a_server_that_hangs_in_an_old_supervisors_folder_is_ended_first(machine: Machine) -> None:
    """A frozen server does not hear its parent's last signal: two servers on one folder would be the end of the data."""
    machine.client("valkey")
    frozen = machine.pid(machine.valkey)
    os.kill(frozen, signal.SIGSTOP)
    os.kill(machine.supervisor(machine.valkey), signal.SIGKILL)
    newcomer = machine.client("valkey", wait=False)
    time.sleep(1)
    assert processes_in(machine.valkey.data) == [frozen]
    os.kill(frozen, signal.SIGCONT)
    assert "error" not in machine.answer(newcomer)
    assert machine.pid(machine.valkey) != frozen


def test_a_process_keeps_working_when_its_server_was_killed(machine: Machine) -> None:
    """What Django sees: the connection breaks once, and the next one is there again."""
    try:
        assert database_name(machine) == "aanspreekpunt"
        os.kill(machine.supervisor(machine.postgres), signal.SIGKILL)
        kill_processes_in(machine.postgres.data)
        assert database_name(machine) == "aanspreekpunt"
    finally:
        client.release(machine.postgres)


def database_name(machine: Machine, rol: str = "eigenaar") -> str:
    """Ask through our Django backend, over a new connection."""
    wrapper = DatabaseWrapper({**defaults(), **embedded_database(machine.var, rol)}, alias="proef")
    connection = wrapper.get_new_connection(wrapper.get_connection_params())
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_database()")
            return str(cursor.fetchone()[0])
    finally:
        connection.close()


def defaults() -> dict[str, object]:
    """What Django fills in for a DATABASES entry."""
    return {"TIME_ZONE": None, "AUTOCOMMIT": True, "CONN_HEALTH_CHECKS": False}


def test_a_refusal_by_the_server_is_not_taken_for_its_death(machine: Machine) -> None:
    machine.client("postgres")
    before = machine.pid(machine.postgres)
    try:
        with pytest.raises(psycopg2.OperationalError, match="aanspreekpunt_web"):  # the role is made by the first migration
            database_name(machine, "web")
        assert machine.pid(machine.postgres) == before
    finally:
        client.release(machine.postgres)


def test_logs_do_not_grow_forever(tmp_path: Path) -> None:
    from portal.embedded.supervisor import LOG_LIMIT, trim

    log = tmp_path / "postgres.log"
    log.write_bytes(b"x" * (LOG_LIMIT + 1))
    trim(log)
    assert not log.exists()
    assert (tmp_path / "postgres.log.1").stat().st_size == LOG_LIMIT + 1
    trim(log)
