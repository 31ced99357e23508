"""Read the name files that come with the table: which areas exist, and what they are called.

Every year they look different: `;`, comma or tab, UTF-8, cp1252 or latin-1, a prefix in the code or none. So the column of codes
is recognised by its content, and the kind of area by prefix, header or file name.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from gebieden.cbs.blokken import check_encoding, decode
from gebieden.cbs.bron import Stuk
from gebieden.cbs.fouten import OnleesbaarError
from gebieden.cbs.keuring import BUURT, GEMEENTE, WIJK, Code, clean_code
from gebieden.cbs.kolommen import SCHEIDINGEN

NAAM_MAX = 120
SOORTEN = {"BU": BUURT, "WK": WIJK, "GM": GEMEENTE}
_CODE = re.compile(r"(?P<prefix>GM|WK|BU)?(?P<kaal>[0-9]{1,4}[0-9A-Z]{0,4})")
_KOPWOORD = re.compile("naam|name|label|code|omschr")
_KOPCODE = re.compile("code|^(?:gm|wk|bu|gem|wijk|buurt)[a-z]*_?[0-9]*$")
#: A file of names may hold this share of lines that are none, such as a footer.
MAG_ONLEESBAAR = 0.05
_SOORT_IN_NAAM = (
    (BUURT, re.compile(r"(?:^|[^a-z])(?:buurt|brt|bu(?![a-z]))")),
    (WIJK, re.compile(r"(?:^|[^a-z])(?:wijk|wk)")),
    (GEMEENTE, re.compile(r"(?:^|[^a-z])(?:gem|gm)")),
)
Rij = Sequence[str]


@dataclass(slots=True)
class Namen:
    """Names by code with prefix: {'GM0392': 'Haarlem'}. An empty dict: there was no file of that kind."""

    gemeenten: dict[str, str] = field(default_factory=dict)
    wijken: dict[str, str] = field(default_factory=dict)
    buurten: dict[str, str] = field(default_factory=dict)

    def of_kind(self, soort: Code) -> dict[str, str]:
        return {"GM": self.gemeenten, "WK": self.wijken, "BU": self.buurten}[soort.prefix]

    @property
    def missing_kinds(self) -> list[str]:
        return [soort.kolom for soort in (GEMEENTE, WIJK, BUURT) if not self.of_kind(soort)]


def read_names(stukken: Iterable[Stuk]) -> Namen:
    """All names in these files. A file that holds no names is passed over, unless its own name says that it should."""
    namen = Namen()
    for stuk in stukken:
        try:
            gevonden = parse_names(stuk.read(), stuk.naam)
        except OnleesbaarError:
            if stuk.looks_like_names:
                raise
            continue
        for soort, code, naam in gevonden:
            namen.of_kind(soort).setdefault(code, naam[:NAAM_MAX])
    return namen


def parse_names(inhoud: bytes, bestand: str) -> list[tuple[Code, str, str]]:
    """Kind, code with prefix and name of every area in one file; empty when it holds none."""
    tekst = decode(check_encoding(inhoud, bestand)).replace("\x00", "")
    regels = [regel for regel in re.split(r"\r\n|\r|\n", tekst) if regel.strip()]
    for scheiding in SCHEIDINGEN:
        try:
            rijen = list(csv.reader(regels, delimiter=scheiding))
        except csv.Error:
            continue
        breed = [rij for rij in rijen if len(rij) > 1]
        if not breed or len(breed) < len(rijen) * (1 - MAG_ONLEESBAAR):
            continue
        has_header = any(_KOPWOORD.search(veld.lower()) for veld in breed[0]) or not any(map(_match, breed[0]))
        kop, data = (breed[0], breed[1:]) if has_header else ([], breed)
        kolom = _code_column(kop, data)
        if kolom is not None:
            return list(_rows(kop, data, kolom, scheiding, bestand))
    return []


def _match(veld: str) -> re.Match[str] | None:
    return _CODE.fullmatch(veld.strip().upper())


def _code_column(kop: Rij, data: Sequence[Rij]) -> int | None:
    """The column of codes. More than one may look like it (the gemeente of a wijk, a number of inhabitants): prefix and header
    tell most, and then the one with the most different and the longest codes, since a file of buurten names each buurt once.
    """
    beste: tuple[bool, bool, int, int, int] | None = None
    for index in range(min(map(len, data), default=0)):
        codes = [match for match in (_match(rij[index]) for rij in data) if match]
        if len(codes) < len(data) * (1 - MAG_ONLEESBAAR):
            continue
        prefix = all(match["prefix"] for match in codes)
        genoemd = bool(kop[index:] and (_KOPCODE.search(kop[index].strip().lower())))
        score = (prefix, genoemd, len({match[0] for match in codes}), max(len(match["kaal"]) for match in codes), -index)
        beste = max(beste, score) if beste else score
    return -beste[-1] if beste else None


def _rows(kop: Rij, data: Sequence[Rij], kolom: int, scheiding: str, bestand: str) -> Iterator[tuple[Code, str, str]]:
    naam_kolom = _name_column(kop, data, kolom)
    soort_zonder_prefix = _kind(kop, kolom, bestand, data)
    for rij in data:
        match = _match(rij[kolom])
        soort = SOORTEN[match["prefix"]] if match and match["prefix"] else soort_zonder_prefix
        if match is None or soort is None:
            continue
        code = soort.prefix + clean_code(match["kaal"], soort)
        # A name with an unquoted delimiter in it: in the last column the rest of the row belongs to it.
        is_cut = bool(kop) and len(rij) > len(kop) and naam_kolom == len(kop) - 1
        naam = (scheiding.join(rij[naam_kolom:]) if is_cut else rij[naam_kolom]).strip()
        if naam and re.fullmatch(soort.voluit, code):
            yield soort, code, naam


def _name_column(kop: Rij, data: Sequence[Rij], kolom: int) -> int:
    """The column called 'naam' that stands nearest behind the code; or else the first column that is no code."""
    breedte = min(map(len, data))
    genoemd = [i for i, veld in enumerate(kop[:breedte]) if i != kolom and re.search("naam|name|label|omschr", veld.lower())]
    ongenoemd = [i for i in range(breedte) if i != kolom and not all(_match(rij[i]) for rij in data)]
    keuze = genoemd or ongenoemd or [i for i in range(breedte) if i != kolom]
    return min(keuze, key=lambda i: (i < kolom, i))


def _kind(kop: Rij, kolom: int, bestand: str, data: Sequence[Rij]) -> Code | None:
    """The kind of area of codes without prefix: by the header, the file name, or the length of the longest code."""
    for tekst in ([kop[kolom]] if kop else []) + [PurePosixPath(bestand).name]:
        for soort, patroon in _SOORT_IN_NAAM:
            if patroon.search(tekst.lower()):
                return soort
    langste = max(len(rij[kolom].strip()) for rij in data)
    return next((soort for soort in (GEMEENTE, WIJK, BUURT) if langste <= soort.lengte), None)
