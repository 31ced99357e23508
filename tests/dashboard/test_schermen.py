"""The screens, files and API: who sees which figures, and that nobody, by any road, gets more than was published."""

import csv
import re
from datetime import timedelta
from html import unescape
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from casussen.models import Casus, Indicator, Momentopname, Streefwaarde
from gebieden.models import Gemeente, Regio
from kern.models import Gebeurtenis
from portal.dashboard.acties import refresh_dashboard
from scholen.models import Samenwerkingsverband
from tests.dashboard.aanvaller import Aanvaller
from tests.dashboard.conftest import account
from tests.factories.demo import OP
from tests.factories.netwerk import RegioFactory
from tests.factories.toegang import appoint, client_of, user_with
from toegang.rollen import GEMEENTEMEDEWERKER, REGIOCOORDINATOR, SAMENWERKINGSVERBAND, ZORGCOORDINATOR

pytestmark = pytest.mark.usefixtures("demo", "db", "_today")
BEREIK = {"regio": "regio:{}", "gemeente": "gemeente:GM0392", "verband": "samenwerkingsverband:VO2705", "zc": "school:80AC"}


def bereik(sleutel: str) -> str:
    return BEREIK[sleutel].format(Regio.objects.get().pk)


def page(client: Client, naam: str = "dashboard-cijfers", **keuze: str) -> str:
    response = client.get(reverse(naam), keuze)
    assert response.status_code == 200
    return unescape(response.content.decode())


def api(client: Client, scope: str, **keuze: str) -> Any:
    response = client.get(f"/api/v1/dashboards/{scope}", keuze)
    assert response.status_code == 200, response.content
    return response.json()


# --- Who --------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("sleutel", ["wijkteam", "coordinator", "beheer"])
@pytest.mark.parametrize("naam", ["dashboard", "dashboard-cijfers"])
def test_it_refuses_whoever_has_no_figures_to_see(sleutel: str, naam: str) -> None:
    assert account(sleutel).get(reverse(naam)).status_code == 403


def test_a_stranger_signs_in_first() -> None:
    assert Client().get(reverse("dashboard")).status_code == 302
    assert Client().get("/api/v1/dashboards/gemeente:GM0392").status_code == 401


@pytest.mark.parametrize(("sleutel", "eigen"), [("gemeente", "Haarlem"), ("verband", "VO2705"), ("regio", "De hele regio")])
def test_each_sees_its_own_beside_the_region(sleutel: str, eigen: str) -> None:
    client = account(sleutel)
    assert "Waar stokt het?" in page(client, "dashboard")
    html = page(client)
    assert eigen in html
    assert "De hele regio" in html


@pytest.mark.parametrize("sleutel", ["gemeente", "verband", "zc"])
@pytest.mark.parametrize("asked", ["gemeente:GM0453", "samenwerkingsverband:VO2704", "school:80AA", "regio:{}", "regio:9999"])
def test_the_scope_of_another_does_not_exist(sleutel: str, asked: str) -> None:
    asked = asked.format(Regio.objects.get().pk)
    for name in ("dashboard", "dashboard-cijfers"):
        assert account(sleutel).get(reverse(name), {"bereik": asked}).status_code == 404
    assert account(sleutel).get(f"/api/v1/dashboards/{asked}").status_code == 404


def codes(answer: Any) -> set[str]:
    tables = [answer["stroom"], *answer["stand"]] if answer["stroom"] else answer["stand"]
    return {unit["code"] for table in tables for unit in table["eenheden"]}


def test_nobody_sees_a_unit_of_another() -> None:
    gemeente = codes(api(account("gemeente"), bereik("gemeente")))
    assert {"regio", "GM0392"} <= gemeente
    assert all(code == "regio" or code.startswith("GM0392") for code in gemeente)
    verband = codes(api(account("verband"), bereik("verband"), periode="2025-2026"))
    own = set(Samenwerkingsverband.objects.get(code="VO2705").vestigingen.values_list("school__brin", flat=True))
    assert {"regio", "VO2705"} <= verband <= {"regio", "VO2705", *own}
    assert codes(api(account("zc"), bereik("zc"))) == {"regio", "80AC"}
    assert not re.search(r"Velsen|IJmuiden|Beverwijk", page(account("gemeente")))
    assert "80AA" not in page(account("zc"))


def test_someone_with_two_scopes_chooses() -> None:
    user = user_with(GEMEENTEMEDEWERKER, Gemeente.objects.get(code="GM0453"))
    appoint(user, GEMEENTEMEDEWERKER, Gemeente.objects.get(code="GM0397"))
    client = client_of(user)
    assert ">Velsen</h1>" in page(client, bereik="gemeente:GM0453")
    assert ">Heemstede</h1>" in page(client, bereik="gemeente:GM0397")


def test_someone_of_a_gemeente_outside_the_region_is_told_what_to_do() -> None:
    user = user_with(GEMEENTEMEDEWERKER, Gemeente.objects.get(code="GM0394"))
    assert "Er zijn nog geen cijfers voor u" in page(client_of(user), "dashboard")


# --- What -------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("asked", ["2019-2020", "2026-10-01", "alles", "2026-2027", "2026-2027-k2", "<script>"])
def test_only_published_periods_can_be_asked(asked: str) -> None:
    html = page(account("gemeente"), periode=asked)
    assert "aug–okt 2026" in html
    assert account("gemeente").get(f"/api/v1/dashboards/{bereik('gemeente')}", {"periode": asked}).status_code == 400


def test_two_filters_at_once_are_refused_with_the_reason() -> None:
    client = account("regio")
    assert "Kies één filter naast de periode" in page(client, wijk="WK039218", sector="vo")
    response = client.get(f"/api/v1/dashboards/{bereik('regio')}", {"wijk": "WK039218", "sector": "vo"})
    assert response.status_code == 400
    assert "één filter" in response.content.decode()


def test_a_wijk_is_shown_per_school_year_only() -> None:
    html = page(account("regio"), deel="wijk:WK039218", periode="2026-2027-k1")
    assert "alleen hele schooljaren" in html


@pytest.mark.parametrize("sleutel", list(BEREIK))
def test_the_api_says_exactly_what_the_screen_says(sleutel: str) -> None:
    client = account(sleutel)
    answer = api(client, bereik(sleutel))
    html = page(client)
    own = next(unit for unit in answer["stroom"]["eenheden"] if unit["code"] == answer["stroom"]["eenheden"][0]["code"])
    figure = next(one for one in own["cijfers"] if one["indicator"] == "instroom")
    shown = "–" if figure["verborgen"] else f"{figure['waarde']:,.0f}".replace(",", ".")
    row = re.search(r"Aangemelde casussen<span.*?</span></th>\s*<td[^>]*>(.*?)</td>", html, re.DOTALL)
    assert row is not None
    assert row[1] == shown


@pytest.mark.parametrize("sleutel", list(BEREIK))
def test_a_file_holds_exactly_what_the_screen_shows(sleutel: str) -> None:
    client = account(sleutel)
    html = page(client)
    response = client.get(reverse("dashboard-cijfers"), {"uitvoer": "csv", "tabel": "indicatoren"})
    lines = list(csv.reader(StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    sheet = load_workbook(BytesIO(client.get(reverse("dashboard-cijfers"), {"uitvoer": "xlsx"}).content))
    row = re.search(r"Teruggelegd<span.*?</span></th>\s*<td[^>]*>(.*?)</td>", html, re.DOTALL)
    assert row is not None
    in_csv = next(line[1] for line in lines if line[0] == "Teruggelegd")
    in_xlsx = next(cells[1].value for s in sheet for cells in s.iter_rows() if cells[0].value == "Teruggelegd" and len(cells) > 1)
    assert in_csv == str(in_xlsx) == row[1].replace(".", "")


def everything(client: Client, scope: str) -> list[Any]:
    """All answers that this scope can ask for: every period, every filter."""
    whole = api(client, scope)
    found = [api(client, scope, periode=periode) for periode in whole["perioden"]]
    html = page(client, bereik=scope)
    for value in re.findall(r'<option value="((?:gemeente|sector|verband|school|wijk|team):[^"]+)"', html):
        name, code = value.split(":", 1)
        for periode in whole["perioden"]:
            response = client.get(f"/api/v1/dashboards/{scope}", {name: code, "periode": periode})
            if response.status_code == 200:
                found.append(response.json())
    return found


@pytest.mark.slow
@pytest.mark.parametrize("sleutel", list(BEREIK))
def test_an_attacker_with_every_answer_finds_nothing_small(sleutel: str) -> None:
    """Over HTTP: all periods and filters of a scope side by side, as linear equations; and no number under ten or unrounded."""
    aanvaller = Aanvaller()
    tables: dict[tuple[str, str], dict[str, Any]] = {}
    for answer in everything(account(sleutel), bereik(sleutel)):
        blad = _cut_of(answer)
        for table in [answer["stroom"], *answer["stand"]]:
            if table is None:
                continue
            known = tables.setdefault((blad, table["periode"]), {"ouder": {}, "cijfers": {}, "indelingen": {}})
            first = next(unit["code"] for unit in table["eenheden"])
            for unit in table["eenheden"]:
                code = unit["code"]
                own = {
                    one["indicator"]: one["waarde"] for one in unit["cijfers"] if one["verborgen"] or one["waarde"] is not None
                }
                assert known["cijfers"].setdefault(code, own) == own, "hetzelfde cijfer is overal hetzelfde"
                if code not in {first, "regio"}:
                    known["ouder"][code] = first
                for one in unit["cijfers"]:
                    if one["waarde"] is not None and one["eenheid"] == "casussen":
                        assert one["waarde"] >= 10
                        assert one["waarde"] % 5 == 0
    assert tables
    for (blad, periode), table in tables.items():
        counts = ("open", "te_laat") if periode.count("-") == 2 and "k" not in periode else (
            "instroom", "doorgezet", "niet_ons_gebied", "teruggelegd")  # fmt: skip
        aanvaller.reads(blad, periode, table, aantallen=counts)
    for blad in {blad for blad, _ in tables}:
        units = {unit for (own, _), table in tables.items() if own == blad for unit in table["cijfers"]}
        quarters = ["2025-2026-k2", "2025-2026-k3", "2025-2026-k4"]
        whole = {unit for unit in units if all(unit in tables.get((blad, q), {"cijfers": {}})["cijfers"] for q in quarters)}
        aanvaller.year_is_sum(blad, "2025-2026", quarters, whole, ("instroom", "doorgezet", "niet_ons_gebied", "teruggelegd"))
    assert aanvaller.leaks() == {}


def _cut_of(answer: Any) -> str:
    kind = (answer["deel"] or "").split(":")[0] or answer["bereik"].split(":")[0]
    return {"sector": "sector", "team": "team", "verband": "school", "school": "school", "samenwerkingsverband": "school"}.get(
        kind, "wonen"
    )


# --- Over time --------------------------------------------------------------------------------------------------------
def test_what_was_published_never_changes() -> None:
    before = {(one.soort, one.periode, one.blad): one.inhoud for one in Momentopname.objects.all()}
    assert before
    assert Casus.objects.filter(t0__lt="2026-11-01T00:00Z").update(t0=F("t0") + timedelta(days=40)) > 100
    assert refresh_dashboard(regio=Regio.objects.get(), op=OP) == 0
    assert {(one.soort, one.periode, one.blad): one.inhoud for one in Momentopname.objects.all()} == before


def test_nothing_that_still_runs_is_published() -> None:
    assert not Momentopname.objects.filter(tot__gt=OP).exists()
    assert not Momentopname.objects.exclude(soort="week").filter(periode__in=["2026-2027", "2026-2027-k2"]).exists()


def test_twice_publishing_a_period_is_refused_by_the_database() -> None:
    one = Momentopname.objects.first()
    assert one is not None
    one.pk = None
    with pytest.raises(Exception, match="momentopname_eenmaal"):
        one.save(force_insert=True)


# --- Targets ----------------------------------------------------------------------------------------------------------
def test_the_regiocoordinator_sets_and_withdraws_a_target() -> None:
    client = account("regio")
    url = reverse("dashboard-streefwaarden")
    response = client.post(url, {"indicator": "teruggelegd", "waarde": "101", "vanaf": "2026-12-01"})
    assert response.status_code == 200
    assert client.post(url, {"indicator": "te_laat", "waarde": "7,5", "vanaf": "2026-12-01"}).status_code == 302
    target = Streefwaarde.objects.get(vanaf="2026-12-01")
    assert float(target.waarde) == 7.5
    again = client.post(url, {"indicator": "te_laat", "waarde": "8", "vanaf": "2026-12-01"})
    assert "Voor deze dag is er al een streefwaarde" in unescape(again.content.decode())
    assert client.post(reverse("dashboard-streefwaarde-weg", args=[target.pk])).status_code == 302
    assert not Streefwaarde.objects.filter(pk=target.pk).exists()
    assert Gebeurtenis.objects.filter(soort__startswith="streefwaarde_").count() == 2


def test_a_percentage_over_a_hundred_is_refused_at_its_field() -> None:
    html = page_of(
        account("regio").post(
            reverse("dashboard-streefwaarden"), {"indicator": "te_laat", "waarde": "120", "vanaf": "2026-12-01"}
        )
    )
    assert "Een percentage is hoogstens 100" in html
    assert 'value="120"' in html


def page_of(response: Any) -> str:
    assert response.status_code == 200
    return unescape(response.content.decode())


@pytest.mark.parametrize("sleutel", ["gemeente", "verband", "zc"])
def test_nobody_else_touches_the_targets(sleutel: str) -> None:
    target = Streefwaarde.objects.filter(indicator=Indicator.TE_LAAT).first()
    assert target is not None
    assert account(sleutel).post(reverse("dashboard-streefwaarde-weg", args=[target.pk])).status_code == 403
    assert account(sleutel).get(reverse("dashboard-streefwaarden")).status_code == 403


def test_the_database_refuses_a_negative_target() -> None:
    with pytest.raises(Exception, match="streefwaarde_niet_negatief"):
        Streefwaarde.objects.create(regio=Regio.objects.get(), indicator="te_laat", waarde=-1, vanaf=OP)


# --- How --------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("naam", ["dashboard", "dashboard-cijfers"])
def test_the_number_of_queries_does_not_grow_with_the_casussen(naam: str) -> None:
    regio = Gemeente.objects.get(code="GM0392").regio
    people = [
        user_with(REGIOCOORDINATOR, regio),
        user_with(SAMENWERKINGSVERBAND, Samenwerkingsverband.objects.get(code="VO2705")),
    ]
    people.append(user_with(ZORGCOORDINATOR, Casus.objects.order_by("pk")[0].school))

    def queries() -> list[int]:
        found = []
        for user in people:
            client = client_of(user)
            page(client, naam)
            with CaptureQueriesContext(connection) as captured:
                page(client, naam)
            found.append(len(captured))
        return found

    many = queries()
    few = Casus.objects.order_by("pk").values_list("pk", flat=True)[:60]
    elsewhere = RegioFactory.create(naam="Andere regio")
    assert Casus.objects.exclude(pk__in=list(few)).update(regio=elsewhere) > 900
    assert queries() == many
    assert max(many) <= 16


@pytest.mark.parametrize("dag", ["0001-01-01", "9999-12-31"])
def test_no_figures_of_a_day_that_has_none(db, dag):
    RegioFactory.create()
    with pytest.raises(CommandError, match="bestaan n"):
        call_command("refresh_dashboard", "--op", dag)
