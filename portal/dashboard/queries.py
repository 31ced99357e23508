"""What the dashboard counts, read in five queries whatever the number of casussen. Nothing here may be shown as it is.

Of pupils who live in one of the gemeenten of the region; whose home is elsewhere or unknown is left out, except among those that
wait for a wijkteam. A casus is counted in the period in which it was submitted (T0 of its present ronde).
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.db.models import Min

from casussen.kalender import kalender_of
from casussen.models import Casus, TermijnInstelling
from casussen.workflow import ONTVANGST
from gebieden.models import Gemeente, Regio
from kern.kalender import Werkkalender
from kern.klok import AMSTERDAM
from portal.dashboard.indeling import Periode, quarter, school_year

#: Office hours in which the time to a first response is measured.
OPEN, DICHT = time(9, 0), time(17, 0)
WERKDAG = 480
#: What became of the first response.
OP_TIJD, TE_LAAT, NOG_NIET = "op_tijd", "te_laat", "nog_niet"

#: Per casus of a school year: gemeente, T0, the deadline of the first response, and how long it took in office minutes.
#: `dagen` are all days of the span, `volgnr` how many working days there were up to and including each.
_REACTIES = """
WITH kalender AS (
    SELECT dag, volgnr, werkdag
    FROM unnest(%(dagen)s::date[], %(volgnrs)s::int[], %(werkdagen)s::bool[]) AS k (dag, volgnr, werkdag)
), werkdag AS (
    SELECT volgnr, (dag + %(dicht)s::time) AT TIME ZONE 'Europe/Amsterdam' AS dicht FROM kalender WHERE werkdag
), reactie AS (
    SELECT casus.id, casus.ronde, gemeente.code AS gemeente, (casus.t0 AT TIME ZONE 'Europe/Amsterdam')::date AS dag,
        casus.eerste_reactie_op, deadline.dicht AS deadline, casus.status,
        (uit.volgnr - aan.volgnr) * %(werkdag)s
            + CASE WHEN uit.werkdag THEN minuten(casus.eerste_reactie_op) ELSE %(werkdag)s END
            - CASE WHEN aan.werkdag THEN minuten(casus.t0) ELSE %(werkdag)s END AS minuten
    FROM casussen_casus casus
    JOIN gebieden_gemeente gemeente ON gemeente.id = casus.woongemeente_id AND gemeente.regio_id = %(regio)s
    JOIN kalender aan ON aan.dag = (casus.t0 AT TIME ZONE 'Europe/Amsterdam')::date
    JOIN werkdag deadline ON deadline.volgnr = aan.volgnr + %(norm)s
    LEFT JOIN kalender uit ON uit.dag = (casus.eerste_reactie_op AT TIME ZONE 'Europe/Amsterdam')::date
    WHERE casus.regio_id = %(regio)s AND casus.t0 >= %(van)s AND casus.t0 < %(tot)s
)
"""
_MINUTEN = (
    "least(%(werkdag)s, greatest(0, extract(epoch FROM ({0} AT TIME ZONE 'Europe/Amsterdam')::time - %(open)s::time) / 60))"
)
_INSTROOM = """
SELECT reactie.gemeente, reactie.maand, reactie.antwoord, coalesce(stappen.door, false), coalesce(stappen.terug, false), count(*)
FROM (
    SELECT id, ronde, gemeente, date_trunc('month', dag)::date AS maand, CASE
        WHEN eerste_reactie_op <= deadline THEN 'op_tijd'
        WHEN eerste_reactie_op > deadline THEN 'te_laat'
        WHEN status NOT IN ('ingetrokken', 'teruggelegd') AND deadline < %(nu)s THEN 'te_laat'
        ELSE 'nog_niet' END AS antwoord
    FROM reactie
) reactie
LEFT JOIN LATERAL (
    SELECT bool_or(actie = 'doorzetten') AS door, bool_or(actie = 'terugleggen') AS terug
    FROM casussen_overgang overgang WHERE overgang.casus_id = reactie.id AND overgang.ronde = reactie.ronde
) stappen ON true
GROUP BY 1, 2, 3, 4, 5
"""
_DUUR = """
SELECT gemeente, kwartaal, count(*),
    percentile_cont(0.5) WITHIN GROUP (ORDER BY minuten), percentile_cont(0.9) WITHIN GROUP (ORDER BY minuten)
FROM (
    SELECT gemeente, minuten, (extract(month FROM dag)::int + 4) %% 12 / 3 + 1 AS kwartaal
    FROM reactie WHERE minuten IS NOT NULL
) duur
GROUP BY GROUPING SETS ((), (gemeente), (kwartaal), (gemeente, kwartaal))
"""
_STAND = """
SELECT gemeente.code, casus.wijkteam_id, wijkteam.naam, casus.status, late.casus_id IS NOT NULL, count(*)
FROM casussen_casus casus
JOIN gebieden_gemeente gemeente ON gemeente.id = casus.woongemeente_id AND gemeente.regio_id = %(regio)s
JOIN wijkteams_wijkteam wijkteam ON wijkteam.id = casus.wijkteam_id
LEFT JOIN (SELECT DISTINCT casus_id FROM casussen_termijn WHERE gesloten_op IS NULL AND vervalt_op < %(nu)s) late
    ON late.casus_id = casus.id
WHERE casus.regio_id = %(regio)s AND casus.t0 IS NOT NULL AND casus.status <> 'te_routeren'
    AND (casus.status NOT IN ('afgesloten', 'ingetrokken') OR casus.status_sinds >= %(sinds)s)
GROUP BY 1, 2, 3, 4, 5
"""
_WACHT = """
SELECT coalesce(gemeente.code, ''), count(*) FROM casussen_casus casus
LEFT JOIN gebieden_gemeente gemeente ON gemeente.id = casus.woongemeente_id AND gemeente.regio_id = %(regio)s
WHERE casus.regio_id = %(regio)s AND casus.status = 'te_routeren' GROUP BY 1
"""


@dataclass(frozen=True, slots=True)
class Instroom:
    """So many casussen of one gemeente and one quarter, alike in what became of them."""

    gemeente: str
    kwartaal: Periode
    antwoord: str
    doorgezet: bool
    teruggelegd: bool
    aantal: int


@dataclass(frozen=True, slots=True)
class Stand:
    """So many casussen that run now, or ended this school year, alike in place and state."""

    gemeente: str
    wijkteam_id: int
    wijkteam: str
    status: str
    te_laat: bool
    aantal: int


@dataclass(frozen=True, slots=True)
class Duur:
    """Time to the first response, in office minutes. Key: gemeente (None: all) and quarter (0: the whole year)."""

    aantal: int
    mediaan: float
    p90: float


@dataclass(frozen=True, slots=True)
class Tellingen:
    """Raw figures: for `portal.dashboard.cijfers`, and for nobody's eyes."""

    instroom: tuple[Instroom, ...]
    stand: tuple[Stand, ...]
    duur: dict[tuple[str | None, int], Duur]
    wacht: Counter[str]


def first_day(regio: Regio) -> date | None:
    """The day of the first casus that was submitted in this region."""
    first = Casus.objects.filter(regio=regio).aggregate(first=Min("t0"))["first"]
    return first.astimezone(AMSTERDAM).date() if first else None


def response_norm(regio: Regio) -> int:
    """Within how many working days a first response is on time: of the workflow table, or the region's own."""
    own = TermijnInstelling.objects.filter(regio=regio, soort=ONTVANGST.soort, eenheid=ONTVANGST.eenheid).first()
    return own.aantal if own else ONTVANGST.aantal


def gemeenten_of(regio: Regio) -> dict[str, str]:
    """Code and name of the gemeenten of a region."""
    return dict(Gemeente.objects.filter(regio=regio).order_by("naam").values_list("code", "naam"))


def count(regio: Regio, *, jaar: Periode, norm: int, nu: datetime) -> Tellingen:
    """Everything the dashboard needs of one school year, in four queries."""
    today = nu.astimezone(AMSTERDAM).date()
    values = {
        "regio": regio.pk,
        "van": _midnight(jaar.van),
        "tot": _midnight(jaar.tot),
        "sinds": _midnight(school_year(today).van),
        "nu": nu,
        "norm": norm,
        "werkdag": WERKDAG,
        "open": OPEN,
        "dicht": DICHT,
        **_calendar(kalender_of(regio), jaar.van, max(today, jaar.tot) + timedelta(days=30)),
    }
    return Tellingen(
        instroom=tuple(
            Instroom(row[0], quarter(row[1]), row[2], row[3], row[4], row[5]) for row in _rows(_answers(_INSTROOM), values)
        ),
        stand=tuple(Stand(*row) for row in _rows(_STAND, values)),
        duur={(row[0], row[1] or 0): Duur(row[2], row[3], row[4]) for row in _rows(_answers(_DUUR), values)},
        wacht=Counter(dict(_rows(_WACHT, values))),
    )


def _answers(sql: str) -> str:
    begin = _REACTIES.replace("minuten(casus.eerste_reactie_op)", _MINUTEN.format("casus.eerste_reactie_op"))
    return begin.replace("minuten(casus.t0)", _MINUTEN.format("casus.t0")) + sql


def _rows(sql: str, values: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        yield from cursor.fetchall()


def _midnight(dag: date) -> datetime:
    return datetime.combine(dag, time(0, 0), tzinfo=AMSTERDAM)


def _calendar(kalender: Werkkalender, van: date, tot: date) -> dict[str, list[Any]]:
    """Every day of a span, how many working days there were by then, and whether it is one itself."""
    days = [van + timedelta(days=n) for n in range((tot - van).days + 1)]
    works = [kalender.is_werkdag(day) for day in days]
    numbers, count_ = [], 0
    for work in works:
        count_ += work
        numbers.append(count_)
    return {"dagen": days, "volgnrs": numbers, "werkdagen": works}
