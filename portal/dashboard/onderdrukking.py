"""Small cells: which counts of a table with margins may be shown, so that no hidden one can be worked out. Pure.

A count under ten is hidden (primary), the others are shown to the nearest five. Whoever subtracts the rest of a row or column,
or one period from another, would get a hidden count back; so more is hidden (secondary) until that fails. 'Fails' is meant
literally: for every hidden count under ten there are two other tables that look exactly the same, one in which that count is 0
and one in which it is 9. As long as both exist, no reasoning on what is visible (sums, differences, a linear program) can say
more than 'less than ten'. And no hidden count stands alone in its row or column.

The other tables are found as statisticians do it, along hypercubes: move some people from one row to another in one column, and
back in another column; every margin stays as it was. With margins as part of the cube the same move reaches totals, and a path
over a tree (region, gemeente, wijkteam) is one move as well. A visible corner can move as far as its rounding hides it. Several
small moves may add up to the one that is needed. Where they do not, the cheapest cube that gives room is hidden: rather a cell
than a margin, rather a small count than a large one.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product

DREMPEL = 10
AFRONDING = 5
#: A margin costs so much more to hide than a cell, per level in every dimension.
MARGE = 40
#: Of how many leaves below a node the moves are tried: the largest ones.
BLADEN = 4

Cel = tuple[str, ...]
Zet = tuple[tuple[str, int], ...]


def rounded(aantal: int) -> int:
    """A visible count, to the nearest five."""
    return AFRONDING * ((aantal + AFRONDING // 2) // AFRONDING)


def leeway(aantal: int) -> tuple[int, int]:
    """What a visible count may really be: the least and the most that look the same."""
    shown = rounded(aantal)
    return max(DREMPEL, shown - AFRONDING // 2), shown + AFRONDING // 2


@dataclass(frozen=True)
class Boom:
    """One dimension: nodes with their parent; exactly one has none. Leaves are what is counted, the rest is added up."""

    ouders: Mapping[str, str | None]

    @cached_property
    def bladen(self) -> tuple[str, ...]:
        parents = set(self.ouders.values())
        return tuple(node for node in self.ouders if node not in parents)

    @cached_property
    def paden(self) -> dict[str, tuple[str, ...]]:
        """From each node up to the top, itself included."""
        return {node: tuple(self._up(node)) for node in self.ouders}

    def _up(self, node: str) -> Iterator[str]:
        here: str | None = node
        while here is not None:
            yield here
            here = self.ouders[here]

    @cached_property
    def kinderen(self) -> dict[str, list[str]]:
        """What every node that is a sum is the sum of."""
        children: dict[str, list[str]] = {}
        for node, parent in self.ouders.items():
            if parent is not None:
                children.setdefault(parent, []).append(node)
        return children

    @cached_property
    def hoogte(self) -> dict[str, int]:
        """How many levels a node lies above the leaves below it."""
        height = dict.fromkeys(self.ouders, 0)
        for leaf in self.bladen:
            for level, node in enumerate(self.paden[leaf]):
                height[node] = max(height[node], level)
        return height

    def below(self, node: str) -> list[str]:
        return [leaf for leaf in self.bladen if node in self.paden[leaf]]


def plat(top: str, bladen: Iterable[str]) -> Boom:
    """A dimension with one total."""
    return Boom({top: None, **dict.fromkeys(bladen, top)})


def _everything(_cel: Cel) -> bool:
    return True


@dataclass(frozen=True)
class Kubus:
    """Counts over some dimensions, with every margin.

    `bestaat` says which combinations are published at all (a wijkteam only for a whole year). What is not published must follow
    from independent choices within the margins that are: then any change of those can be filled in below.
    """

    dimensies: tuple[Boom, ...]
    tellingen: Mapping[Cel, int]
    bestaat: Callable[[Cel], bool] = _everything

    @cached_property
    def alles(self) -> dict[Cel, int]:
        """The count of every combination of nodes, published or not."""
        found = dict.fromkeys(product(*(boom.ouders for boom in self.dimensies)), 0)
        for blad, aantal in self.tellingen.items():
            for cel in product(*(boom.paden[node] for boom, node in zip(self.dimensies, blad, strict=True))):
                found[cel] += aantal
        return found

    @cached_property
    def waarden(self) -> dict[Cel, int]:
        """The count of every published combination of nodes."""
        return {cel: aantal for cel, aantal in self.alles.items() if self.bestaat(cel)}


@dataclass(frozen=True, kw_only=True)
class Regels:
    """How a table is shown.

    `verborgen` is hidden anyway. Totals over a dimension in `vast` stay as they are: they are shown elsewhere. `los`: what
    belongs to a total that is hidden there; without it nobody can subtract. `speling`: what a visible count may really be, when
    it is not shown itself but something coarser. `nooit_alleen`: of the terms of a sum none or at least two are hidden.
    """

    verborgen: frozenset[Cel] = frozenset()
    vast: frozenset[int] = frozenset()
    los: frozenset[Cel] = frozenset()
    speling: Callable[[Cel, int], tuple[int, int]] | None = None
    nooit_alleen: bool = True


GEWOON = Regels()


def suppress(kubus: Kubus, regels: Regels = GEWOON) -> frozenset[Cel]:
    """What may not be shown."""
    return frozenset(_Onderdrukking(kubus, regels, {*regels.verborgen, *regels.los}).run())


@dataclass
class _Onderdrukking:
    kubus: Kubus
    regels: Regels
    hidden: set[Cel]
    _moves: dict[tuple[Cel, int], list[Zet]] = field(default_factory=dict)

    def run(self) -> set[Cel]:
        waarden = self.kubus.waarden
        small = [cel for cel, aantal in waarden.items() if aantal < DREMPEL]
        small.sort(key=lambda cel: (-self._level(cel), cel))
        self.hidden.update(small)
        self._leave_none_alone()
        for cel in small:
            if cel in self.regels.los:
                continue
            self._swing(cel, +1, DREMPEL - 1 - waarden[cel])
            self._swing(cel, -1, waarden[cel])
        return self.hidden

    def _level(self, cel: Cel) -> int:
        return sum(boom.hoogte[node] for boom, node in zip(self.kubus.dimensies, cel, strict=True))

    def _weight(self, cel: Cel) -> float:
        return float(MARGE ** self._level(cel)) * (1 + self.kubus.waarden[cel] / 1000)

    # --- Rows and columns -------------------------------------------------------------------------------------------
    def _hide(self, cellen: Iterable[Cel]) -> None:
        self.hidden.update(cellen)
        self._leave_none_alone()

    def _leave_none_alone(self) -> None:
        """In every sum of the table none or at least two of its terms are hidden; otherwise the cheapest other one is too."""
        changed = self.regels.nooit_alleen
        while changed:
            changed = False
            for line in self._lines:
                shown = [cel for cel in line if cel not in self.hidden]
                if shown and len(line) - len(shown) == 1:
                    self.hidden.add(min(shown, key=self._weight))
                    changed = True

    @cached_property
    def _lines(self) -> list[list[Cel]]:
        """Every total with what it is the sum of, as far as all of that is published."""
        waarden = self.kubus.waarden
        lines = []
        for cel in waarden:
            for d, boom in enumerate(self.kubus.dimensies):
                parts = [(*cel[:d], child, *cel[d + 1 :]) for child in boom.kinderen.get(cel[d], ())]
                if parts and all(part in waarden for part in parts):
                    lines.append([cel, *parts])
        return lines

    # --- Moving one count, with everything looking as it did --------------------------------------------------------
    def _swing(self, cel: Cel, richting: int, nodig: int) -> None:
        """Make sure that this count could as well have been `nodig` more (or less)."""
        while nodig > 0:
            rest, moved = min((self._try(cel, richting, nodig, step) for step in (1, -1)), key=lambda found: found[0])
            if rest <= 0:
                return
            self._hide_cheapest(cel, richting, rest, moved)

    def _try(self, cel: Cel, richting: int, nodig: int, step: int) -> tuple[int, dict[Cel, int]]:
        """Add up moves, from near to far (`step` 1) or the other way round. Answers what is still needed, and what was moved."""
        moved: dict[Cel, int] = {}
        rest = self._push(cel, richting, nodig, moved, step=step, within=True)
        return self._push(cel, richting, rest, moved, step=step, within=False), moved

    def _push(self, cel: Cel, richting: int, nodig: int, moved: dict[Cel, int], *, step: int, within: bool) -> int:
        """Move along cubes: only `within` what is hidden, or also over what rounding hides. Answers what is still needed."""
        if nodig <= 0:
            return 0
        moves = [self._moves_of(cel, d)[::step] for d in range(len(cel))]
        if within:
            moves = [[move for move in own if self._hidden_along(cel, d, move)] for d, own in enumerate(moves)]
        for chosen in product(*moves):
            cube = self._cube(chosen)
            room = min(nodig, self._room(cube, richting, moved))
            if room <= 0:
                continue
            for corner, sign in cube:
                moved[corner] = moved.get(corner, 0) + sign * richting * room
            nodig -= room
            if not nodig:
                break
        return nodig

    def _room(self, cube: Iterable[tuple[Cel, int]], richting: int, moved: Mapping[Cel, int], *, hide: bool = False) -> int:
        """How far along this cube counts can move: hidden ones down to zero, visible ones within their rounding.

        `hide`: as if all of the cube were hidden.
        """
        room = 10 * DREMPEL
        for corner, sign in cube:
            true = self.kubus.waarden[corner]
            now = true + moved.get(corner, 0)
            up = sign * richting > 0
            if hide or corner in self.hidden:
                room = room if up else min(room, now)
            else:
                least, most = self._leeway(corner, true)
                room = min(room, most - now if up else now - least)
            if room <= 0:
                return 0
        return room

    def _leeway(self, cel: Cel, aantal: int) -> tuple[int, int]:
        return self.regels.speling(cel, aantal) if self.regels.speling else leeway(aantal)

    def _hide_cheapest(self, cel: Cel, richting: int, nodig: int, moved: dict[Cel, int]) -> None:
        """Hide the cube that costs least and gives room; there always is one, since all totals together are one."""
        best: list[Cel] = []
        least = (float("inf"), 0)
        for chosen in product(*(self._moves_of(cel, d) for d in range(len(cel)))):
            cube = self._cube(chosen)
            extra = [corner for corner, _ in cube if corner not in self.hidden]
            cost = sum(map(self._weight, extra))
            if not extra or cost > least[0]:
                continue
            room = min(nodig, self._room(cube, richting, moved, hide=True))
            if room > 0 and (cost, -room) < least:
                best, least = extra, (cost, -room)
        if not best:
            raise ArithmeticError(f"Deze cel kan niet beschermd worden: {cel}.")
        self._hide(best)

    # --- Cubes ------------------------------------------------------------------------------------------------------
    def _cube(self, moves: tuple[Zet, ...]) -> list[tuple[Cel, int]]:
        """The corners, each with whether it goes along (+1) or the other way (−1)."""
        corners: list[tuple[Cel, int]] = [((), 1)]
        for move in moves:
            corners = [((*cel, node), sign * own) for cel, sign in corners for node, own in move]
        return [(cel, sign) for cel, sign in corners if cel in self.kubus.waarden]

    def _hidden_along(self, cel: Cel, d: int, move: Zet) -> bool:
        """Are the corners that differ from this cell in one dimension only hidden? Without that the cube is of no use."""
        for node, _ in move:
            corner = (*cel[:d], node, *cel[d + 1 :])
            if corner in self.kubus.waarden and corner not in self.hidden:
                return False
        return True

    def _moves_of(self, cel: Cel, d: int) -> list[Zet]:
        """How people can come to this node: from a leaf elsewhere, near ones first, or from nowhere (all totals grow)."""
        known = self._moves.get((cel, d))
        if known is None:
            known = self._moves[cel, d] = list(self._make_moves(cel, d))
        return known

    def _make_moves(self, cel: Cel, d: int) -> Iterator[Zet]:
        boom, node = self.kubus.dimensies[d], cel[d]
        own = self._largest(cel, d, boom.below(node), all_filled=True)
        elsewhere: list[str] = []
        for other in boom.ouders:
            if boom.ouders[other] in boom.paden[node] and other not in boom.paden[node] and node not in boom.paden[other]:
                elsewhere += self._largest(cel, d, boom.below(other))
        for leaf in own:
            path = boom.paden[leaf]
            for target in sorted(elsewhere, key=lambda other: len(set(path) ^ set(boom.paden[other]))):
                back = boom.paden[target]
                yield (*((n, 1) for n in path if n not in back), *((n, -1) for n in back if n not in path))
        if d not in self.regels.vast:
            for leaf in own:
                yield tuple((n, 1) for n in boom.paden[leaf])

    def _largest(self, cel: Cel, d: int, leaves: list[str], *, all_filled: bool = False) -> list[str]:
        """The leaves with the highest counts beside this cell: those give room. `all_filled`: every leaf that has any."""
        counts = {leaf: self.kubus.alles[*cel[:d], leaf, *cel[d + 1 :]] for leaf in leaves}
        order = sorted(leaves, key=lambda leaf: (-counts[leaf], leaf))
        return [leaf for n, leaf in enumerate(order) if n < BLADEN or (all_filled and counts[leaf])]
