"""Pages that belong to no room: home, the menu, who is signed in, errors, photos."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client, RequestFactory
from django.views.defaults import server_error

from portal.navigatie import BESTEMMINGEN
from tests.factories.netwerk import ContactpersoonFactory
from tests.factories.toegang import Cast, UserFactory, appoint, client_of, make_cast
from toegang.rollen import SCHOOLTEAMLEIDER, ZORGCOORDINATOR

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.mark.parametrize(
    ("who", "home"),
    [
        ("zoe", "/aanspreekpunt"),
        ("teun", "/mijn-dag"),
        ("wim", "/werkvoorraad"),
        ("cora", "/werkvoorraad"),
        ("rea", "/te-routeren"),
        ("fenna", "/beheer/"),
        ("leeg", "/geen-rol"),
    ],
)
def test_everyone_starts_where_the_work_is(cast: Cast, who: str, home: str) -> None:
    response = client_of(getattr(cast, who)).get("/")
    assert (response.status_code, response["Location"]) == (302, home)
    assert client_of(getattr(cast, who)).get(home).status_code == 200


def test_a_stranger_starts_at_the_sign_in() -> None:
    response = Client().get("/")
    assert response["Location"].startswith("/account/login")


def menu_of(client: Client) -> list[tuple[str, str]]:
    html = client.get("/over").content.decode()
    nav = re.search(r'<nav class="ap-nav".*?</nav>', html, re.DOTALL)
    return re.findall(r'<a href="([^"]+)"[^>]*>\s*([^<]+?)\s*<', nav[0]) if nav else []


def test_everything_in_someones_menu_is_for_them(cast: Cast) -> None:
    for name, user in cast.everyone.items():
        client = client_of(user)
        for url, label in menu_of(client):
            assert client.get(url).status_code == 200, f"{name}: {label}"


def test_every_place_in_the_menu_exists() -> None:
    assert [place.naam for place in BESTEMMINGEN if not place.exists()] == []


def test_the_page_says_who_is_signed_in_and_as_what(cast: Cast) -> None:
    html = client_of(cast.zoe).get("/over").content.decode()
    assert "Zoë Zorg" in html
    assert "zorgcoördinator · School A" in html


def test_more_roles_are_counted() -> None:
    cast = make_cast()
    both = UserFactory.create(naam="Bea Beide")
    appoint(both, ZORGCOORDINATOR, cast.school_a)
    appoint(both, SCHOOLTEAMLEIDER, cast.school_a)
    assert "zorgcoördinator · School A (en nog 1 rol)" in client_of(both).get("/over").content.decode()


def test_a_page_without_a_signed_in_person_asks_the_database_nothing(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert Client().get("/over").status_code == 200


def test_the_frame_costs_four_queries(cast: Cast, django_assert_max_num_queries: Any) -> None:
    client = client_of(cast.zoe)
    client.get("/over")
    with django_assert_max_num_queries(5):  # session, user, appointment, its organisation, unread
        client.get("/over")


def test_the_policy_allows_nothing_inline() -> None:
    policy = Client().get("/over")["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "style-src 'self'" in policy
    assert "default-src 'none'" in policy


def test_what_is_not_there_and_what_is_not_yours_have_their_own_words(cast: Cast) -> None:
    missing = client_of(cast.zoe).get("/bestaat-niet")
    assert missing.status_code == 404
    assert "Deze pagina is er niet" in missing.content.decode()
    refused = client_of(cast.gerda).get("/aanspreekpunt")
    assert refused.status_code == 403
    assert "Deze pagina is niet voor uw rol" in refused.content.decode()


def test_the_page_for_our_own_mistakes_needs_nothing_that_can_be_broken(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        response = server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "Er ging iets mis bij ons" in response.content.decode()


PNG = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc00000030001")


def test_a_photo_is_for_who_is_signed_in_with_a_role(cast: Cast, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    persoon = ContactpersoonFactory.create(wijkteam=cast.team_a)
    persoon.foto.save("gezicht.png", ContentFile(PNG))
    url = f"/foto/{persoon.pk}"
    response = client_of(cast.zoe).get(url)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/png"
    assert b"".join(response.streaming_content) == PNG  # type: ignore[attr-defined]
    assert client_of(cast.leeg).get(url).status_code == 404
    assert Client().get(url).status_code == 302
    assert client_of(cast.zoe).get(f"/foto/{persoon.pk + 999}").status_code == 404


def test_only_an_image_is_sent_as_a_photo(cast: Cast, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    persoon = ContactpersoonFactory.create(wijkteam=cast.team_a)
    persoon.foto.save("gezicht.svg", ContentFile(b"<svg onload='alert(1)'/>"))
    assert client_of(cast.zoe).get(f"/foto/{persoon.pk}").status_code == 404
