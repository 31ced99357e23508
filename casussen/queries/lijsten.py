"""Lists of casussen with their clock, for whoever may see the content."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, DateTimeField, F, OuterRef, Prefetch, Q, QuerySet, Subquery

from casussen.keuzes import EigenaarSoort, Status, Urgentie
from casussen.models import Casus, Termijn, Terugkoppeling
from casussen.rules import age_on
from casussen.stand import VolgendeStap, next_step_of
from casussen.workflow import BIJ_EEN_TEAM, VLAGTERMIJNEN
from kern.kijker import Kijker
from kern.klok import local_date
from wijkteams.rollen import WIJKTEAMCOORDINATOR, WIJKTEAMLID

#: What every line shows of other tables. Few joins and a small query for each of the rest: with seven joins PostgreSQL takes a
#: hundred times longer to plan than to answer.
_MET = ("leerling", "wijkteam")
_ERBIJ = ("behandelaar", "aanspreekpunt", "aangevraagd_door", "school", "vestiging")
KORT = 90
#: What is due first comes first; what has no clock comes last. For casussen `with_clock`.
FIRST_DUE = F("klok").asc(nulls_last=True)


NIETS = Q(pk__in=[])
#: What a flag asks of the team cannot wait for the step that comes later.
VLAG_VAN_TEAM = Q(soort__in=VLAGTERMIJNEN, eigenaar_soort=EigenaarSoort.WIJKTEAM)


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; everything comes from the URL, so nothing here is about a person's name.

    `status`: one, or any of several. `wie`: 'mij', 'niemand', or the id of a contactpersoon. `aan_zet`: whose turn it is.
    `sorteer`: 'klok', 'nieuw' or 'school', with '-' in front reversed.
    """

    status: str | tuple[str, ...] = ""
    wie: str = ""
    school: int | None = None
    wijkteam: int | None = None
    sector: str = ""
    aan_zet: str = ""
    te_laat: bool = False
    spoed: bool = False
    thuiszitter: bool = False
    wacht_op_school: bool = False
    nummer: str = ""
    sorteer: str = "klok"


@dataclass(frozen=True, slots=True)
class CasusRegel:
    """One line: the casus, its next step with the clock, and what a list shows of the pupil. `eerder`: what a flag asks before
    that, in a list that counts it."""

    casus: Casus
    stap: VolgendeStap
    te_laat: bool
    vandaag: bool
    leerling: str
    leeftijd: int | None
    hulpvraag: str
    eerder: Termijn | None = None


_SORTEER: dict[str, tuple[str, ...]] = {
    "klok": ("klok", "t0", "id"),
    "nieuw": ("-t0", "-id"),
    "school": ("school__naam", "klok", "id"),
}


def casussen_of(kijker: Kijker, filters: Filters | None = None, *, op: datetime) -> QuerySet[Casus]:
    """Every casus whose content the viewer may see, narrowed and in order; fit for a page of it and then `as_rows`."""
    return _narrow(with_clock(Casus.objects.visible_to(kijker)), filters or Filters(), kijker, op)


def werkvoorraad(kijker: Kijker, filters: Filters | None = None, *, op: datetime) -> QuerySet[Casus]:
    """The queue of the viewer's teams: what is with the team, and what waits for an answer of the school."""
    own = Casus.objects.visible_to(kijker).filter(
        wijkteam_id__in=kijker.ids(WIJKTEAMLID, WIJKTEAMCOORDINATOR), status__in=BIJ_EEN_TEAM
    )
    return _narrow(with_clock(own, ook=VLAG_VAN_TEAM), filters or Filters(), kijker, op)


def with_clock(
    casussen: QuerySet[Casus], *, joins: tuple[str, ...] = _MET, fetch: tuple[str, ...] = _ERBIJ, ook: Q = NIETS
) -> QuerySet[Casus]:
    """With `klok` (the first deadline of the step that is open) and all that a line shows: a fixed number of queries.

    A termijn that is `los` (an action, feedback that is due) has an owner and a list of its own; it is not the clock of the step.
    `ook`: loose ones that count in this list all the same.
    """
    running = Termijn.objects.filter(Q(los=False) | ook, gesloten_op__isnull=True)
    first = running.filter(casus=OuterRef("pk")).order_by("vervalt_op")
    return (
        casussen.annotate(klok=Subquery(first.values("vervalt_op")[:1], output_field=DateTimeField()))
        .select_related(*joins)
        .prefetch_related(*fetch, Prefetch("termijnen", running, to_attr="open_termijnen"))
    )


def count_each(casussen: QuerySet[Casus], views: Mapping[str, Filters], kijker: Kijker, *, op: datetime) -> dict[str, int]:
    """How many of a list each of these filters would leave: what stands on its tabs, in one query."""
    bare = casussen.select_related(None).prefetch_related(None).order_by()
    asked = {naam: Count("pk", filter=_wanted(filters, kijker, op)) for naam, filters in views.items()}
    counted: dict[str, int] = bare.aggregate(**asked)
    return counted


def narrow(casussen: QuerySet[Casus], filters: Filters, kijker: Kijker, *, op: datetime) -> QuerySet[Casus]:
    """Only what these filters leave, in the order it had. For casussen `with_clock`."""
    return casussen.filter(_wanted(filters, kijker, op))


def _narrow(casussen: QuerySet[Casus], filters: Filters, kijker: Kijker, op: datetime) -> QuerySet[Casus]:
    return narrow(casussen, filters, kijker, op=op).order_by(*_order(filters.sorteer))


def _wanted(filters: Filters, kijker: Kijker, op: datetime) -> Q:
    wanted = _who(filters.wie, kijker)
    if filters.status:
        wanted &= Q(status__in=[filters.status] if isinstance(filters.status, str) else filters.status)
    same = {"school_id": filters.school, "wijkteam_id": filters.wijkteam, "sector": filters.sector, "aan_zet": filters.aan_zet}
    wanted &= Q(**{column: value for column, value in same.items() if value not in {None, ""}})
    if filters.te_laat:
        wanted &= Q(klok__lt=op)
    if filters.spoed:
        wanted &= Q(urgentie=Urgentie.SPOED)
    if filters.thuiszitter:
        wanted &= Q(thuiszitter=True)
    if filters.wacht_op_school:
        wanted &= Q(aan_zet=EigenaarSoort.SCHOOL) & ~Q(status=Status.CONCEPT)
    if filters.nummer:
        wanted &= Q(nummer__contains=filters.nummer.strip())
    return wanted


def _who(wie: str, kijker: Kijker) -> Q:
    if wie == "mij":
        return Q(behandelaar__user_id=kijker.user_id) | Q(aangevraagd_door_id=kijker.user_id)
    if wie == "niemand":
        return Q(behandelaar__isnull=True)
    return Q(behandelaar_id=int(wie)) if wie.isascii() and wie.isdigit() else Q()


def _order(sorteer: str) -> list[Any]:
    """By the clock what is due first comes first; what has no clock always comes last."""
    turned = sorteer.startswith("-")
    fields = _SORTEER.get(sorteer.removeprefix("-"), _SORTEER["klok"])
    down = {name: name.startswith("-") != turned for name in fields}
    columns = {name: F(name.removeprefix("-")) for name in fields}
    return [columns[name].desc(nulls_last=True) if down[name] else columns[name].asc(nulls_last=True) for name in fields]


def with_unread_feedback(casussen: Iterable[Casus], kijker: Kijker) -> set[int]:
    """Those in which something was told to this person that they did not read yet. One query."""
    told = Terugkoppeling.objects.filter(casus__in=[c.pk for c in casussen], aan_id=kijker.user_id, gelezen_op__isnull=True)
    return set(told.values_list("casus_id", flat=True))


def as_rows(casussen: Iterable[Casus], *, op: datetime) -> list[CasusRegel]:
    """Lines from casussen that come from one of these lists. No queries."""
    return [as_row(casus, op=op) for casus in casussen]


def as_row(casus: Casus, *, op: datetime) -> CasusRegel:
    day = local_date(op)
    running: list[Termijn] | None = getattr(casus, "open_termijnen", None)
    stap = next_step_of(casus, termijnen=running, op=day)
    flagged = min((t for t in running or () if t.los), key=lambda t: t.vervalt_op, default=None)
    eerder = flagged if flagged and (stap.uiterlijk is None or flagged.vervalt_op < stap.uiterlijk) else None
    due = eerder.vervalt_op if eerder else stap.uiterlijk
    leerling = casus.leerling
    return CasusRegel(
        casus=casus,
        stap=stap,
        te_laat=due is not None and due < op,
        vandaag=due is not None and due >= op and local_date(due) == day,
        leerling=str(leerling) if leerling else _typed_name(casus),
        leeftijd=age_on(leerling.geboortedatum, day) if leerling and leerling.geboortedatum else None,
        hulpvraag=in_one_line(casus.hulpvraag or casus.veiligheid_grond),
        eerder=eerder,
    )


def _typed_name(casus: Casus) -> str:
    """The name that was typed into a draft, before there is a pupil."""
    typed = casus.concept_gegevens
    return f"{typed.get('voornaam') or ''} {typed.get('achternaam') or ''}".strip()


def in_one_line(text: str) -> str:
    """The first words of a text, cut at a word."""
    line = " ".join(text.split())
    return line if len(line) <= KORT else f"{line[:KORT].rsplit(' ', 1)[0]} …"
