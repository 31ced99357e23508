"""How long a casus takes, working and waiting. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from casussen.keuzes import EINDSTATUSSEN, WACHTSTATUSSEN, Status


@dataclass(frozen=True, slots=True)
class Tijd:
    """How long a casus takes: together with whoever works on it, and waiting for someone else. `totaal` is always the sum."""

    actief: timedelta
    wachten: timedelta

    @property
    def totaal(self) -> timedelta:
        return self.actief + self.wachten


def split_time(periodes: Iterable[tuple[str, datetime, datetime | None]], op: datetime) -> Tijd:
    """The time a casus was under way, out of (state, from, to): the draft before it and the end after it do not count."""
    actief = wachten = timedelta()
    for status, van, tot in periodes:
        length = max((tot or op) - van, timedelta())
        if status in WACHTSTATUSSEN:
            wachten += length
        elif status != Status.CONCEPT and status not in EINDSTATUSSEN:
            actief += length
    return Tijd(actief=actief, wachten=wachten)
