"""Phases, fixed periods, rows: how casussen are divided on the dashboard."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casussen.keuzes import Status
from portal.dashboard.indeling import BUITEN, FASEN, Periode, choices, merge_small, parse_period, quarter, school_year
from portal.dashboard.onderdrukking import DREMPEL


def test_every_state_is_in_one_phase_or_left_out_on_purpose() -> None:
    placed = [status for fase in FASEN for status in fase.statussen]
    assert sorted([*placed, *BUITEN]) == sorted(Status)


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)))
def test_every_day_is_in_one_quarter_of_one_school_year(dag: date) -> None:
    year = school_year(dag)
    assert year.van <= dag < year.tot
    assert [period for period in year.kwartalen if period.van <= dag < period.tot] == [quarter(dag)]


@given(st.integers(2020, 2035))
def test_the_quarters_fill_the_school_year_exactly(jaar: int) -> None:
    """Otherwise a year minus its quarters would be a period of its own, that nobody protected."""
    year = Periode(jaar)
    edges = [day for period in year.kwartalen for day in (period.van, period.tot)]
    assert edges[0] == year.van == date(jaar, 8, 1)
    assert edges[-1] == year.tot == date(jaar + 1, 8, 1)
    assert edges[1:-1:2] == edges[2::2]


@pytest.mark.parametrize(
    ("dag", "naam"),
    [
        (date(2026, 8, 1), "aug–okt 2026"),
        (date(2026, 12, 31), "nov–jan 2026/2027"),
        (date(2027, 1, 1), "nov–jan 2026/2027"),
        (date(2027, 2, 1), "feb–apr 2027"),
        (date(2027, 7, 31), "mei–jul 2027"),
    ],
)
def test_a_quarter_is_named_as_people_say_it(dag: date, naam: str) -> None:
    assert quarter(dag).naam == naam


def test_only_periods_that_have_begun_and_hold_something_are_offered() -> None:
    found = [period.sleutel for period in choices(date(2026, 3, 9), date(2026, 11, 22))]
    assert found == ["2026-2027", "2026-2027-k2", "2026-2027-k1", "2025-2026", "2025-2026-k4", "2025-2026-k3"]


@pytest.mark.parametrize("asked", ["", "2019-2020", "2026-2027-k3", "2026-10-01..2026-10-07", "k1", "'; DROP TABLE"])
def test_any_other_period_is_the_latest_school_year(asked: str) -> None:
    """No free dates: two of those could be subtracted."""
    offered = choices(date(2026, 3, 9), date(2026, 11, 22))
    assert parse_period(asked, offered) == Periode(2026)


def test_a_period_of_the_list_can_be_asked() -> None:
    offered = choices(date(2026, 3, 9), date(2026, 11, 22))
    assert parse_period("2025-2026-k3", offered) == Periode(2025, 3)
    assert Periode(2025, 3).tot - Periode(2025, 3).van == timedelta(days=89)


def test_small_teams_stand_in_one_row() -> None:
    rows = merge_small({1: 60, 2: 4, 3: 7, 4: 30})
    assert rows == {1: 1, 4: 4, 2: 3, 3: 3}


def test_small_teams_that_are_too_few_together_take_the_smallest_other_with_them() -> None:
    assert merge_small({1: 60, 2: 4, 4: 30}) == {1: 1, 2: 4, 4: 4}
    assert merge_small({1: 60, 2: 1}) == {1: 1, 2: 1}


@given(st.dictionaries(st.integers(1, 30), st.integers(1, 80), max_size=12))
def test_no_row_is_small_unless_everything_is(aantallen: dict[int, int]) -> None:
    rows = merge_small(aantallen)
    assert set(rows) == set(aantallen)
    sizes = {row: sum(aantallen[team] for team, into in rows.items() if into == row) for row in rows.values()}
    if sum(aantallen.values()) >= DREMPEL:
        assert all(size >= DREMPEL for size in sizes.values())
    assert all(rows[row] == row for row in rows.values())
