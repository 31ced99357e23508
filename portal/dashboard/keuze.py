"""What of the figures somebody chose to see. Only what is published can be chosen; what is not says why."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from portal.dashboard.bereik import Bereik
from portal.dashboard.indeling import Periode
from portal.dashboard.lezen import Boek, Opname
from portal.dashboard.tellen import REGIO

#: Filters beside the period, by name in the address: each with its cut.
FILTERS = {
    "gemeente": ("wonen", "Gemeente"),
    "sector": ("sector", "Sector"),
    "verband": ("school", "Samenwerkingsverband"),
    "school": ("school", "School"),
    "wijk": ("wonen", "Wijk"),
    "team": ("team", "Wijkteam"),
}
SAMEN = (
    "Kies één filter naast de periode. Twee samen, zoals een sector binnen een wijk, geven zulke kleine groepen dat een casus te "
    "herkennen zou zijn. Die cijfers maken wij daarom niet."
)
ALLEEN_JAAR = "Van een wijk, school of wijkteam tonen wij alleen hele schooljaren: per kwartaal zijn het er te weinig."
GEEN_JAAR = "Er is nog geen schooljaar afgelopen waarvan de cijfers er zijn."
ONBEKEND = "Dit deel staat niet in uw cijfers."


@dataclass(frozen=True, slots=True)
class Optie:
    waarde: str
    naam: str


@dataclass(frozen=True, slots=True)
class Deel:
    """A part of the scope that can be looked at: which cut, which unit."""

    filter: str
    code: str
    naam: str
    blad: str
    eenheid: str

    @property
    def waarde(self) -> str:
        return f"{self.filter}:{self.code}" if self.filter else ""


@dataclass(slots=True)
class Keuze:
    """The choice as it is carried out, with what had to be said about it."""

    deel: Deel
    periode: Periode | None
    meldingen: list[str] = field(default_factory=list)
    delen: list[Deel] = field(default_factory=list)
    perioden: list[Periode] = field(default_factory=list)

    @property
    def groepen(self) -> list[tuple[str, list[Optie]]]:
        """For the list to choose from: per kind of part its options."""
        found: dict[str, list[Optie]] = {}
        for deel in self.delen:
            found.setdefault(FILTERS[deel.filter][1], []).append(Optie(deel.waarde, deel.naam))
        return list(found.items())


def whole(bereik: Bereik) -> Deel:
    return Deel("", "", bereik.naam, bereik.blad, bereik.eenheid)


def choose(boek: Boek, gevraagd: Mapping[str, str]) -> Keuze:
    """Read the period and at most one filter. `deel=wijk:WK039201` and `wijk=WK039201` are the same."""
    parts = parts_of(boek)
    wanted = [f"{name}:{gevraagd[name]}" for name in FILTERS if gevraagd.get(name)]
    if gevraagd.get("deel"):
        wanted.append(gevraagd["deel"])
    messages: list[str] = []
    part = whole(boek.bereik)
    if len(set(wanted)) > 1:
        messages.append(SAMEN)
    elif wanted:
        found = next((deel for deel in parts if deel.waarde == wanted[0]), None)
        part = found or part
        if found is None:
            messages.append(ONBEKEND)
    periods = [one for one in boek.keuzes if (own := boek.opname(one, part.blad)) and part.eenheid in own.cijfers]
    chosen = next((one for one in boek.keuzes if one.sleutel == gevraagd.get("periode")), None)
    if chosen is not None and chosen not in periods:
        messages.append(ALLEEN_JAAR if periods else GEEN_JAAR)
        chosen = None
    if chosen is None:
        chosen = next((one for one in periods if one.kwartaal), periods[0] if periods else None)
    return Keuze(part, chosen, messages, parts, periods)


def parts_of(boek: Boek) -> list[Deel]:
    """Everything beside the whole that can be chosen: units of the latest figures."""
    found: dict[tuple[str, str], Deel] = {}
    latest: dict[str, list[Opname]] = {}
    for tables in boek.perioden.values():
        for blad, opname in tables.items():
            latest.setdefault(blad, []).append(opname)
    for blad, weeks in boek.weken.items():
        latest.setdefault(blad, []).extend(weeks[-1:])
    for blad, opnamen in latest.items():
        for opname in opnamen:
            for unit, parent in opname.ouder.items():
                if unit == REGIO or (blad, unit) == (boek.bereik.blad, boek.bereik.eenheid):
                    continue
                name = _filter_of(blad, upper=parent == REGIO)
                if name:
                    found[blad, unit] = Deel(
                        name, unit.rpartition("/")[2] if blad == "wonen" else unit, opname.namen[unit], blad, unit
                    )
    order = list(FILTERS)
    known = [deel for deel in found.values() if deel.code not in {"onbekend", "elders", "geen", "geenteam", "geenteam/geen"}]
    return sorted(known, key=lambda deel: (order.index(deel.filter), deel.naam))


def _filter_of(blad: str, *, upper: bool) -> str:
    """Which filter chooses this unit; '' for one that is only a sum of others (the teams of a gemeente)."""
    return {
        ("wonen", True): "gemeente",
        ("wonen", False): "wijk",
        ("school", True): "verband",
        ("school", False): "school",
        ("sector", True): "sector",
        ("team", False): "team",
    }.get((blad, upper), "")
