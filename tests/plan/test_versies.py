"""A plan has versions: each is kept as it was, with its goals, and what the family thought of it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from casussen.fouten import Onvolledig
from casussen.keuzes import SoortTaak, Status
from casussen.models import Casus, Doel, Doelscore, Doelversie, Overgang, Plan, Taak, Termijn
from casussen.queries import tijdlijn
from casussen.queries.plan import compare, helpers_of, intensity_of, newest_plan, plan_of, versions_of
from casussen.rules.planverschil import Soort
from tests.factories.casussen import DOEL, NU, TERUGKOPPELING, Wereld, afsluiten, evalueren, goals
from tests.factories.hulp import asked, start

TWEEDE = {"domein": "thuis", "tekst": "Rust aan tafel", "partij": "ouders", "eigen_kracht": "Samen eten.", "score": 4}


def adjust(wereld: Wereld, casus: Casus, doelen: list[dict[str, Any]], **anders: Any) -> Casus:
    values: dict[str, Any] = {"reden_bijstellen": "Het ging sneller.", "doelen": doelen, "standpunt": "akkoord", **TERUGKOPPELING}
    return wereld.do("plan_bijstellen", casus, "wim", **{**values, **anders})


def kept(casus: Casus, **anders: Any) -> dict[str, Any]:
    return {**DOEL, "score": None, "doel": goals(casus)[0], **anders}


# --- Versions -----------------------------------------------------------------------------------------------------------
def test_a_next_version_leaves_the_earlier_one_as_it_was(wereld):
    casus = wereld.casus(Status.PLAN_VASTGESTELD)
    adjust(wereld, casus, [kept(casus, tekst="Drie dagen naar school"), TWEEDE])
    nieuw, oud = versions_of(casus)
    assert [(oud.versie, oud.reden), (nieuw.versie, nieuw.reden)] == [(1, ""), (2, "Het ging sneller.")]
    assert [g.versie.tekst for g in plan_of(oud, nieuwste=False).doelen] == ["Elke dag naar school"]
    assert [g.versie.tekst for g in plan_of(nieuw, nieuwste=True).doelen] == ["Drie dagen naar school", "Rust aan tafel"]


def test_the_difference_says_what_was_added_changed_and_dropped(wereld):
    casus = wereld.casus(Status.PLAN_VASTGESTELD)
    adjust(wereld, casus, [kept(casus), TWEEDE])
    school, thuis = goals(casus)
    doelen = [kept(casus, doel=school, eigenaar="mentor Mo")]
    adjust(wereld, casus, doelen, standpunt="niet", mening_gezin="Wij willen eerst rust.")
    first, second, third = sorted(versions_of(casus), key=lambda v: v.versie)
    assert [d.soort for d in compare(first, second).doelen] == [Soort.GELIJK, Soort.ERBIJ]
    verschil = compare(second, third)
    assert [(d.nummer, d.soort) for d in verschil.doelen] == [(1, Soort.ANDERS), (2, Soort.VERVALLEN)]
    assert [(w.wat, w.was, w.wordt) for w in verschil.doelen[0].wijzigingen] == [
        ("Eigenaar", "de school", "de school: mentor Mo")
    ]
    assert {w.wat: w.wordt for w in verschil.rest} == {
        "Wat het gezin vindt": "is het niet eens met het plan",
        "In de woorden van het gezin": "Wij willen eerst rust.",
    }
    assert thuis not in [row.doel.pk for row in plan_of(third, nieuwste=True).doelen]


def test_a_goal_of_another_casus_is_refused(wereld):
    casus, other = wereld.casus(Status.PLAN_VASTGESTELD), wereld.casus(Status.PLAN_VASTGESTELD, leerlingnummer="A2")
    with pytest.raises(Onvolledig, match="hoort niet bij deze casus"):
        adjust(wereld, casus, [kept(casus, doel=goals(other)[0])])
    assert Plan.objects.filter(casus=casus).count() == 1


def test_a_new_ronde_starts_without_a_plan_but_keeps_what_was(wereld):
    casus = wereld.casus(Status.AFGESLOTEN)
    casus = wereld.do("heropenen", casus, "zoe", toelichting="Het gaat weer slechter.")
    assert newest_plan(casus) is None
    assert [plan.versie for plan in versions_of(casus)] == [1]


ANDERS: dict[str, Callable[[Plan, Doelversie], object]] = {
    "the plan": lambda plan, _: Plan.objects.filter(pk=plan.pk).update(mening_gezin="Anders."),
    "a goal of it": lambda _, goal: Doelversie.objects.filter(pk=goal.pk).update(tekst="Anders."),
    "that there is a plan": lambda plan, _: plan.delete(),
    "that there is a goal": lambda _, goal: goal.delete(),
}


@pytest.mark.parametrize("what", ANDERS)
def test_the_database_refuses_to_change_a_version(wereld, what):
    casus = wereld.casus(Status.PLAN_VASTGESTELD)
    plan, row = Plan.objects.get(casus=casus), Doelversie.objects.get(plan__casus=casus)
    with pytest.raises(IntegrityError, match="verandert niet meer"), transaction.atomic():
        ANDERS[what](plan, row)
    plan, row = Plan.objects.get(casus=casus), Doelversie.objects.get(plan__casus=casus)
    assert (plan.mening_gezin, row.tekst) == ("", "Elke dag naar school")


# --- What belongs to it -------------------------------------------------------------------------------------------------
def test_scores_belong_to_the_goal_through_all_versions(wereld):
    casus = wereld.casus(Status.PLAN_VASTGESTELD)
    wereld.do(
        "doelen_scoren",
        casus,
        "zoe",
        score_datum="2026-12-02",
        scores=[{"doel": goals(casus)[0], "score": 5, "van_wie": "school"}],
    )
    adjust(wereld, casus, [kept(casus, score=7)])
    plan = newest_plan(casus)
    assert plan is not None
    (goal,) = plan.doelen
    assert [s.score for s in goal.scores] == [3, 5, 7]
    assert [goal.start, goal.nu] == [goal.scores[0], goal.scores[-1]]


def test_the_start_is_the_score_of_the_plan(wereld):
    """Also when another one of an earlier day was written down since: the rule that refuses it is younger than the data."""
    casus = wereld.casus(Status.PLAN_VASTGESTELD)
    Doelscore.objects.create(doel_id=goals(casus)[0], score=9, datum=date(2026, 1, 1), op=NU)
    plan = newest_plan(casus)
    assert plan is not None
    assert [goal.start.score for goal in plan.doelen if goal.start] == [3]


def test_an_action_of_the_plan_has_a_clock_of_its_own(wereld):
    casus = wereld.casus(Status.PLAN_VASTGESTELD)
    actie = {"omschrijving": "Rooster maken", "partij": "school", "uiterlijk": "2026-12-09"}
    adjust(wereld, casus, [kept(casus)], acties=[actie])
    taak = Taak.objects.get(casus=casus, soort=SoortTaak.ACTIE)
    assert Termijn.objects.get(taak=taak, gesloten_op=None).vervalt_op.date() == taak.uiterlijk


def test_light_to_heavy_is_kept_as_a_history(wereld):
    casus = wereld.casus(Status.PLAN_VASTGESTELD)
    wereld.do("intensiteit_wijzigen", casus, "wim", intensiteit="licht", vanaf="2026-12-01", toelichting="Licht waar het kan.")
    wereld.do("intensiteit_wijzigen", casus, "wim", intensiteit="zwaar", vanaf="2026-12-02", toelichting="Het liep vast.")
    assert [i.niveau for i in intensity_of(casus)] == ["zwaar", "licht"]
    with pytest.raises(Onvolledig, match="heeft deze zwaarte al"):
        wereld.do("intensiteit_wijzigen", casus, "wim", intensiteit="zwaar", vanaf="2026-12-02", toelichting="Nog eens.")


def test_the_number_of_helpers_counts_organisations_that_really_help(wereld):
    casus, inzet = asked(wereld)
    casus = Casus.objects.select_related("wijkteam").get(pk=casus.pk)
    assert helpers_of(casus) == [str(casus.wijkteam)]
    start(wereld, casus, inzet)
    assert helpers_of(casus) == [str(casus.wijkteam), "Aanbieder A"]


def test_what_the_family_says_at_evaluation_and_end_is_kept(wereld):
    casus = wereld.casus(Status.IN_UITVOERING)
    casus = wereld.do("evalueren", casus, "wim", **(evalueren(casus) | {"mening_gezin": "Wij merken verschil."}))
    casus = wereld.do("reageren", casus, "zoe", eens="ja", reactie="Goed.")
    casus = wereld.do("afsluiten", casus, "wim", **afsluiten(casus))
    said = Overgang.objects.filter(casus=casus, actie__in=["evalueren", "afsluiten"]).order_by("op", "id")
    assert [step.toelichting for step in said] == ["Wij merken verschil.", "Wij zijn tevreden."]
    told = [d for moment in tijdlijn(casus, wereld.zoe) for d in moment.details]
    assert ("Wat ouders en leerling ervan vinden", "Wij merken verschil.") in told
    assert Doel.objects.get(casus=casus).resultaat == "bereikt"
