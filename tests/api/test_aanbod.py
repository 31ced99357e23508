"""The aanbodgids through the API: the same rows and filters as on screen."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.aanbod.conftest import arrangement, gids, pupils  # noqa: F401  (a fixture)
from tests.factories.zorg import AanbiederFactory

pytestmark = pytest.mark.django_db


def found(api, query):
    return {row["naam"] for row in api.get(f"arrangementen?{query}").json()["results"]}


def test_an_arrangement_with_its_waiting_time(gids, api_of):  # noqa: F811
    rows = {row["naam"]: row for row in api_of(gids.wereld.cast.wim).get("arrangementen").json()["results"]}
    assert rows["Thuis op koers"]["wachttijd"] == {
        "weken": 6, "gemeten_op": "2026-11-25", "dagen_oud": 7, "oud": False, "boven_norm": False
    }  # fmt: skip
    assert rows["Thuis op koers"]["gemeenten"] == [{"code": "GM0392", "naam": "Haarlem"}]
    assert rows["Samen sporten"]["wachttijd"] is None
    assert rows["Samen sporten"]["gemeenten"] == [{"code": "GM0397", "naam": "Heemstede"}]


@pytest.mark.parametrize(
    ("query", "namen"),
    [
        ("hulpvorm=ggz", {"Traumahulp"}),
        ("zwaarte=zwaar", {"Traumahulp"}),
        ("soort=voorveld", {"Samen sporten"}),
        ("gemeente=GM0392", {"Thuis op koers", "Traumahulp"}),
        ("gemeente=GM0397&leeftijd=8", {"Samen sporten"}),
        ("gemeente=GM0000", set()),
        ("leeftijd=11", {"Traumahulp", "Samen sporten"}),
        ("wachttijd=6", {"Thuis op koers"}),
        ("op_school=true", {"Thuis op koers"}),
        ("op_school=false", {"Traumahulp", "Samen sporten"}),
        ("oud=true", {"Traumahulp"}),
        ("oud=false", {"Thuis op koers", "Samen sporten"}),
        ("boven_norm=true", {"Traumahulp"}),
        ("boven_norm=false", {"Thuis op koers", "Samen sporten"}),
    ],
)
def test_each_filter(gids, api_of, query, namen):  # noqa: F811
    assert found(api_of(gids.wereld.cast.zoe), query) == namen


def test_a_school_is_one_of_the_viewers_own(gids, api_of):  # noqa: F811
    pupils(gids.wereld, 1, "2101AA")
    brin = gids.wereld.net.school.brin
    everything = {"Thuis op koers", "Traumahulp", "Samen sporten"}
    assert found(api_of(gids.wereld.cast.zoe), f"school={brin}") == everything
    assert found(api_of(gids.wereld.cast.rea), f"school={brin}") == everything - {"Samen sporten"}
    assert found(api_of(gids.wereld.cast.otto), f"school={brin}") == set()


def test_aanbieders(gids, api_of):  # noqa: F811
    api = api_of(gids.wereld.cast.zoe)

    def names(query):
        return {row["naam"] for row in api.get(f"aanbieders?{query}").json()["results"]}

    assert names("soort=voorveld") == names("gemeente=GM0397") == names("hulpvorm=sport") == {"Sportclub Heemstede"}
    assert names("gemeente=GM0392") == {gids.aanbieder.naam}


@pytest.mark.parametrize(
    "path", ["arrangementen?hulpvorm=x", "arrangementen?gemeente=392", "arrangementen?onbekend=1", "aanbieders?gemeente=x",
             "arrangementen?leeftijd=-1", "arrangementen?wachttijd=x", "arrangementen?oud=ja", "arrangementen?school=x"]
)  # fmt: skip
def test_what_is_no_filter_is_refused(gids, api_of, path):  # noqa: F811
    assert api_of(gids.wereld.cast.zoe).get(path).status_code == 400
    assert api_of(None).get(path).status_code == 401


@pytest.mark.parametrize("path", ["arrangementen", "aanbieders"])
def test_the_number_of_queries_does_not_grow(gids, api_of, path):  # noqa: F811
    api = api_of(gids.wereld.cast.zoe)
    api.get(path)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            api.get(path)
        counts.append(len(queries))
        for n in range(5):
            arrangement(AanbiederFactory.create(), [gids.wereld.net.haarlem], n)
    assert counts[0] == counts[1]
