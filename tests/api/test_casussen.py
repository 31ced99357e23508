"""Casussen by API: what each role sees, drafts, steps, who was first, and what is written in the access log."""

import json
import uuid
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casussen.keuzes import Status
from casussen.models import Casus, Doelversie, Overgang
from casussen.views.keuzes import team_choices
from kern.klok import now
from scholen.models import Leerling
from tests.factories.casussen import (
    COMPLEET,
    INTREKKEN,
    NU,
    STARTEN,
    TERUGKOPPELING,
    TERUGLEGGEN,
    Wereld,
    colleague,
    make_wereld,
    shared_casus,
)
from tests.factories.hulp import make_arrangement, share
from tests.factories.toegang import appoint, client_of
from tests.factories.zorg import AanbiederFactory
from toegang.models import Inzage
from toegang.rollen import GEMEENTEMEDEWERKER

pytestmark = pytest.mark.django_db
DETAIL, STEP = "casussen/{nummer}", "casussen/{nummer}/transities"


@pytest.fixture(autouse=True)
def _at_nu():
    """The moment of the casus factories, so that their dates are neither old nor in the future."""
    with time_machine.travel(NU, tick=True):
        yield


@pytest.fixture
def wereld(_at_nu) -> Wereld:
    return make_wereld()


@pytest.fixture
def as_(wereld, api_of):
    """`as_("zoe")` speaks as one of the cast."""
    made: dict[str, Any] = {}

    def speak(name: str) -> Any:
        if name not in made:
            user = wereld.cees if name == "cees" else getattr(wereld.cast, name)
            made[name] = api_of(user)
        return made[name]

    return speak


def look(api, casus) -> Any:
    return api.get(f"casussen/{casus.nummer}", DETAIL)


def step(api, casus, actie: str, **fields: Any) -> Any:
    headers = fields.pop("headers", {})
    return api.post(f"casussen/{casus.nummer}/transities", {"actie": actie, **fields}, STEP, **headers)


def numbers(response) -> list[str]:
    assert response.status_code == 200
    return [row["nummer"] for row in response.json()["results"]]


class TestWhoSees:
    @pytest.mark.parametrize("path", ["casussen", "casussen/2026-000001"])
    def test_401_for_a_stranger(self, api_of, path):
        assert api_of(None).get(path).status_code == 401
        assert api_of(None).post("casussen", {}).status_code == 401
        assert api_of(None).post("casussen/2026-000001/transities", {}).status_code == 401

    @pytest.mark.parametrize("who", ["gerda", "fenna"])
    def test_403_for_a_role_that_has_nothing_to_do_with_casussen(self, wereld, as_, who):
        casus = wereld.casus()
        assert as_(who).get("casussen").status_code == 403
        assert look(as_(who), casus).status_code == 403
        assert as_(who).post("casussen", {}).status_code == 403
        assert step(as_(who), casus, "ontvangen").status_code == 403

    @pytest.mark.parametrize("who", ["otto", "ona", "cees", "rik", "teun"])
    def test_404_for_an_outsider(self, wereld, as_, who):
        """Also for the teamleider, as long as nothing of the school is overdue."""
        casus = wereld.casus()
        assert numbers(as_(who).get("casussen")) == []
        for response in (look(as_(who), casus), step(as_(who), casus, "ontvangen")):
            assert response.status_code == 404
        assert Casus.objects.get(pk=casus.pk).status == Status.AANGEMELD

    def test_404_for_what_is_not_there(self, as_, subtests):
        for nummer in ["2026-999999", "0000-000000", "2026-12345", "2026-12345678", "2026-00000x"]:
            with subtests.test(nummer=str(nummer)[:40]):
                assert as_("zoe").get(f"casussen/{nummer}").status_code == 404

    @pytest.mark.parametrize("who", ["zoe", "wim", "cora", "rea"])
    def test_200_for_who_has_to_do_with_it(self, wereld, as_, who):
        casus = wereld.casus()
        assert numbers(as_(who).get("casussen")) == [casus.nummer]
        assert look(as_(who), casus).status_code == 200

    def test_the_teamleider_sees_what_is_overdue_at_school(self, wereld, as_):
        casus = wereld.casus(Status.AANVULLING_GEVRAAGD)
        assert look(as_("teun"), casus).status_code == 404
        casus.termijnen.filter(eigenaar_soort="school").update(
            begint_op=now() - timedelta(days=9), vervalt_op=now() - timedelta(days=3)
        )
        assert look(as_("teun"), casus).json()["inhoud"]["hulpvraag"]

    def test_a_draft_is_for_its_maker_alone(self, wereld, as_):
        casus = wereld.concept()
        assert numbers(as_("zoe").get("casussen")) == [casus.nummer]
        for who in ("wim", "rea", "teun"):
            assert look(as_(who), casus).status_code == 404

    def test_withdrawing_ends_it_for_the_team(self, wereld, as_):
        casus = wereld.casus()
        assert look(as_("wim"), casus).status_code == 200
        assert step(as_("zoe"), casus, "intrekken", **INTREKKEN).status_code == 200
        assert look(as_("wim"), casus).status_code == 404
        assert step(as_("wim"), casus, "ontvangen").status_code == 404


class TestContent:
    def test_the_list_tells_nothing_about_the_pupil(self, wereld, as_):
        wereld.casus()
        for who in ("zoe", "wim", "rea"):
            text = as_(who).get("casussen").content.decode()
            for private in ("Testleerling", "Voorbeeld ", "A1001", "2012-05-17", "2037RB", "Rust thuis", "oma helpt"):
                assert private not in text

    def test_the_regiocoordinator_sees_status_and_clock_only(self, wereld, as_):
        casus = wereld.casus()
        body = look(as_("rea"), casus).json()
        assert body["inhoud"] is None
        assert body["te_routeren"] is None
        assert body["inhoud_zichtbaar"] is False
        assert body["volgende_stap"]["eigenaar"] == "wijkteam"
        assert body["volgende_stap"]["uiterlijk"]
        text = json.dumps(body)
        for private in ("Testleerling", "A1001", "2012-05-17", "2037RB", "Rust thuis", "Contact Wim", "Zoë"):
            assert private not in text

    def test_of_a_casus_to_route_also_the_address(self, wereld, as_):
        casus = wereld.concept(postcode="2034AA", huisnummer="999")
        assert step(as_("zoe"), casus, "aanmelden").json()["status"] == "te_routeren"
        waiting = look(as_("rea"), casus).json()["te_routeren"]
        assert (waiting["postcode"], waiting["huisnummer"], waiting["sector"]) == ("2034AA", "999", "vo")
        assert {team["naam"] for team in waiting["kandidaten"]} == {"Wijkteam Schalkwijk", "Wijkteam Haarlemmerhout"}
        assert look(as_("zoe"), casus).json()["te_routeren"] is None

    def test_a_secret_address_is_shown_to_nobody(self, wereld, as_):
        casus = wereld.concept(postcode="2034AA", huisnummer="999", geheim_adres=True)
        assert step(as_("zoe"), casus, "aanmelden").json()["status"] == "te_routeren"
        texts = [look(as_(who), casus).content.decode() for who in ("zoe", "rea")]
        toewijzen = {"wijkteam": wereld.net.schalkwijk.pk, "toelichting": "Overlegd met de gemeente."}
        assert step(as_("rea"), casus, "toewijzen", **toewijzen).status_code == 200
        texts += [look(as_(who), casus).content.decode() for who in ("zoe", "wim", "cora", "rea")]
        for text in texts:
            for part in ("2034", "999", "BU0392", "WK0392", "Boerhaavewijk", "Haarlemmerhout"):
                assert part not in text.replace("Wijkteam Haarlemmerhout", "")

    def test_the_family_notes_are_for_the_team_alone(self, wereld, as_):
        casus = wereld.casus(Status.IN_BEHANDELING)
        assert [c["notitie"] for c in look(as_("wim"), casus).json()["inhoud"]["contactmomenten"]] == [STARTEN["contact_notitie"]]
        casus.termijnen.create(
            ronde=1,
            soort="proef",
            eigenaar_soort="school",
            begint_op=now() - timedelta(days=9),
            vervalt_op=now() - timedelta(days=3),
        )
        for who in ("zoe", "teun", "rea"):
            response = look(as_(who), casus)
            assert response.status_code == 200
            assert STARTEN["contact_notitie"] not in response.content.decode()

    def test_another_team_gets_no_notes_of_the_first(self, wereld, as_):
        casus = wereld.casus(Status.IN_BEHANDELING)
        doorzetten = {"wijkteam": wereld.net.centrum.pk, "reden": "niet_ons_gebied", "toelichting": "Ander adres."}
        assert step(as_("cora"), casus, "doorzetten", **doorzetten).status_code == 200
        assert look(as_("wim"), casus).status_code == 404
        response = look(as_("cees"), casus)
        assert response.status_code == 200
        assert STARTEN["contact_notitie"] not in response.content.decode()

    def test_what_was_shared_is_whole(self, wereld, as_):
        body = look(as_("wim"), wereld.casus()).json()
        inhoud = body["inhoud"]
        assert inhoud["leerling"]["achternaam"] == "Testleerling"
        assert inhoud["adres"] == {"postcode": "2037RB", "huisnummer": 12, "huisletter": "", "toevoeging": ""}
        assert inhoud["aangevraagd_door"]["naam"] == "Zoë Zorg"
        assert inhoud["toestemmingen"][0]["gever"] == "beide"
        flags = ("thuiszitter", "niet_bereikbaar", "wacht_op_zorg", "buiten_regio")
        assert {vlag: inhoud[vlag] for vlag in flags} == dict.fromkeys(flags, False)
        assert body["concept"] is None
        ontvangen = next(actie for actie in body["acties"] if actie["actie"] == "ontvangen")
        assert ontvangen["mag"] is True
        assert [veld["naam"] for veld in ontvangen["velden"]] == ["behandelaar"]


class TestDraft:
    def test_201_with_where_it_is(self, wereld, as_):
        response = as_("zoe").post("casussen", {"voornaam": "Voorbeeld"})
        assert response.status_code == 201
        body = response.json()
        assert response["Location"] == f"/api/v1/casussen/{body['nummer']}"
        assert (body["status"], body["versie"]) == ("concept", 0)
        assert body["concept"]["gegevens"] == {"voornaam": "Voorbeeld"}
        assert "hulpvraag" in {item["veld"] for item in body["concept"]["ontbreekt"]}
        assert Casus.objects.get().aangevraagd_door == wereld.cast.zoe

    def test_what_cannot_be_read_is_kept_and_named(self, as_):
        body = as_("zoe").post("casussen", {"geboortedatum": "gisteren", "postcode": "0000AA", "huisnummer": 0}).json()
        assert {item["veld"] for item in body["concept"]["fouten"]} == {"geboortedatum", "postcode", "huisnummer"}
        assert body["concept"]["gegevens"]["geboortedatum"] == "gisteren"

    def test_the_whole_way(self, as_):
        nummer = as_("zoe").post("casussen", COMPLEET).json()["nummer"]
        casus = Casus.objects.get(nummer=nummer)
        assert look(as_("zoe"), casus).json()["concept"]["ontbreekt"] == []
        done = step(as_("zoe"), casus, "aanmelden", versie=0).json()
        assert (done["status"], done["versie"], done["wijkteam"]["naam"]) == ("aangemeld", 1, "Wijkteam Schalkwijk")
        assert step(as_("wim"), casus, "ontvangen", versie=1).json()["status"] == "ontvangen"
        assert step(as_("wim"), casus, "starten", versie=2, **STARTEN).json()["status"] == "in_behandeling"
        assert (
            step(as_("wim"), casus, "vragen", vraag="Welke afspraken maakte de mentor?").json()["status"] == "aanvulling_gevraagd"
        )
        assert look(as_("zoe"), casus).json()["inhoud"]["open_vraag"]["tekst"] == "Welke afspraken maakte de mentor?"
        assert step(as_("zoe"), casus, "beantwoorden", antwoord="Elke week een gesprek.").json()["status"] == "in_behandeling"
        assert step(as_("wim"), casus, "terugleggen", **TERUGLEGGEN).json()["status"] == "teruggelegd"
        assert step(as_("zoe"), casus, "intrekken", **INTREKKEN).json()["status"] == "ingetrokken"

    def test_the_same_request_twice_is_one_casus(self, as_):
        body = {"verzoek_sleutel": str(uuid.uuid4()), "voornaam": "Voorbeeld"}
        first, second = as_("zoe").post("casussen", body), as_("zoe").post("casussen", body)
        assert first.json()["nummer"] == second.json()["nummer"]
        assert Casus.objects.count() == 1

    def test_403_for_who_is_no_zorgcoordinator(self, as_, subtests):
        for who in ["teun", "wim", "cora", "rea"]:
            with subtests.test(who=str(who)[:40]):
                assert as_(who).post("casussen", COMPLEET).status_code == 403
                assert not Casus.objects.exists()

    def test_422_for_a_school_that_is_not_hers(self, as_, subtests):
        for brin in ["98ZZ00", "x", "99AB99", "' OR 1=1"]:
            with subtests.test(brin=str(brin)[:40]):
                response = as_("zoe").post("casussen", {"vestiging": brin})
                assert response.status_code == 422
                assert [item["veld"] for item in response.json()["ontbreekt"]] == ["vestiging"]
                assert not Casus.objects.exists()

    def test_400_for_a_wrong_type_or_an_unknown_field(self, as_, subtests):
        for body in [
            {"bsn": "123456782"},
            {"status": "aangemeld"},
            {"voornaam": 5},
            {"voornaam": ["a"]},
            {"voornaam": {"a": 1}},
            {"thuiszitter": "ja"},
            {"kandidaat": "twee"},
            {"kandidaat": 0},
            {"kandidaat": 2**63},
            {"verzoek_sleutel": "x"},
            {"hulpvraag": "a\x00b"},
            [],
        ]:
            with subtests.test(body=str(body)[:40]):
                assert as_("zoe").post("casussen", body).status_code == 400
                assert not Casus.objects.exists()

    @pytest.mark.parametrize(
        "text",
        ["<script>alert(1)</script>", "'; DROP TABLE casussen_casus;--", "😀" * 100, "x" * 10_000, "\u202e"],
        ids=["html", "sql", "emoji", "long", "bidi"],
    )
    def test_odd_text_is_kept_or_named_never_a_crash(self, as_, text):
        fields = [name for name, value in COMPLEET.items() if isinstance(value, str)]
        response = as_("zoe").post("casussen", dict.fromkeys(fields, text))
        assert response.status_code == 201
        casus = Casus.objects.get()
        assert step(as_("zoe"), casus, "aanmelden").status_code == 422
        assert not Leerling.objects.exists()


class TestSteps:
    def test_422_names_everything_that_is_missing(self, as_):
        nummer = as_("zoe").post("casussen", {}).json()["nummer"]
        response = step(as_("zoe"), Casus.objects.get(nummer=nummer), "aanmelden")
        assert response.status_code == 422
        missing = response.json()["ontbreekt"]
        assert {"leerlingnummer", "postcode", "hulpvraag", "krachten"} <= {item["veld"] for item in missing}
        assert all(item["melding"] for item in missing)

    def test_409_for_the_wrong_state_says_who_did_what(self, wereld, as_):
        casus = wereld.casus(Status.ONTVANGEN)
        response = step(as_("cora"), casus, "ontvangen")
        assert response.status_code == 409
        body = response.json()
        assert (body["door"], body["gedaan"]) == ("Wim Wijkteam", "ontvangen")
        assert body["casus"] == {"nummer": casus.nummer, "status": "ontvangen", "versie": casus.versie}
        assert "Wim Wijkteam" in body["detail"]

    def test_409_for_a_lost_race(self, wereld, as_):
        casus = wereld.casus()
        seen = look(as_("cora"), casus).json()["versie"]
        assert step(as_("wim"), casus, "ontvangen", versie=seen).status_code == 200
        response = step(as_("cora"), casus, "ontvangen", versie=seen)
        assert response.status_code == 409
        assert response.json()["door"] == "Wim Wijkteam"
        assert response.json()["casus"]["versie"] == seen + 1

    def test_the_same_step_sent_twice_is_taken_once(self, wereld, as_):
        casus = wereld.casus()
        first, second = (step(as_("wim"), casus, "ontvangen", versie=1) for _ in range(2))
        assert first.status_code == second.status_code == 200
        assert first.json() == second.json()
        assert Overgang.objects.filter(casus=casus, actie="ontvangen").count() == 1

    def test_409_for_a_step_that_works_later(self, wereld, as_):
        response = step(as_("wim"), wereld.casus(Status.IN_BEHANDELING), "evalueren", scores=[], **TERUGKOPPELING)
        assert response.status_code == 409
        told = "Dat kan niet bij een casus met status 'in behandeling'. Het kan bij: in uitvoering."
        assert response.json()["detail"] == told

    @pytest.mark.parametrize(
        ("who", "actie", "status"),
        [("zoe", "ontvangen", 403), ("wim", "beantwoorden", 403), ("rea", "ontvangen", 403), ("wim", "doorzetten", 403)],
    )
    def test_403_for_the_wrong_role(self, wereld, as_, who, actie, status):
        casus = wereld.casus()
        response = step(as_(who), casus, actie)
        assert response.status_code == status
        assert Casus.objects.get(pk=casus.pk).status == Status.AANGEMELD

    def test_400_for_a_body_that_cannot_be_a_step(self, wereld, as_, subtests):
        for body in [
            {},
            {"actie": "opheffen"},
            {"actie": 3},
            {"actie": None},
            {"actie": ["ontvangen"]},
            {"actie": "ontvangen", "versie": "een"},
            {"actie": "ontvangen", "versie": -1},
            {"actie": "ontvangen", "versie": True},
            {"actie": "ontvangen", "versie": 2**31},
            {"actie": "ontvangen", "behandelaar": "Wim"},
            {"actie": "ontvangen", "behandelaar": [1]},
            {"actie": "ontvangen", "naar": "afgesloten"},
            [],
            "ontvangen",
        ]:
            with subtests.test(body=str(body)[:40]):
                casus = wereld.casus()
                assert as_("wim").post(f"casussen/{casus.nummer}/transities", body, STEP).status_code == 400

    def test_422_for_a_behandelaar_of_another_team(self, wereld, as_):
        outsider, _ = colleague(wereld.net.centrum, "Ander Team")
        response = step(as_("wim"), wereld.casus(), "ontvangen", behandelaar=outsider.pk)
        assert response.status_code == 422
        assert [item["veld"] for item in response.json()["ontbreekt"]] == ["behandelaar"]

    def test_the_regiocoordinator_assigns(self, wereld, as_):
        casus = wereld.casus(Status.TE_ROUTEREN)
        response = step(as_("rea"), casus, "toewijzen", wijkteam=wereld.net.schalkwijk.pk, toelichting="Overlegd.")
        assert response.json()["status"] == "aangemeld"
        assert response.json()["inhoud_zichtbaar"] is False


class TestIfMatch:
    def test_the_etag_is_the_version(self, wereld, as_):
        casus = wereld.casus()
        etag = look(as_("wim"), casus)["ETag"]
        assert etag == f'"{casus.versie}"'
        response = step(as_("wim"), casus, "ontvangen", headers={"If-Match": etag})
        assert (response.status_code, response["ETag"]) == (200, f'"{casus.versie + 1}"')
        assert step(as_("cora"), casus, "behandelaar_wijzigen", headers={"If-Match": etag}).status_code == 409

    @pytest.mark.parametrize(
        ("header", "status"), [("*", 200), ('W/"1"', 200), ("1", 400), ('"x"', 400), ('"1", "2"', 400), ('""', 400)]
    )
    def test_its_forms(self, wereld, as_, header, status):
        assert step(as_("wim"), wereld.casus(), "ontvangen", headers={"If-Match": header}).status_code == status

    def test_two_that_differ_are_a_mistake(self, wereld, as_):
        assert step(as_("wim"), wereld.casus(), "ontvangen", versie=1, headers={"If-Match": '"2"'}).status_code == 400


class TestList:
    def test_filters(self, wereld, as_):
        one, two = wereld.casus(), wereld.casus(Status.TE_ROUTEREN, leerlingnummer="A2")
        zoe = as_("zoe")
        assert numbers(zoe.get("casussen?status=te_routeren")) == [two.nummer]
        assert numbers(zoe.get(f"casussen?wijkteam={wereld.net.schalkwijk.pk}")) == [one.nummer]
        assert numbers(zoe.get("casussen?school=99AB")) == [two.nummer, one.nummer]
        assert numbers(zoe.get("casussen?school=00XX")) == []
        one.termijnen.update(begint_op=now() - timedelta(days=9), vervalt_op=now() - timedelta(days=1))
        two.termijnen.update(begint_op=now() - timedelta(days=9), vervalt_op=now() + timedelta(days=1))
        assert numbers(zoe.get("casussen?te_laat=true")) == [one.nummer]
        assert numbers(zoe.get("casussen?te_laat=false")) == [two.nummer]

    def test_nothing_about_a_person_in_the_address(self, as_, subtests):
        for query in ["achternaam=Testleerling", "naam=x", "postcode=2037RB", "q=x", "status=leeg", "wijkteam=x", "wijkteam=-1"]:
            with subtests.test(query=str(query)[:40]):
                assert as_("zoe").get(f"casussen?{query}").status_code == 400

    def test_pages_together_are_the_whole_once(self, wereld, as_):
        for _ in range(7):
            shared_casus(wijkteam=wereld.net.schalkwijk)
        api, found, url = as_("wim"), [], "casussen?page_size=3"
        while url:
            page = api.get(url).json()
            found += [row["nummer"] for row in page["results"]]
            url = (page["next"] or "").replace("http://testserver/api/v1/", "")
        assert sorted(found, reverse=True) == found
        assert len(found) == len(set(found)) == 7

    def test_the_number_of_queries_does_not_grow(self, wereld, as_):
        api = as_("wim")
        counts = []
        for more in (1, 12):
            for _ in range(more):
                shared_casus(wijkteam=wereld.net.schalkwijk, vestiging__school=wereld.net.school)
            api.get("casussen")
            with CaptureQueriesContext(connection) as captured:
                api.get("casussen")
            counts.append(len(captured))
        assert counts[0] == counts[1] <= 6


class TestAccessLog:
    def rows(self, casus, **filters: Any) -> list[tuple[str, str, str, str]]:
        rows = Inzage.objects.filter(object_soort="casus", object_id=casus.pk, **filters).order_by("id")
        return list(rows.values_list("user__email", "actie", "uitkomst", "relatie"))

    def test_every_look_is_in_it(self, wereld, as_):
        casus = wereld.casus()
        before = len(self.rows(casus))
        for who in ("zoe", "wim", "rea"):
            look(as_(who), casus)
        assert self.rows(casus)[before:] == [
            ("zoe@test.example", "bekijken", "gelukt", "eigen casus"),
            ("wim@test.example", "bekijken", "gelukt", "eigen team"),
            ("rea@test.example", "bekijken", "gelukt", "eigen regio"),
        ]

    def test_what_was_refused_is_in_it_once(self, wereld, as_):
        casus = wereld.casus()
        before = len(self.rows(casus))
        for who in ("otto", "gerda", "fenna", "rik"):
            look(as_(who), casus)
        step(as_("ona"), casus, "ontvangen")
        step(as_("zoe"), casus, "ontvangen")
        assert [row[:3] for row in self.rows(casus)[before:]] == [
            ("otto@test.example", "bekijken", "geweigerd"),
            ("gerda@test.example", "bekijken", "geweigerd"),
            ("fenna@test.example", "bekijken", "geweigerd"),
            ("rik@test.example", "bekijken", "geweigerd"),
            ("ona@test.example", "bekijken", "geweigerd"),
            ("zoe@test.example", "ontvangen", "geweigerd"),
        ]

    def test_also_on_screen(self, wereld):
        casus = wereld.casus()
        before = len(self.rows(casus))
        for name in ("gerda", "otto", "leeg"):
            client_of(getattr(wereld.cast, name)).get(f"/casussen/{casus.nummer}")
        assert [row[:3] for row in self.rows(casus)[before:]] == [
            ("gerda@test.example", "bekijken", "geweigerd"),
            ("otto@test.example", "bekijken", "geweigerd"),
            ("leeg@test.example", "bekijken", "geweigerd"),
        ]

    def test_every_step_is_in_it(self, wereld, as_):
        casus = wereld.casus()
        step(as_("wim"), casus, "ontvangen")
        assert ("wim@test.example", "ontvangen", "gelukt", "eigen team") in self.rows(casus)

    def test_a_casus_that_is_not_there_leaves_nothing(self, as_):
        before = Inzage.objects.count()
        as_("zoe").get("casussen/2026-999999", DETAIL)
        assert Inzage.objects.count() == before

    def test_it_knows_the_request_and_no_person(self, wereld, as_):
        casus = wereld.casus()
        response = look(as_("wim"), casus)
        row = Inzage.objects.filter(object_id=casus.pk, actie="bekijken").latest("id")
        assert row.verzoek_id == response["X-Request-ID"]
        assert "Testleerling" not in str(row.__dict__)


def test_one_person_with_two_roles_sees_both(wereld, as_):
    """Rea also works at the gemeente: what one role may not, the other may."""
    appoint(wereld.cast.rea, GEMEENTEMEDEWERKER, wereld.net.haarlem)
    casus = wereld.casus()
    assert client_of(wereld.cast.rea).get(f"/api/v1/casussen/{casus.nummer}").status_code == 200


# --- An aanbieder ---------------------------------------------------------------------------------------------------
def test_an_aanbieder_sees_the_own_help_and_can_tell_how_it_goes(wereld, as_):
    other = AanbiederFactory.create()
    casus = share(wereld, share(wereld, wereld.casus(Status.PLAN_VASTGESTELD)), other)
    goal = Doelversie.objects.get(plan__casus=casus)
    for arrangement, voor in (
        (make_arrangement(wereld), [goal.doel_id]),
        (make_arrangement(wereld, "Elders", aanbieder=other), []),
    ):
        rows = [{"doel": pk, "gekozen": True} for pk in voor]
        wereld.do("hulp_aanvragen", casus, "wim", arrangement=arrangement.pk, aangevraagd_op="2026-12-01", voor_doelen=rows)
    seen = as_("abel").get(f"casussen/{casus.nummer}", DETAIL).json()
    assert seen["inhoud"] is None
    (own,) = seen["eigen_hulp"]
    assert (own["arrangement"], own["status"], own["doelen"]) == ("Gezinscoach", "aangevraagd", [goal.tekst])
    assert COMPLEET["hulpvraag"] not in json.dumps(seen)
    step = next(step for step in seen["acties"] if step["actie"] == "voortgang_melden")
    (inzet,) = (veld for veld in step["velden"] if veld["naam"] == "inzet")
    assert [keuze["waarde"] for keuze in inzet["keuzes"]] == [str(own["id"])]
    body = {"actie": "voortgang_melden", "inzet": own["id"], "voortgang": "Het gaat goed.", "toelichting": "Het gaat goed."}
    body = {naam: value for naam, value in body.items() if naam == "actie" or naam in {veld["naam"] for veld in step["velden"]}}
    assert as_("abel").post(f"casussen/{casus.nummer}/transities", body, STEP).status_code == 200
    assert as_("zoe").get(f"casussen/{casus.nummer}", DETAIL).json()["eigen_hulp"] is None


def test_choices_are_those_of_the_screen_and_each_kind_is_asked_for_once(wereld, as_):
    casus = wereld.casus(Status.AANGEMELD)
    seen = {step["actie"]: step for step in as_("cora").get(f"casussen/{casus.nummer}", DETAIL).json()["acties"]}
    (team,) = (veld for veld in seen["doorzetten"]["velden"] if veld["naam"] == "wijkteam")
    shown = [keuze for _, group in team_choices(casus, op=NU.date()) for keuze in group]
    assert [(keuze["waarde"], keuze["label"]) for keuze in team["keuzes"]] == shown
    (person,) = (veld for veld in seen["ontvangen"]["velden"] if veld["naam"] == "behandelaar")
    assert str(wereld.wim.pk) in {keuze["waarde"] for keuze in person["keuzes"]}
    refused = (veld for step in seen.values() if not step["mag"] for veld in step["velden"])
    assert not [veld for veld in refused if veld["soort"] in {"wijkteam", "contactpersoon"} and veld["keuzes"]]
