"""POST /api/v1/routeringen: every uitkomst is a 200 with the JSON of design §4; only the form of the question can be wrong."""

import json
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command

from kern.klok import today
from tests.factories.netwerk import WerkgebiedFactory, make_team
from wijkteams.models import Werkgebied, Wijkteam

pytestmark = pytest.mark.django_db
KEYS = [
    *("uitkomst", "afgeleid", "peildatum", "editie", "adres", "gemeente", "wijk", "buurt"),
    *("wijkteam", "aanspreekpunt", "vervanger", "kandidaten", "uitleg", "fouten"),
]


@pytest.fixture
def ask(cast, api_of):
    api = api_of(cast.zoe)

    def ask(**question):
        response = api.post("routeringen", question)
        assert response.status_code == 200, response.content.decode()
        body = response.json()
        assert list(body) == KEYS
        return body

    return ask


class TestUitkomsten:
    def test_toegewezen(self, ask, netwerk):
        body = ask(postcode="2037 rb", huisnummer=12, sector="vo", school="99AB00", geboortedatum="2011-05-17")
        assert body["uitkomst"] == "toegewezen"
        assert body["afgeleid"] is False
        assert body["peildatum"] == today().isoformat()
        assert body["editie"] == "2025"
        assert body["adres"] == {"postcode": "2037RB", "huisnummer": 12, "huisletter": None, "toevoeging": None}
        assert body["gemeente"] == {"code": "GM0392", "naam": "Haarlem"}
        assert body["wijk"] == {"code": "WK039205", "naam": "Schalkwijk"}
        assert body["buurt"] == {"code": "BU03920501", "naam": "Boerhaavewijk"}
        assert body["wijkteam"]["id"] == netwerk.schalkwijk.pk
        assert body["aanspreekpunt"]["naam"] == "Contact van Wijkteam Schalkwijk"
        assert body["vervanger"] is None
        assert body["kandidaten"] == body["fouten"] == []
        assert body["uitleg"]

    def test_toegewezen_afgeleid(self, ask):
        body = ask(postcode="2037RB", huisnummer=999)
        assert (body["uitkomst"], body["afgeleid"]) == ("toegewezen", True)

    def test_meerdere(self, ask):
        body = ask(postcode="2034AA", huisnummer=999)
        assert body["uitkomst"] == "meerdere"
        assert {kandidaat["wijkteam"]["naam"] for kandidaat in body["kandidaten"]} == {
            "Wijkteam Schalkwijk",
            "Wijkteam Haarlemmerhout",
        }

    def test_buiten_regio(self, ask):
        body = ask(postcode="2181AA", huisnummer=1)
        assert (body["uitkomst"], body["gemeente"]["naam"], body["wijkteam"]) == ("buiten_regio", "Hillegom", None)

    def test_adres_onbekend(self, ask):
        assert ask(postcode="9999ZZ", huisnummer=1)["uitkomst"] == "adres_onbekend"
        assert ask(postcode="2037ZZ", huisnummer=1)["kandidaten"], "of the same four digits"

    def test_geen_team(self, ask, netwerk):
        Werkgebied.objects.filter(wijkteam=netwerk.team_heemstede).delete()
        assert ask(postcode="2101AA", huisnummer=1)["uitkomst"] == "geen_team"

    def test_geen_contact(self, ask, netwerk):
        netwerk.team_heemstede.aanspreekpunten.all().delete()
        body = ask(postcode="2101AA", huisnummer=1)
        assert body["uitkomst"] == "geen_contact"
        assert body["wijkteam"]["email"]

    def test_ongeldig_by_postcode(self, ask, subtests):
        for postcode in ["0000AA", "1234SS", "", " ", "2037", "2037R", "😀", "x" * 10_000, "'; DROP TABLE x;--", "\x00"]:
            with subtests.test(postcode=str(postcode)[:40]):
                body = ask(postcode=postcode, huisnummer=1)
                assert body["uitkomst"] == "ongeldig"
                assert [fout["veld"] for fout in body["fouten"]] == ["postcode"]

    def test_ongeldig_by_huisnummer(self, ask, subtests):
        for huisnummer in [
            0,
            -1,
            99999999,
            10**30,
            "0",
            "-1",
            "99999999",
            "12abc",
            "",
            "één",
            "😀",
            "x" * 10_000,
            "<b>1</b>",
            "\x00",
        ]:
            with subtests.test(huisnummer=str(huisnummer)[:40]):
                body = ask(postcode="2037RB", huisnummer=huisnummer)
                assert body["uitkomst"] == "ongeldig"
                assert [fout["veld"] for fout in body["fouten"]] == ["huisnummer"]

    def test_ongeldig_says_which_field(self, ask, subtests):
        for veld, waarde in [
            ("sector", "universiteit"),
            ("school", "NIET"),
            ("school", "12AB"),
            ("geboortedatum", "2999-01-01"),
            ("geboortedatum", "2012-02-31"),
            ("geboortedatum", "gisteren"),
            ("peildatum", "x"),
            ("huisletter", "AB"),
            ("toevoeging", "x" * 10_000),
        ]:
            with subtests.test(veld=str(veld)[:40], waarde=str(waarde)[:40]):
                body = ask(postcode="2037RB", huisnummer=12, **{veld: waarde})
                assert body["uitkomst"] == "ongeldig"
                assert [fout["veld"] for fout in body["fouten"]] == [veld]
                assert body["fouten"][0]["melding"]
                assert waarde not in json.dumps(body["fouten"])


class TestForm:
    def test_a_number_may_be_text(self, ask, subtests):
        for huisnummer in [12, "12", "12-B", "12 b hs", " 12 "]:
            with subtests.test(huisnummer=str(huisnummer)[:40]):
                assert ask(postcode="2037 RB", huisnummer=huisnummer)["adres"]["huisnummer"] == 12

    def test_null_is_the_same_as_absent(self, ask):
        optional = ("huisletter", "toevoeging", "sector", "school", "geboortedatum", "peildatum")
        assert ask(postcode="2037RB", huisnummer=12, **dict.fromkeys(optional)) == ask(postcode="2037RB", huisnummer=12)

    def test_400_for_a_wrong_type_or_an_unknown_field(self, cast, api_of, subtests):
        for question in [
            {},
            {"postcode": "2037RB"},
            {"huisnummer": 1},
            {"postcode": 2037, "huisnummer": 1},
            {"postcode": None, "huisnummer": 1},
            {"postcode": ["2037RB"], "huisnummer": 1},
            {"postcode": {"a": 1}, "huisnummer": 1},
            {"postcode": True, "huisnummer": 1},
            {"postcode": "2037RB", "huisnummer": None},
            {"postcode": "2037RB", "huisnummer": True},
            {"postcode": "2037RB", "huisnummer": 1.5},
            {"postcode": "2037RB", "huisnummer": [1]},
            {"postcode": "2037RB", "huisnummer": {"nummer": 1}},
            {"postcode": "2037RB", "huisnummer": 1, "sector": 3},
            {"postcode": "2037RB", "huisnummer": 1, "geboortedatum": 20110517},
            {"postcode": "2037RB", "huisnummer": 1, "geheim": "ja"},
            {"postcode": "2037RB", "huisnummer": 1, "geheim": 1},
            {"postcode": "2037RB", "huisnummer": 1, "geheim": None},
            {"postcode": "2037RB", "huisnummer": 1, "naam": "Jantje"},
            {"Postcode": "2037RB", "huisnummer": 1},
            {"postcode": "2037RB", "huisnummer": 1, "": 1},
        ]:
            with subtests.test(question=str(question)[:40]):
                response = api_of(cast.zoe).post("routeringen", question)
                assert response.status_code == 400
                assert response.json()["fouten"]
                assert "Jantje" not in response.content.decode()

    def test_the_query_string_is_not_for_addresses(self, cast, api_of):
        response = api_of(cast.zoe).post("routeringen?postcode=2037RB&huisnummer=12", {})
        assert response.status_code == 400


def test_a_secret_address_is_in_no_answer(ask):
    body = ask(postcode="2037RB", huisnummer=12, geheim=True)
    assert body["uitkomst"] == "toegewezen"
    assert (body["adres"], body["wijk"], body["buurt"]) == (None, None, None)
    for part in ("2037RB", "2037 RB", "BU0392", "WK0392", "Boerhaavewijk"):
        assert part not in json.dumps(body)


def test_it_is_the_json_of_the_command(ask):
    out = StringIO()
    call_command("route", "2037RB", "12", "--sector", "vo", "--json", stdout=out)
    assert json.loads(out.getvalue()) == ask(postcode="2037RB", huisnummer="12", sector="vo")


def test_it_stores_nothing(cast, api_of):
    api = api_of(cast.zoe)
    api.post("routeringen", {"postcode": "2037RB", "huisnummer": 12})  # the first use of a token is written down
    models = [model for model in apps.get_models() if model._meta.managed]
    before = {model: list(model._default_manager.order_by("pk").values()) for model in models}
    for question in ({"postcode": "2037RB", "huisnummer": 12}, {"postcode": "0000AA", "huisnummer": 0}):
        assert api.post("routeringen", question).status_code == 200
    assert {model: list(model._default_manager.order_by("pk").values()) for model in models} == before


def test_four_queries_at_most(cast, api_of, django_assert_max_num_queries):
    api = api_of(cast.zoe)
    question = {"postcode": "2037RB", "huisnummer": 12, "sector": "vo", "school": "99AB00", "geboortedatum": "2011-05-17"}
    api.post("routeringen", question)
    with django_assert_max_num_queries(4):  # the token, and at most three for the route
        api.post("routeringen", question)


def test_html_in_a_name_stays_text(cast, api_of, netwerk):
    """JSON is not HTML: the name comes back as it is, and the answer says what it is."""
    Wijkteam.objects.filter(pk=netwerk.schalkwijk.pk).update(naam="<script>alert(1)</script>")
    response = api_of(cast.zoe).post("routeringen", {"postcode": "2037RB", "huisnummer": 12})
    assert response.json()["wijkteam"]["naam"] == "<script>alert(1)</script>"
    assert response["Content-Type"] == "application/json"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_rules_of_another_day(ask, netwerk):
    other = make_team("Wijkteam Nieuw", gemeente=netwerk.heemstede)
    Werkgebied.objects.filter(wijkteam=netwerk.team_heemstede).update(tot="2030-01-01")
    WerkgebiedFactory.create(wijkteam=other, soort="gemeente", gebied="GM0397", van="2030-01-01")
    assert ask(postcode="2101AA", huisnummer=1)["wijkteam"]["naam"] == "Wijkteam Heemstede"
    assert ask(postcode="2101AA", huisnummer=1, peildatum="2030-01-01")["wijkteam"]["naam"] == "Wijkteam Nieuw"
