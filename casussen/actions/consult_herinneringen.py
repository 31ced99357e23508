"""The sweep over consulten: whatever step of their ladder is due is made, once, and the right people are told.

The ladder and the address book are those of a casus (`casussen.ladder`, `casussen.ontvangers`); the clock is the consult's own.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime

import structlog
from django.db import transaction

from casussen.actions.consult_berichten import ONDERWERP, beurt_of, content_of, melding_for
from casussen.kalender import kalender_of
from casussen.keuzes import ConsultStatus
from casussen.ladder import REGIO, VERVALLEN, Trede, due_treden
from casussen.models import Consult, ConsultHerinnering
from casussen.ontvangers import Adresboek
from kern.actions import NieuweMelding, enqueue_meldingen, record_events
from kern.kijker import systeem
from kern.klok import local_date

log = structlog.stdlib.get_logger(__name__)

BATCH = 200


def send_due_consult_reminders(*, now: datetime) -> int:
    """Make every step that is due by `now`. Answers how many were made."""
    made = 0
    skip: set[int] = set()
    while ids := _due(now, skip):
        try:
            made += _sweep(ids, now)
        except Exception:
            log.exception("consult_herinneringen_per_stuk")
            for pk in ids:
                made += _one(pk, now)
        skip.update(ids)
    return made


def _due(now: datetime, skip: set[int]) -> list[int]:
    waiting = Consult.objects.filter(volgende_op__lte=now).exclude(pk__in=skip)
    return list(waiting.order_by("volgende_op", "pk").values_list("pk", flat=True)[:BATCH])


def _one(pk: int, now: datetime) -> int:
    """One by itself, so that a broken one stops no other."""
    try:
        return _sweep([pk], now)
    except Exception:
        log.exception("consult_herinnering_mislukt", consult=pk)
        return 0


@transaction.atomic
def _sweep(ids: Sequence[int], now: datetime) -> int:
    """These, in one transaction; what somebody is answering this moment is left for the next time."""
    waiting = Consult.objects.select_for_update(of=("self",), skip_locked=True, no_key=True).select_related("regio", "wijkteam")
    consulten = list(waiting.filter(pk__in=ids, status=ConsultStatus.OPEN, volgende_op__lte=now).order_by("pk"))
    due: list[tuple[Consult, Trede]] = []
    for consult in consulten:
        assert consult.volgende_stap is not None  # noqa: S101  (a constraint of the table)
        steps, after = due_treden(
            volgende_stap=consult.volgende_stap,
            vervalt_op=consult.antwoord_uiterlijk,
            now=now,
            kalender=kalender_of(consult.regio),
        )
        due += [(consult, step) for step in steps]
        consult.volgende_stap, consult.volgende_op = after.stap, after.op
    made = _write_down(due, now)
    _tell(made, now)
    Consult.objects.bulk_update(consulten, ["volgende_stap", "volgende_op"])
    return len(made)


def _write_down(due: Sequence[tuple[Consult, Trede]], now: datetime) -> list[tuple[Consult, Trede]]:
    """Write the steps into the ledger; answers those that were not there yet."""
    there = set(
        ConsultHerinnering.objects.filter(consult__in={consult.pk for consult, _ in due}).values_list(
            "consult_id", "stand", "stap"
        )
    )
    new = [(consult, step) for consult, step in due if (consult.pk, consult.stand, step.stap) not in there]
    ConsultHerinnering.objects.bulk_create(
        ConsultHerinnering(consult=consult, stand=consult.stand, stap=step.stap, verschuldigd_op=step.op, gemaakt_op=now)
        for consult, step in new
    )
    return new


def _tell(made: Sequence[tuple[Consult, Trede]], now: datetime) -> None:
    if not made:
        return
    beurten = {consult.pk: beurt_of(consult) for consult, _ in made}
    boek = Adresboek.load(list(beurten.values()), local_date(now))
    record_events(
        soort="consult_herinnering",
        onderwerp_soort=ONDERWERP,
        onderwerpen=[(consult.pk, {"stand": consult.stand, "stap": step.stap}) for consult, step in made],
        by=systeem(boek.op),
        op=now,
    )
    meldingen: list[NieuweMelding] = []
    for consult, step in made:
        beurt = beurten[consult.pk]
        told = [("consult_herinnering", one) for one in boek.ontvangers(beurt, step.stap)]
        if not told:
            log.error("consult_herinnering_zonder_ontvanger", consult=consult.pk, stap=step.stap)
        if step.stap == REGIO:
            told += [("consult_te_laat", one) for one in boek.referrers(beurt)]
        gegevens = {**content_of(consult), "te_laat": step.stap > VERVALLEN, "nu": step.stap == VERVALLEN}
        for soort, one in told:
            who = hashlib.sha256(one.sleutel.encode()).hexdigest()[:24]
            key = f"{soort}:{consult.pk}:{consult.stand}:{step.stap}:{who}"
            meldingen.append(melding_for(consult, soort, one, gegevens, key))
    enqueue_meldingen(meldingen, op=now)
