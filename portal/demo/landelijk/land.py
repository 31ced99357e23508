"""The invented regions: their gemeenten, wijken, buurten and PC4, and how much of everything. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from portal.demo.gebied import Gebieden, Pc4

#: From here on a load is of the country and not of one region.
ADRESSEN_GROOT, CASUSSEN_GROOT = 500_000, 50_000
#: What the demo region then keeps for itself, of the addresses and of the casussen.
EIGEN_ADRESSEN, EIGEN_CASUSSEN = 180_000, 20_000
#: So many days of casussen, instead of one year.
DAGEN = 800
#: About what there is in the Netherlands: 342 gemeenten, 3,300 wijken, 14,500 buurten, 4,070 PC4.
REGIOS, GEMEENTEN, WIJKEN, PC4_PER_GEMEENTE = 24, 14, 10, 12
#: The codes CBS gives end well below these.
EERSTE_GEMEENTE = 2001
#: The first PC4 of the first region, and how far the regions lie apart; the PC4 of the demo region lie below.
EERSTE_PC4, PC4_PER_REGIO = 2200, 325
#: Casussen a year that one team, and one school, can be asked for: as in the demo region.
PER_TEAM, PER_SCHOOL = 110, 84
SCHOLEN_MAX = 20
RICHTINGEN = ("Noord", "Oost", "Zuid", "West", "Midden")


@dataclass(frozen=True, slots=True)
class Plan:
    """How many addresses and casussen go where. `land` is empty for a load of the demo region alone."""

    adressen: int
    casussen: int
    land_adressen: tuple[int, ...] = ()
    land_casussen: tuple[int, ...] = ()
    dagen: int | None = None

    @property
    def landelijk(self) -> bool:
        return bool(self.land_adressen)


def plan_of(adressen: int, casussen: int) -> Plan:
    """The demo region alone, or the demo region within the country."""
    if adressen <= ADRESSEN_GROOT and casussen <= CASUSSEN_GROOT:
        return Plan(adressen, casussen)
    own_addresses = min(EIGEN_ADRESSEN, adressen // 2)
    own_casussen = min(EIGEN_CASUSSEN, casussen)
    return Plan(
        own_addresses,
        own_casussen,
        tuple(_even(adressen - own_addresses, REGIOS)),
        tuple(_even(casussen - own_casussen, REGIOS)),
        DAGEN if casussen > CASUSSEN_GROOT else None,
    )


def _even(total: int, parts: int) -> Iterator[int]:
    for part in range(parts):
        yield total * (part + 1) // parts - total * part // parts


@dataclass(frozen=True)
class Landregio:
    """One invented region. `nr` runs from 0."""

    nr: int
    adressen: int
    casussen: int
    dagen: int

    @property
    def naam(self) -> str:
        return f"Proefregio {self.nr + 1:02d}"

    @property
    def domein(self) -> str:
        return f"proefregio-{self.nr + 1:02d}.example"

    @property
    def gemeenten(self) -> tuple[str, ...]:
        first = EERSTE_GEMEENTE + self.nr * GEMEENTEN
        return tuple(f"GM{first + n}" for n in range(GEMEENTEN))

    def gemeente_naam(self, code: str) -> str:
        return f"Proefgemeente {self.nr + 1:02d}-{self.gemeenten.index(code) + 1:02d}"

    @cached_property
    def teams_per_gemeente(self) -> int:
        """From one for the whole gemeente to one per wijk."""
        return max(1, min(WIJKEN, round(self._yearly / PER_TEAM / GEMEENTEN)))

    @cached_property
    def scholen_per_gemeente(self) -> int:
        return max(1, min(SCHOLEN_MAX, round(self._yearly / PER_SCHOOL / GEMEENTEN)))

    @property
    def _yearly(self) -> float:
        return self.casussen * 365 / self.dagen

    @cached_property
    def gebieden(self) -> Gebieden:
        rows, wijken, pc4s = [], {}, []
        buurten: dict[str, tuple[tuple[str, str], ...]] = {}
        step = PC4_PER_REGIO / (GEMEENTEN * PC4_PER_GEMEENTE)
        for n, code in enumerate(self.gemeenten):
            naam = self.gemeente_naam(code)
            rows.append({"code": code, "naam": naam, "in_regio": "ja"})
            own = [f"WK{code[2:]}{wijk + 1:02d}" for wijk in range(WIJKEN)]
            for wijk, wijkcode in enumerate(own):
                wijken[wijkcode] = f"Wijk {wijk + 1:02d} {naam}"
                count = len(RICHTINGEN) if wijk % 3 == 0 else len(RICHTINGEN) - 1
                buurten[wijkcode] = tuple(
                    (f"BU{wijkcode[2:]}{b + 1:02d}", f"{naam} {wijk + 1} {RICHTINGEN[b]}") for b in range(count)
                )
            for p in range(PC4_PER_GEMEENTE):
                pc4 = EERSTE_PC4 + self.nr * PC4_PER_REGIO + int((n * PC4_PER_GEMEENTE + p) * step)
                here, there = own[p % WIJKEN], own[(p + 1) % WIJKEN]
                pc4s.append(Pc4(str(pc4), naam, 100, ((here, 70), (there, 30)), (own[(p + 2) % WIJKEN],)))
        return Gebieden(tuple(rows), wijken, buurten, tuple(pc4s))


def landregios(plan: Plan) -> Iterator[Landregio]:
    for nr, (adressen, casussen) in enumerate(zip(plan.land_adressen, plan.land_casussen, strict=True)):
        yield Landregio(nr, adressen, casussen, plan.dagen or DAGEN)
