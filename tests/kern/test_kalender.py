"""Working days and deadlines, against dates that anybody can look up."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kern.kalender import STANDAARD, Werkkalender, count_workdays
from kern.klok import AMSTERDAM

KALENDERS = [Werkkalender(goede_vrijdag_vrij=g, bevrijdingsdag_vrij=b) for g in (False, True) for b in (False, True)]
dagen = st.dates(date(2015, 1, 1), date(2040, 12, 31))
kalenders = st.sampled_from(KALENDERS)


def moment(tekst: str) -> datetime:
    return datetime.fromisoformat(tekst).replace(tzinfo=AMSTERDAM)


@pytest.mark.parametrize(
    ("t0", "werkdagen", "verwacht"),
    [
        ("2025-12-24T10:00", 2, "2025-12-30T17:00"),  # the example of the house plan: two days of Christmas and a weekend
        ("2025-12-24T23:59", 2, "2025-12-30T17:00"),  # T0 after closing time: its day is still day 0
        ("2025-12-30T09:00", 2, "2026-01-02T17:00"),  # 31 December is an ordinary day, 1 January is not
        ("2025-12-31T12:00", 1, "2026-01-02T17:00"),
        ("2026-03-27T12:00", 1, "2026-03-30T17:00"),  # over the weekend in which the clocks go forward
        ("2026-10-23T12:00", 1, "2026-10-26T17:00"),  # and back
        ("2026-11-21T12:00", 2, "2026-11-24T17:00"),  # a Saturday is day 0, Monday day 1
        ("2026-11-22T12:00", 1, "2026-11-23T17:00"),
        ("2026-04-02T12:00", 2, "2026-04-07T17:00"),  # Goede Vrijdag counts, Easter Monday does not
        ("2026-04-24T12:00", 1, "2026-04-28T17:00"),  # Koningsdag on a Monday
        ("2027-04-26T12:00", 1, "2027-04-28T17:00"),
        ("2026-05-04T12:00", 1, "2026-05-05T17:00"),  # 5 May, no lustrum
        ("2025-05-02T12:00", 1, "2025-05-06T17:00"),  # 5 May 2025, a lustrum
        ("2026-05-13T12:00", 1, "2026-05-15T17:00"),  # Hemelvaartsdag; the Friday after it is a working day
        ("2026-05-22T12:00", 1, "2026-05-26T17:00"),  # Whit Monday
        ("2024-02-28T12:00", 1, "2024-02-29T17:00"),
        ("2026-11-20T12:00", 15, "2026-12-11T17:00"),
        ("2026-11-21T12:00", 0, "2026-11-23T17:00"),
    ],
)
def test_a_deadline_is_the_end_of_the_nth_working_day(t0: str, werkdagen: int, verwacht: str) -> None:
    assert STANDAARD.deadline(moment(t0), werkdagen) == moment(verwacht)


def test_the_dutch_day_of_t0_counts_not_the_one_in_utc() -> None:
    late = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)  # 0:30 on Tuesday here
    assert STANDAARD.deadline(late, 1) == moment("2026-11-25T17:00")


def test_a_deadline_is_seventeen_hours_in_summer_and_in_winter() -> None:
    assert STANDAARD.deadline(moment("2026-03-27T12:00"), 1).utcoffset() == timedelta(hours=2)
    assert STANDAARD.deadline(moment("2026-10-23T12:00"), 1).utcoffset() == timedelta(hours=1)


def test_it_refuses_a_moment_without_a_time_zone() -> None:
    with pytest.raises(ValueError, match="tijdzone"):
        STANDAARD.deadline(datetime(2026, 1, 5, 12), 1)  # noqa: DTZ001  (that is what is refused)


@pytest.mark.parametrize(
    ("t0", "days", "verwacht"),
    [
        ("2025-12-24T10:00", 21, "2026-01-14T17:00"),
        ("2026-11-20T12:00", 42, "2027-01-04T17:00"),  # six weeks later is New Year's Day: the next working day
        ("2026-11-21T12:00", 21, "2026-12-14T17:00"),  # a Saturday
        ("2026-03-16T12:00", 21, "2026-04-07T17:00"),  # Easter Monday
    ],
)
def test_a_deadline_in_days_that_is_no_working_day_moves_on(t0: str, days: int, verwacht: str) -> None:
    assert STANDAARD.deadline_dagen(moment(t0), days) == moment(verwacht)


def test_a_region_chooses_goede_vrijdag_and_5_may() -> None:
    assert STANDAARD.is_werkdag(date(2026, 4, 3))
    assert not Werkkalender(goede_vrijdag_vrij=True).is_werkdag(date(2026, 4, 3))
    lustrum, gewoon = date(2025, 5, 5), date(2026, 5, 5)
    assert (STANDAARD.is_werkdag(lustrum), STANDAARD.is_werkdag(gewoon)) == (False, True)
    elk_jaar = Werkkalender(bevrijdingsdag_vrij=True)
    assert (elk_jaar.is_werkdag(lustrum), elk_jaar.is_werkdag(gewoon)) == (False, False)


def test_5_may_that_is_hemelvaartsdag_stays_a_day_off() -> None:
    assert not STANDAARD.is_werkdag(date(2016, 5, 5))


@given(dagen, st.integers(-600, 600), kalenders)
def test_counting_is_the_reverse_of_adding(dag: date, n: int, kalender: Werkkalender) -> None:
    assert kalender.werkdagen_tussen(dag, kalender.add_werkdagen(dag, n)) == n


@given(dagen, st.integers(1, 300), kalenders)
def test_adding_lands_on_a_working_day_with_so_many_on_the_way(dag: date, n: int, kalender: Werkkalender) -> None:
    landed = kalender.add_werkdagen(dag, n)
    assert kalender.is_werkdag(landed)
    on_the_way = (dag + timedelta(days=i) for i in range(1, (landed - dag).days + 1))
    assert sum(kalender.is_werkdag(day) for day in on_the_way) == n


@given(dagen, st.integers(1, 300), kalenders)
def test_going_back_lands_on_a_working_day_with_so_many_on_the_way(dag: date, n: int, kalender: Werkkalender) -> None:
    landed = kalender.add_werkdagen(dag, -n)
    assert kalender.is_werkdag(landed)
    on_the_way = (landed + timedelta(days=i) for i in range((dag - landed).days))
    assert sum(kalender.is_werkdag(day) for day in on_the_way) == n


@given(dagen, dagen, dagen, kalenders)
def test_counting_adds_up(a: date, b: date, c: date, kalender: Werkkalender) -> None:
    a, b, c = sorted((a, b, c))
    assert kalender.werkdagen_tussen(a, c) == kalender.werkdagen_tussen(a, b) + kalender.werkdagen_tussen(b, c)


@given(dagen, dagen, st.integers(0, 60), kalenders)
def test_who_starts_later_is_never_due_earlier(a: date, b: date, n: int, kalender: Werkkalender) -> None:
    early, late = (datetime(d.year, d.month, d.day, 12, tzinfo=AMSTERDAM) for d in sorted((a, b)))
    assert kalender.deadline(early, n) <= kalender.deadline(late, n)


def test_the_standard_count_is_that_of_the_standard_calendar() -> None:
    assert count_workdays(date(2025, 12, 24), date(2025, 12, 30)) == 2
