"""Writing many rows of the outbox and the record at once, as columns: a sweep writes thousands in a second."""

import json
import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection

#: kanaal, sleutel, ontvanger, adres, and the position of the thing that is told in the other lists.
Regel = tuple[str, uuid.UUID, int | None, str, int]

MELDINGEN = """
INSERT INTO kern_melding (sleutel, kanaal, ontvanger_id, adres, soort, onderwerp_soort, onderwerp_id, gebeurtenis_id, gegevens,
                          ontdubbeling, status, verzonden_op, pogingen, niet_voor, aangemaakt, fout)
SELECT r.sleutel, r.kanaal, r.ontvanger, r.adres, w.soort, w.onderwerp_soort, w.onderwerp_id, w.gebeurtenis_id, w.gegevens,
       w.ontdubbeling || ':' || r.kanaal,
       -- In the portal a melding is there the moment it is written: there is nothing left to send.
       CASE r.kanaal WHEN 'portaal' THEN 'verzonden' ELSE 'wacht' END,
       CASE r.kanaal WHEN 'portaal' THEN %(op)s::timestamptz END,
       0, %(op)s, %(op)s, ''
FROM unnest(%(sleutel)s::uuid[], %(kanaal)s::text[], %(ontvanger)s::bigint[], %(adres)s::text[], %(plaats)s::int[])
     AS r (sleutel, kanaal, ontvanger, adres, plaats)
JOIN unnest(%(soort)s::text[], %(onderwerp_soort)s::text[], %(onderwerp_id)s::bigint[], %(gebeurtenis_id)s::bigint[],
            %(gegevens)s::jsonb[], %(ontdubbeling)s::text[])
     WITH ORDINALITY AS w (soort, onderwerp_soort, onderwerp_id, gebeurtenis_id, gegevens, ontdubbeling, nr) ON w.nr = r.plaats
ON CONFLICT (ontdubbeling) DO NOTHING
"""
GEBEURTENISSEN = """
INSERT INTO kern_gebeurtenis (id, soort, onderwerp_soort, onderwerp_id, door_id, door_naam, door_rol, op, gegevens)
SELECT id, %(soort)s, %(onderwerp_soort)s, onderwerp_id, %(door_id)s, %(door_naam)s, %(door_rol)s, %(op)s, gegevens
FROM unnest(%(ids)s::bigint[], %(onderwerp_ids)s::bigint[], %(gegevens)s::jsonb[]) AS u (id, onderwerp_id, gegevens)
"""
NUMMERS = "SELECT nextval(pg_get_serial_sequence('kern_gebeurtenis', 'id')) FROM generate_series(1, %s)"


def insert_meldingen(wat: Sequence[Any], regels: Sequence[Regel], *, op: datetime) -> None:
    """Write one row for each of `regels`; `wat` has what they tell (see `kern.actions.NieuweMelding`), counted from 1."""
    written: dict[int, str] = {}  # many are told the same: write it out once
    for one in wat:
        if id(one.gegevens) not in written:
            written[id(one.gegevens)] = json.dumps(one.gegevens)
    kanaal, sleutel, ontvanger, adres, plaats = (list(column) for column in zip(*regels, strict=True))
    values: dict[str, Any] = {
        "op": op,
        "kanaal": kanaal,
        "sleutel": [str(key) for key in sleutel],
        "ontvanger": ontvanger,
        "adres": adres,
        "plaats": plaats,
        "soort": [one.soort for one in wat],
        "onderwerp_soort": [one.onderwerp_soort for one in wat],
        "onderwerp_id": [one.onderwerp_id for one in wat],
        "gebeurtenis_id": [one.gebeurtenis_id for one in wat],
        "gegevens": [written[id(one.gegevens)] for one in wat],
        "ontdubbeling": [one.ontdubbeling for one in wat],
    }
    with connection.cursor() as cursor:
        cursor.execute(MELDINGEN, values)


def insert_events(onderwerpen: Sequence[tuple[int, dict[str, Any]]], *, op: datetime, **same: Any) -> list[int]:
    """Write one event for each (onderwerp_id, gegevens); answers their ids, in the same order."""
    with connection.cursor() as cursor:
        cursor.execute(NUMMERS, [len(onderwerpen)])
        ids = [row[0] for row in cursor.fetchall()]
        values: dict[str, Any] = {
            "ids": ids,
            "onderwerp_ids": [onderwerp_id for onderwerp_id, _ in onderwerpen],
            "gegevens": [json.dumps(gegevens) for _, gegevens in onderwerpen],
            "op": op,
        }
        cursor.execute(GEBEURTENISSEN, values | same)
    return ids
