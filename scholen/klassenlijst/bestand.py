"""Read an uploaded file as a table of text: csv in any Dutch notation, or xlsx. Bounded in size, rows and time."""

import codecs
import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

import openpyxl

from scholen.klassenlijst.kolommen import count_recognised

BYTES_MAX = 5 * 1024 * 1024
RIJEN_MAX = 10_000
KOLOMMEN_MAX = 80
#: Longer text than this in one cell is cut: no field is this long, so the row is refused for it anyway.
CEL_MAX = 300
UITGEPAKT_MAX = 60 * 1024 * 1024
DELEN_MAX = 400
#: In a sheet rows may be far apart: so far we look.
REGEL_MAX = 100_000
KOP_ZOEKEN = 10
_BESTURING = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_OUD_EXCEL = b"\xd0\xcf\x11\xe0"


class ListError(Exception):
    """This file cannot be read as a class list. The message is Dutch, for the person who uploaded it, without its content."""


@dataclass(frozen=True, slots=True)
class Tabel:
    """`koppen` are the names of the columns; each row has its number as a spreadsheet shows it, and as many cells as there are
    columns."""

    soort: str
    koppen: list[str]
    rijen: list[tuple[int, list[str]]]


def read_table(data: bytes) -> Tabel:
    if not data.strip():
        raise ListError("Dit bestand is leeg.")
    if len(data) > BYTES_MAX:
        raise ListError("Dit bestand is groter dan 5 MB. Splits de lijst, of haal kolommen weg die niet nodig zijn.")
    if data.startswith(_OUD_EXCEL):
        raise ListError(
            "Dit is een oud Excel-bestand (.xls), of er zit een wachtwoord op. Sla het in Excel op als .xlsx zonder wachtwoord."
        )
    if data.startswith(b"PK"):
        return _table("xlsx", _xlsx(data))
    return _table("csv", _csv(data))


def _table(soort: str, gelezen: Iterable[tuple[int, list[str]]]) -> Tabel:
    """The first row that names columns, and every row after it that holds anything."""
    rijen: list[tuple[int, list[str]]] = []
    for nummer, cellen in gelezen:
        if any(cellen):
            rijen.append((nummer, cellen))
        if len(rijen) > RIJEN_MAX + KOP_ZOEKEN:
            raise ListError(f"Deze lijst heeft meer dan {RIJEN_MAX:,} rijen. Splits de lijst.".replace(",", "."))
    if not rijen:
        raise ListError("Dit bestand is leeg.")
    kop = max(range(min(KOP_ZOEKEN, len(rijen))), key=lambda plek: (count_recognised(rijen[plek][1]), -plek))
    koppen = rijen[kop][1]
    rest = rijen[kop + 1 :]
    if not rest:
        raise ListError("Deze lijst heeft geen leerlingen: er staat niets onder de namen van de kolommen.")
    if len(rest) > RIJEN_MAX:
        raise ListError(f"Deze lijst heeft meer dan {RIJEN_MAX:,} rijen. Splits de lijst.".replace(",", "."))
    breed = max(len(koppen), *(len(cellen) for _, cellen in rest))
    if breed > KOLOMMEN_MAX:
        raise ListError(f"Deze lijst heeft meer dan {KOLOMMEN_MAX} kolommen. Haal kolommen weg die niet nodig zijn.")
    koppen = [*koppen, *[""] * (breed - len(koppen))]
    return Tabel(soort, koppen, [(nummer, [*cellen, *[""] * (breed - len(cellen))]) for nummer, cellen in rest])


def _clean(tekst: str) -> str:
    return " ".join(_BESTURING.sub("", tekst).split())[:CEL_MAX]


def _trim(cellen: list[str]) -> list[str]:
    """Without the empty cells at the end."""
    einde = len(cellen)
    while einde and not cellen[einde - 1]:
        einde -= 1
    return cellen[:einde]


# --- csv -------------------------------------------------------------------------------------------------------------


def _csv(data: bytes) -> Iterator[tuple[int, list[str]]]:
    tekst = _decode(data).replace("\r\n", "\n").replace("\r", "\n")
    if len(_BESTURING.findall(tekst)) > len(tekst) // 100:
        raise ListError("Dit is geen csv- of Excel-bestand. Sla de lijst op als .csv of .xlsx.")
    tekst = tekst.replace("\x00", "")
    scheiding, eerste = "", 1
    if aangegeven := re.match(r"sep=(.)\n", tekst, re.IGNORECASE):
        scheiding, tekst, eerste = aangegeven[1], tekst[aangegeven.end() :], 2
    begin = tekst.lstrip("\n").split("\n", KOP_ZOEKEN)[:KOP_ZOEKEN]
    scheiding = scheiding or max(";,\t|", key=lambda teken: max(regel.count(teken) for regel in begin))
    try:
        rijen = list(csv.reader(io.StringIO(tekst, newline=""), delimiter=scheiding))
        if any("\n" in cel and cel.count(scheiding) > 2 for rij in rijen for cel in rij):
            # A quote that was never closed swallows the rows after it: then quotes mean nothing in this file.
            rijen = list(csv.reader(io.StringIO(tekst, newline=""), delimiter=scheiding, quoting=csv.QUOTE_NONE))
    except csv.Error:
        raise ListError("We kunnen deze csv niet lezen. Sla de lijst opnieuw op als .csv of als .xlsx.") from None
    for nummer, rij in enumerate(rijen, eerste):
        yield nummer, _trim([_clean(cel) for cel in rij])


def _decode(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


# --- xlsx ------------------------------------------------------------------------------------------------------------


def _xlsx(data: bytes) -> Iterator[tuple[int, list[str]]]:
    onleesbaar = "We kunnen dit Excel-bestand niet lezen. Sla de lijst opnieuw op als .xlsx, of als .csv."
    try:
        _refuse_bomb(data)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and extensions that say nothing about cells
            boek = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            try:
                yield from _first_sheet(boek)
            finally:
                boek.close()
    except ListError:
        raise
    except Exception:  # noqa: BLE001  (whatever a damaged or hostile file makes of the reader: it is not a list)
        raise ListError(onleesbaar) from None


def _refuse_bomb(data: bytes) -> None:
    """A small file that unpacks into a very large one, or that defines entities, is no class list. zipfile never unpacks more
    than the sizes that are checked here."""
    with zipfile.ZipFile(io.BytesIO(data)) as archief:
        delen = archief.infolist()
        if len(delen) > DELEN_MAX or sum(deel.file_size for deel in delen) > UITGEPAKT_MAX:
            raise ListError("Dit Excel-bestand is uitgepakt te groot. Sla alleen de klassenlijst op, zonder andere bladen.")
        if not any(deel.filename == "xl/workbook.xml" for deel in delen):
            raise ListError("Dit is geen Excel-bestand met een lijst (.xlsx). Sla de lijst op als .xlsx of .csv.")
        for deel in delen:
            begin = archief.read(deel)[:65_536] if deel.filename.endswith((".xml", ".rels")) else b""
            if b"<!DOCTYPE" in begin or b"<!ENTITY" in begin:
                raise ListError("Dit Excel-bestand heeft een vorm die we niet lezen. Sla de lijst opnieuw op als .xlsx.")


def _first_sheet(boek: openpyxl.Workbook) -> Iterator[tuple[int, list[str]]]:
    """The rows of the first sheet that holds anything."""
    for blad in boek.worksheets:
        if blad.sheet_state != "visible":
            continue
        blad.reset_dimensions()
        gevuld = False
        rijen = blad.iter_rows(max_row=REGEL_MAX, max_col=KOLOMMEN_MAX + 1, values_only=True)
        for nummer, rij in enumerate(rijen, 1):
            cellen = _trim([_cell(waarde) for waarde in rij])
            gevuld = gevuld or bool(cellen)
            yield nummer, cellen
        if gevuld:
            return


def _cell(waarde: object) -> str:
    """A cell as text: a date as 2011-05-17, a whole number without a decimal point."""
    if waarde is None or isinstance(waarde, time):
        return ""
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, datetime):
        waarde = waarde.date()
    if isinstance(waarde, float) and waarde.is_integer():
        waarde = int(waarde)
    return waarde.isoformat() if isinstance(waarde, date) else _clean(str(waarde))
