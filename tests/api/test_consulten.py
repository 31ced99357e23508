"""Anonymous consult by API: the same refusal as on screen, without repeating what was typed."""

import pytest

from casussen.models import Consult
from tests.consult.maken import ANTWOORD, VRAAG, answer, ask
from tests.factories.casussen import Wereld, make_wereld
from toegang.models import Inzage

pytestmark = pytest.mark.django_db
DETAIL, BERICHTEN = "consulten/{consult}", "consulten/{consult}/berichten"


@pytest.fixture
def wereld() -> Wereld:
    return make_wereld()


def reply(api, consult, **body):
    return api.post(f"consulten/{consult.nummer}/berichten", body, BERICHTEN)


def test_ask_answer_and_read(wereld, api_of):
    team = wereld.net.schalkwijk.pk
    made = api_of(wereld.cast.zoe).post("consulten", {"vraag": VRAAG, "leeftijd": "12-15", "wijkteam": team})
    assert made.status_code == 201
    consult = Consult.objects.get()
    assert made["Location"] == f"/api/v1/consulten/{consult.nummer}"
    assert reply(api_of(wereld.cast.wim), consult, tekst=ANTWOORD).status_code == 201
    seen = api_of(wereld.cast.zoe).get(f"consulten/{consult.nummer}", DETAIL).json()
    assert (seen["status"], seen["berichten"][0]["tekst"], seen["casus"]) == ("beantwoord", ANTWOORD, None)
    answered = api_of(wereld.cast.zoe).get("consulten?status=beantwoord").json()["results"]
    assert [row["nummer"] for row in answered] == [consult.nummer]


def test_what_was_found_is_told_without_repeating_it(wereld, api_of):
    response = api_of(wereld.cast.zoe).post("consulten", {"vraag": "Bel mij op 06-12345678.", "nagekeken": True})
    assert response.status_code == 422
    (found,) = response.json()["bevindingen"]
    assert (found["veld"], found["soort"], found["geweigerd"]) == ("vraag", "telefoon", True)
    assert (found["start"], found["einde"]) == (11, 22)
    assert "12345678" not in response.content.decode()


def test_a_likely_name_goes_only_after_a_look(wereld, api_of):
    body = {"vraag": "De mentor denkt dat Thirza wordt gepest."}
    api = api_of(wereld.cast.zoe)
    assert api.post("consulten", body).status_code == 422
    assert api.post("consulten", {**body, "nagekeken": True}).status_code == 201


@pytest.mark.parametrize("veld", ["naam", "leerling", "geboortedatum", "postcode"])
def test_there_is_no_field_for_a_person(wereld, api_of, veld):
    response = api_of(wereld.cast.zoe).post("consulten", {"vraag": VRAAG, veld: "x"})
    assert response.status_code == 400


def test_the_same_refusal_holds_for_a_reply(wereld, api_of):
    consult = ask(wereld)
    assert reply(api_of(wereld.cast.wim), consult, tekst="Het BSN is 111222333", nagekeken=True).status_code == 422


def test_an_ended_consult_is_a_conflict(wereld, api_of):
    consult = answer(wereld, ask(wereld))
    Consult.objects.filter(pk=consult.pk).update(status="afgesloten", afgesloten_op=consult.gevraagd_op)
    assert reply(api_of(wereld.cast.wim), consult, tekst=ANTWOORD).status_code == 409


@pytest.mark.parametrize(("wie", "status"), [("otto", 404), ("ona", 404), ("rik", 404), ("gerda", 403), ("teun", 403)])
def test_outsiders_and_other_roles(wereld, api_of, wie, status):
    consult = ask(wereld)
    api = api_of(getattr(wereld.cast, wie))
    assert api.get(f"consulten/{consult.nummer}", DETAIL).status_code == status
    assert reply(api, consult, tekst=ANTWOORD).status_code == status


def test_a_team_cannot_ask(wereld, api_of):
    assert api_of(wereld.cast.wim).post("consulten", {"vraag": VRAAG}).status_code == 403


def test_a_look_is_written_down(wereld, api_of):
    consult = ask(wereld)
    api_of(wereld.cast.wim).get(f"consulten/{consult.nummer}", DETAIL)
    assert Inzage.objects.filter(object_soort="consult", actie="bekijken", user=wereld.cast.wim).count() == 1


def test_a_list_takes_the_same_queries_at_any_size(wereld, api_of, django_assert_max_num_queries):
    api = api_of(wereld.cast.zoe)
    for _ in range(8):
        ask(wereld)
    with django_assert_max_num_queries(8):
        assert len(api.get("consulten").json()["results"]) == 8
