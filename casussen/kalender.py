"""The calendar of a casus: the working days of its region, and the holidays of its school."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from gebieden.models import Regio
from kern.kalender import Werkkalender, end_of_office_day
from kern.klok import local_date
from scholen.vakanties import Periode, first_school_day, holiday_on

#: How many working days a school gets after its first day back.
NA_VAKANTIE = 2


def kalender_of(regio: Regio) -> Werkkalender:
    return Werkkalender(goede_vrijdag_vrij=regio.goede_vrijdag_vrij, bevrijdingsdag_vrij=regio.bevrijdingsdag_vrij)


def school_deadline(
    vervalt_op: datetime, *, begint_op: datetime, vakanties: Sequence[Periode], kalender: Werkkalender
) -> datetime:
    """A deadline for a task of the school: one inside a school holiday moves to the first school day + 2 working days.

    So does one that falls on the first days back for a task that was given during the holiday (or before it): being asked a day
    later never gives a day less.
    """
    due = local_date(vervalt_op)
    begin = local_date(begint_op)
    for vakantie in vakanties:
        back = first_school_day(vakantie.tot_en_met, vakanties, kalender)
        moved = kalender.add_werkdagen(back, NA_VAKANTIE)
        if vakantie.van <= due < moved and begin < back and holiday_on(vakantie.van, vakanties):
            return max(vervalt_op, end_of_office_day(moved))
    return vervalt_op


def work_day_by(dag: date, *, begint_op: datetime, vakanties: Sequence[Periode], kalender: Werkkalender) -> date:
    """The last working day up to and including this one, outside the given holidays, on which something can still be due: for
    what must be done before a day, and so cannot move to after it. When no such day is left after `begint_op`, the day itself."""
    found = dag
    while found > local_date(begint_op):
        due = end_of_office_day(found)
        stays = school_deadline(due, begint_op=begint_op, vakanties=vakanties, kalender=kalender) == due
        if kalender.is_werkdag(found) and stays:
            return found
        found -= timedelta(days=1)
    return dag
