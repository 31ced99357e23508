"""Class lists for tests: as csv and as xlsx, with pupils that look invented."""

import io
from collections.abc import Sequence
from typing import Any

import openpyxl

KOP = ["Leerlingnummer", "Voornaam", "Tussenvoegsel", "Achternaam", "Geboortedatum", "Postcode", "Huisnummer", "Klas"]
PIET = ["1001", "Piet", "van der", "Voorbeeld", "17-05-2011", "2037 RB", "12-A", "3B"]
NOOR = ["1002", "Noor", "", "Verzonnen", "2012-03-01", "2037rb", "14", "2A"]


def as_csv(
    *rijen: Sequence[Any], kop: Sequence[str] = KOP, scheiding: str = ";", codering: str = "utf-8", einde: str = "\r\n"
) -> bytes:
    return (einde.join(scheiding.join(str(cel) for cel in rij) for rij in (kop, *rijen)) + einde).encode(codering)


def as_xlsx(*rijen: Sequence[Any], kop: Sequence[str] = KOP) -> bytes:
    boek = openpyxl.Workbook()
    blad = boek.active
    assert blad is not None
    for rij in (kop, *rijen):
        blad.append(list(rij))
    uit = io.BytesIO()
    boek.save(uit)
    return uit.getvalue()


def many(aantal: int) -> list[list[str]]:
    return [
        [str(20_000 + n), f"Kind{n}", "", f"Testnaam{n}", "17-05-2011", "2037RB", str(1 + n % 40), "1A"] for n in range(aantal)
    ]
