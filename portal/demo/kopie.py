"""Rows into PostgreSQL by COPY, in batches: the demo region loads at any size without keeping it in memory."""

import json
import re
from collections.abc import Callable
from datetime import date, datetime
from io import StringIO
from typing import Any
from uuid import UUID

from django.db import connection, models

_BIJZONDER = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_MOET = re.compile(r"[\\\t\n\r]")


def _text(value: str) -> str:
    return value.translate(_BIJZONDER) if _MOET.search(value) else value


_SCHRIJVERS: dict[type, Callable[[Any], str]] = {
    str: _text,
    int: str,
    bool: lambda value: "t" if value else "f",
    type(None): lambda _value: "\\N",
    datetime: datetime.isoformat,
    date: date.isoformat,
    UUID: str,
    dict: lambda value: _text(json.dumps(value, ensure_ascii=False)),
    tuple: lambda value: "{" + ",".join(map(str, value)) + "}",
}


def cell(value: Any) -> str:
    """One value in COPY's text format."""
    return _SCHRIJVERS[type(value)](value)


class Kopie:
    """A COPY into one table: `add` rows by the names of their columns, then `flush`.

    The first row says which columns there are; every other row must have the same. A required column that is not named gets the
    default of its field, as it would from the ORM.
    """

    def __init__(self, model: type[models.Model]) -> None:
        self._meta = model._meta  # noqa: SLF001  (Django's public API)
        self._columns: tuple[str, ...] = ()
        self._rest = ""
        self._sql = ""
        self._buffer = StringIO()

    def add(self, **values: Any) -> None:
        if not self._columns:
            self._start(tuple(values))
        self._buffer.write("\t".join([cell(values[column]) for column in self._columns]))
        self._buffer.write(self._rest)

    def _start(self, columns: tuple[str, ...]) -> None:
        rest = [
            f
            for f in self._meta.concrete_fields
            if f.attname not in columns and not f.null and not f.primary_key and not f.generated
        ]
        names = ", ".join([*columns, *(field.attname for field in rest)])
        self._columns = columns
        self._rest = "".join(f"\t{cell(field.get_default())}" for field in rest) + "\n"
        self._sql = f'COPY "{self._meta.db_table}" ({names}) FROM STDIN'

    def flush(self) -> None:
        if not self._sql:
            return
        self._buffer.seek(0)
        with connection.cursor() as cursor:
            cursor.copy_expert(self._sql, self._buffer)
        self._buffer = StringIO()


def take_ids(model: type[models.Model], aantal: int) -> list[int]:
    """So many fresh primary keys, in order. Works for a role that may use sequences but not set them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, aantal],  # noqa: SLF001
        )
        return [row[0] for row in cursor.fetchall()]


def take_numbers(sequence: str, aantal: int) -> list[int]:
    """So many numbers of a sequence that belongs to no table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s::regclass) FROM generate_series(1, %s)", [sequence, aantal])
        return [row[0] for row in cursor.fetchall()]
