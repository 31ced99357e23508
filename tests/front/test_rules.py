"""How a clock and a moment are written."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kern.klok import AMSTERDAM
from portal.rules import short_date, write_clock, write_done, write_moment

NOW = datetime(2026, 12, 1, 10, 30, tzinfo=AMSTERDAM)  # a Tuesday


def at(day: int, month: int = 12, hour: int = 17, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, 0, tzinfo=AMSTERDAM)


@pytest.mark.parametrize(
    ("due", "workdays", "tekst", "toon"),
    [
        (at(8), 5, "uiterlijk di 8 dec (nog 5 werkdagen)", "rustig"),
        (at(3), 2, "uiterlijk do 3 dec (nog 2 werkdagen)", "rustig"),
        (at(7), 1, "uiterlijk ma 7 dec (nog 1 werkdag)", "bijna"),
        (at(2), 1, "uiterlijk morgen, wo 2 dec", "bijna"),
        (at(5), 0, "uiterlijk za 5 dec", "bijna"),
        (at(1), 0, "uiterlijk vandaag 17:00 uur", "bijna"),
        (at(1, hour=9), 0, "te laat sinds vandaag 9:00 uur", "te_laat"),
        (at(30, month=11), 0, "te laat sinds ma 30 nov", "te_laat"),
        (at(4, month=1, year=2027), 20, "uiterlijk ma 4 jan (nog 20 werkdagen)", "rustig"),
        (at(1, month=12, year=2027), 250, "uiterlijk wo 1 dec 2027 (nog 250 werkdagen)", "rustig"),
    ],
)
def test_a_clock_is_written_as_a_person_would(due: datetime, workdays: int, tekst: str, toon: str) -> None:
    klok = write_clock(due, now=NOW, workdays=workdays)
    assert (klok.tekst, klok.toon) == (tekst, toon)


def test_it_says_what_is_waited_for() -> None:
    assert write_clock(at(3), now=NOW, workdays=2, wat="antwoord").tekst == "antwoord uiterlijk do 3 dec (nog 2 werkdagen)"
    assert write_clock(at(30, month=11), now=NOW, workdays=0, wat="antwoord").tekst == "antwoord te laat sinds ma 30 nov"


def test_done_says_whether_it_was_on_time() -> None:
    assert write_done(at(1, hour=9), due=at(1), now=NOW, wat="antwoord").tekst == "antwoord op tijd, di 1 dec"
    late = write_done(at(30, month=11), due=at(27, month=11), now=NOW)
    assert late.tekst == "op ma 30 nov, later dan afgesproken"
    assert late.toon == "rustig"


_BEGIN = datetime(2020, 1, 1, tzinfo=AMSTERDAM)
MOMENTS = st.integers(0, 15 * 365 * 24 * 60).map(lambda minutes: _BEGIN + timedelta(minutes=minutes))


@given(due=MOMENTS, now=MOMENTS, workdays=st.integers(0, 4000))
def test_colour_never_stands_alone(due: datetime, now: datetime, workdays: int) -> None:
    """Every tone comes with an icon and with words that say the same."""
    klok = write_clock(due, now=now, workdays=workdays)
    assert klok.icoon
    assert (klok.toon == "te_laat") == klok.tekst.startswith("te laat sinds ")
    assert (klok.toon == "te_laat") == (due < now)


@pytest.mark.parametrize(
    ("ago", "tekst"),
    [
        (timedelta(hours=1), "vandaag 9:30"),
        (timedelta(hours=11), "gisteren 23:30"),
        (timedelta(days=2, hours=1), "zo 29 nov 9:30"),
        (timedelta(days=400), "ma 27 okt 2025 10:30"),
    ],
)
def test_a_moment_is_told_from_today(ago: timedelta, tekst: str) -> None:
    assert write_moment(NOW - ago, now=NOW) == tekst


def test_a_far_day_gets_its_year() -> None:
    assert short_date(date(2026, 1, 5), today=date(2025, 12, 20)) == "ma 5 jan"
    assert short_date(date(2025, 1, 6), today=date(2025, 12, 20)) == "ma 6 jan"
    assert short_date(date(2024, 1, 8), today=date(2025, 12, 20)) == "ma 8 jan 2024"
