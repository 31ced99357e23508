"""How many places are taken at once. Pure."""

from collections.abc import Collection, Iterable
from datetime import date
from itertools import chain

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


def first_free(perioden: Collection[Periode], plaatsen: int, vanaf: date) -> tuple[date, int] | None:
    """The first day, from `vanaf` on, from which somebody can stay: on a place promised to nobody later. With how many there are.

    None when every place is taken without an end.
    """
    days = chain([vanaf], sorted({end for _, end in perioden if end is not None and end > vanaf}))
    left = ((dag, plaatsen - most_at_once(perioden, dag)) for dag in days)
    return next(((dag, free) for dag, free in left if free > 0), None)
