"""Youth help per school and year: from rows to one statement per location and school year. Pure."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from scholen.aanlevering.bestand import Blad, Fouten, Onleesbaar, Regel, fold, read_count, read_gemeente
from scholen.models.jeugdhulp import EERSTE_JAAR, LAATSTE_JAAR, Hulpvorm

#: The columns, and what else they may be called.
KOLOMMEN: dict[str, tuple[str, ...]] = {
    "schooljaar": ("jaar",),
    "vestiging": ("brin", "brin vestiging", "vestigingscode", "brin6", "school"),
    "gemeente": ("woongemeente", "gemeentecode", "woongemeente code"),
    "hulpvorm": ("vorm", "soort hulp", "code hulpvorm"),
    "aantal": ("aantal leerlingen", "aantal leerlingen met hulp"),
    "leerlingen": ("leerlingen op school", "leerlingaantal", "totaal leerlingen"),
    "bron": (),
}
VERPLICHT = ("schooljaar", "vestiging", "gemeente", "hulpvorm", "aantal")
BRON_MAX = 200
T = TypeVar("T")
_JAAR = re.compile(r"(\d{4})(?:\s*[-/–]\s*(\d{4}|\d{2}))?")
_VORMEN = {fold(word): vorm for vorm in Hulpvorm for word in (vorm.value, vorm.label)}


@dataclass(frozen=True, slots=True)
class Plek:
    """A location that figures may be about; `eigen` when whoever delivers may speak of it."""

    id: int
    eigen: bool


@dataclass(slots=True)
class Opgave:
    """All of one location in one school year. `cijfers`: gemeente ('' elsewhere or unknown) and kind → pupils."""

    vestiging_id: int
    schooljaar: int
    leerlingen: int | None = None
    bron: str = ""
    cijfers: dict[tuple[str, str], int] = field(default_factory=dict)

    @property
    def inhoud(self) -> tuple[int | None, str, frozenset[tuple[tuple[str, str], int]]]:
        """What makes two statements the same; that nobody had some kind of help need not be said."""
        return self.leerlingen, self.bron, frozenset((key, n) for key, n in self.cijfers.items() if n)


def read_jeugdhulp(blad: Blad, *, plekken: Mapping[str, list[Plek]], gemeenten: Collection[str]) -> tuple[list[Opgave], Fouten]:
    """`plekken`: of a BRIN of six characters its location, of four all locations of that school."""
    fouten = Fouten()
    found: dict[tuple[int, int], Opgave] = {}
    seen: dict[tuple[int, int, str, str], int] = {}
    pupils: dict[tuple[int, int], int] = {}
    for regel in blad.regels:
        jaar = _cell(regel, "schooljaar", read_year, fouten)
        plek = _cell(regel, "vestiging", lambda tekst: _place(tekst, plekken), fouten)
        gemeente = _cell(regel, "gemeente", lambda tekst: _home(tekst, gemeenten), fouten)
        vorm = _cell(regel, "hulpvorm", _kind, fouten)
        aantal = _cell(regel, "aantal", _must, fouten)
        leerlingen = _cell(regel, "leerlingen", read_count, fouten)
        if jaar is None or plek is None or gemeente is None or vorm is None or aantal is None:
            continue
        key = (plek.id, jaar)
        earlier = seen.setdefault((*key, gemeente, vorm), regel.nummer)
        if earlier != regel.nummer:
            fouten.add(regel, "hulpvorm", f"Deze school, gemeente en hulpvorm staan voor dit schooljaar ook op rij {earlier}.")
            continue
        opgave = found.setdefault(key, Opgave(*key))
        opgave.cijfers[gemeente, vorm] = aantal
        opgave.bron = opgave.bron or regel["bron"][:BRON_MAX]
        if leerlingen is None:
            continue
        if opgave.leerlingen is None:
            opgave.leerlingen, pupils[key] = leerlingen, regel.nummer
        elif opgave.leerlingen != leerlingen:
            fouten.add(regel, "leerlingen", f"Op rij {pupils[key]} staat voor deze school en dit schooljaar een ander aantal.")
    return [found[key] for key in sorted(found)], fouten


def _cell(regel: Regel, veld: str, read: Callable[[str], T], fouten: Fouten) -> T | None:
    try:
        return read(regel[veld])
    except Onleesbaar as problem:
        fouten.add(regel, veld, str(problem))
        return None


def read_year(tekst: str) -> int:
    """'2025-2026', '2025/26' and '2025' are the school year that begins in 2025."""
    found = _JAAR.fullmatch(tekst)
    if not found or not EERSTE_JAAR <= int(found[1]) <= LAATSTE_JAAR:
        raise Onleesbaar("Schrijf een schooljaar als 2025-2026.")
    first = int(found[1])
    if found[2] and int(found[2]) % 100 != (first + 1) % 100:
        raise Onleesbaar(f"Na {first} komt {first + 1}: schrijf {first}-{first + 1}.")
    return first


def _place(tekst: str, plekken: Mapping[str, list[Plek]]) -> Plek:
    brin = re.sub(r"\s", "", tekst).upper()
    if not brin:
        raise Onleesbaar("Vul de BRIN van de vestiging in, zoals 12AB00.")
    places = plekken.get(brin, [])
    if not places:
        raise Onleesbaar("Deze BRIN kennen wij niet. Vraag het functioneel beheer om de school toe te voegen.")
    if len(places) > 1:
        raise Onleesbaar("Deze school heeft meer vestigingen: schrijf de BRIN met zes tekens, zoals 12AB00.")
    if not places[0].eigen:
        raise Onleesbaar("Deze school staat niet in uw regio.")
    return places[0]


def _home(tekst: str, gemeenten: Collection[str]) -> str:
    if not tekst or fold(tekst) in {"overig", "elders", "onbekend"}:
        return ""
    code = read_gemeente(tekst)
    if code not in gemeenten:
        raise Onleesbaar("Deze gemeente kennen wij niet. Laat leeg voor elders of onbekend.")
    return code


def _kind(tekst: str) -> str:
    vorm = _VORMEN.get(fold(tekst))
    if vorm is None:
        raise Onleesbaar(f"Kies een van: {', '.join(Hulpvorm.values)}.")
    return vorm.value


def _must(tekst: str) -> int:
    aantal = read_count(tekst)
    if aantal is None:
        raise Onleesbaar("Vul een aantal in; 0 mag ook.")
    return aantal
