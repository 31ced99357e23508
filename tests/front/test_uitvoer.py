"""What is taken away is what was shown: the files are opened again and read."""

import csv
from datetime import date
from io import BytesIO, StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from portal.uitvoer import VERBORGEN, Tabel, csv_response, xlsx_response

TABEL = Tabel(
    "Hulp op scholen: hoeveel?",
    ("School", "Leerlingen", "Deel", "Sinds"),
    (("Lyceum", 1250, 2.5, date(2026, 8, 1)), ("=cmd|' /C calc'!A0", VERBORGEN, None, None)),
    periode="2025-2026",
    telt="Leerlingen met hulp.",
    opmerkingen=("– betekent: minder dan 10.",),
)


def rows_of_csv(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_the_csv_begins_with_its_heads_and_ends_with_what_it_is_about() -> None:
    response = csv_response(TABEL)
    assert rows_of_csv(response.content) == [
        ["School", "Leerlingen", "Deel", "Sinds"],
        ["Lyceum", "1250", "2,5", "01-08-2026"],
        ["'=cmd|' /C calc'!A0", "–", "", ""],
        [],
        ["Titel", "Hulp op scholen: hoeveel?"],
        ["Periode", "2025-2026"],
        ["Telt", "Leerlingen met hulp."],
        ["Let op", "– betekent: minder dan 10."],
    ]
    assert response["Content-Disposition"] == 'attachment; filename="hulp-op-scholen-hoeveel-2025-2026.csv"'
    assert response["Cache-Control"] == "no-store"


def test_the_sheet_holds_real_numbers_under_a_frozen_head() -> None:
    response = xlsx_response(TABEL, naam="Hulp op scholen")
    sheet = load_workbook(BytesIO(response.content)).active
    assert sheet is not None
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert [row[0] for row in rows[:3]] == ["Hulp op scholen: hoeveel?", "Periode: 2025-2026", "Telt: Leerlingen met hulp."]
    assert rows[4] == ["School", "Leerlingen", "Deel", "Sinds"]
    assert rows[5][:3] == ["Lyceum", 1250, 2.5]
    assert rows[6] == ["'=cmd|' /C calc'!A0", "–", None, None]
    assert rows[8][0] == "– betekent: minder dan 10."
    assert sheet.freeze_panes == "B6"
    assert sheet.title == "Hulp op scholen  hoeveel"
    assert response["Content-Disposition"] == 'attachment; filename="hulp-op-scholen-2025-2026.xlsx"'


def test_more_tables_are_more_sheets_with_names_of_their_own() -> None:
    book = load_workbook(BytesIO(xlsx_response(TABEL, TABEL).content))
    assert book.sheetnames == ["Hulp op scholen  hoeveel", "Hulp op scholen  hoeveel 2"]
    assert len(rows_of_csv(csv_response(TABEL, TABEL).content)) == 17


def test_a_row_fits_its_heads() -> None:
    with pytest.raises(ValueError, match="2 cellen"):
        Tabel("x", ("a", "b"), (("1",),))


@given(st.text(max_size=20))
def test_no_text_becomes_a_formula(tekst: str) -> None:
    """Whatever somebody typed as a name: no cell begins to calculate, and no file breaks."""
    tabel = Tabel("Titel", ("kop", tekst), ((tekst, 1),), opmerkingen=(tekst,))
    for row in rows_of_csv(csv_response(tabel).content):
        for cell in row:
            assert not cell.startswith(("=", "+", "@", "\t", "\r"))
            assert not cell.startswith("-") or cell == "-"
    sheet = load_workbook(BytesIO(xlsx_response(tabel).content)).active
    assert sheet is not None
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
