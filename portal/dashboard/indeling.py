"""How the dashboard divides time: into school years and their quarters. Pure."""

import re
from dataclasses import dataclass
from datetime import date

from kern.kalender import EERSTE_MAAND, school_year_of

_SLEUTEL = re.compile(r"([0-9]{4})-([0-9]{4})(?:-k([1-4]))?", re.ASCII)
KWARTALEN = ("aug–okt", "nov–jan", "feb–apr", "mei–jul")


@dataclass(frozen=True, slots=True, order=True)
class Periode:
    """A school year (`kwartaal` 0) or one of its four quarters. `van` is the first day, `tot` the first day after."""

    jaar: int
    kwartaal: int = 0

    @property
    def sleutel(self) -> str:
        """As in the URL: '2026-2027' or '2026-2027-k1'."""
        return f"{self.jaar}-{self.jaar + 1}" + (f"-k{self.kwartaal}" if self.kwartaal else "")

    @property
    def naam(self) -> str:
        if not self.kwartaal:
            return f"Schooljaar {self.jaar}-{self.jaar + 1}"
        year = self.van.year if self.kwartaal != 2 else f"{self.jaar}/{self.jaar + 1}"
        return f"{KWARTALEN[self.kwartaal - 1]} {year}"

    @property
    def van(self) -> date:
        return _month(self.jaar, 3 * max(0, self.kwartaal - 1))

    @property
    def tot(self) -> date:
        return _month(self.jaar, 3 * self.kwartaal if self.kwartaal else 12)

    @property
    def schooljaar(self) -> "Periode":
        return Periode(self.jaar)

    @property
    def kwartalen(self) -> tuple["Periode", ...]:
        return tuple(Periode(self.jaar, n) for n in range(1, 5))


def _month(jaar: int, na: int) -> date:
    """The first day, so many months after the start of the school year."""
    month = EERSTE_MAAND - 1 + na
    return date(jaar + month // 12, month % 12 + 1, 1)


def school_year(dag: date) -> Periode:
    return Periode(school_year_of(dag))


def quarter(dag: date) -> Periode:
    year = school_year(dag)
    return next(period for period in year.kwartalen if period.van <= dag < period.tot)


def period_of(sleutel: str) -> Periode | None:
    """The period with this key; None when it is no key."""
    match = _SLEUTEL.fullmatch(sleutel)
    return Periode(int(match[1]), int(match[3] or 0)) if match and int(match[2]) == int(match[1]) + 1 else None
