"""Gemeenten, wijkteams and scholen: facts for whoever has an appointment, in pages, with a fixed number of queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.netwerk import GemeenteFactory, SchoolFactory, VestigingFactory, WijkteamFactory

pytestmark = pytest.mark.django_db
LISTS = ["gemeenten", "wijkteams", "scholen"]


def test_every_role_may_read(cast, api_of, subtests):
    for who in ["zoe", "teun", "wim", "cora", "rea", "gerda", "fenna", "otto"]:
        for path in LISTS:
            with subtests.test(who=str(who)[:40], path=str(path)[:40]):
                response = api_of(getattr(cast, who)).get(path)
                assert response.status_code == 200
                assert response.json()["results"]


def test_a_gemeente(cast, api_of, netwerk):
    assert api_of(cast.zoe).get("gemeenten/GM0534", "gemeenten/{code}").json() == {
        "code": "GM0534",
        "naam": "Hillegom",
        "regio": None,
        "loket": {"naam": "Jeugdloket Hillegom", "telefoon": "14 000", "email": "jeugdloket@gemeente.example", "url": None},
    }


def test_a_wijkteam(cast, api_of, netwerk):
    body = api_of(cast.zoe).get(f"wijkteams/{netwerk.schalkwijk.pk}", "wijkteams/{id}").json()
    assert body["naam"] == "Wijkteam Schalkwijk"
    assert body["gemeente"] == {"code": "GM0392", "naam": "Haarlem"}
    assert body["soort"] == "gebied"


def test_a_school_with_its_locations(cast, api_of, netwerk):
    body = api_of(cast.zoe).get("scholen/99AB", "scholen/{brin}").json()
    assert body["brin"] == "99AB"
    (vestiging,) = body["vestigingen"]
    assert vestiging["brin"] == "99AB00"
    assert vestiging["sectoren"] == ["vo"]


def test_404_for_what_is_not_there(cast, api_of, subtests):
    for path, template in [
        ("gemeenten/GM9999", "gemeenten/{code}"),
        ("wijkteams/999999999", "wijkteams/{id}"),
        ("scholen/00XX", "scholen/{brin}"),
    ]:
        with subtests.test(path=str(path)[:40], template=str(template)[:40]):
            assert api_of(cast.zoe).get(path, template).status_code == 404


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("gemeenten?in_regio=false", {"Hillegom"}),
        ("wijkteams?gemeente=GM0397", {"Wijkteam Heemstede"}),
        ("wijkteams?gemeente=GM0397&soort=stedelijk", set()),
        ("scholen?sector=mbo", {"Mbo-school"}),
        ("scholen?gemeente=GM0397", {"Mbo-school"}),
        ("scholen?gemeente=GM0397&sector=vo", set()),
    ],
)
def test_filters(cast, api_of, netwerk, query, expected):
    mbo = SchoolFactory.create(naam="Mbo-school")
    VestigingFactory.create_batch(2, school=mbo, sectoren=["mbo"], gemeente=netwerk.heemstede)
    assert [row["naam"] for row in api_of(cast.zoe).get(query).json()["results"]] == sorted(expected)


@pytest.mark.parametrize("path", LISTS)
def test_pages_together_are_the_whole_once(cast, api_of, path):
    GemeenteFactory.create_batch(7)
    WijkteamFactory.create_batch(7)
    SchoolFactory.create_batch(7)
    api = api_of(cast.zoe)
    whole = api.get(f"{path}?page_size=200").json()
    assert (whole["next"], whole["previous"]) == (None, None)
    found, url = [], f"{path}?page_size=3"
    while url:
        page = api.get(url).json()
        assert len(page["results"]) <= 3
        found += page["results"]
        url = (page["next"] or "").replace("http://testserver/api/v1/", "")
    assert found == whole["results"]
    assert len(found) > 7


@pytest.mark.parametrize("path", LISTS)
def test_the_number_of_queries_does_not_grow(cast, api_of, path):
    api = api_of(cast.zoe)
    api.get(path)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            api.get(path)
        return len(captured)

    few = queries()
    for school in SchoolFactory.create_batch(10):
        VestigingFactory.create_batch(2, school=school, gemeente=GemeenteFactory.create())
    WijkteamFactory.create_batch(10, gemeente=GemeenteFactory.create())
    assert queries() == few <= 5
