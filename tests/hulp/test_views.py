"""Youth help over HTTP: each role its own; page, csv and Excel the same; and all roles together learn nothing small."""

import csv
import re
from collections.abc import Iterator
from html import unescape
from io import BytesIO, StringIO
from itertools import product
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from gebieden.models import Gemeente
from portal.demo.accounts import ACCOUNTS
from scholen.models import Hulpvorm, JeugdhulpOpgave, Samenwerkingsverband, School, Vestiging, WijkOpgave
from tests.dashboard.aanvaller import Aanvaller
from tests.factories.demo import demo_region
from tests.factories.netwerk import RegioFactory
from tests.factories.toegang import client_of, user_with
from toegang.rollen import GEMEENTEMEDEWERKER, REGIOCOORDINATOR, SAMENWERKINGSVERBAND, WIJKTEAMLID, ZORGCOORDINATOR
from wijkteams.models import Wijkteam

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo", "_today")]
JAREN = ("2022-2023", "2023-2024", "2024-2025", "2025-2026")
VORMEN = {vorm.label: vorm.value for vorm in Hulpvorm}
ROLLEN = ("regio", "gemeente", "verband", "zc", "teamleider")
ROW = re.compile(r"<tr[^>]*>\s*<th scope=\"row\">(.*?)</th>(.*?)</tr>", re.DOTALL)
CEL = re.compile(r"<td[^>]*>(.*?)</td>", re.DOTALL)


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with demo_region(django_db_blocker, adressen=2_500, casussen=300):
        yield


@pytest.fixture
def _today(time_machine: Any) -> None:
    time_machine.move_to("2026-11-19T10:00:00+01:00", tick=False)


def account(sleutel: str) -> Client:
    email = next(a.email for a in ACCOUNTS if a.sleutel == sleutel)
    return client_of(get_user_model().objects.get(email=email))


def html_of(client: Client, path: str = "/hulp-op-scholen", **query: str) -> str:
    response = client.get(path, query)
    assert response.status_code == 200
    return response.content.decode()


def table_of(html: str, sleutel: str) -> dict[str, list[str]]:
    """Row and cells of the table under one chart."""
    part = html[html.index(f'id="{sleutel}-kop"') :]
    part = part[: part.index("</table>")]
    return {unescape(head): [unescape(cell) for cell in CEL.findall(cells)] for head, cells in ROW.findall(part)}


def csv_of(client: Client, sleutel: str, path: str = "/hulp-op-scholen", **query: str) -> list[list[str]]:
    response = client.get(path, {**query, "tabel": sleutel, "uitvoer": "csv"})
    assert response.status_code == 200
    rows = list(csv.reader(StringIO(response.content.decode("utf-8-sig"), newline=""), delimiter=";"))
    return rows[: rows.index([])]


# --- Who --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("path", ["/hulp-op-scholen", "/hulp-op-scholen/wijken"])
@pytest.mark.parametrize(("who", "status"), [*((rol, 200) for rol in ROLLEN), ("wijkteam", 403), ("beheer", 403)])
def test_figures_are_for_who_decides_and_for_schools(path: str, who: str, status: int) -> None:
    assert account(who).get(path).status_code == status


def test_only_the_region_delivers() -> None:
    assert account("regio").get("/hulp-op-scholen/aanleveren").status_code == 200
    for who in ("gemeente", "verband", "zc", "wijkteam"):
        client = account(who)
        assert client.get("/hulp-op-scholen/aanleveren").status_code == 403
        assert "aanleveren" not in client.get("/hulp-op-scholen").content.decode()


def test_another_region_sees_nothing_of_this_one() -> None:
    client = client_of(user_with(REGIOCOORDINATOR, RegioFactory.create(naam="Andere regio")))
    for path in ("/hulp-op-scholen", "/hulp-op-scholen/wijken"):
        html = html_of(client, path)
        assert "Er zijn nog geen cijfers aangeleverd" in html
        assert "Zeevonk" not in html
    assert "jeugdhulp-2025" not in html_of(client, "/hulp-op-scholen/aanleveren")


def schools_in(client: Client) -> set[str]:
    rows = csv_of(client, "per-school") if 'id="per-school"' in html_of(client) else []
    return {row[0] for row in rows[1:]}


def test_each_scope_has_its_own_schools() -> None:
    assert len(schools_in(account("regio"))) == 30
    verband = schools_in(account("verband"))
    assert 5 < len(verband) < 30
    gemeente = schools_in(account("gemeente"))
    assert "Lyceum De Zeevonk" in gemeente
    assert "College Helmduin" not in gemeente
    assert schools_in(account("zc")) == set()
    html = html_of(account("zc"))
    assert "Scholengemeenschap Waterlicht" in html
    assert "Lyceum De Zeevonk" not in html
    assert "Het Kustlichtcollege" not in html_of(account("verband"))


# --- What -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ROLLEN)
def test_page_csv_and_excel_say_the_same(who: str) -> None:
    client = account(who)
    html = html_of(client, jaar="2024-2025")
    keys = re.findall(r'data-grafiek="([a-z-]+)"', html)
    assert keys
    for key in keys:
        rows = csv_of(client, key, jaar="2024-2025")
        on_page = table_of(html, key)
        assert on_page
        for name, cells in on_page.items():
            own = next(row[1:] for row in rows if row[0] == name)
            assert [cell.replace(".", "").replace("geen cijfer", "") for cell in cells] == own
        answer = client.get("/hulp-op-scholen", {"jaar": "2024-2025", "tabel": key, "uitvoer": "xlsx"})
        sheet = load_workbook(BytesIO(answer.content)).active
        assert sheet is not None
        filled = [[_text(value) for value in row] for row in sheet.iter_rows(values_only=True)]
        assert all(row in filled for row in rows)


def _text(value: object) -> str:
    return "" if value is None else f"{value:.12g}".replace(".", ",") if isinstance(value, float) else str(value)


def exact(sql: str, *values: Any) -> dict[tuple[Any, ...], int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return {row[:-1]: int(row[-1]) for row in cursor.fetchall()}


PER_SCHOOL = """
SELECT o.schooljaar, s.naam, c.hulpvorm, sum(c.aantal) FROM scholen_jeugdhulpcijfer c
JOIN scholen_jeugdhulpopgave o ON o.id = c.opgave_id AND o.vervangen_door_id IS NULL
JOIN scholen_vestiging v ON v.id = o.vestiging_id JOIN scholen_school s ON s.id = v.school_id GROUP BY 1, 2, 3
"""
PER_GEMEENTE = """
SELECT o.schooljaar, coalesce(g.naam, ''), c.hulpvorm, sum(c.aantal) FROM scholen_jeugdhulpcijfer c
JOIN scholen_jeugdhulpopgave o ON o.id = c.opgave_id AND o.vervangen_door_id IS NULL
LEFT JOIN gebieden_gemeente g ON g.id = c.woongemeente_id GROUP BY 1, 2, 3
"""


@pytest.mark.parametrize("jaar", JAREN)
def test_every_figure_is_what_sql_says_or_hidden(jaar: str) -> None:
    year = int(jaar[:4])
    client = account("regio")
    schools, homes = exact(PER_SCHOOL), exact(PER_GEMEENTE)
    shown = 0
    for key, counts in (("vorm-per-school", schools), ("vorm-per-gemeente", homes)):
        heads, *rows = csv_of(client, key, jaar=jaar)
        for name, *cells in rows:
            for head, cell in zip(heads[1:], cells, strict=True):
                true = counts.get((year, name, VORMEN[head]), 0)
                if cell != "–":
                    shown += 1
                    assert abs(int(cell) - true) <= 2, (name, head)
                    assert int(cell) % 5 == 0
                    assert true >= 10
    assert shown > 60
    for name, total, pupils, rate, *_ in csv_of(client, "per-school", jaar=jaar)[1:]:
        true = sum(n for (y, school, _), n in schools.items() if (y, school) == (year, name))
        assert abs(int(total) - true) <= 2
        assert rate == f"{round(100 * int(total) / int(pupils), 1):.12g}".replace(".", ",")
    top = next(row for row in csv_of(client, "vorm-per-jaar") if row[0] == jaar)
    assert abs(int(top[8]) - sum(n for (y, *_), n in schools.items() if y == year)) <= 2


def everything() -> dict[tuple[str, str, str], str]:
    """What anybody can ask for: every gemeente, verband and school, every year. (year, place, kind) → as it is written."""
    schools, verbanden = School.objects.all(), Samenwerkingsverband.objects.filter(vestigingen__isnull=False).distinct()
    viewers = [("regio", account("regio"))]
    viewers += [(g.naam, client_of(user_with(GEMEENTEMEDEWERKER, g))) for g in Gemeente.objects.filter(regio__isnull=False)]
    viewers += [(v.code, client_of(user_with(SAMENWERKINGSVERBAND, v))) for v in verbanden]
    viewers += [(s.naam, client_of(user_with(ZORGCOORDINATOR, s))) for s in schools]
    seen: dict[tuple[str, str, str], str] = {}
    for plek, client in viewers:
        for jaar, where, kolom, tekst in read_by(client, plek):
            assert seen.setdefault((jaar, where, kolom), tekst) == tekst, "twee rollen zien een ander getal"
    return seen


def read_by(client: Client, plek: str) -> Iterator[tuple[str, str, str, str]]:
    for jaar, *cells in csv_of(client, "vorm-per-jaar")[1:]:
        for kolom, cell in zip([*VORMEN.values(), "totaal"], cells, strict=False):
            yield jaar, plek, kolom, cell
    keys = set(re.findall(r'data-grafiek="([a-z-]+)"', html_of(client)))
    for jaar, key in product(JAREN, keys & {"vorm-per-gemeente", "vorm-per-school", "per-school"}):
        heads, *rows = csv_of(client, key, jaar=jaar)
        for name, *cells in rows:
            if key == "per-school":
                yield jaar, name, "totaal", cells[0]
                continue
            for head, cell in zip(heads[1:], cells, strict=True):
                yield jaar, name, VORMEN[head], cell


@pytest.mark.slow
def test_all_roles_together_cannot_tell_that_a_hidden_count_is_small() -> None:
    """Every published count is a sum of help by gemeente, school and kind at once: one set of equations per year."""
    seen = everything()
    first = Vestiging.objects.order_by("brin").select_related("school", "samenwerkingsverband")
    verband: dict[str, str] = {}
    for one in first:
        verband.setdefault(one.school.naam, one.samenwerkingsverband.code if one.samenwerkingsverband else "")
    homes = [*Gemeente.objects.filter(regio__isnull=False).values_list("naam", flat=True), "elders"]
    for jaar in (JAREN[0], JAREN[-1]):
        aanvaller = Aanvaller()
        for (_, plek, kolom), tekst in (item for item in seen.items() if item[0][0] == jaar):
            aanvaller.sees((plek, kolom), None if tekst == "–" else int(tekst))
            who = [plek] if plek in homes else homes
            where = [s for s, code in verband.items() if plek in {s, code} or plek in {"regio", *homes}]
            kinds = list(VORMEN.values()) if kolom == "totaal" else [kolom]
            assert where
            aanvaller.adds_up((plek, kolom), product(who, where, kinds))
        assert len(aanvaller.verborgen) > 50
        assert aanvaller.leaks() == {}


def test_wijken_page_csv_and_sql_agree() -> None:
    client = account("gemeente")
    rows = csv_of(client, "wijken", "/hulp-op-scholen/wijken", jaar="2026")
    true = {row.naam: row for row in WijkOpgave.objects.geldig().filter(jaar=2026, gemeente__code="GM0392")}
    html = "".join(html_of(client, "/hulp-op-scholen/wijken", jaar="2026", pagina=n) for n in "12")
    assert len(true) > 20  # more than fit on one page
    for name, gemeente, young, older, help_, rate, *_ in rows[1:]:
        assert name.split(" ")[-1] in html
        if name not in true:
            assert name in {"Heel Haarlem", "De hele regio"}
            continue
        assert gemeente == "Haarlem"
        assert abs(int(young) - (true[name].inwoners_0_17 or 0)) <= 2
        if help_ != "–":
            assert abs(int(help_) - (true[name].jeugdhulp or 0)) <= 2
        if "–" not in {young, older, help_}:
            assert rate == f"{round(100 * int(help_) / (int(young) + int(older)), 1):.12g}".replace(".", ",")
    assert "Velsen" not in {row[1] for row in rows}
    assert {row[1] for row in csv_of(account("regio"), "wijken", "/hulp-op-scholen/wijken")} >= {"Haarlem", "Velsen"}


@pytest.mark.parametrize("path", ["/hulp-op-scholen", "/hulp-op-scholen/wijken"])
@pytest.mark.parametrize("bereik", ["gemeente:GM0453", "regio:1", "school:00AA", "x"])
def test_what_is_somebody_elses_to_look_at_is_not_there(bereik: str, path: str) -> None:
    assert account("gemeente").get(path, {"bereik": "gemeente:GM0392"}).status_code == 200
    assert account("gemeente").get(path, {"bereik": bereik}).status_code == 404
    assert account("gemeente").get(path, {"bereik": bereik, "uitvoer": "csv", "tabel": "wijken"}).status_code == 404


@pytest.mark.parametrize("query", [{"jaar": "1999-2000"}, {"jaar": "²"}, {"pagina": "99"}, {"jaar": "<b>"}])
@pytest.mark.parametrize("path", ["/hulp-op-scholen", "/hulp-op-scholen/wijken"])
def test_only_what_is_offered_can_be_asked(query: dict[str, str], path: str) -> None:
    html = html_of(account("gemeente"), path, **query)
    assert "Haarlem" in html
    assert "uit Velsen" not in html
    assert "<b>" not in html
    assert account("gemeente").get(path, {"uitvoer": "csv", "tabel": "alles"}).status_code == 404
    assert account("gemeente").post(path).status_code == 405


# --- How --------------------------------------------------------------------------------------------------------
def queries_of(client: Client, path: str) -> int:
    html_of(client, path)
    with CaptureQueriesContext(connection) as captured:
        html_of(client, path)
    return len(captured)


@pytest.mark.parametrize("path", ["/hulp-op-scholen", "/hulp-op-scholen/wijken", "/hulp-op-scholen/aanleveren"])
def test_the_number_of_queries_does_not_grow(path: str) -> None:
    client = account("regio")
    many = queries_of(client, path)
    few = JeugdhulpOpgave.objects.filter(vestiging__brin__in=["80AA00", "80AF00"])
    JeugdhulpOpgave.objects.exclude(pk__in=few.values("pk")).delete()
    WijkOpgave.objects.exclude(wijkcode__endswith="01").delete()
    assert queries_of(client, path) == many <= 20


def test_the_cache_is_never_of_yesterday_and_holds_nothing_hidden() -> None:
    client = account("regio")
    html_of(client)
    before = csv_of(client, "vorm-per-jaar")
    opgave = JeugdhulpOpgave.objects.geldig().filter(vestiging__brin="80AA00", schooljaar=2025).get()
    opgave.cijfers.all().delete()
    assert csv_of(client, "vorm-per-jaar") != before
    cache.clear()
    assert csv_of(client, "vorm-per-jaar") != before


def test_a_wijkteam_has_no_such_page_in_its_menu() -> None:
    client = client_of(user_with(WIJKTEAMLID, Wijkteam.objects.first()))
    assert "hulp-op-scholen" not in html_of(client, "/over")
    assert "hulp-op-scholen" in html_of(account("zc"), "/over")
