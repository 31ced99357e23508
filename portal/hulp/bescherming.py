"""Which counts of youth help may be shown, so that no hidden one can be worked out. Pure.

Of each school year two tables are published: school × kind of help (with the samenwerkingsverbanden in between), and gemeente
× kind. They share the totals per kind, and that is all they share: whatever a count per school and a count per gemeente are,
there is a way to divide help over gemeente, school and kind at once that gives both. So what holds for both together holds
for all that is behind them. A third table, gemeente × school, would close the circle and undo that; it is published nowhere.

Both tables together are one network (see `portal.dashboard.bescherming`): help goes from the gemeente, over its kind, to the
school, and back to the gemeente through the totals.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from portal.dashboard.bescherming import Cel, Knoop, Tabel

TOTAAL = "totaal"
_WONEN: Knoop = ("wonen",)


@dataclass(frozen=True)
class Koppeltabel(Tabel):
    """School × kind and gemeente × kind of one year, with one set of totals. `wonen` holds the counts of the second."""

    wonen: Mapping[Cel, int] = field(default_factory=dict)

    @cached_property
    def plaatsen(self) -> frozenset[str]:
        """The rows of the second table."""
        return frozenset(node for node, _ in self.wonen)

    @cached_property
    def waarden(self) -> dict[Cel, int]:
        found = dict(Tabel.waarden.func(self))  # type: ignore[attr-defined]
        for node in self.plaatsen:
            own = {kolom: self.wonen.get((node, kolom), 0) for kolom in self.kolommen}
            found |= {(node, kolom): aantal for kolom, aantal in own.items()}
            found[node, TOTAAL] = sum(own.values())
        for kolom in self.kolommen:
            if sum(found[node, kolom] for node in self.plaatsen) != found[self.boom.top, kolom]:
                raise ValueError(f"De twee tabellen tellen niet hetzelfde: {kolom}.")
        return found

    def arc(self, cel: Cel) -> tuple[Knoop, Knoop]:
        node, kolom = cel
        if node in self.plaatsen:
            return (_WONEN, ("thuis", node)) if kolom == TOTAAL else (("thuis", node), ("vorm", kolom))
        tail, head = super().arc(cel)
        if node == self.boom.top:
            return (tail, _WONEN) if kolom == TOTAAL else (("vorm", kolom), head)
        return tail, head
