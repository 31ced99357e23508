"""Where the pupils of the demo live. Every address goes through real routing once; the casussen then share what came out."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from random import Random

from portal.demo.netwerk import Netwerk
from portal.demo.register import ONBEKEND, Regel
from scholen.models import Vestiging
from wijkteams.routering import Kandidaat, Route, route_address

#: From the youngest to the oldest pupil, per sector.
LEEFTIJDEN = {"po": (6, 12), "so": (6, 12), "vo": (12, 17), "vso": (13, 18), "pro": (12, 17), "mbo": (16, 22)}
#: Homes per school: so many, and so many more by size; fewer when there are fewer casussen than `GENOEG`.
HUIZEN, HUIZEN_PER_GEWICHT, GENOEG = 8, 3, 2_500
EIGEN_GEMEENTE, BUITEN, ONBEKENDE_POSTCODE, GEHEIM = 0.58, 0.02, 0.012, 0.012
#: Addresses in the holes of the network are rarer among pupils than in the register.
GATEN = ("2063", "2114")
#: How long ago the 'ordinary' day lies on which older casussen are routed, and how recent is looked up as it was that day.
GEWONE_DAG, RECENT = 25, 14


@dataclass(frozen=True, slots=True)
class Woning:
    """A home of a pupil of one location."""

    nr: int
    vestiging: Vestiging
    postcode: str
    huisnummer: int
    leeftijd: int
    geheim: bool

    @property
    def sector(self) -> str:
        return str(self.vestiging.sectoren[0])

    def route_on(self, dag: date) -> Route:
        return route_address(
            postcode=self.postcode,
            huisnummer=self.huisnummer,
            sector=self.sector,
            school=self.vestiging.brin,
            geboortedatum=birth_date(dag, self.leeftijd, 100),
            peildatum=dag,
            geheim=self.geheim,
            pdok=False,
        )


@dataclass(frozen=True, slots=True)
class Thuis(Woning):
    """A home, and what routing said about it on an ordinary day."""

    route: Route

    @property
    def keuzes(self) -> list[Kandidaat]:
        """The candidates that can be picked."""
        return [kandidaat for kandidaat in self.route.kandidaten if kandidaat.kiesbaar]


def birth_date(op: date, leeftijd: int, dagen: int) -> date:
    """Born so that someone is this old on `op`, and `dagen` past the birthday."""
    day = op - timedelta(days=dagen)
    return date(day.year - leeftijd, day.month, min(day.day, 28))


class Huizen:
    """The homes per school, and their routes on a given day."""

    def __init__(self, network: Netwerk, register: dict[str, list[Regel]], *, rng: Random, casussen: int) -> None:
        self._network = network
        self._inside = network.in_regio
        self._register = register
        self._rng = rng
        self._routes: dict[tuple[int, date], Route] = {}
        self._count = 0
        self._share = min(1.0, casussen / GENOEG)
        self.per_school: dict[str, list[Thuis]] = {brin: list(self._homes(brin)) for brin in network.scholen}

    def route_on(self, thuis: Thuis, dag: date) -> Route:
        """The route of this home as of that day."""
        if (self._network.op - dag).days > RECENT:
            return replace(thuis.route, peildatum=dag)
        known = self._routes.get((thuis.nr, dag))
        if known is None:
            known = self._routes[thuis.nr, dag] = thuis.route_on(dag)
        return known

    def add(self, brin: str, postcode: str, huisnummer: int, *, leeftijd: int = 14, geheim: bool = False) -> Thuis:
        """A home that the demo needs."""
        vestiging = self._network.vestigingen[brin][0]
        thuis = self._home(vestiging, postcode, huisnummer, leeftijd, geheim=geheim)
        self.per_school[brin].append(thuis)
        return thuis

    @cached_property
    def _by_gemeente(self) -> dict[str, list[Regel]]:
        """The register by gemeente; the holes of the network are thinned out."""
        out: dict[str, list[Regel]] = {}
        for pc4, rows in self._register.items():
            for regel in rows[:: 6 if pc4 in GATEN else 1]:
                out.setdefault(f"GM{regel.buurt[2:6]}", []).append(regel)
        return out

    def _homes(self, brin: str) -> Iterator[Thuis]:
        rng = self._rng
        here = self._network.vestigingen[brin]
        inside = self._inside
        gemeente = here[0].gemeente.code if here[0].gemeente else inside[0]
        weights = [sum(len(regel.nummers) for regel in self._by_gemeente[code]) for code in inside]
        outside = sorted(set(self._by_gemeente) - set(inside))
        homes = HUIZEN + HUIZEN_PER_GEWICHT * self._network.gewichten[brin]
        for _ in range(max(3, round(homes * self._share))):
            chance = rng.random()
            if chance < BUITEN and outside:
                where = rng.choice(outside)
            elif chance < BUITEN + EIGEN_GEMEENTE:
                where = gemeente
            else:
                where = str(rng.choices(inside, weights)[0])
            regel = rng.choice(self._by_gemeente[where])
            postcode = regel.postcode
            if rng.random() < ONBEKENDE_POSTCODE:
                postcode = postcode[:4] + ONBEKEND
            vestiging = rng.choice(here)
            lowest, highest = LEEFTIJDEN[vestiging.sectoren[0]]
            leeftijd = rng.randint(lowest, highest)
            yield self._home(vestiging, postcode, rng.choice(regel.nummers), leeftijd, geheim=rng.random() < GEHEIM)

    def _home(self, vestiging: Vestiging, postcode: str, huisnummer: int, leeftijd: int, *, geheim: bool) -> Thuis:
        self._count += 1
        woning = Woning(self._count, vestiging, postcode, huisnummer, leeftijd, geheim)
        route = woning.route_on(self._network.op - timedelta(days=GEWONE_DAG))
        return Thuis(self._count, vestiging, postcode, huisnummer, leeftijd, geheim, route)


def pick(rng: Random, thuis: Thuis) -> Kandidaat | None:
    """Sometimes the zorgcoördinator picks one of the candidates, and sometimes leaves it to the regiocoördinator."""
    return rng.choice(thuis.keuzes) if thuis.keuzes and rng.random() < 0.75 else None
