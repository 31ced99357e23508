"""Django's PostgreSQL backend, for a server that is started by the first connection.

`DATABASES["default"]` carries the folder as `VAR_DIR`; where the socket is, follows from it at the moment of connecting.
"""

from pathlib import Path
from typing import Any

import psycopg2
from django.db.backends.postgresql.base import DatabaseWrapper as PostgresWrapper
from django.db.utils import OperationalError

from portal.embedded.client import ensure
from portal.embedded.errors import EmbeddedError
from portal.embedded.places import locate
from portal.embedded.services import Postgres


class DatabaseWrapper(PostgresWrapper):
    """Makes sure the private server runs before it connects."""

    def get_connection_params(self) -> dict[str, Any]:
        self.settings_dict["HOST"] = str(self._service().place.sockets)
        params: dict[str, Any] = super().get_connection_params()
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        service = self._service()
        self._ensure(service)
        try:
            return super().get_new_connection(conn_params)
        except psycopg2.OperationalError:
            if service.answers():
                raise  # the server is there and refuses: an unknown role, a database that does not exist
            self._ensure(service)  # it died just now
            return super().get_new_connection(conn_params)

    def _service(self) -> Postgres:
        return Postgres(locate(Path(self.settings_dict["VAR_DIR"])))

    @staticmethod
    def _ensure(service: Postgres) -> None:
        try:
            ensure(service)
        except EmbeddedError as error:
            raise OperationalError(str(error)) from error
