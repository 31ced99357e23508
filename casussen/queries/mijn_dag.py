"""What someone must do today, in order of the clock; what came in; what they wait for, and on whom."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import NamedTuple

from django.db.models import Case, Count, F, OuterRef, Q, Subquery, Value, When

from casussen.keuzes import ConsultStatus, EigenaarSoort, Status
from casussen.models import Casus, Consult, Termijn
from casussen.queries.consulten import waiting_for
from casussen.queries.lijsten import CasusRegel, as_rows, with_clock
from casussen.queries.overleg import TaakRegel, by_clock, own_taken, seen_to_by
from casussen.queries.regio import (
    Escalatie,
    StuurRegel,
    TeRouteren,
    as_asked,
    as_steered,
    as_waiting,
    asked_of_region,
    escalated,
    waiting_for_team,
)
from casussen.queries.schoolploeg import Schoolploeg
from casussen.workflow import EIGENAAR, VLAGTERMIJNEN
from gebieden.rollen import REGIOCOORDINATOR
from kern.kijker import Kijker
from kern.klok import AMSTERDAM, local_date
from kern.models import Melding
from kern.models.melding import Kanaal
from scholen.models import Verzuimsignaal
from scholen.rollen import SCHOOLTEAMLEIDER, ZORGCOORDINATOR
from scholen.verzuim.queries import to_report
from wijkteams.models import Afwezigheid
from wijkteams.rollen import WIJKTEAMCOORDINATOR, WIJKTEAMLID

#: 'What came in' reaches back this far, and no further than so many.
BINNENGEKOMEN_SINDS = timedelta(days=14)
BINNENGEKOMEN_MAX = 15
#: What runs beside the steps is on the list from so long before it is due.
BIJNA = timedelta(days=7)
#: So many lines of one list: more than a day holds. The rest is one click away.
GROEP_MAX = 25
#: The lists of casussen; the region's own come beside them.
GROEPEN = ("te_laat", "vandaag", "later", "collegas", "concepten", "wacht_op")

_OPEN = [s for s, stap in EIGENAAR.items() if stap.eigenaar is not None and s != Status.CONCEPT]


@dataclass(frozen=True, slots=True)
class MijnDag:
    """`te_laat`, `vandaag` and `later` are tasks in order of the clock. `collegas`: what is overdue with those the viewer looks
    after (a coördinator: the team; a teamleider: the school's zorgcoördinatoren). `wacht_op`: someone else's turn.

    `te_routeren` and `hulpvragen`: casussen without a team, and what school or team asked of the regiocoördinator; each is also
    counted under its clock. `vastgelopen`: where the ladder brought it there.

    `afspraken`: actions the viewer agreed to do. `klokken`: what runs beside the steps and is the viewer's: what a flag asks
    (safety, a pupil at home), and feedback to the school when it is nearly due. `signalen`: verzuim that a zorgcoördinator must
    report to leerplicht. `consulten`: questions to answer, then answers to read.

    A list holds at most `GROEP_MAX` lines. `totalen` says by its name how many there are; in 'te_laat', 'vandaag' and 'later' are
    counted the casussen, the agreed actions, these clocks, the reports to leerplicht and the questions whose clock that is, in
    'consulten' the answers to read.
    """

    te_laat: list[CasusRegel]
    vandaag: list[CasusRegel]
    later: list[CasusRegel]
    collegas: list[CasusRegel]
    concepten: list[CasusRegel]
    wacht_op: list[CasusRegel]
    binnengekomen: list[Melding]
    te_routeren: list[TeRouteren]
    hulpvragen: list[Escalatie]
    vastgelopen: list[StuurRegel]
    consulten: list[Consult]
    afspraken: list[TaakRegel]
    klokken: list[Termijn]
    signalen: list[Verzuimsignaal]
    totalen: dict[str, int]

    @property
    def taken(self) -> list[CasusRegel]:
        return [*self.te_laat, *self.vandaag, *self.later]

    @property
    def is_empty(self) -> bool:
        return not any(self.totalen.values())


def mijn_dag(kijker: Kijker, op: datetime) -> MijnDag:
    """The day of this person, for all roles they hold. A fixed number of queries."""
    ids: dict[str, list[int]] = {naam: [] for naam in GROEPEN}
    covers, ploeg = stands_in_for(kijker), Schoolploeg.of(kijker)
    for regel in _concerning(kijker, covers):
        if groep := _group(regel, kijker, covers, ploeg, op):
            ids[groep].append(regel.id)
    shown = {naam: found[:GROEP_MAX] for naam, found in ids.items()}
    rows = _rows([pk for found in shown.values() for pk in found], op)
    totalen = {naam: len(found) for naam, found in ids.items()}
    came_in = _came_in(kijker, op)
    waiting, asked, stuck = _of_the_region(kijker, op, totalen)
    consulten = waiting_for(kijker, covers)
    agreed, of_actions = own_taken(kijker, covers, ploeg, op=op, before=tomorrow(op), most=GROEP_MAX)
    beside, of_clocks = _own_clocks(kijker, covers, ploeg, op=op)
    signals = to_report(kijker)
    of_signals = Counter(when_due(signaal.uiterlijk, op) for signaal in signals)
    to_answer = Q(status=ConsultStatus.OPEN)
    clocks = by_clock("antwoord_uiterlijk", op=op, before=tomorrow(op))
    of_questions = consulten.order_by().aggregate(
        **{naam: Count("pk", filter=count.filter & to_answer) for naam, count in clocks.items()},
        lezen=Count("pk", filter=~to_answer),
    )
    for naam in ("te_laat", "vandaag", "later"):
        totalen[naam] += of_actions[naam] + of_clocks[naam] + of_signals[naam] + of_questions[naam]
    return MijnDag(
        **{naam: [rows[pk] for pk in found if pk in rows] for naam, found in shown.items()},
        binnengekomen=came_in,
        te_routeren=waiting,
        hulpvragen=asked,
        vastgelopen=stuck,
        consulten=list(consulten[:GROEP_MAX]),
        afspraken=agreed,
        klokken=beside,
        signalen=signals[:GROEP_MAX],
        totalen=totalen | {"binnengekomen": len(came_in), "consulten": of_questions["lezen"]},
    )


def _of_the_region(
    kijker: Kijker, op: datetime, totalen: dict[str, int]
) -> tuple[list[TeRouteren], list[Escalatie], list[StuurRegel]]:
    """What waits for the regiocoördinator, what they were asked to help with, and where it stalls."""
    if not kijker.heeft(REGIOCOORDINATOR):
        return [], [], []
    # What a desk outside the region has asks for nothing until the day on which somebody would inquire.
    waiting = waiting_for_team(kijker).filter(Q(elders__isnull=True) | Q(klok__isnull=True) | Q(klok__lt=tomorrow(op)))
    asked = asked_of_region(kijker)
    stuck = escalated(kijker).exclude(pk__in=asked.order_by().values("casus_id"))
    clocks = {"op": op, "before": tomorrow(op)}
    counts = {
        "te_routeren": waiting.order_by().aggregate(**by_clock("klok", **clocks), alles=Count("pk")),
        "hulpvragen": asked.order_by().aggregate(**by_clock("vervalt_op", **clocks), alles=Count("pk")),
    }
    for naam, count in counts.items():
        totalen[naam] = count["alles"]
        totalen["te_laat"] += count["te_laat"]
        totalen["vandaag"] += count["vandaag"]
        totalen["later"] += count["alles"] - count["te_laat"] - count["vandaag"]  # what has no clock comes last
    totalen["vastgelopen"] = stuck.count()
    return as_waiting(waiting[:GROEP_MAX], op=op), as_asked(asked[:GROEP_MAX]), as_steered(stuck[:GROEP_MAX], op=op)


def tomorrow(op: datetime) -> datetime:
    """When the next day begins."""
    return datetime.combine(local_date(op) + timedelta(days=1), time(0, 0), tzinfo=AMSTERDAM)


def when_due(klok: datetime | None, op: datetime) -> str:
    """In which list of the day a task stands; what has no clock comes last."""
    if klok is None or klok >= tomorrow(op):
        return "later"
    return "te_laat" if klok < op else "vandaag"


def stands_in_for(kijker: Kijker) -> frozenset[int]:
    """The colleagues who are away today and for whom this person stands in."""
    if kijker.user_id is None:
        return frozenset()
    away = Q(van__lte=kijker.op, tot_en_met__gte=kijker.op)
    as_deputy = Q(contactpersoon__aanspreekpunten__vervanger__user_id=kijker.user_id, vervanger__isnull=True)
    found = Afwezigheid.objects.filter(away, Q(vervanger__user_id=kijker.user_id) | as_deputy)
    return frozenset(found.values_list("contactpersoon_id", flat=True))


class _Regel(NamedTuple):
    """What it takes to say in which list a casus belongs: of all that concern somebody, before any of it is shown."""

    id: int
    status: str
    aan_zet: str
    school_id: int
    wijkteam_id: int | None
    aangevraagd_door_id: int
    behandelaar_id: int | None
    behandelaar__user_id: int | None
    aanspreekpunt_id: int | None
    aanspreekpunt__user_id: int | None
    uiterlijk: datetime | None


def _concerning(kijker: Kijker, covers: frozenset[int]) -> Iterator[_Regel]:
    """Open casussen that this person has something to do with, and own drafts; what is due first comes first."""
    teams = kijker.ids(WIJKTEAMLID, WIJKTEAMCOORDINATOR)
    concerns = (
        Q(aangevraagd_door_id=kijker.user_id, status__in=[*_OPEN, Status.CONCEPT])
        | Q(school_id__in=kijker.ids(ZORGCOORDINATOR, SCHOOLTEAMLEIDER), aan_zet=EigenaarSoort.SCHOOL) & ~Q(status=Status.CONCEPT)
        | Q(wijkteam_id__in=teams, behandelaar__user_id=kijker.user_id, status__in=_OPEN)
        | Q(wijkteam_id__in=teams, behandelaar_id__in=covers, status__in=_OPEN)
        | Q(wijkteam_id__in=teams, behandelaar__isnull=True, status__in=_OPEN)
        | Q(wijkteam_id__in=kijker.ids(WIJKTEAMCOORDINATOR), status__in=_OPEN)
    )
    own = Casus.objects.visible_to(kijker).filter(concerns).annotate(uiterlijk=Subquery(_CLOCK[:1]))
    return (_Regel(*row) for row in own.order_by(_DUE_FIRST, "t0", "id").values_list(*_Regel._fields))


#: As `casussen.stand.next_step_of` has it: the clock of whoever must do the next step, or else the first there is.
_CLOCK = (
    Termijn.objects.filter(casus=OuterRef("pk"), gesloten_op__isnull=True, los=False)
    .annotate(anders=Case(When(eigenaar_soort=OuterRef("aan_zet"), then=Value(0)), default=Value(1)))
    .order_by("anders", "vervalt_op", "id")
    .values("vervalt_op")
)
_DUE_FIRST = F("uiterlijk").asc(nulls_last=True)


def _own_clocks(
    kijker: Kijker, covers: frozenset[int], ploeg: Schoolploeg, *, op: datetime
) -> tuple[list[Termijn], dict[str, int]]:
    """Loose clocks of this person, or of nobody in their team: a page of them, and how many there are. Two queries.

    An action has a line of its own, and what was brought to the region as well. Six weeks ahead nobody need think of feedback.
    """
    nobody = Q(eigenaar_wijkteam_id__in=kijker.ids(WIJKTEAMLID, WIJKTEAMCOORDINATOR), eigenaar_contactpersoon__isnull=True)
    mine = seen_to_by(kijker, covers, ploeg) | nobody & Q(eigenaar_user__isnull=True)
    running = Termijn.objects.filter(mine, Q(soort__in=VLAGTERMIJNEN) | Q(vervalt_op__lt=op + BIJNA), los=True, taak__isnull=True)
    running = running.filter(gesloten_op__isnull=True, eigenaar_soort__in=[EigenaarSoort.SCHOOL, EigenaarSoort.WIJKTEAM])
    running = running.filter(casus__in=Casus.objects.visible_to(kijker))
    totals = running.aggregate(**by_clock("vervalt_op", op=op, before=tomorrow(op)))
    return list(running.select_related("casus__leerling").order_by("vervalt_op", "pk")[:GROEP_MAX]), totals


def _rows(ids: list[int], op: datetime) -> dict[int, CasusRegel]:
    """The lines of these casussen, which the viewer may see."""
    return {row.casus.pk: row for row in as_rows(with_clock(Casus.objects.filter(pk__in=ids)), op=op)}


def _group(regel: _Regel, kijker: Kijker, covers: frozenset[int], ploeg: Schoolploeg, op: datetime) -> str:
    """The list this casus belongs in; '' when it is somebody else's, and nothing is wrong with it."""
    due = when_due(regel.uiterlijk, op)
    if _is_mine(regel, kijker, covers, ploeg):
        return due
    if regel.status == Status.CONCEPT:
        return "concepten"
    if due == "te_laat" and _looks_after(regel, kijker):
        return "collegas"
    return "wacht_op" if _waits(regel, kijker) else ""


def _of_school(regel: _Regel) -> bool:
    """The school's turn. A draft is the school's too, but nobody waits for it."""
    return regel.aan_zet == EigenaarSoort.SCHOOL and regel.status != Status.CONCEPT


def _is_mine(regel: _Regel, kijker: Kijker, covers: frozenset[int], ploeg: Schoolploeg) -> bool:
    """It is this person who must do the next step: the school's own, or what they treat, or what nobody has in hand (yet)."""
    if _of_school(regel):
        own = kijker.heeft_voor(ZORGCOORDINATOR, regel.school_id) and regel.aangevraagd_door_id == kijker.user_id
        return own or ploeg.has_left(regel.school_id, regel.aangevraagd_door_id)
    if regel.aan_zet != EigenaarSoort.WIJKTEAM or regel.wijkteam_id not in kijker.ids(WIJKTEAMLID, WIJKTEAMCOORDINATOR):
        return False
    person, user = regel.behandelaar_id, regel.behandelaar__user_id
    if person is None:
        person, user = regel.aanspreekpunt_id, regel.aanspreekpunt__user_id
    return person is None or person in covers or (user is not None and user == kijker.user_id)


def _looks_after(regel: _Regel, kijker: Kijker) -> bool:
    if _of_school(regel):
        return regel.school_id in kijker.ids(SCHOOLTEAMLEIDER, ZORGCOORDINATOR)
    return regel.aan_zet == EigenaarSoort.WIJKTEAM and kijker.heeft_voor(WIJKTEAMCOORDINATOR, regel.wijkteam_id)


def _waits(regel: _Regel, kijker: Kijker) -> bool:
    """Someone else's turn, in a casus that this person asked for or treats."""
    asked = regel.aangevraagd_door_id == kijker.user_id and not _of_school(regel)
    treats = regel.behandelaar__user_id == kijker.user_id and regel.aan_zet != EigenaarSoort.WIJKTEAM
    return kijker.user_id is not None and (asked or treats)


def _came_in(kijker: Kijker, op: datetime) -> list[Melding]:
    """What was not read yet, the newest first."""
    if kijker.user_id is None:
        return []
    unread = Melding.objects.filter(
        ontvanger_id=kijker.user_id, kanaal=Kanaal.PORTAAL, gelezen_op__isnull=True, aangemaakt__gte=op - BINNENGEKOMEN_SINDS
    )
    return list(unread.order_by("-aangemaakt", "-id")[:BINNENGEKOMEN_MAX])
