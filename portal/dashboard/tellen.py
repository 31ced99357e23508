"""What the dashboard counts: one query per period, whatever the number of casussen. Nothing here may be shown as it is.

Every casus of the region counts, in four cuts (`Blad`): where the pupil lives, the school, the sector and the team. A casus is of
the period in which it was submitted (T0 of its present ronde). Of a period only what happened before its figures were due counts,
so that making them later makes the same figures.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from typing import Any

from django.db import connection
from django.db.models import Min
from django.utils.text import capfirst

from casussen.actions.klokken import length_of
from casussen.kalender import kalender_of
from casussen.keuzes import EigenaarSoort, RedenDoorzetten, RedenTerugleggen
from casussen.models import Casus
from casussen.tabel import Eenheid, TermijnRegel
from casussen.workflow import IN_DE_LUS, ONTVANGST, START, VAN_EEN_STATUS
from gebieden.models import Regio
from kern.klok import AMSTERDAM, local_date

REGIO = "regio"
WERKDAG = 480
OPEN = time(9, 0)
#: Each cut: the expression of its upper level and of the lower one, as text.
BLADEN: dict[str, tuple[str, str | None]] = {
    "wonen": (
        "coalesce(gemeente.code, 'elders')",
        """coalesce(gemeente.code, 'elders') || '/' || CASE WHEN substr(casus.buurt_code, 3, 4) = substr(gemeente.code, 3, 4)
            THEN 'WK' || substr(casus.buurt_code, 3, 6) ELSE 'onbekend' END""",
    ),
    "school": ("coalesce(verband.code, 'geen')", "school.brin"),
    "sector": ("coalesce(nullif(casus.sector, ''), 'onbekend')", None),
    "team": ("coalesce('T' || teamgemeente.code, 'geenteam')", "coalesce('team' || casus.wijkteam_id, 'geenteam/geen')"),
}
_BRON = """
FROM casussen_casus casus
JOIN scholen_school school ON school.id = casus.school_id
LEFT JOIN (
    SELECT DISTINCT ON (school_id) school_id, verband.code FROM scholen_vestiging vestiging
    JOIN scholen_samenwerkingsverband verband ON verband.id = vestiging.samenwerkingsverband_id ORDER BY school_id, vestiging.brin
) verband ON verband.school_id = casus.school_id
LEFT JOIN gebieden_gemeente gemeente ON gemeente.id = casus.woongemeente_id AND gemeente.regio_id = %(regio)s
LEFT JOIN wijkteams_wijkteam team ON team.id = casus.wijkteam_id
LEFT JOIN gebieden_gemeente teamgemeente ON teamgemeente.id = team.gemeente_id
"""
#: Parts of what was submitted, each with what it is a part of, and how to count it.
DELEN: dict[str, tuple[str | None, str]] = {
    "instroom": (None, "true"),
    "doorgezet": ("instroom", "door IS NOT NULL"),
    "niet_ons_gebied": ("doorgezet", "door = 'niet_ons_gebied'"),
    "teruggelegd": ("instroom", "terug IS NOT NULL"),
    "reactie": ("instroom", "antwoord IS NOT NULL"),
    "reactie_op_tijd": ("reactie", "antwoord"),
    "reactie_te_laat": ("reactie", "NOT antwoord"),
    "hulp": ("instroom", "start IS NOT NULL"),
    "hulp_op_tijd": ("hulp", "start"),
    "hulp_te_laat": ("hulp", "NOT start"),
}
#: Of which a median and a 90th percentile are known.
TIJDEN = {"reactie": "minuten", "hulp": "dagen"}
_STROOM = """
WITH kalender AS (
    SELECT * FROM unnest(%(dagen)s::date[], %(volgnrs)s::int[], %(werkdagen)s::bool[], %(reacties)s::timestamptz[],
        %(starts)s::timestamptz[]) AS k (dag, volgnr, werkdag, reactie_voor, start_voor)
), stap AS (
    SELECT casus_id, ronde,
        (array_agg(reden ORDER BY op, id) FILTER (WHERE actie = 'doorzetten'))[1] AS door,
        (array_agg(reden ORDER BY op, id) FILTER (WHERE actie = 'terugleggen'))[1] AS terug
    FROM casussen_overgang WHERE actie IN ('doorzetten', 'terugleggen') AND op >= %(van)s AND op < %(peil)s GROUP BY 1, 2
), rij AS (
    SELECT {niveaus}, stap.door, stap.terug,
        CASE WHEN eerste.op < %(peil)s THEN eerste.op <= aan.reactie_voor
            WHEN casus.status NOT IN ('ingetrokken', 'teruggelegd') AND aan.reactie_voor < %(peil)s THEN false END AS antwoord,
        CASE WHEN casus.hulp_gestart_op < %(peildag)s THEN casus.hulp_gestart_op <= aan.start_voor::date
            WHEN casus.status NOT IN ('ingetrokken', 'teruggelegd', 'afgesloten') AND aan.start_voor < %(peil)s THEN false
            END AS start,
        CASE WHEN eerste.op < %(peil)s THEN (uit.volgnr - aan.volgnr) * %(werkdag)s
            + CASE WHEN uit.werkdag THEN {uit} ELSE %(werkdag)s END - CASE WHEN aan.werkdag THEN {aan} ELSE %(werkdag)s END
            END AS minuten,
        CASE WHEN casus.hulp_gestart_op < %(peildag)s
            THEN casus.hulp_gestart_op - (casus.t0 AT TIME ZONE 'Europe/Amsterdam')::date END AS dagen
{bron}    JOIN kalender aan ON aan.dag = (casus.t0 AT TIME ZONE 'Europe/Amsterdam')::date
    CROSS JOIN LATERAL (SELECT greatest(casus.eerste_reactie_op, casus.t0) AS op WHERE casus.eerste_reactie_op IS NOT NULL
        UNION ALL SELECT NULL WHERE casus.eerste_reactie_op IS NULL) eerste
    LEFT JOIN kalender uit ON uit.dag = (eerste.op AT TIME ZONE 'Europe/Amsterdam')::date
    LEFT JOIN stap ON stap.casus_id = casus.id AND stap.ronde = casus.ronde
    WHERE casus.regio_id = %(regio)s AND casus.t0 >= %(van)s AND casus.t0 < %(tot)s
)
SELECT {sleutel}, {kolommen} FROM rij GROUP BY GROUPING SETS ({sets})
"""
_STAND = """
WITH laat AS (
    SELECT DISTINCT ON (casus_id) casus_id, soort FROM casussen_termijn termijn
    JOIN casussen_casus casus ON casus.id = termijn.casus_id AND casus.regio_id = %(regio)s
    WHERE NOT termijn.los AND vervalt_op < %(op)s AND begint_op < %(op)s AND (gesloten_op IS NULL OR gesloten_op >= %(op)s)
    ORDER BY casus_id, vervalt_op, termijn.id
), rij AS (
    SELECT {niveaus}, periode.status, casus.niet_bereikbaar, laat.soort
{bron}    JOIN casussen_statusperiode periode ON periode.casus_id = casus.id
        AND periode.van < %(op)s AND (periode.tot IS NULL OR periode.tot >= %(op)s) AND periode.status = ANY(%(open)s)
    LEFT JOIN laat ON laat.casus_id = casus.id
    WHERE casus.regio_id = %(regio)s
)
SELECT {sleutel}, {kolommen} FROM rij GROUP BY GROUPING SETS ({sets})
"""
#: Where a casus is and who has to act: one division, so that no two of them can be subtracted. The first that fits holds.
WAAR: dict[str, tuple[str, str]] = {
    "regio": ("Wacht op een wijkteam (regiocoördinator)", "status = 'te_routeren'"),
    "school": ("Wacht op de school", "status IN ('aanvulling_gevraagd', 'teruggelegd', 'evaluatie')"),
    "gezin": ("Gezin niet bereikbaar (wijkteam)", "niet_bereikbaar"),
    "nieuw": ("Nieuw: wacht op reactie (wijkteam)", "status = 'aangemeld'"),
    "gesprek": ("In gesprek (wijkteam)", "status IN ('ontvangen', 'in_behandeling')"),
    "plan": ("Overleg en plan (wijkteam)", "status IN ('mdo_gepland', 'plan_vastgesteld')"),
    "hulp": ("Hulp loopt (wijkteam)", "status = 'in_uitvoering'"),
}
_EIGENAAR = {EigenaarSoort.SCHOOL: "school", EigenaarSoort.WIJKTEAM: "wijkteam", EigenaarSoort.REGIO: "regiocoördinator"}
#: The step that is late (of more than one: the one that is late longest), and whose it is.
STAP = {soort: f"{capfirst(regel.wat)} ({_EIGENAAR[regel.eigenaar]})" for soort, regel in VAN_EEN_STATUS.items()}
REDENEN = {"doorgezet": dict(RedenDoorzetten.choices), "teruggelegd": dict(RedenTerugleggen.choices)}


@dataclass(slots=True)
class Telling:
    """Exact figures of one cut. Key: a unit, then what is counted. `ouder` is what a unit is part of."""

    ouder: dict[str, str | None] = field(default_factory=lambda: {REGIO: None})
    aantal: dict[str, dict[str, int]] = field(default_factory=dict)
    tijd: dict[str, dict[str, tuple[float, float]]] = field(default_factory=dict)

    def of(self, eenheid: str, wat: str) -> int:
        return self.aantal.get(eenheid, {}).get(wat, 0)


def first_day(regio: Regio) -> date | None:
    """The day of the first casus that was submitted in this region."""
    first = Casus.objects.filter(regio=regio).aggregate(first=Min("t0"))["first"]
    return local_date(first) if first else None


def midnight(dag: date) -> datetime:
    return datetime.combine(dag, time(0, 0), tzinfo=AMSTERDAM)


def count_flow(regio: Regio, *, van: date, tot: date, peil: date) -> dict[str, Telling]:
    """What was submitted from `van` up to `tot`, and what became of it before `peil`; per cut, in one pass."""
    kolommen = [f"count(*) FILTER (WHERE {how})" for _, how in DELEN.values()]
    for column in TIJDEN.values():
        kolommen += [f"percentile_cont({p}) WITHIN GROUP (ORDER BY {column})" for p in (0.5, 0.9)]
    kolommen += [f"count({column})" for column in TIJDEN.values()]
    kolommen += [f"count(*) FILTER (WHERE door = '{reden}')" for reden in REDENEN["doorgezet"]]
    kolommen += [f"count(*) FILTER (WHERE terug = '{reden}')" for reden in REDENEN["teruggelegd"]]
    values = {
        "regio": regio.pk,
        "van": midnight(van),
        "tot": midnight(tot),
        "peil": midnight(peil),
        "peildag": peil,
        "werkdag": WERKDAG,
        "open": OPEN,
        **_calendar(regio, van, peil + timedelta(days=1)),
    }
    names = [*DELEN, *(f"{wat}.{p}" for wat in TIJDEN for p in ("mediaan", "p90"))]
    names += [f"{wat}_gemeten" for wat in TIJDEN]
    names += [f"{wat}:{reden}" for wat, own in REDENEN.items() for reden in own]
    sql = _STROOM.replace("{uit}", _minutes("eerste.op")).replace("{aan}", _minutes("casus.t0"))
    return _gather(_sql(sql, kolommen), values, names)


def count_stock(regio: Regio, *, op: date) -> dict[str, Telling]:
    """What was open at the very beginning of a day; per cut, in one pass."""
    cases = " ".join(f"WHEN {how} THEN '{waar}'" for waar, (_, how) in WAAR.items())
    kolommen = ["count(*)", "count(*) FILTER (WHERE soort IS NOT NULL)"]
    kolommen += [f"count(*) FILTER (WHERE CASE {cases} END = '{waar}')" for waar in WAAR]
    kolommen += [f"count(*) FILTER (WHERE soort = '{stap}')" for stap in STAP]
    names = ["open", "te_laat", *(f"waar:{n}" for n in WAAR), *(f"stap:{n}" for n in STAP)]
    values = {"regio": regio.pk, "op": midnight(op), "open": [status.value for status in IN_DE_LUS]}
    return _gather(_sql(_STAND, kolommen), values, names)


def _sql(sql: str, kolommen: list[str]) -> str:
    """The query for all cuts; what is put in are constants of this module."""
    niveaus, sleutels, sets = [], [], ["()"]
    for blad, (upper, lower) in BLADEN.items():
        niveaus.append(f"{upper} AS {blad}_boven")
        sleutels.append(f"CASE WHEN GROUPING({blad}_boven) = 0 THEN '{blad}' END")
        sets.append(f"({blad}_boven)")
        if lower:
            niveaus.append(f"{lower} AS {blad}_onder")
            sets.append(f"({blad}_boven, {blad}_onder)")
    boven = ", ".join(f"{blad}_boven" for blad in BLADEN)
    onder = ", ".join(f"{blad}_onder" for blad, (_, lower) in BLADEN.items() if lower)
    sleutel = f"coalesce({', '.join(sleutels)}), coalesce({boven}), coalesce({onder})"
    parts = {
        "bron": _BRON,
        "niveaus": ", ".join(niveaus),
        "sleutel": sleutel,
        "kolommen": ", ".join(kolommen),
        "sets": ", ".join(sets),
    }
    for name, text in parts.items():
        sql = sql.replace(f"{{{name}}}", text)
    return sql


def _gather(sql: str, values: Mapping[str, Any], names: list[str]) -> dict[str, Telling]:
    tellingen = {blad: Telling() for blad in BLADEN}
    for blad, boven, onder, *figures in _rows(sql, values):
        unit = onder or boven or REGIO
        own = dict(zip(names, figures, strict=True))
        counts = {name: int(value) for name, value in own.items() if "." not in name}
        times = {
            wat: (float(own[f"{wat}.mediaan"]), float(own[f"{wat}.p90"]))
            for wat in TIJDEN
            if own.get(f"{wat}.mediaan") is not None
        }
        for telling in [tellingen[blad]] if blad else tellingen.values():
            if unit != REGIO:
                telling.ouder[unit] = boven if onder else REGIO
            telling.aantal[unit], telling.tijd[unit] = counts, times
    return tellingen


def _rows(sql: str, values: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        yield from cursor.fetchall()


def _minutes(moment: str) -> str:
    """Minutes of an office day that had passed."""
    passed = f"extract(epoch FROM ({moment} AT TIME ZONE 'Europe/Amsterdam')::time - %(open)s::time) / 60"
    return f"least(%(werkdag)s, greatest(0, {passed}))"


def _calendar(regio: Regio, van: date, tot: date) -> dict[str, list[Any]]:
    """Every day of a span: how many working days there were by then, whether it is one, and when answer and help are due."""
    kalender = kalender_of(regio)
    days = [van + timedelta(days=n) for n in range((tot - van).days + 1)]
    works = [kalender.is_werkdag(day) for day in days]
    return {
        "dagen": days,
        "volgnrs": list(accumulate(works)),
        "werkdagen": works,
        "reacties": _deadlines(regio, ONTVANGST, days),
        "starts": _deadlines(regio, START, days),
    }


def _deadlines(regio: Regio, regel: TermijnRegel, days: list[date]) -> list[datetime]:
    """Until when a step is on time for what was submitted on each of these days, by the workflow table or the region's own."""
    aantal, eenheid = length_of(regel, regio)
    kalender = kalender_of(regio)
    begins = [datetime.combine(day, time(12, 0), tzinfo=AMSTERDAM) for day in days]
    if eenheid is Eenheid.WERKDAGEN:
        return [kalender.deadline(begin, aantal) for begin in begins]
    return [kalender.deadline_dagen(begin, aantal * (7 if eenheid is Eenheid.WEKEN else 1)) for begin in begins]
