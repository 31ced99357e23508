"""Every action of the table over the API, with its lists; and what is said to whoever sends something else."""

import json
from datetime import date
from typing import Any

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casussen.keuzes import Status
from casussen.models import Casus, Doel, Inzet, Overgang
from casussen.velden import Soort
from casussen.velden.lezen import IDS
from casussen.workflow import ACTIES, rules_of
from tests.casussen.stappen import Keus, filled_in
from tests.factories.casussen import DOEL, NU, PLAN, VANDAAG, Wereld, make_wereld
from tests.factories.hulp import make_arrangement, share
from tests.factories.toegang import token_of

pytestmark = pytest.mark.django_db
STEP = "casussen/{nummer}/transities"
Vooraf = tuple[tuple[str, str, dict[str, Any]], ...]

# --- For each action a casus in which it can be taken, and by whom ----------------------------------------------------
_GEDEELD: Vooraf = (("delen", "zoe", {}),)
_HULP: Vooraf = (*_GEDEELD, ("hulp_aanvragen", "wim", {}))
_GESTART: Vooraf = (*_HULP, ("hulp_starten", "wim", {}))
_GEHOUDEN: Vooraf = (("mdo_vastleggen", "wim", {"op": NU.replace(day=11), "besluiten": []}),)
_TAAK: Vooraf = (("taak_toevoegen", "zoe", {"partij": "school"}),)
_POGINGEN: Vooraf = tuple(
    ("contact_vastleggen", "wim", {"contact_soort": how, "contact_gelukt": False}) for how in ("telefoon", "bericht", "telefoon")
)
_ELDERS: Vooraf = (("buiten_overdragen", "rea", {}),)
S = Status
SCENES: dict[str, tuple[Status, str, Vooraf]] = {
    "aanmelden": (S.CONCEPT, "zoe", ()),
    "toewijzen": (S.TE_ROUTEREN, "rea", ()),
    "ontvangen": (S.AANGEMELD, "wim", ()),
    "starten": (S.ONTVANGEN, "wim", ()),
    "vragen": (S.ONTVANGEN, "wim", ()),
    "beantwoorden": (S.AANVULLING_GEVRAAGD, "zoe", ()),
    "doorzetten": (S.AANGEMELD, "cora", ()),
    "terugleggen": (S.AANGEMELD, "wim", ()),
    "heraanmelden": (S.TERUGGELEGD, "zoe", ()),
    "intrekken": (S.AANGEMELD, "zoe", ()),
    "buiten_overdragen": (S.TE_ROUTEREN, "rea", ()),
    "buiten_opvolgen": (S.TE_ROUTEREN, "rea", _ELDERS),
    "buiten_terugmelden": (S.TE_ROUTEREN, "rea", _ELDERS),
    "mdo_plannen": (S.IN_BEHANDELING, "zoe", ()),
    "mdo_verzetten": (S.MDO_GEPLAND, "wim", ()),
    "mdo_afzeggen": (S.MDO_GEPLAND, "wim", ()),
    "mdo_vastleggen": (S.MDO_GEPLAND, "wim", ()),
    "mdo_aanvullen": (S.MDO_GEPLAND, "zoe", _GEHOUDEN),
    "plan_vaststellen": (S.IN_BEHANDELING, "wim", ()),
    "plan_bijstellen": (S.PLAN_VASTGESTELD, "wim", ()),
    "doelen_scoren": (S.PLAN_VASTGESTELD, "zoe", ()),
    "intensiteit_wijzigen": (S.PLAN_VASTGESTELD, "wim", ()),
    "uitvoeren": (S.PLAN_VASTGESTELD, "abel", _HULP),
    "evalueren": (S.IN_UITVOERING, "zoe", ()),
    "reageren": (S.EVALUATIE, "zoe", ()),
    "afsluiten": (S.EVALUATIE, "wim", (("reageren", "zoe", {}),)),
    "heropenen": (S.AFGESLOTEN, "zoe", ()),
    "nazorg_vastleggen": (S.AFGESLOTEN, "zoe", ()),
    "contact_vastleggen": (S.ONTVANGEN, "wim", ()),
    "behandelaar_wijzigen": (S.ONTVANGEN, "cora", ()),
    "toestemming_aanvullen": (S.AANGEMELD, "zoe", ()),
    "toestemming_intrekken": (S.AANGEMELD, "zoe", ()),
    "hulp_aanvragen": (S.PLAN_VASTGESTELD, "wim", _GEDEELD),
    "hulp_wacht": (S.IN_BEHANDELING, "abel", _HULP),
    "hulp_starten": (S.IN_BEHANDELING, "abel", _HULP),
    "hulp_niet_door": (S.IN_BEHANDELING, "abel", _HULP),
    "voortgang_melden": (S.IN_BEHANDELING, "abel", _HULP),
    "hulp_beeindigen": (S.IN_BEHANDELING, "abel", _GESTART),
    "terugkoppelen": (S.ONTVANGEN, "wim", ()),
    "taak_toevoegen": (S.ONTVANGEN, "zoe", ()),
    "taak_afronden": (S.ONTVANGEN, "zoe", _TAAK),
    "taak_verzetten": (S.ONTVANGEN, "zoe", _TAAK),
    "taak_laten_vervallen": (S.ONTVANGEN, "wim", _TAAK),
    "delen": (S.AANGEMELD, "zoe", ()),
    "delen_stoppen": (S.AANGEMELD, "zoe", _GEDEELD),
    "instemming_vastleggen": (S.ONTVANGEN, "wim", ()),
    "instemming_intrekken": (S.ONTVANGEN, "zoe", (("instemming_vastleggen", "wim", {}),)),
    "aanvraag_vastleggen": (S.ONTVANGEN, "wim", ()),
    "besluit_vastleggen": (S.ONTVANGEN, "wim", (("aanvraag_vastleggen", "wim", {}),)),
    "niet_bereikbaar_melden": (S.ONTVANGEN, "wim", _POGINGEN),
    "weer_bereikbaar": (S.ONTVANGEN, "zoe", (*_POGINGEN, ("niet_bereikbaar_melden", "wim", {}))),
    "wacht_op_zorg_melden": (S.IN_BEHANDELING, "wim", ()),
    "wacht_op_zorg_voorbij": (S.IN_BEHANDELING, "wim", (("wacht_op_zorg_melden", "wim", {}),)),
    "escaleren": (S.AANGEMELD, "zoe", ()),
    "escalatie_afhandelen": (S.AANGEMELD, "rea", (("escaleren", "zoe", {}),)),
    "thuiszitter_melden": (S.AANGEMELD, "zoe", ()),
    "thuiszitter_afmelden": (S.AANGEMELD, "zoe", (("thuiszitter_melden", "zoe", {}),)),
    "veiligheid_melden": (S.AANGEMELD, "zoe", ()),
    "veiligheid_opheffen": (S.AANGEMELD, "cora", (("veiligheid_melden", "zoe", {}),)),
}
#: The report is of after the overleg, after-care is when its day has come.
LATER = {
    "mdo_vastleggen": NU.replace(day=11),
    "mdo_aanvullen": NU.replace(day=11),
    "nazorg_vastleggen": NU.replace(year=2027, month=3, day=3),
}


@pytest.fixture(autouse=True)
def _at_nu():
    with time_machine.travel(NU, tick=True):
        yield


@pytest.fixture
def wereld(_at_nu) -> Wereld:
    return make_wereld()


def scene(wereld: Wereld, actie: str) -> tuple[Casus, str, dict[str, Any]]:
    """A casus in which this action can be taken, by whom, and what they send."""
    make_arrangement(wereld, weken=None)
    status, who, before = SCENES[actie]
    casus = wereld.casus(status)
    for step, naam, more in before:
        casus = wereld.do(step, casus, naam, **{**values(step, casus, wereld, naam), **more})
    dag = LATER.get(actie, NU).date()
    return casus, who, values(actie, casus, wereld, who, dag)


def values(actie: str, casus: Casus, wereld: Wereld, naam: str, dag: date = VANDAAG) -> dict[str, Any]:
    return filled_in(actie, casus, wereld, Keus(), dag, naam)


def send(api: Any, casus: Casus, actie: str, body: dict[str, Any]) -> Any:
    return api.post(f"casussen/{casus.nummer}/transities", {"actie": actie, **body}, STEP)


def not_offered(velden: list[dict[str, Any]], body: dict[str, Any]) -> list[str]:
    """The ids that are sent and that the casus did not name as a choice."""
    found = []
    for veld in velden:
        sent = body.get(veld["naam"])
        if veld["soort"] in {soort.value for soort in (*IDS, Soort.PARTIJ)} and sent is not None:
            found += [veld["naam"]] if str(sent) not in {keuze["waarde"] for keuze in veld["keuzes"]} else []
        for row in sent if veld["kolommen"] and isinstance(sent, list) else []:
            found += not_offered(veld["kolommen"], row)
    return found


def test_every_action_has_its_scene():
    assert set(SCENES) == set(ACTIES)


@pytest.mark.parametrize("actie", ACTIES)
def test_every_action_can_be_taken(wereld, api_of, actie):
    casus, who, body = scene(wereld, actie)
    with time_machine.travel(LATER.get(actie, NU), tick=True):
        api = api_of(getattr(wereld.cast, who))
        offered = api.get(f"casussen/{casus.nummer}", "casussen/{nummer}").json()["acties"]
        assert not_offered(next(step["velden"] for step in offered if step["actie"] == actie), body) == []
        response = send(api, casus, actie, {**body, "versie": casus.versie})
        assert response.status_code == 200, response.content
        again = send(api, casus, actie, {**body, "versie": casus.versie})
    assert Overgang.objects.filter(casus=casus).latest("versie").actie == actie
    # Sent twice it is one step. Who sent the casus on does not see it any more.
    assert again.status_code == (404 if actie == "doorzetten" else 200), again.content
    assert Casus.objects.get(pk=casus.pk).versie == casus.versie + 1
    assert response.json()["versie"] == casus.versie + 1


#: What is no value of anything: none of these may stop the server.
VREEMD: list[Any] = [
    "x", "²", "", " ", 0, -1, 2**70, 1.5, True, False, [], [[]], [1], ["x"], [None], [{}], [[{}]], {}, {"a": {"b": []}},
    [{"doel": "²"}], [{"doel": {}}], [{"onzin": 1}], [{"tekst": []}], [{}] * 200, "9" * 5000, "\u0000", "\ud800", "2026-13-45",
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("actie", [actie for actie in ACTIES if any(regel.velden for regel in rules_of(actie))])
def test_a_wrong_type_in_any_field_is_refused_and_never_a_crash(wereld, api_of, actie):
    casus, who, body = scene(wereld, actie)
    fields = {veld.naam: veld for regel in rules_of(actie) if casus.status in regel.van for veld in regel.velden}
    lists = [naam for naam, veld in fields.items() if veld.soort is Soort.LIJST]
    others = [naam for naam in fields if naam not in lists]
    tries = [(naam, value) for naam in lists for value in VREEMD]
    tries += [(naam, VREEMD[n % len(VREEMD)]) for n, naam in enumerate(others * 3)]
    with time_machine.travel(LATER.get(actie, NU), tick=True):
        api = api_of(getattr(wereld.cast, who))
        for naam, value in tries:
            raw = json.dumps({"actie": actie, **body, naam: value, "onzin": None}).encode()
            answer = api.post(f"casussen/{casus.nummer}/transities", raw, STEP)
            assert answer.status_code in {400, 422}, f"{naam}={value!r}: {answer.content!r}"
            tried = {**body, naam: value}
            answer = send(api, casus, actie, {**tried, "versie": 10**6})  # read to the end, and never taken
            assert answer.status_code in {400, 409, 422}, f"{naam}={value!r}: {answer.content!r}"
    assert Casus.objects.get(pk=casus.pk).versie == casus.versie


def test_what_is_wrong_in_a_list_is_said_at_its_place(wereld, api_of):
    casus = wereld.casus(Status.IN_BEHANDELING)
    api = api_of(wereld.cast.wim)
    body = {**PLAN, "doelen": [{}, {**DOEL, "tekst": ""}, {**DOEL, "domein": "elders"}]}
    answer = send(api, casus, "plan_vaststellen", body)
    assert answer.status_code == 422
    at = {item["veld"] for item in answer.json()["ontbreekt"]}
    assert at == {"doelen.1.tekst", "doelen.2.domein"}
    answer = send(api, casus, "plan_vaststellen", {**PLAN, "doelen": [{**DOEL, "score": 11}]})
    assert answer.status_code == 400
    assert {item["veld"] for item in answer.json()["fouten"]} == {"doelen.0.score"}
    answer = send(api, casus, "plan_vaststellen", {**PLAN, "doelen": [{**DOEL, "kleur": "blauw"}]})
    assert answer.status_code == 400
    assert {item["veld"] for item in answer.json()["fouten"]} == {"doelen.0.kleur"}


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["doel", "tekst", "partij", "uiterlijk", "score", "x"]), inner, max_size=4)
    ),
    max_leaves=8,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=_JSON, naam=st.sampled_from(["doelen", "acties"]))
def test_whatever_is_sent_as_a_list_the_answer_is_a_problem_in_words(wereld, client, value, naam):
    casus = Casus.objects.first() or wereld.casus(Status.IN_BEHANDELING)
    body = {"actie": "plan_vaststellen", **PLAN, naam: value, "versie": 10**6}
    key = token_of(wereld.cast.wim)
    client.raise_request_exception = False
    answer = client.post(
        f"/api/v1/casussen/{casus.nummer}/transities",
        data=json.dumps(body),
        content_type="application/json",
        headers={"Authorization": f"Bearer {key}"},
    )
    assert answer.status_code in {400, 409, 422}, answer.content
    assert answer.json()["detail"]


def test_who_withdrew_consent_and_who_stopped_sharing_is_told(wereld, api_of):
    casus, who, body = scene(wereld, "delen_stoppen")
    api = api_of(wereld.cast.zoe)
    assert send(api, casus, "delen_stoppen", {**body, "namens": "jongere"}).status_code == 200
    assert send(api, casus, "toestemming_intrekken", {"namens": "ouders"}).status_code == 200
    told = api.get(f"casussen/{casus.nummer}", "casussen/{nummer}").json()["inhoud"]
    assert [row["ingetrokken_namens"] for row in told["toestemmingen"]] == ["ouders"]
    assert [row["ingetrokken_namens"] for row in told["delingen"]] == ["jongere"]
    assert who == "zoe"


def test_everyone_who_was_invited_is_named_in_the_report(wereld, api_of):
    casus, who, body = scene(wereld, "mdo_vastleggen")
    with time_machine.travel(LATER["mdo_vastleggen"], tick=True):
        api = api_of(getattr(wereld.cast, who))
        for there in (body["aanwezigen"][:0], body["aanwezigen"][:-1]):
            answer = send(api, casus, "mdo_vastleggen", {**body, "aanwezigen": there})
            assert (answer.status_code, [item["veld"] for item in answer.json()["ontbreekt"]]) == (422, ["aanwezigen"])


def test_an_aanbieder_sees_of_a_shared_casus_what_it_may_do_and_not_the_story(wereld, api_of):
    casus, _, _ = scene(wereld, "voortgang_melden")
    api = api_of(wereld.cast.abel)
    found = api.get(f"casussen/{casus.nummer}", "casussen/{nummer}")
    assert found.status_code == 200
    body = found.json()
    assert (body["inhoud"], body["inhoud_zichtbaar"]) == (None, False)
    assert {row["actie"] for row in body["acties"] if row["mag"]} == {
        "hulp_wacht", "hulp_starten", "hulp_niet_door", "voortgang_melden",
    }  # fmt: skip
    assert "Testleerling" not in found.content.decode()
    other = wereld.casus(leerlingnummer="B2")
    assert api.get(f"casussen/{other.nummer}", "casussen/{nummer}").status_code == 404
    assert send(api, other, "voortgang_melden", {}).status_code == 404


def test_a_goal_that_is_sent_is_chosen(wereld, api_of):
    """On the screen each goal has a box; over the API a row that is sent is meant, unless it says otherwise."""
    casus = share(wereld, wereld.casus(Status.PLAN_VASTGESTELD))
    (goal,) = Doel.objects.filter(casus=casus).values_list("pk", flat=True)
    api = api_of(wereld.cast.wim)
    for number, (row, wanted) in enumerate([({"doel": goal}, [goal]), ({"doel": goal, "gekozen": False}, [])]):
        arrangement = make_arrangement(wereld, f"Hulp {number}")
        body = {"arrangement": arrangement.pk, "aangevraagd_op": "2026-12-02", "voor_doelen": [row]}
        answer = send(api, casus, "hulp_aanvragen", body)
        assert answer.status_code == 200, answer.content
        inzet = Inzet.objects.filter(casus=casus).latest("pk")
        assert list(inzet.doelen.values_list("pk", flat=True)) == wanted


def test_a_list_that_is_too_long_is_refused_in_dutch(wereld, api_of):
    casus = wereld.casus(Status.IN_BEHANDELING)
    answer = send(api_of(wereld.cast.wim), casus, "plan_vaststellen", {**PLAN, "doelen": [DOEL] * 40})
    assert answer.status_code == 400
    assert "Vul hoogstens" in str(answer.json())
    assert "Ensure" not in str(answer.json())
