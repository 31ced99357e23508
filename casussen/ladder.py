"""The ladder of reminders on a termijn: which step is due when. Pure.

A step is a number of working days from the deadline: −1, 0, 1, 3, and then every five (8, 13, …). Step 0 is due at the deadline
itself; every other step at nine in the morning of its day, so that the day is still there to act in.
"""

from dataclasses import dataclass
from datetime import datetime, time

from kern.kalender import Werkkalender
from kern.klok import AMSTERDAM, local_date

VOORAF, VERVALLEN, COORDINATOR, REGIO = -1, 0, 1, 3
HERHALING = 5
HERINNERTIJD = time(9, 0)
_VOLGENDE = {VOORAF: VERVALLEN, VERVALLEN: COORDINATOR, COORDINATOR: REGIO}


@dataclass(frozen=True, slots=True)
class Trede:
    """One step of the ladder, and the moment it is due."""

    stap: int
    op: datetime


def next_step(stap: int) -> int:
    """−1 → 0 → 1 → 3 → 8 → 13 → …: it never ends by itself."""
    return _VOLGENDE.get(stap, stap + HERHALING)


def trede(stap: int, vervalt_op: datetime, kalender: Werkkalender) -> Trede:
    """When a step is due on a termijn with this deadline."""
    if stap == VERVALLEN:
        return Trede(stap, vervalt_op)
    day = kalender.add_werkdagen(local_date(vervalt_op), stap)
    return Trede(stap, datetime.combine(day, HERINNERTIJD, tzinfo=AMSTERDAM))


def first_trede(*, op: datetime, vervalt_op: datetime, kalender: Werkkalender) -> Trede:
    """Where the ladder starts for a termijn that is opened, or moved, at `op`.

    A reminder in advance is left out when its moment has passed: whoever gets a task this minute need not be reminded of it. A
    termijn that is late from its start (sent on to another team, with T0 where it was) starts at the step it has reached.
    """
    first = trede(VOORAF, vervalt_op, kalender)
    while first.op <= op:
        following = trede(next_step(first.stap), vervalt_op, kalender)
        if following.op > op >= vervalt_op:
            break
        first = following
    return first


def due_treden(*, volgende_stap: int, vervalt_op: datetime, now: datetime, kalender: Werkkalender) -> tuple[list[Trede], Trede]:
    """All steps that are due by now, from the one that was waiting, and the one after them.

    More than one when nobody asked for a while: each is due once.
    """
    due: list[Trede] = []
    waiting = trede(volgende_stap, vervalt_op, kalender)
    while waiting.op <= now:
        due.append(waiting)
        waiting = trede(next_step(waiting.stap), vervalt_op, kalender)
    return due, waiting
