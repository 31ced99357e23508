"""Office time of the demo: working days in order, and moments within them. Pure."""

from bisect import bisect_left, bisect_right
from datetime import date, datetime, time, timedelta
from random import Random

from kern.kalender import Werkkalender
from kern.klok import AMSTERDAM, local_date

OPEN, DICHT = 8 * 60 + 20, 16 * 60 + 50


class Agenda:
    """The working days from well before the demo year up to its last moment. Day n is `dagen[n]`."""

    def __init__(self, moment: datetime, dagen: int, kalender: Werkkalender) -> None:
        last = local_date(moment)
        first = last - timedelta(days=dagen)
        span = (first + timedelta(days=n) for n in range((last - first).days + 1))
        self.dagen = [day for day in span if kalender.is_werkdag(day)]
        self.moment = moment
        self.laatste = len(self.dagen) - 1

    def index(self, dag: date) -> int:
        """The number of this day, or of the last working day before it."""
        return bisect_right(self.dagen, dag) - 1

    def first_from(self, dag: date) -> int:
        """The number of this day, or of the first working day after it."""
        return bisect_left(self.dagen, dag)

    def at(self, index: int, rng: Random) -> datetime:
        """Some moment on day `index`."""
        return self._minute(index, rng.randrange(OPEN, DICHT), rng)

    def after(self, moment: datetime, werkdagen: int, rng: Random) -> datetime | None:
        """Some moment that many working days later (0: later the same day); None when that is after the end of the demo."""
        index = self.index(moment.date()) + werkdagen
        if werkdagen == 0:
            start = moment.hour * 60 + moment.minute + 2
            if start < DICHT - 10:
                return self._minute(index, rng.randrange(start, min(DICHT, start + 240)), rng)
            index += 1
        return self.at(index, rng) if index <= self.laatste else None

    def _minute(self, index: int, minute: int, rng: Random) -> datetime:
        clock = time(minute // 60, minute % 60, rng.randrange(60))
        return datetime.combine(self.dagen[index], clock, tzinfo=AMSTERDAM)
