"""When people can meet. Pure: a calendar and what is known of those who come go in, moments and reasons come out.

The portal knows no private calendars: it knows working days, school holidays, who is away, and which other overleggen people are
invited to. A proposal is therefore a good guess, and an objection to a moment somebody types says what speaks against it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from kern.kalender import Werkkalender, day_and_month
from kern.klok import AMSTERDAM, local_date
from scholen.vakanties import Periode, holiday_on

DUUR = 60
AANTAL = 6
#: Within school hours and office hours both.
VROEGST, LAATST = time(8, 30), time(16, 30)
#: Begin times in the order in which people like them best, for either half of the day.
OCHTEND = (time(9, 0), time(10, 0), time(11, 0), time(8, 30), time(9, 30), time(10, 30))
MIDDAG = (time(14, 30), time(13, 30), time(15, 30), time(13, 0), time(14, 0), time(15, 0), time(12, 30))
#: A family needs a few days' notice, unless the clock is closer.
VOORAF = 2
#: So many working days ahead is looked for proposals.
HORIZON = 40


@dataclass(frozen=True, slots=True)
class Bezet:
    """Somebody is invited to another overleg."""

    wie: str
    van: datetime
    tot: datetime


@dataclass(frozen=True, slots=True)
class Weg:
    """Somebody is away on these days, the last included."""

    wie: str
    van: date
    tot_en_met: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """What is known of the days and of those who come. `uiterlijk`: the day by which the clock wants it held."""

    kalender: Werkkalender
    vakanties: Sequence[Periode] = ()
    bezet: Sequence[Bezet] = ()
    weg: Sequence[Weg] = ()
    uiterlijk: date | None = None


@dataclass(frozen=True, slots=True)
class Voorstel:
    begint_op: datetime
    eindigt_op: datetime
    na_klok: bool = False


@dataclass(frozen=True, slots=True)
class Bezwaar:
    """What speaks against a moment. `hard`: somebody has to say that it is meant, before anybody is invited."""

    tekst: str
    hard: bool = False


# --- Proposing --------------------------------------------------------------------------------------------------
def propose(agenda: Agenda, *, na: datetime, duur: int = DUUR, aantal: int = AANTAL) -> list[Voorstel]:
    """Up to `aantal` moments after `na`, in order: spread over days and halves of the day, before the clock where that can be."""
    days = list(_days(agenda, na))
    before = [day for day in days if agenda.uiterlijk is None or day <= agenda.uiterlijk]
    chosen = _spread(agenda, before, na, duur, aantal)
    if len(chosen) < aantal:  # then also the other half of those days, and after that what comes too late
        chosen += _spread(agenda, before, na, duur, aantal - len(chosen), other=True)
    if len(chosen) < aantal:
        chosen += _spread(agenda, [day for day in days if day not in before], na, duur, aantal - len(chosen))
    return sorted(chosen, key=lambda found: found.begint_op)


def _days(agenda: Agenda, na: datetime) -> Iterator[date]:
    """Working days on which the school is open, from a few days ahead on."""
    today = local_date(na)
    first = agenda.kalender.add_werkdagen(today, VOORAF)
    if agenda.uiterlijk is not None and first > agenda.uiterlijk:
        first = agenda.kalender.add_werkdagen(today, 1)
    for n in range(HORIZON):
        day = first if n == 0 else agenda.kalender.add_werkdagen(first, n)
        if holiday_on(day, agenda.vakanties) is None:
            yield day


def _spread(agenda: Agenda, days: Sequence[date], na: datetime, duur: int, aantal: int, *, other: bool = False) -> list[Voorstel]:
    """One moment a day, mornings and afternoons in turn. `other`: the half that was not chosen the first time."""
    found: list[Voorstel] = []
    for n, day in enumerate(days):
        if len(found) == aantal:
            break
        halves = (OCHTEND, MIDDAG) if n % 2 == 0 else (MIDDAG, OCHTEND)
        first, second = (_moment(agenda, day, half, na, duur) for half in halves)
        moment = (second if first else None) if other else (first or second)
        if moment is not None:
            found.append(moment)
    return found


def _moment(agenda: Agenda, day: date, half: Sequence[time], na: datetime, duur: int) -> Voorstel | None:
    closing = datetime.combine(day, LAATST, tzinfo=AMSTERDAM)
    for start in half:
        begin = datetime.combine(day, start, tzinfo=AMSTERDAM)
        end = begin + timedelta(minutes=duur)
        if begin > na and end <= closing and not _clashes(agenda, begin, end) and not _absences(agenda, day):
            return Voorstel(begin, end, agenda.uiterlijk is not None and day > agenda.uiterlijk)
    return None


def _clashes(agenda: Agenda, begin: datetime, end: datetime) -> list[Bezet]:
    return [item for item in agenda.bezet if item.van < end and begin < item.tot]


def _absences(agenda: Agenda, day: date) -> list[Weg]:
    return [item for item in agenda.weg if item.van <= day <= item.tot_en_met]


# --- Saying why -------------------------------------------------------------------------------------------------
def object_to(agenda: Agenda, begin: datetime, end: datetime) -> list[Bezwaar]:
    """What speaks against this moment; the worst first. Empty when nothing does."""
    begin, end = begin.astimezone(AMSTERDAM), end.astimezone(AMSTERDAM)
    day = begin.date()
    found = [
        Bezwaar(f"{item.wie} heeft dan al een ander overleg ({_clock(item.van)} tot {_clock(item.tot)}).", hard=True)
        for item in _clashes(agenda, begin, end)
    ]
    if not agenda.kalender.is_werkdag(day):
        found.append(Bezwaar("Dit is geen werkdag.", hard=True))
    if holiday_on(day, agenda.vakanties):
        found.append(Bezwaar("De school heeft dan vakantie.", hard=True))
    found += [Bezwaar(f"{item.wie} is dan afwezig.") for item in _absences(agenda, day)]
    if agenda.uiterlijk is not None and day > agenda.uiterlijk:
        found.append(Bezwaar(f"Dit is later dan de termijn: het plan moet er op {day_and_month(agenda.uiterlijk)} zijn."))
    return found


def explain(agenda: Agenda, voorstellen: Sequence[Voorstel], *, na: datetime) -> list[str]:
    """What was avoided between now and the last proposal, in words."""
    first = local_date(na)
    last = max((v.begint_op.date() for v in voorstellen), default=agenda.kalender.add_werkdagen(first, HORIZON))
    found = [
        f"De school heeft vakantie van {day_and_month(vakantie.van)} tot en met {day_and_month(vakantie.tot_en_met)}."
        for vakantie in agenda.vakanties
        if vakantie.van <= last and first <= vakantie.tot_en_met
    ]
    found += [
        f"{item.wie} is afwezig {_span(item.van, item.tot_en_met)}."
        for item in agenda.weg
        if item.van <= last and first <= item.tot_en_met
    ]
    found += [
        f"{item.wie} heeft op {day_and_month(local_date(item.van))} van {_clock(item.van)} tot {_clock(item.tot)} "
        "een ander overleg."
        for item in agenda.bezet
        if na <= item.tot and local_date(item.van) <= last
    ]
    if agenda.uiterlijk is not None and any(v.na_klok for v in voorstellen):
        found.append(f"Voor de termijn ({day_and_month(agenda.uiterlijk)}) zijn er niet genoeg momenten waarop iedereen kan.")
    return list(dict.fromkeys(found))


def _span(van: date, tot_en_met: date) -> str:
    return f"op {day_and_month(van)}" if van == tot_en_met else f"van {day_and_month(van)} tot en met {day_and_month(tot_en_met)}"


def _clock(moment: datetime) -> str:
    here = moment.astimezone(AMSTERDAM)
    return f"{here.hour}.{here.minute:02}"
