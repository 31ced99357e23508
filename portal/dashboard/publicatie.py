"""Which periods are published, and from which day. Pure.

A figure that is made again every day tells, by its changes, what happened to one pupil. So nothing that still runs is published:
a quarter two weeks after it ended, a school year when its last quarter is, and what is open as it was at the start of each week.
Once published a figure stays as it is (docs/adr: figures over time).
"""

from datetime import date, timedelta

from portal.dashboard.indeling import Periode, school_year

#: Days between the end of a quarter and its figures: the last casussen then had time for a first response.
RIJPING = 14
#: How many weeks are shown, and made when they are missing.
WEKEN = 12
#: How many school years back are made when they are missing.
JAREN = 3


def ripe_on(periode: Periode) -> date:
    """The day on which the figures of a period are made; what happened from then on is no part of them."""
    return periode.tot + timedelta(days=RIJPING)


def quarters_due(eerste: date, op: date) -> list[Periode]:
    """The quarters to publish, the oldest first. `eerste`: the day of the first casus."""
    last = school_year(op)
    years = [Periode(last.jaar - n) for n in range(JAREN, -1, -1)]
    return [quarter for year in years for quarter in year.kwartalen if quarter.tot > eerste and ripe_on(quarter) <= op]


def weeks_due(eerste: date, op: date) -> list[date]:
    """The Mondays whose beginning is to be published, the oldest first."""
    monday = op - timedelta(days=op.weekday())
    return [day for n in range(WEKEN - 1, -1, -1) if (day := monday - timedelta(weeks=n)) > eerste]


def week_name(maandag: date) -> str:
    return f"wk {maandag.isocalendar().week}"
