"""Routing of addresses that are newer than the register: PDOK fills in, is named, and never breaks anything."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache

from tests.factories.netwerk import WerkgebiedFactory
from tests.factories.toegang import client_of, make_cast
from tests.gebieden.pdok_server import DOC, Pdok, answer, running
from wijkteams.models import Werkgebied
from wijkteams.routering import Route, Uitkomst
from wijkteams.routering.bulk import route_bulk

#: In Heemstede, by number and code.
HEEMSTEDE = {
    **DOC,
    "postcode": "2101ZZ",
    "huisnummer": 5,
    "gemeentecode": "0397",
    "gemeentenaam": "Heemstede",
    "wijkcode": "WK039700",
    "wijknaam": "Heemstede",
    "buurtcode": "BU03970001",
    "buurtnaam": "Heemstede-Centrum",
}


@pytest.fixture
def pdok(settings: Any) -> Iterator[Pdok]:
    with running() as server:
        settings.PDOK_URL = server.url
        yield server


def note(route: Route) -> str:
    return " ".join(stap.tekst for stap in route.uitleg if stap.stap == "pdok")


def test_a_number_newer_than_the_register_is_found(route, pdok):
    gevonden = route("2037RB", 99, sector="vo")
    assert (gevonden.uitkomst, gevonden.afgeleid) == (Uitkomst.TOEGEWEZEN, False)
    assert gevonden.buurt.code == "BU03920502"
    assert gevonden.wijkteam.naam == "Wijkteam Schalkwijk"
    stap = next(stap for stap in gevonden.uitleg if stap.stap == "pdok")
    assert stap.bron == "PDOK"
    assert "Volgens PDOK" in stap.tekst
    assert "Molenwijk" in stap.tekst
    assert "Huisnummer 99 staat niet in het adresregister." in gevonden.uitleg[0].tekst


def test_a_border_postcode_is_decided_by_pdok(route, pdok):
    assert route("2034AA", 99, pdok=False).uitkomst is Uitkomst.MEERDERE
    pdok.body = answer({**DOC, "postcode": "2034AA", "buurtcode": "BU03920101", "wijkcode": "WK039201"})
    assert route("2034AA", 99).wijkteam.naam == "Wijkteam Haarlemmerhout"


def test_a_postcode_nobody_knew_is_found(route, pdok):
    pdok.body = answer(HEEMSTEDE)
    assert route("2101ZZ", 5, pdok=False).uitkomst is Uitkomst.ADRES_ONBEKEND
    assert route("2101ZZ", 5).wijkteam.naam == "Wijkteam Heemstede"


def test_what_the_register_knows_is_not_asked(route, pdok):
    route("2037RB", 12)
    route("2037RB", 0)
    assert pdok.asked == []


def test_a_secret_address_is_never_asked(route, pdok):
    gevonden = route("2037RB", 99, geheim=True)
    assert pdok.asked == []
    assert note(gevonden) == ""


def test_bulk_never_asks(route, pdok):
    route_bulk([{"postcode": "2037RB", "huisnummer": "99"}, {"postcode": "2101ZZ", "huisnummer": "5"}])
    assert pdok.asked == []


@pytest.mark.parametrize(
    ("kwaal", "tekst"),
    [
        ({"body": answer()}, "kent dit adres niet"),
        ({"body": answer({**DOC, "huisnummer": 98})}, "kent dit adres niet"),
        ({"status": 500}, "kregen geen antwoord"),
        ({"body": b"geen json"}, "kregen geen antwoord"),
        ({"status": 301, "location": "http://127.0.0.1:9"}, "kregen geen antwoord"),
    ],
    ids=["none", "neighbour", "500", "garbage", "redirect"],
)
@pytest.mark.parametrize(("postcode", "nummer"), [("2037RB", 99), ("2034AA", 99), ("2037ZZ", 1), ("9999XX", 1)])
def test_pdok_changes_nothing_but_the_note(route, pdok, kwaal, tekst, postcode, nummer):
    zonder = route(postcode, nummer, sector="vo", pdok=False)
    vars(pdok).update(kwaal)
    met = route(postcode, nummer, sector="vo")
    assert tekst in note(met)
    stappen = [stap.as_json() for stap in met.uitleg if stap.stap != "pdok"]
    assert {**met.as_json(), "uitleg": stappen} == zonder.as_json()


def test_a_place_outside_the_region_gets_its_desk(route, pdok):
    pdok.body = answer(
        {
            **DOC,
            "postcode": "2037ZZ",
            "huisnummer": 1,
            "gemeentecode": "0534",
            "gemeentenaam": "Hillegom",
            "buurtcode": "BU05340099",
        }
    )
    gevonden = route("2037ZZ", 1)
    assert (gevonden.uitkomst, gevonden.gemeente.naam) == (Uitkomst.BUITEN_REGIO, "Hillegom")


def test_a_gemeente_we_have_no_row_of_is_outside_under_its_own_name(route, pdok):
    pdok.body = answer(
        {
            **DOC,
            "postcode": "2037ZZ",
            "huisnummer": 1,
            "gemeentecode": "0014",
            "gemeentenaam": "Groningen",
            "buurtcode": "BU00140000",
        }
    )
    assert route("2037ZZ", 1).gemeente.naam == "Groningen"


# --- A buurt of another editie -------------------------------------------------------------------------------------------


@pytest.fixture
def nieuwe_buurt(pdok: Pdok) -> Pdok:
    """PDOK names a buurt of Haarlem that our editie does not know."""
    pdok.body = answer({**DOC, "postcode": "2037ZZ", "huisnummer": 1, "buurtcode": "BU03920599", "buurtnaam": "Nieuwbouw"})
    return pdok


def test_where_it_depends_on_the_buurt_nothing_is_guessed(route, nieuwe_buurt):
    zonder, met = route("2037ZZ", 1, sector="vo", pdok=False), route("2037ZZ", 1, sector="vo")
    assert met.uitkomst is zonder.uitkomst is Uitkomst.ADRES_ONBEKEND
    assert "een buurt die ons adresregister niet kent" in note(met)


def test_where_the_whole_gemeente_has_one_team_that_is_enough(route, pdok):
    pdok.body = answer({**HEEMSTEDE, "buurtcode": "BU03970099"})
    gevonden = route("2101ZZ", 5, sector="vo")
    assert (gevonden.uitkomst, gevonden.afgeleid) == (Uitkomst.TOEGEWEZEN, True)
    assert gevonden.wijkteam.naam == "Wijkteam Heemstede"
    assert (gevonden.wijk, gevonden.buurt, gevonden.gemeente.code) == (None, None, "GM0397")
    assert "____" not in str(gevonden)


def test_a_rule_that_goes_before_any_buurt_is_enough(net, route, nieuwe_buurt):
    WerkgebiedFactory.create(wijkteam=net.centrum, soort="voorrang", gebied="GM0392", sector="vo")
    assert route("2037ZZ", 1, sector="vo").wijkteam.naam == "Wijkteam Haarlemmerhout"
    assert route("2037ZZ", 1, sector="po").uitkomst is Uitkomst.ADRES_ONBEKEND


def test_rules_of_the_past_do_not_count(net, route, nieuwe_buurt):
    Werkgebied.objects.filter(wijkteam__gemeente=net.haarlem).update(tot=date(2021, 1, 1))
    WerkgebiedFactory.create(wijkteam=net.centrum, soort="gemeente", gebied="GM0392")
    assert route("2037ZZ", 1, sector="vo").wijkteam.naam == "Wijkteam Haarlemmerhout"


# --- On the screen -------------------------------------------------------------------------------------------------------


def test_the_finder_shows_where_the_answer_comes_from(net, pdok):
    zoe = make_cast(school=net.school, team=net.schalkwijk).zoe
    page = client_of(zoe).post("/aanspreekpunt", {"postcode": "2037RB", "huisnummer": "99"}).content.decode()
    assert "Volgens PDOK" in page
    pdok.status = 500
    page = client_of(zoe).post("/aanspreekpunt", {"postcode": "2037RB", "huisnummer": "98"}).content.decode()
    assert "kregen geen antwoord" in page
    assert "Wijkteam Schalkwijk" in page
    cache.delete("pdok:rust")
