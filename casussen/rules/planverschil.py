"""What two versions of a plan differ in. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Soort(StrEnum):
    """What became of a goal between two versions."""

    ERBIJ = "erbij"
    ANDERS = "anders"
    VERVALLEN = "vervallen"
    GELIJK = "gelijk"


@dataclass(frozen=True, slots=True)
class Wijziging:
    """One thing that reads differently: 'Eigenaar: was school, wordt ouders'. Empty stands for 'not filled in'."""

    wat: str
    was: str
    wordt: str


@dataclass(frozen=True, slots=True)
class DoelTekst:
    """A goal as one version has it, in words: what it is called by, and its parts in the order in which they are read."""

    nummer: int
    tekst: str
    delen: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class DoelVerschil:
    """`tekst` is the goal as the newer version has it, or the older when it was dropped."""

    nummer: int
    tekst: str
    soort: Soort
    wijzigingen: tuple[Wijziging, ...] = ()


def changes(was: Mapping[str, str], wordt: Mapping[str, str]) -> tuple[Wijziging, ...]:
    """Every part that reads differently, in the order of the newer one; what is only in the older comes last."""
    names = dict.fromkeys([*wordt, *was])
    return tuple(Wijziging(n, was.get(n, ""), wordt.get(n, "")) for n in names if was.get(n, "") != wordt.get(n, ""))


def compare_goals(oud: Sequence[DoelTekst], nieuw: Sequence[DoelTekst]) -> list[DoelVerschil]:
    """Every goal of either version once, by its number: a goal keeps its number, whatever its words become."""
    before, after = {d.nummer: d for d in oud}, {d.nummer: d for d in nieuw}
    return [_compare(before.get(number), after.get(number)) for number in sorted(before.keys() | after.keys())]


def _compare(was: DoelTekst | None, wordt: DoelTekst | None) -> DoelVerschil:
    if wordt is None:
        assert was is not None  # noqa: S101  (one of both is there)
        return DoelVerschil(was.nummer, was.tekst, Soort.VERVALLEN)
    if was is None:
        return DoelVerschil(wordt.nummer, wordt.tekst, Soort.ERBIJ)
    found = changes({"Doel": was.tekst, **was.delen}, {"Doel": wordt.tekst, **wordt.delen})
    return DoelVerschil(wordt.nummer, wordt.tekst, Soort.ANDERS if found else Soort.GELIJK, found)
