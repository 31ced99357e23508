"""Aanspreekpunten and werkgebieden: facts as of a day, filtered, in pages, with a fixed number of queries."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.netwerk import AanspreekpuntFactory, VestigingFactory, WerkgebiedFactory, WijkteamFactory
from wijkteams.models import Aanspreekpunt, Werkgebied

pytestmark = pytest.mark.django_db
LISTS = ["aanspreekpunten", "werkgebieden"]


def test_every_role_may_read_and_nobody_else(cast, api_of, netwerk, subtests):
    for who in ["zoe", "teun", "wim", "cora", "rea", "gerda", "fenna", "otto"]:
        for path in LISTS:
            with subtests.test(who=who, path=path):
                response = api_of(getattr(cast, who)).get(path)
                assert response.status_code == 200
                assert response.json()["results"]
    for path in LISTS:
        assert api_of(None).get(path).status_code == 401


def test_one_aanspreekpunt(cast, api_of, netwerk):
    punt = Aanspreekpunt.objects.filter(wijkteam=netwerk.schalkwijk).get()
    body = api_of(cast.zoe).get(f"aanspreekpunten/{punt.pk}", "aanspreekpunten/{id}").json()
    assert body["wijkteam"]["gemeente"] == {"code": "GM0392", "naam": "Haarlem"}
    assert body["contactpersoon"]["naam"] == "Contact van Wijkteam Schalkwijk"
    assert (body["school"], body["vestiging"], body["sector"], body["vervanger"]) == (None, None, "", None)
    Aanspreekpunt.objects.filter(pk=punt.pk).update(van=date(2020, 1, 1), tot=date(2020, 2, 1))
    assert api_of(cast.zoe).get(f"aanspreekpunten/{punt.pk}", "aanspreekpunten/{id}").status_code == 200
    assert api_of(cast.zoe).get("aanspreekpunten/999999999", "aanspreekpunten/{id}").status_code == 404


@pytest.fixture
def meer(netwerk):
    """Rules of every kind around Haarlem, and aanspreekpunten for a school, a location and a sector."""
    team = netwerk.schalkwijk
    for soort, gebied, extra in (
        ("buurt", "BU03920101", {"sector": "vo"}),
        ("pc4", "2037", {}),
        ("pc6", "2101AA", {}),
        ("nummers", "2034AA", {"nummer_van": 1, "nummer_tot_en_met": 5}),
        ("voorrang", "GM0392", {"sector": "mbo"}),
        ("school", "GM0397", {"school": netwerk.school}),
        ("gemeente", "GM0392", {"van": date(2020, 1, 1), "tot": date(2021, 1, 1)}),
    ):
        WerkgebiedFactory.create(wijkteam=team, soort=soort, gebied=gebied, **extra)
    AanspreekpuntFactory.create(wijkteam=team, school=netwerk.school)
    AanspreekpuntFactory.create(wijkteam=team, vestiging=netwerk.vestiging)
    AanspreekpuntFactory.create(wijkteam=team, sector="vo")
    AanspreekpuntFactory.create(wijkteam=team, sector="mbo", van=date(2020, 1, 1), tot=date(2021, 1, 1))
    return netwerk


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("gemeente=GM0392", {"WK039205", "WK039201", "BU03920101", "2037", "2034AA", "GM0392"}),
        ("gemeente=GM0397", {"GM0397", "2101AA"}),
        ("wijk=WK039205", {"WK039205", "2037", "2034AA"}),
        ("wijk=WK039201", {"WK039201", "BU03920101", "2034AA"}),
        ("gemeente=GM0392&sector=mbo", {"WK039205", "WK039201", "2037", "2034AA", "GM0392"}),
        ("gemeente=GM0392&sector=po", {"WK039205", "WK039201", "2037", "2034AA"}),
        ("gemeente=GM0534", set()),
        ("sector=po&geldig_op=2020-06-01&gemeente=GM0392", {"WK039205", "WK039201", "2037", "2034AA", "GM0392"}),
    ],
)
def test_which_rules(cast, api_of, meer, query, expected):
    assert {row["gebied"] for row in api_of(cast.zoe).get(f"werkgebieden?{query}").json()["results"]} == expected


def test_rules_of_a_team_and_how_a_rule_is_told(cast, api_of, meer):
    rows = api_of(cast.zoe).get(f"werkgebieden?team={meer.schalkwijk.pk}").json()["results"]
    assert {row["wijkteam"]["id"] for row in rows} == {meer.schalkwijk.pk}
    by_soort = {row["soort"]: row for row in rows}
    assert by_soort["nummers"]["nummers"] == {"van": 1, "tot_en_met": 5, "zijde": "beide"}
    assert by_soort["school"]["school"] == {"brin": "99AB", "naam": "Voorbeeldcollege"}
    plain = by_soort["wijk"]
    assert [plain[key] for key in ("sector", "nummers", "leeftijd_tot", "van", "tot", "school")] == [None] * 6


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("school=99AB", 2),
        ("school=99AB00", 1),
        ("sector=vo", 1),
        ("sector=mbo", 0),
        ("sector=mbo&geldig_op=2020-06-01", 1),
        ("gemeente=GM0397", 1),
    ],
)
def test_which_aanspreekpunten(cast, api_of, meer, query, count):
    assert len(api_of(cast.zoe).get(f"aanspreekpunten?{query}").json()["results"]) == count


@pytest.mark.parametrize(
    "query",
    [
        "werkgebieden?gemeente=0392", "werkgebieden?wijk=WK0392", "werkgebieden?team=x", "werkgebieden?sector=hbo",
        "werkgebieden?geldig_op=morgen", "aanspreekpunten?sector=hbo", "aanspreekpunten?wijkteam=x", "aanspreekpunten?naam=Wim",
        "aanspreekpunten?geldig_op=2026-13-01", "werkgebieden?postcode=2037RB",
    ],
)  # fmt: skip
def test_a_filter_that_cannot_be_is_refused(cast, api_of, netwerk, query):
    assert api_of(cast.zoe).get(query).status_code == 400


@pytest.mark.parametrize("path", LISTS)
def test_pages_and_queries(cast, api_of, netwerk, path):
    api = api_of(cast.zoe)
    api.get(path)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            api.get(path)
        return len(captured)

    few = queries()
    for team in WijkteamFactory.create_batch(8):
        AanspreekpuntFactory.create(wijkteam=team, vestiging=VestigingFactory.create())
        WerkgebiedFactory.create(wijkteam=team, soort="pc6", gebied=f"20{team.pk % 90 + 10}ZZ")
    assert queries() == few <= 5
    whole = api.get(f"{path}?page_size=200").json()["results"]
    found, url = [], f"{path}?page_size=3"
    while url:
        page = api.get(url).json()
        found += page["results"]
        url = (page["next"] or "").replace("http://testserver/api/v1/", "")
    assert found == whole
    assert len(whole) >= 8 + (Aanspreekpunt if path == "aanspreekpunten" else Werkgebied).objects.count() - 8 > 8
