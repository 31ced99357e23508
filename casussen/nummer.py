"""The casusnummer: the year and a number from a sequence, '2026-004312'. Unique, not gapless: a number says nothing else."""

from datetime import datetime

from django.db import connection

from kern.klok import AMSTERDAM


def next_casusnummer(op: datetime) -> str:
    """A number that nobody has and nobody will get."""
    return reserve_casusnummers(1, op)[0]


def reserve_casusnummers(aantal: int, op: datetime) -> list[str]:
    """So many numbers at once, in order."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('casussen_casusnummer') FROM generate_series(1, %s)", [aantal])
        return [write_casusnummer(op.astimezone(AMSTERDAM).year, volgnummer) for (volgnummer,) in cursor.fetchall()]


def next_consultnummer(op: datetime) -> str:
    """The number of an anonymous consult, from a sequence of its own: 'A2026-000123' cannot be read as a casusnummer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('casussen_consultnummer')")
        (volgnummer,) = cursor.fetchone()
    return f"A{write_casusnummer(op.astimezone(AMSTERDAM).year, volgnummer)}"


def write_casusnummer(jaar: int, volgnummer: int) -> str:
    return f"{jaar}-{volgnummer:06d}"
