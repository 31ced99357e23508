"""The page /regio: who sees which figures, and that a page never tells more than its tables may."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casussen.models import Casus
from gebieden.models import Gemeente
from portal.demo.accounts import ACCOUNTS
from tests.factories.demo import demo_region
from tests.factories.toegang import client_of, user_with
from toegang.rollen import GEMEENTEMEDEWERKER, REGIOCOORDINATOR

pytestmark = pytest.mark.usefixtures("demo", "db", "_today")
CEL = re.compile(r'<td class="ap-tabel__getal"[^>]*>\s*(.*?)\s*</td>', re.DOTALL)
RIJ = re.compile(r"<tr[^>]*>\s*<th scope=\"row\">(.*?)</th>(.*?)</tr>", re.DOTALL)
AANTAL = re.compile(r"^(–|[\d.]+)$")


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with demo_region(django_db_blocker, adressen=4_000, casussen=700):
        yield


@pytest.fixture
def _today(time_machine: Any) -> None:
    time_machine.move_to("2026-11-19T10:00:00+01:00", tick=False)


def account(sleutel: str) -> Client:
    email = next(a.email for a in ACCOUNTS if a.sleutel == sleutel)
    return client_of(get_user_model().objects.get(email=email))


def page(client: Client, **keuze: str) -> str:
    response = client.get(reverse("dashboard"), keuze)
    assert response.status_code == 200
    return unescape(response.content.decode())


def table(html: str, kop: str) -> dict[str, list[str]]:
    """The rows of one table: the name of the row, and its figures."""
    part = html.split(f">{kop}</h2>", 1)[1].split("</table>", 1)[0]
    return {re.sub(r"<span.*?</span>", "", name, flags=re.DOTALL).strip(): CEL.findall(rest) for name, rest in RIJ.findall(part)}


# --- Who --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("sleutel", ["zc", "teamleider", "wijkteam", "coordinator", "beheer"])
def test_it_refuses_whoever_has_no_figures_to_see(sleutel: str) -> None:
    assert account(sleutel).get(reverse("dashboard")).status_code == 403


def test_a_stranger_signs_in_first() -> None:
    assert Client().get(reverse("dashboard")).status_code == 302


def test_a_gemeente_sees_itself_beside_the_region() -> None:
    html = page(account("gemeente"))
    assert "Haarlem naast de regio" in html
    submitted = table(html, "Nieuwe casussen en eerste reactie")["Aangemelde casussen"]
    assert len(submitted) == 2
    rows = table(html, "Waar staan de casussen nu?")
    assert {"Wijkteam Schalkwijk", "Heel Haarlem", "De hele regio"} <= set(rows)
    assert not any("Velsen" in name for name in rows)


@pytest.mark.parametrize("asked", ["GM0453", "", "GM9999", "%", "' OR 1=1"])
def test_a_gemeente_cannot_ask_for_another(asked: str) -> None:
    assert "Haarlem naast de regio" in page(account("gemeente"), gemeente=asked)


def test_someone_of_two_gemeenten_chooses_between_those() -> None:
    user = user_with(GEMEENTEMEDEWERKER, Gemeente.objects.get(code="GM0453"))
    user.aanstellingen.create(rol=GEMEENTEMEDEWERKER.sleutel, gemeente=Gemeente.objects.get(code="GM0397"))
    html = page(client_of(user), gemeente="GM0453")
    assert "Velsen naast de regio" in html
    assert re.findall(r'<option value="(GM\d+)"', html) == ["GM0397", "GM0453"]


def test_someone_of_a_gemeente_outside_the_region_is_told_what_to_do() -> None:
    user = user_with(GEMEENTEMEDEWERKER, Gemeente.objects.get(code="GM0394"))
    assert "Er zijn nog geen cijfers voor u" in page(client_of(user))


def test_the_regiocoordinator_sees_all_gemeenten_and_the_own_work_list_as_it_is() -> None:
    html = page(account("regio"))
    assert set(table(html, "Waar staan de casussen nu?")) == {
        "Beverwijk", "Bloemendaal", "Haarlem", "Heemskerk", "Heemstede", "Velsen", "Zandvoort", "De hele regio"
    }  # fmt: skip
    waiting = Casus.objects.filter(status="te_routeren").count()
    assert waiting > 0
    assert f"staan {waiting} casussen" in html
    assert "Op uw eigen werklijst" not in page(account("gemeente"))


def test_the_regiocoordinator_sees_the_same_figures_of_a_gemeente_as_that_gemeente() -> None:
    for kop in ("Nieuwe casussen en eerste reactie", "Waar staan de casussen nu?", "Wat vraagt nu aandacht?"):
        assert table(page(account("regio"), gemeente="GM0392"), kop) == table(page(account("gemeente")), kop)


# --- What -------------------------------------------------------------------------------------------------------
PERIODEN = ("2026-2027", "2026-2027-k1", "2026-2027-k2", "2025-2026", "2025-2026-k2", "2025-2026-k3", "2025-2026-k4")


@pytest.mark.parametrize("periode", PERIODEN)
def test_no_page_shows_a_small_or_an_exact_number(periode: str) -> None:
    client = account("regio")
    for gemeente in ("", *Gemeente.objects.filter(regio__isnull=False).values_list("code", flat=True)):
        found = [text for text in CEL.findall(page(client, periode=periode, gemeente=gemeente)) if AANTAL.match(text)]
        assert found
        for text in found:
            if text != "–":
                count = int(text.replace(".", ""))
                assert count >= 10
                assert count % 5 == 0


def test_nothing_follows_from_all_pages_together_by_subtraction() -> None:
    """Everything anybody may open, side by side: of the region and its gemeenten, and of a year and its quarters."""
    client = account("regio")
    codes = list(Gemeente.objects.filter(regio__isnull=False).values_list("code", flat=True))
    hidden: dict[tuple[str, str], bool] = {}
    periods = [periode for periode in PERIODEN if periode.startswith("2026-2027")]
    for periode in periods:
        for code in codes:
            own, region = table(page(client, periode=periode, gemeente=code), "Nieuwe casussen en eerste reactie")[
                "Aangemelde casussen"
            ]
            hidden[code, periode], hidden["", periode] = own == "–", region == "–"
    for periode in periods:
        assert sum(hidden[place, periode] for place in ("", *codes)) != 1
    for place in ("", *codes):
        assert sum(hidden[place, periode] for periode in periods) != 1


def test_no_row_or_column_of_teams_has_one_hidden_number() -> None:
    client = account("regio")
    for code in Gemeente.objects.filter(regio__isnull=False).values_list("code", flat=True):
        rows = table(page(client, gemeente=code), "Waar staan de casussen nu?")
        del rows["De hele regio"]
        assert all(cells.count("–") != 1 for cells in rows.values())
        assert all(column.count("–") != 1 for column in zip(*rows.values(), strict=True))
    rows = table(page(client), "Waar staan de casussen nu?")
    assert all(column.count("–") != 1 for column in zip(*rows.values(), strict=True))


@pytest.mark.parametrize("asked", ["", "2019-2020", "2026-10-01", "alles", "<script>"])
def test_only_fixed_periods_can_be_asked(asked: str) -> None:
    html = page(account("gemeente"), periode=asked)
    assert "Schooljaar 2026-2027" in html
    assert "<script>" not in html.replace("<script src", "")


def test_every_figure_says_what_it_counts() -> None:
    html = page(account("gemeente"))
    assert html.count('class="ap-maat__uitleg"') == 8
    assert "meer dan" not in html
    assert "Aantallen zijn afgerond op vijf" in html


def test_it_answers_a_get_only() -> None:
    assert account("gemeente").post(reverse("dashboard")).status_code == 405


# --- How --------------------------------------------------------------------------------------------------------
def queries_of(client: Client) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        page(client)
    return len(captured)


def test_the_number_of_queries_does_not_grow_with_the_casussen() -> None:
    client = client_of(user_with(REGIOCOORDINATOR, Gemeente.objects.get(code="GM0392").regio))
    page(client)
    many = queries_of(client)
    few = Casus.objects.order_by("pk").values_list("pk", flat=True)[:60]
    Casus.objects.exclude(pk__in=list(few)).delete()
    assert queries_of(client) == many <= 20
