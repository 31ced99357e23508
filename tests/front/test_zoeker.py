"""'Wie is het aanspreekpunt?' over HTTP: every uitkomst has its card and a next step, and nothing is kept or given away."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casussen.models import Casus
from kern.klok import today
from tests.factories.netwerk import (
    AfwezigheidFactory,
    BuurtFactory,
    ContactpersoonFactory,
    KleinNetwerk,
    RegisterRegelFactory,
    VestigingFactory,
    klein_netwerk,
)
from tests.factories.toegang import Cast, client_of, make_cast
from toegang.models import User
from wijkteams.models import Contactpersoon

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def netwerk() -> KleinNetwerk:
    return klein_netwerk()


@pytest.fixture
def cast(netwerk: KleinNetwerk) -> Cast:
    return make_cast(school=netwerk.school, team=netwerk.schalkwijk)


def ask(client: Client, *, live: bool = True, **fields: Any) -> str:
    response = client.post("/aanspreekpunt", fields, headers=HTMX if live else {})
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    return response.content.decode()


def plek(netwerk: KleinNetwerk, sector: str = "vo") -> str:
    return f"{netwerk.vestiging.pk}:{sector}"


def hole(netwerk: KleinNetwerk) -> None:
    """An address in Haarlem for which nobody works."""
    BuurtFactory.create(editie=netwerk.editie, code="BU03921001", naam="Spaarndam-West")
    RegisterRegelFactory.create(editie=netwerk.editie, postcode="2063AA", buurt_code="BU03921001", huisnummers=[1])


@pytest.mark.parametrize(
    ("postcode", "huisnummer", "tells"),
    [
        (
            "2037rb",
            "12",
            ["Contact van Wijkteam Schalkwijk", "gemeente Haarlem", "Waarom dit team?", "tel:"],
        ),
        ("2037 RB", "99", ["Contact van Wijkteam Schalkwijk", "staat niet in ons adresregister"]),
        ("2034AA", "99", ["Er zijn meer teams mogelijk", "Wijkteam Schalkwijk", "Wijkteam Haarlemmerhout"]),
        ("2181AA", "3", ["Dit adres ligt in Hillegom", "Jeugdloket Hillegom", "tel:14000", "jeugdloket@gemeente.example"]),
        ("2037ZZ", "3", ["Deze postcode kennen we niet", "Kijk de postcode na", "Wijkteam Schalkwijk"]),
        ("9999ZZ", "3", ["Deze postcode kennen we niet", "kennen we geen team"]),
        ("2063AA", "1", ["nog geen team afgesproken", "regio@demo.example"]),
        ("2101AA", "3", ["Wijkteam Heemstede", "niemand persoonlijk bereikbaar", "tel:+31235550000"]),
    ],
)
def test_every_uitkomst_has_its_own_card_and_something_to_do_next(
    netwerk: KleinNetwerk, cast: Cast, postcode: str, huisnummer: str, tells: list[str]
) -> None:
    hole(netwerk)
    away = Contactpersoon.objects.get(wijkteam=netwerk.team_heemstede)
    AfwezigheidFactory.create(contactpersoon=away, van=today(), tot_en_met=today())
    for live in (True, False):
        html = ask(client_of(cast.zoe), live=live, postcode=postcode, huisnummer=huisnummer, plek=plek(netwerk))
        assert [text for text in tells if text not in html] == []
        assert ("<html" in html) is not live


def test_who_is_away_is_named_with_who_to_call(netwerk: KleinNetwerk, cast: Cast) -> None:
    vast = Contactpersoon.objects.get(wijkteam=netwerk.schalkwijk)
    deputy = ContactpersoonFactory.create(wijkteam=netwerk.schalkwijk, naam="Vera Vervanger", telefoon="0235550142")
    AfwezigheidFactory.create(contactpersoon=vast, van=today(), tot_en_met=today() + timedelta(days=3), vervanger=deputy)
    html = ask(client_of(cast.zoe), postcode="2037RB", huisnummer="12", plek=plek(netwerk))
    assert "Vera Vervanger" in html
    assert f"vervangt nu {vast.naam}" in html
    assert "023 555 01 42" in html
    assert "afwezig tot en met" in html


def test_half_an_address_is_not_wrong_yet(netwerk: KleinNetwerk, cast: Cast) -> None:
    for postcode, huisnummer in (("", ""), ("2", ""), ("2037", "12"), ("2037RB", "")):
        html = ask(client_of(cast.zoe), postcode=postcode, huisnummer=huisnummer)
        assert "Postcode en huisnummer zijn genoeg" in html


def test_a_button_says_at_the_field_what_is_wrong(netwerk: KleinNetwerk, cast: Cast) -> None:
    html = ask(client_of(cast.zoe), live=False, postcode="2037", huisnummer="0", geboortedatum="2999-01-01")
    assert "<title>Fout: Wie is het aanspreekpunt? – Aanspreekpunt</title>" in html
    for target in ("id_postcode", "id_huisnummer", "id_geboortedatum"):
        assert f'<a href="#{target}">' in html
        assert f'id="{target}_error"' in html
    assert 'value="2037"' in html


EVIL = [
    "0000AA",
    "1234SS",
    "-1",
    "99999999",
    "12abc",
    "😀",
    "x" * 10_000,
    "'; DROP TABLE x; --",
    "<script>alert(1)</script>",
    "\x00",
    "١٢",
]


@pytest.mark.parametrize("field", ["postcode", "huisnummer", "toevoeging", "plek", "geboortedatum", "peildatum", "geheim"])
def test_nothing_that_is_typed_breaks_it(netwerk: KleinNetwerk, cast: Cast, field: str) -> None:
    client = client_of(cast.zoe)
    for evil in EVIL:
        fields = {"postcode": "2037RB", "huisnummer": "12", "plek": plek(netwerk), field: evil}
        for live in (True, False):
            assert "<script>alert" not in ask(client, live=live, **fields)


def test_a_secret_address_gives_a_person_and_no_place(netwerk: KleinNetwerk, cast: Cast) -> None:
    html = ask(client_of(cast.wim), postcode="2037RB", huisnummer="12", geheim="on")
    assert "Contact van Wijkteam Schalkwijk" in html
    for place in ("2037", "Boerhaavewijk", "Haarlemmerhout", "WK0392", "BU0392"):
        assert place not in html


def test_only_the_own_school_can_be_chosen(netwerk: KleinNetwerk, cast: Cast) -> None:
    other = VestigingFactory.create(school=cast.school_b, sectoren=["vo"])
    page = client_of(cast.zoe).get("/aanspreekpunt").content.decode()
    assert f'value="{netwerk.vestiging.pk}:vo" selected' in page, "the only location is chosen beforehand"
    assert f'value="{other.pk}:vo"' not in page
    html = ask(client_of(cast.zoe), postcode="2037RB", huisnummer="12", plek=f"{other.pk}:vo")
    assert '<input type="hidden" name="vestiging" value="">' in html


def test_the_address_goes_on_to_a_casus_by_post(netwerk: KleinNetwerk, cast: Cast) -> None:
    html = ask(client_of(cast.zoe), postcode="2037 rb", huisnummer="12", toevoeging="b hs", plek=plek(netwerk), geheim="on")
    sent = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', html))
    assert 'method="post" action="/casussen/nieuw"' in html
    assert sent.pop("verzoek_sleutel")
    assert sent.pop("csrfmiddlewaretoken")
    assert sent.pop("kandidaat")
    assert sent == {
        "vestiging": netwerk.vestiging.brin,
        "sector": "vo",
        "geboortedatum": "",
        "postcode": "2037RB",
        "huisnummer": "12",
        "huisletter": "B",
        "toevoeging": "HS",
        "geheim_adres": "on",
    }


def test_a_school_that_was_not_chosen_is_asked_for_and_no_mistake_yet(netwerk: KleinNetwerk, cast: Cast) -> None:
    VestigingFactory.create(school=netwerk.school, sectoren=["vo"])
    client = client_of(cast.zoe)
    html = ask(client, postcode="2037RB", huisnummer="12", plek="")
    sent = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', html))
    page = client.post("/casussen/nieuw", sent)
    assert page.status_code == 200
    html = page.content.decode()
    assert "Kijk dit nog even na" not in html
    assert 'name="postcode" value="2037RB"' in html, "what was looked up goes along"
    sent.pop("vestiging")  # a group of radio buttons without a choice sends nothing
    refused = client.post("/casussen/nieuw", sent)
    assert refused.status_code == 422
    assert "Kies de school van de leerling." in refused.content.decode()
    assert Casus.objects.count() == 0


def test_only_a_zorgcoordinator_may_go_on_to_a_casus(netwerk: KleinNetwerk, cast: Cast) -> None:
    for user in (cast.teun, cast.wim, cast.rea, cast.fenna):
        assert "Casus aanmelden" not in ask(client_of(user), postcode="2037RB", huisnummer="12", plek=plek(netwerk))


def test_a_candidate_can_be_picked_or_left_to_the_region(netwerk: KleinNetwerk, cast: Cast) -> None:
    html = ask(client_of(cast.zoe), postcode="2034AA", huisnummer="99", plek=plek(netwerk))
    picks = re.findall(r'<input type="radio" name="keuze" value="(\d*)"', html)
    assert set(picks) == {str(netwerk.schalkwijk.pk), str(netwerk.centrum.pk), ""}
    assert 'name="keuze_reden"' in html


def test_a_location_with_more_sectors_is_offered_per_sector(netwerk: KleinNetwerk, cast: Cast) -> None:
    two = VestigingFactory.create(school=netwerk.school, naam="Tweede", sectoren=["vo", "mbo"])
    page = client_of(cast.zoe).get("/aanspreekpunt").content.decode()
    assert f'<option value="{two.pk}:mbo">Tweede (middelbaar beroepsonderwijs)</option>' in page
    html = ask(client_of(cast.zoe), live=False, postcode="2037RB", huisnummer="12", plek=f"{two.pk}:mbo")
    assert "huisadres van de student" in html


def test_no_address_is_taken_from_or_put_in_a_url(netwerk: KleinNetwerk, cast: Cast) -> None:
    html = client_of(cast.zoe).get("/aanspreekpunt?postcode=2037RB&huisnummer=12").content.decode()
    assert "2037RB" not in html
    assert "Contact van" not in html
    assert 'method="post" action="/aanspreekpunt"' in html


def test_a_look_up_stores_nothing(netwerk: KleinNetwerk, cast: Cast) -> None:
    client = client_of(cast.zoe)
    client.get("/aanspreekpunt")  # the session notes that someone is there
    with CaptureQueriesContext(
        connection,
    ) as queries:
        ask(client, postcode="2037RB", huisnummer="12", plek=plek(netwerk))
    assert [query["sql"] for query in queries if not query["sql"].lstrip().upper().startswith(("SELECT", "WITH"))] == []


def test_the_number_of_queries_does_not_grow_with_the_network(netwerk: KleinNetwerk, cast: Cast) -> None:
    client = client_of(cast.zoe)
    client.get("/aanspreekpunt")

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            ask(client, postcode="2037RB", huisnummer="12", plek=plek(netwerk))
        return len(queries)

    before = count()
    ContactpersoonFactory.create_batch(30, wijkteam=netwerk.schalkwijk)
    VestigingFactory.create_batch(10, school=netwerk.school)
    assert count() == before
    assert before <= 8  # session, user, appointment, locations, at most three for the route, and the mandate of the school


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("zoe", 200),
        ("teun", 200),
        ("wim", 200),
        ("cora", 200),
        ("rea", 200),
        ("fenna", 200),
        ("gerda", 403),
        ("leeg", 403),
        (None, 302),
    ],
)
def test_who_may_look_up_an_address(cast: Cast, who: str | None, status: int) -> None:
    user: User | None = getattr(cast, who) if who else None
    assert client_of(user).get("/aanspreekpunt").status_code == status


def test_it_takes_no_other_method(cast: Cast) -> None:
    assert client_of(cast.zoe).put("/aanspreekpunt").status_code == 405
