"""Birthdays that change who decides (16) or who is responsible (18). Pure.

From 16 the pupil consents alone (WGBO, Jeugdwet 7.3.4). At 18 youth help ends for most: the gemeente goes on under the Wmo, the
doorstroompunt follows school and work up to 27.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from casussen.keuzes import Deelnemer

LEEFTIJDEN = (16, 18)
#: So long before it the right people are told.
VOORAF = timedelta(days=90)
#: A night that was missed is caught up; whoever was of age long before is not told of it.
INHALEN = timedelta(days=14)
#: Whoever hears of it late still gets this long for the hand-over.
MINSTENS = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Overdrachtspunt:
    """A line of the hand-over at 18: `sleutel` makes it once."""

    sleutel: str
    partij: Deelnemer
    tekst: str


CHECKLIST: tuple[Overdrachtspunt, ...] = (
    Overdrachtspunt(
        "doorstroompunt",
        Deelnemer.SCHOOL,
        "Doorstroompunt: bespreek wie de jongere na de achttiende verjaardag volgt op school of werk.",
    ),
    Overdrachtspunt(
        "wmo",
        Deelnemer.WIJKTEAM,
        "Wmo: spreek met de gemeente af welke hulp na de achttiende verjaardag doorgaat, en wie die geeft.",
    ),
    Overdrachtspunt(
        "school", Deelnemer.SCHOOL, "School: leg vast welke opleiding de jongere volgt en wie daar het aanspreekpunt is."
    ),
    Overdrachtspunt(
        "werk",
        Deelnemer.WIJKTEAM,
        "Werk en inkomen: bespreek werk, stage, inkomen, zorgverzekering en wonen met de jongere zelf.",
    ),
)


def birthday(geboren: date, leeftijd: int) -> date:
    """The day on which somebody reaches this age; born on 29 February, that is 1 March in other years (as `age_on` counts)."""
    year = geboren.year + leeftijd
    try:
        return geboren.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def is_due(geboren: date, leeftijd: int, op: date) -> bool:
    """Is it time to tell that this birthday comes (or just was)?"""
    return op - INHALEN <= birthday(geboren, leeftijd) <= op + VOORAF


def due_by(verjaardag: date, op: date) -> date:
    """Until when the hand-over may take: up to the birthday, or two weeks for who hears of it late."""
    return max(verjaardag, op + MINSTENS)
