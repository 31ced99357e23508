"""Ninety days before 16 and 18 the right people are told, once; before 18 a hand-over checklist with owners is made."""

from datetime import date, datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from casussen.actions.berichten import Verteld, tell
from casussen.actions.taken import make_taak
from casussen.kalender import kalender_of, work_day_by
from casussen.keuzes import Deelnemer, SoortTaak
from casussen.models import Casus, Mijlpaal
from casussen.rules import add_months
from casussen.rules.mijlpalen import CHECKLIST, INHALEN, LEEFTIJDEN, VOORAF, birthday, due_by, is_due
from casussen.tabel import Bericht, Publiek
from casussen.workflow import BIJ_EEN_TEAM
from kern.actions import record_event
from kern.kijker import Kijker, systeem
from kern.klok import local_date
from scholen.vakanties import vakanties_of

log = structlog.stdlib.get_logger(__name__)

#: A few days more than the rule, so that a leap day is never cut off; the rule itself decides.
_RUIM = timedelta(days=2)
_WIE: dict[int, tuple[Publiek, ...]] = {
    16: (Publiek.ZC, Publiek.TEAM),
    18: (Publiek.ZC, Publiek.TEAM, Publiek.COORDINATOR, Publiek.LEERPLICHT, Publiek.AANBIEDER),
}


def announce_milestones(*, now: datetime) -> int:
    """Tell of every birthday that is due; answers how many. One that fails stops no other."""
    op = local_date(now)
    told = 0
    for leeftijd in LEEFTIJDEN:
        for pk in _candidates(leeftijd, op):
            try:
                told += _announce(pk, leeftijd, op=op, now=now)
            except Exception:
                log.exception("mijlpaal_mislukt", casus=pk, leeftijd=leeftijd)
    return told


def _candidates(leeftijd: int, op: date) -> list[int]:
    """Casussen with a team, of pupils whose birthday may be due and who were not told of."""
    first, last = op - INHALEN - _RUIM, op + VOORAF + _RUIM
    between = (add_months(first, -12 * leeftijd), add_months(last, -12 * leeftijd))
    born = Q(leerling__geboortedatum__range=between)
    told = Mijlpaal.objects.filter(casus=OuterRef("pk"), leeftijd=leeftijd)
    with_team = Casus.objects.filter(status__in=BIJ_EEN_TEAM)
    return list(with_team.filter(born, ~Exists(told)).order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _announce(pk: int, leeftijd: int, *, op: date, now: datetime) -> int:
    """Two at once share the work: who holds the casus does it, the other finds it done."""
    rows = Casus.objects.select_for_update(of=("self",), skip_locked=True)
    casus = rows.select_related("leerling", "regio", "vestiging", "wijkteam").filter(pk=pk).first()
    geboren = casus.leerling.geboortedatum if casus and casus.leerling else None
    if casus is None or geboren is None or not is_due(geboren, leeftijd, op):
        return 0
    if Mijlpaal.objects.filter(casus=casus, leeftijd=leeftijd).exists():
        return 0
    day = birthday(geboren, leeftijd)
    Mijlpaal.objects.create(casus=casus, leeftijd=leeftijd, datum=day, verteld_op=now)
    by = systeem(op)
    if leeftijd == 18:
        _make_checklist(casus, day, by=by, op=op, now=now)
    event = record_event(
        soort="casus_mijlpaal", onderwerp_soort="casus", onderwerp_id=casus.pk, by=by, op=now, gegevens={"leeftijd": leeftijd}
    )
    tell([Bericht(wie, f"mijlpaal_{leeftijd}") for wie in _WIE[leeftijd]], Verteld.zonder_stap(casus, event, by=by, op=now))
    return 1


def _make_checklist(casus: Casus, verjaardag: date, *, by: Kijker, op: date, now: datetime) -> None:
    for punt in CHECKLIST:
        make_taak(
            casus=casus,
            soort=SoortTaak.ACHTTIEN,
            sleutel=punt.sleutel,
            omschrijving=punt.tekst,
            partij=punt.partij,
            uiterlijk=_due(casus, punt.partij, verjaardag, op=op, now=now),
            by=by,
            op=now,
        )


def _due(casus: Casus, partij: Deelnemer, verjaardag: date, *, op: date, now: datetime) -> date:
    """On or before the birthday: when nobody works then, or the school has a holiday, on the working day before it."""
    dag = due_by(verjaardag, op)
    if dag > verjaardag:  # whoever hears of it late is late for the birthday already
        return dag
    vakanties = vakanties_of(casus.vestiging.vakantieregio) if partij == Deelnemer.SCHOOL else ()
    return work_day_by(dag, begint_op=now, vakanties=vakanties, kalender=kalender_of(casus.regio))
