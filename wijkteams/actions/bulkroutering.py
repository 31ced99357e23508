"""Routing many addresses as a job: made in a request, worked by whoever has time, kept for a day.

The rows are cut into parts. A part is answered in one transaction together with the count of what is done, by whoever holds the
lease at that moment; so a worker that is killed, or that was too slow and lost its lease, can neither lose nor double anything.
Beat asks every half minute whether there is work, so the broker is only a hint. Addresses are in the parts and nowhere else: not
in a message, an event or a log line; the input of a part goes when its answer is there, and the whole job after a day.
"""

import io
import time
import uuid
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import polars as pl
import structlog
from django.db import connection, transaction
from django.db.models import F

from kern import klok
from kern.actions import record_event
from kern.kijker import Kijker
from kern.wekker import Wekker
from wijkteams.models import Bulkdeel, Bulkroutering, BulkStatus
from wijkteams.routering.bulk import route_frame

log = structlog.stdlib.get_logger(__name__)

TAAK = "wijkteams.tasks.werk_bulkroutering"
MAX_RIJEN = 100_000
#: Jobs that one person may have at a time, done or not: each is kept for a day.
MAX_PER_PERSOON = 20
DEEL = 5_000
LEASE = timedelta(minutes=2)
BEWAARD = timedelta(days=1)
#: A part that takes its worker along this often is not tried for ever.
MAX_POGINGEN = 5
RUN_SECONDS = 60.0

CLAIM = """
WITH keuze AS MATERIALIZED (
    SELECT id FROM wijkteams_bulkroutering
    WHERE status IN ('wacht', 'bezig') AND (status = 'wacht' OR lease_tot < %(now)s) AND verloopt_op > %(now)s
    ORDER BY pogingen, id LIMIT 1 FOR UPDATE SKIP LOCKED
)
UPDATE wijkteams_bulkroutering b
SET status = 'bezig', houder = %(houder)s, lease_tot = %(lease_tot)s, pogingen = pogingen + 1,
    gestart_op = COALESCE(gestart_op, %(now)s)
FROM keuze WHERE b.id = keuze.id
RETURNING b.id
"""

wekker = Wekker(TAAK)


class TeVeel(Exception):  # noqa: N818  (the words of the house)
    """This person has too many jobs already."""


@transaction.atomic
def create_bulkroutering(*, frame: pl.DataFrame, peildatum: date, by: Kijker, op: datetime) -> Bulkroutering:
    """Write the job down; a worker begins when it can. `frame` has the columns of `bulk_csv.parse_csv`."""
    if by.user_id is None or Bulkroutering.objects.visible_to(by).alive(op).count() >= MAX_PER_PERSOON:
        raise TeVeel
    job = Bulkroutering.objects.create(
        door_id=by.user_id, peildatum=peildatum, rijen=frame.height, aangemaakt=op, verloopt_op=op + BEWAARD
    )
    parts = (frame.slice(start, DEEL) for start in range(0, frame.height, DEEL))
    Bulkdeel.objects.bulk_create(
        [Bulkdeel(bulkroutering=job, nummer=n, rijen=part.height, invoer=_packed(part)) for n, part in enumerate(parts, 1)]
    )
    record_event(
        soort="bulkroutering_gevraagd",
        onderwerp_soort="bulkroutering",
        onderwerp_id=job.pk,
        by=by,
        op=op,
        gegevens={"rijen": frame.height},
    )
    transaction.on_commit(wekker.ring, robust=True)
    return job


def _packed(frame: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    frame.write_ipc(buffer, compression="zstd")
    return buffer.getvalue()


def results_of(job: Bulkroutering) -> Iterator[pl.DataFrame]:
    """The answers, part by part, in the order in which the rows came."""
    for nummer in Bulkdeel.objects.filter(bulkroutering=job).order_by("nummer").values_list("nummer", flat=True):
        packed = Bulkdeel.objects.values_list("uitvoer", flat=True).get(bulkroutering=job, nummer=nummer)
        yield pl.read_ipc(io.BytesIO(bytes(packed or b"")))


# --- Working --------------------------------------------------------------------------------------------------------
def work_bulkroutering(*, run_seconds: float = RUN_SECONDS) -> int:
    """Do what there is to do, for at most about `run_seconds`. Answers how many parts it did."""
    purge_bulkroutering(now=klok.now())
    since, done = time.monotonic(), 0
    while job_id := claim(now=klok.now(), houder=(houder := uuid.uuid4())):
        done += _work_job(job_id, houder, until=since + run_seconds)
        if time.monotonic() > since + run_seconds:
            wekker.ring()
            break
    return done


def purge_bulkroutering(*, now: datetime) -> int:
    """Delete what is older than a day: parts, answers and all."""
    expired = list(Bulkroutering.objects.filter(verloopt_op__lte=now).values_list("pk", flat=True))
    Bulkroutering.objects.filter(pk__in=expired).delete()
    return len(expired)


def claim(*, now: datetime, houder: uuid.UUID) -> int | None:
    """Take one job for the length of a lease; committed when this returns."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(CLAIM, {"now": now, "houder": houder, "lease_tot": now + LEASE})
        row = cursor.fetchone()
    return row[0] if row else None


def _work_job(job_id: int, houder: uuid.UUID, *, until: float) -> int:
    """Answer part after part while the lease is ours. Answers how many were done."""
    mine = Bulkroutering.objects.filter(pk=job_id, houder=houder)
    job = mine.first()
    if job is None:
        return 0
    if job.pogingen > MAX_POGINGEN:
        mine.update(status=BulkStatus.MISLUKT, houder=None, lease_tot=None)
        return 0
    done = 0
    todo = Bulkdeel.objects.filter(bulkroutering=job, uitvoer__isnull=True).order_by("nummer").values_list("pk", flat=True)
    for pk in list(todo):
        try:
            if not _work_part(job, pk, houder):
                return done
        except Exception as fout:  # noqa: BLE001  (whatever it is: it may hold an address, so only its kind is written down)
            log.error("bulkroutering_deel_mislukt", bulkroutering=job_id, soort=type(fout).__name__)  # noqa: TRY400
            return done  # tried again when the lease ends
        done += 1
        if time.monotonic() > until:
            mine.exclude(klaar=F("rijen")).update(status=BulkStatus.WACHT, houder=None, lease_tot=None)
            break
    mine.filter(klaar=F("rijen")).update(status=BulkStatus.KLAAR, houder=None, lease_tot=None, klaar_op=klok.now())
    return done


def _work_part(job: Bulkroutering, pk: int, houder: uuid.UUID) -> bool:
    """Answer one part and count it, together or not at all. False: the lease is somebody else's by now."""
    part = Bulkdeel.objects.get(pk=pk)
    answer = route_frame(pl.read_ipc(io.BytesIO(bytes(part.invoer))), peildatum=job.peildatum)
    with transaction.atomic():
        values: dict[str, Any] = {"klaar": F("klaar") + part.rijen, "lease_tot": klok.now() + LEASE, "pogingen": 1}
        if not Bulkroutering.objects.filter(pk=job.pk, houder=houder, status=BulkStatus.BEZIG).update(**values):
            return False
        written = Bulkdeel.objects.filter(pk=pk, uitvoer__isnull=True).update(uitvoer=_packed(answer), invoer=b"")
        if not written:
            transaction.set_rollback(True)
        return bool(written)
