"""What follows from days and hours of absence. Pure: no clock, no database; the same answer for the same question.

Three kinds of time, each of one vakantieregio:

- A *schooldag* is a Monday to Friday outside the school holidays. A public holiday in an ordinary week is one too: the law counts
  weeks, and such a week is a week.
- A *lesdag* is a schooldag that is no public holiday: there were lessons to miss.
- A *schoolweek* runs from Monday up to and including Sunday and holds at least one schooldag. The next schoolweek of the last one
  before a holiday is the first one after it.

**16 hours.** A window is 4 consecutive schoolweken. Hours count in the week in which they were missed, and only those without a
valid reason (relatief verzuim); a whole day counts for `UREN_PER_DAG`. The first week that brings 4 schoolweken to 16
hours makes a signal; its window are the 4 schoolweken from the first of those that has any hours. A week in a window that was
signalled does not count for another: the same hours are told once, and at most once in 4 schoolweken. Loose hours on days that a
report of whole days covers were counted with those days, or excused by them.

**4 weeks.** A pupil is away in one stretch of schooldagen, each in a report of whole days. The days are counted, five to a week.
Days of illness do not count, unless the plan says that the pupil is able to do something; they do not end the stretch either. A
day at school ends it, and so does an exemption. Loose hours are no days. Once the four weeks are full they are what it is about:
the hours of the days after it, in the same stretch, make no signal of hours.

**Thuiszitter on a day**: aged 5 up to and including 17, away on that day (or the last schooldag before it), 4 weeks or more,
without an exemption, and not ill, or ill but able.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from kern.kalender import STANDAARD, Werkkalender
from scholen.vakanties import Periode, holiday_on
from scholen.verzuim.keuzes import SoortSignaal, SoortVerzuim

UREN_GRENS, WEKEN_GRENS = Decimal(16), 4
#: How many schoolweken a window of hours has.
VENSTER = 4
DAGEN_PER_WEEK = 5
#: What a whole day counts for: careful, since a day in the vo has five to six lessons, and at so or po five hours.
UREN_PER_DAG = Decimal(5)
#: More lessons than this no school gives on a day.
UREN_SCHOOLDAG = Decimal(8)
#: From the first birthday up to, and not including, the second.
LEEFTIJD_VAN, LEEFTIJD_TOT = 5, 18
WEEK = timedelta(days=7)
#: 'Onverwijld' (Leerplichtwet 1969, article 21a), which the Inspectie van het Onderwijs reads as within so many working days.
MELDEN_WERKDAGEN = 5


@dataclass(frozen=True, slots=True)
class Afwezig:
    """One report. With `uren`: so many hours in the week of `van`. Without: whole days, up to now when `tot` is None."""

    soort: str
    van: date
    tot: date | None = None
    uren: Decimal | None = None
    belastbaar: bool = False

    def covers(self, dag: date) -> bool:
        """Whole days only."""
        return self.uren is None and self.van <= dag and (self.tot is None or dag <= self.tot)

    @property
    def counts(self) -> bool:
        """Counts as a day away: without an exemption, and not ill, or ill but able."""
        return self.soort != SoortVerzuim.VRIJSTELLING and (self.soort != SoortVerzuim.ZIEK or self.belastbaar)


@dataclass(frozen=True, slots=True)
class Venster:
    """From a day up to and including another, and how much there was in it: hours, or weeks."""

    van: date
    tot: date
    waarde: Decimal


@dataclass(frozen=True, slots=True)
class Reeks:
    """A stretch that became long: its first four weeks, and the last day up to which it is known to last."""

    venster: Venster
    tot: date

    def holds_after(self, dag: date) -> bool:
        """A day of this stretch after its four weeks."""
        return self.venster.tot < dag <= self.tot


@dataclass(frozen=True, slots=True)
class Stand:
    """How a pupil stands on a day. `dagen`: counted schooldagen of the stretch that has not ended; `sinds`: the first of them.

    `afwezig`: away on that day, in a way that counts. `soort`: the kind of report that covers it, also when it does not count.
    """

    afwezig: bool = False
    dagen: int = 0
    sinds: date | None = None
    soort: str = ""

    @property
    def weken(self) -> int:
        return self.dagen // DAGEN_PER_WEEK

    @property
    def lang(self) -> bool:
        """Away for 4 weeks or more."""
        return self.afwezig and self.weken >= WEKEN_GRENS


# --- Days and weeks ---------------------------------------------------------------------------------------------
def monday_of(dag: date) -> date:
    return dag - timedelta(days=dag.weekday())


@dataclass(frozen=True, slots=True)
class Schoolkalender:
    """The days on which the schools of one vakantieregio are open. `vakanties` in order."""

    vakanties: Sequence[Periode] = ()
    werkdagen: Werkkalender = STANDAARD

    def is_schooldag(self, dag: date) -> bool:
        return dag.weekday() < DAGEN_PER_WEEK and holiday_on(dag, self.vakanties) is None

    def is_lesdag(self, dag: date) -> bool:
        return self.is_schooldag(dag) and self.werkdagen.is_werkdag(dag)

    def is_schoolweek(self, maandag: date) -> bool:
        return any(self.is_schooldag(maandag + timedelta(days=n)) for n in range(DAGEN_PER_WEEK))

    def schooldagen_terug(self, dag: date, tot: date) -> Iterator[date]:
        """The schooldagen from `dag` back to `tot`, both included, the newest first. Never asks for a day before `tot`."""
        days = (dag - timedelta(days=n) for n in range((dag - tot).days + 1))
        return (day for day in days if self.is_schooldag(day))

    def schoolweken(self, van: date, tot: date) -> Iterator[date]:
        """The Mondays of the schoolweken from that of `van` up to that of `tot`."""
        maandag = monday_of(van)
        while maandag <= tot:
            if self.is_schoolweek(maandag):
                yield maandag
            maandag += WEEK

    def einde_venster(self, maandag: date) -> date:
        """The Sunday of the last schoolweek of the window that begins with this one."""
        last, left = maandag, VENSTER - 1
        for n in range(1, VENSTER + 20):
            if left and self.is_schoolweek(maandag + n * WEEK):
                last, left = maandag + n * WEEK, left - 1
        return last + timedelta(days=6)

    def laatste_schoolweken(self, op: date, n: int = VENSTER) -> list[date]:
        """The Mondays of the last `n` schoolweken up to that of `op`, in order; fewer when the holidays never end."""
        found: list[date] = []
        maandag = monday_of(op)
        for _ in range(n + 20):
            if len(found) == n:
                break
            if self.is_schoolweek(maandag):
                found.append(maandag)
            maandag -= WEEK
        return found[::-1]


# --- 16 hours ---------------------------------------------------------------------------------------------------
def hours_per_week(
    meldingen: Collection[Afwezig], kalender: Schoolkalender, op: date, lang: Collection[Reeks] = ()
) -> dict[date, Decimal]:
    """Hours missed without a valid reason, up to and including `op`, by the Monday of the schoolweek. `lang`: the long stretches
    of which the days after four weeks are left out."""
    found: dict[date, Decimal] = {}
    for melding in meldingen:
        if melding.soort != SoortVerzuim.RELATIEF or melding.van > op:
            continue
        if melding.uren is not None:
            maandag = monday_of(melding.van)
            if kalender.is_schoolweek(maandag) and not is_covered(melding, meldingen, kalender):
                found[maandag] = found.get(maandag, Decimal(0)) + melding.uren
            continue
        for dag in kalender.schooldagen_terug(min(op, melding.tot or op), melding.van):
            if kalender.is_lesdag(dag) and not any(reeks.holds_after(dag) for reeks in lang):
                found[monday_of(dag)] = found.get(monday_of(dag), Decimal(0)) + UREN_PER_DAG
    return found


def is_covered(uren: Afwezig, meldingen: Iterable[Afwezig], kalender: Schoolkalender) -> bool:
    """Lie all schooldagen of these loose hours within reports of whole days?"""
    hele = [melding for melding in meldingen if melding.uren is None]
    days = list(kalender.schooldagen_terug(uren.tot or uren.van, uren.van))
    return bool(days) and all(any(melding.covers(dag) for melding in hele) for dag in days)


def room_for(uren: Afwezig, meldingen: Collection[Afwezig], kalender: Schoolkalender) -> Decimal:
    """How many loose hours still fit in these days, beside what was reported: so many on each schoolday without a report of whole
    days. In every stretch of days around them there is room for what lies within that stretch."""
    hele = [melding for melding in meldingen if melding.uren is None]
    los = [(m.van, m.tot or m.van, m.uren) for m in meldingen if m.uren is not None and not is_covered(m, hele, kalender)]
    van, tot = uren.van, uren.tot or uren.van
    room = []
    for first in {van, *(begin for begin, _, _ in los if begin < van)}:
        for last in {tot, *(end for _, end, _ in los if end > tot)}:
            days = [dag for dag in kalender.schooldagen_terug(last, first) if not any(m.covers(dag) for m in hele)]
            taken = sum((n for begin, end, n in los if first <= begin and end <= last), Decimal(0))
            room.append(len(days) * UREN_SCHOOLDAG - taken)
    return max(min(room), Decimal(0))


def hours_now(uren: Mapping[date, Decimal], kalender: Schoolkalender, op: date) -> Decimal:
    """Hours in the window that ends with the schoolweek of `op` (in a holiday: the last one before it)."""
    return sum((uren.get(maandag, Decimal(0)) for maandag in kalender.laatste_schoolweken(op)), Decimal(0))


def hours_within(uren: Mapping[date, Decimal], venster: Venster) -> Decimal:
    return sum((n for maandag, n in uren.items() if venster.van <= maandag <= venster.tot), Decimal(0))


def hour_windows(uren: Mapping[date, Decimal], kalender: Schoolkalender, gemeld: Sequence[Venster] = ()) -> list[Venster]:
    """Every window that reaches 16 hours and was not told before, the oldest first. `gemeld`: the windows that were."""
    left = {
        maandag: n for maandag, n in uren.items() if n and not any(venster.van <= maandag <= venster.tot for venster in gemeld)
    }
    if not left:
        return []
    found: list[Venster] = []
    window: list[date] = []
    for maandag in kalender.schoolweken(min(left), max(left)):
        if found and maandag <= found[-1].tot:
            continue
        window = [*window, maandag][-VENSTER:]
        total = sum((left.get(week, Decimal(0)) for week in window), Decimal(0))
        if total >= UREN_GRENS:
            first = next(week for week in window if week in left)
            found.append(Venster(first, kalender.einde_venster(first), total))
            window = []
    return found


def report_by(reached: datetime, werkdagen: Werkkalender = STANDAARD) -> datetime:
    """Until when the school may report to leerplicht what it knows since `reached`: the end of the last office day."""
    return werkdagen.deadline(reached, MELDEN_WERKDAGEN)


# --- 4 weeks ----------------------------------------------------------------------------------------------------
def standing_on(meldingen: Iterable[Afwezig], kalender: Schoolkalender, op: date) -> Stand:
    """The stretch of whole days that lasts up to `op`."""
    days = [melding for melding in meldingen if melding.uren is None and melding.van <= op]
    if not days:
        return Stand()
    dagen, sinds, now = 0, None, None
    for dag in kalender.schooldagen_terug(op, min(melding.van for melding in days)):
        melding = next((m for m in days if m.covers(dag)), None)
        now = now or melding
        if melding is None or melding.soort == SoortVerzuim.VRIJSTELLING:
            break
        if melding.counts:
            dagen, sinds = dagen + 1, dag
    if now is None:
        return Stand()
    return Stand(afwezig=now.counts, dagen=dagen, sinds=sinds, soort=now.soort)


def week_window(stand: Stand, kalender: Schoolkalender, meldingen: Sequence[Afwezig], op: date) -> Venster | None:
    """The first four weeks of a stretch that has them: up to the day on which they were full. None when it has not."""
    if not stand.lang or stand.sinds is None:
        return None
    days = [melding for melding in meldingen if melding.uren is None]
    counted = [
        dag
        for dag in kalender.schooldagen_terug(op, stand.sinds)
        if any(melding.counts and melding.covers(dag) for melding in days)
    ]
    return Venster(stand.sinds, counted[-WEKEN_GRENS * DAGEN_PER_WEEK], Decimal(WEKEN_GRENS))


def long_stretches(meldingen: Sequence[Afwezig], kalender: Schoolkalender, op: date) -> list[Reeks]:
    """Every stretch up to `op` that has four weeks, also one that ended since, in order of the first day."""
    ends = {op} | {melding.tot for melding in meldingen if melding.uren is None and melding.tot is not None and melding.tot < op}
    found: dict[date, Reeks] = {}
    for last in sorted(ends):
        venster = week_window(standing_on(meldingen, kalender, last), kalender, meldingen, last)
        if venster is not None:
            found[venster.van] = Reeks(venster, last)
    return [found[van] for van in sorted(found)]


def still_holds(soort: str, venster: Venster, meldingen: Collection[Afwezig], kalender: Schoolkalender, op: date) -> bool:
    """Was a signal true on the day on which it became so? That a pupil is back since changes nothing about that."""
    if soort == SoortSignaal.UREN:
        return hours_within(hours_per_week(meldingen, kalender, op), venster) >= UREN_GRENS
    return standing_on(meldingen, kalender, venster.tot).lang


def is_of_age(geboren: date | None, op: date) -> bool:
    """From 5 up to and including 17. Of whom no day of birth is known it is supposed: nobody is overlooked for that."""
    if geboren is None:
        return True
    age = op.year - geboren.year - ((op.month, op.day) < (geboren.month, geboren.day))
    return LEEFTIJD_VAN <= age < LEEFTIJD_TOT


def is_thuiszitter(stand: Stand, geboren: date | None, op: date) -> bool:
    return stand.lang and is_of_age(geboren, op)
