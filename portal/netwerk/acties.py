"""Changes that span rooms: a person leaves with all that is theirs, a team ends. Each is one transaction, and nothing is lost.

They stand on the actions of the rooms themselves; here is only what no single room can know.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction

from casussen.actions.berichten import role_holders
from casussen.actions.gesprek import hand_over_berichten
from casussen.actions.overdragen import (
    casussen_of_person,
    closed_of_person,
    consulten_of_person,
    hand_over_casussen,
    hand_over_consulten,
    treated_by,
)
from casussen.kringen import in_words
from casussen.models import Casus, Consult
from casussen.woorden import counted
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

T = TypeVar("T")
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
    consulten: int = 0


@dataclass(frozen=True, slots=True)
class _Verplaatst:
    """What moved at once, and to whom."""

    casussen: list[tuple[Casus, Contactpersoon]]
    consulten: list[tuple[Consult, Contactpersoon]]


@transaction.atomic
def person_leaves(*, persoon: Contactpersoon, vertrek: Vertrek, by: Kijker, op: datetime) -> Vertrokken:
    """Set someone's last day, and give all that is theirs to others in the same transaction.

    Aanspreekpunten and standing in move on the day itself. Open casussen and anonymous consulten move at once, so that there is
    time to hand them over in person. Refused, at the field of the form, without a successor when there is anything, and with one
    who cannot do the work. Access to the team ends on the same day. The lock on the person makes a casus that is being given to
    them at this moment wait, and be refused or found.
    """
    # Their casussen first, then the person: a step on a casus takes its locks in that order too.
    list(casussen_of_person(persoon).select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    row = locked(Contactpersoon, persoon.pk)
    tot, vandaag = vertrek.in_dienst_tot, day_of(op)
    check_last_day(tot, vandaag)
    vanaf = max(tot, vandaag)
    if vertrek.opvolger is None:
        if work := work_of(row):
            raise ValidationError({"opvolger": f"{row} heeft nog werk bij {work}. Kies wie dat overneemt."})
        end_contactpersoon(persoon=row, in_dienst_tot=tot, by=by, op=op)  # refuses when a relation is left
        _end_access(row, tot)
        return Vertrokken(0, 0, 0)
    for veld, wie in _receivers(vertrek):
        check_successor(row, wie, vanaf, veld=veld)
        _check_somebody_reads(wie, vandaag, veld=veld)
    punten = list(punten_of(row, vanaf))
    treated = set(treated_by(row).values_list("pk", flat=True))
    relaties = hand_over_relations(
        persoon=row, overdracht=Overdracht(vertrek.opvolger, vertrek.per_punt), vanaf=vanaf, by=by, op=op
    )
    moved = _Verplaatst(
        _move_casussen(row, vertrek, by=by, op=op),
        [(one, vertrek.opvolger) for one in hand_over_consulten(persoon=row, opvolger=vertrek.opvolger, by=by, op=op)],
    )
    _move_threads(row, moved.casussen, op=op)
    end_contactpersoon(persoon=row, in_dienst_tot=tot, by=by, op=op)
    _end_access(row, tot)
    scholen = _tell(row, punten, moved, treated, vanaf=vanaf, by=by, op=op)
    return Vertrokken(relaties, len(moved.casussen), scholen, len(moved.consulten))


def work_of(persoon: Contactpersoon) -> str:
    """What moves at once when this person leaves, in words; '' when there is nothing."""
    return counted_work(
        casussen_of_person(persoon).count() + closed_of_person(persoon).count(), consulten_of_person(persoon).count()
    )


def counted_work(casussen: int, consulten: int) -> str:
    """'2 casussen en 1 anoniem overleg'."""
    counts = ((casussen, "casus", "casussen"), (consulten, "anoniem overleg", "anonieme overleggen"))
    return in_words([counted(*count) for count in counts if count[0]])


def _receivers(vertrek: Vertrek) -> list[tuple[str, Contactpersoon]]:
    """(field of the form, who was chosen there)."""
    chosen = [("opvolger", vertrek.opvolger)] if vertrek.opvolger is not None else []
    chosen += [(f"punt_{pk}", wie) for pk, wie in vertrek.per_punt.items()]
    return chosen + [(f"casus_{nummer}", wie) for nummer, wie in vertrek.per_casus.items()]


def has_account(wie: Contactpersoon) -> bool:
    """Whether this person can sign in and read what is theirs."""
    return wie.user is not None and wie.user.is_active


def _who_reads(wie: Contactpersoon, dag: date) -> list[tuple[int | None, str]]:
    """(user, mail address) of whoever reads on behalf of somebody without an account: the coordinators, or the team's mailbox."""
    holders = [(one.user_id, "") for one in role_holders(WIJKTEAMCOORDINATOR, wie.wijkteam_id, dag)]
    mailbox = wie.wijkteam.email
    return holders or ([(None, mailbox)] if mailbox else [])


def _check_somebody_reads(wie: Contactpersoon, dag: date, *, veld: str) -> None:
    """As in the ladder of reminders: whoever cannot be reached is stood in for by the team; work never goes to nobody."""
    if not has_account(wie) and not wie.email and not _who_reads(wie, dag):
        told = f"{wie} heeft geen account en geen e-mailadres, en dit team heeft geen coördinator of postbus. Kies iemand anders."
        raise ValidationError({veld: told})


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
    moved: _Verplaatst,
    treated: set[int],
    *,
    vanaf: date,
    by: Kijker,
    op: datetime,
) -> int:
    """`treated`: the casussen that were this person's as a whole. Of an action in a colleague's casus a school hears nothing."""
    _tell_successors(row, moved, vanaf=vanaf, by=by, op=op)
    return _tell_schools(row, punten, [casus for casus, _ in moved.casussen if casus.pk in treated], vanaf=vanaf, op=op)


def _tell_schools(row: Contactpersoon, punten: list[Aanspreekpunt], casussen: list[Casus], *, vanaf: date, op: datetime) -> int:
    """That the contact changes, where it does, and which casussen get another person. Answers how many schools there are."""
    ander_punt = _schools_of_punten(row, punten)
    per_school: dict[int, list[str]] = {school: [] for school in ander_punt}
    for casus in casussen:
        per_school.setdefault(casus.school_id, []).append(casus.nummer)
    gegevens = {
        school: {**_news(row.wijkteam, vanaf, nummers), "alleen_casussen": school not in ander_punt}
        for school, nummers in per_school.items()
    }
    tell_each(gegevens, soort="netwerk_wisseling", gegevens=gegevens, sleutel=_key(row, vanaf, op), op=op)
    return len(gegevens)


def _key(row: Contactpersoon, vanaf: date, op: datetime) -> str:
    return f"{row.pk}:{vanaf.isoformat()}:{op.timestamp():.6f}"


def _schools_of_punten(row: Contactpersoon, punten: list[Aanspreekpunt]) -> set[int]:
    """Who gets another contact: the school of a punt, or for a whole team or sector every school with an open casus there."""
    open_ones = Casus.objects.open().filter(wijkteam_id=row.wijkteam_id).order_by()
    scholen: set[int] = set()
    for punt in punten:
        school = punt.school_id or (punt.vestiging.school_id if punt.vestiging else None)
        if school is not None:
            scholen.add(school)
        else:
            wide = open_ones.filter(sector__in=[punt.sector, ""]) if punt.sector else open_ones
            scholen |= set(wide.values_list("school_id", flat=True))
    return scholen


def _news(team: Wijkteam, vanaf: date, nummers: list[str]) -> dict[str, Any]:
    return {
        "wijkteam": team.naam,
        "vanaf": vanaf.isoformat(),
        "nummers": sorted(nummers)[:GENOEMD],
        "aantal": len(nummers),
        "pad": "/casussen" if nummers else "/aanspreekpunt",
    }


def _tell_successors(row: Contactpersoon, moved: _Verplaatst, *, vanaf: date, by: Kijker, op: datetime) -> None:
    """What each of them takes over. Whoever filled it in knows."""
    casussen, consulten = _per_person(moved.casussen), _per_person(moved.consulten)
    nieuw: list[NieuweMelding] = []
    for wie in casussen.keys() | consulten.keys():
        nummers = [casus.nummer for casus in casussen.get(wie, [])]
        vragen = sorted(consult.nummer for consult in consulten.get(wie, []))
        gegevens = {
            **_news(row.wijkteam, vanaf, nummers),
            "consulten": vragen[:GENOEMD],
            "werk": counted_work(len(nummers), len(vragen)),
        }
        nieuw += [
            NieuweMelding(
                soort="netwerk_overgenomen",
                gegevens={**gegevens, "voor_ander": voor_ander, "pad": _page(voor_ander=voor_ander, casussen=bool(nummers))},
                onderwerp_soort=ONDERWERP,
                ontvanger_id=user_id,
                adres=adres,
                ontdubbeling=f"netwerk_overgenomen:{_key(row, vanaf, op)}:{wie.pk}:{user_id or adres}"[:180],
            )
            for user_id, adres, voor_ander in _addressees(wie, day_of(op))
            if user_id is None or user_id != by.user_id
        ]
    enqueue_meldingen(nieuw, op=op)


def _per_person(moved: list[tuple[T, Contactpersoon]]) -> dict[Contactpersoon, list[T]]:
    found: dict[Contactpersoon, list[T]] = defaultdict(list)
    for what, wie in moved:
        found[wie].append(what)
    return found


def _page(*, voor_ander: bool, casussen: bool) -> str:
    if not casussen:
        return "/consulten"
    return "/werkvoorraad" if voor_ander else "/werkvoorraad?wie=mij"


def _addressees(wie: Contactpersoon, dag: date) -> list[tuple[int | None, str, bool]]:
    """(user, mail address, on behalf of another). Without an account they hear it by mail, and so does whoever reads for them."""
    if has_account(wie):
        return [(wie.user_id, "", False)]
    own = [(None, wie.email, False)] if wie.email else []
    return [*own, *((user_id, adres, True) for user_id, adres in _who_reads(wie, dag))]


@transaction.atomic
def end_team(*, wijkteam: Wijkteam, tot: date, opvolger: Wijkteam | None, by: Kijker, op: datetime) -> Wijkteam:
    """A team with open casussen cannot stop: another team may only have them with consent, so each is sent on by itself."""
    team = locked(Wijkteam, wijkteam.pk)
    nummers = list(Casus.objects.open().filter(wijkteam=team).order_by("nummer").values_list("nummer", flat=True))
    if nummers:
        meer = f" en nog {len(nummers) - 5}" if len(nummers) > 5 else ""
        raise ValidationError({"tot": f"Zet eerst de open casussen van dit team door: {', '.join(nummers[:5])}{meer}."})
    return end_wijkteam(wijkteam=team, tot=tot, opvolger=opvolger, by=by, op=op)
