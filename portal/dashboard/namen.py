"""What the units of a cut are called: written down with the figures, so that they keep the name they had."""

from collections.abc import Iterable

from gebieden.models import Gemeente, Wijk
from portal.dashboard.tellen import REGIO
from scholen.models import Samenwerkingsverband, School
from scholen.sectoren import Sector
from wijkteams.models import Wijkteam

ELDERS = "Woont buiten de regio of onbekend"
#: Units that are no organisation or area of their own.
VAST = {
    REGIO: "De hele regio",
    "elders": ELDERS,
    "geen": "Zonder samenwerkingsverband (mbo)",
    "onbekend": "Sector onbekend",
    "geenteam": "Nog geen wijkteam",
    "geenteam/geen": "Nog geen wijkteam",
}


def names_of(blad: str, eenheden: Iterable[str]) -> dict[str, str]:
    """Of every unit; one that has no name any more keeps its code."""
    units = list(eenheden)
    known = VAST | _NAMEN[blad]()
    return {unit: known.get(unit) or known.get(unit.rpartition("/")[2]) or unit for unit in units}


def _homes() -> dict[str, str]:
    wijken = dict(Wijk.objects.filter(editie__actief=True).values_list("code", "naam"))
    return wijken | dict(Gemeente.objects.values_list("code", "naam")) | {"onbekend": "Wijk onbekend"}


def _schools() -> dict[str, str]:
    return dict(School.objects.values_list("brin", "naam")) | dict(Samenwerkingsverband.objects.values_list("code", "naam"))


def _teams() -> dict[str, str]:
    teams = {f"team{pk}": naam for pk, naam in Wijkteam.objects.values_list("pk", "naam")}
    return teams | {f"T{code}": f"Teams van {naam}" for code, naam in Gemeente.objects.values_list("code", "naam")}


_NAMEN = {"wonen": _homes, "school": _schools, "sector": lambda: dict(Sector.choices), "team": _teams}
