"""Every figure, recomputed from the raw casussen by other means: SQL and Python that share nothing with how figures are made.

First the exact counts, then what was published of them: hidden, or the exact count to the nearest five.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from statistics import quantiles
from typing import Any

import pytest
from django.db import connection

from casussen.models import Momentopname
from gebieden.models import Regio
from kern.kalender import Werkkalender, end_of_office_day
from kern.klok import AMSTERDAM
from portal.dashboard.tellen import Telling, count_flow, count_stock

pytestmark = pytest.mark.usefixtures("demo", "db")
VAN, TOT, PEIL = date(2026, 8, 1), date(2026, 11, 1), date(2026, 11, 15)
MAANDAG = date(2026, 11, 16)
KALENDER = Werkkalender()
#: For each cut the unit(s) of a casus, as the figures call them.
PLEKKEN = """
SELECT casus.id, casus.t0, casus.eerste_reactie_op, casus.hulp_gestart_op, casus.status, casus.ronde, casus.niet_bereikbaar,
    gemeente.code AS gemeente, casus.buurt_code, school.brin, casus.sector, casus.wijkteam_id, van_team.code AS teamgemeente,
    (SELECT s.code FROM scholen_vestiging v JOIN scholen_samenwerkingsverband s ON s.id = v.samenwerkingsverband_id
        WHERE v.school_id = school.id ORDER BY v.brin LIMIT 1) AS verband
FROM casussen_casus casus
JOIN scholen_school school ON school.id = casus.school_id
LEFT JOIN gebieden_gemeente gemeente ON gemeente.id = casus.woongemeente_id AND gemeente.regio_id IS NOT NULL
LEFT JOIN wijkteams_wijkteam team ON team.id = casus.wijkteam_id
LEFT JOIN gebieden_gemeente van_team ON van_team.id = team.gemeente_id
"""


def rows(sql: str, *values: Any) -> Iterator[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        names = [column.name for column in cursor.description or ()]
        yield from (dict(zip(names, row, strict=True)) for row in cursor.fetchall())


def units(row: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    """Where a casus counts, per cut."""
    gemeente = row["gemeente"] or "elders"
    known = row["gemeente"] and row["buurt_code"][2:6] == row["gemeente"][2:]
    wijk = f"{gemeente}/WK{row['buurt_code'][2:8]}" if known else f"{gemeente}/onbekend"
    team = (f"T{row['teamgemeente']}", f"team{row['wijkteam_id']}") if row["wijkteam_id"] else ("geenteam", "geenteam/geen")
    return {
        "wonen": ("regio", gemeente, wijk),
        "school": ("regio", row["verband"] or "geen", row["brin"]),
        "sector": ("regio", row["sector"] or "onbekend"),
        "team": ("regio", *team),
    }


def midnight(dag: date) -> datetime:
    return datetime(dag.year, dag.month, dag.day, tzinfo=AMSTERDAM)


def office_minutes(begin: datetime, eind: datetime) -> float:
    total = 0.0
    day = begin.astimezone(AMSTERDAM).date()
    while day <= eind.astimezone(AMSTERDAM).date():
        if KALENDER.is_werkdag(day):
            close = end_of_office_day(day)
            total += max(timedelta(), min(eind, close) - max(begin, close - timedelta(hours=8))).total_seconds() / 60
        day += timedelta(days=1)
    return total


class Nageteld:
    """What one cut should be: counts and times per unit."""

    def __init__(self) -> None:
        self.aantal: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        self.tijd: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))


@pytest.fixture
def stroom() -> dict[str, Nageteld]:
    """Casus by casus, in Python."""
    found: dict[str, Nageteld] = defaultdict(Nageteld)
    for row in rows(PLEKKEN + " WHERE casus.t0 >= %s AND casus.t0 < %s", midnight(VAN), midnight(TOT)):
        is_so = {"instroom": True, **_steps(row), **_answers(row)}
        for blad, own in units(row).items():
            for unit in own:
                for wat, yes in is_so.items():
                    found[blad].aantal[unit][wat] += bool(yes)
                for wat, value in _times(row).items():
                    found[blad].tijd[unit][wat].append(value)
    return found


def _steps(row: dict[str, Any]) -> dict[str, bool]:
    sql = "SELECT actie, reden FROM casussen_overgang WHERE casus_id = %s AND ronde = %s AND op < %s ORDER BY op, id"
    first: dict[str, str] = {}
    for step in rows(sql, row["id"], row["ronde"], midnight(PEIL)):
        first.setdefault(step["actie"], step["reden"])
    found = {"doorgezet": "doorzetten" in first, "teruggelegd": "terugleggen" in first}
    found["niet_ons_gebied"] = first.get("doorzetten") == "niet_ons_gebied"
    for actie, wat in (("doorzetten", "doorgezet"), ("terugleggen", "teruggelegd")):
        if actie in first:
            found[f"{wat}:{first[actie]}"] = True
    return found


def _answers(row: dict[str, Any]) -> dict[str, bool]:
    due, help_due = KALENDER.deadline(row["t0"], 2), KALENDER.deadline_dagen(row["t0"], 21)
    answered = row["eerste_reactie_op"] is not None and row["eerste_reactie_op"] < midnight(PEIL)
    missed = not answered and row["status"] not in {"ingetrokken", "teruggelegd"} and due < midnight(PEIL)
    begun = row["hulp_gestart_op"] is not None and row["hulp_gestart_op"] < PEIL
    waiting = not begun and row["status"] not in {"ingetrokken", "teruggelegd", "afgesloten"} and help_due < midnight(PEIL)
    early = answered and row["eerste_reactie_op"] <= due
    soon = begun and row["hulp_gestart_op"] <= help_due.astimezone(AMSTERDAM).date()
    return {
        "reactie": answered or missed,
        "reactie_op_tijd": early,
        "reactie_te_laat": (answered and not early) or missed,
        "reactie_gemeten": answered,
        "hulp": begun or waiting,
        "hulp_op_tijd": soon,
        "hulp_te_laat": (begun and not soon) or waiting,
        "hulp_gemeten": begun,
    }


def _times(row: dict[str, Any]) -> dict[str, float]:
    found: dict[str, float] = {}
    if row["eerste_reactie_op"] is not None and row["eerste_reactie_op"] < midnight(PEIL):
        found["reactie"] = office_minutes(row["t0"], row["eerste_reactie_op"])
    if row["hulp_gestart_op"] is not None and row["hulp_gestart_op"] < PEIL:
        found["hulp"] = (row["hulp_gestart_op"] - row["t0"].astimezone(AMSTERDAM).date()).days
    return found


@pytest.fixture
def geteld() -> dict[str, Telling]:
    return count_flow(Regio.objects.get(), van=VAN, tot=TOT, peil=PEIL)


def test_every_count_of_what_was_submitted(stroom: dict[str, Nageteld], geteld: dict[str, Telling]) -> None:
    assert set(stroom) == set(geteld) == {"wonen", "school", "sector", "team"}
    for blad, telling in geteld.items():
        assert set(telling.aantal) == set(stroom[blad].aantal), blad
        for unit, own in telling.aantal.items():
            assert own == {wat: stroom[blad].aantal[unit][wat] for wat in own}, (blad, unit)
    whole = geteld["wonen"].aantal["regio"]
    assert all(
        whole[wat] for wat in ("instroom", "doorgezet", "teruggelegd", "reactie_op_tijd", "reactie_te_laat", "hulp_te_laat")
    )


def test_every_median_and_percentile(stroom: dict[str, Nageteld], geteld: dict[str, Telling]) -> None:
    checked = 0
    for blad, telling in geteld.items():
        for unit, own in telling.tijd.items():
            for wat, (mediaan, p90) in own.items():
                values = stroom[blad].tijd[unit][wat]
                if len(values) > 1:
                    tenths = quantiles(values, n=10, method="inclusive")
                    assert mediaan == pytest.approx(tenths[4], abs=0.02), (blad, unit, wat)
                    assert p90 == pytest.approx(tenths[8], abs=0.02), (blad, unit, wat)
                    checked += 1
    assert checked > 100


@pytest.fixture
def stand() -> dict[str, Nageteld]:
    found: dict[str, Nageteld] = defaultdict(Nageteld)
    moment = midnight(MAANDAG)
    states = {
        row["casus_id"]: row["status"]
        for row in rows(
            "SELECT casus_id, status FROM casussen_statusperiode WHERE van < %s AND coalesce(tot >= %s, true)", moment, moment
        )
    }
    late: dict[int, str] = {}
    sql = """SELECT casus_id, soort FROM casussen_termijn WHERE NOT los AND begint_op < %s AND vervalt_op < %s
        AND coalesce(gesloten_op >= %s, true) ORDER BY vervalt_op, id"""
    for row in rows(sql, moment, moment, moment):
        late.setdefault(row["casus_id"], row["soort"])
    for row in rows(PLEKKEN):
        status = states.get(row["id"], "concept")
        if status in {"concept", "afgesloten", "ingetrokken"}:
            continue
        for blad, own in units(row).items():
            for unit in own:
                counts = found[blad].aantal[unit]
                counts["open"] += 1
                counts[f"waar:{_where(status, unreachable=row['niet_bereikbaar'])}"] += 1
                if row["id"] in late:
                    counts["te_laat"] += 1
                    counts[f"stap:{late[row['id']]}"] += 1
    return found


def _where(status: str, *, unreachable: bool) -> str:
    if status == "te_routeren":
        return "regio"
    if status in {"aanvulling_gevraagd", "teruggelegd", "evaluatie"}:
        return "school"
    if unreachable:
        return "gezin"
    return {
        "aangemeld": "nieuw",
        "ontvangen": "gesprek",
        "in_behandeling": "gesprek",
        "mdo_gepland": "plan",
        "plan_vastgesteld": "plan",
        "in_uitvoering": "hulp",
    }[status]


def test_every_count_of_what_is_open(stand: dict[str, Nageteld]) -> None:
    for blad, telling in count_stock(Regio.objects.get(), op=MAANDAG).items():
        assert set(telling.aantal) == set(stand[blad].aantal)
        for unit, own in telling.aantal.items():
            assert own == {wat: stand[blad].aantal[unit][wat] for wat in own}, (blad, unit)
    assert stand["wonen"].aantal["regio"]["te_laat"] > 10


# --- What was published of it ---------------------------------------------------------------------------------------------
def published(soort: str, periode: str) -> dict[str, dict[str, Any]]:
    return {one.blad: one.inhoud for one in Momentopname.objects.filter(soort=soort, periode=periode)}


def five(n: float) -> int:
    return 5 * int((n + 2) // 5)


def test_what_is_published_of_a_quarter_is_hidden_or_true(stroom: dict[str, Nageteld]) -> None:
    shown = 0
    for blad, inhoud in published("kwartaal", "2026-2027-k1").items():
        for unit, own in inhoud["cijfers"].items():
            true = stroom[blad].aantal[unit]
            for wat in ("instroom", "doorgezet", "niet_ons_gebied", "teruggelegd"):
                if own[wat] is not None:
                    shown += 1
                    assert (own[wat], true[wat] >= 10) == (five(true[wat]), True)
                    assert wat == "instroom" or true["instroom"] - true[wat] >= 10 or wat == "niet_ons_gebied"
            for wat, whole in (("reactie_op_tijd", "reactie"), ("hulp_op_tijd", "hulp")):
                if own[wat] is not None:
                    assert min(true[wat], true[whole] - true[wat]) >= 10
                    assert own[wat] == pytest.approx(100 * true[wat] / true[whole], abs=2.51)
            for wat, per in (("reactie", 480.0), ("hulp", 1.0)):
                values = stroom[blad].tijd[unit][wat]
                if own[f"{wat}_mediaan"] is not None:
                    tenths = quantiles(values, n=10, method="inclusive")
                    assert len(values) >= 10
                    assert own[f"{wat}_mediaan"] == pytest.approx(tenths[4] / per, abs=0.51)
                    assert own[f"{wat}_p90"] == pytest.approx(tenths[8] / per, abs=0.51)
    assert shown > 20


def test_what_is_published_of_a_week_is_hidden_or_true(stand: dict[str, Nageteld]) -> None:
    shown = 0
    for blad, inhoud in published("week", "2026-11-16").items():
        for unit, own in inhoud["cijfers"].items():
            true = stand[blad].aantal[unit]
            for wat in ("open", "te_laat"):
                if own[wat] is not None:
                    shown += 1
                    assert (own[wat], true[wat] >= 10) == (five(true[wat]), True)
            if own["te_laat_deel"] is not None:
                assert own["te_laat_deel"] == pytest.approx(100 * true["te_laat"] / true["open"], abs=2.51)
        for naam, found in inhoud["indelingen"].items():
            for unit, values in found["cijfers"].items():
                for keys, value in zip(found["kolommen"], values, strict=True):
                    count = sum(stand[blad].aantal[unit][f"{naam}:{key}"] for key in keys)
                    assert value is None or (value == five(count) and count >= 10)
    assert shown > 20


def test_a_school_year_is_the_sum_of_its_quarters_as_they_were_counted() -> None:
    sql = "SELECT count(*) AS n FROM casussen_casus WHERE t0 >= %s AND t0 < %s"
    (row,) = rows(sql, midnight(date(2025, 8, 1)), midnight(date(2026, 8, 1)))
    inhoud = published("schooljaar", "2025-2026")["wonen"]
    assert inhoud["cijfers"]["regio"]["instroom"] == five(row["n"])
    assert ("teruggelegd" in inhoud["indelingen"]) == (inhoud["cijfers"]["regio"]["teruggelegd"] is not None)
    for reasons in inhoud["indelingen"].values():
        assert all(values and min(values) >= 10 for values in reasons["cijfers"].values())


def test_the_exact_counts_of_a_quarter_go_when_its_year_is_published() -> None:
    of_year = Momentopname.objects.filter(soort="kwartaal", van__lt=date(2026, 8, 1))
    assert of_year.exists()
    assert not of_year.exclude(geteld=None).exists()
    assert Momentopname.objects.filter(soort="kwartaal", van=date(2026, 8, 1)).exclude(geteld=None).count() == 4
