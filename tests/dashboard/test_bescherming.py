"""Protecting one table: small counts are hidden, and so much more that none of them follows."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.dashboard.bescherming import Boom, Onbeschermbaar, Tabel, plat, rounded, suppress
from portal.dashboard.publiceren import merge

NU = "nu"


def one(counts: dict[str, int]) -> frozenset[str]:
    table = Tabel(plat("alles", counts), (NU,), {(unit, NU): n for unit, n in counts.items()})
    return frozenset(unit for unit, _ in suppress(table))


@pytest.mark.parametrize(("count", "shown"), [(10, 10), (12, 10), (13, 15), (17, 15), (18, 20), (1278, 1280)])
def test_a_visible_count_is_a_multiple_of_five(count: int, shown: int) -> None:
    assert rounded(count) == shown


def test_a_single_small_count_takes_the_smallest_other_along() -> None:
    assert one({"a": 4, "b": 60, "c": 80}) == {"a", "b"}


def test_two_small_counts_that_are_ten_together_hide_each_other() -> None:
    assert one({"a": 4, "b": 7, "c": 80}) == {"a", "b"}


def test_two_small_counts_that_are_less_than_ten_together_need_a_third() -> None:
    """Total minus what is visible is 5: both are under ten, for sure."""
    assert one({"a": 2, "b": 3, "c": 30, "d": 80}) == {"a", "b", "c"}


def test_large_counts_are_all_shown() -> None:
    assert one({"a": 40, "b": 30}) == frozenset()


def test_a_small_total_hides_everything() -> None:
    assert one({"a": 2, "b": 3}) == {"alles", "a", "b"}


def test_a_year_minus_its_quarters_gives_no_small_rest() -> None:
    boom = plat("alles", ["a", "b", "c"])
    counts = {("a", "k1"): 40, ("a", "k2"): 6, ("b", "k1"): 90, ("b", "k2"): 70, ("c", "k1"): 50, ("c", "k2"): 30}
    before = frozenset({("a", "k1"), ("b", "k1"), ("c", "k1"), ("b", "k2"), ("alles", "k1"), ("alles", "k2")})
    gone = frozenset({("a", "k2"), ("c", "k2")})
    hidden = suppress(Tabel(boom, ("k1", "k2"), counts, "jaar", vast=before | {("alles", "jaar")}, verborgen=gone))
    assert {("a", "jaar"), ("c", "jaar")} <= hidden
    assert not hidden & before


def test_what_was_published_before_is_never_hidden_and_may_leave_no_room() -> None:
    counts = {("a", NU): 4, ("b", NU): 60}
    with pytest.raises(Onbeschermbaar):
        suppress(Tabel(plat("alles", ["a", "b"]), (NU,), counts, vast=frozenset({("b", NU), ("alles", NU)})))


def test_a_part_can_not_be_more_than_its_whole() -> None:
    """'a' could never be ten late ones out of eleven without somebody else giving way."""
    counts = {("a", NU): 2, ("b", NU): 3, ("c", NU): 20}
    ceilings = {("a", NU): 11, ("b", NU): 12, ("c", NU): 40, ("alles", NU): 63}
    hidden = suppress(Tabel(plat("alles", ["a", "b", "c"]), (NU,), counts, plafond=ceilings.get))
    assert hidden == {("a", NU), ("b", NU), ("c", NU)}


def test_columns_that_are_too_small_go_together() -> None:
    assert merge({"a": 30, "b": 2, "c": 0, "d": 3, "e": 12}) == [("a",), ("b", "d", "e")]
    assert merge({"a": 30, "b": 4, "c": 7}) == [("a",), ("b", "c")]
    assert merge({"a": 0}) == []


TREE = Boom({"alles": None, "A": "alles", "B": "alles", "a1": "A", "a2": "A", "b1": "B", "b2": "B", "b3": "B"})
LEAVES = ["a1", "a2", "b1", "b2", "b3"]


@given(st.lists(st.one_of(st.integers(0, 3), st.integers(0, 14), st.integers(5, 60)), min_size=10, max_size=10))
@settings(max_examples=150, deadline=None)
def test_in_no_sum_one_hidden_count_stands_alone(counts: list[int]) -> None:
    values = {(unit, column): counts[2 * n + k] for n, unit in enumerate(LEAVES) for k, column in enumerate(("x", "y"))}
    table = Tabel(TREE, ("x", "y"), values, "som")
    hidden = suppress(table)
    assert all(cel in hidden for cel, n in table.waarden.items() if n < 10)
    lines = [[(unit, c) for c in ("x", "y", "som")] for unit in LEAVES]
    lines += [[(top, c), *((kind, c) for kind in kinds)] for top, kinds in TREE.kinderen.items() for c in ("x", "y", "som")]
    for line in lines:
        assert sum(cel in hidden for cel in line) != 1


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 40), min_size=2))
@settings(max_examples=100, deadline=None)
def test_the_same_counts_are_always_hidden_the_same(counts: dict[str, int]) -> None:
    assert one(counts) == one(dict(reversed(counts.items())))
