"""What the demo casussen need to know of the network: who works where, and whom a team sends for a school."""

from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from casussen.kalender import kalender_of
from portal.demo.accounts import ACCOUNTS
from portal.demo.casussen.agenda import Agenda
from portal.demo.casussen.lus import Omgeving, Persoon, Wie
from portal.demo.casussen.thuis import Huizen, Thuis
from portal.demo.netwerk import Netwerk
from scholen.rollen import ZORGCOORDINATOR
from scholen.vakanties import vakanties_of
from wijkteams.rollen import WIJKTEAMCOORDINATOR, WIJKTEAMLID
from wijkteams.routering import netwerk as routing
from wijkteams.rules import Kenmerken

#: How far back the demo goes, in days, and how many days of casussen there are.
TERUG, JAAR = 430, 365
#: How quickly a team reacts: 1 is as agreed, more is slower.
TEMPO = {"oost": 1.9, "schalkwijk": 1.35, "ijmuiden": 1.5, "indische-buurt": 1.25, "heemstede": 0.7, "bloemendaal": 0.75}


@dataclass(slots=True)
class Wereld:
    """`ploeg`: the people of a team by its id, coordinators apart. `rng`: the one source of chance, in order.

    `dagen`: so many days of casussen there are. `verhalen`: with the written-out casussen of the demo accounts.
    """

    net: Netwerk
    huizen: Huizen
    agenda: Agenda
    omgeving: Omgeving
    rng: Random
    moment: datetime
    dagen: int = JAAR
    verhalen: bool = True
    ploeg: dict[int, list[Persoon]] = field(default_factory=dict)
    coordinatoren: dict[int, list[Persoon]] = field(default_factory=dict)
    personen: dict[int, Persoon] = field(default_factory=dict)
    zcs: dict[str, list[Wie]] = field(default_factory=dict)
    regio: list[Wie] = field(default_factory=list)
    tempo: dict[int, float] = field(default_factory=dict)
    gemeente_van: dict[int, int] = field(default_factory=dict)
    _punten: dict[tuple[int, int, str], Persoon | None] = field(default_factory=dict)
    _mensen: routing.Netwerk | None = None

    def contact(self, team: int, thuis: Thuis) -> Persoon | None:
        """Whom this team sends for the school and sector of this pupil."""
        key = (team, thuis.vestiging.pk, thuis.sector)
        if key not in self._punten:
            if self._mensen is None:
                self._mensen = routing.load_people(self.net.op)
            kenmerken = Kenmerken(sectoren=(thuis.sector,), school_id=thuis.vestiging.school_id, vestiging_id=thuis.vestiging.pk)
            people = self._mensen.people(self._mensen.choose(team, kenmerken))
            self._punten[key] = self.personen.get(people[0].persoon.id) if people else None
        return self._punten[key]

    def other_team(self, team: int) -> int:
        """Another team, mostly of the same gemeente."""
        near = [pk for pk, gemeente in self.gemeente_van.items() if gemeente == self.gemeente_van[team] and pk != team]
        return self.rng.choice(near or [pk for pk in self.gemeente_van if pk != team])

    def zc_of(self, brin: str) -> Wie:
        """The first one of a school does most."""
        own = self.zcs[brin]
        return own[0] if self.rng.random() < 0.55 else self.rng.choice(own)


def build_world(
    net: Netwerk, huizen: Huizen, *, rng: Random, moment: datetime, dagen: int | None = None, verhalen: bool = True
) -> Wereld:
    kalender = kalender_of(net.regio)
    world = Wereld(
        net=net,
        huizen=huizen,
        agenda=Agenda(moment, (dagen or JAAR) + TERUG - JAAR, kalender),
        omgeving=Omgeving(kalender, vakanties_of("noord")),
        rng=rng,
        moment=moment,
        dagen=dagen or JAAR,
        verhalen=verhalen,
    )
    for key, contacts in net.contacten.items():
        team = net.teams[key].pk
        world.tempo[team] = TEMPO.get(key, 1.0)
        world.gemeente_van[team] = net.teams[key].gemeente_id
        for contact in contacts:
            leads = contact.functie == "wijkteamcoördinator"
            rol = (WIJKTEAMCOORDINATOR if leads else WIJKTEAMLID).sleutel
            person = Persoon(contact.pk, contact.user_id or 0, contact.naam, rol)
            world.personen[contact.pk] = person
            (world.coordinatoren if leads else world.ploeg).setdefault(team, []).append(person)
    world.zcs = {brin: [Wie(user.pk, user.naam, ZORGCOORDINATOR.sleutel) for user in users] for brin, users in net.zcs.items()}
    world.regio = [Wie(user.pk, user.naam, "regiocoordinator") for user in net.regio_users]
    return world


def account_user(world: Wereld, sleutel: str) -> int:
    """The user of one of the demo accounts."""
    email = next(account.email for account in ACCOUNTS if account.sleutel == sleutel)
    return world.net.users[email].pk
