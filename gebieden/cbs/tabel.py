"""Read the rows of the CBS table: plain rows by the million with polars, the rest one by one with `keuring.judge_row`.

Every address becomes one 64-bit number (postcode, buurt, house number): 8 million rows take 64 MB whatever their order, and
sorting, doubles and grouping are arithmetic. A block in which anything is odd is cut up, and only the odd pieces go line by line.
"""

import csv
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO

import polars as pl
from polars._typing import PolarsDataType

from gebieden.adres import NUMMER_MAX, NUMMER_MIN
from gebieden.cbs.blokken import BLOK, Blok, Stroom, decode, read_blocks
from gebieden.cbs.fouten import OnleesbaarError
from gebieden.cbs.keuring import BUURT, GEEN_POSTCODELETTERS, GEMEENTE, POSTCODE, WIJK, Afkeuring, GoedeRij, judge_row
from gebieden.cbs.kolommen import Layout, read_header, split_line

STUKJE = 64 << 10
#: The packed address: postcode (23 bits) · buurt (18 bits) · house number (17 bits).
_NUMMERS, _BUURTEN, _LETTERS = 2**17, 2**18, 26 * 26
_TEKSTEN = ("postcode", "buurt", "wijk", "gemeente")

Weiger = Callable[[int, Afkeuring], None]


@dataclass(frozen=True, slots=True)
class Ingelezen:
    """The whole table, about 100 MB for the country. `rijen` counts lines with data, `adressen` keys of postcode and number.

    `regels`: postcode, buurt (8 characters), huisnummers (sorted list); one row per postcode and buurt, in order of postcode.
    `dubbel`: postcode, huisnummer, buurten (list) of every key that lies in two or more buurten.
    """

    rijen: int
    geweigerd: int
    adressen: int
    regels: pl.DataFrame
    dubbel: pl.DataFrame


def header_of(begin: bytes, naam: str) -> Layout:
    """The layout of a table of which these are the first bytes; raises when it is none."""
    for blok in read_blocks(BytesIO(begin), naam):
        kop = next((regel for _, regel in blok.lines() if regel.strip()), b"")
        if not kop:
            continue
        layout = read_header(decode(kop))
        if layout is None:
            raise OnleesbaarError(f"{naam} heeft geen kop met kolommen voor postcode, huisnummer en buurt.")
        return layout
    raise OnleesbaarError(f"{naam} is leeg.")


def read_table(
    stroom: Stroom,
    naam: str,
    *,
    layout: Layout,
    weiger: Weiger,
    gelezen: Callable[[int], None] = lambda _: None,
    blok: int = BLOK,
) -> Ingelezen:
    """Read everything below the header. `weiger` hears the line number and the reason of each row that is refused."""
    lezer = _Lezer(layout, weiger)
    kop_gezien = False
    for deel in read_blocks(stroom, naam, gelezen, blok):
        regels = deel
        if not kop_gezien:
            nummer = next((nummer for nummer, regel in deel.lines() if regel.strip()), None)
            if nummer is None:
                continue
            kop_gezien = True
            regels = deel.after(nummer)
        if regels.tekst:
            lezer.read(regels)
    if lezer.rijen == 0:
        raise OnleesbaarError(f"{naam} heeft wel een kop, maar geen enkele rij.")
    return lezer.result()


@dataclass(slots=True)
class _Lezer:
    layout: Layout
    weiger: Weiger
    rijen: int = 0
    geweigerd: int = 0
    buurten: dict[str, int] = field(default_factory=dict)
    delen: list[pl.Series] = field(default_factory=list)
    los: list[GoedeRij] = field(default_factory=list)

    @property
    def plaats(self) -> dict[str, int]:
        """Column by column of ours: where it stands in the file."""
        plaats = {naam: getattr(self.layout, naam) for naam in ("huisnummer", *_TEKSTEN)}
        return {naam: index for naam, index in plaats.items() if index is not None}

    def read(self, blok: Blok) -> None:
        if self._read_plain(blok):
            return
        for stukje in blok.split(STUKJE):
            if not self._read_plain(stukje):
                self._read_lines(stukje)

    def _read_plain(self, blok: Blok) -> bool:
        """Read all lines at once. False, with nothing done, unless every one of them is a good row."""
        tekst = blok.tekst if blok.tekst.isascii() else decode(blok.tekst).encode()
        regels = tekst.count(b"\n")
        kolommen: dict[str, PolarsDataType] = {str(i): pl.String for i in range(self.layout.breedte)}
        kolommen[str(self.layout.huisnummer)] = pl.UInt32
        try:
            frame = pl.read_csv(
                tekst,
                has_header=False,
                separator=self.layout.scheiding,
                quote_char='"' if b'"' in tekst else None,
                schema=kolommen,
                raise_if_empty=False,
            )
        except pl.exceptions.PolarsError:
            return False
        # Too wide raises, too narrow gives a null at the end, a line end within quotes gives fewer rows, a blank line nulls.
        if frame.height != regels or any(frame.null_count().row(0)):
            return False
        frame = frame.select(**{naam: pl.col(str(index)) for naam, index in self.plaats.items()})
        teksten = [naam for naam in _TEKSTEN if naam in frame.columns]
        # Rows of one postcode stand together: a text is looked at where it changes, not on every row.
        anders = pl.any_horizontal(pl.col(naam).ne_missing(pl.col(naam).shift()) for naam in teksten)
        frame = frame.with_columns(anders=anders).with_columns(groep=(pl.col("anders").cum_sum() - 1).cast(pl.UInt32))
        groepen = frame.filter("anders").select(_is_plain(teksten), _exact_postcode(), _exact_buurt())
        nummers = frame["huisnummer"]
        if not groepen["goed"].all() or not nummers.is_between(NUMMER_MIN, NUMMER_MAX).all():
            return False
        self.rijen += regels
        self._keep(groepen, frame["groep"], nummers)
        return True

    def _read_lines(self, blok: Blok) -> None:
        plaats, breedte, scheiding = self.plaats, self.layout.breedte, self.layout.scheiding
        for regel, ruw in blok.lines():
            if not ruw.strip():
                continue
            self.rijen += 1
            tekst = decode(ruw)
            try:
                velden = split_line(tekst, scheiding)
            except csv.Error:
                self._refuse(regel, Afkeuring("regel", tekst, "een aanhalingsteken is niet gesloten"))
                continue
            if len(velden) == breedte:
                self._judge(regel, {naam: velden[index] for naam, index in plaats.items()})
            else:
                self._refuse(regel, Afkeuring("regel", tekst, f"{len(velden)} kolommen in plaats van {breedte}"))
        self._keep_loose()

    def _judge(self, regel: int, rij: dict[str, str]) -> None:
        oordeel = judge_row(rij["postcode"], rij["huisnummer"], rij["buurt"], rij.get("wijk"), rij.get("gemeente"))
        if isinstance(oordeel, Afkeuring):
            self._refuse(regel, oordeel)
        else:
            self.los.append(oordeel)

    def _refuse(self, regel: int, afkeuring: Afkeuring) -> None:
        self.geweigerd += 1
        self.weiger(regel, afkeuring)

    def _keep_loose(self) -> None:
        if self.los:
            groepen = pl.DataFrame({"postcode": [rij.postcode for rij in self.los], "buurt": [rij.buurt for rij in self.los]})
            nummers = pl.Series([rij.huisnummer for rij in self.los], dtype=pl.UInt32)
            self._keep(groepen, pl.Series(range(len(self.los)), dtype=pl.UInt32), nummers)
            self.los = []

    def _keep(self, groepen: pl.DataFrame, groep: pl.Series, nummers: pl.Series) -> None:
        """Keep addresses as packed numbers: `groep` says for each house number which row of `groepen` it belongs to."""
        codes = {code: self.buurten.setdefault(code, len(self.buurten)) for code in groepen["buurt"].unique(maintain_order=True)}
        if len(self.buurten) > _BUURTEN:
            raise OnleesbaarError("Er staan meer buurten in de tabel dan Nederland kan hebben.")
        pc = pl.col("postcode").str
        eerste, tweede = (pc.slice(index, 1).str.to_integer(base=36).cast(pl.UInt64) - 10 for index in (4, 5))
        postcode = pc.slice(0, 4).cast(pl.UInt64) * _LETTERS + eerste * 26 + tweede
        buurt = pl.col("buurt").replace_strict(codes, return_dtype=pl.UInt64)
        gepakt = groepen.select(groep=(postcode * _BUURTEN + buurt) * _NUMMERS)["groep"]
        self.delen.append((gepakt.gather(groep) + nummers.cast(pl.UInt64)).alias("adres"))

    def result(self) -> Ingelezen:
        adressen = pl.concat(self.delen) if self.delen else pl.Series("adres", [], pl.UInt64)
        self.delen = []
        uniek = adressen.sort().to_frame("adres").filter(pl.col("adres").ne_missing(pl.col("adres").shift()))
        groepen = (
            uniek.select(groep=pl.col("adres") // _NUMMERS, huisnummer=(pl.col("adres") % _NUMMERS).cast(pl.UInt32))
            .group_by("groep", maintain_order=True)
            .agg(huisnummers="huisnummer")
        )
        namen = {index: code for code, index in self.buurten.items()}
        regels = groepen.select(
            _postcode_text(pl.col("groep") // _BUURTEN).alias("postcode"),
            (pl.col("groep") % _BUURTEN).replace_strict(namen, return_dtype=pl.String, default=None).alias("buurt"),
            "huisnummers",
        )
        dubbel = find_doubles(regels)
        extra = int(dubbel["buurten"].list.len().sum()) - dubbel.height
        return Ingelezen(self.rijen, self.geweigerd, uniek.height - extra, regels, dubbel)


def find_doubles(regels: pl.DataFrame) -> pl.DataFrame:
    """Every postcode and house number that lies in more than one buurt."""
    gedeeld = regels.filter(pl.col("postcode").is_duplicated()).explode("huisnummers").rename({"huisnummers": "huisnummer"})
    sleutels = gedeeld.group_by("postcode", "huisnummer").agg(buurten=pl.col("buurt").sort())
    return sleutels.filter(pl.col("buurten").list.len() > 1).sort("postcode", "huisnummer")


def _is_plain(teksten: list[str]) -> pl.Expr:
    """Are these texts good? It accepts nothing that `judge_row` would refuse; what it refuses, `judge_row` decides about."""
    goed = pl.col("postcode").str.contains(POSTCODE) & ~pl.col("postcode").str.contains(GEEN_POSTCODELETTERS)
    goed &= pl.col("buurt").str.contains(BUURT.patroon)
    for soort in (WIJK, GEMEENTE):
        if soort.kolom in teksten:
            kaal = _bare(soort.kolom, soort.prefix, soort.lengte)
            goed &= pl.col(soort.kolom).str.contains(soort.patroon) & _exact_buurt().str.starts_with(kaal)
    return goed.alias("goed")


def _bare(kolom: str, prefix: str, lengte: int) -> pl.Expr:
    return pl.col(kolom).str.strip_chars(" ").str.to_uppercase().str.strip_prefix(prefix).str.pad_start(lengte, "0")


def _exact_buurt() -> pl.Expr:
    return _bare("buurt", BUURT.prefix, BUURT.lengte)


def _exact_postcode() -> pl.Expr:
    return pl.col("postcode").str.replace_all(" ", "", literal=True).str.to_uppercase()


def _postcode_text(nummer: pl.Expr) -> pl.Expr:
    letters = {a * 26 + b: f"{chr(65 + a)}{chr(65 + b)}" for a in range(26) for b in range(26)}
    return (nummer // _LETTERS).cast(pl.String) + (nummer % _LETTERS).replace_strict(letters, return_dtype=pl.String)
