"""The calendar of a casus: the working days of its region, and the holidays of its school."""

from collections.abc import Sequence
from datetime import datetime

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
