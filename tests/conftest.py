"""What every test stands on. Tests work as the database role of the web process, which may change rows and alter nothing."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql.operations import DatabaseOperations
from django.db.backends.signals import connection_created
from hypothesis import HealthCheck, settings

from tests.factories.casussen import Wereld, make_wereld

WEB_ROLE = "aanspreekpunt_web"
# How fast a busy machine makes examples says nothing of what is tested.
settings.register_profile("druk", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("druk")


def _step_down(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {WEB_ROLE}")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """After the owner made the test database, every connection works as the web role; only emptying tables is done as owner."""
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
