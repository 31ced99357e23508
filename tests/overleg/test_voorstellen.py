"""When people can meet: what is proposed never clashes with anything the portal knows."""

from datetime import date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from casussen.overleg.voorstellen import AANTAL, LAATST, MIDDAG, OCHTEND, VROEGST, Agenda, Bezet, Weg, explain, object_to, propose
from kern.kalender import Werkkalender
from kern.klok import AMSTERDAM
from scholen.vakanties import Periode

KALENDER = Werkkalender()
NA = datetime(2026, 12, 2, 10, 0, tzinfo=AMSTERDAM)
KERST = Periode(date(2026, 12, 19), date(2027, 1, 3))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


days = st.dates(date(2026, 1, 1), date(2028, 6, 1))
periods = st.builds(lambda van, n: Periode(van, van + timedelta(days=n)), days, st.integers(0, 30))
absences = st.builds(lambda van, n: Weg("Wim", van, van + timedelta(days=n)), days, st.integers(0, 20))


@st.composite
def agendas(draw: st.DrawFn) -> tuple[Agenda, datetime, int]:
    """A world around one moment, with clashes in the days that matter."""
    na = datetime.combine(draw(days), draw(st.times()), tzinfo=AMSTERDAM)
    near = st.integers(0, 40).map(lambda n: na.date() + timedelta(days=n))
    busy = []
    for day in draw(st.lists(near, max_size=8)):
        begin = datetime.combine(day, time(draw(st.integers(7, 17)), draw(st.sampled_from([0, 15, 30]))), tzinfo=AMSTERDAM)
        busy.append(Bezet("Wim", begin, begin + timedelta(minutes=draw(st.integers(15, 240)))))
    agenda = Agenda(
        kalender=Werkkalender(goede_vrijdag_vrij=draw(st.booleans()), bevrijdingsdag_vrij=draw(st.booleans())),
        vakanties=draw(st.lists(periods, max_size=3)),
        bezet=busy,
        weg=[*draw(st.lists(absences, max_size=2)), *(Weg("Cora", day, day) for day in draw(st.lists(near, max_size=3)))],
        uiterlijk=draw(st.none() | st.integers(-5, 40).map(lambda n: na.date() + timedelta(days=n))),
    )
    return agenda, na, draw(st.sampled_from([15, 45, 60, 90, 240]))


@settings(max_examples=300, deadline=None)
@given(agendas())
def test_whatever_is_proposed_can_be_held(case: tuple[Agenda, datetime, int]) -> None:
    agenda, na, duur = case
    found = propose(agenda, na=na, duur=duur)
    assert len(found) <= AANTAL
    assert found == sorted(found, key=lambda v: v.begint_op)
    assert len({v.begint_op for v in found}) == len(found)
    for v in found:
        here = v.begint_op.astimezone(AMSTERDAM)
        assert v.begint_op > na
        assert v.eindigt_op - v.begint_op == timedelta(minutes=duur)
        assert VROEGST <= here.time() <= v.eindigt_op.astimezone(AMSTERDAM).time() <= LAATST
        late = [b.tekst for b in object_to(agenda, v.begint_op, v.eindigt_op)]
        assert v.na_klok == (agenda.uiterlijk is not None and here.date() > agenda.uiterlijk)
        assert all("termijn" in tekst for tekst in late), late
        assert bool(late) == v.na_klok


@settings(max_examples=200, deadline=None)
@given(agendas())
def test_what_is_too_late_comes_only_when_there_is_too_little_in_time(case: tuple[Agenda, datetime, int]) -> None:
    agenda, na, duur = case
    found = propose(agenda, na=na, duur=duur)
    in_time = [v for v in found if not v.na_klok]
    if len(in_time) < len(found) and agenda.uiterlijk is not None:
        closed = Agenda(kalender=agenda.kalender, vakanties=agenda.vakanties, bezet=agenda.bezet, weg=agenda.weg)
        before = [v for v in propose(closed, na=na, duur=duur, aantal=500) if v.begint_op.date() <= agenda.uiterlijk]
        assert len(before) <= len(in_time)
    assert propose(agenda, na=na, duur=duur) == found, "dezelfde vraag, hetzelfde antwoord"


def test_an_ordinary_week_gives_six_moments_on_six_days_mornings_and_afternoons() -> None:
    found = propose(Agenda(kalender=KALENDER, uiterlijk=date(2026, 12, 23)), na=NA)
    assert [f"{v.begint_op:%d-%m %H:%M}" for v in found] == [
        "04-12 09:00", "07-12 14:30", "08-12 09:00", "09-12 14:30", "10-12 09:00", "11-12 14:30",
    ]  # fmt: skip
    assert not any(v.na_klok for v in found)


def test_close_to_the_clock_both_halves_of_a_day_are_offered_before_a_day_too_late() -> None:
    found = propose(Agenda(kalender=KALENDER, uiterlijk=date(2026, 12, 7)), na=NA)
    assert [(f"{v.begint_op:%d-%m %H:%M}", v.na_klok) for v in found] == [
        ("04-12 09:00", False), ("04-12 14:30", False), ("07-12 09:00", False), ("07-12 14:30", False),
        ("08-12 09:00", True), ("09-12 14:30", True),
    ]  # fmt: skip


def test_when_the_clock_is_tomorrow_tomorrow_is_offered() -> None:
    found = propose(Agenda(kalender=KALENDER, uiterlijk=date(2026, 12, 3)), na=NA)
    assert found[0].begint_op == at("2026-12-03T09:00")


def test_around_another_overleg_another_hour_is_found() -> None:
    busy = [Bezet("Wim", at("2026-12-04T09:30"), at("2026-12-04T10:30"))]
    assert propose(Agenda(kalender=KALENDER, bezet=busy), na=NA)[0].begint_op == at("2026-12-04T11:00")


def test_a_holiday_is_passed_over_and_named() -> None:
    agenda = Agenda(kalender=KALENDER, vakanties=[KERST])
    na = at("2026-12-17T10:00")
    found = propose(agenda, na=na)
    assert found[0].begint_op.date() == date(2027, 1, 4)
    assert explain(agenda, found, na=na) == ["De school heeft vakantie van 19 december tot en met 3 januari."]


def test_it_says_why_a_moment_is_no_good() -> None:
    agenda = Agenda(
        kalender=KALENDER,
        vakanties=[KERST],
        bezet=[Bezet("Zoë Zorg", at("2026-12-10T14:00"), at("2026-12-10T15:00"))],
        weg=[Weg("Wim Wijkteam", date(2026, 12, 10), date(2026, 12, 11))],
        uiterlijk=date(2026, 12, 9),
    )
    found = object_to(agenda, at("2026-12-10T14:30"), at("2026-12-10T15:30"))
    assert [(b.tekst, b.hard) for b in found] == [
        ("Zoë Zorg heeft dan al een ander overleg (14.00 tot 15.00).", True),
        ("Wim Wijkteam is dan afwezig.", False),
        ("Dit is later dan de termijn: het plan moet er op 9 december zijn.", False),
    ]
    assert [b.tekst for b in object_to(agenda, at("2026-12-26T14:30"), at("2026-12-26T15:30"))][:2] == [
        "Dit is geen werkdag.",
        "De school heeft dan vakantie.",
    ]


def test_what_ends_when_another_begins_does_not_clash() -> None:
    agenda = Agenda(kalender=KALENDER, bezet=[Bezet("Wim", at("2026-12-10T14:00"), at("2026-12-10T15:00"))])
    assert object_to(agenda, at("2026-12-10T15:00"), at("2026-12-10T16:00")) == []
    assert object_to(agenda, at("2026-12-10T13:00"), at("2026-12-10T14:00")) == []


def test_the_hours_are_those_of_school_and_office() -> None:
    assert all(VROEGST <= start < LAATST for start in (*OCHTEND, *MIDDAG))
