"""By API a casus tells the same of plan, help, actions, overleg and sharing as its tabs do, to the same people."""

from typing import Any

import pytest
from django.test import Client

from casussen.keuzes import Status
from tests.factories.hulp import asked, start
from tests.factories.toegang import token_of


def read(wereld, naam: str, nummer: str) -> Any:
    header = f"Bearer {token_of(getattr(wereld.cast, naam))}"
    answer = Client().get(f"/api/v1/casussen/{nummer}", headers={"authorization": header})
    assert answer.status_code == 200
    return answer.json()


@pytest.fixture
def casus(wereld):
    casus, inzet = asked(wereld, Status.MDO_GEPLAND)
    start(wereld, casus, inzet, "wim")
    wereld.do("taak_toevoegen", casus, "wim", omschrijving="Belt de mentor", partij="school", uiterlijk="2026-12-09")
    return casus


@pytest.mark.parametrize("naam", ["zoe", "wim"])
def test_school_and_team_read_help_actions_overleg_and_sharing(wereld, casus, naam):
    inhoud = read(wereld, naam, casus.nummer)["inhoud"]
    assert inhoud["plan"] is None
    (hulp,) = inhoud["hulp"]
    assert (hulp["arrangement"], hulp["status"], hulp["gewacht_dagen"], hulp["over_norm"]) == ("Gezinscoach", "gestart", 0, False)
    assert [v["tekst"] for v in hulp["voortgang"]] == ["Gestart op 2-12-2026.", "Aangevraagd op 2-12-2026."]
    assert [(t["omschrijving"], t["uiterlijk"]) for t in inhoud["taken"]] == [("Belt de mentor", "2026-12-09")]
    assert [(m["status"], len(m["deelnemers"])) for m in inhoud["mdos"]] == [("gepland", 3)]
    assert [(d["met"], d["naam"], d["ingetrokken_op"]) for d in inhoud["delingen"]] == [("aanbieder", "Aanbieder A", None)]


def test_the_plan_that_holds(wereld):
    plan = read(wereld, "zoe", wereld.casus(Status.PLAN_VASTGESTELD).nummer)["inhoud"]["plan"]
    (doel,) = plan["doelen"]
    assert (plan["versie"], plan["standpunt"], plan["helpers"]) == (1, "akkoord", ["Wijkteam Schalkwijk"])
    assert (doel["tekst"], doel["schoolloopbaan"], [s["score"] for s in doel["scores"]]) == ("Elke dag naar school", True, [3])


@pytest.mark.parametrize("naam", ["rea", "abel"])
def test_who_reads_no_content_gets_none_of_it(wereld, casus, naam):
    assert read(wereld, naam, casus.nummer)["inhoud"] is None
