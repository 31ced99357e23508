"""How many places are taken at once, from a day on."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casussen.bezetting import first_free, most_at_once

DAG = date(2026, 12, 2)


def dag(n):
    return DAG + timedelta(days=n)


@pytest.mark.parametrize(
    ("perioden", "vanaf", "hoogste"),
    [
        ([], 0, 0),
        ([(0, None)], 0, 1),
        ([(5, None)], 0, 1),  # who comes later takes a place too
        ([(0, 5), (5, None)], 0, 1),  # who leaves makes room the same day
        ([(0, 6), (5, None)], 0, 2),
        ([(0, 6), (5, None)], 6, 1),
        ([(0, 5)], 5, 0),
        ([(0, 5), (0, 5), (5, 9)], 2, 2),
    ],
)
def test_the_most_at_once(perioden, vanaf, hoogste):
    periods = [(dag(a), None if b is None else dag(b)) for a, b in perioden]
    assert most_at_once(periods, dag(vanaf)) == hoogste


periods = st.lists(st.tuples(st.integers(0, 12), st.integers(1, 8) | st.none()), max_size=8)


@given(periods, st.integers(0, 15))
def test_it_is_what_counting_every_day_says(rows, vanaf):
    perioden = [(dag(a), None if length is None else dag(a + length)) for a, length in rows]
    counted = max(sum(begin <= dag(n) and (end is None or end > dag(n)) for begin, end in perioden) for n in range(vanaf, 40))
    assert most_at_once(perioden, dag(vanaf)) == counted


@pytest.mark.parametrize(
    ("perioden", "plaatsen", "gevonden"),
    [
        ([], 2, (0, 2)),
        ([(0, None)], 2, (0, 1)),
        ([(0, 5), (0, 9)], 2, (5, 1)),
        ([(0, 5), (0, 5)], 2, (5, 2)),
        ([(0, 5), (5, None)], 1, None),  # the place that comes free was promised
        ([(30, None)], 1, None),
        ([(0, None)], 1, None),
    ],
)
def test_from_when_somebody_can_stay(perioden, plaatsen, gevonden):
    periods = [(dag(a), None if b is None else dag(b)) for a, b in perioden]
    expected = None if gevonden is None else (dag(gevonden[0]), gevonden[1])
    assert first_free(periods, plaatsen, DAG) == expected


@given(periods, st.integers(1, 4))
def test_the_first_day_is_the_first_that_is_accepted(rows, plaatsen):
    perioden = [(dag(a), None if length is None else dag(a + length)) for a, length in rows]
    accepted = (dag(n) for n in range(40) if most_at_once(perioden, dag(n)) < plaatsen)
    found = first_free(perioden, plaatsen, DAG)
    assert (found[0] if found else None) == next(accepted, None)
