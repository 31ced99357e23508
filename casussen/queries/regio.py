"""What the regiocoördinator steers by: status and clocks under a casusnummer, without a pupil's name or story.

These rows are values, not models: nothing more can leak from them than what is named here. The one thing in
words is what somebody wrote to the region itself (`Escalatie`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from casussen.keuzes import Status
from casussen.models import Casus, CasusRoute, Opvolging, Overgang, Termijn
from casussen.queries.lijsten import FIRST_DUE, with_clock
from casussen.stand import next_step_of
from casussen.workflow import IN_DE_LUS
from casussen.workflow.termijnen import ESCALATIE
from gebieden.rollen import REGIOCOORDINATOR
from kern.kijker import Kijker
from kern.klok import local_date
from toegang.rollen import ROLLEN


@dataclass(frozen=True, slots=True)
class TeRouteren:
    """A casus that waits for a team: what is needed to find one. Of a secret address not even that."""

    id: int
    nummer: str
    versie: int
    postcode: str
    huisnummer: str
    geheim: bool
    sector: str
    school: str
    spoed: bool
    sinds: datetime
    uiterlijk: datetime | None
    te_laat: bool
    uitkomst: str
    gemeente: str
    kandidaten: tuple[tuple[int, str, str], ...]
    uitleg: tuple[str, ...]
    #: The gemeente outside the region whose desk has it; then it waits for no team.
    elders: str


@dataclass(frozen=True, slots=True)
class StuurRegel:
    """Status and clock of one casus, pseudonymous."""

    id: int
    nummer: str
    status: str
    status_label: str
    stap: str
    uiterlijk: datetime | None
    te_laat: bool
    wijkteam: str
    school: str
    t0: datetime | None
    geescaleerd: bool
    versie: int


@dataclass(frozen=True, slots=True)
class Escalatie:
    """What somebody asked of the regiocoördinator: the only words of a casus that were written to the region.

    `tekst` and `uiterlijk` are empty when the portal escalated by itself, because a termijn was over.
    """

    nummer: str
    tekst: str
    wie: str
    op: datetime | None
    uiterlijk: datetime | None
    wijkteam: str


_FOLLOWED = Opvolging.objects.filter(casus=OuterRef("pk"), gesloten_op__isnull=True)


def te_routeren(kijker: Kijker, *, op: datetime) -> list[TeRouteren]:
    """The casussen of the viewer's region that wait for a team, the most urgent first."""
    return as_waiting(waiting_for_team(kijker), op=op)


def as_waiting(casussen: Iterable[Casus], *, op: datetime) -> list[TeRouteren]:
    """Lines from (a page of) `waiting_for_team`. No queries."""
    return [_to_route(casus, op) for casus in casussen]


def waiting_for_team(kijker: Kijker) -> QuerySet[Casus]:
    """The same as casussen, fit for a page of it: a region that is large has many."""
    own = Casus.objects.stuurbaar_door(kijker).filter(status=Status.TE_ROUTEREN)
    waiting = with_clock(own, joins=("leerling", "vestiging"), fetch=()).order_by(FIRST_DUE, "id")
    latest = CasusRoute.objects.filter(casus=OuterRef("pk")).order_by("-op", "-id")
    return waiting.annotate(
        route=Subquery(latest.values("document")[:1]), elders=Subquery(_FOLLOWED.values("gemeente__naam")[:1])
    )


def _to_route(casus: Casus, op: datetime) -> TeRouteren:
    leerling = casus.leerling
    secret = leerling is None or leerling.geheim_adres
    document: dict[str, Any] = getattr(casus, "route", None) or {}
    stap = next_step_of(casus, termijnen=getattr(casus, "open_termijnen", None), op=local_date(op), met_persoon=False)
    return TeRouteren(
        id=casus.pk,
        nummer=casus.nummer,
        versie=casus.versie,
        postcode="" if secret or leerling is None else leerling.postcode,
        huisnummer="" if secret or leerling is None else _house(leerling.huisnummer, leerling.huisletter, leerling.toevoeging),
        geheim=leerling is not None and leerling.geheim_adres,
        sector=casus.sector,
        school=str(casus.vestiging),
        spoed=casus.urgentie == "spoed" or casus.veiligheid,
        sinds=casus.status_sinds,
        uiterlijk=stap.uiterlijk,
        te_laat=stap.uiterlijk is not None and stap.uiterlijk < op,
        uitkomst=document.get("uitkomst", ""),
        gemeente=(document.get("gemeente") or {}).get("naam", ""),
        kandidaten=tuple(dict.fromkeys(_candidates(document))),
        uitleg=() if secret else tuple(step.get("tekst", "") for step in document.get("uitleg", [])),
        elders=getattr(casus, "elders", None) or "",
    )


def _house(number: int | None, letter: str, addition: str) -> str:
    return " ".join(part for part in (f"{number or ''}{letter}", addition) if part)


def _candidates(document: dict[str, Any]) -> list[tuple[int, str, str]]:
    """(id, name, reason) of every team the route thought of."""
    found = [(k["wijkteam"], k.get("reden", "")) for k in document.get("kandidaten", []) if k.get("wijkteam")]
    if document.get("wijkteam"):
        found.append((document["wijkteam"], ""))
    return [(team["id"], team["naam"], reden) for team, reden in found]


def presumed_teams(casus: Casus) -> list[tuple[str, str]]:
    """(name, reason) of each team that the newest route thought of; of a secret address without the reason. One query."""
    latest = CasusRoute.objects.filter(casus=casus).order_by("-op", "-id").values_list("document", flat=True).first()
    secret = casus.leerling is None or casus.leerling.geheim_adres
    found = {naam: reden for _, naam, reden in reversed(_candidates(latest or {}))}
    return [(naam, "" if secret else reden) for naam, reden in reversed(found.items())]


def stuurlijst(kijker: Kijker, *, op: datetime, alleen_te_laat: bool = False) -> list[StuurRegel]:
    """Every open casus of the viewer's region with its clock, what is due first on top."""
    found = steered(kijker)
    return as_steered(found.filter(Q(klok__lt=op)) if alleen_te_laat else found, op=op)


def late_with_teams(kijker: Kijker, *, op: datetime) -> QuerySet[Casus]:
    """Casussen of the viewer's region that are late, and not because they wait for a team; fit for a page of it."""
    return steered(kijker).exclude(status=Status.TE_ROUTEREN).filter(Q(klok__lt=op))


def escalated(kijker: Kijker) -> QuerySet[Casus]:
    """Where the ladder has reached the regiocoördinator; fit for a page of it."""
    return steered(kijker).filter(geescaleerd=True)


def asked_of_region(kijker: Kijker) -> QuerySet[Termijn]:
    """The clocks of what school or team asked of the regiocoördinator of the viewer's region, the first due on top."""
    own = Casus.objects.stuurbaar_door(kijker).filter(status__in=IN_DE_LUS)
    asked = Termijn.objects.filter(soort=ESCALATIE.soort, gesloten_op__isnull=True, casus__in=own)
    return asked.select_related("casus__wijkteam").order_by("vervalt_op", "id")


def as_asked(clocks: Iterable[Termijn]) -> list[Escalatie]:
    """Lines from (a page of) `asked_of_region`, without the words: those are on the page of the casus. No queries."""
    return [
        Escalatie(
            nummer=clock.casus.nummer,
            tekst="",
            wie="",
            op=None,
            uiterlijk=clock.vervalt_op,
            wijkteam=str(clock.casus.wijkteam) if clock.casus.wijkteam else "",
        )
        for clock in clocks
    ]


def escalation_of(casus: Casus) -> Escalatie | None:
    """Why this casus is with the regiocoördinator; None when it is not. Two queries, and only then."""
    if not casus.geescaleerd:
        return None
    due = Termijn.objects.filter(casus=casus, soort=ESCALATIE.soort, gesloten_op__isnull=True).values_list(
        "vervalt_op", flat=True
    )
    uiterlijk = due.first()
    asked = Overgang.objects.filter(casus=casus, actie="escaleren").order_by("-op", "-id").first() if uiterlijk else None
    rol = ROLLEN.get(asked.door_rol) if asked else None
    return Escalatie(
        nummer=casus.nummer,
        tekst=asked.toelichting if asked else "",
        wie=rol.label if rol else "",
        op=asked.op if asked else None,
        uiterlijk=uiterlijk,
        wijkteam=str(casus.wijkteam) if casus.wijkteam else "",
    )


def steered(kijker: Kijker) -> QuerySet[Casus]:
    """Every casus in the loop in the viewer's region, what is due first on top."""
    own = Casus.objects.stuurbaar_door(kijker).filter(status__in=IN_DE_LUS)
    return with_clock(own, joins=("leerling", "wijkteam", "school"), fetch=()).order_by(FIRST_DUE, "id")


def as_steered(casussen: Iterable[Casus], *, op: datetime) -> list[StuurRegel]:
    """Lines from (a page of) one of these. No queries."""
    return [_steer_row(casus, op) for casus in casussen]


def _steer_row(casus: Casus, op: datetime) -> StuurRegel:
    stap = next_step_of(casus, termijnen=getattr(casus, "open_termijnen", None), op=local_date(op), met_persoon=False)
    return StuurRegel(
        id=casus.pk,
        nummer=casus.nummer,
        status=casus.status,
        status_label=casus.get_status_display(),
        stap=stap.zonder_namen,
        uiterlijk=stap.uiterlijk,
        te_laat=stap.uiterlijk is not None and stap.uiterlijk < op,
        wijkteam=str(casus.wijkteam) if casus.wijkteam else "",
        school=str(casus.school),
        t0=casus.t0,
        geescaleerd=casus.geescaleerd,
        versie=casus.versie,
    )


def may_steer(kijker: Kijker, casus: Casus) -> bool:
    return kijker.heeft_voor(REGIOCOORDINATOR, casus.regio_id) and casus.status != Status.CONCEPT
