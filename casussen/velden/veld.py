"""What a field is: the smallest part of the workflow table. Forms, the API and the machine read the same list."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

LANG = 4000
KORT = 120


class Soort(StrEnum):
    """How a field is asked and read."""

    REGEL = "regel"  # one line
    TEKST = "tekst"  # several lines
    KEUZE = "keuze"  # one of `keuzes`
    DATUM = "datum"  # date, '2026-12-03' or '3-12-2026'
    TIJD = "tijd"  # time of day, '14:30' or '14.30'
    GETAL = "getal"  # whole number, from `van` up to and including `tot`
    JA_NEE = "ja_nee"
    VESTIGING = "vestiging"  # BRIN of 6 characters, of an own school
    WIJKTEAM = "wijkteam"  # id
    CONTACTPERSOON = "contactpersoon"  # id
    GEMEENTE = "gemeente"  # id
    REGIOCOORDINATOR = "regiocoordinator"  # id of the account
    ARRANGEMENT = "arrangement"  # id
    DOEL = "doel"  # id of a goal of this casus
    INZET = "inzet"  # id of help in this casus
    TAAK = "taak"  # id of an open action of this casus
    DEELNEMER = "deelnemer"  # id of somebody invited to the overleg of this casus
    DELING = "deling"  # id of a sharing of this casus
    PARTIJ = "partij"  # 'aanbieder:12', 'leerplicht:3', 'verband:1': with whom a casus can be shared
    LIJST = "lijst"  # a list of objects, each with the fields of `kolommen`


@dataclass(frozen=True, slots=True, kw_only=True)
class Veld:
    """One field. `verplicht` holds always; what is needed only sometimes is said by a guard.

    Of a LIJST the `kolommen` are the fields of each object, at most `hoogstens` of them; `regels` blank lines stand ready on
    screen, and `ding` is what one line is called. A `regel` that stays `vast` cannot be added to on screen: there is one for
    each row there is (a goal, somebody invited).
    """

    naam: str
    label: str
    soort: Soort = Soort.REGEL
    verplicht: bool = False
    max_lengte: int = KORT
    keuzes: tuple[tuple[str, str], ...] = ()
    hulp: str = ""
    stap: str = ""
    van: int = 0
    tot: int = 9999
    kolommen: "tuple[Veld, ...]" = ()
    hoogstens: int = 30
    regels: int = 1
    ding: str = "regel"
    vast: bool = False
    #: Says '(niet verplicht)' on screen; the others are needed, if not now then when the step is taken.
    optioneel: bool = False
    #: Not shown on screen until a refusal asks for it: an answer to 'are you sure?'.
    na_weigering: bool = False


def text(naam: str, label: str, **extra: Any) -> Veld:
    return Veld(naam=naam, label=label, soort=Soort.TEKST, max_lengte=LANG, **extra)


def choice(naam: str, label: str, keuzes: Iterable[tuple[str, str]], **extra: Any) -> Veld:
    return Veld(naam=naam, label=label, soort=Soort.KEUZE, keuzes=tuple(keuzes), **extra)


def day(naam: str, label: str, **extra: Any) -> Veld:
    return Veld(naam=naam, label=label, soort=Soort.DATUM, **extra)


def yes_no(naam: str, label: str, **extra: Any) -> Veld:
    return Veld(naam=naam, label=label, soort=Soort.JA_NEE, **extra)
