"""What a plan, its versions, scores, how heavy the help is, the evaluation and the end write."""

import re
from datetime import timedelta
from typing import Any

import pytest

from casussen.fouten import OnjuisteStatus, Onvolledig
from casussen.keuzes import EigenaarSoort, SoortTaak, Status
from casussen.models import Doel, Doelscore, Doelversie, Intensiteit, Nazorg, Overgang, Plan, Reactie, Taak, Termijn
from casussen.mogelijk import available_actions
from casussen.stand import next_step_of
from tests.factories.casussen import (
    DOEL,
    NU,
    PLAN,
    REAGEREN,
    TERUGKOPPELING,
    Wereld,
    afsluiten,
    evalueren,
    goals,
)

THUIS: dict[str, Any] = {
    "domein": "thuis",
    "tekst": "Rust in huis",
    "partij": "ouders",
    "eigen_kracht": "Samen eten",
    "netwerk": "Oma",
    "score": 5,
}
ACTIE: dict[str, Any] = {"omschrijving": "Belt de huisarts.", "partij": "wijkteam", "uiterlijk": "2026-12-09"}


def test_a_first_plan_has_numbered_goals_a_start_score_and_actions_with_a_clock(wereld: Wereld) -> None:
    values = {**PLAN, "doelen": [DOEL, THUIS], "acties": [ACTIE], "intensiteit": "licht"}
    casus = wereld.do("plan_vaststellen", wereld.casus(Status.IN_BEHANDELING), "wim", **values)
    plan = Plan.objects.get(casus=casus)
    assert (plan.versie, plan.ronde, plan.standpunt, plan.mdo, plan.zonder_mdo) == (1, 1, "akkoord", None, PLAN["mdo_reden_niet"])
    school, thuis = Doelversie.objects.filter(plan=plan).order_by("doel__nummer")
    assert (school.doel.nummer, school.schoolloopbaan, thuis.doel.nummer, thuis.schoolloopbaan) == (1, True, 2, False)
    assert (thuis.eigen_kracht, thuis.netwerk) == ("Samen eten", "Oma")
    assert list(Doelscore.objects.order_by("pk").values_list("doel", "score", "datum")) == [
        (school.doel_id, 3, NU.date()), (thuis.doel_id, 5, NU.date()),
    ]  # fmt: skip
    taak = Taak.objects.get(casus=casus)
    assert (taak.soort, Termijn.objects.filter(taak=taak, gesloten_op__isnull=True).count()) == (SoortTaak.ACTIE, 1)
    assert Intensiteit.objects.get(casus=casus).niveau == "licht"


def test_a_new_goal_says_where_it_starts(wereld: Wereld) -> None:
    casus = wereld.casus(Status.IN_BEHANDELING)
    with pytest.raises(Onvolledig, match="Geef dit doel een cijfer") as fout:
        wereld.do("plan_vaststellen", casus, "wim", **{**PLAN, "doelen": [DOEL, THUIS | {"score": None}]})
    assert [item["veld"] for item in fout.value.ontbreekt] == ["doelen.1.score"]


def test_a_new_version_keeps_the_goals_it_names_and_leaves_the_earlier_version_as_it_was(wereld: Wereld) -> None:
    casus = wereld.casus(Status.PLAN_VASTGESTELD)
    (old,) = goals(casus)
    before = Doelversie.objects.filter(plan__casus=casus).values().get()
    changed = {**DOEL, "doel": old, "tekst": "Halve dagen naar school"}
    values = {**PLAN, "reden_bijstellen": "Het was te veel.", "doelen": [changed, THUIS], "standpunt": "deels"}
    values |= {"mening_gezin": "Graag rustig aan."}
    del values["mdo_reden_niet"]
    casus = wereld.do("plan_bijstellen", casus, "wim", **values)
    first, second = Plan.objects.filter(casus=casus).order_by("versie")
    assert (first.versie, second.versie, second.reden, second.mening_gezin) == (1, 2, "Het was te veel.", "Graag rustig aan.")
    assert Doelversie.objects.filter(plan=first).values().get() == before
    assert list(second.doelen.order_by("doel__nummer").values_list("doel__nummer", "tekst")) == [
        (1, "Halve dagen naar school"), (2, "Rust in huis"),
    ]  # fmt: skip
    assert Doel.objects.filter(casus=casus).count() == 2


def test_a_goal_of_another_casus_is_no_goal_of_this_one(wereld: Wereld) -> None:
    other = wereld.casus(Status.PLAN_VASTGESTELD)
    strange = goals(other)
    wereld.do("mdo_afzeggen", other, "wim", toelichting="Dan heeft Wim een ander overleg.")
    casus = wereld.casus(Status.PLAN_VASTGESTELD, leerlingnummer="B2")
    with pytest.raises(Onvolledig) as fout:
        wereld.do("doelen_scoren", casus, "wim", score_datum="2026-12-02", scores=[{"doel": strange[0], "score": 5}])
    assert [item["veld"] for item in fout.value.ontbreekt] == ["scores.0.doel"]


def test_a_score_keeps_its_day_and_who_gave_it(wereld: Wereld) -> None:
    casus = wereld.casus(Status.IN_UITVOERING)
    (doel,) = goals(casus)
    row = {"doel": doel, "score": 7, "van_wie": "jongere", "toelichting": "Gaat beter."}
    with pytest.raises(Onvolledig, match=r"sinds 2-12-2026 in het plan\. Kies een dag vanaf 2-12-2026"):
        wereld.do("doelen_scoren", casus, "zoe", score_datum="2026-12-01", scores=[row])
    wereld.do("doelen_scoren", casus, "zoe", op=NU + timedelta(days=9), score_datum="2026-12-10", scores=[row])
    score = Doelscore.objects.get(doel=doel, score=7)
    assert (f"{score.datum}", score.van_wie, score.toelichting, score.door) == (
        "2026-12-10", "jongere", "Gaat beter.", wereld.cast.zoe,
    )  # fmt: skip


def test_help_becomes_heavier_or_lighter_never_the_same_and_never_back_in_time(wereld: Wereld) -> None:
    casus = wereld.casus(Status.IN_UITVOERING)

    def change(niveau: str, vanaf: str) -> set[str]:
        try:
            wereld.do("intensiteit_wijzigen", casus, "wim", intensiteit=niveau, vanaf=vanaf, toelichting="Nodig.")
        except Onvolledig as fout:
            return {item["veld"] for item in fout.ontbreekt}
        return set()

    assert change("licht", "2026-11-20") == set()
    assert change("licht", "2026-12-01") == {"intensiteit"}
    assert change("zwaar", "2026-11-19") == {"vanaf"}
    assert change("zwaar", "2026-12-01") == set()
    assert change("middel", "2026-12-01") == {"vanaf"}  # the same day: that would take the first away
    assert change("middel", "2026-12-02") == set()
    rows = Intensiteit.objects.filter(casus=casus).order_by("vanaf").values_list("niveau", flat=True)
    assert list(rows) == ["licht", "zwaar", "middel"]


def test_how_heavy_the_help_was_is_not_lost_on_the_day_of_the_plan(wereld: Wereld) -> None:
    casus = wereld.do("plan_vaststellen", wereld.casus(Status.IN_BEHANDELING), "wim", **PLAN, intensiteit="licht")
    with pytest.raises(Onvolledig, match=r"De vorige wijziging was op 2-12-2026\. Kies een latere dag\."):
        wereld.do("intensiteit_wijzigen", casus, "wim", intensiteit="middel", vanaf="2026-12-02", toelichting="Toch meer.")
    later = {"op": NU + timedelta(days=1), "vanaf": "2026-12-03", "toelichting": "Toch meer."}
    wereld.do("intensiteit_wijzigen", casus, "wim", intensiteit="middel", **later)
    assert list(Intensiteit.objects.order_by("vanaf").values_list("niveau", flat=True)) == ["licht", "middel"]


# --- Evaluation and the end -------------------------------------------------------------------------------------
def test_after_the_reaction_of_the_school_the_team_is_next(wereld: Wereld) -> None:
    casus = wereld.casus(Status.EVALUATIE)
    assert next_step_of(casus).eigenaar == EigenaarSoort.SCHOOL
    casus = wereld.do("reageren", casus, "zoe", eens="nee", reactie="Er is nog meer nodig.")
    reactie = Reactie.objects.get(casus=casus)
    assert (reactie.eens, reactie.tekst, reactie.door) == (False, "Er is nog meer nodig.", wereld.cast.zoe)
    casus.refresh_from_db()
    assert (casus.status, casus.school_reageerde, casus.aan_zet) == (Status.EVALUATIE, True, "wijkteam")
    assert next_step_of(casus).termijn_soort == "afgesloten_vervolg"
    assert Termijn.objects.get(casus=casus, soort="afgesloten").gesloten_om == "gehaald"
    with pytest.raises(Onvolledig, match="De school heeft al gereageerd"):
        wereld.do("reageren", casus, "zoe", **REAGEREN)


def test_a_question_in_between_does_not_take_the_reaction_away(wereld: Wereld) -> None:
    casus = wereld.do("reageren", wereld.casus(Status.EVALUATIE), "zoe", **REAGEREN)
    casus = wereld.do("vragen", casus, "wim", vraag="Welke dagen gaat het goed?")
    casus = wereld.do("beantwoorden", casus, "zoe", antwoord="Alle dagen.")
    assert (casus.status, casus.school_reageerde) == (Status.EVALUATIE, True)


def test_going_on_asks_the_school_anew_after_the_next_evaluation(wereld: Wereld) -> None:
    casus = wereld.do("reageren", wereld.casus(Status.EVALUATIE), "zoe", **REAGEREN)
    casus = wereld.do("uitvoeren", casus, "wim", **TERUGKOPPELING)
    started = casus.hulp_gestart_op
    casus = wereld.do("evalueren", casus, "wim", **evalueren(casus))
    assert (casus.status, casus.school_reageerde, casus.hulp_gestart_op) == (Status.EVALUATIE, False, started)
    with pytest.raises(Onvolledig) as fout:
        wereld.do("afsluiten", casus, "wim", **afsluiten(casus))
    assert [item["veld"] for item in fout.value.ontbreekt] == [""]


def test_the_end_has_a_result_for_every_goal_and_a_day_of_after_care(wereld: Wereld) -> None:
    casus = wereld.casus(Status.AFGESLOTEN)
    doel = Doel.objects.get(casus=casus)
    assert (doel.resultaat, doel.resultaat_op, casus.afgesloten_op) == ("bereikt", NU, NU)
    nazorg = Nazorg.objects.get(casus=casus)
    assert (f"{nazorg.datum}", nazorg.gedaan_op) == ("2027-03-03", None)
    early = r"afgesproken voor 3-3-2027\. U kunt haar vastleggen vanaf 3-2-2027\."
    with pytest.raises(Onvolledig, match=early):
        wereld.do("nazorg_vastleggen", casus, "zoe", hoe_gaat_het="Het gaat goed.")
    (step,) = [step for step in available_actions(casus, wereld.zoe) if step.actie == "nazorg_vastleggen"]
    assert not step.mag
    assert re.search(early, step.waarom_niet)
    february = NU.replace(year=2027, month=2, day=3)
    wereld.do("nazorg_vastleggen", casus, "zoe", op=february, hoe_gaat_het="Het gaat goed.")
    nazorg.refresh_from_db()
    assert (nazorg.gedaan_op, nazorg.hoe_gaat_het, nazorg.gedaan_door) == (february, "Het gaat goed.", wereld.cast.zoe)


def test_a_new_ronde_starts_without_a_plan_and_counts_versions_on(wereld: Wereld) -> None:
    casus = wereld.do("heropenen", wereld.casus(Status.AFGESLOTEN), "zoe", toelichting="Het gaat niet.")
    assert (casus.ronde, casus.school_reageerde, casus.hulp_gestart_op) == (2, False, None)
    assert not Nazorg.objects.filter(casus=casus).exists()
    casus = wereld.do("ontvangen", casus, "wim")
    casus = wereld.do("starten", casus, "wim", contact_soort="school", contact_met="beide", contact_datum="2026-12-02",
                      terugkoppeling_gedaan="Gesproken.")  # fmt: skip
    assert goals(casus) == []
    casus = wereld.do("plan_vaststellen", casus, "wim", **PLAN)
    assert list(Plan.objects.filter(casus=casus).order_by("versie").values_list("versie", "ronde")) == [(1, 1), (2, 2)]
    assert list(Doel.objects.filter(casus=casus).order_by("nummer").values_list("nummer", "ronde")) == [(1, 1), (2, 2)]


def test_one_plan_sent_twice_is_one_version_and_another_on_an_old_page_is_refused(wereld: Wereld) -> None:
    casus = wereld.casus(Status.IN_BEHANDELING)
    for _ in range(2):
        wereld.do("plan_vaststellen", casus, "wim", versie=casus.versie, **PLAN)
    assert Plan.objects.filter(casus=casus).count() == 1
    with pytest.raises(OnjuisteStatus, match="Wim Wijkteam heeft het plan om"):
        wereld.do("plan_vaststellen", casus, "cora", versie=casus.versie, **{**PLAN, "standpunt": "akkoord", "beeld": "Anders."})
    assert Overgang.objects.filter(casus=casus, actie="plan_vaststellen").count() == 1


def test_a_question_beside_the_reaction_shows_the_day_of_the_answer(wereld: Wereld) -> None:
    """Two clocks of the school run then; the one of the question is that of the state."""
    casus = wereld.casus(Status.EVALUATIE)
    reaction = Termijn.objects.get(casus=casus, soort="afgesloten")
    asked = wereld.do("vragen", casus, "wim", op=NU + timedelta(days=5), vraag="Welke dagen gaat het goed?")
    step = next_step_of(asked)
    assert step.termijn_soort == "aanvulling_gevraagd"
    assert step.uiterlijk is not None
    assert step.uiterlijk > reaction.vervalt_op
