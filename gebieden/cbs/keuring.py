"""What a good row of the CBS table is. Pure, one row at a time; `tabel` passes plain rows by the million and asks about the rest.

Codes stand in the table without prefix, sometimes without their leading zeros: buurt `03920101`, wijk `039201`, gemeente `0392`.
The patterns mean the same to Python and to polars: explicit ASCII classes only.
"""

import re
from dataclasses import dataclass

from gebieden.adres import NUMMER_MAX, NUMMER_MIN

GEEN_POSTCODELETTERS = r" *(?:[sS][aAdDsS]) *$"
POSTCODE = r"^ *[1-9][0-9]{3} *[A-Za-z]{2} *$"
NUMMER = r"^ *\+?[0-9]{1,30} *$"


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of area code: its column, its prefix elsewhere, its length with all zeros, its pattern in the file and in full."""

    kolom: str
    prefix: str
    lengte: int
    patroon: str
    voluit: str


BUURT = Code("buurt", "BU", 8, r"^ *(?:BU|bu)?[0-9]{1,4}[0-9A-Za-z]{4} *$", r"BU[0-9]{4}[0-9A-Z]{4}")
WIJK = Code("wijk", "WK", 6, r"^ *(?:WK|wk)?[0-9]{1,4}[0-9A-Za-z]{2} *$", r"WK[0-9]{4}[0-9A-Z]{2}")
GEMEENTE = Code("gemeente", "GM", 4, r"^ *(?:GM|gm)?[0-9]{1,4} *$", r"GM[0-9]{4}")


@dataclass(frozen=True, slots=True)
class Afkeuring:
    """Why a row is refused: the column, the value as it stands in the file, the reason in Dutch."""

    kolom: str
    waarde: str
    reden: str


@dataclass(frozen=True, slots=True)
class GoedeRij:
    """A row in exact form; `buurt` is 8 characters without prefix."""

    postcode: str
    huisnummer: int
    buurt: str


def clean_code(tekst: str, soort: Code) -> str:
    """The code without prefix and with its leading zeros, of a text that fits its pattern."""
    return tekst.strip(" ").upper().removeprefix(soort.prefix).rjust(soort.lengte, "0")


def judge_row(postcode: str, huisnummer: str, buurt: str, wijk: str | None, gemeente: str | None) -> GoedeRij | Afkeuring:
    """The row in exact form, or the first thing that is wrong with it. None: the table has no such column."""
    fout = _judge_address(postcode, huisnummer) or _judge_codes(buurt, wijk, gemeente)
    return fout or GoedeRij(postcode.replace(" ", "").upper(), int(huisnummer), clean_code(buurt, BUURT))


def _judge_address(postcode: str, huisnummer: str) -> Afkeuring | None:
    if not re.fullmatch(POSTCODE, postcode):
        return _refused("postcode", postcode, "geen postcode van vier cijfers en twee letters")
    if re.search(GEEN_POSTCODELETTERS, postcode):
        return _refused("postcode", postcode, "de letters SA, SD en SS worden niet uitgegeven")
    if not re.fullmatch(NUMMER, huisnummer) or not NUMMER_MIN <= int(huisnummer) <= NUMMER_MAX:
        return _refused("huisnummer", huisnummer, f"geen huisnummer van {NUMMER_MIN} tot en met {NUMMER_MAX}")
    return None


def _judge_codes(buurt: str, wijk: str | None, gemeente: str | None) -> Afkeuring | None:
    if not re.fullmatch(BUURT.patroon, buurt):
        return _refused("buurt", buurt, "geen buurtcode")
    code = clean_code(buurt, BUURT)
    for soort, tekst in ((WIJK, wijk), (GEMEENTE, gemeente)):
        if tekst is not None and not re.fullmatch(soort.patroon, tekst):
            return _refused(soort.kolom, tekst, f"geen {soort.kolom}code")
        if tekst is not None and not code.startswith(clean_code(tekst, soort)):
            return _refused(soort.kolom, tekst, f"hoort niet bij buurt {code}")
    return None


def _refused(kolom: str, waarde: str, reden: str) -> Afkeuring:
    return Afkeuring(kolom, waarde, reden if waarde.strip() else f"{kolom} ontbreekt")
