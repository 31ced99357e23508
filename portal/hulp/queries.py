"""Read what was delivered about schools: three queries whatever the number of rows, and what may be shown from a cache.

The cache is found by what is in the raw counts, so it can never be of yesterday; only figures that may be shown are in it.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass

from django.core.cache import cache
from django.db.models import Exists, OuterRef, QuerySet, Sum

from gebieden.models import Gemeente, Regio
from portal.hulp.cijfers import ELDERS, GEEN_VERBAND, Jaarcijfers, Jaartelling, publish
from scholen.models import Aanlevering, Hulpvorm, JeugdhulpCijfer, JeugdhulpOpgave, WijkOpgave

VORMEN = tuple(Hulpvorm.values)
#: Part of the key of the cache: another number when other figures may be shown of the same counts.
VERSIE = 2
BLIJFT = 30 * 24 * 3600


@dataclass(frozen=True, slots=True)
class School:
    """A school of the region that figures were delivered about, and in which gemeenten it stands."""

    brin: str
    naam: str
    verband: str
    gemeenten: frozenset[str]


@dataclass(frozen=True, slots=True)
class Hulp:
    """Everything that may be shown of one region: per school year (the year it starts in), and the pupils of each school."""

    scholen: Mapping[str, School]
    verbanden: Mapping[str, str]
    gemeenten: Mapping[str, str]
    jaren: Mapping[int, Jaarcijfers]
    leerlingen: Mapping[tuple[str, int], int]


def read(regio: Regio) -> Hulp:
    """Schools count with the samenwerkingsverband of their first location, as on the dashboard."""
    opgaven = (
        JeugdhulpOpgave.objects.geldig()
        .filter(vestiging__gemeente__regio=regio)
        .values(
            "schooljaar",
            "leerlingen",
            "vestiging__school__brin",
            "vestiging__school__naam",
            "vestiging__gemeente__code",
            "vestiging__samenwerkingsverband__code",
            "vestiging__samenwerkingsverband__naam",
        )
        .order_by("vestiging__brin", "schooljaar")
    )
    scholen: dict[str, School] = {}
    verbanden = {GEEN_VERBAND: "Zonder samenwerkingsverband (mbo)"}
    leerlingen: dict[tuple[str, int], int | None] = {}
    per_jaar: dict[int, set[str]] = defaultdict(set)
    for row in opgaven:
        brin, jaar = row["vestiging__school__brin"], row["schooljaar"]
        verband = row["vestiging__samenwerkingsverband__code"] or GEEN_VERBAND
        if verband != GEEN_VERBAND:
            verbanden[verband] = row["vestiging__samenwerkingsverband__naam"]
        known = scholen.get(brin)
        where = frozenset({row["vestiging__gemeente__code"]}) | (known.gemeenten if known else frozenset())
        scholen[brin] = School(brin, row["vestiging__school__naam"], known.verband if known else verband, where)
        per_jaar[jaar].add(brin)
        before = leerlingen.get((brin, jaar), 0)
        leerlingen[brin, jaar] = None if before is None or row["leerlingen"] is None else before + row["leerlingen"]
    gemeenten = dict(Gemeente.objects.filter(regio=regio).order_by("naam").values_list("code", "naam"))
    raw = _counts(regio, gemeenten, {jaar: {brin: scholen[brin].verband for brin in own} for jaar, own in per_jaar.items()})
    known_pupils = {key: n for key, n in leerlingen.items() if n is not None}
    return Hulp(scholen, verbanden, gemeenten, _published(regio, raw), known_pupils)


def _counts(regio: Regio, gemeenten: Mapping[str, str], verbanden: Mapping[int, Mapping[str, str]]) -> dict[int, Jaartelling]:
    cells = JeugdhulpCijfer.objects.filter(opgave__vervangen_door__isnull=True, opgave__vestiging__gemeente__regio=regio)
    rows = (
        cells.order_by()
        .values_list("opgave__schooljaar", "opgave__vestiging__school__brin", "woongemeente__code", "hulpvorm")
        .annotate(n=Sum("aantal"))
    )
    scholen: dict[int, dict[tuple[str, str], int]] = defaultdict(lambda: defaultdict(int))
    wonen: dict[int, dict[tuple[str, str], int]] = defaultdict(lambda: defaultdict(int))
    for jaar, brin, code, vorm, aantal in rows:
        scholen[jaar][brin, vorm] += aantal
        wonen[jaar][code if code in gemeenten else ELDERS, vorm] += aantal
    everywhere = {(code, vorm): 0 for code in (*gemeenten, ELDERS) for vorm in VORMEN}
    return {
        jaar: Jaartelling(verband, dict(scholen[jaar]), {**everywhere, **wonen[jaar]})
        for jaar, verband in sorted(verbanden.items())
    }


def _published(regio: Regio, raw: Mapping[int, Jaartelling]) -> dict[int, Jaarcijfers]:
    keys = {jaar: _key(regio, jaar, telling) for jaar, telling in raw.items()}
    known = cache.get_many(keys.values())
    found = {jaar: Jaarcijfers(own["getallen"]) for jaar, key in keys.items() if (own := known.get(key))}
    for jaar in raw.keys() - found.keys():
        found[jaar] = publish(raw[jaar], VORMEN)
        cache.set(keys[jaar], asdict(found[jaar]), BLIJFT)
    return dict(sorted(found.items()))


def _key(regio: Regio, jaar: int, telling: Jaartelling) -> str:
    parts = [sorted(telling.verband.items()), sorted(telling.scholen.items()), sorted(telling.gemeenten.items())]
    return f"hulp:{VERSIE}:{regio.pk}:{jaar}:{hashlib.sha256(json.dumps(parts).encode()).hexdigest()}"


def deliveries_of(regio_ids: Collection[int]) -> QuerySet[Aanlevering]:
    """What was delivered about these regions, the latest first."""
    about_schools = JeugdhulpOpgave.objects.filter(aanlevering=OuterRef("pk"), vestiging__gemeente__regio__in=regio_ids)
    about_wijken = WijkOpgave.objects.filter(aanlevering=OuterRef("pk"), gemeente__regio__in=regio_ids)
    return Aanlevering.objects.filter(Exists(about_schools) | Exists(about_wijken)).order_by("-op", "-pk")
