"""From raw counts of youth help to what may be shown: the only way out. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from portal.dashboard.bescherming import Boom, Onbeschermbaar, rounded, suppress
from portal.hulp.bescherming import TOTAAL, Koppeltabel
from portal.uitvoer import VERBORGEN, Verborgen

REGIO = "regio"
#: Whoever belongs to no samenwerkingsverband (mbo), and whose home is elsewhere or not known.
GEEN_VERBAND, ELDERS = "geen-verband", "elders"
#: A count that may be shown, or one that may not.
Getal = int | Verborgen


@dataclass(frozen=True, slots=True)
class Jaartelling:
    """Raw figures of one region and school year, for nobody's eyes. Schools by BRIN, gemeenten by code."""

    verband: Mapping[str, str]
    scholen: Mapping[tuple[str, str], int]
    gemeenten: Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Jaarcijfers:
    """What may be shown of one school year; None in `getallen` is hidden."""

    getallen: Mapping[str, Mapping[str, int | None]] = field(default_factory=dict)

    def figure(self, plek: str, vorm: str = TOTAAL) -> Getal | None:
        """Of a school, samenwerkingsverband, gemeente or the region. None: nothing was delivered about it."""
        own = self.getallen.get(plek)
        if own is None:
            return None
        value = own.get(vorm)
        return VERBORGEN if value is None else value


def publish(telling: Jaartelling, vormen: tuple[str, ...]) -> Jaarcijfers:
    """Protect one year of one region, whoever will look. A kind that nobody had is hidden like any other small count."""
    ouders: dict[str, str | None] = {REGIO: None}
    ouders |= dict.fromkeys(sorted(set(telling.verband.values())), REGIO)
    ouders |= dict(sorted(telling.verband.items()))
    tabel = Koppeltabel(Boom(ouders), vormen, telling.scholen, TOTAAL, wonen=telling.gemeenten)
    try:
        hidden = suppress(tabel)
    except Onbeschermbaar:  # too little of anything to hide it among
        hidden = frozenset(tabel.waarden)
    shown: dict[str, dict[str, int | None]] = {}
    for (node, kolom), aantal in tabel.waarden.items():
        shown.setdefault(node, {})[kolom] = None if (node, kolom) in hidden else rounded(aantal)
    return Jaarcijfers(shown)
