"""The sweep: whatever step of the ladder is due by now is made, once, and the right people are told.

Beat only asks. A batch of termijnen is locked (SKIP LOCKED: two sweeps share the work), the steps that are due are written into
the ledger (unique per termijn, stand and step: a step already there is not made again), and the meldingen, the events and the
next moment follow in the same transaction. A missed turn is caught up, a double one finds nothing.

The casus is locked together with its termijn, and never waited for: whoever is working on a casus is left in peace, and the next
sweep has it.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import structlog
from django.db import connection, transaction

from casussen.actions.termijnen import ONDERWERP
from casussen.kalender import kalender_of
from casussen.ladder import COORDINATOR, REGIO, VERVALLEN, VOORAF, Trede, due_treden
from casussen.models import Casus
from casussen.ontvangers import Adresboek, Beurt, Ontvanger
from casussen.workflow import TERMIJNEN
from gebieden.models import Regio
from kern.actions import NieuweMelding, enqueue_meldingen, record_events
from kern.kalender import STANDAARD, Werkkalender
from kern.kijker import systeem
from kern.klok import AMSTERDAM, local_date

log = structlog.stdlib.get_logger(__name__)

BATCH = 500
#: Which text belongs to which step; every step after these is the regiocoördinator's.
SOORTEN = {VOORAF: "herinnering_vooraf", VERVALLEN: "herinnering_vervallen", COORDINATOR: "herinnering_coordinator"}
SOORT_REGIO, SOORT_VERWIJZER = "herinnering_regio", "herinnering_verwijzer"

AAN_DE_BEURT = """
SELECT t.id, t.soort, t.stand, t.volgende_stap, t.vervalt_op, t.eigenaar_soort, t.eigenaar_wijkteam_id,
       t.eigenaar_contactpersoon_id, t.eigenaar_user_id, c.id, c.nummer, c.regio_id, c.school_id, c.vestiging_id,
       v.vakantieregio, c.sector, c.aangevraagd_door_id, c.veiligheid OR c.urgentie = 'spoed', t.eigenaar_aanbieder_id,
       c.wijkteam_id
FROM casussen_termijn t
JOIN casussen_casus c ON c.id = t.casus_id
JOIN scholen_vestiging v ON v.id = c.vestiging_id
WHERE t.gesloten_op IS NULL AND t.volgende_op <= %(now)s AND t.id <> ALL(%(skip)s)
ORDER BY t.volgende_op, t.id
LIMIT %(limit)s
FOR NO KEY UPDATE OF t, c SKIP LOCKED
"""
NOTEER = """
INSERT INTO casussen_herinnering (termijn_id, stand, stap, verschuldigd_op, gemaakt_op)
SELECT u.termijn_id, u.stand, u.stap, u.verschuldigd_op, %(now)s
FROM unnest(%(termijnen)s::bigint[], %(standen)s::smallint[], %(stappen)s::smallint[], %(momenten)s::timestamptz[])
     AS u (termijn_id, stand, stap, verschuldigd_op)
ON CONFLICT (termijn_id, stand, stap) DO NOTHING
RETURNING termijn_id, stap
"""
VERZET = """
UPDATE casussen_termijn t SET volgende_stap = u.stap, volgende_op = u.op
FROM unnest(%(termijnen)s::bigint[], %(stappen)s::smallint[], %(momenten)s::timestamptz[]) AS u (id, stap, op)
WHERE t.id = u.id
"""


@dataclass(slots=True)
class _Ronde:
    """What one sweep remembers: the calendars of the regions, and the termijnen it could not handle."""

    now: datetime
    kalenders: Mapping[int, Werkkalender]
    overgeslagen: set[int] = field(default_factory=set)
    bezig: list[int] = field(default_factory=list)

    def kalender(self, beurt: Beurt) -> Werkkalender:
        return self.kalenders.get(beurt.regio_id, STANDAARD)


def send_due_reminders(*, now: datetime, limit: int | None = None) -> int:
    """Make every step that is due by `now`, for at most `limit` termijnen. Answers how many steps were made."""
    ronde = _Ronde(now, {regio.pk: kalender_of(regio) for regio in Regio.objects.all()})
    made = handled = 0
    while limit is None or handled < limit:
        size = BATCH if limit is None else min(BATCH, limit - handled)
        beurten, steps = _sweep_batch(ronde, size)
        if not beurten:
            break
        handled, made = handled + beurten, made + steps
    return made


def _sweep_batch(ronde: _Ronde, size: int) -> tuple[int, int]:
    """Handle one batch; when it fails, one termijn at a time, so that a broken one stops no other."""
    try:
        return _sweep(ronde, size)
    except Exception:
        if not ronde.bezig:
            raise
        log.exception("herinneringen_per_stuk")
    handled = made = 0
    for _ in range(size):
        try:
            found, steps = _sweep(ronde, 1)
        except Exception:
            if not ronde.bezig:
                raise
            log.exception("herinnering_mislukt", termijn=ronde.bezig[0])
            ronde.overgeslagen.update(ronde.bezig)
            found, steps = 1, 0
        if not found:
            break
        handled, made = handled + found, made + steps
    return handled, made


@transaction.atomic
def _sweep(ronde: _Ronde, size: int) -> tuple[int, int]:
    """One batch, in one transaction. Answers how many termijnen it found, and how many steps it made."""
    ronde.bezig = []
    beurten = _take(ronde, size)
    if not beurten:
        return 0, 0
    ronde.bezig = [beurt.termijn_id for beurt in beurten]
    due: list[tuple[Beurt, Trede]] = []
    following: list[tuple[Beurt, Trede]] = []
    for beurt in beurten:
        steps, after = due_treden(
            volgende_stap=beurt.volgende_stap, vervalt_op=beurt.vervalt_op, now=ronde.now, kalender=ronde.kalender(beurt)
        )
        due += [(beurt, step) for step in steps]
        following.append((beurt, after))
    made = _note(due, ronde.now)
    _tell(made, ronde)
    late = {beurt.casus_id for beurt, step in made if step.stap >= REGIO}
    Casus.objects.filter(pk__in=late, geescaleerd=False).update(geescaleerd=True)
    with connection.cursor() as cursor:
        cursor.execute(
            VERZET,
            {
                "termijnen": [beurt.termijn_id for beurt, _ in following],
                "stappen": [step.stap for _, step in following],
                "momenten": [step.op for _, step in following],
            },
        )
    return len(beurten), len(made)


def _take(ronde: _Ronde, size: int) -> list[Beurt]:
    with connection.cursor() as cursor:
        cursor.execute(AAN_DE_BEURT, {"now": ronde.now, "limit": size, "skip": list(ronde.overgeslagen)})
        return [Beurt(*row) for row in cursor.fetchall()]


def _note(due: Sequence[tuple[Beurt, Trede]], now: datetime) -> list[tuple[Beurt, Trede]]:
    """Write the steps into the ledger; answers those that were not there yet."""
    with connection.cursor() as cursor:
        cursor.execute(
            NOTEER,
            {
                "now": now,
                "termijnen": [beurt.termijn_id for beurt, _ in due],
                "standen": [beurt.stand for beurt, _ in due],
                "stappen": [step.stap for _, step in due],
                "momenten": [step.op for _, step in due],
            },
        )
        new = set(cursor.fetchall())
    return [(beurt, step) for beurt, step in due if (beurt.termijn_id, step.stap) in new]


def _tell(made: Sequence[tuple[Beurt, Trede]], ronde: _Ronde) -> None:
    """An event for every step, and a melding for everyone who is to know."""
    if not made:
        return
    boek = Adresboek.load([beurt for beurt, _ in made], local_date(ronde.now))
    events = record_events(
        soort="herinnering",
        onderwerp_soort="casus",
        onderwerpen=[
            (beurt.casus_id, {"termijn": beurt.termijn_id, "soort": beurt.soort, "stand": beurt.stand, "stap": step.stap})
            for beurt, step in made
        ],
        by=systeem(boek.op),
        op=ronde.now,
    )
    meldingen: list[NieuweMelding] = []
    for (beurt, step), event in zip(made, events, strict=True):
        told = [(SOORTEN.get(step.stap, SOORT_REGIO), ontvanger) for ontvanger in boek.ontvangers(beurt, step.stap)]
        if not told:
            log.error("herinnering_zonder_ontvanger", termijn=beurt.termijn_id, stap=step.stap)
        regel = TERMIJNEN.get(beurt.soort)
        if step.stap == (regel.school_bij if regel else REGIO):
            told += [(SOORT_VERWIJZER, ontvanger) for ontvanger in boek.referrers(beurt)]
        gegevens = _gegevens(beurt, step, boek)
        meldingen += [
            NieuweMelding(
                soort=soort,
                gegevens=gegevens,
                onderwerp_soort=ONDERWERP,
                onderwerp_id=beurt.termijn_id,
                ontvanger_id=ontvanger.user_id,
                adres=ontvanger.adres,
                ontdubbeling=_key(soort, beurt, step, ontvanger),
                gebeurtenis_id=event,
            )
            for soort, ontvanger in told
        ]
    enqueue_meldingen(meldingen, op=ronde.now)


def _gegevens(beurt: Beurt, step: Trede, boek: Adresboek) -> dict[str, Any]:
    regel = TERMIJNEN.get(beurt.soort)
    due = beurt.vervalt_op.astimezone(AMSTERDAM)
    return {
        "nummer": beurt.nummer,
        "pad": f"/casussen/{beurt.nummer}",
        "termijn": beurt.soort,
        "wat": regel.wat if regel else beurt.soort,
        "vervalt_op": due.isoformat(),
        "tijd": f"{due:%-H:%M}",
        "eigenaar": boek.eigenaar(beurt),
        "stap": step.stap,
    }


def _key(soort: str, beurt: Beurt, step: Trede, ontvanger: Ontvanger) -> str:
    """What makes it this one melding. An address may be longer than the key; a hash of it says as much."""
    who = hashlib.sha256(ontvanger.sleutel.encode()).hexdigest()[:24]
    return f"{soort}:{beurt.termijn_id}:{beurt.stand}:{step.stap}:{who}"
