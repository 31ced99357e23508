"""Small cells cannot be worked out: not by subtracting, and not by an attacker with a linear program."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.dashboard.onderdrukking import DREMPEL, Boom, Cel, Kubus, Regels, leeway, plat, rounded, suppress
from tests.dashboard.lp import Interval, bounds

REGIO = Boom({"regio": None, "A": "regio", "B": "regio", "a1": "A", "a2": "A", "b1": "B", "b2": "B"})


def visible(kubus: Kubus, hidden: frozenset[Cel]) -> dict[Cel, Interval]:
    """What someone sees: per visible combination everything that looks like the shown number."""
    return {cel: leeway(count) for cel, count in kubus.waarden.items() if cel not in hidden}


def small(kubus: Kubus) -> Iterator[Cel]:
    return (cel for cel, count in kubus.waarden.items() if count < DREMPEL)


def table(rows: dict[str, dict[str, int]]) -> Kubus:
    counts: dict[Cel, int] = {(row, column): count for row, cells in rows.items() for column, count in cells.items()}
    return Kubus((plat("rijen", rows), plat("kolommen", next(iter(rows.values())))), counts)


# --- Rounding ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("count", "shown"), [(10, 10), (12, 10), (13, 15), (17, 15), (18, 20), (1278, 1280)])
def test_a_visible_count_is_a_multiple_of_five(count: int, shown: int) -> None:
    assert rounded(count) == shown


@given(st.integers(10, 5000))
def test_the_leeway_is_everything_that_looks_the_same(count: int) -> None:
    least, most = leeway(count)
    assert least <= count <= most
    assert {rounded(n) for n in range(least, most + 1)} == {rounded(count)}
    assert least == DREMPEL or rounded(least - 1) != rounded(count)
    assert rounded(most + 1) != rounded(count)


# --- By example -------------------------------------------------------------------------------------------------
def test_counts_under_ten_are_hidden_and_nothing_else_when_nothing_follows() -> None:
    kubus = table({"x": {"k": 40, "l": 8, "m": 9}, "y": {"k": 50, "l": 9, "m": 8}, "z": {"k": 60, "l": 7, "m": 9}})
    assert suppress(kubus) == {(row, column) for row in "xyz" for column in "lm"}


def test_a_single_small_count_takes_company_in_its_row_and_column() -> None:
    kubus = table({"x": {"k": 40, "l": 3}, "y": {"k": 50, "l": 44}, "z": {"k": 60, "l": 35}})
    hidden = suppress(kubus)
    assert ("x", "l") in hidden
    for line in ([("x", "k"), ("x", "l"), ("x", "kolommen")], [(row, "l") for row in ("x", "y", "z", "rijen")]):
        assert sum(cel in hidden for cel in line) >= 2


def test_what_follows_from_two_rows_and_two_columns_together_is_protected_too() -> None:
    """Every row and column has two hidden counts, and yet one of them would follow: x + y minus k and l leaves y-m."""
    rows = {
        "x": {"k": 30, "l": 3, "m": 40, "n": 50},
        "y": {"k": 4, "l": 5, "m": 2, "n": 60},
        "z": {"k": 45, "l": 55, "m": 6, "n": 7},
        "w": {"k": 33, "l": 44, "m": 38, "n": 8},
    }
    kubus = table(rows)
    hidden = suppress(kubus)
    for cel in small(kubus):
        least, most = bounds(kubus.dimensies, visible(kubus, hidden), cel)
        assert least == 0
        assert most >= DREMPEL - 1


def test_a_region_minus_its_gemeenten_gives_no_small_rest() -> None:
    """One gemeente with four casussen: the region minus the others would be that four."""
    kubus = Kubus((plat("regio", ["A", "B", "C"]),), {("A",): 4, ("B",): 60, ("C",): 80})
    hidden = suppress(kubus)
    assert {("A",), ("B",)} <= hidden
    least, most = bounds(kubus.dimensies, visible(kubus, hidden), ("A",))
    assert least == 0
    assert most >= DREMPEL - 1


def test_a_year_minus_its_quarters_gives_no_small_rest() -> None:
    where, when = plat("regio", ["A", "B"]), plat("jaar", ["k1", "k2", "k3"])
    counts: dict[Cel, int] = {("A", "k1"): 40, ("A", "k2"): 6, ("A", "k3"): 50, ("B", "k1"): 90, ("B", "k2"): 70, ("B", "k3"): 80}
    hidden = suppress(Kubus((where, when), counts))
    assert sum(("A", period) in hidden for period in ("jaar", "k1", "k2", "k3")) >= 2
    assert sum((place, "k2") in hidden for place in ("regio", "A", "B")) >= 2


def test_a_gemeente_with_hardly_anything_hides_its_total_as_well() -> None:
    kubus = Kubus((plat("regio", ["A"]), plat("totaal", ["x", "y"])), {("A", "x"): 2, ("A", "y"): 1})
    assert suppress(kubus) == frozenset(kubus.waarden)


def test_an_empty_table_is_hidden_whole() -> None:
    kubus = Kubus((plat("regio", ["A", "B"]), plat("totaal", ["x", "y"])), {})
    assert suppress(kubus) == frozenset(kubus.waarden)


def test_large_counts_are_all_shown() -> None:
    kubus = table({"x": {"k": 40, "l": 30}, "y": {"k": 50, "l": 44}})
    assert suppress(kubus) == frozenset()


def test_it_prefers_to_hide_a_cell_over_a_margin() -> None:
    kubus = table({name: {"k": 40 + n, "l": 3 + n, "m": 30 + n, "n": 25 + n} for n, name in enumerate("uvwxyz")})
    margins = {cel for cel in kubus.waarden if "rijen" in cel or "kolommen" in cel}
    assert not suppress(kubus) & margins


def test_totals_that_are_shown_elsewhere_are_left_alone() -> None:
    """'ja' of a fixed total: hiding 'nee' with it is enough, and the total takes no part."""
    where, kind = plat("regio", ["A", "B"]), plat("totaal", ["ja", "nee"])
    counts: dict[Cel, int] = {("A", "ja"): 3, ("A", "nee"): 40, ("B", "ja"): 30, ("B", "nee"): 60}
    kubus = Kubus((where, kind), counts, lambda cel: cel[1] != "totaal")
    hidden = suppress(kubus, Regels(vast=frozenset({1})))
    assert {("A", "ja"), ("A", "nee")} <= hidden
    assert all(cel[1] != "totaal" for cel in hidden)


# --- For any table ----------------------------------------------------------------------------------------------
def counts_over(dimensies: tuple[Boom, ...]) -> st.SearchStrategy[dict[Cel, int]]:
    leaves: list[Cel] = [()]
    for boom in dimensies:
        leaves = [(*cel, leaf) for cel in leaves for leaf in boom.bladen]
    one = st.one_of(st.integers(0, 3), st.integers(0, 14), st.integers(5, 60))
    return st.lists(one, min_size=len(leaves), max_size=len(leaves)).map(lambda found: dict(zip(leaves, found, strict=True)))


FLAT = (REGIO, plat("totaal", ["x", "y", "z"]))
OVER_TIME = (plat("regio", ["A", "B", "C"]), plat("jaar", ["k1", "k2"]))
DEEP = (plat("regio", ["A", "B"]), plat("totaal", ["x", "y"]), plat("jaar", ["k1", "k2"]))


@pytest.mark.parametrize("dimensies", [FLAT, OVER_TIME, DEEP], ids=["gebied en fase", "gebied en tijd", "drie dimensies"])
@given(data=st.data())
@settings(max_examples=15, deadline=None)
def test_no_linear_reasoning_tells_more_than_less_than_ten(dimensies: tuple[Boom, ...], data: st.DataObject) -> None:
    kubus = Kubus(dimensies, data.draw(counts_over(dimensies)))
    hidden = suppress(kubus)
    seen = visible(kubus, hidden)
    candidates = list(small(kubus))
    for cel in data.draw(st.lists(st.sampled_from(candidates), max_size=3, unique=True)) if candidates else []:
        least, most = bounds(dimensies, seen, cel)
        assert least == 0
        assert most >= DREMPEL - 1


@given(counts_over(FLAT))
@settings(max_examples=60, deadline=None)
def test_no_hidden_count_stands_alone(counts: dict[Cel, int]) -> None:
    kubus = Kubus(FLAT, counts)
    hidden = suppress(kubus)
    for place, fase in kubus.waarden:
        children = FLAT[0].kinderen.get(place, [])
        phases = FLAT[1].kinderen.get(fase, [])
        for line in ([(place, fase), *((c, fase) for c in children)], [(place, fase), *((place, p) for p in phases)]):
            if len(line) > 1:
                assert sum(cel in hidden for cel in line) != 1


@given(counts_over(FLAT))
@settings(max_examples=25, deadline=None)
def test_the_same_table_is_always_shown_the_same(counts: dict[Cel, int]) -> None:
    assert suppress(Kubus(FLAT, counts)) == suppress(Kubus(FLAT, dict(reversed(counts.items()))))


@given(counts_over(FLAT))
@settings(max_examples=25, deadline=None)
def test_it_hides_every_small_count(counts: dict[Cel, int]) -> None:
    kubus = Kubus(FLAT, counts)
    assert set(small(kubus)) <= suppress(kubus)
