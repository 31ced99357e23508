"""Write the network of an invented region: gemeenten, schools, wijkteams, people, rules. No account of it can sign in."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random

from django.contrib.auth.hashers import make_password

from gebieden.models import Gemeente, Regio
from gebieden.rollen import GEMEENTEMEDEWERKER, REGIOCOORDINATOR
from kern.kijker import Rol
from portal.demo.facts import namen
from portal.demo.gebied import dice
from portal.demo.landelijk.land import WIJKEN, Landregio
from portal.demo.netwerk import Netwerk
from scholen.models import School, Vestiging
from scholen.rollen import SCHOOLTEAMLEIDER, ZORGCOORDINATOR
from toegang.models import Aanstelling, User
from wijkteams.models import Aanspreekpunt, Contactpersoon, SoortGebied, Werkgebied, Wijkteam
from wijkteams.models.werkgebied import LEEFTIJD_MAX, NUMMER_MAX
from wijkteams.rollen import WIJKTEAMCOORDINATOR, WIJKTEAMLID
from wijkteams.rules import rang_of

MENSEN_PER_TEAM, ZC_PER_SCHOOL = 6, 2
SECTOREN = ("vo", "vo", "mbo", "vo", "vso", "vo", "mbo", "pro")
LETTERS = "ABCDEFGHJKLMNPRSTVWXZ"


def write_region(land: Landregio, *, seed: int, op: date, moment: datetime) -> Netwerk:
    """The region with everybody in it, as rows, in the order in which the casussen of the demo ask for them."""
    net = Netwerk(op=op, regio=Regio.objects.create(naam=land.naam, email=f"regio@{land.domein}"))
    net.gemeenten = write_gemeenten(land, net.regio)
    people = _People(land, dice(seed, "landelijk", land.nr), moment)
    _write_schools(net, land)
    _write_teams(net, land)
    _write_people(net, land, people)
    _write_rules(net, land)
    return net


def write_gemeenten(land: Landregio, regio: Regio | None = None) -> dict[str, Gemeente]:
    """Without a region: addresses there are outside the portal."""
    rows = [
        Gemeente(code=code, naam=land.gemeente_naam(code), regio=regio, loket_naam=f"Jeugdloket {land.gemeente_naam(code)}")
        for code in land.gemeenten
    ]
    return {row.code: row for row in Gemeente.objects.bulk_create(rows)}


class _People:
    """Makes users with names of the demo: more than one may have the same."""

    def __init__(self, land: Landregio, rng: Random, moment: datetime) -> None:
        self._land, self.rng, self._joined = land, rng, moment - timedelta(days=900)
        self._secret = make_password(None)
        self._count = 0

    def next(self) -> User:
        self._count += 1
        return User(
            email=f"p{self._count}@{self._land.domein}",
            naam=f"{self.rng.choice(namen.VOORNAMEN)} {self.rng.choice(namen.ACHTERNAMEN)}",
            password=self._secret,
            date_joined=self._joined,
        )


def _brin(number: int) -> str:
    """From 81AA on: the schools of the demo region are 80 and something."""
    pairs = len(LETTERS) ** 2
    rest = number % pairs
    return f"{81 + number // pairs}{LETTERS[rest // len(LETTERS)]}{LETTERS[rest % len(LETTERS)]}"


def _write_schools(net: Netwerk, land: Landregio) -> None:
    count = land.scholen_per_gemeente * len(land.gemeenten)
    first = land.nr * count
    rows = [School(brin=_brin(first + n), naam=f"Proefschool {land.nr + 1:02d}-{n + 1}") for n in range(count)]
    places = []
    for n, school in enumerate(School.objects.bulk_create(rows)):
        net.scholen[school.brin], net.gewichten[school.brin] = school, 1 + n % 3
        places.append(
            Vestiging(
                school=school,
                brin=f"{school.brin}00",
                naam=school.naam,
                sectoren=[SECTOREN[n % len(SECTOREN)]],
                gemeente=net.gemeenten[land.gemeenten[n % len(land.gemeenten)]],
            )
        )
    for place in Vestiging.objects.bulk_create(places):
        net.vestigingen[place.brin[:4]] = [place]


def _write_teams(net: Netwerk, land: Landregio) -> None:
    rows = {
        f"{code}-{n}": Wijkteam(
            naam=f"Wijkteam {land.gemeente_naam(code)} {n + 1}",
            gemeente=net.gemeenten[code],
            email=f"team-{code}-{n}@{land.domein}",
        )
        for code in land.gemeenten
        for n in range(land.teams_per_gemeente)
    }
    net.teams = dict(zip(rows, Wijkteam.objects.bulk_create(rows.values()), strict=True))


def _write_people(net: Netwerk, land: Landregio, people: _People) -> None:
    """Everybody has an account and an appointment; of a team the coördinator comes first, and the last one stands in."""
    jobs = list(_jobs(net, land))
    users = User.objects.bulk_create([people.next() for _ in jobs])
    contacts = []
    for user, (rol, soort, waar) in zip(users, jobs, strict=True):
        net.users[user.email] = user
        if soort == "wijkteam":
            leads = rol is WIJKTEAMCOORDINATOR
            functie = "wijkteamcoördinator" if leads else people.rng.choice(namen.FUNCTIES)[0]
            verified = net.op - timedelta(days=people.rng.randrange(5, 250))
            contacts.append(
                Contactpersoon(
                    wijkteam=net.teams[waar],
                    user=user,
                    naam=user.naam,
                    functie=functie,
                    email=user.email,
                    geverifieerd_op=verified,
                )
            )
        elif rol is ZORGCOORDINATOR:
            net.zcs.setdefault(waar, []).append(user)
        elif rol is REGIOCOORDINATOR:
            net.regio_users.append(user)
    Aanstelling.objects.bulk_create(_appointment(net, user, *job) for user, job in zip(users, jobs, strict=True))
    keys = {team.pk: key for key, team in net.teams.items()}
    for contact in Contactpersoon.objects.bulk_create(contacts):
        net.contacten.setdefault(keys[contact.wijkteam_id], []).append(contact)


def _jobs(net: Netwerk, land: Landregio) -> Iterator[tuple[Rol, str, str]]:
    for key in net.teams:
        yield WIJKTEAMCOORDINATOR, "wijkteam", key
        yield from [(WIJKTEAMLID, "wijkteam", key)] * (MENSEN_PER_TEAM - 1)
    for brin in net.scholen:
        yield from [(ZORGCOORDINATOR, "school", brin)] * ZC_PER_SCHOOL
        yield SCHOOLTEAMLEIDER, "school", brin
    for code in land.gemeenten:
        yield GEMEENTEMEDEWERKER, "gemeente", code
    yield from [(REGIOCOORDINATOR, "regio", "")] * 2


def _appointment(net: Netwerk, user: User, rol: Rol, soort: str, waar: str) -> Aanstelling:
    return Aanstelling(
        user=user,
        rol=rol.sleutel,
        school=net.scholen[waar] if soort == "school" else None,
        wijkteam=net.teams[waar] if soort == "wijkteam" else None,
        gemeente=net.gemeenten[waar] if soort == "gemeente" else None,
        regio=net.regio if soort == "regio" else None,
    )


def _write_rules(net: Netwerk, land: Landregio) -> None:
    """Every wijk has a team, and every team somebody for all, and somebody else for the mbo."""
    Werkgebied.objects.bulk_create(
        Werkgebied(
            wijkteam=net.teams[f"{code}-{n % land.teams_per_gemeente}"],
            soort=SoortGebied.WIJK,
            gebied=f"WK{code[2:]}{n + 1:02d}",
            sector="*",
            nummer_van=1,
            nummer_tot_en_met=NUMMER_MAX,
            zijde="beide",
            leeftijd_van=0,
            leeftijd_tot=LEEFTIJD_MAX,
            rang=rang_of(SoortGebied.WIJK, "*", one_location=False),
        )
        for code in land.gemeenten
        for n in range(WIJKEN)
    )
    points = []
    for key, team in net.teams.items():
        _, first, second, *_, spare = net.contacten[key]
        points.append(Aanspreekpunt(wijkteam=team, contactpersoon=first, vervanger=spare))
        points.append(Aanspreekpunt(wijkteam=team, contactpersoon=second, sector="mbo", vervanger=spare))
    Aanspreekpunt.objects.bulk_create(points)
