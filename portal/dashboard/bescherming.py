"""Small cells: which counts of a table may be shown, so that no hidden one can be worked out. Pure.

A count under ten is hidden (primary), the others are shown to the nearest five. Whoever subtracts the rest of a row or column,
or one period from another, would get a hidden count back; so more is hidden (secondary) until that fails. 'Fails' is meant
literally: for every hidden count under ten there is another table in which it is ten or more, with every visible count exactly
as it is (and, where that can be had, one in which it is zero). Rounding is no part of the argument, so whoever learns the exact
numbers, by watching a figure over time or from their own work, learns nothing of the hidden ones either.

The other tables are found as a flow. A table of places (a tree) by columns with one total is a network: every sum is a node,
every count an arc. Raising one count and leaving all sums right is sending something round along a cycle through its arc. Along
arcs that are hidden this is free; where it takes a visible one, that one is hidden too: the cheapest way round is.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from heapq import heappop, heappush
from itertools import count

DREMPEL = 10
AFRONDING = 5
#: A margin costs so much more to hide than a cell, per level.
MARGE = 40.0
ONBEPERKT = 10**9

Cel = tuple[str, str]
Knoop = tuple[str, ...]
BUITEN: Knoop = ("buiten",)


def rounded(aantal: int) -> int:
    """A visible count, to the nearest five."""
    return AFRONDING * ((aantal + AFRONDING // 2) // AFRONDING)


@dataclass(frozen=True)
class Boom:
    """Places with the one they are part of; exactly one is part of nothing. Leaves are counted, the rest is added up."""

    ouders: Mapping[str, str | None]

    @cached_property
    def top(self) -> str:
        return next(node for node, parent in self.ouders.items() if parent is None)

    @cached_property
    def kinderen(self) -> dict[str, list[str]]:
        children: dict[str, list[str]] = {}
        for node, parent in self.ouders.items():
            if parent is not None:
                children.setdefault(parent, []).append(node)
        return children

    def above(self, node: str) -> Iterator[str]:
        """The node itself and everything it is part of."""
        here: str | None = node
        while here is not None:
            yield here
            here = self.ouders[here]

    def height(self, node: str) -> int:
        return 1 + max(map(self.height, self.kinderen[node])) if node in self.kinderen else 0


def plat(top: str, bladen: Iterable[str]) -> Boom:
    """One total and what it is the sum of."""
    return Boom({top: None, **dict.fromkeys(bladen, top)})


@dataclass(frozen=True)
class Tabel:
    """Counts of places (rows) by columns. With `totaal` the columns add up to a column of that name; without it there is one.

    `vast`: what was published before, or is shown elsewhere, and can no longer be hidden. `verborgen`: what is hidden anyway.
    `plafond`: the most a count can be, when it is a part of another that is shown.
    """

    boom: Boom
    kolommen: tuple[str, ...]
    tellingen: Mapping[Cel, int]
    totaal: str | None = None
    vast: frozenset[Cel] = frozenset()
    verborgen: frozenset[Cel] = frozenset()
    plafond: Callable[[Cel], int | None] = field(default=lambda _cel: None)

    @cached_property
    def waarden(self) -> dict[Cel, int]:
        """Every count and every sum. Only what the leaves say counts."""
        columns = [*self.kolommen, *([self.totaal] if self.totaal else [])]
        found = {(node, column): 0 for node in self.boom.ouders for column in columns}
        for node in self.boom.ouders:
            if node in self.boom.kinderen:
                continue
            for column in self.kolommen:
                aantal = self.tellingen.get((node, column), 0)
                for above in self.boom.above(node):
                    found[above, column] += aantal
                    if self.totaal:
                        found[above, self.totaal] += aantal
        return found

    def arc(self, cel: Cel) -> tuple[Knoop, Knoop]:
        """From which sum to which: totals of a column come down the tree, rows join their columns, and totals go up again."""
        node, column = cel
        parent, inner = self.boom.ouders[node], node in self.boom.kinderen
        if column == self.totaal:
            return ("som", node) if inner else ("rij", node), BUITEN if parent is None else ("som", parent)
        leaf = ("rij", node) if self.totaal else BUITEN
        return BUITEN if parent is None else ("kolom", parent, column), ("kolom", node, column) if inner else leaf


def suppress(tabel: Tabel) -> frozenset[Cel]:
    """What may not be shown."""
    return frozenset(_Onderdrukking(tabel).run())


class Onbeschermbaar(ArithmeticError):  # noqa: N818  (the words of the house)
    """A small count cannot be hidden in this table as it stands: what was published before leaves no room."""


class _Onderdrukking:
    def __init__(self, tabel: Tabel) -> None:
        self.tabel = tabel
        self.hidden = {cel for cel, aantal in tabel.waarden.items() if aantal < DREMPEL} | set(tabel.verborgen)
        top = tabel.boom.top
        gone = {column for node, column in self.hidden if node == top}
        self.hidden |= {cel for cel in tabel.waarden if cel[1] in gone}
        self.uit: dict[Knoop, list[tuple[Knoop, Cel, int]]] = {}
        for cel in sorted(tabel.waarden):
            tail, head = tabel.arc(cel)
            self.uit.setdefault(tail, []).append((head, cel, +1))
            self.uit.setdefault(head, []).append((tail, cel, -1))

    def run(self) -> set[Cel]:
        waarden = self.tabel.waarden
        small = sorted((cel for cel in self.hidden if waarden[cel] < DREMPEL), key=lambda cel: (-waarden[cel], cel))
        for cel in small:
            self._swing(cel, +1, DREMPEL - waarden[cel])
        for cel in small:
            self._swing(cel, -1, waarden[cel])
        return self.hidden

    def _swing(self, cel: Cel, richting: int, nodig: int) -> None:
        """Make sure that this count could as well have been `nodig` more (or less)."""
        tail, head = self.tabel.arc(cel)
        begin, eind = (head, tail) if richting > 0 else (tail, head)
        if begin == eind:
            return  # a total that is in no sum
        moved: dict[Cel, int] = {}
        taken: set[Cel] = set()
        while nodig > 0:
            path = self._cheapest(begin, eind, cel, moved, taken)
            if path is None:
                if richting > 0:
                    raise Onbeschermbaar(str(cel))
                break  # it could be more than ten; that it could be nothing at all is not to be had here
            room = min(nodig, *(self._room(own, sign, moved) for own, sign in path))
            for own, sign in path:
                moved[own] = moved.get(own, 0) + sign * room
                taken.add(own)
            nodig -= room
        self.hidden |= taken

    def _room(self, cel: Cel, sign: int, moved: Mapping[Cel, int]) -> int:
        """How far a count can go up or down."""
        now = self.tabel.waarden[cel] + moved.get(cel, 0)
        if sign < 0:
            return now
        most = self.tabel.plafond(cel)
        return ONBEPERKT if most is None else most - now

    def _cost(self, cel: Cel, taken: set[Cel]) -> float:
        """Hidden counts cost next to nothing; a visible one more as it says more."""
        if cel in self.hidden or cel in taken:
            return 0.001
        node, column = cel
        level = self.tabel.boom.height(node) + (column == self.tabel.totaal)
        return MARGE**level * (1 + self.tabel.waarden[cel] / 1000)

    def _cheapest(
        self, begin: Knoop, eind: Knoop, own: Cel, moved: Mapping[Cel, int], taken: set[Cel]
    ) -> list[tuple[Cel, int]] | None:
        """The cheapest way round that leaves `own` alone, over counts that can still give way."""
        order = count()
        queue: list[tuple[float, int, Knoop]] = [(0.0, next(order), begin)]
        cost = {begin: 0.0}
        via: dict[Knoop, tuple[Knoop, Cel, int]] = {}
        while queue:
            so_far, _, here = heappop(queue)
            if here == eind:
                path = []
                while here != begin:
                    here, cel, sign = via[here]
                    path.append((cel, sign))
                return path
            if so_far > cost[here]:
                continue
            for there, cel, sign in self.uit.get(here, ()):
                if cel == own or (cel in self.tabel.vast and cel not in self.hidden) or self._room(cel, sign, moved) <= 0:
                    continue
                total = so_far + self._cost(cel, taken)
                if total < cost.get(there, float("inf")):
                    cost[there], via[there] = total, (here, cel, sign)
                    heappush(queue, (total, next(order), there))
        return None
