"""What every test stands on. Tests work as the database role of the web process, which may change rows and alter nothing."""

import fcntl
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pytest
from django.conf import settings
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql.operations import DatabaseOperations
from django.db.backends.signals import connection_created
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from tests.factories.casussen import Wereld, make_wereld

WEB_ROLE = "aanspreekpunt_web"
# How fast a busy machine makes examples says nothing of what is tested.
hypothesis_settings.register_profile("druk", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("druk")
#: Half a minute or more. Workers beside each other begin with these, or at the end one waits for another's.
LANG = {
    Path(__file__).parent / name
    for name in (
        "api/test_stappen.py",
        "casussen/test_workflow_machine.py",
        "casussen/test_workflow_paths.py",
        "dashboard/test_aanval.py",
        "dashboard/test_cijfers.py",
        "dashboard/test_schermen.py",
        "demo/test_commands.py",
        "demo/test_region.py",
        "embedded/test_chaos.py",
        "embedded/test_kills.py",
        "embedded/test_logins.py",
        "embedded/test_servers.py",
        "embedded/test_start.py",
        "health/test_ready.py",
        "hulp/test_views.py",
        "tijdlijn/test_tijdlijn.py",
        "toegang/test_url_kaart.py",
    )
}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The long files first; the order of these and of all others stays the random one."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: item.path not in LANG)


def _step_down(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {WEB_ROLE}")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request: pytest.FixtureRequest,
    django_db_modify_db_settings: None,
    django_db_keepdb: bool,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[IO[str] | None]:
    """The workers of one run migrate once: whoever comes first makes a template, and each takes a copy of it.

    Gives the lock under which it is copied: the maker, who throws the template away, waits for it.
    """
    worker = getattr(request.config, "workerinput", {}).get("workerid")
    if worker is None or django_db_keepdb:
        yield None
        return
    made = tmp_path_factory.getbasetemp().parent / "sjabloon.gemaakt"
    test = connection.settings_dict["TEST"]
    template = f"{test['NAME'].removesuffix(worker)}sjabloon"
    maker = False
    with made.with_suffix(".slot").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        if not made.exists():
            fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            maker = True
            with django_db_blocker.unblock():
                _make(template)
            made.touch()
        fcntl.flock(lock, fcntl.LOCK_SH)
        test["TEMPLATE"] = template
        yield lock
    if maker:
        with made.with_suffix(".slot").open("w") as lock, django_db_blocker.unblock():
            fcntl.flock(lock, fcntl.LOCK_EX)
            made.unlink()  # a worker that comes only now makes its own
            connection.creation._destroy_test_db(template, verbosity=0)  # type: ignore[attr-defined]  # not in the stubs


def _make(template: str) -> None:
    """A database with all migrations, and nobody connected to it."""
    own, test = connection.settings_dict["NAME"], connection.settings_dict["TEST"]
    name = test["NAME"]
    test["NAME"] = template
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        connection.close()
    finally:
        settings.DATABASES[connection.alias]["NAME"] = connection.settings_dict["NAME"] = own
        test["NAME"] = name


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_modify_db_settings: IO[str] | None, django_db_setup: None, django_db_blocker: Any
) -> Iterator[None]:
    """After the owner made the test database, every connection works as the web role; only emptying tables is done as owner."""
    if django_db_modify_db_settings is not None:
        django_db_modify_db_settings.close()
    flush = DatabaseOperations.execute_sql_flush

    def flush_as_owner(self: DatabaseOperations, sql_list: list[str]) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
        try:
            flush(self, sql_list)
        finally:
            _step_down(self.connection)

    patch = pytest.MonkeyPatch()
    patch.setattr(DatabaseOperations, "execute_sql_flush", flush_as_owner)
    connection_created.connect(_step_down)
    with django_db_blocker.unblock():
        for connection in connections.all(initialized_only=True):
            if connection.connection is not None:
                _step_down(connection)
    yield
    connection_created.disconnect(_step_down)
    patch.undo()
    with django_db_blocker.unblock():
        for connection in connections.all(initialized_only=True):
            connection.close()


@pytest.fixture
def wereld(db: None) -> Wereld:
    """A small network with the fixed cast in it."""
    return make_wereld()
