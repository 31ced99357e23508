"""School holidays: the days on which nobody at a school reads the post, per vakantieregio.

They come from the open data of the Rijksoverheid (infotype schoolholidays). `gegevens/schoolvakanties.json` ships those of the
school years 2024–2025 up to 2027–2028 in that same format; they hold for every school year that was not imported.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db import transaction

from kern.kalender import Werkkalender
from kern.klok import AMSTERDAM
from scholen.models import Schoolvakantie, Vakantieregio

MEEGELEVERD = Path(__file__).parent / "gegevens" / "schoolvakanties.json"
HEEL_NEDERLAND = "heel nederland"
SCHOOLJAAR = re.compile(r"20\d{2}-20\d{2}")


@dataclass(frozen=True, slots=True, order=True)
class Periode:
    """Whole days, the first and the last included."""

    van: date
    tot_en_met: date


# --- Asking -----------------------------------------------------------------------------------------------------
def vakanties_of(regio: str) -> tuple[Periode, ...]:
    """All known holidays of a vakantieregio, in order: as imported, and for other school years as shipped. One query."""
    return _vakanties()[regio]


def vakanties_per_regio() -> dict[str, tuple[Periode, ...]]:
    """The same of every vakantieregio. One query."""
    return _vakanties()


def regions_on_holiday(dag: date) -> frozenset[str]:
    """The vakantieregio's whose schools are closed on this day. One query."""
    return frozenset(regio for regio, vakanties in _vakanties().items() if holiday_on(dag, vakanties))


def _vakanties() -> dict[str, tuple[Periode, ...]]:
    rows = [
        Rij(schooljaar, naam, regio, Periode(van, tot_en_met))
        for schooljaar, naam, regio, van, tot_en_met in Schoolvakantie.objects.values_list(
            "schooljaar", "naam", "regio", "van", "tot_en_met"
        )
    ]
    imported = {(rij.schooljaar, rij.regio) for rij in rows}
    rows += [rij for rij in _meegeleverd() if (rij.schooljaar, rij.regio) not in imported]
    return {regio: tuple(sorted(rij.periode for rij in rows if rij.regio == regio)) for regio in Vakantieregio.values}


@lru_cache(maxsize=1)
def _meegeleverd() -> tuple["Rij", ...]:
    return tuple(read_open_data(MEEGELEVERD.read_text(encoding="utf-8")))


def holiday_on(dag: date, vakanties: Sequence[Periode]) -> Periode | None:
    return next((vakantie for vakantie in vakanties if vakantie.van <= dag <= vakantie.tot_en_met), None)


def first_school_day(dag: date, vakanties: Sequence[Periode], kalender: Werkkalender) -> date:
    """The first working day after `dag` on which the schools of this region are open."""
    day = kalender.add_werkdagen(dag, 1)
    while vakantie := holiday_on(day, vakanties):
        day = kalender.add_werkdagen(vakantie.tot_en_met, 1)
    return day


# --- Importing --------------------------------------------------------------------------------------------------
class OnleesbaarBestand(ValueError):  # noqa: N818  (the words of the house)
    """Not the open-data format; the message says where."""


@dataclass(frozen=True, slots=True)
class Rij:
    """One holiday of one region, as the open data tell it."""

    schooljaar: str
    naam: str
    regio: str
    periode: Periode


def read_open_data(text: str) -> list[Rij]:
    """Read the JSON of all school years (a list) or of one (an object). Raises OnleesbaarBestand.

    The open data have their moods: white space around names, a region 'heel Nederland', moments in UTC that mean a Dutch day.
    """
    try:
        document = json.loads(text.removeprefix("\ufeff"))
    except ValueError as error:
        raise OnleesbaarBestand("Dit is geen JSON.") from error
    documents = document if isinstance(document, list) else [document]
    rows: dict[tuple[str, str, str], Rij] = {}
    for number, one in enumerate(documents, 1):
        try:
            for row in _rows(one):
                rows[row.schooljaar, row.naam, row.regio] = row
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise OnleesbaarBestand(f"Schooljaar {number} heeft niet de vorm van de open data: {error!r}.") from error
    if not rows:
        raise OnleesbaarBestand("Er staan geen schoolvakanties in dit bestand.")
    return list(rows.values())


def _rows(document: Any) -> Iterator[Rij]:
    for content in document["content"]:
        schooljaar = re.sub(r"\s", "", content["schoolyear"])
        if not SCHOOLJAAR.fullmatch(schooljaar):
            raise ValueError("dit is geen schooljaar")
        for vacation in content["vacations"]:
            for region in vacation["regions"]:
                periode = Periode(_dutch_day(region["startdate"]), _dutch_day(region["enddate"]))
                if periode.van > periode.tot_en_met:
                    raise ValueError(f"{vacation['type'].strip()} eindigt voor het begin")
                for regio in _regions(region["region"]):
                    yield Rij(schooljaar, vacation["type"].strip(), regio, periode)


def _regions(name: str) -> Iterable[str]:
    name = name.strip().lower()
    return Vakantieregio.values if name == HEEL_NEDERLAND else [Vakantieregio(name).value]


def _dutch_day(value: str) -> date:
    """'2026-10-09T22:00:00.000Z' is 10 October here, and '2026-10-18T21:59:00.000Z' is 18 October."""
    moment = datetime.fromisoformat(value.strip())
    return moment.astimezone(AMSTERDAM).date() if moment.tzinfo else moment.date()


@dataclass(frozen=True, slots=True)
class Inleesresultaat:
    nieuw: int
    gewijzigd: int
    ongewijzigd: int
    schooljaren: tuple[str, ...]


def import_vakanties(*, rijen: Sequence[Rij]) -> Inleesresultaat:
    """Store these holidays, all or none; what was known gets its new dates, what is not in the file stays."""
    with transaction.atomic():
        known = {
            (known.schooljaar, known.naam, known.regio): known
            for known in Schoolvakantie.objects.select_for_update().filter(schooljaar__in={rij.schooljaar for rij in rijen})
        }
        new, changed = [], []
        for rij in rijen:
            found = known.get((rij.schooljaar, rij.naam, rij.regio))
            values = {"van": rij.periode.van, "tot_en_met": rij.periode.tot_en_met}
            if found is None:
                new.append(Schoolvakantie(schooljaar=rij.schooljaar, naam=rij.naam, regio=rij.regio, **values))
            elif (found.van, found.tot_en_met) != (rij.periode.van, rij.periode.tot_en_met):
                found.van, found.tot_en_met = rij.periode.van, rij.periode.tot_en_met
                changed.append(found)
        Schoolvakantie.objects.bulk_create(new)
        Schoolvakantie.objects.bulk_update(changed, ["van", "tot_en_met"])
    return Inleesresultaat(
        nieuw=len(new),
        gewijzigd=len(changed),
        ongewijzigd=len(rijen) - len(new) - len(changed),
        schooljaren=tuple(sorted({rij.schooljaar for rij in rijen})),
    )


def is_whole_weeks(periode: Periode) -> bool:
    """From a Saturday up to and including a Sunday, as the Rijksoverheid publishes them; anything else deserves a look."""
    return periode.van.weekday() == 5 and periode.tot_en_met.weekday() == 6 and periode.tot_en_met - periode.van >= timedelta(8)
