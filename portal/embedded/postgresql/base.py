"""Django's PostgreSQL backend, for a server that is started by the first connection.

`DATABASES["default"]` carries the folder as `VAR_DIR`; where the socket is, follows from it at the moment of connecting.
"""

import time
from pathlib import Path
from typing import Any

import psycopg2
from django.db.backends.postgresql.base import DatabaseWrapper as PostgresWrapper
from django.db.utils import OperationalError

from portal.embedded.client import ensure
from portal.embedded.errors import EmbeddedError
from portal.embedded.places import locate
from portal.embedded.services import Postgres

#: Seconds in which a server that died is seen to be dead, by its locks.
DOOD = 10.0


class DatabaseWrapper(PostgresWrapper):
    """Makes sure the private server runs before it connects."""

    def get_connection_params(self) -> dict[str, Any]:
        self.settings_dict["HOST"] = str(self._service().place.sockets)
        params: dict[str, Any] = super().get_connection_params()
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        service = self._service()
        deadline = time.monotonic() + DOOD
        while True:
            self._ensure(service)
            try:
                return super().get_new_connection(conn_params)
            except psycopg2.OperationalError:
                if service.answers():  # it is back; or it refuses, an unknown role say, and says so again
                    return super().get_new_connection(conn_params)
                if time.monotonic() >= deadline:
                    raise
            time.sleep(0.05)  # it died just now, and its locks may live a moment longer

    def _service(self) -> Postgres:
        return Postgres(locate(Path(self.settings_dict["VAR_DIR"])))

    @staticmethod
    def _ensure(service: Postgres) -> None:
        try:
            ensure(service)
        except EmbeddedError as error:
            raise OperationalError(str(error)) from error
