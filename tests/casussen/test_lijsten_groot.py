"""Lists that grow: a screen shows a page of them, says how many there are, and takes as many queries as it did."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casussen.keuzes import Status
from casussen.models import Casus
from casussen.queries import Filters, casussen_of, count_each, late_with_teams, mijn_dag, waiting_for_team, werkvoorraad
from casussen.queries.mijn_dag import GROEP_MAX
from casussen.views.lijsten import regio, rijen
from tests.casussen.test_queries import fill
from tests.factories.casussen import NU, Wereld

LATER = NU + timedelta(days=20)
SCHERMEN = {
    "zoe": ("/mijn-dag", "/casussen", "/casussen?te_laat=1", "/casussen?wie=mij&sorteer=-nieuw"),
    "teun": ("/mijn-dag", "/casussen"),
    "wim": ("/mijn-dag", "/werkvoorraad", "/werkvoorraad?wie=niemand&sorteer=school"),
    "cora": ("/mijn-dag", "/werkvoorraad", "/werkvoorraad?te_laat=1"),
    "rea": ("/mijn-dag", "/te-routeren"),
}


@pytest.mark.parametrize("naam", SCHERMEN)
def test_every_list_screen_takes_the_same_number_of_queries_at_any_size(wereld: Wereld, client: Client, naam: str) -> None:
    client.force_login(getattr(wereld.cast, naam))

    def count() -> dict[str, int]:
        found = {}
        for url in SCHERMEN[naam]:
            client.get(url)  # what is remembered between requests is there
            with CaptureQueriesContext(connection) as seen:
                response = client.get(url)
            assert response.status_code == 200
            found[url] = len(seen)
        return found

    fill(wereld, 2)
    small = count()
    fill(wereld, 8)
    assert count() == small
    assert max(small.values()) <= 40


def test_my_day_shows_the_beginning_of_a_long_list_and_says_how_long_it_is(wereld: Wereld) -> None:
    fill(wereld, GROEP_MAX + 3)
    cora, rea = wereld.kijker("cora", LATER.date()), wereld.kijker("rea", LATER.date())
    day = mijn_dag(cora, LATER)
    late = Casus.objects.filter(status__in=[Status.AANGEMELD, Status.ONTVANGEN]).count()
    assert day.totalen["te_laat"] + day.totalen["collegas"] == late > 2 * GROEP_MAX
    assert len(day.collegas) == GROEP_MAX
    assert [row.stap.uiterlijk for row in day.collegas] == sorted(
        row.stap.uiterlijk for row in day.collegas if row.stap.uiterlijk
    )
    region = mijn_dag(rea, LATER)
    assert (len(region.te_routeren), region.totalen["te_routeren"]) == (GROEP_MAX, GROEP_MAX + 3)


def test_my_day_leads_to_the_rest(wereld: Wereld, client: Client) -> None:
    fill(wereld, GROEP_MAX + 3)
    client.force_login(wereld.cast.rea)
    html = client.get("/mijn-dag").content.decode()
    assert f'<a href="/te-routeren">Alle {GROEP_MAX + 3} bekijken</a>' in html
    client.force_login(wereld.cast.zoe)
    html = client.get("/mijn-dag").content.decode()
    assert f'<a href="/casussen?wie=mij">Alle {2 * (GROEP_MAX + 3)} bekijken</a>' in html


def test_what_waits_for_a_team_comes_in_pages(wereld: Wereld, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two lists on one screen, each with pages of its own."""
    monkeypatch.setattr(rijen, "PER_PAGINA", 2)
    fill(wereld, 3)
    Casus.objects.filter(status=Status.AANGEMELD).update(geescaleerd=True)
    rea = wereld.kijker("rea")
    assert waiting_for_team(rea).count() == 3
    client.force_login(wereld.cast.rea)
    first, second = (client.get(f"/te-routeren?pagina={n}").context["rijen"] for n in (1, 2))
    assert [len(first), len(second)] == [2, 1]
    assert {row["nummer"] for row in [*first, *second]} == {casus.nummer for casus in waiting_for_team(rea)}


def test_both_lists_of_the_region_turn_their_own_pages(wereld: Wereld, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rijen, "PER_PAGINA", 2)
    monkeypatch.setattr(regio, "now", lambda: LATER)
    fill(wereld, 3)
    client.force_login(wereld.cast.rea)
    late = late_with_teams(wereld.kijker("rea", LATER.date()), op=LATER)
    response = client.get("/te-routeren?vast=2")
    assert response.context["te_sturen_totaal"] == late.count() > 4
    assert [row["nummer"] for row in response.context["te_sturen"]] == [casus.nummer for casus in late[2:4]]
    html = response.content.decode()
    assert "?vast=3" in html
    assert "?vast=2&amp;pagina=2" in html


@pytest.mark.parametrize("nummer", ["\x00", "", "x" * 10_000, "😀", "2026-999999", "'; DROP TABLE casussen_casus;--"])
def test_a_strange_number_among_those_to_give_away_stops_nothing(wereld: Wereld, client: Client, nummer: str) -> None:
    casus = wereld.casus(Status.ONTVANGEN)
    assert casus.behandelaar is not None
    colleague = wereld.net.schalkwijk.mensen.exclude(pk=casus.behandelaar.pk).first()
    assert colleague is not None
    client.force_login(wereld.cast.wim)
    answer = client.post("/werkvoorraad/toewijzen", {"casus": [nummer, casus.nummer], "behandelaar": str(colleague.pk)})
    assert answer.status_code == 302
    casus.refresh_from_db()
    assert casus.behandelaar_id == colleague.pk


def test_the_tabs_count_what_the_lists_behind_them_hold(wereld: Wereld) -> None:
    """In one query what four would say."""
    fill(wereld, 3)
    wereld.casus(Status.ONTVANGEN, leerlingnummer="B9")
    for naam, lijst in (("wim", werkvoorraad), ("cora", werkvoorraad), ("zoe", casussen_of)):
        kijker = wereld.kijker(naam, LATER.date())
        views = {
            "alles": Filters(),
            "mij": Filters(wie="mij"),
            "niemand": Filters(wie="niemand"),
            "concept": Filters(status=Status.CONCEPT),
            "te_laat": Filters(te_laat=True),
        }
        apart = {key: len(lijst(kijker, filters, op=LATER)) for key, filters in views.items()}
        assert count_each(lijst(kijker, op=LATER), views, kijker, op=LATER) == apart
        assert apart["alles"] >= apart["te_laat"] > 3


def test_the_queue_says_so_when_it_is_the_turn_of_the_school(wereld: Wereld, client: Client) -> None:
    """An answer of the school that is late is not a clock of the team: not red among its own."""
    asked = wereld.do("vragen", wereld.casus(Status.ONTVANGEN), "wim", vraag="Hoe gaat het op school?")
    begin = NU - timedelta(days=21)
    asked.termijnen.filter(gesloten_op__isnull=True).update(begint_op=begin, vervalt_op=begin + timedelta(days=1))
    client.force_login(wereld.cast.wim)
    html = client.get("/werkvoorraad").content.decode()
    assert asked.nummer in html
    assert "School is aan zet: vraag beantwoorden, afgesproken voor" in html
    assert "te laat sinds" not in html
    assert "utrecht-status-badge--danger" not in html
    assert 'href="#behandelaar"' in html
