"""How many thuiszitters the schools of a samenwerkingsverband have, so that nobody can be worked out.

Counted as of the first day of the month: whoever looks every day cannot see one pupil come or go. Under ten is hidden, the rest
to the nearest five, and more where that is needed (`portal.dashboard.bescherming`).
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from portal.dashboard.bescherming import Onbeschermbaar, Tabel, plat, rounded, suppress
from scholen.models import Leerling, Samenwerkingsverband, School
from scholen.verzuim.queries import maybe_at_home, standings

KOLOM = "thuiszitters"


@dataclass(frozen=True, slots=True)
class Verbandtelling:
    """`scholen`: (name, count), by name; None is hidden."""

    verband: Samenwerkingsverband
    peildatum: date
    totaal: int | None
    scholen: tuple[tuple[str, int | None], ...]


def count_thuiszitters(verband_ids: frozenset[int], op: date) -> list[Verbandtelling]:
    """Of each of these verbanden. A fixed number of queries per verband; most people have one."""
    dag = op.replace(day=1)
    return [_count(verband, dag) for verband in Samenwerkingsverband.objects.filter(pk__in=verband_ids)]


def _count(verband: Samenwerkingsverband, dag: date) -> Verbandtelling:
    scholen = dict(School.objects.filter(vestigingen__samenwerkingsverband=verband).distinct().values_list("brin", "naam"))
    pupils = maybe_at_home(Leerling.objects.filter(vestiging__samenwerkingsverband=verband), dag)
    counted = Counter(stand.leerling.vestiging.school.brin for stand in standings(pupils, dag) if stand.thuiszitter)
    shown = protect(verband.code, {brin: counted[brin] for brin in scholen})
    per_school = tuple((naam, shown[brin]) for brin, naam in sorted(scholen.items(), key=lambda item: (item[1], item[0])))
    return Verbandtelling(verband, dag, shown[verband.code], per_school)


def protect(top: str, aantallen: dict[str, int]) -> dict[str, int | None]:
    """Pure: of each place and of the total what may be shown."""
    if not aantallen:
        return {top: None}
    tabel = Tabel(plat(top, aantallen), (KOLOM,), {(plek, KOLOM): n for plek, n in aantallen.items()})
    try:
        hidden = suppress(tabel)
    except Onbeschermbaar:
        hidden = frozenset(tabel.waarden)
    return {plek: None if (plek, kolom) in hidden else rounded(n) for (plek, kolom), n in tabel.waarden.items()}
