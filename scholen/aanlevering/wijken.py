"""What is known of each wijk in a year: from rows to one statement per wijk and year. Pure."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from scholen.aanlevering.bestand import Blad, Fouten, Onleesbaar, Regel, read_count, read_percent
from scholen.models.jeugdhulp import EERSTE_JAAR, LAATSTE_JAAR

KOLOMMEN: dict[str, tuple[str, ...]] = {
    "wijkcode": ("wijk", "wk_code", "wijk code"),
    "naam": ("wijknaam", "naam wijk", "wk_naam"),
    "jaar": (),
    "inwoners_0_17": ("inwoners 0-17", "inwoners 0 tot 18 jaar", "jeugd 0-17"),
    "inwoners_18_22": ("inwoners 18-22", "inwoners 18 tot 23 jaar", "jeugd 18-22"),
    "jeugdhulp": ("jongeren met jeugdhulp", "jeugdhulpgebruik"),
    "ondersteuning": ("extra ondersteuning", "leerlingen met ondersteuning"),
    "groei": ("krimp/groei", "groei of krimp", "krimp", "groeipercentage"),
    "bron": (),
}
VERPLICHT = ("wijkcode", "jaar")
GETALLEN = ("inwoners_0_17", "inwoners_18_22", "jeugdhulp", "ondersteuning")
_CODE = re.compile(r"WK[0-9A-Z]{6}")


@dataclass(frozen=True, slots=True)
class Opgave:
    gemeente: str
    wijkcode: str
    jaar: int
    naam: str
    inwoners_0_17: int | None
    inwoners_18_22: int | None
    jeugdhulp: int | None
    ondersteuning: int | None
    groei: Decimal | None
    bron: str


def read_wijken(blad: Blad, *, gemeenten: Mapping[str, bool], wijken: Mapping[str, str]) -> tuple[list[Opgave], Fouten]:
    """`gemeenten`: may whoever delivers speak of it? `wijken`: the known ones with their names; none known: all will do."""
    fouten = Fouten()
    found: dict[tuple[str, int], Opgave] = {}
    rows: dict[tuple[str, int], int] = {}
    for regel in blad.regels:
        code = _cell(regel, "wijkcode", lambda tekst: _code(tekst, gemeenten, wijken), fouten)
        jaar = _cell(regel, "jaar", _year, fouten)
        counts = {veld: _cell(regel, veld, read_count, fouten) for veld in GETALLEN}
        groei = _cell(regel, "groei", read_percent, fouten)
        if code is None or jaar is None:
            continue
        if all(value is None for value in counts.values()):
            fouten.add(regel, GETALLEN[0], "In deze rij staat geen enkel getal.")
            continue
        earlier = rows.setdefault((code, jaar), regel.nummer)
        if earlier != regel.nummer:
            fouten.add(regel, "wijkcode", f"Deze wijk staat voor dit jaar ook op rij {earlier}.")
            continue
        found[code, jaar] = Opgave(
            gemeente=_gemeente(code),
            wijkcode=code,
            jaar=jaar,
            naam=(regel["naam"] or wijken.get(code, ""))[:120],
            **counts,
            groei=groei,
            bron=regel["bron"][:200],
        )
    return [found[key] for key in sorted(found)], fouten


def _cell(regel: Regel, veld: str, read: Callable[[str], Any], fouten: Fouten) -> Any:
    try:
        return read(regel[veld])
    except Onleesbaar as problem:
        fouten.add(regel, veld, str(problem))
        return None


def _gemeente(wijkcode: str) -> str:
    return f"GM{wijkcode[2:6]}"


def _code(tekst: str, gemeenten: Mapping[str, bool], wijken: Mapping[str, str]) -> str:
    plain = re.sub(r"\s", "", tekst).upper()
    code = plain if plain.startswith("WK") else f"WK{plain}"
    if not _CODE.fullmatch(code):
        raise Onleesbaar("Schrijf de wijk als code van het CBS, zoals WK039206.")
    if _gemeente(code) not in gemeenten:
        raise Onleesbaar("De gemeente van deze wijk kennen wij niet.")
    if not gemeenten[_gemeente(code)]:
        raise Onleesbaar("Deze wijk ligt niet in uw regio.")
    if wijken and code not in wijken:
        raise Onleesbaar("Deze wijk staat in geen enkele editie van het adresregister.")
    return code


def _year(tekst: str) -> int:
    if not (tekst.isascii() and tekst.isdigit() and len(tekst) == 4 and EERSTE_JAAR <= int(tekst) <= LAATSTE_JAAR):
        raise Onleesbaar("Schrijf een jaar als 2025.")
    return int(tekst)
