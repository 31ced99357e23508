"""A chart as data: what front/js/grafiek.js draws, with the table that says the same. See docs/schermen.md."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from portal.uitvoer import VERBORGEN, Cel, Tabel, Verborgen

#: A number, None (there is no figure) or VERBORGEN (there is, but it is too small to show).
Waarde = int | float | Verborgen | None


class Soort(StrEnum):
    """How a chart is drawn."""

    STAVEN = "staven"
    GESTAPELD = "gestapeld"
    LIJNEN = "lijnen"
    WARMTE = "warmte"
    KAART = "kaart"


@dataclass(frozen=True, slots=True)
class Reeks:
    """One line, one colour of bar, or one row of a heat table."""

    naam: str
    waarden: tuple[Waarde, ...]


@dataclass(frozen=True, slots=True)
class Norm:
    """A line at a value, with its name: 'norm: 2 werkdagen'."""

    waarde: float
    naam: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Grafiek:
    """One chart. Its title is the question it answers; `telt` says in one sentence what is counted.

    `sleutel` is its id on the page. `x` names the values of every series and `x_naam` what they are ('Schooljaar'). `eenheid`:
    'leerlingen', or '%' behind every number. `liggend`: bars from left to right, for long names. A map takes `kaart`, the address
    of GeoJSON whose areas have a property `code`, and `codes` beside `x`; with `categorieen` a value is a place in that list.
    `extra`: more columns of the table, which are not drawn.
    """

    sleutel: str
    titel: str
    telt: str
    soort: Soort
    x: tuple[str, ...]
    reeksen: tuple[Reeks, ...]
    x_naam: str = ""
    eenheid: str = ""
    periode: str = ""
    decimalen: int = 0
    liggend: bool = False
    norm: Norm | None = None
    opmerkingen: tuple[str, ...] = ()
    kaart: str = ""
    codes: tuple[str, ...] = ()
    categorieen: tuple[str, ...] = ()
    extra: tuple[Reeks, ...] = ()

    def __post_init__(self) -> None:
        if any(len(reeks.waarden) != len(self.x) for reeks in (*self.reeksen, *self.extra)):
            raise ValueError(f"{self.sleutel}: elke reeks heeft {len(self.x)} waarden.")
        if self.soort == Soort.KAART and len(self.codes) != len(self.x):
            raise ValueError(f"{self.sleutel}: een kaart heeft bij elke naam een code.")

    @property
    def data(self) -> dict[str, Any]:
        """For `json_script`; the only thing the browser gets, so nothing that is hidden is in it."""
        found: dict[str, Any] = {
            "soort": self.soort.value,
            "titel": self.titel,
            "telt": self.telt,
            "x": self.x,
            "reeksen": [{"naam": r.naam, "waarden": [_for_browser(waarde) for waarde in r.waarden]} for r in self.reeksen],
            "eenheid": self.eenheid,
            "decimalen": self.decimalen,
            "liggend": self.liggend,
        }
        if self.norm:
            found["norm"] = {"waarde": self.norm.waarde, "naam": self.norm.naam}
        if self.soort == Soort.WARMTE:
            found["y"] = [reeks.naam for reeks in self.reeksen]
        if self.soort == Soort.KAART:
            found |= {"kaart": self.kaart, "codes": self.codes, "categorieen": self.categorieen or None}
        return found

    @property
    def tabel(self) -> Tabel:
        """The same figures: a heat table as it is drawn, other charts with a row per name on the axis."""
        rows: tuple[tuple[Cel, ...], ...]
        if self.soort == Soort.WARMTE:
            heads = (self.x_naam, *self.x)
            rows = tuple((reeks.naam, *reeks.waarden) for reeks in self.reeksen)
        else:
            columns = (*self.reeksen, *self.extra)
            heads = (self.x_naam, *(reeks.naam for reeks in columns))
            rows = tuple((naam, *(self._cel(reeks.waarden[n]) for reeks in columns)) for n, naam in enumerate(self.x))
        return Tabel(self.titel, heads, rows, self.periode, self.telt, self.opmerkingen)

    def _cel(self, waarde: Waarde) -> Cel:
        return self.categorieen[int(waarde)] if self.categorieen and isinstance(waarde, int | float) else waarde

    @property
    def rijen(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """The table for the template: per row its name, and of each cell the head and the text."""
        table = self.tabel
        return [
            (str(rij[0]), [(kop, self.write(cel)) for kop, cel in zip(table.koppen[1:], rij[1:], strict=True)])
            for rij in table.rijen
        ]

    def write(self, cel: Cel) -> str:
        """1.250, 2,5, 40%, a dash for what is hidden, and 'geen cijfer' for what is not there."""
        if isinstance(cel, int | float):
            text = f"{cel:,.{self.decimalen}f}".translate(str.maketrans(",.", ".,"))
            text = text.rstrip("0").rstrip(",") if "," in text else text
            return f"{text}%" if self.eenheid == "%" else text
        return "geen cijfer" if cel is None else str(cel)

    @property
    def heeft_verborgen(self) -> bool:
        return self.tabel.heeft_verborgen


def _for_browser(waarde: Waarde) -> int | float | str | None:
    return "verborgen" if isinstance(waarde, Verborgen) else waarde


__all__ = ["VERBORGEN", "Grafiek", "Norm", "Reeks", "Soort", "Waarde"]
