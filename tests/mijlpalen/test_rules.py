"""Birthdays: when they are, and when it is time to tell."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casussen.rules import age_on
from casussen.rules.mijlpalen import INHALEN, MINSTENS, VOORAF, birthday, due_by, is_due


@pytest.mark.parametrize(
    ("geboren", "leeftijd", "dag"),
    [
        (date(2010, 5, 17), 16, date(2026, 5, 17)),
        (date(2008, 2, 29), 18, date(2026, 3, 1)),
        (date(2008, 2, 29), 16, date(2024, 2, 29)),
        (date(2008, 12, 31), 18, date(2026, 12, 31)),
    ],
)
def test_the_day_of_a_birthday(geboren: date, leeftijd: int, dag: date) -> None:
    assert birthday(geboren, leeftijd) == dag


@given(geboren=st.dates(date(1995, 1, 1), date(2020, 12, 31)), leeftijd=st.sampled_from([16, 18]))
def test_a_birthday_is_the_first_day_of_that_age(geboren: date, leeftijd: int) -> None:
    day = birthday(geboren, leeftijd)
    assert age_on(geboren, day) == leeftijd
    assert age_on(geboren, day - timedelta(days=1)) == leeftijd - 1


@pytest.mark.parametrize(
    ("verschil", "verwacht"),
    [
        (VOORAF + timedelta(days=1), False),
        (VOORAF, True),
        (timedelta(days=1), True),
        (timedelta(), True),
        (-INHALEN, True),
        (-INHALEN - timedelta(days=1), False),
    ],
)
def test_ninety_days_ahead_and_a_missed_night_is_caught_up(verschil: timedelta, verwacht: bool) -> None:
    op = date(2026, 12, 2)
    geboren = (op + verschil).replace(year=(op + verschil).year - 18)
    assert is_due(geboren, 18, op) is verwacht


def test_whoever_hears_of_it_late_still_gets_time() -> None:
    op = date(2026, 12, 2)
    assert due_by(op + timedelta(days=80), op) == op + timedelta(days=80)
    assert due_by(op + timedelta(days=3), op) == op + MINSTENS
