"""How a moment is written on screen, as a person would say it. Pure: the caller says what day it is and counts working days."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

WEEKDAGEN = ("ma", "di", "wo", "do", "vr", "za", "zo")
MAANDEN = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
#: A date this far away could be taken for the same day of this year, so it gets its year.
JAAR_NODIG = timedelta(days=180)

Toon = Literal["rustig", "bijna", "te_laat", "klaar"]


@dataclass(frozen=True, slots=True)
class Kloktekst:
    """A clock in words, with a tone for its colour and an icon, so that colour never stands alone."""

    tekst: str
    toon: Toon
    icoon: str


def short_date(day: date, *, today: date) -> str:
    """'do 3 dec', with the year when the day is far off: 'vr 3 jan 2025'."""
    text = f"{WEEKDAGEN[day.weekday()]} {day.day} {MAANDEN[day.month - 1]}"
    return f"{text} {day.year}" if day.year != today.year and abs(day - today) > JAAR_NODIG else text


def write_moment(moment: datetime, *, now: datetime) -> str:
    """When something happened: 'vandaag 14:05', 'gisteren 9:12', 'ma 30 nov 14:05'. Both in the same time zone."""
    clock = f"{moment.hour}:{moment.minute:02}"
    days = (now.date() - moment.date()).days
    if days in {0, 1}:
        return f"{'vandaag' if days == 0 else 'gisteren'} {clock}"
    return f"{short_date(moment.date(), today=now.date())} {clock}"


def write_clock(due: datetime, *, now: datetime, workdays: int, wat: str = "") -> Kloktekst:
    """'antwoord uiterlijk do 3 dec (nog 2 werkdagen)', 'te laat sinds ma 30 nov'.

    `workdays` is the number of working days after today up to and including the day it is due; `wat` says what is waited for.
    """
    today = now.date()
    start = f"{wat} " if wat else ""
    day = short_date(due.date(), today=today)
    at = f"{due.hour}:{due.minute:02} uur"
    if due < now:
        since = f"vandaag {at}" if due.date() == today else day
        return Kloktekst(f"{start}te laat sinds {since}", "te_laat", "wekker")
    if due.date() == today:
        return Kloktekst(f"{start}uiterlijk vandaag {at}", "bijna", "wekker")
    if due.date() == today + timedelta(days=1):
        return Kloktekst(f"{start}uiterlijk morgen, {day}", "bijna", "wekker")
    if workdays <= 0:
        return Kloktekst(f"{start}uiterlijk {day}", "bijna", "wekker")
    left = "nog 1 werkdag" if workdays == 1 else f"nog {workdays} werkdagen"
    return Kloktekst(f"{start}uiterlijk {day} ({left})", "bijna" if workdays == 1 else "rustig", "klok")


def write_done(done: datetime, *, due: datetime | None, now: datetime, wat: str = "") -> Kloktekst:
    """'antwoord op tijd, di 1 dec', 'antwoord op do 3 dec, later dan afgesproken'."""
    start = f"{wat} " if wat else ""
    day = short_date(done.date(), today=now.date())
    if due is None or done <= due:
        return Kloktekst(f"{start}op tijd, {day}", "klaar", "goed")
    return Kloktekst(f"{start}op {day}, later dan afgesproken", "rustig", "klok")
