"""Read and write the CSV of bulk routing. Forgiving in form: BOM, UTF-16 or Windows-1252, ';' ',' or tab, ragged and blank lines.

Lines without quotes are split at once; a file with quotes is read record by record. A stray quote costs one field, never the
rows after it.
"""

import codecs
import csv
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

KOLOMMEN = ("id", "postcode", "huisnummer", "toevoeging", "sector", "school", "geboortedatum")
#: A quoted field may hold line breaks; one that would hold more than these is a stray quote.
REGELS_PER_RECORD = 10


class CsvError(Exception):
    """The file is not a CSV with a line of column names; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Invoerbestand:
    """`frame` has the columns of KOLOMMEN as typed ('' where a column or a field is missing) and `te_lang`: more fields than the
    header, so that no field can be trusted."""

    frame: pl.DataFrame
    scheiding: str


def read_csv(path: Path) -> Invoerbestand:
    return parse_csv(path.read_bytes())


def parse_csv(data: bytes) -> Invoerbestand:
    text = _decode(data).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise CsvError("Het bestand is leeg. De eerste regel moet de namen van de kolommen bevatten.")
    kop, _, rest = text.lstrip("\n").partition("\n")
    scheiding = max(",;\t", key=kop.count)
    namen = [naam.strip().lower() for naam in next(csv.reader([kop], delimiter=scheiding))]
    if not set(namen) & {"postcode", "huisnummer"}:
        raise CsvError("De eerste regel moet de namen van de kolommen bevatten, met in elk geval postcode en huisnummer.")
    velden = _quoted(rest, scheiding, len(namen)) if '"' in rest else _plain(rest, scheiding, len(namen))
    plek = {naam: index for index, naam in reversed(list(enumerate(namen)))}
    frame = velden.select(
        *(
            pl.col(f"field_{plek[naam]}").fill_null("").alias(naam) if naam in plek else pl.lit("").alias(naam)
            for naam in KOLOMMEN
        ),
        te_lang=pl.col(f"field_{len(namen)}").fill_null("").str.strip_chars(scheiding + " ") != "",
    )
    return Invoerbestand(frame, scheiding)


def _decode(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _plain(text: str, scheiding: str, aantal: int) -> pl.DataFrame:
    """Split on the separator: field_0 … field_{aantal - 1}, and all that is left over in field_{aantal}."""
    regels = pl.Series("regel", text.split("\n"), dtype=pl.String)
    regels = regels.filter(regels.str.strip_chars() != "")
    return regels.to_frame().select(pl.col("regel").str.splitn(scheiding, aantal + 1).struct.unnest())


def _quoted(text: str, scheiding: str, aantal: int) -> pl.DataFrame:
    kolommen: list[list[str]] = [[] for _ in range(aantal + 1)]
    for velden in _records(text.split("\n"), scheiding):
        passend = [*velden, *[""] * aantal][:aantal]
        for kolom, veld in zip(kolommen, [*passend, scheiding.join(velden[aantal:])], strict=True):
            kolom.append(veld)
    return pl.DataFrame({f"field_{index}": pl.Series(kolom, dtype=pl.String) for index, kolom in enumerate(kolommen)})


def _records(regels: list[str], scheiding: str) -> Iterator[list[str]]:
    """The fields of each record. A quoted field that does not end soon is a stray quote, and read as it stands."""
    index = 0
    while index < len(regels):
        if not regels[index].strip():
            index += 1
            continue
        for lengte in range(1, REGELS_PER_RECORD + 1):
            velden = _fields("\n".join(regels[index : index + lengte]), scheiding)
            if velden is not None or '"' not in regels[index]:
                break
        else:
            lengte = 1
        yield velden if velden is not None else regels[index].split(scheiding)
        index += lengte


def _fields(record: str, scheiding: str) -> list[str] | None:
    """The fields of one record, None when a quoted field has no end."""
    try:
        records = list(csv.reader(record.splitlines(keepends=True), delimiter=scheiding, strict=True))
    except csv.Error:
        return None
    return records[0] if len(records) == 1 else None


def write_csv(frame: pl.DataFrame, path: Path, scheiding: str) -> None:
    """Write the whole file beside its place and move it there: whoever looks sees the old file or the new one."""
    half = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        blanks_as_null(frame).write_csv(half, separator=scheiding, quote_style="necessary")
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)


def blanks_as_null(frame: pl.DataFrame) -> pl.DataFrame:
    """An empty text would be written as "": null is written as nothing."""
    return frame.select(pl.when(pl.col(naam) != "").then(naam).alias(naam) for naam in frame.columns)
