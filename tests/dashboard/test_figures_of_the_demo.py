"""The figures on the page, recomputed from the casussen by other means."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from statistics import quantiles
from typing import Any

import pytest
from django.db import connection

from casussen.models import Casus
from gebieden.models import Regio
from kern.kalender import Werkkalender, end_of_office_day
from kern.klok import AMSTERDAM
from portal.dashboard.indeling import FASE_VAN, Periode, choices
from portal.dashboard.queries import NOG_NIET, OP_TIJD, TE_LAAT, Tellingen, count, first_day
from portal.demo.laden import last_office_moment
from tests.factories.demo import OP, demo_region

NU = last_office_moment(OP) + timedelta(minutes=1)
JAAR = Periode(2026)
KALENDER = Werkkalender()


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with demo_region(django_db_blocker, adressen=4_000, casussen=700):
        yield


@pytest.fixture
def tellingen(demo: None, db: None) -> Tellingen:
    return count(Regio.objects.get(), jaar=JAAR, norm=2, nu=NU)


def of_the_year(jaar: Periode = JAAR) -> list[Casus]:
    """Casussen of pupils in the region, submitted in a school year: one by one, in Python."""
    return [
        casus
        for casus in Casus.objects.select_related("woongemeente").exclude(t0=None)
        if casus.t0
        and casus.woongemeente
        and casus.woongemeente.regio_id
        and jaar.van <= casus.t0.astimezone(AMSTERDAM).date() < jaar.tot
    ]


def kwartaal(moment: datetime) -> int:
    return ((moment.astimezone(AMSTERDAM).month - 8) % 12) // 3 + 1


def office_minutes(begin: datetime, eind: datetime) -> int:
    """Minute by minute would be slow; day by day says the same."""
    total = 0.0
    day = begin.astimezone(AMSTERDAM).date()
    while day <= eind.astimezone(AMSTERDAM).date():
        if KALENDER.is_werkdag(day):
            close = end_of_office_day(day)
            opened = max(begin, close - timedelta(hours=8))
            total += max(timedelta(), min(eind, close) - opened).total_seconds() / 60
        day += timedelta(days=1)
    return round(total)


def test_what_was_submitted(tellingen: Tellingen) -> None:
    expected = Counter(
        (casus.woongemeente.code, kwartaal(casus.t0)) for casus in of_the_year() if casus.woongemeente and casus.t0
    )
    found: Counter[tuple[str, int]] = Counter()
    for row in tellingen.instroom:
        assert row.kwartaal.schooljaar == JAAR
        found[row.gemeente, row.kwartaal.kwartaal] += row.aantal
    assert sum(expected.values()) > 100
    assert found == expected


def test_whether_the_first_response_was_in_time(tellingen: Tellingen) -> None:
    expected: Counter[str] = Counter()
    for casus in of_the_year():
        assert casus.t0
        due = KALENDER.deadline(casus.t0, 2)
        if casus.eerste_reactie_op:
            expected[OP_TIJD if casus.eerste_reactie_op <= due else TE_LAAT] += 1
        else:
            gone = casus.status in {"ingetrokken", "teruggelegd"}
            expected[TE_LAAT if due < NU and not gone else NOG_NIET] += 1
    found: Counter[str] = Counter()
    for row in tellingen.instroom:
        found[row.antwoord] += row.aantal
    assert set(expected) == {OP_TIJD, TE_LAAT, NOG_NIET}
    assert found == expected


def test_what_was_sent_on_and_returned(tellingen: Tellingen) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT actie, count(DISTINCT casus.id) FROM casussen_overgang overgang
            JOIN casussen_casus casus ON casus.id = overgang.casus_id AND casus.ronde = overgang.ronde
            JOIN gebieden_gemeente gemeente ON gemeente.id = casus.woongemeente_id
            WHERE gemeente.regio_id IS NOT NULL AND casus.t0 >= '2026-08-01 00:00 Europe/Amsterdam'
                AND casus.t0 < '2027-08-01 00:00 Europe/Amsterdam' AND actie IN ('doorzetten', 'terugleggen')
            GROUP BY actie
            """
        )
        expected = dict(cursor.fetchall())
    assert sum(row.aantal for row in tellingen.instroom if row.doorgezet) == expected["doorzetten"] > 0
    assert sum(row.aantal for row in tellingen.instroom if row.teruggelegd) == expected["terugleggen"] > 0


def test_the_time_to_a_first_response(tellingen: Tellingen) -> None:
    minutes: dict[tuple[str | None, int], list[int]] = defaultdict(list)
    for casus in of_the_year():
        if casus.eerste_reactie_op and casus.t0 and casus.woongemeente:
            took = office_minutes(casus.t0, casus.eerste_reactie_op)
            for place in (None, casus.woongemeente.code):
                for period in (0, kwartaal(casus.t0)):
                    minutes[place, period].append(took)
    assert set(minutes) == set(tellingen.duur)
    for key, own in minutes.items():
        found = tellingen.duur[key]
        assert found.aantal == len(own)
        if len(own) > 1:
            tenths = quantiles(own, n=10, method="inclusive")
            assert found.mediaan == pytest.approx(tenths[4], abs=1.5)
            assert found.p90 == pytest.approx(tenths[8], abs=1.5)


def test_what_runs_now_and_is_late(tellingen: Tellingen) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT gemeente.code, casus.wijkteam_id, casus.status,
                casus.id IN (SELECT casus_id FROM casussen_termijn WHERE gesloten_op IS NULL AND vervalt_op < %s),
                casus.status_sinds
            FROM casussen_casus casus JOIN gebieden_gemeente gemeente ON gemeente.id = casus.woongemeente_id
            WHERE gemeente.regio_id IS NOT NULL AND casus.wijkteam_id IS NOT NULL AND casus.t0 IS NOT NULL
            """,
            [NU],
        )
        rows = cursor.fetchall()
    start = datetime(2026, 8, 1, tzinfo=AMSTERDAM)
    expected = Counter(
        (code, team, status, late)
        for code, team, status, late, since in rows
        if status in FASE_VAN and (status not in {"afgesloten", "ingetrokken"} or since >= start)
    )
    found = Counter({(row.gemeente, row.wijkteam_id, row.status, row.te_laat): row.aantal for row in tellingen.stand})
    assert found == expected
    assert any(row.te_laat for row in tellingen.stand)


def test_who_waits_for_a_team(tellingen: Tellingen) -> None:
    waiting = Casus.objects.filter(status="te_routeren").select_related("woongemeente")
    expected = Counter(casus.woongemeente.code if casus.woongemeente and casus.woongemeente.regio_id else "" for casus in waiting)
    assert tellingen.wacht == expected
    assert set(expected) > {""}


def test_the_school_years_of_the_demo_can_be_chosen(demo: None, db: None) -> None:
    first = first_day(Regio.objects.get())
    assert first is not None
    assert first < OP - timedelta(days=350)
    assert [period.jaar for period in choices(first, OP) if not period.kwartaal] == [2026, 2025]


def test_a_casus_submitted_at_the_weekend_is_counted_from_monday(tellingen: Tellingen) -> None:
    """Office time only: Saturday to Monday ten o'clock is one hour."""
    casus = of_the_year()[0]
    code = casus.woongemeente.code if casus.woongemeente else ""
    Casus.objects.exclude(pk=casus.pk).update(eerste_reactie_op=None)
    Casus.objects.filter(pk=casus.pk).update(
        t0=datetime(2026, 11, 7, 13, 0, tzinfo=AMSTERDAM), eerste_reactie_op=datetime(2026, 11, 9, 10, 0, tzinfo=AMSTERDAM)
    )
    again = count(Regio.objects.get(), jaar=JAAR, norm=2, nu=NU)
    assert again.duur[code, 0].mediaan == 60
    assert again.duur[None, 2].aantal == 1
