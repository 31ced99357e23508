"""Changes that span rooms: a person leaves with all that is theirs, a team ends. Each is one transaction, and nothing is lost.

They stand on the actions of the rooms themselves; here is only what no single room can know.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from casussen.actions.gesprek import hand_over_berichten
from casussen.actions.overdragen import casussen_of_person, closed_of_person, hand_over_casussen
from casussen.models import Casus
from kern.actions import NieuweMelding, enqueue_meldingen
from kern.kijker import Kijker
from portal.netwerk.vertellen import ONDERWERP, tell_each
from toegang.models import Aanstelling
from wijkteams.actions.mensen import check_last_day, end_contactpersoon
from wijkteams.actions.opslaan import day_of, locked
from wijkteams.actions.overdragen import Overdracht, check_successor, hand_over_relations, punten_of
from wijkteams.actions.teams import end_wijkteam
from wijkteams.models import Aanspreekpunt, Contactpersoon, Wijkteam
from wijkteams.rollen import WIJKTEAMCOORDINATOR, WIJKTEAMLID

#: So many casusnummers are named in a melding; the rest is in the work list.
GENOEMD = 20


@dataclass(frozen=True, slots=True)
class Vertrek:
    """What becomes of the work of someone who leaves: one successor, and exceptions per aanspreekpunt or casusnummer."""

    in_dienst_tot: date
    opvolger: Contactpersoon | None
    per_punt: Mapping[int, Contactpersoon] = field(default_factory=dict)
    per_casus: Mapping[str, Contactpersoon] = field(default_factory=dict)
    #: The warm hand-over per casusnummer: what the successor must know.
    notities: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Vertrokken:
    """What was done."""

    relaties: int
    casussen: int
    scholen: int


@transaction.atomic
def person_leaves(*, persoon: Contactpersoon, vertrek: Vertrek, by: Kijker, op: datetime) -> Vertrokken:
    """Set someone's last day, and give all that is theirs to others in the same transaction.

    Aanspreekpunten and standing in move on the day itself. Open casussen move at once, so that there is time to hand them over in
    person. Refused without a successor when there is anything. Access to the team ends on the same day. The lock on the person
    makes a casus that is being given to them at this moment wait, and be refused or found.
    """
    # Their casussen first, then the person: a step on a casus takes its locks in that order too.
    list(casussen_of_person(persoon).select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    row = locked(Contactpersoon, persoon.pk)
    tot, vandaag = vertrek.in_dienst_tot, day_of(op)
    check_last_day(tot, vandaag)
    vanaf = max(tot, vandaag)
    work = casussen_of_person(row).count() + closed_of_person(row).count()
    if vertrek.opvolger is None:
        if work:
            woorden = "1 casus" if work == 1 else f"{work} casussen"
            raise ValidationError({"opvolger": f"{row} heeft nog werk bij {woorden}. Kies wie dat overneemt."})
        end_contactpersoon(persoon=row, in_dienst_tot=tot, by=by, op=op)  # refuses when a relation is left
        _end_access(row, tot)
        return Vertrokken(0, 0, 0)
    for wie in {vertrek.opvolger, *vertrek.per_punt.values(), *vertrek.per_casus.values()}:
        check_successor(row, wie, vanaf)
    punten = list(punten_of(row, vanaf))
    relaties = hand_over_relations(
        persoon=row, overdracht=Overdracht(vertrek.opvolger, vertrek.per_punt), vanaf=vanaf, by=by, op=op
    )
    moved = _move_casussen(row, vertrek, by=by, op=op)
    _move_threads(row, moved, op=op)
    end_contactpersoon(persoon=row, in_dienst_tot=tot, by=by, op=op)
    _end_access(row, tot)
    scholen = _tell(row, punten, moved, vanaf=vanaf, by=by, op=op)
    return Vertrokken(relaties, len(moved), scholen)


def _move_casussen(row: Contactpersoon, vertrek: Vertrek, *, by: Kijker, op: datetime) -> list[tuple[Casus, Contactpersoon]]:
    moved: list[tuple[Casus, Contactpersoon]] = []
    per_opvolger: dict[Contactpersoon, list[str]] = defaultdict(list)
    for nummer, wie in vertrek.per_casus.items():
        per_opvolger[wie].append(nummer)
    for wie, nummers in per_opvolger.items():
        moved += [
            (casus, wie)
            for casus in hand_over_casussen(persoon=row, opvolger=wie, nummers=nummers, notities=vertrek.notities, by=by, op=op)
        ]
    rest = vertrek.opvolger
    if rest is not None:
        moved += [
            (casus, rest) for casus in hand_over_casussen(persoon=row, opvolger=rest, notities=vertrek.notities, by=by, op=op)
        ]
    return moved


def _move_threads(row: Contactpersoon, moved: list[tuple[Casus, Contactpersoon]], *, op: datetime) -> None:
    """Each successor reads on where the one who leaves stopped, and is told of what nobody has read yet."""
    per_opvolger: dict[Contactpersoon, list[int]] = defaultdict(list)
    for casus, wie in moved:
        per_opvolger[wie].append(casus.pk)
    for wie, ids in per_opvolger.items():
        hand_over_berichten(persoon=row, opvolger=wie, casus_ids=ids, op=op)


def _end_access(row: Contactpersoon, tot: date) -> None:
    """The account keeps what it holds elsewhere; of this team it sees nothing from that day on."""
    if row.user_id is None:
        return
    rollen = [WIJKTEAMLID.sleutel, WIJKTEAMCOORDINATOR.sleutel]
    held = Aanstelling.objects.filter(user_id=row.user_id, wijkteam_id=row.wijkteam_id, rol__in=rollen)
    held.filter(van__gte=tot).delete()
    held.filter(van__lt=tot, tot__isnull=True).update(tot=tot)
    held.filter(van__lt=tot, tot__gt=tot).update(tot=tot)


def _tell(
    row: Contactpersoon,
    punten: list[Aanspreekpunt],
    moved: list[tuple[Casus, Contactpersoon]],
    *,
    vanaf: date,
    by: Kijker,
    op: datetime,
) -> int:
    """The schools: that the contact changes, and for which casussen; the successors: what they take over."""
    per_school: dict[int, list[str]] = defaultdict(list)
    for punt in punten:
        if (school := punt.school_id or (punt.vestiging.school_id if punt.vestiging else None)) is not None:
            per_school.setdefault(school, [])
    if any(punt.school_id is None and punt.vestiging_id is None for punt in punten):
        for school in Casus.objects.open().filter(wijkteam_id=row.wijkteam_id).order_by().values_list("school_id", flat=True):
            per_school.setdefault(school, [])
    for casus, _ in moved:
        per_school[casus.school_id].append(casus.nummer)
    gegevens = {school: _news(row.wijkteam, vanaf, nummers) for school, nummers in per_school.items()}
    sleutel = f"{row.pk}:{vanaf.isoformat()}:{op.timestamp():.6f}"
    tell_each(gegevens, soort="netwerk_wisseling", gegevens=gegevens, sleutel=sleutel, op=op)
    _tell_successors(row, moved, vanaf, sleutel, by=by, op=op)
    return len(gegevens)


def _news(team: Wijkteam, vanaf: date, nummers: list[str]) -> dict[str, Any]:
    return {
        "wijkteam": team.naam,
        "vanaf": vanaf.isoformat(),
        "nummers": sorted(nummers)[:GENOEMD],
        "aantal": len(nummers),
        "pad": "/casussen" if nummers else "/aanspreekpunt",
    }


def _tell_successors(
    row: Contactpersoon, moved: list[tuple[Casus, Contactpersoon]], vanaf: date, sleutel: str, *, by: Kijker, op: datetime
) -> None:
    per_mens: dict[Contactpersoon, list[str]] = defaultdict(list)
    for casus, wie in moved:
        per_mens[wie].append(casus.nummer)
    enqueue_meldingen(
        [
            NieuweMelding(
                soort="netwerk_overgenomen",
                gegevens={**_news(row.wijkteam, vanaf, nummers), "pad": "/werkvoorraad?wie=mij"},
                onderwerp_soort=ONDERWERP,
                ontvanger_id=wie.user_id,
                adres="" if wie.user_id is not None else wie.email,
                ontdubbeling=f"netwerk_overgenomen:{sleutel}:{wie.pk}"[:180],
            )
            for wie, nummers in per_mens.items()
            if (wie.user_id is not None or wie.email) and (wie.user_id is None or wie.user_id != by.user_id)
        ],
        op=op,
    )


@transaction.atomic
def end_team(*, wijkteam: Wijkteam, tot: date, opvolger: Wijkteam | None, by: Kijker, op: datetime) -> Wijkteam:
    """A team with open casussen cannot stop: another team may only have them with consent, so each is sent on by itself."""
    team = locked(Wijkteam, wijkteam.pk)
    nummers = list(Casus.objects.open().filter(wijkteam=team).order_by("nummer").values_list("nummer", flat=True))
    if nummers:
        meer = f" en nog {len(nummers) - 5}" if len(nummers) > 5 else ""
        raise ValidationError({"tot": f"Zet eerst de open casussen van dit team door: {', '.join(nummers[:5])}{meer}."})
    return end_wijkteam(wijkteam=team, tot=tot, opvolger=opvolger, by=by, op=op)
