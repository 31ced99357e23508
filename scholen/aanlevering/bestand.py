"""Read a csv as rows of named cells, in any Dutch notation, and gather what is wrong with its number and column. Pure."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

BYTES_MAX = 5 * 1024 * 1024
RIJEN_MAX = 100_000
AANTAL_MAX = 1_000_000
_GETAL = re.compile(r"\d{1,3}(?:[. \u00a0]\d{3})+|\d+")
_PROCENT = re.compile(r"([+\-−–]?)\s*(\d{1,3}(?:[.,]\d)?)\s*%?")


class LeesFout(Exception):  # noqa: N818  (the words of the house)
    """This file cannot be read at all. The message is Dutch and says what to do."""


class Onleesbaar(Exception):  # noqa: N818
    """This cell does not fit its column. The message says what does."""


@dataclass(frozen=True, slots=True)
class Fout:
    """What is wrong, where. `rij` as a spreadsheet numbers it; the head is row 1."""

    rij: int
    kolom: str
    reden: str

    def __str__(self) -> str:
        return f"Rij {self.rij}, {self.kolom}: {self.reden}"


@dataclass(frozen=True, slots=True)
class Regel:
    nummer: int
    cellen: Mapping[str, str]

    def __getitem__(self, veld: str) -> str:
        return self.cellen.get(veld, "")


@dataclass(frozen=True, slots=True)
class Blad:
    velden: frozenset[str]
    regels: tuple[Regel, ...]


@dataclass(slots=True)
class Fouten:
    """Everything that is wrong in a file, in the order of its rows."""

    gevonden: list[Fout] = field(default_factory=list)

    def add(self, regel: Regel, kolom: str, reden: str) -> None:
        self.gevonden.append(Fout(regel.nummer, kolom, reden))


def read_csv(data: bytes, namen: Mapping[str, tuple[str, ...]], verplicht: tuple[str, ...]) -> Blad:
    """`namen` says for each field what its column may be called; of `verplicht` each must be there."""
    if not data.strip():
        raise LeesFout("Dit bestand is leeg.")
    if len(data) > BYTES_MAX:
        raise LeesFout("Dit bestand is groter dan 5 MB. Lever het per schooljaar aan.")
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise LeesFout("Dit is een Excel-bestand. Kies in Excel 'Opslaan als' en dan 'CSV'.")
    text = _decode(data)
    head = text.lstrip().split("\n", 1)[0]
    mark = max(";\t,", key=head.count)
    try:
        rows = [(n, row) for n, row in _rows(text, mark) if any(cell.strip() for cell in row)]
    except csv.Error as problem:
        raise LeesFout("Dit is geen csv-bestand dat wij kunnen lezen. Sla het opnieuw op als csv.") from problem
    if not rows:
        raise LeesFout("Dit bestand is leeg.")
    fields = _fields(rows[0][1], namen)
    missing = [veld for veld in verplicht if veld not in fields]
    if missing:
        raise LeesFout(f"In de eerste rij missen deze kolommen: {', '.join(missing)}.")
    if len(rows) == 1:
        raise LeesFout("Onder de kop staan geen rijen.")
    if len(rows) > RIJEN_MAX:
        raise LeesFout(f"Dit bestand heeft meer dan {RIJEN_MAX:,} rijen. Lever het per schooljaar aan.".replace(",", "."))
    regels = []
    for number, row in rows[1:]:
        cells = {veld: row[n].strip() if n < len(row) else "" for n, veld in enumerate(fields) if veld}
        regels.append(Regel(number, cells))
    return Blad(frozenset(veld for veld in fields if veld), tuple(regels))


def _rows(text: str, mark: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with the number of their line: also when a quoted cell holds a line break."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    yield from enumerate(reader, 1)


def _decode(data: bytes) -> str:
    if b"\x00" in data:
        raise LeesFout("Dit is geen csv-bestand dat wij kunnen lezen. Sla het opnieuw op als csv.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _fields(heads: list[str], namen: Mapping[str, tuple[str, ...]]) -> list[str]:
    """For each column its field, '' when we do not know it."""
    known = {fold(name): veld for veld, names in namen.items() for name in (veld, *names)}
    fields = [known.get(fold(head), "") for head in heads]
    twice = {veld for veld in fields if veld and fields.count(veld) > 1}
    if twice:
        raise LeesFout(f"Deze kolommen staan er twee keer in: {', '.join(sorted(twice))}.")
    return fields


def fold(text: str) -> str:
    """Without capitals, accents, spaces and signs: 'Aantal leerlingen' as 'aantalleerlingen'."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]", "", plain.lower())


# --- Cells ------------------------------------------------------------------------------------------------------
def read_count(tekst: str) -> int | None:
    """'1.250' and '1250'; nothing is None."""
    if not tekst:
        return None
    if tekst.startswith("<") or tekst in {"-", "–", ".", "x"}:
        raise Onleesbaar("Lever het echte aantal aan, niet '<10' of een streepje. Dit portaal laat kleine aantallen zelf weg.")
    if not _GETAL.fullmatch(tekst):
        raise Onleesbaar("Dit is geen heel getal van 0 of meer.")
    aantal = int(re.sub(r"\D", "", tekst)) if len(tekst) <= 15 else AANTAL_MAX + 1
    if aantal > AANTAL_MAX:
        raise Onleesbaar("Dit getal is te groot.")
    return aantal


def read_percent(tekst: str) -> Decimal | None:
    """'-4,5%', '+2' and '3.0'; nothing is None."""
    if not tekst:
        return None
    found = _PROCENT.fullmatch(tekst)
    if not found:
        raise Onleesbaar("Schrijf een percentage met hoogstens één cijfer achter de komma, zoals -4,5.")
    value = Decimal(found[2].replace(",", "."))
    return -value if found[1] in {"-", "−", "–"} else value


def read_gemeente(tekst: str) -> str:
    """'GM0392', '0392' and '392' as 'GM0392'."""
    plain = tekst.upper().removeprefix("GM")
    if not (plain.isascii() and plain.isdigit() and 0 < len(plain) <= 4):
        raise Onleesbaar("Schrijf de gemeente als code van het CBS, zoals GM0392. Laat leeg voor elders of onbekend.")
    return f"GM{int(plain):04d}"
