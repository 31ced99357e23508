"""Find the table and its name files: in a zip (subfolder or not), in a folder, or beside the csv itself. Nothing is unpacked.

A zip is refused as a whole when a name in it leads out of the folder, when it is encrypted or damaged, or when it is a bomb:
more than 4 GB in all, or one file that grows more than 300 times. What is read is never more than its declared size.
"""

import lzma
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from gebieden.cbs.blokken import Stroom
from gebieden.cbs.fouten import OnleesbaarError
from gebieden.cbs.kolommen import Layout, settle_year, year_in_name
from gebieden.cbs.tabel import header_of

UITGANGEN = (".csv", ".txt")
KOP_BYTES = 64 << 10
MAX_BESTANDEN, MAX_DIEPTE = 1_000, 3
MAX_UITGEPAKT = 4 << 30
MAX_GROEI, GROEI_TELT_VANAF = 300, 50 << 20
MAX_NAAMBESTAND = 20 << 20
_NAAMBESTAND = re.compile(r"(?:^|[^a-z])(?:gem|gm|wijk|wk|buurt|brt|bu|gwb)", re.IGNORECASE)
_LEESFOUTEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, NotImplementedError, RuntimeError)


class _Leesbaar:
    """A stream of which every failure to read says which file it was."""

    def __init__(self, stroom: Stroom, naam: str) -> None:
        self._stroom = stroom
        self._naam = naam

    def read(self, size: int = -1, /) -> bytes:
        try:
            return self._stroom.read(size)
        except _LEESFOUTEN as fout:
            raise OnleesbaarError(f"{self._naam} kan niet gelezen worden, het is misschien beschadigd: {fout}") from fout


@dataclass(frozen=True, slots=True)
class Stuk:
    """One file of the source: its name for people, its size when unpacked, and how to read it."""

    naam: str
    grootte: int
    opener: Callable[[], AbstractContextManager[Any]]

    @contextmanager
    def stream(self) -> Iterator[Stroom]:
        try:
            handle = self.opener()
        except _LEESFOUTEN as fout:
            raise OnleesbaarError(f"{self.naam} kan niet geopend worden: {fout}") from fout
        with handle as stroom:
            yield _Leesbaar(stroom, self.naam)

    def read(self, grootte: int = -1) -> bytes:
        with self.stream() as stroom:
            return stroom.read(grootte)

    @property
    def looks_like_names(self) -> bool:
        return bool(_NAAMBESTAND.search(PurePosixPath(self.naam).name)) and self.grootte <= MAX_NAAMBESTAND


@dataclass(frozen=True, slots=True)
class Bron:
    """The table of one year, and the files that may hold the names of its areas."""

    naam: str
    jaar: int
    layout: Layout
    tabel: Stuk
    namen: tuple[Stuk, ...]


@contextmanager
def open_bron(pad: Path, jaar: int | None = None) -> Iterator[Bron]:
    """The table in this zip, folder or csv. `jaar` is what the user says; it may not contradict the table itself."""
    if pad.is_dir():
        stukken = list(_files_in(pad))
        zips = [kind for kind in pad.iterdir() if kind.suffix.lower() == ".zip"]
        if len(zips) != 1 or _tables(stukken)[0]:
            yield _choose(pad.name, stukken, jaar)
            return
        (pad,) = zips
    if not pad.is_file():
        raise OnleesbaarError(f"{pad} bestaat niet of is geen bestand of map.")
    try:
        is_zip = zipfile.is_zipfile(pad)
        grootte = pad.stat().st_size
    except OSError as fout:
        raise OnleesbaarError(f"{pad} kan niet gelezen worden: {fout.strerror}") from fout
    if is_zip:
        try:
            archief = zipfile.ZipFile(pad)
        except _LEESFOUTEN as fout:
            raise OnleesbaarError(f"{pad.name} is geen goede zip: {fout}") from fout
        with archief:
            yield _choose(pad.name, list(_files_in_zip(archief, pad.name)), jaar)
        return
    if pad.suffix.lower() == ".zip":
        raise OnleesbaarError(f"{pad.name} is geen goede zip.")
    tabel = Stuk(pad.name, grootte, partial(pad.open, "rb"))
    layout = header_of(tabel.read(KOP_BYTES), tabel.naam)
    naast = [stuk for stuk in _files_in(pad.parent, diepte=1) if stuk.naam != pad.name and stuk.looks_like_names]
    yield _make(pad.name, tabel, layout, naast, jaar)


def _files_in(map_: Path, diepte: int = MAX_DIEPTE) -> Iterator[Stuk]:
    """Every csv or txt in the folder, at most `diepte` levels down, in a fixed order."""
    paden = (pad for niveau in range(diepte) for pad in sorted(map_.glob("*/" * niveau + "*")))
    for aantal, pad in enumerate(pad for pad in paden if pad.suffix.lower() in UITGANGEN and pad.is_file()):
        if aantal >= MAX_BESTANDEN:
            raise OnleesbaarError(f"{map_.name} bevat te veel bestanden. Geef de tabel zelf op.")
        yield Stuk(str(pad.relative_to(map_)), pad.stat().st_size, partial(pad.open, "rb"))


def _files_in_zip(archief: zipfile.ZipFile, naam: str) -> Iterator[Stuk]:
    inhoud = archief.infolist()
    if len(inhoud) > MAX_BESTANDEN or sum(info.file_size for info in inhoud) > MAX_UITGEPAKT:
        raise OnleesbaarError(f"{naam} is uitgepakt te groot voor deze tabel (een zipbom?).")
    for info in inhoud:
        delen = info.filename.replace("\\", "/").split("/")
        if ".." in delen or delen[0] == "" or delen[0].endswith(":"):
            raise OnleesbaarError(f"{naam} bevat een naam die buiten de map wijst. De zip wordt niet gebruikt.")
        if info.file_size > GROEI_TELT_VANAF and info.file_size > MAX_GROEI * max(info.compress_size, 1):
            raise OnleesbaarError(f"{naam} bevat een bestand dat meer dan {MAX_GROEI} keer zo groot wordt (een zipbom?).")
        if info.flag_bits & 0x1:
            raise OnleesbaarError(f"{naam} is versleuteld.")
    for info in sorted(inhoud, key=lambda info: info.filename):
        verborgen = info.filename.startswith("__MACOSX/") or PurePosixPath(info.filename).name.startswith(".")
        if PurePosixPath(info.filename).suffix.lower() in UITGANGEN and not info.is_dir() and not verborgen:
            yield Stuk(info.filename, info.file_size, partial(archief.open, info))


def _choose(naam: str, stukken: list[Stuk], jaar: int | None) -> Bron:
    """The one table among these files; of several years the one that was asked for."""
    tabellen, redenen = _tables(stukken)
    if len(tabellen) > 1 and jaar is not None:
        tabellen = [(stuk, layout) for stuk, layout in tabellen if (layout.jaar or year_in_name(stuk.naam)) == jaar]
    if not tabellen:
        raise OnleesbaarError(" ".join([f"In {naam} staat geen tabel van postcodes en huisnummers.", *redenen[:5]]))
    if len(tabellen) > 1:
        raise OnleesbaarError(f"In {naam} staat meer dan één tabel. Geef er één op, of kies het jaar met --editie.")
    tabel, layout = tabellen[0]
    andere = [stuk for stuk in stukken if stuk is not tabel and stuk.grootte <= MAX_NAAMBESTAND]
    return _make(naam, tabel, layout, andere, jaar)


def _tables(stukken: list[Stuk]) -> tuple[list[tuple[Stuk, Layout]], list[str]]:
    """Every file that has the header of a table, and why the others have not."""
    tabellen: list[tuple[Stuk, Layout]] = []
    redenen: list[str] = []
    for stuk in stukken:
        try:
            tabellen.append((stuk, header_of(stuk.read(KOP_BYTES), stuk.naam)))
        except OnleesbaarError as fout:
            redenen.append(str(fout))
    return tabellen, redenen


def _make(naam: str, tabel: Stuk, layout: Layout, andere: list[Stuk], gevraagd: int | None) -> Bron:
    in_naam = year_in_name(PurePosixPath(tabel.naam).name) or year_in_name(naam)
    jaar = settle_year(gevraagd=gevraagd, kop=layout.jaar, naam=in_naam)
    namen = tuple(stuk for stuk in andere if year_in_name(PurePosixPath(stuk.naam).name) in {None, jaar})
    return Bron(naam=naam, jaar=jaar, layout=layout, tabel=tabel, namen=namen)
