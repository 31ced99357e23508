"""A small exact linear program, for an attacker: what is the least and the most a hidden count can be, given all that is visible?

Some forty lines of our own, so that the tests need no numerical library, and with fractions, so that nothing is 'about' zero.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import product

from portal.dashboard.onderdrukking import Boom, Cel

Interval = tuple[int, int]
ONBEGRENSD = 10**9


def bounds(dimensies: tuple[Boom, ...], visible: Mapping[Cel, Interval], target: Cel) -> tuple[Fraction, Fraction]:
    """The least and the most a combination can be, for who knows an interval for each visible one."""
    micro = list(product(*(boom.bladen for boom in dimensies)))

    def row_of(cel: Cel) -> list[int]:
        below = [set(boom.below(node)) for boom, node in zip(dimensies, cel, strict=True)]
        return [int(all(leaf in own for leaf, own in zip(blad, below, strict=True))) for blad in micro]

    rows: list[list[int]] = []
    totals: list[int] = []
    slacks = 2 * len(visible)
    for n, (cel, (low, high)) in enumerate(visible.items()):
        own = row_of(cel)
        for sign, total, slack in ((1, high, 2 * n), (-1, low, 2 * n + 1)):
            rows.append(own + [sign if k == slack else 0 for k in range(slacks)])
            totals.append(total)
    objective = row_of(target) + [0] * slacks
    if not rows:
        return Fraction(0), Fraction(ONBEGRENSD)
    most = _maximise(rows, totals, objective)
    least = _maximise(rows, totals, [-v for v in objective])
    assert least is not None
    return -least, Fraction(ONBEGRENSD) if most is None else most


def _maximise(rows: Iterable[list[int]], totals: Iterable[int], objective: list[int]) -> Fraction | None:
    """The maximum of objective·x over x >= 0 with rows·x = totals (None: no bound). Two phases, Bland's rule."""
    rows, totals = list(rows), list(totals)
    m, n = len(rows), len(objective)
    table = [
        [Fraction(v) for v in row] + [Fraction(int(i == k)) for k in range(m)] + [Fraction(totals[i])]
        for i, row in enumerate(rows)
    ]
    basis = list(range(n, n + m))
    goal = [Fraction(-sum(row[j] for row in rows)) for j in range(n)] + [Fraction(0)] * m + [Fraction(-sum(totals))]
    assert _pivot(table, basis, goal, n + m) is not None
    assert goal[-1] == 0, "de ware tabel voldoet zelf aan alles wat zichtbaar is"
    for i, var in enumerate(basis):  # an artificial variable that stayed in the basis, at zero
        column = next((j for j in range(n) if table[i][j]), None) if var >= n else None
        if column is not None:
            _turn(table, basis, goal, i, column)
    goal = [Fraction(-v) for v in objective] + [Fraction(0)] * (m + 1)
    for i, var in enumerate(basis):
        if var < n and goal[var]:
            factor = goal[var]
            goal = [g - factor * t for g, t in zip(goal, table[i], strict=True)]
    return _pivot(table, basis, goal, n)


def _pivot(table: list[list[Fraction]], basis: list[int], goal: list[Fraction], columns: int) -> Fraction | None:
    while True:
        column = next((j for j in range(columns) if goal[j] < 0), None)
        if column is None:
            return goal[-1]
        ratios = [(row[-1] / row[column], basis[i], i) for i, row in enumerate(table) if row[column] > 0]
        if not ratios:
            return None
        _turn(table, basis, goal, min(ratios)[2], column)


def _turn(table: list[list[Fraction]], basis: list[int], goal: list[Fraction], i: int, column: int) -> None:
    pivot = table[i][column]
    table[i] = [v / pivot for v in table[i]]
    for row in (*(row for k, row in enumerate(table) if k != i), goal):
        if factor := row[column]:
            row[:] = [v - factor * p for v, p in zip(row, table[i], strict=True)]
    basis[i] = column
