"""Dutch working days and what follows from them: deadlines. Pure: no clock, no database; the same answer for the same question.

A working day is Monday to Friday and no public holiday. The holidays come from the `holidays` package, with two of them made a
choice of the region: Goede Vrijdag (in the package, but no day off for most people) and 5 May (in the package only in lustrum
years: 2025, 2030). 24 and 31 December are ordinary working days.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

import holidays

from kern.klok import AMSTERDAM, local_date

#: A deadline is the end of an office day.
SLUITINGSTIJD = time(17, 0)


@lru_cache(maxsize=512)
def _vrije_dagen(jaar: int, goede_vrijdag_vrij: bool, bevrijdingsdag_vrij: bool) -> frozenset[date]:  # noqa: FBT001  (cache key)
    named = holidays.country_holidays("NL", years=jaar, language="nl")
    days = set(named)
    if not goede_vrijdag_vrij:
        days -= {day for day, name in named.items() if name == "Goede vrijdag"}
    bevrijdingsdag = date(jaar, 5, 5)
    if bevrijdingsdag_vrij or jaar % 5 == 0:
        days.add(bevrijdingsdag)
    elif named.get(bevrijdingsdag) == "Bevrijdingsdag":
        days.discard(bevrijdingsdag)
    return frozenset(days)


@lru_cache(maxsize=512)
def _werkdagen(jaar: int, goede_vrijdag_vrij: bool, bevrijdingsdag_vrij: bool) -> tuple[date, ...]:  # noqa: FBT001  (cache key)
    """All working days of a year, in order."""
    free = _vrije_dagen(jaar, goede_vrijdag_vrij, bevrijdingsdag_vrij)
    first = date(jaar, 1, 1)
    days = (first + timedelta(days=n) for n in range((date(jaar, 12, 31) - first).days + 1))
    return tuple(day for day in days if day.weekday() < 5 and day not in free)


def end_of_office_day(dag: date) -> datetime:
    """17:00 on that day, Dutch time: the same clock in summer and winter."""
    return datetime.combine(dag, SLUITINGSTIJD, tzinfo=AMSTERDAM)


@dataclass(frozen=True, slots=True)
class Werkkalender:
    """The calendar of a region."""

    goede_vrijdag_vrij: bool = False
    bevrijdingsdag_vrij: bool = False

    def _year(self, jaar: int) -> tuple[date, ...]:
        return _werkdagen(jaar, self.goede_vrijdag_vrij, self.bevrijdingsdag_vrij)

    def is_werkdag(self, dag: date) -> bool:
        return dag.weekday() < 5 and dag not in _vrije_dagen(dag.year, self.goede_vrijdag_vrij, self.bevrijdingsdag_vrij)

    def first_werkdag(self, dag: date) -> date:
        """The day itself, or the first working day after it."""
        return dag if self.is_werkdag(dag) else self.add_werkdagen(dag, 1)

    def add_werkdagen(self, dag: date, n: int) -> date:
        """The n-th working day after `dag` (before it, for a negative n). The day itself is day 0, working day or not."""
        if n == 0:
            return dag
        jaar = dag.year
        if n > 0:
            index = bisect_right(self._year(jaar), dag) + n - 1
            while index >= len(self._year(jaar)):
                index -= len(self._year(jaar))
                jaar += 1
            return self._year(jaar)[index]
        index = bisect_left(self._year(jaar), dag) + n
        while index < 0:
            jaar -= 1
            index += len(self._year(jaar))
        return self._year(jaar)[index]

    def werkdagen_tussen(self, a: date, b: date) -> int:
        """How many working days after `a`, up to and including `b`; negative when `b` lies before `a`.

        The reverse of `add_werkdagen`: werkdagen_tussen(a, add_werkdagen(a, n)) == n.
        """
        start, end = min(a, b), max(a, b)
        place = bisect_right if a <= b else bisect_left
        whole_years = sum(len(self._year(jaar)) for jaar in range(start.year, end.year))
        count = whole_years + place(self._year(end.year), end) - place(self._year(start.year), start)
        return count if a <= b else -count

    def deadline(self, t0: datetime, werkdagen: int) -> datetime:
        """17:00 on the n-th working day after the day of `t0`, whatever the time of day was: T0's day is day 0."""
        dag = self.add_werkdagen(local_date(t0), werkdagen)
        return end_of_office_day(self.first_werkdag(dag))

    def deadline_dagen(self, t0: datetime, dagen: int) -> datetime:
        """17:00 so many calendar days after `t0`; a day on which nobody works moves on to the next working day.

        So does the Algemene termijnenwet (art. 1).
        """
        return end_of_office_day(self.first_werkdag(local_date(t0) + timedelta(days=dagen)))


#: The calendar of a region that chose nothing.
STANDAARD = Werkkalender()


def count_workdays(a: date, b: date) -> int:
    """`werkdagen_tussen` on the standard calendar, for a screen that knows no region."""
    return STANDAARD.werkdagen_tussen(a, b)


#: The month in which a school year begins.
EERSTE_MAAND = 8
_MAANDEN = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip


def school_year_of(dag: date) -> int:
    """The year in which the school year of this day began: 2026 for all of 2026-2027."""
    return dag.year if dag.month >= EERSTE_MAAND else dag.year - 1


def day_and_month(dag: date) -> str:
    """'2 december'."""
    return f"{dag.day} {_MAANDEN[dag.month - 1]}"
