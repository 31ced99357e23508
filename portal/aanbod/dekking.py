"""The coverage of help per school: for each kind of help what there is for its pupils, by where they live. Holes first."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from gebieden.models import Gemeente
from kern.kijker import Kijker
from portal.aanbod.scholen import Helpers, ages_of, helpers_of, homes_of
from scholen.models import School
from zorgaanbod.keuzes import Hulpvorm, SoortAanbieder
from zorgaanbod.models import Aanbieder, Arrangement, Contract
from zorgaanbod.queries import wacht_of
from zorgaanbod.rules import write_weeks

IEDEREEN = (4, 18)


@dataclass(frozen=True, slots=True)
class Aanbod:
    """One arrangement as far as coverage goes: for whom, and how long they wait (None: not known)."""

    hulpvorm: str
    leeftijd_van: int
    leeftijd_tot: int
    weken: int | None
    norm: int

    def fits(self, leeftijden: tuple[int, int]) -> bool:
        return self.leeftijd_van <= leeftijden[1] and self.leeftijd_tot >= leeftijden[0]


@dataclass(frozen=True, slots=True)
class Cel:
    """What there is of one kind of help for pupils from one gemeente."""

    gemeente: Gemeente
    aantal: int
    weken: int | None
    boven_norm: bool

    @property
    def gat(self) -> bool:
        return self.aantal == 0

    @property
    def tekst(self) -> str:
        """The shortest waiting time; nothing when there is nothing, or it is not known."""
        return "" if self.weken is None else write_weeks(self.weken)


@dataclass(frozen=True, slots=True)
class Rij:
    hulpvorm: str
    naam: str
    cellen: tuple[Cel, ...]

    @property
    def gaten(self) -> int:
        return sum(cel.gat for cel in self.cellen)


@dataclass(frozen=True, slots=True)
class Schooldekking:
    school: School
    gemeenten: tuple[Gemeente, ...]
    rijen: tuple[Rij, ...]
    helpers: Helpers

    @property
    def gaten(self) -> int:
        return sum(rij.gaten for rij in self.rijen)

    @property
    def vakken(self) -> int:
        return sum(len(rij.cellen) for rij in self.rijen)

    @property
    def ontbreekt_overal(self) -> list[str]:
        """Kinds of help that none of its pupils can get."""
        return [rij.naam for rij in self.rijen if rij.cellen and rij.gaten == len(rij.cellen)]


def coverage(kijker: Kijker, schools: Sequence[School], op: date) -> list[Schooldekking]:
    """Of each of these schools, in the same order. The number of queries does not grow with them."""
    ids = [school.pk for school in schools]
    homes, ages, helpers = homes_of(kijker, ids), ages_of(ids), helpers_of(kijker, ids)
    there = available({gemeente.pk for found in homes.values() for gemeente in found}, op)
    return [
        Schooldekking(
            school=school,
            gemeenten=tuple(homes[school.pk]),
            rijen=matrix(homes[school.pk], there, ages.get(school.pk, IEDEREEN)),
            helpers=helpers[school.pk],
        )
        for school in schools
    ]


def available(gemeente_ids: Iterable[int], op: date) -> dict[int, list[Aanbod]]:
    """Per gemeente what can be asked for on a day: what it bought, and the voorveld that works there."""
    ids = set(gemeente_ids)
    places: dict[int, set[int]] = defaultdict(set)
    contracts = Contract.objects.on(op).filter(gemeente_id__in=ids)
    for arrangement_id, gemeente_id in contracts.values_list("arrangement_id", "gemeente_id"):
        places[arrangement_id].add(gemeente_id)
    working: dict[int, set[int]] = defaultdict(set)
    voorveld = Aanbieder.objects.active(op).filter(soort=SoortAanbieder.VOORVELD, gemeenten__in=ids)
    for aanbieder_id, gemeente_id in voorveld.values_list("pk", "gemeenten__pk"):
        working[aanbieder_id].add(gemeente_id)
    found: dict[int, list[Aanbod]] = defaultdict(list)
    for one in Arrangement.objects.offered(op).with_wachttijd().order_by("pk"):
        wacht = wacht_of(one, op)
        offered = Aanbod(one.hulpvorm, one.leeftijd_van, one.leeftijd_tot, wacht.weken, wacht.norm)
        for gemeente_id in (places.get(one.pk, set()) | working.get(one.aanbieder_id, set())) & ids:
            found[gemeente_id].append(offered)
    return found


def matrix(gemeenten: Sequence[Gemeente], there: dict[int, list[Aanbod]], leeftijden: tuple[int, int]) -> tuple[Rij, ...]:
    """Every kind of help as a row: with the most holes first, then in the order of the list of kinds."""
    rows = [
        Rij(vorm.value, vorm.label, tuple(_cell(gemeente, vorm.value, there, leeftijden) for gemeente in gemeenten))
        for vorm in Hulpvorm
    ]
    return tuple(sorted(rows, key=lambda rij: -rij.gaten))


def _cell(gemeente: Gemeente, vorm: str, there: dict[int, list[Aanbod]], leeftijden: tuple[int, int]) -> Cel:
    fitting = [one for one in there.get(gemeente.pk, []) if one.hulpvorm == vorm and one.fits(leeftijden)]
    known = [one.weken for one in fitting if one.weken is not None]
    above = bool(fitting) and all(one.weken is not None and one.weken > one.norm for one in fitting)
    return Cel(gemeente, len(fitting), min(known, default=None), above)
