"""Make shapes small without tearing them apart: a border that two areas share is simplified once, for both.

Rings are cut where three borders meet. Each piece between two such points is simplified by itself (Douglas–Peucker), always in
the same direction, so that neighbours get the same line.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from gebieden.geometrie.lezen import Vlak

#: Degrees become whole numbers of about a metre: the same point of two areas is then really the same.
SCHAAL = 100_000
#: At 52° north a degree of longitude is this much shorter than one of latitude.
_BREEDTE = 0.616
#: How far a line may move, in metres: from hardly to what a screen of a region does not show.
_STAPPEN = (0, 2, 5, 10, 15, 20, 30, 45, 60, 90, 130, 200, 300)

Raster = tuple[int, int]
Boog = tuple[Raster, ...]
#: The `coordinates` of a MultiPolygon.
Vorm = list[list[list[list[float]]]]


def simplify_to(vlakken: Sequence[Vlak], *, hoogstens: int) -> dict[str, Vorm]:
    """Per code its shape, in as much detail as fits in so many characters of JSON (or the coarsest there is)."""
    ringen = {vlak.code: [[_snap(ring) for ring in deel] for deel in vlak.veelhoeken] for vlak in vlakken}
    knopen = _junctions(ring for delen in ringen.values() for deel in delen for ring in deel)
    vormen: dict[str, Vorm] = {}
    for meters in _STAPPEN:
        bogen: dict[Boog, Boog] = {}
        vormen = {code: _shape(delen, knopen, bogen, meters) for code, delen in ringen.items()}
        if sum(len(json.dumps(vorm, separators=(",", ":"))) for vorm in vormen.values()) <= hoogstens:
            break
    return vormen


def _snap(ring: Iterable[tuple[float, float]]) -> Boog:
    punten: list[Raster] = []
    for lon, lat in ring:
        punt = (round(lon * SCHAAL), round(lat * SCHAAL))
        if not punten or punten[-1] != punt:
            punten.append(punt)
    if len(punten) > 1 and punten[0] == punten[-1]:
        punten.pop()
    return tuple(punten)


def _junctions(ringen: Iterable[Boog]) -> frozenset[Raster]:
    """The points where more than two borders meet."""
    buren: dict[Raster, set[Raster]] = defaultdict(set)
    for ring in ringen:
        for plek, punt in enumerate(ring):
            buren[punt] |= {ring[plek - 1], ring[(plek + 1) % len(ring)]}
    return frozenset(punt for punt, om in buren.items() if len(om) > 2)


def _shape(delen: list[list[Boog]], knopen: frozenset[Raster], bogen: dict[Boog, Boog], meters: int) -> Vorm:
    vorm: Vorm = []
    for deel in delen:
        ringen = [_simplify_ring(ring, knopen, bogen, meters) for ring in deel]
        buiten = ringen[0] if len(ringen[0]) >= 3 else deel[0]  # too small to simplify: as it was
        vorm.append([_degrees(ring) for ring in [buiten, *(ring for ring in ringen[1:] if len(ring) >= 3)]])
    return vorm


def _degrees(ring: Boog) -> list[list[float]]:
    return [[x / SCHAAL, y / SCHAAL] for x, y in (*ring, ring[0])]


def _simplify_ring(ring: Boog, knopen: frozenset[Raster], bogen: dict[Boog, Boog], meters: int) -> Boog:
    grenzen = [plek for plek, punt in enumerate(ring) if punt in knopen]
    if not grenzen:  # an island, or a hole that one area fills
        grenzen = [ring.index(min(ring))]
    uit: list[Raster] = []
    for plek, begin in enumerate(grenzen):
        eind = grenzen[(plek + 1) % len(grenzen)]
        lengte = (eind - begin) % len(ring) or len(ring)
        boog = tuple(ring[(begin + stap) % len(ring)] for stap in range(lengte + 1))
        uit += _simplify_arc(boog, bogen, meters)[:-1]
    return tuple(uit)


def _simplify_arc(boog: Boog, bogen: dict[Boog, Boog], meters: int) -> Boog:
    """Once for both directions."""
    terug = boog[::-1]
    vast = min(boog, terug)
    if vast not in bogen:
        bogen[vast] = _douglas_peucker(vast, meters)
    return bogen[vast] if vast == boog else bogen[vast][::-1]


def _douglas_peucker(boog: Boog, meters: int) -> Boog:
    """Only the points that lie further than so many metres from the line without them; ends always stay."""
    grens = (meters / 1.11) ** 2
    houden = {0, len(boog) - 1}
    stapel = [(0, len(boog) - 1)]
    while stapel:
        begin, eind = stapel.pop()
        verste, afstand = 0, grens
        for plek in range(begin + 1, eind):
            ver = _distance(boog[plek], boog[begin], boog[eind])
            if ver > afstand:
                verste, afstand = plek, ver
        if verste:
            houden.add(verste)
            stapel += [(begin, verste), (verste, eind)]
    return tuple(boog[plek] for plek in sorted(houden))


def _distance(punt: Raster, a: Raster, b: Raster) -> float:
    """Squared distance of a point to the line piece a–b."""
    dx, dy = (b[0] - a[0]) * _BREEDTE, float(b[1] - a[1])
    px, py = (punt[0] - a[0]) * _BREEDTE, float(punt[1] - a[1])
    lengte = dx * dx + dy * dy
    deel = max(0.0, min(1.0, (px * dx + py * dy) / lengte)) if lengte else 0.0
    return (px - deel * dx) ** 2 + (py - deel * dy) ** 2


def as_geometry(vorm: Vorm) -> dict[str, Any]:
    return {"type": "MultiPolygon", "coordinates": vorm}
