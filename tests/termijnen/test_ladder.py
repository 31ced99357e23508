"""The ladder as arithmetic: which step is due when."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casussen.ladder import Trede, due_treden, first_trede, next_step, trede
from kern.kalender import STANDAARD, end_of_office_day
from kern.klok import AMSTERDAM
from tests.termijnen.conftest import NU, VERVALT, at


def test_the_ladder_has_no_last_step() -> None:
    steps = [-1]
    for _ in range(7):
        steps.append(next_step(steps[-1]))
    assert steps == [-1, 0, 1, 3, 8, 13, 18, 23]


@pytest.mark.parametrize(
    ("stap", "verwacht"),
    [
        (-1, at("2026-12-03")),
        (0, at("2026-12-04", "17:00")),
        (1, at("2026-12-07")),  # Monday
        (3, at("2026-12-09")),
        (8, at("2026-12-16")),
        (13, at("2026-12-23")),
        (18, at("2026-12-31")),  # Christmas lies in between; the 31st is a working day
        (23, at("2027-01-08")),
    ],
)
def test_a_step_is_due_at_nine_on_its_day_and_the_deadline_at_its_own_time(stap: int, verwacht: datetime) -> None:
    assert trede(stap, VERVALT, STANDAARD) == Trede(stap, verwacht)


def test_over_the_clock_change_it_stays_nine_in_the_morning() -> None:
    deadline = at("2026-03-27", "17:00")  # the Friday before the clocks go forward
    moment = trede(1, deadline, STANDAARD).op
    assert (moment.hour, moment.utcoffset()) == (9, timedelta(hours=2))


@pytest.mark.parametrize(
    ("op", "stap"),
    [
        (NU, -1),
        (at("2026-12-03", "08:59"), -1),
        (at("2026-12-03", "09:00"), 0),  # nobody is reminded of what was asked this minute
        (at("2026-12-04", "16:59"), 0),
        (at("2026-12-04", "17:00"), 0),  # late from its start: at the step it has reached
        (at("2026-12-07", "08:59"), 0),
        (at("2026-12-07", "09:00"), 1),
        (at("2026-12-09", "12:00"), 3),
        (at("2026-12-31", "12:00"), 18),
    ],
)
def test_the_ladder_starts_where_the_clock_is(op: datetime, stap: int) -> None:
    assert first_trede(op=op, vervalt_op=VERVALT, kalender=STANDAARD).stap == stap


def test_nothing_is_due_before_its_moment() -> None:
    due, waiting = due_treden(volgende_stap=-1, vervalt_op=VERVALT, now=at("2026-12-03", "08:59"), kalender=STANDAARD)
    assert due == []
    assert waiting.stap == -1


moments = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)).map(lambda d: d.replace(tzinfo=AMSTERDAM))  # noqa: DTZ001
deadlines = st.dates(date(2026, 1, 1), date(2027, 12, 1)).map(end_of_office_day)


@given(deadlines, moments, moments)
def test_asking_twice_or_once_makes_the_same_steps(vervalt_op: datetime, a: datetime, b: datetime) -> None:
    early, late = sorted((a, b))
    once, _ = due_treden(volgende_stap=-1, vervalt_op=vervalt_op, now=late, kalender=STANDAARD)
    first, waiting = due_treden(volgende_stap=-1, vervalt_op=vervalt_op, now=early, kalender=STANDAARD)
    second, _ = due_treden(volgende_stap=waiting.stap, vervalt_op=vervalt_op, now=late, kalender=STANDAARD)
    assert first + second == once


@given(deadlines, moments)
def test_steps_come_in_order_and_the_next_is_always_still_to_come(vervalt_op: datetime, now: datetime) -> None:
    due, waiting = due_treden(volgende_stap=-1, vervalt_op=vervalt_op, now=now, kalender=STANDAARD)
    assert [step.op for step in due] == sorted({step.op for step in due})
    assert all(step.op <= now for step in due)
    assert waiting.op > now


@given(deadlines, moments)
def test_a_new_clock_reminds_of_nothing_that_is_over(vervalt_op: datetime, op: datetime) -> None:
    start = first_trede(op=op, vervalt_op=vervalt_op, kalender=STANDAARD)
    if vervalt_op > op:
        assert start.op > op
    else:
        assert start.stap >= 0
        assert start.op <= op < trede(next_step(start.stap), vervalt_op, STANDAARD).op
