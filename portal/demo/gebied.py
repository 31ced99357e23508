"""The areas of the demo region, read from `facts/`: gemeenten, wijken, and how each PC4 lies over wijken. Pure."""

import csv
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

FACTS = Path(__file__).parent / "facts"
RICHTINGEN = ("Noord", "Zuid", "West", "Oost", "Midden", "Rand")
#: A wijk gets one invented buurt per this many addresses (of 185,000).
ADRESSEN_PER_BUURT = 1300


def rows_of(naam: str) -> Iterator[dict[str, str]]:
    """The rows of facts/<naam>.csv."""
    with (FACTS / f"{naam}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter=";")


def dice(seed: int, *waarvoor: object) -> Random:
    """A source of chance of its own per subject, so that more of one thing does not change another."""
    return Random(zlib.crc32(repr((seed, *waarvoor)).encode()))  # noqa: S311  (a demo, not a secret)


@dataclass(frozen=True, slots=True)
class Pc4:
    """Four digits, their share of all addresses, the wijken they lie in (with shares), and wijken across the border."""

    pc4: str
    plaats: str
    gewicht: int
    wijken: tuple[tuple[str, int], ...]
    grenst_aan: tuple[str, ...]

    @property
    def gemeente(self) -> str:
        return f"GM{self.wijken[0][0][2:6]}"


@dataclass(frozen=True, slots=True)
class Gebieden:
    """`buurten`: code and name, in order, per wijk code."""

    gemeenten: tuple[dict[str, str], ...]
    wijken: dict[str, str]
    buurten: dict[str, tuple[tuple[str, str], ...]]
    pc4s: tuple[Pc4, ...]

    @property
    def in_regio(self) -> frozenset[str]:
        return frozenset(g["code"] for g in self.gemeenten if g["in_regio"] == "ja")


def _wijken_of(text: str) -> tuple[tuple[str, int], ...]:
    """'WK039204:55 WK039203:45' or 'WK039205'."""
    parts = (part.partition(":") for part in text.split())
    return tuple((code, int(share) if share else 100) for code, _, share in parts)


def buurt_names(wijk: str, naam: str, aantal: int) -> tuple[tuple[str, str], ...]:
    """Invented buurten of a wijk, coded as CBS does. `naam` may begin with 'Wijk 01', as some gemeenten write it."""
    if naam.startswith(("Wijk 0", "Wijk 1")):
        naam = naam.split(" ", 2)[2]
    if aantal == 1:
        return ((f"BU{wijk[2:]}01", naam),)
    return tuple((f"BU{wijk[2:]}{n + 1:02d}", f"{naam} {RICHTINGEN[n]}") for n in range(aantal))


@cache
def gebieden() -> Gebieden:
    """All areas of the demo region and its two neighbours."""
    pc4s = tuple(
        Pc4(row["pc4"], row["plaats"], int(row["gewicht"]), _wijken_of(row["wijken"]), tuple(row["grenst_aan"].split()))
        for row in rows_of("pc4")
    )
    wijken = {row["code"]: row["naam"] for row in rows_of("wijken")}
    size = dict.fromkeys(wijken, 0.0)
    for pc4 in pc4s:
        for wijk, share in pc4.wijken:
            size[wijk] += pc4.gewicht * share / 100
    buurten = {
        wijk: buurt_names(wijk, naam, max(1, min(len(RICHTINGEN), round(size[wijk] / ADRESSEN_PER_BUURT))))
        for wijk, naam in wijken.items()
    }
    return Gebieden(tuple(rows_of("gemeenten")), wijken, buurten, pc4s)
