"""Sends what waits in the outbox. A worker claims rows, sends them, and marks each by itself.

Claiming is one statement with FOR UPDATE SKIP LOCKED, committed before anything is sent: any number of workers share the work
and no two have the same row. A claim is a lease. It is renewed for each mail just before it goes out, which is also where a
melding that lapsed meanwhile is noticed; a worker that dies leaves its rows to be claimed again after the lease. Between 'the
server took it' and 'marked as sent' a crash can still make a mail go twice: both carry the same Message-ID.
"""

import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException

import structlog
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from kern.bericht import compose
from kern.models import Melding
from kern.models.melding import MeldingStatus
from kern.rules import MAX_POGINGEN, is_connection_lost, is_permanent, smtp_codes, wait_after
from kern.wekker import wake

log = structlog.stdlib.get_logger(__name__)

#: Longer than one mail can take: EMAIL_TIMEOUT holds for every reply of the server, of which a mail has five or six.
LEASE = timedelta(minutes=3)
BATCH = 50
#: A task that has worked this long stops after its batch and rings for the next, so that a worker that must stop can.
RUN_SECONDS = 30.0

#: The rows are chosen in a MATERIALIZED step of their own: inside `IN (…)` the planner may run the choice more than once, and
#: every run would take another LIMIT rows.
CLAIM = """
WITH keuze AS MATERIALIZED (
    SELECT id FROM kern_melding
    WHERE niet_voor <= %(now)s AND kanaal = 'mail' AND pogingen < %(max_pogingen)s
      AND (status = 'wacht' OR (status = 'geclaimd' AND lease_tot < %(now)s))
      AND status IN ('wacht', 'geclaimd')
    ORDER BY niet_voor, id
    LIMIT %(limit)s
    FOR UPDATE SKIP LOCKED
)
UPDATE kern_melding m SET status = 'geclaimd', lease_tot = %(lease_tot)s, pogingen = pogingen + 1
FROM keuze WHERE m.id = keuze.id
RETURNING m.*
"""


@dataclass(slots=True)
class Telling:
    """What became of the mails of one run."""

    verzonden: int = 0
    uitgesteld: int = 0
    mislukt: int = 0
    vervallen: int = 0


class _Klok:
    """The time of this run: the moment it was started as of, plus what has passed since."""

    def __init__(self, start: datetime) -> None:
        self._start = start
        self._since = time.monotonic()

    @property
    def elapsed(self) -> float:
        return time.monotonic() - self._since

    def now(self) -> datetime:
        return self._start + timedelta(seconds=self.elapsed)


def send_pending(*, now: datetime, run_seconds: float = RUN_SECONDS) -> Telling:
    """Send everything that is due, until nothing is left, the mail server is away, or the time is up."""
    klok, telling = _Klok(now), Telling()
    telling.mislukt += _give_up_crashed(now)
    while batch := claim(now=klok.now()):
        if not _send_batch(batch, klok, telling):
            break
        if klok.elapsed > run_seconds:
            wake()
            break
    return telling


def claim(*, now: datetime, limit: int | None = None) -> list[Melding]:
    """Take up to `limit` (a batch of) mails that are due, for the length of a lease; committed when this returns."""
    params = {"now": now, "lease_tot": now + LEASE, "limit": limit or BATCH, "max_pogingen": MAX_POGINGEN}
    with transaction.atomic(durable=True):
        claimed = list(Melding.objects.raw(CLAIM, params))
    return sorted(claimed, key=lambda melding: (melding.niet_voor, melding.pk))


def _give_up_crashed(now: datetime) -> int:
    """A mail whose last attempt took its worker along is not tried for ever."""
    crashed = Melding.objects.filter(status=MeldingStatus.GECLAIMD, lease_tot__lt=now, pogingen__gte=MAX_POGINGEN)
    return crashed.update(status=MeldingStatus.MISLUKT, lease_tot=None, fout="Afgebroken tijdens de laatste poging.")


def _send_batch(batch: list[Melding], klok: _Klok, telling: Telling) -> bool:
    """Send these over one connection. Answers whether it makes sense to go on with the next batch."""
    connection = get_connection()
    waiting = iter(batch)
    try:
        connection.open()
        for melding in waiting:
            if not _send_one(melding, connection, klok, telling):
                # This server dropped us in the middle: once more with a new connection, for the rest of the batch.
                _close(connection)
                connection.open()
    except OSError as error:  # an SMTPException too: the server is away, refuses us, or does not know our password
        log.warning("mailserver_onbereikbaar", exc_info=True)
        for melding in waiting:
            _mark_failed(melding, error, klok, telling)
        return False
    finally:
        _close(connection)
    return True


def _close(connection: BaseEmailBackend) -> None:
    with suppress(OSError):
        connection.close()


def _send_one(melding: Melding, connection: BaseEmailBackend, klok: _Klok, telling: Telling) -> bool:
    """Send one mail and mark it. Answers whether the connection can be used for the next."""
    if not _renew_lease(melding, klok.now()):
        telling.vervallen += 1
        return True
    try:
        mail = compose(melding, connection)
    except Exception as error:  # noqa: BLE001  (a broken template or broken data stops this one mail, and no other)
        _mark_failed(melding, error, klok, telling, permanent=True)
        return True
    try:
        _hand_over(mail, connection)
    except Exception as error:  # noqa: BLE001  (whatever a mail library raises on an odd address: it may not stop the others)
        _mark_failed(melding, error, klok, telling, permanent=is_permanent(error))
        return not is_connection_lost(error)
    Melding.objects.filter(pk=melding.pk).exclude(status=MeldingStatus.VERZONDEN).update(
        status=MeldingStatus.VERZONDEN, verzonden_op=klok.now(), lease_tot=None, fout=""
    )
    telling.verzonden += 1
    return True


def _hand_over(mail: EmailMessage, connection: BaseEmailBackend) -> None:
    if not connection.send_messages([mail]):
        raise SMTPException("De mailserver nam niets aan.")


def _mine(melding: Melding) -> dict[str, object]:
    return {"pk": melding.pk, "status": MeldingStatus.GECLAIMD, "lease_tot": melding.lease_tot}


def _renew_lease(melding: Melding, now: datetime) -> bool:
    """Is this mail still mine to send? Not when it lapsed, or when another worker took over what I was too slow with."""
    lease_tot = now + LEASE
    renewed = Melding.objects.filter(**_mine(melding)).update(lease_tot=lease_tot)
    melding.lease_tot = lease_tot
    return bool(renewed)


def _mark_failed(melding: Melding, error: Exception, klok: _Klok, telling: Telling, *, permanent: bool = False) -> None:
    """Put it back to be tried later, or give up: never sent, never forgotten."""
    wait = None if permanent else wait_after(melding.pogingen)
    if wait is None:
        changes: dict[str, object] = {"status": MeldingStatus.MISLUKT, "lease_tot": None}
        telling.mislukt += 1
    else:
        changes = {"status": MeldingStatus.WACHT, "lease_tot": None, "niet_voor": klok.now() + wait}
        telling.uitgesteld += 1
    Melding.objects.filter(**_mine(melding)).update(fout=describe(error), **changes)
    codes = smtp_codes(error)
    log.warning(
        "melding_mislukt" if wait is None else "melding_uitgesteld",
        sleutel=str(melding.sleutel),
        soort=melding.soort,
        poging=melding.pogingen,
        smtp_code=codes[0] if codes else None,
        exc_info=error,
    )


def describe(error: Exception) -> str:
    """What functioneel beheer reads: the kind of error, and what the server said."""
    return " ".join(f"{type(error).__name__}: {error}".split())[:300]
