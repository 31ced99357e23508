"""How many places are taken at once. Pure."""

from collections.abc import Iterable
from datetime import date

#: From one day to another; None: no end yet. The second is the first day on which the place is free again.
Periode = tuple[date, date | None]


def most_at_once(perioden: Iterable[Periode], vanaf: date) -> int:
    """The largest number of these that overlap on one day, from `vanaf` on."""
    changes: list[tuple[date, int]] = []
    for begin, end in perioden:
        if end is not None and end <= max(begin, vanaf):
            continue
        changes.append((max(begin, vanaf), +1))
        if end is not None:
            changes.append((end, -1))
    most = taken = 0
    for _, change in sorted(changes):  # on one day who leaves goes before who comes
        taken += change
        most = max(most, taken)
    return most
