"""Who does what: versions that hold from a day, are never changed, and are shown at the step they are about."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from casussen.actions.rolverdeling import (
    Vastgelegd,
    before,
    create_rolverdeling,
    discard_rolverdeling,
    edit_step,
    matrix_of,
    publish_rolverdeling,
)
from casussen.keuzes import Partij, Status
from casussen.models import Rolregel, Rolverdeling
from casussen.queries.afspraken import who_does_what
from casussen.rollen import STAPPEN, differences, from_workflow, without_doer
from casussen.workflow import EIGENAAR
from tests.factories.afspraken import RolverdelingFactory, published
from tests.factories.casussen import NU, VANDAAG, Wereld
from tests.factories.toegang import client_of

EIGEN = {"wijkteam": (("doet", "beslist"), "binnen een dag"), "gemeente": (("betaalt",), "")}


@pytest.fixture(autouse=True)
def _today(time_machine: Any) -> None:
    time_machine.move_to(NU, tick=False)


def version(wereld: Wereld, vanaf: date = VANDAAG, gemeente: Any = None, **stappen: Any) -> Rolverdeling:
    return published(wereld.kijker("rea"), regio=wereld.net.regio, gemeente=gemeente, vanaf=vanaf, op=NU, **stappen)


# --- Pure ---------------------------------------------------------------------------------------------------------------
def test_the_rows_are_the_states_with_an_owner_and_each_has_a_doer_at_the_start() -> None:
    assert {stap for stap, owner in EIGENAAR.items() if owner.eigenaar} - {Status.CONCEPT} == set(STAPPEN)
    assert without_doer(from_workflow()) == []


def test_what_differs_is_said_cell_by_cell() -> None:
    was = {("aangemeld", "wijkteam"): (("doet",), ""), ("ontvangen", "school"): (("denkt_mee",), "")}
    wordt = {("aangemeld", "wijkteam"): (("doet", "beslist"), ""), ("evaluatie", "ouders"): ((), "praten mee")}
    found = [(v.stap.value, v.partij.value, v.was[0], v.wordt[0]) for v in differences(was, wordt)]
    assert found == [
        ("aangemeld", "wijkteam", ("doet",), ("doet", "beslist")),
        ("ontvangen", "school", ("denkt_mee",), ()),
        ("evaluatie", "ouders", (), ()),
    ]
    assert differences(was, was) == []


# --- Versions -----------------------------------------------------------------------------------------------------------
def test_a_draft_copies_the_last_version_and_two_clicks_make_one(wereld: Wereld) -> None:
    first = version(wereld, aangemeld=EIGEN)
    assert first.versie == 1
    draft = create_rolverdeling(regio=wereld.net.regio, gemeente=None, by=wereld.kijker("rea"), op=NU)
    assert create_rolverdeling(regio=wereld.net.regio, gemeente=None, by=wereld.kijker("rea"), op=NU) == draft
    assert (draft.versie, before(draft)) == (2, first)
    assert matrix_of(draft) == matrix_of(first)
    assert matrix_of(draft)["aangemeld", "wijkteam"] == (("doet", "beslist"), "binnen een dag")
    discard_rolverdeling(rolverdeling=draft, by=wereld.kijker("rea"))
    assert Rolverdeling.objects.get() == first


def test_the_first_of_a_gemeente_copies_that_of_the_region(wereld: Wereld) -> None:
    version(wereld, aangemeld=EIGEN)
    draft = create_rolverdeling(regio=wereld.net.regio, gemeente=wereld.net.haarlem, by=wereld.kijker("rea"), op=NU)
    assert (draft.versie, matrix_of(draft)["aangemeld", "wijkteam"][1]) == (1, "binnen een dag")
    with pytest.raises(ValidationError):
        create_rolverdeling(regio=wereld.net.regio, gemeente=wereld.net.hillegom, by=wereld.kijker("rea"), op=NU)


def test_in_force_is_the_own_version_or_the_regions_on_that_day(wereld: Wereld) -> None:
    morgen = VANDAAG + timedelta(days=1)
    region, own = version(wereld), version(wereld, morgen, wereld.net.haarlem)
    later = version(wereld, morgen)
    ids: dict[str, Any] = {"regio_id": wereld.net.regio.pk, "gemeente_id": wereld.net.haarlem.pk}
    in_force = Rolverdeling.objects.in_force
    assert in_force(**ids, op=VANDAAG - timedelta(days=1)) is None
    assert in_force(**ids, op=VANDAAG) == region
    assert in_force(**ids, op=morgen) == own
    assert in_force(**{**ids, "gemeente_id": wereld.net.heemstede.pk}, op=morgen) == later
    assert in_force(**{**ids, "gemeente_id": None}, op=morgen) == later


def test_publishing_is_from_today_after_the_last_and_complete(wereld: Wereld) -> None:
    rea = wereld.kijker("rea")
    version(wereld, VANDAAG + timedelta(days=10))
    draft = create_rolverdeling(regio=wereld.net.regio, gemeente=None, by=rea, op=NU)

    def publish(vanaf: date) -> Rolverdeling:
        return publish_rolverdeling(rolverdeling=draft, geldig_van=vanaf, toelichting="x", by=rea, op=NU)

    for vanaf in (VANDAAG - timedelta(days=1), VANDAAG, VANDAAG + timedelta(days=10)):
        with pytest.raises(ValidationError) as fout:
            publish(vanaf)
        assert list(fout.value.message_dict) == ["geldig_van"]
    edit_step(rolverdeling=draft, stap="evaluatie", vakken={"school": (("denkt_mee",), "")}, by=rea)
    with pytest.raises(ValidationError, match="evaluatie"):
        publish(VANDAAG + timedelta(days=11))
    edit_step(rolverdeling=draft, stap="evaluatie", vakken={"school": (("doet",), "")}, by=rea)
    done = publish(VANDAAG + timedelta(days=11))
    for change in (
        lambda: publish(VANDAAG + timedelta(days=12)),
        lambda: edit_step(rolverdeling=done, stap="evaluatie", vakken={}, by=rea),
        lambda: discard_rolverdeling(rolverdeling=done, by=rea),
    ):
        with pytest.raises(Vastgelegd):
            change()


@pytest.mark.parametrize("naam", ["zoe", "wim", "gerda", "rik"])
def test_nobody_else_makes_or_changes_one(wereld: Wereld, naam: str) -> None:
    kijker, draft = wereld.kijker(naam), RolverdelingFactory.create(regio=wereld.net.regio)
    for change in (
        lambda: create_rolverdeling(regio=wereld.net.regio, gemeente=None, by=kijker, op=NU),
        lambda: edit_step(rolverdeling=draft, stap="evaluatie", vakken={}, by=kijker),
        lambda: publish_rolverdeling(rolverdeling=draft, geldig_van=VANDAAG, toelichting="x", by=kijker, op=NU),
        lambda: discard_rolverdeling(rolverdeling=draft, by=kijker),
    ):
        with pytest.raises(PermissionDenied):
            change()


def refused(pattern: str) -> Any:
    return pytest.raises(IntegrityError, match=pattern)


def test_the_database_keeps_a_published_version_as_it_is(wereld: Wereld) -> None:
    done = version(wereld)
    rule = Rolregel.objects.filter(rolverdeling=done)[0]
    with refused("verandert niet meer"), transaction.atomic():
        Rolregel.objects.filter(pk=rule.pk).update(tekst="anders")
    with refused("verandert niet meer"), transaction.atomic():
        Rolregel.objects.filter(pk=rule.pk).delete()
    with refused("verandert niet meer"), transaction.atomic():
        Rolregel.objects.create(rolverdeling=done, stap="evaluatie", partij="ouders", tekst="x")
    for change in ({"geldig_van": date(2030, 1, 1)}, {"geldig_van": None, "gepubliceerd_op": None}):
        with refused("verandert niet meer"), transaction.atomic():
            Rolverdeling.objects.filter(pk=done.pk).update(**change)


def test_constraints(wereld: Wereld) -> None:
    draft = RolverdelingFactory.create(regio=wereld.net.regio)
    with refused("rolverdeling_versie"), transaction.atomic():
        RolverdelingFactory.create(regio=wereld.net.regio)
    with refused("rolverdeling_een_per_dag"), transaction.atomic():
        RolverdelingFactory.create(regio=wereld.net.regio, versie=2)  # a second draft
    with refused("rolverdeling_gepubliceerd"), transaction.atomic():
        Rolverdeling.objects.filter(pk=draft.pk).update(geldig_van=VANDAAG)
    known: dict[str, Any] = {"rolverdeling": draft, "stap": "evaluatie", "partij": "school"}
    Rolregel.objects.create(**known, rollen=["doet"])
    for wrong in (
        {**known, "rollen": ["doet"]},
        {**known, "partij": "ouders"},
        {**known, "partij": "ouders", "rollen": ["danst"]},
        {**known, "partij": "buurman", "rollen": ["doet"]},
        {**known, "stap": "droom", "rollen": ["doet"]},
    ):
        with refused("rolregel_"), transaction.atomic():
            Rolregel.objects.create(**wrong)


# --- At the step --------------------------------------------------------------------------------------------------------
def test_a_casus_shows_what_held_when_its_step_began(wereld: Wereld) -> None:
    version(wereld, aangemeld=EIGEN)
    casus = wereld.casus(op=NU + timedelta(hours=1))
    shown = who_does_what(casus)
    assert shown is not None
    assert ("wijkteam", "doet en beslist", "binnen een dag") in shown.regels
    assert "versie 1 van de regio" in shown.waarom.lower()
    assert "Haarlem heeft geen eigen afspraken" in shown.waarom
    version(wereld, VANDAAG + timedelta(days=1), wereld.net.haarlem, aangemeld={"wijkteam": (("doet",), "anders")})
    assert who_does_what(casus) == shown  # the step began before
    for naam in ("zoe", "wim", "rea"):
        page = client_of(getattr(wereld.cast, naam)).get(f"/casussen/{casus.nummer}").content.decode()
        assert "Wie doet wat bij deze stap?" in page, naam
        assert "binnen een dag" in page
    after = wereld.do("ontvangen", casus, "wim", op=NU + timedelta(days=1, hours=1))
    new = who_does_what(after)
    assert new is not None
    assert new.versie.gemeente == wereld.net.haarlem


def test_without_a_version_nothing_is_shown(wereld: Wereld) -> None:
    casus = wereld.casus()
    assert who_does_what(casus) is None
    assert "Wie doet wat bij" not in client_of(wereld.cast.zoe).get(f"/casussen/{casus.nummer}").content.decode()


# --- The screens --------------------------------------------------------------------------------------------------------
def test_from_a_copy_to_a_published_version(wereld: Wereld) -> None:
    version(wereld)
    client = client_of(wereld.cast.rea)
    response = client.post("/netwerk/rolverdeling/nieuw", {"gemeente": "GM0392"})
    draft = Rolverdeling.objects.get(geldig_van__isnull=True)
    url = f"/netwerk/rolverdeling/{draft.pk}"
    assert (response.status_code, response["Location"]) == (302, url)
    assert "gelijk aan de vorige" in client.get(url).content.decode()
    step = f"{url}/stappen/aangemeld"
    assert "checked" in client.get(step).content.decode()
    values: dict[str, Any] = {f"{p.value}_rollen": [] for p in Partij} | {f"{p.value}_tekst": "" for p in Partij}
    values |= {"wijkteam_rollen": ["doet"], "school_rollen": ["geinformeerd"], "school_tekst": "met een belletje"}
    assert client.post(step, {**values, "school_rollen": ["danst"]}).status_code == 422
    assert client.post(step, values).status_code == 302
    page = client.get(url).content.decode()
    assert "Wordt geïnformeerd: met een belletje" in page
    wrong = client.post(url, {"geldig_van": "2026-12-01", "toelichting": "Haarlem belt."})
    assert wrong.status_code == 422
    assert "Haarlem belt." in wrong.content.decode()
    assert client.post(url, {"geldig_van": "2026-12-03", "toelichting": "Haarlem belt."}).status_code == 302
    assert client.get(url)["Location"].endswith("?versie=1&gemeente=GM0392")
    assert client.post(step, values).status_code == 409
    assert client.post(f"{url}/weggooien").status_code == 409
    for user, words in ((wereld.cast.zoe, True), (wereld.cast.gerda, True), (wereld.cast.wim, True)):
        page = client_of(user).get("/netwerk/rolverdeling?gemeente=GM0392&versie=1").content.decode()
        assert ("met een belletje" in page) is words
        assert "Begin met een kopie" not in page
    assert client.get("/netwerk/rolverdeling?versie=99").status_code == 404


def test_a_draft_can_be_thrown_away(wereld: Wereld) -> None:
    client = client_of(wereld.cast.rea)
    client.post("/netwerk/rolverdeling/nieuw", {"gemeente": ""})
    assert client.post("/netwerk/rolverdeling/nieuw", {"gemeente": "GM0534"}).status_code == 404
    draft = Rolverdeling.objects.get()
    assert client_of(wereld.cast.rik).get(f"/netwerk/rolverdeling/{draft.pk}").status_code == 404
    assert client.get(f"/netwerk/rolverdeling/{draft.pk}/stappen/concept").status_code == 404
    assert client.post(f"/netwerk/rolverdeling/{draft.pk}/weggooien").status_code == 302
    assert not Rolverdeling.objects.exists()


def test_the_number_of_queries_does_not_grow_with_versions(wereld: Wereld) -> None:
    client = client_of(wereld.cast.rea)
    version(wereld)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/netwerk/rolverdeling").status_code == 200
        return len(captured)

    queries()
    few = queries()
    for day in range(1, 6):
        version(wereld, VANDAAG + timedelta(days=day))
        version(wereld, VANDAAG + timedelta(days=day), wereld.net.haarlem)
    assert queries() == few <= 12


@pytest.mark.parametrize("code", ["a\0b", "GM9999", "x" * 10_000])
def test_a_gemeente_that_is_none_gives_no_draft(wereld: Wereld, code: str) -> None:
    assert client_of(wereld.cast.rea).post("/netwerk/rolverdeling/nieuw", {"gemeente": code}).status_code == 404
    assert not Rolverdeling.objects.exists()
