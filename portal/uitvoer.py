"""A table to take away: as csv and as Excel, exactly what the screen shows. What is hidden there is a dash here too.

The csv begins with its heads, for programs; what it is about stands below the rows. The Excel sheet begins with what it is about,
for people, and holds real numbers. In both, text that a spreadsheet would take for a formula gets a quote in front.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Final

from django.http import HttpResponse
from django.utils.text import slugify
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

#: What stands where a figure is too small to show.
STREEPJE = "–"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: With one of these a spreadsheet begins to calculate.
_FORMULE = ("=", "+", "-", "@", "\t", "\r")
_BLAD = re.compile(r"[\[\]:*?/\\']")
_BREEDTE = (9, 60)


class Verborgen:
    """A figure that is there, but not shown."""

    def __str__(self) -> str:
        return STREEPJE

    def __repr__(self) -> str:
        return "VERBORGEN"


VERBORGEN: Final = Verborgen()
#: None: there is no figure, and the cell is empty.
Cel = str | int | float | Decimal | date | Verborgen | None


@dataclass(frozen=True, slots=True)
class Tabel:
    """A table as the screen shows it. `telt` says what is counted; `opmerkingen` what one must know to read it."""

    titel: str
    koppen: tuple[str, ...]
    rijen: tuple[tuple[Cel, ...], ...]
    periode: str = ""
    telt: str = ""
    opmerkingen: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        if any(len(rij) != len(self.koppen) for rij in self.rijen):
            raise ValueError(f"{self.titel}: elke rij heeft {len(self.koppen)} cellen, net als de kop.")

    @property
    def over(self) -> list[tuple[str, str]]:
        """What stands beside the figures: title, period, what is counted, notes."""
        known = [("Titel", self.titel), ("Periode", self.periode), ("Telt", self.telt)]
        return [(naam, tekst) for naam, tekst in known if tekst] + [("Let op", tekst) for tekst in self.opmerkingen]

    @property
    def heeft_verborgen(self) -> bool:
        return any(isinstance(cel, Verborgen) for rij in self.rijen for cel in rij)


def csv_response(*tabellen: Tabel, naam: str = "") -> HttpResponse:
    """For Dutch Excel and for programs: `;`, a decimal comma, UTF-8 with its mark. More tables stand below each other."""
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for n, tabel in enumerate(tabellen):
        if n:
            writer.writerow([])
        writer.writerow([_safe(kop) for kop in tabel.koppen])
        writer.writerows([_csv_cell(cel) for cel in rij] for rij in tabel.rijen)
        writer.writerow([])
        writer.writerows([_safe(woord), _safe(tekst)] for woord, tekst in tabel.over)
    return _download(out.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8", _filename(tabellen, naam, "csv"))


def xlsx_response(*tabellen: Tabel, naam: str = "") -> HttpResponse:
    """One sheet per table, with its heads frozen."""
    book = Workbook()
    names: set[str] = set()
    for n, tabel in enumerate(tabellen):
        sheet = book.active if n == 0 else book.create_sheet()
        if not isinstance(sheet, Worksheet):
            raise TypeError("openpyxl begint een boek met een gewoon blad.")
        sheet.title = _sheet_name(tabel.titel, names)
        _fill(sheet, tabel)
    out = BytesIO()
    book.save(out)
    return _download(out.getvalue(), XLSX, _filename(tabellen, naam, "xlsx"))


def _fill(sheet: Worksheet, tabel: Tabel) -> None:
    about = [(woord, tekst) for woord, tekst in tabel.over if woord != "Let op"]
    for woord, tekst in about:
        sheet.append([_safe(tekst if woord == "Titel" else f"{woord}: {tekst}")])
    top = len(about) + 2 if about else 1
    sheet.cell(1, 1).font = Font(bold=True, size=14)
    for column, kop in enumerate(tabel.koppen, 1):
        head = sheet.cell(top, column)
        head.value, head.font, head.alignment = _safe(kop), Font(bold=True), Alignment(wrap_text=True, vertical="top")
    for row, rij in enumerate(tabel.rijen, top + 1):
        for column, waarde in enumerate(rij, 1):
            _write_cell(sheet, row, column, waarde)
    for extra, tekst in enumerate(tabel.opmerkingen, top + len(tabel.rijen) + 2):
        sheet.cell(extra, 1, _safe(tekst))
    sheet.freeze_panes = sheet.cell(top + 1, 2).coordinate
    sheet.print_title_rows = f"{top}:{top}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for column, width in enumerate(_widths(tabel), 1):
        sheet.column_dimensions[get_column_letter(column)].width = width


def _write_cell(sheet: Worksheet, row: int, column: int, cel: Cel) -> None:
    cell = sheet.cell(row, column)
    if isinstance(cel, Verborgen):
        cell.value = STREEPJE
        cell.alignment = Alignment(horizontal="right")
    elif isinstance(cel, str):
        cell.value = _safe(cel)
    else:
        cell.value = cel
        if isinstance(cel, int):
            cell.number_format = "#,##0"
        elif isinstance(cel, date):
            cell.number_format = "dd-mm-yyyy"


def _widths(tabel: Tabel) -> Iterator[float]:
    for n, kop in enumerate(tabel.koppen):
        longest = max([len(kop) if n == 0 else 12, *(len(_csv_cell(rij[n])) for rij in tabel.rijen)])
        yield min(max(longest + 2, _BREEDTE[0]), _BREEDTE[1])


def _safe(tekst: str) -> str:
    """No formula, and no characters that a file cannot hold. A lone dash is no formula."""
    plain = ILLEGAL_CHARACTERS_RE.sub("", tekst)
    return f"'{plain}" if plain.startswith(_FORMULE) and plain != "-" else plain


def _csv_cell(cel: Cel) -> str:
    match cel:
        case None:
            return ""
        case str():
            return _safe(cel)
        case Verborgen():
            return STREEPJE
        case date():
            return f"{cel:%d-%m-%Y}"
        case float():
            return f"{cel:.12g}".replace(".", ",")
        case _:
            return str(cel).replace(".", ",")


def _sheet_name(titel: str, taken: set[str]) -> str:
    """At most 31 characters, without the ones Excel refuses, and once only."""
    base = _BLAD.sub(" ", titel).strip()[:31] or "Cijfers"
    name, n = base, 2
    while name.lower() in taken:
        name, n = f"{base[:28]} {n}", n + 1
    taken.add(name.lower())
    return name


def _filename(tabellen: tuple[Tabel, ...], naam: str, ext: str) -> str:
    """What it is and over which time: 'hulp-op-scholen-2025-2026.csv'."""
    first = tabellen[0]
    return f"{slugify(f'{naam or first.titel} {first.periode}')[:90]}.{ext}"


def _download(content: bytes, soort: str, naam: str) -> HttpResponse:
    response = HttpResponse(content, content_type=soort)
    response["Content-Disposition"] = f'attachment; filename="{naam}"'
    response["Cache-Control"] = "no-store"
    return response
