"""Help, support and population per wijk, side by side: what was delivered, protected, as charts with their tables."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from portal.dashboard.bereik import Bereik
from portal.dashboard.bescherming import Boom, Tabel, rounded, suppress
from portal.grafiek import VERBORGEN, Grafiek, Reeks, Soort, Waarde
from portal.uitvoer import Tabel as Uitvoertabel
from portal.uitvoer import Verborgen
from scholen.models import WijkOpgave

REGIO = "regio"
#: Wijken on a page.
PER_PAGINA = 20
#: The counts that are delivered. Each is its own table of region, gemeenten and wijken: they do not add up with each other.
MATEN = ("inwoners_0_17", "inwoners_18_22", "jeugdhulp", "ondersteuning")
AFGEROND = "Aantallen zijn afgerond op vijf; percentages zijn berekend uit die afgeronde aantallen."
STREEP = "Een streepje: minder dan 10, of weggelaten omdat een ander getal dan te berekenen is."
KOPPEN = (
    "Wijk",
    "Gemeente",
    "Inwoners 0–17 jaar",
    "Inwoners 18–22 jaar",
    "Met jeugdhulp",
    "Jeugdhulp per 100 (0–22 jaar)",
    "Extra ondersteuning",
    "Ondersteuning per 100 (0–17 jaar)",
    "Verwachte groei of krimp (%)",
)


@dataclass(frozen=True, slots=True)
class Rij:
    """One wijk, or the sum of a gemeente or the region."""

    code: str
    naam: str
    gemeente: str
    getallen: Mapping[str, Waarde]
    groei: Decimal | None = None
    is_totaal: bool = False

    @property
    def hulp_per_100(self) -> Waarde:
        return per_hundred(self.getallen["jeugdhulp"], (self.getallen["inwoners_0_17"], self.getallen["inwoners_18_22"]))

    @property
    def steun_per_100(self) -> Waarde:
        return per_hundred(self.getallen["ondersteuning"], (self.getallen["inwoners_0_17"],))

    @property
    def cellen(self) -> tuple[Waarde, ...]:
        own = self.getallen
        growth = None if self.groei is None else float(self.groei)
        return (
            own["inwoners_0_17"],
            own["inwoners_18_22"],
            own["jeugdhulp"],
            self.hulp_per_100,
            own["ondersteuning"],
            self.steun_per_100,
            growth,
        )

    @property
    def geschreven(self) -> list[tuple[str, str]]:
        """Each cell with its head, as it is read: 1.250, 12,5, a dash, or nothing when it was not delivered."""
        return [(kop, _write(cel)) for kop, cel in zip(KOPPEN[2:], self.cellen, strict=True)]


def _write(cel: Waarde) -> str:
    if not isinstance(cel, int | float):
        return "" if cel is None else str(cel)
    text = f"{cel:,.0f}" if isinstance(cel, int) else f"{cel:,.1f}"
    return text.translate(str.maketrans(",.-", ".,−"))


@dataclass(frozen=True, slots=True)
class Wijkbeeld:
    bereiken: list[Bereik]
    bereik: Bereik
    jaren: list[int]
    jaar: int
    rijen: list[Rij]
    totalen: list[Rij]
    met_totalen: bool = True

    @property
    def keuzes(self) -> list[tuple[str, str]]:
        return [(str(jaar), str(jaar)) for jaar in self.jaren]

    @property
    def getoond(self) -> list[Rij]:
        """What stands on this page: the sums close the last one."""
        return [*self.rijen, *(self.totalen if self.met_totalen else [])]

    @property
    def wie(self) -> str:
        naam = self.bereik.naam if self.bereik.soort == "gemeente" else self.bereik.regio.naam
        return f"Van de wijken in {naam}, in {self.jaar}."

    @property
    def tabel(self) -> Uitvoertabel:
        """Every wijk, then the sums: what is taken away."""
        return Uitvoertabel(
            f"Jeugdhulp, ondersteuning en inwoners per wijk: {self.bereik.naam}",
            KOPPEN,
            tuple((rij.naam, rij.gemeente, *rij.cellen) for rij in (*self.rijen, *self.totalen)),
            str(self.jaar),
            "Jongeren naar de wijk waarin zij wonen. Wie jeugdhulp en ondersteuning heeft, telt in beide kolommen.",
            (AFGEROND, STREEP),
        )

    @property
    def grafiek(self) -> Grafiek:
        return Grafiek(
            sleutel="per-wijk",
            titel="Gaan hulp, ondersteuning en inwoners gelijk op?",
            telt="Per 100 jongeren in de wijk: met jeugdhulp (0–22 jaar) en met extra ondersteuning op school (0–17 jaar).",
            soort=Soort.STAVEN,
            liggend=True,
            x=tuple(rij.naam for rij in self.rijen),
            x_naam="Wijk",
            reeksen=(
                Reeks("Jeugdhulp per 100", tuple(rij.hulp_per_100 for rij in self.rijen)),
                Reeks("Extra ondersteuning per 100", tuple(rij.steun_per_100 for rij in self.rijen)),
            ),
            decimalen=1,
            periode=str(self.jaar),
            opmerkingen=(AFGEROND,),
        )


def per_hundred(aantal: Waarde, van: Iterable[Waarde]) -> Waarde:
    """Of numbers that may be shown; if one may not be, neither may this."""
    parts = [aantal, *van]
    if any(isinstance(part, Verborgen) for part in parts):
        return VERBORGEN
    known = [part for part in parts if isinstance(part, int | float)]
    base = sum(known[1:])
    return None if len(known) < len(parts) or not base else round(100 * known[0] / base, 1)


def wijk_picture(bereiken: list[Bereik], bereik: Bereik, jaar: str) -> Wijkbeeld | None:
    """The page of one scope; None when nothing was delivered of its gemeenten. One query."""
    opgaven = list(
        WijkOpgave.objects.geldig().filter(gemeente__regio=bereik.regio).select_related("gemeente").order_by("gemeente__naam")
    )
    own = _gemeenten(bereik, opgaven)
    years = sorted({row.jaar for row in opgaven if row.gemeente.code in own})
    if not years:
        return None
    chosen = int(jaar) if jaar.isascii() and jaar.isdigit() and int(jaar[:4]) in years and len(jaar) == 4 else years[-1]
    shown = protect([row for row in opgaven if row.jaar == chosen])
    seen = [row for row in opgaven if row.jaar == chosen and row.gemeente.code in own]
    rows = [_line(row, shown) for row in sorted(seen, key=lambda row: (row.gemeente.naam, row.naam or row.wijkcode))]
    names = {row.gemeente.code: row.gemeente.naam for row in seen}
    totals = [Rij(code, f"Heel {naam}", naam, shown[code], is_totaal=True) for code, naam in names.items()]
    totals.append(Rij(REGIO, "De hele regio", "", shown[REGIO], is_totaal=True))
    return Wijkbeeld(bereiken, bereik, years[::-1], chosen, rows, totals)


def one_page(beeld: Wijkbeeld, van: int, tot: int) -> Wijkbeeld:
    return replace(beeld, rijen=beeld.rijen[van:tot], met_totalen=tot >= len(beeld.rijen))


def _gemeenten(bereik: Bereik, opgaven: list[WijkOpgave]) -> set[str]:
    """Of which gemeenten somebody sees the wijken: their own, or all of the region where their schools' pupils live."""
    everywhere = {row.gemeente.code for row in opgaven}
    return everywhere & {bereik.code} if bereik.soort == "gemeente" else everywhere


def _line(row: WijkOpgave, shown: Mapping[str, Mapping[str, Waarde]]) -> Rij:
    return Rij(row.wijkcode, row.naam or row.wijkcode, row.gemeente.naam, shown[row.wijkcode], row.groei)


def protect(opgaven: list[WijkOpgave]) -> dict[str, dict[str, Waarde]]:
    """What may be shown of one year: of every wijk, gemeente and the region, per count. None: not delivered."""
    found: dict[str, dict[str, Waarde]] = defaultdict(lambda: dict.fromkeys(MATEN))
    places = {row.wijkcode: row.gemeente.code for row in opgaven}
    for node in (REGIO, *places.values(), *places):
        found[node] = dict.fromkeys(MATEN)
    for maat in MATEN:
        counts = {row.wijkcode: n for row in opgaven if (n := getattr(row, maat)) is not None}
        if not counts:
            continue
        parents: dict[str, str | None] = {REGIO: None}
        parents |= dict.fromkeys(sorted({places[code] for code in counts}), REGIO)
        parents |= {code: places[code] for code in sorted(counts)}
        table = Tabel(Boom(parents), (maat,), {(code, maat): n for code, n in counts.items()})
        hidden = suppress(table)
        for (node, _), aantal in table.waarden.items():
            found[node][maat] = VERBORGEN if (node, maat) in hidden else rounded(aantal)
    return dict(found)
