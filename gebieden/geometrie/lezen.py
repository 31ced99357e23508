"""Read the GeoJSON of a CBS wijk or buurt map. Every feature that cannot be used is named, with its number and the reason."""

import json
import math
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from gebieden.geometrie.rd import rd_to_wgs84

Punt = tuple[float, float]
#: One ring, without its last point (which is the first again).
Ring = tuple[Punt, ...]
#: The outer ring, then its holes.
Veelhoek = tuple[Ring, ...]

#: Where CBS and PDOK put the code and the name, by year; capitals do not matter.
_CODES = ("buurtcode", "bu_code", "wijkcode", "wk_code", "statcode", "code")
_NAMEN = {"buurt": ("buurtnaam", "bu_naam", "statnaam", "naam"), "wijk": ("wijknaam", "wk_naam", "statnaam", "naam")}
_WATER = ("water", "h2o")
_CODE = re.compile(r"(BU\d{4}[0-9A-Z]{4}|WK\d{4}[0-9A-Z]{2})")
#: Everything Dutch, with some sea.
_LON, _LAT = (3.0, 7.5), (50.5, 54.0)
#: A whole number in JSON has no end; one as large as this is no coordinate.
_GROOTST = 10**9
_RD, _GRADEN = "28992", ("4326", "CRS84", "4258")


class GeojsonError(Exception):
    """The file as a whole cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Vlak:
    """One area, in degrees."""

    soort: str
    code: str
    naam: str
    veelhoeken: tuple[Veelhoek, ...]

    @property
    def gemeente_code(self) -> str:
        return f"GM{self.code[2:6]}"


@dataclass(frozen=True, slots=True)
class Slecht:
    """A feature that cannot be used: its place in the file (from 1) and why."""

    nummer: int
    reden: str


@dataclass(slots=True)
class Inhoud:
    gebieden: list[Vlak] = field(default_factory=list)
    slecht: list[Slecht] = field(default_factory=list)
    #: Features of other gemeenten, and of water.
    buiten: int = 0
    water: int = 0


class _OnbruikbaarError(Exception):
    """Why one feature cannot be used."""


def read_geojson(text: str, *, gemeenten: Collection[str]) -> Inhoud:
    """The areas of these gemeenten. Raises GeojsonError when this is no file of features, or one in another grid."""
    kop, features = _open(text)
    in_rd = _grid(kop)
    inhoud, gezien = Inhoud(), dict[str, int]()
    for nummer, feature in enumerate(features, 1):
        try:
            vlak = _read(feature, in_rd=in_rd, gemeenten=gemeenten, inhoud=inhoud)
        except _OnbruikbaarError as fout:
            inhoud.slecht.append(Slecht(nummer, str(fout)))
            continue
        if vlak is None:
            continue
        if vlak.code in gezien:
            inhoud.slecht.append(Slecht(nummer, f"{vlak.code} staat ook al in feature {gezien[vlak.code]}"))
            continue
        gezien[vlak.code] = nummer
        inhoud.gebieden.append(vlak)
    return inhoud


def _open(text: str) -> tuple[Mapping[str, Any], Iterator[Any]]:
    """What stands around the features, and the features one by one: a map of the whole country is large."""
    text = text.lstrip("\ufeff")
    begin = re.search(r'"features"\s*:\s*\[', text)
    if begin is None:
        raise GeojsonError("Dit is geen GeoJSON met features.")
    features, einde = _split(text, begin.end())
    try:
        kop = json.loads(f'{text[: begin.start()]}"features": []{text[einde:]}')
    except ValueError as fout:
        raise GeojsonError(f"Dit is geen geldige JSON: {fout}.") from fout
    except RecursionError as fout:
        raise GeojsonError("Dit is geen kaart: de haken staan te diep in elkaar.") from fout
    if not isinstance(kop, dict) or kop.get("type") != "FeatureCollection":
        raise GeojsonError("Dit is geen FeatureCollection.")
    return kop, iter(features)


def _split(text: str, plek: int) -> tuple[list[Any], int]:
    decoder, wit = json.JSONDecoder(), re.compile(r"\s*")
    features: list[Any] = []
    plek = _skip(wit, text, plek)
    while text[plek : plek + 1] != "]":
        try:
            feature, plek = decoder.raw_decode(text, plek)
        except ValueError as fout:
            raise GeojsonError(f"Feature {len(features) + 1} is geen geldige JSON: {fout}.") from fout
        except RecursionError as fout:
            raise GeojsonError(f"Feature {len(features) + 1} is geen vlak: de haken staan te diep in elkaar.") from fout
        features.append(feature)
        plek = _skip(wit, text, plek)
        if text[plek : plek + 1] == ",":
            plek = _skip(wit, text, plek + 1)
        elif text[plek : plek + 1] != "]":
            raise GeojsonError(f"Na feature {len(features)} houdt de lijst niet op en gaat ook niet door.")
    return features, plek + 1


def _skip(wit: re.Pattern[str], text: str, plek: int) -> int:
    match = wit.match(text, plek)
    return match.end() if match else plek


def _grid(kop: Mapping[str, Any]) -> bool | None:
    """True: RD; False: degrees; None: the file does not say, and each feature shows it."""
    crs = kop.get("crs")
    eigen = crs.get("properties") if isinstance(crs, dict) else None
    naam = str(eigen.get("name", "")) if isinstance(eigen, dict) else ""
    if not naam:
        return None
    if _RD in naam:
        return True
    if any(graden in naam for graden in _GRADEN):
        return False
    raise GeojsonError(f"Dit stelsel kennen wij niet: {naam}. Gebruik EPSG:28992 of EPSG:4326.")


def _read(feature: Any, *, in_rd: bool | None, gemeenten: Collection[str], inhoud: Inhoud) -> Vlak | None:
    if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
        raise _OnbruikbaarError("geen feature met eigenschappen")
    eigen = {str(naam).lower(): waarde for naam, waarde in feature["properties"].items()}
    if any(str(eigen.get(naam, "")).strip().upper() == "JA" for naam in _WATER):
        inhoud.water += 1
        return None
    code = _code(eigen)
    if f"GM{code[2:6]}" not in gemeenten:
        inhoud.buiten += 1
        return None
    soort = "buurt" if code.startswith("BU") else "wijk"
    naam = next((str(eigen[veld]).strip()[:120] for veld in _NAMEN[soort] if eigen.get(veld)), "")
    if not _storable(naam):
        raise _OnbruikbaarError("in de naam staan tekens die niet te bewaren zijn")
    return Vlak(soort, code, naam, _polygons(feature.get("geometry"), in_rd=in_rd))


def _code(eigen: Mapping[str, Any]) -> str:
    """The code of the buurt, or of the wijk when the feature is no buurt; also when it has lost its prefix."""
    for veld in _CODES:
        waarde = str(eigen.get(veld) or "").strip().upper()
        if veld.startswith(("buurt", "bu_")) and re.fullmatch(r"\d{4}[0-9A-Z]{4}", waarde):
            waarde = f"BU{waarde}"
        elif veld.startswith(("wijk", "wk_")) and re.fullmatch(r"\d{4}[0-9A-Z]{2}", waarde):
            waarde = f"WK{waarde}"
        if _CODE.fullmatch(waarde):
            gemeente = str(eigen.get("gemeentecode") or eigen.get("gm_code") or "").strip().upper().removeprefix("GM")
            if gemeente and gemeente != waarde[2:6]:
                raise _OnbruikbaarError(f"{waarde} hoort niet bij gemeente GM{gemeente}")
            return waarde
    raise _OnbruikbaarError("geen wijk- of buurtcode")


def _polygons(geometry: Any, *, in_rd: bool | None) -> tuple[Veelhoek, ...]:
    if not isinstance(geometry, dict) or not isinstance(geometry.get("coordinates"), list):
        raise _OnbruikbaarError("geen vorm")
    match geometry.get("type"):
        case "Polygon":
            delen = [geometry["coordinates"]]
        case "MultiPolygon":
            delen = geometry["coordinates"]
        case ander:
            raise _OnbruikbaarError(f"een {ander} is geen vlak")
    if not delen or not all(isinstance(deel, list) and deel for deel in delen):
        raise _OnbruikbaarError("een leeg vlak")
    return tuple(tuple(_ring(ring, in_rd=in_rd) for ring in deel) for deel in delen)


def _ring(ring: Any, *, in_rd: bool | None) -> Ring:
    if not isinstance(ring, list) or len(ring) < 4:
        raise _OnbruikbaarError("een rand heeft minder dan vier punten")
    punten = [_point(punt, in_rd=in_rd) for punt in ring]
    if punten[0] != punten[-1]:
        raise _OnbruikbaarError("een rand is niet gesloten")
    if len(set(punten)) < 3:
        raise _OnbruikbaarError("een rand omsluit niets")
    return tuple(punten[:-1])


def _point(punt: Any, *, in_rd: bool | None) -> Punt:
    if not isinstance(punt, list) or len(punt) < 2 or not all(_is_number(waarde) for waarde in punt[:2]):
        raise _OnbruikbaarError("een punt is geen paar getallen")
    x, y = float(punt[0]), float(punt[1])
    rd = abs(x) > 180 or abs(y) > 90 if in_rd is None else in_rd
    if rd and not (-10_000 <= x <= 300_000 and 250_000 <= y <= 700_000):
        raise _OnbruikbaarError("een punt ligt buiten Nederland")
    lon, lat = rd_to_wgs84(x, y) if rd else (x, y)
    if not (_LON[0] <= lon <= _LON[1] and _LAT[0] <= lat <= _LAT[1]):
        raise _OnbruikbaarError("een punt ligt buiten Nederland")
    return lon, lat


def _is_number(waarde: Any) -> bool:
    if isinstance(waarde, int):
        return not isinstance(waarde, bool) and abs(waarde) < _GROOTST
    return isinstance(waarde, float) and math.isfinite(waarde)


def _storable(tekst: str) -> bool:
    """Text that the database takes: JSON may hold half a character and a NUL."""
    return "\0" not in tekst and not any("\ud800" <= teken <= "\udfff" for teken in tekst)
