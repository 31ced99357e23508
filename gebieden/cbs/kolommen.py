"""The header of the CBS table: which delimiter, which column is which, which year. Pure.

Columns are matched by pattern, since names changed over the years: `PC6;Huisnummer;Buurt2017;Wijk2017;Gem2017`,
`PC6;Huisnummer;Buurt2023;Wijk2023;Gemeente2023`, `pc6,huisnummer,…`.
"""

import csv
import re
from dataclasses import dataclass

from gebieden.cbs.fouten import OnleesbaarError

SCHEIDINGEN = (";", ",", "\t", "|")
EERSTE_JAAR, LAATSTE_JAAR = 2016, 2100
_JAAR = r"[_ ]?(?P<jaar>20\d\d)?[_ ]?"
_PATRONEN = {
    "postcode": re.compile(r"(?:pc_?6|postcode_?6?|pc6code)"),
    "huisnummer": re.compile(r"(?:huis_?(?:nummer|nr)|hnr)"),
    "buurt": re.compile(rf"(?:buurt|brt|bu|gwb)_?(?:code)?{_JAAR}(?:code)?"),
    "wijk": re.compile(rf"(?:wijk|wk)_?(?:code)?{_JAAR}(?:code)?"),
    "gemeente": re.compile(rf"(?:gemeente|gem|gm)_?(?:code)?{_JAAR}(?:code)?"),
}
_DATUM_IN_NAAM = re.compile(r"(20\d\d)(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])")
_JAAR_IN_NAAM = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Layout:
    """How the columns of one table are laid out. Positions count from 0; without wijk or gemeente they follow from the buurt."""

    scheiding: str
    breedte: int
    postcode: int
    huisnummer: int
    buurt: int
    wijk: int | None
    gemeente: int | None
    jaar: int | None


def split_line(regel: str, scheiding: str) -> list[str]:
    """The fields of one line, quotes taken off; raises csv.Error for a quote that is never closed."""
    if '"' not in regel:
        return regel.split(scheiding)
    return next(csv.reader([regel], delimiter=scheiding, strict=True), [])


def read_header(regel: str) -> Layout | None:
    """The layout a header line describes, or None when it is not a header of this table."""
    for scheiding in SCHEIDINGEN:
        try:
            velden = [veld.strip().lower() for veld in split_line(regel, scheiding)]
        except csv.Error:
            continue
        layout = _match_columns(velden, scheiding)
        if layout:
            return layout
    return None


def _match_columns(velden: list[str], scheiding: str) -> Layout | None:
    plaats: dict[str, int] = {}
    jaren: set[int] = set()
    for index, veld in enumerate(velden):
        for soort, patroon in _PATRONEN.items():
            match = patroon.fullmatch(veld)
            if match and soort not in plaats:
                plaats[soort] = index
                if match.groupdict().get("jaar"):
                    jaren.add(int(match["jaar"]))
    if not {"postcode", "huisnummer", "buurt"} <= plaats.keys():
        return None
    if len(jaren) > 1:
        raise OnleesbaarError(f"De kop noemt verschillende jaren: {', '.join(map(str, sorted(jaren)))}.")
    return Layout(
        scheiding=scheiding,
        breedte=len(velden),
        postcode=plaats["postcode"],
        huisnummer=plaats["huisnummer"],
        buurt=plaats["buurt"],
        wijk=plaats.get("wijk"),
        gemeente=plaats.get("gemeente"),
        jaar=jaren.pop() if jaren else None,
    )


def year_in_name(naam: str) -> int | None:
    """The year a file name gives: 'pc6hnr20250801_gwb.csv' and 'buurt_2025.csv' say 2025; two different years say nothing."""
    jaren = set(_DATUM_IN_NAAM.findall(naam)) or set(_JAAR_IN_NAAM.findall(naam))
    return int(jaren.pop()) if len(jaren) == 1 else None


def settle_year(*, gevraagd: int | None, kop: int | None, naam: int | None) -> int:
    """The year of the editie, from --editie, the header and the file name; they may not contradict each other."""
    if gevraagd is not None and not EERSTE_JAAR <= gevraagd <= LAATSTE_JAAR:
        raise OnleesbaarError(f"--editie is een jaar van {EERSTE_JAAR} tot en met {LAATSTE_JAAR}.")
    gevonden = kop or naam
    if gevraagd is not None and gevonden is not None and gevraagd != gevonden:
        waar = "de kop" if kop else "de bestandsnaam"
        raise OnleesbaarError(f"--editie zegt {gevraagd}, maar volgens {waar} is dit de tabel van {gevonden}.")
    if gevraagd is None and kop and naam and kop != naam:
        raise OnleesbaarError(f"De kop zegt {kop}, maar de bestandsnaam {naam}. Geef met --editie aan welk jaar klopt.")
    jaar = gevraagd or gevonden
    if jaar is None:
        raise OnleesbaarError(
            "Het jaar staat niet in de kop en niet in de bestandsnaam. Geef het met --editie, zoals --editie 2025."
        )
    return jaar
