"""Small CBS tables to import, in every layout. All postcodes, numbers and names are invented."""

import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

#: (postcode, house number, buurt)
Adresrij = tuple[str, int, str]

RIJEN: list[Adresrij] = [
    ("2011AA", 1, "03920101"),
    ("2011AA", 3, "03920101"),
    ("2011AB", 2, "03920102"),
    ("2037RB", 12, "03920501"),
    ("2037RB", 14, "03920502"),
    ("1011AB", 105, "0363AF01"),
]
NAMEN = {"GM0392": "Haarlem", "GM0363": "Amsterdam", "WK039201": "Oude Stad", "WK039205": "Schalkwijk", "WK0363AF": "Nieuwmarkt"}


def name_of(code: str) -> str:
    return NAMEN.get(code, f"Naam van {code}")


def line(rij: Adresrij, scheiding: str = ";") -> str:
    postcode, nummer, buurt = rij
    return scheiding.join([postcode, str(nummer), buurt, buurt[:6], buurt[:4]])


def table(
    rijen: Iterable[Adresrij] = RIJEN,
    *,
    jaar: int = 2025,
    scheiding: str = ";",
    kop: str = "PC6;Huisnummer;Buurt{jaar};Wijk{jaar};Gemeente{jaar}",
    einde: str = "\r\n",
) -> str:
    """The text of a whole table."""
    regels = [kop.format(jaar=jaar).replace(";", scheiding), *(line(rij, scheiding) for rij in rijen)]
    return "".join(regel + einde for regel in regels)


def codes_in(rijen: Iterable[Adresrij]) -> dict[str, list[str]]:
    buurten = sorted({buurt for _, _, buurt in rijen})
    return {
        prefix: sorted({prefix + buurt[:lengte] for buurt in buurten}) for prefix, lengte in (("GM", 4), ("WK", 6), ("BU", 8))
    }


def name_files(
    rijen: Iterable[Adresrij] = RIJEN,
    *,
    jaar: int = 2025,
    scheiding: str = ";",
    codering: str = "latin-1",
    namen: Sequence[str] = ("gem_{jaar}.csv", "wijk_{jaar}.csv", "buurt_{jaar}.csv"),
    koppen: Sequence[str] = ("GM_CODE;GM_NAAM", "WK_CODE;WK_NAAM", "BU_CODE;BU_NAAM"),
    code: Callable[[str], str] = str,
) -> dict[str, bytes]:
    """The companion files, by file name. `code` rewrites a code, for the years that write it without prefix."""
    uit = {}
    for (_, codes), naam, kop in zip(codes_in(rijen).items(), namen, koppen, strict=True):
        regels = [
            kop.format(jaar=jaar).replace(";", scheiding),
            *(f"{code(gebied)}{scheiding}{name_of(gebied)}" for gebied in codes),
        ]
        uit[naam.format(jaar=jaar)] = "\r\n".join(regels).encode(codering)
    return uit


@dataclass(frozen=True)
class Levering:
    """One release: the files in it, by name."""

    bestanden: dict[str, bytes]

    def folder(self, map_: Path, sub: str = "") -> Path:
        (map_ / sub).mkdir(parents=True, exist_ok=True)
        for naam, inhoud in self.bestanden.items():
            (map_ / sub / naam).write_bytes(inhoud)
        return map_

    def zip(self, pad: Path, sub: str = "") -> Path:
        with zipfile.ZipFile(pad, "w", zipfile.ZIP_DEFLATED) as archief:
            for naam, inhoud in self.bestanden.items():
                archief.writestr(f"{sub}/{naam}" if sub else naam, inhoud)
        return pad

    def csv(self, map_: Path) -> Path:
        """The csv itself, with the name files beside it."""
        self.folder(map_)
        return map_ / next(naam for naam in self.bestanden if naam.startswith("pc6"))


def release(rijen: Sequence[Adresrij] = RIJEN, *, jaar: int = 2025, tekst: str | bytes | None = None) -> Levering:
    """A release as of 2025; `tekst` replaces the table itself."""
    inhoud = table(rijen, jaar=jaar) if tekst is None else tekst
    tabel = inhoud if isinstance(inhoud, bytes) else inhoud.encode()
    return Levering({f"pc6hnr{jaar}0801_gwb.csv": tabel, **name_files(rijen, jaar=jaar)})


def layout_2017() -> Levering:
    """2017: `;`, 'Gem2017', names in csv without prefix and without leading zeros."""
    tabel = table(jaar=2017, kop="PC6;Huisnummer;Buurt2017;Wijk2017;Gem2017")
    kaal = [
        ("gem2017.csv", "Gem2017;Gemnaam2017"),
        ("wijk2017.csv", "Wijk2017;Wijknaam_2017c"),
        ("buurt2017.csv", "Buurt2017;Buurtnaam_2017"),
    ]
    namen = name_files(
        jaar=2017,
        namen=[n for n, _ in kaal],
        koppen=[k for _, k in kaal],
        code=lambda code: code[2:].lstrip("0"),
        codering="cp1252",
    )
    return Levering({"pc6hnr20170801_gwb.csv": tabel.encode(), **namen})


def layout_2020() -> Levering:
    """2019–2022: `;`, names of files that vary."""
    namen = name_files(
        jaar=2020,
        namen=["gemeentecode2020.csv", "wijkcode2020.csv", "buurtcode2020.csv"],
        koppen=["Gemcode{jaar};Gemeentenaam{jaar}", "wijkcode{jaar};wijknaam_{jaar}", "buurtcode{jaar};buurtnaam_{jaar}"],
        code=lambda code: code[2:],
    )
    return Levering({"pc6hnr20200801_gwb-vs2.csv": table(jaar=2020).encode(), **namen})


def layout_2023(scheiding: str = ",") -> Levering:
    """2023: re-issued with another delimiter; names by tab, in cp1252."""
    namen = name_files(
        jaar=2023,
        scheiding="\t",
        codering="cp1252",
        namen=["gemeenten_{jaar}.csv", "wijken_{jaar}.csv", "buurten_{jaar}.csv"],
        koppen=["GM{jaar};GMNAAM{jaar}", "WK{jaar};WKNAAM{jaar}", "BU{jaar};BUNAAM{jaar}"],
    )
    return Levering({"pc6hnr20230801_gwb.csv": table(jaar=2023, scheiding=scheiding).encode(), **namen})


def layout_2024() -> Levering:
    return Levering({"pc6hnr20240801_gwb.csv": table(jaar=2024, scheiding=",").encode(), **name_files(jaar=2024)})


LAYOUTS: dict[str, Levering] = {
    "2017": layout_2017(),
    "2020": layout_2020(),
    "2023 met komma": layout_2023(","),
    "2023 met puntkomma": layout_2023(";"),
    "2024": layout_2024(),
    "2025": release(),
}


def zip_bytes(bestanden: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archief:
        for naam, inhoud in bestanden.items():
            archief.writestr(naam, inhoud)
    return buffer.getvalue()
