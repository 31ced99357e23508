"""Days, weeks and hours of absence: truth tables, and what must hold for any absence."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scholen.vakanties import Periode
from scholen.verzuim.keuzes import SoortVerzuim as S
from scholen.verzuim.rules import (
    UREN_GRENS,
    Afwezig,
    Schoolkalender,
    Stand,
    Venster,
    hour_windows,
    hours_now,
    hours_per_week,
    is_of_age,
    is_thuiszitter,
    monday_of,
    standing_on,
    week_window,
)

#: The autumn holiday of 2026 in the north: 10 up to and including 18 October; Christmas from 19 December.
HERFST = Periode(date(2026, 10, 10), date(2026, 10, 18))
KERST = Periode(date(2026, 12, 19), date(2027, 1, 3))
KALENDER = Schoolkalender((HERFST, KERST))
#: Wednesday; Monday 2 November is the fifth schoolweek back.
NU = date(2026, 12, 2)
WEEK = timedelta(days=7)
#: Mondays in a row, with the autumn holiday left out.
WEKEN = [
    *(date(2026, 9, 28), date(2026, 10, 5), date(2026, 10, 19), date(2026, 10, 26)),
    *(date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 16), date(2026, 11, 23)),
]


def dagen(soort: S, van: date, tot: date | None = None, *, belastbaar: bool = False) -> Afwezig:
    return Afwezig(soort.value, van, tot, belastbaar=belastbaar)


def uren(dag: date, n: str | int, soort: S = S.RELATIEF) -> Afwezig:
    return Afwezig(soort.value, dag, dag, Decimal(n))


# --- Days and weeks -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("dag", "schooldag", "lesdag"),
    [
        (date(2026, 12, 2), True, True),
        (date(2026, 12, 5), False, False),  # a Saturday
        (date(2026, 10, 12), False, False),  # in the autumn holiday
        (date(2026, 12, 25), False, False),  # a public holiday in a school holiday
        (date(2027, 3, 29), True, False),  # Easter Monday, in an ordinary week
    ],
)
def test_what_is_a_day_of_school(dag, schooldag, lesdag):
    assert (KALENDER.is_schooldag(dag), KALENDER.is_lesdag(dag)) == (schooldag, lesdag)


def test_the_schoolweek_after_the_last_one_before_a_holiday_is_the_first_one_after_it():
    assert list(KALENDER.schoolweken(WEKEN[0], WEKEN[-1])) == WEKEN


def test_the_last_four_schoolweken_skip_a_holiday():
    assert KALENDER.laatste_schoolweken(date(2026, 10, 28)) == WEKEN[:4]
    assert KALENDER.laatste_schoolweken(date(2026, 10, 14)) == [date(2026, 9, 14), date(2026, 9, 21), *WEKEN[:2]]


def test_holidays_that_never_end_hang_nothing():
    assert Schoolkalender((Periode(date(2020, 1, 1), date(2030, 1, 1)),)).laatste_schoolweken(NU) == []


def test_the_first_day_of_all_days_is_no_day_too_far():
    assert list(KALENDER.schooldagen_terug(date(1, 1, 2), date.min)) == [date(1, 1, 2), date.min]
    assert list(KALENDER.schooldagen_terug(NU, NU + WEEK)) == []


# --- 16 hours -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("per_week", "verwacht"),
    [
        ((4, 4, 4, 4), (0, 16)),
        ((4, 4, 4, 3), None),
        ((16,), (0, 16)),
        ((8, 0, 0, 8), (0, 16)),
        ((8, 0, 0, 0, 8), None),  # five weeks apart
        ((1, 0, 0, 0, 8, 8), (4, 16)),  # the first hour is too long ago
        ((0, 10, 10), (1, 20)),
    ],
)
def test_sixteen_hours_in_four_weeks(per_week, verwacht):
    meldingen = [uren(week + timedelta(days=1), n) for week, n in zip(WEKEN, per_week, strict=False) if n]
    found = hour_windows(hours_per_week(meldingen, KALENDER, NU), KALENDER)
    expected = []
    if verwacht:
        first, total = verwacht
        expected = [Venster(WEKEN[first], WEKEN[first + 3] + timedelta(days=6), Decimal(total))]
    assert found == expected


def test_a_holiday_does_not_take_a_place_in_the_window():
    """28 September and 26 October are five weeks on the calendar, and four of school."""
    meldingen = [uren(WEKEN[0], 8), uren(WEKEN[3], 8)]
    assert len(hour_windows(hours_per_week(meldingen, KALENDER, NU), KALENDER)) == 1
    zonder = Schoolkalender()
    assert hour_windows(hours_per_week(meldingen, zonder, NU), zonder) == []


@pytest.mark.parametrize("soort", [S.ZIEK, S.GEOORLOOFD])
def test_hours_with_a_valid_reason_do_not_count(soort):
    assert hours_per_week([uren(WEKEN[4], 16, soort)], KALENDER, NU) == {}


def test_a_whole_day_counts_for_five_hours_and_a_day_off_for_none():
    pasen = date(2027, 3, 29)
    assert hours_per_week([dagen(S.RELATIEF, pasen, pasen + timedelta(days=3))], KALENDER, date(2027, 4, 9)) == {
        pasen: Decimal(15)
    }


def test_what_is_still_to_come_does_not_count():
    assert hours_per_week([dagen(S.RELATIEF, NU)], KALENDER, NU) == {monday_of(NU): Decimal(5)}
    assert hours_per_week([uren(NU + WEEK, 8)], KALENDER, NU) == {}


def test_hours_that_were_told_are_not_told_again():
    weken = {WEKEN[0]: Decimal(10), WEKEN[1]: Decimal(10)}
    (eerste,) = hour_windows(weken, KALENDER)
    assert hour_windows(weken | {WEKEN[3]: Decimal(30), WEKEN[4]: Decimal(10)}, KALENDER, [eerste]) == []
    assert [v.van for v in hour_windows(weken | dict.fromkeys(WEKEN[3:6], Decimal(8)), KALENDER, [eerste])] == [WEKEN[4]]


def test_hours_now_are_those_of_the_last_four_schoolweken():
    weken = {WEKEN[0]: Decimal(1), WEKEN[1]: Decimal(2), WEKEN[4]: Decimal(4)}
    assert hours_now(weken, KALENDER, WEKEN[4]) == 6


perioden = st.tuples(st.integers(0, 300), st.integers(1, 20)).map(
    lambda p: Periode(date(2026, 8, 1) + timedelta(days=p[0]), date(2026, 8, 1) + timedelta(days=p[0] + p[1]))
)
kalenders = st.lists(perioden, max_size=5).map(lambda rows: Schoolkalender(tuple(sorted(rows))))
losse_uren = st.lists(st.tuples(st.integers(0, 330), st.integers(1, 30)), max_size=25).map(
    lambda rows: [uren(date(2026, 8, 1) + timedelta(days=day), n) for day, n in rows]
)
EIND = date(2027, 7, 31)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(kalenders, losse_uren)
def test_there_is_a_signal_exactly_when_some_four_schoolweken_hold_sixteen_hours(kalender, meldingen):
    weken = hours_per_week(meldingen, kalender, EIND)
    every = list(kalender.schoolweken(date(2026, 8, 1), EIND))
    most = max((sum(weken.get(week, Decimal(0)) for week in every[n : n + 4]) for n in range(len(every))), default=0)
    assert bool(hour_windows(weken, kalender)) == (most >= UREN_GRENS)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(kalenders, losse_uren)
def test_every_window_is_four_schoolweken_at_most_holds_sixteen_hours_and_shares_none(kalender, meldingen):
    weken = hours_per_week(meldingen, kalender, EIND)
    found = hour_windows(weken, kalender)
    for venster in found:
        inside = list(kalender.schoolweken(venster.van, venster.tot))
        assert len(inside) <= 4
        assert sum(weken.get(week, Decimal(0)) for week in inside) >= venster.waarde >= UREN_GRENS
    assert all(one.tot < other.van for one, other in pairwise(found))
    assert hour_windows(weken, kalender, found) == []


# --- 4 weeks ------------------------------------------------------------------------------------------------------------
VIER_WEKEN = date(2026, 11, 5)  # a Thursday: with Wednesday 2 December the twentieth schoolday


@pytest.mark.parametrize(
    ("melding", "weken", "thuis"),
    [
        (dagen(S.RELATIEF, VIER_WEKEN), 4, True),
        (dagen(S.RELATIEF, VIER_WEKEN + timedelta(days=1)), 3, False),
        (dagen(S.RELATIEF, VIER_WEKEN - timedelta(days=1)), 4, True),
        (dagen(S.ABSOLUUT, VIER_WEKEN), 4, True),
        (dagen(S.GEOORLOOFD, VIER_WEKEN), 4, True),
        (dagen(S.ZIEK, VIER_WEKEN), 0, False),
        (dagen(S.ZIEK, VIER_WEKEN, belastbaar=True), 4, True),
        (dagen(S.VRIJSTELLING, VIER_WEKEN), 0, False),
        (dagen(S.RELATIEF, date(2026, 10, 5), NU), 7, True),  # eight weeks and three days, a week of them holiday
        (dagen(S.RELATIEF, VIER_WEKEN, date(2026, 12, 1)), 0, False),  # back today
    ],
)
def test_who_is_a_thuiszitter(melding, weken, thuis):
    stand = standing_on([melding], KALENDER, NU)
    assert (stand.weken, is_thuiszitter(stand, date(2012, 5, 17), NU)) == (weken, thuis)


@pytest.mark.parametrize(
    ("geboren", "thuis"),
    [
        (date(2021, 12, 2), True),  # five today
        (date(2021, 12, 3), False),
        (date(2008, 12, 3), True),  # eighteen tomorrow
        (date(2008, 12, 2), False),
        (None, True),
    ],
)
def test_a_thuiszitter_is_from_5_up_to_and_including_17(geboren, thuis):
    assert (
        is_of_age(geboren, NU) == thuis == is_thuiszitter(standing_on([dagen(S.RELATIEF, VIER_WEKEN)], KALENDER, NU), geboren, NU)
    )


def test_loose_hours_are_no_days():
    assert standing_on([uren(NU, 5)], KALENDER, NU) == Stand()


def test_a_day_at_school_begins_a_new_count():
    terug = date(2026, 11, 18)
    stand = standing_on(
        [dagen(S.RELATIEF, date(2026, 10, 5), terug - timedelta(days=1)), dagen(S.RELATIEF, terug + timedelta(days=1))],
        KALENDER,
        NU,
    )
    assert (stand.sinds, stand.dagen) == (date(2026, 11, 19), 10)


def test_a_weekend_or_a_holiday_in_between_is_no_day_at_school():
    stand = standing_on(
        [dagen(S.RELATIEF, date(2026, 9, 28), date(2026, 10, 9)), dagen(S.ABSOLUUT, date(2026, 10, 19))], KALENDER, NU
    )
    assert (stand.sinds, stand.soort) == (date(2026, 9, 28), "absoluut")


def test_illness_in_between_stops_the_count_and_not_the_stretch():
    meldingen = [
        dagen(S.RELATIEF, date(2026, 10, 19), date(2026, 10, 30)),
        dagen(S.ZIEK, date(2026, 11, 2), date(2026, 11, 6)),
        dagen(S.RELATIEF, date(2026, 11, 9)),
    ]
    stand = standing_on(meldingen, KALENDER, NU)
    assert (stand.sinds, stand.dagen) == (date(2026, 10, 19), 28)


def test_an_exemption_ends_the_stretch():
    meldingen = [dagen(S.RELATIEF, date(2026, 10, 19), date(2026, 11, 27)), dagen(S.VRIJSTELLING, date(2026, 11, 30))]
    stand = standing_on(meldingen, KALENDER, NU)
    assert (stand.afwezig, stand.lang, stand.soort) == (False, False, "vrijstelling")


def test_in_the_holiday_somebody_is_still_away():
    stand = standing_on([dagen(S.RELATIEF, date(2026, 11, 2))], KALENDER, date(2026, 12, 28))
    assert stand.lang
    assert stand.dagen == 35


def test_the_four_weeks_end_on_the_day_on_which_they_were_full():
    meldingen = [dagen(S.RELATIEF, date(2026, 10, 5))]
    venster = week_window(standing_on(meldingen, KALENDER, NU), KALENDER, meldingen, NU)
    assert venster == Venster(date(2026, 10, 5), date(2026, 11, 6), Decimal(4))
    assert standing_on(meldingen, KALENDER, venster.tot).lang
    assert not standing_on(meldingen, KALENDER, venster.tot - timedelta(days=1)).lang


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(kalenders, st.integers(0, 250), st.integers(0, 100))
def test_one_day_longer_away_is_never_fewer_weeks(kalender, begin, lengte):
    van = date(2026, 8, 1) + timedelta(days=begin)
    op = van + timedelta(days=lengte)
    one, next_day = (standing_on([dagen(S.RELATIEF, van)], kalender, dag) for dag in (op, op + timedelta(days=1)))
    assert one.dagen <= next_day.dagen <= one.dagen + 1
    assert one.dagen == sum(kalender.is_schooldag(van + timedelta(days=n)) for n in range(lengte + 1))


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(kalenders, st.integers(0, 250), st.integers(0, 100))
def test_a_stretch_written_down_in_two_parts_is_one_stretch(kalender, begin, knip):
    van = date(2026, 8, 1) + timedelta(days=begin)
    op, half = van + timedelta(days=101), van + timedelta(days=knip)
    parts = [dagen(S.RELATIEF, van, half), dagen(S.RELATIEF, half + timedelta(days=1))]
    assert standing_on(parts, kalender, op) == standing_on([dagen(S.RELATIEF, van)], kalender, op)
