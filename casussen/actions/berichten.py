"""Who is told about a step, and what: casusnummer, link and dates, never anything about a pupil. What happened is in
the words of the table (`Regel.nieuws`); what says something of a pupil or of safety stands in the portal only.

Whoever cannot be reached is not skipped in silence: for an aanspreekpunt who is away the deputy is told as well, for a team
without anyone its mailbox, then its coordinator, and in the end the regiocoördinatoren.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self

from django.db.models import Q

from casussen.actions.links import make_ontvangstlink
from casussen.contacten import contact_for
from casussen.keuzes import EINDSTATUSSEN, DelingMet, Status, Urgentie
from casussen.models import Casus, Deling
from casussen.stand import next_step_of
from casussen.tabel import Bericht, Publiek
from casussen.workflow import is_open
from gebieden.rollen import LEERPLICHT, REGIOCOORDINATOR
from kern.actions import NieuweMelding, enqueue_meldingen
from kern.kijker import Kijker, Rol
from kern.klok import local_date
from kern.models import Gebeurtenis
from scholen.rollen import SCHOOLTEAMLEIDER, ZORGCOORDINATOR
from toegang.models import Aanstelling
from wijkteams.models import Afwezigheid, Contactpersoon, Wijkteam
from wijkteams.rollen import WIJKTEAMCOORDINATOR
from zorgaanbod.models import Aanbieder
from zorgaanbod.rollen import AANBIEDER


@dataclass(frozen=True, slots=True)
class Ontvanger:
    """Someone with an account (portal and mail), or an address only. `contactpersoon`: may confirm receipt from the mail."""

    user_id: int | None = None
    adres: str = ""
    naam: str = ""
    contactpersoon: Contactpersoon | None = None

    @property
    def sleutel(self) -> str:
        return f"u{self.user_id}" if self.user_id is not None else self.adres.lower()

    def is_actor(self, by: Kijker) -> bool:
        if by.user_id is not None:
            return self.user_id == by.user_id
        return not by.is_systeem and self.contactpersoon is not None and self.user_id is None and self.naam == by.naam


@dataclass(frozen=True, slots=True)
class Verteld:
    """The step that is told about."""

    casus: Casus
    by: Kijker
    gebeurtenis: Gebeurtenis
    van: Status
    vorig_wijkteam_id: int | None
    vorige_contactpersoon_id: int | None
    op: datetime
    #: Who hears of it in other words.
    al_verteld: frozenset[str] = frozenset()
    #: What happened while the state stayed as it is (`Regel.nieuws`); and what only the portal says of it.
    nieuws: str = ""
    nieuws_portaal: str = ""

    @classmethod
    def zonder_stap(cls, casus: Casus, gebeurtenis: Gebeurtenis, *, by: Kijker, op: datetime) -> Self:
        """Something happened that is no step of anybody: state, team and person stay as they are."""
        return cls(
            casus=casus,
            by=by,
            gebeurtenis=gebeurtenis,
            van=Status(casus.status),
            vorig_wijkteam_id=None,
            vorige_contactpersoon_id=None,
            op=op,
        )

    @property
    def dag(self) -> date:
        return local_date(self.op)


def tell(berichten: Iterable[Bericht], verteld: Verteld) -> None:
    """Write the meldingen of a step: each person hears it once, and nobody what they just did themselves."""
    casus = verteld.casus
    gegevens = _content(casus, verteld.dag)
    if verteld.van == casus.status:
        gegevens |= {"nieuws": verteld.nieuws, "nieuws_portaal": verteld.nieuws_portaal}
    nieuw: list[NieuweMelding] = []
    told = set(verteld.al_verteld)
    for bericht in berichten:
        if bericht.van and verteld.van not in bericht.van:
            continue
        for ontvanger in _audience(bericht.aan, verteld):
            if ontvanger.sleutel in told or ontvanger.is_actor(verteld.by):
                continue
            told.add(ontvanger.sleutel)
            nieuw.append(
                NieuweMelding(
                    soort=bericht.soort,
                    gegevens=_with_link({**gegevens, "pad": _where(bericht.aan, casus)}, bericht, ontvanger, verteld),
                    onderwerp_soort="casus",
                    onderwerp_id=casus.pk,
                    ontvanger_id=ontvanger.user_id,
                    adres="" if ontvanger.user_id is not None else ontvanger.adres,
                    ontdubbeling=f"casus:{verteld.gebeurtenis.pk}:{bericht.soort}:{ontvanger.sleutel}"[:180],
                    gebeurtenis_id=verteld.gebeurtenis.pk,
                )
            )
    enqueue_meldingen(nieuw, op=verteld.op)


def _content(casus: Casus, dag: date) -> dict[str, Any]:
    step = next_step_of(casus, op=dag)
    return {
        "nummer": casus.nummer,
        "wijkteam": str(casus.wijkteam) if casus.wijkteam else "",
        "status": casus.get_status_display(),
        "volgende": step.zonder_namen,
        "uiterlijk": local_date(step.uiterlijk).isoformat() if step.uiterlijk else "",
        "spoed": casus.urgentie == Urgentie.SPOED,
    }


def _where(aan: Publiek, casus: Casus) -> str:
    """The page a melding leads to; none for a team that no longer sees the casus."""
    if aan is Publiek.AANBIEDER and casus.status in EINDSTATUSSEN:
        return "/hulp-inzet"  # no longer shared
    if aan is Publiek.REGIO and not (casus.geescaleerd and is_open(casus.status)):
        return "/te-routeren"  # it waits for a team, or did
    return "" if aan is Publiek.VORIG_TEAM else f"/casussen/{casus.nummer}"


def _with_link(gegevens: dict[str, Any], bericht: Bericht, ontvanger: Ontvanger, verteld: Verteld) -> dict[str, Any]:
    """A link of their own for whoever may confirm receipt; not the secret itself, only what it is made of."""
    casus, person = verteld.casus, ontvanger.contactpersoon
    if not bericht.met_link or person is None or person.wijkteam_id != casus.wijkteam_id:
        return gegevens
    link = make_ontvangstlink(casus=casus, contactpersoon=person, op=verteld.op)
    return {**gegevens, "ontvangstlink": {"id": link.pk, "kenmerk": link.hash}}


# --- Who --------------------------------------------------------------------------------------------------------
def _audience(aan: Publiek, verteld: Verteld) -> list[Ontvanger]:
    return _PUBLIEK[aan](verteld.casus, verteld)


def _last_team(casus: Casus, verteld: Verteld) -> list[Ontvanger]:
    team = verteld.vorig_wijkteam_id
    return _team(casus, team, verteld.vorige_contactpersoon_id, verteld.dag) if team else []


def _coordinators(casus: Casus, verteld: Verteld) -> list[Ontvanger]:
    return role_holders(WIJKTEAMCOORDINATOR, casus.wijkteam_id, verteld.dag) if casus.wijkteam_id else []


def _leerplicht(casus: Casus, verteld: Verteld) -> list[Ontvanger]:
    shared = Deling.objects.living().filter(casus=casus, met=DelingMet.LEERPLICHT)
    gemeenten = shared.values_list("gemeente_id", flat=True)
    return [o for g in gemeenten for o in role_holders(LEERPLICHT, g or 0, verteld.dag)]


def _school(casus: Casus, dag: date) -> list[Ontvanger]:
    """Who asked; when that person left, the school's other zorgcoördinatoren, then its teamleider, then the region."""
    return people_of_school(casus, dag) or role_holders(SCHOOLTEAMLEIDER, casus.school_id, dag) or region_of(casus, dag)


def team_of(casus: Casus, dag: date) -> list[Ontvanger]:
    """Who of the team has the casus in hand."""
    person = casus.behandelaar_id or casus.aanspreekpunt_id
    return _team(casus, casus.wijkteam_id, person, dag) if casus.wijkteam_id else []


def region_of(casus: Casus, dag: date) -> list[Ontvanger]:
    return role_holders(REGIOCOORDINATOR, casus.regio_id, dag) or _address(casus.regio.email)


def _aanbieders(casus: Casus, verteld: Verteld) -> list[Ontvanger]:
    """The people of every aanbieder that has a part in this casus and with whom it is shared, or was until this very step: that
    it ended is the last thing they hear. Or their mailbox."""
    until_now = Q(delingen__ingetrokken_op__isnull=True) | Q(delingen__ingetrokken_op=verteld.op)
    shared = Aanbieder.objects.filter(until_now, delingen__casus=casus)
    found: list[Ontvanger] = []
    for aanbieder in shared.filter(arrangementen__inzetten__casus=casus).distinct():
        found += role_holders(AANBIEDER, aanbieder.pk, verteld.dag) or _address(aanbieder.email)
    return found


def role_holders(rol: Rol, organisatie_id: int, dag: date) -> list[Ontvanger]:
    """Everyone who holds this role for this organisation on this day, with an account that works."""
    rows = Aanstelling.objects.on(dag).filter(rol=rol.sleutel, user__is_active=True, **{f"{rol.soort}_id": organisatie_id})
    users = rows.order_by("user_id").values_list("user_id", "user__naam").distinct()
    return [Ontvanger(user_id=user_id, naam=naam) for user_id, naam in users]


def _address(adres: str) -> list[Ontvanger]:
    return [Ontvanger(adres=adres)] if adres else []


def _team(casus: Casus, wijkteam_id: int, contactpersoon_id: int | None, dag: date) -> list[Ontvanger]:
    """Of the team; or the region when nobody of it can be reached."""
    return _in_team(casus, wijkteam_id, contactpersoon_id, dag) or region_of(casus, dag)


def _in_team(casus: Casus, wijkteam_id: int, contactpersoon_id: int | None, dag: date) -> list[Ontvanger]:
    """The person of the team who has the casus, with the deputy when away; or the mailbox, or the coordinator."""
    people = _people(casus, wijkteam_id, contactpersoon_id, dag)
    reached = [found for person in people if (found := _reach(person))]
    mailbox = Wijkteam.objects.filter(pk=wijkteam_id).values_list("email", flat=True).first() or ""
    if any(_reach(person) and _absence(person, dag) is None for person in people):
        return reached
    return [*reached, *_address(mailbox)] or role_holders(WIJKTEAMCOORDINATOR, wijkteam_id, dag)


def _people(casus: Casus, wijkteam_id: int, contactpersoon_id: int | None, dag: date) -> list[Contactpersoon]:
    in_service = Contactpersoon.objects.filter(Q(in_dienst_tot__isnull=True) | Q(in_dienst_tot__gt=dag)).select_related("user")
    person = in_service.filter(pk=contactpersoon_id, wijkteam_id=wijkteam_id).first() if contactpersoon_id else None
    away = _absence(person, dag) if person else None
    if person is not None and away is None:
        return [person]
    deputies = [away.vervanger_id] if away is not None else []
    bel = contact_for(casus, wijkteam_id, op=dag)
    if bel is not None:
        deputies += [bel.vervanger.id] if bel.vervanger else []
        deputies += [bel.persoon.id] if person is None else []
    found = in_service.in_bulk([pk for pk in deputies if pk is not None])
    present = [found[pk] for pk in deputies if pk is not None and pk in found]
    return [*([person] if person is not None else []), *dict.fromkeys(present)]


def _absence(person: Contactpersoon, dag: date) -> Afwezigheid | None:
    return Afwezigheid.objects.filter(contactpersoon=person, van__lte=dag, tot_en_met__gte=dag).first()


def _reach(person: Contactpersoon) -> Ontvanger | None:
    if person.user is not None and person.user.is_active:
        return Ontvanger(user_id=person.user_id, naam=person.naam, contactpersoon=person)
    return Ontvanger(adres=person.email, naam=person.naam, contactpersoon=person) if person.email else None


_PUBLIEK: dict[Publiek, Callable[[Casus, Verteld], list[Ontvanger]]] = {
    Publiek.ZC: lambda casus, verteld: _school(casus, verteld.dag),
    Publiek.REGIO: lambda casus, verteld: region_of(casus, verteld.dag),
    Publiek.TEAM: lambda casus, verteld: team_of(casus, verteld.dag),
    Publiek.VORIG_TEAM: _last_team,
    Publiek.COORDINATOR: _coordinators,
    Publiek.AANBIEDER: _aanbieders,
    Publiek.LEERPLICHT: _leerplicht,
}


# --- For what is told besides steps (`gesprek_melden`) -------------------------------------------------------------
def people_of_school(casus: Casus, dag: date) -> list[Ontvanger]:
    """Who asked, or else who is zorgcoördinator there now; never somebody who may not read the story."""
    colleagues = role_holders(ZORGCOORDINATOR, casus.school_id, dag)
    return [o for o in colleagues if o.user_id == casus.aangevraagd_door_id] or colleagues


def people_of_team(casus: Casus, wijkteam_id: int, dag: date) -> list[Ontvanger]:
    """Who of the team has the casus in hand, with the deputy when away; or its mailbox; or its coordinator."""
    return _in_team(casus, wijkteam_id, casus.behandelaar_id or casus.aanspreekpunt_id, dag)
