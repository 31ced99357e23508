"""The tab Plan: one family, one plan. The version that holds, any earlier one, and what differs between two."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from casussen.models import Doelscore, Plan
from casussen.mogelijk import available_actions, offered_on
from casussen.queries.plan import (
    DoelBeeld,
    PlanBeeld,
    actions_of_plan,
    compare,
    family_said,
    goals_for,
    helpers_of,
    intensity_of,
    plan_of,
    versions_of,
)
from casussen.views.dossier import LEZERS, Dossier, open_dossier
from casussen.views.knoppen import buttons
from kern.klok import today
from toegang.rollen import AANBIEDER
from toegang.toelating import voor

#: The picture of the scores: a line from the first score to the last, from 1 (below) to 10 (above).
BREED, HOOG, RAND = 240, 96, 18
BIJ_PLAN = ("plan_vaststellen",)


@voor(*LEZERS, AANBIEDER)
@require_GET
def plan(request: HttpRequest, nummer: str) -> HttpResponseBase:
    """The plan of a casus; for an aanbieder the goals that its own help works at."""
    dossier = open_dossier(request, nummer, "casus-plan")
    context = dossier.context("casus-plan")
    if not dossier.blik.reads:
        goals = [_goal(goal) for goal in goals_for(dossier.casus, dossier.blik)]
        return render(request, "casussen/plan_gedeeld.html", {**context, "doelen": goals})
    versions = versions_of(dossier.casus)
    if "van" in request.GET and "tot" in request.GET:
        oud, nieuw = sorted((_version(versions, request.GET[key]) for key in ("van", "tot")), key=lambda v: v.versie)
        return render(request, "casussen/plan_verschil.html", {**context, "versies": versions, "verschil": compare(oud, nieuw)})
    chosen = _version(versions, request.GET["versie"]) if "versie" in request.GET else next(iter(versions), None)
    return render(request, "casussen/plan.html", {**context, **_plan(dossier, versions, chosen)})


def _version(versions: Sequence[Plan], asked: str) -> Plan:
    found = next((version for version in versions if str(version.versie) == asked), None)
    if found is None:
        raise Http404
    return found


def _plan(dossier: Dossier, versions: list[Plan], chosen: Plan | None) -> dict[str, Any]:
    casus = dossier.casus
    held = bool(versions) and versions[0].ronde == casus.ronde
    can = available_actions(casus, dossier.kijker, op=today())
    steps = offered_on("casus-plan", can, casus, dossier.kijker, ook=() if held else BIJ_PLAN)
    newest = chosen is not None and chosen == versions[0]
    picture = plan_of(chosen, nieuwste=newest) if chosen else None
    return {
        **buttons(casus, steps),
        "plan": picture,
        "domeinen": _domains(picture) if picture else [],
        "versies": versions,
        "vorige": next((v for v in versions if chosen and v.versie < chosen.versie), None),
        "acties_plan": actions_of_plan(casus) if newest else [],
        "intensiteiten": intensity_of(casus),
        "helpers": helpers_of(casus),
        "gezin_zei": family_said(casus),
    }


def _domains(picture: PlanBeeld) -> list[tuple[str, list[dict[str, Any]]]]:
    return [(domein, [_goal(goal) for goal in goals]) for domein, goals in picture.per_domein]


def _goal(goal: DoelBeeld) -> dict[str, Any]:
    return {"doel": goal.doel, "versie": goal.versie, "scores": goal.scores, "beeld": score_picture(goal.scores)}


def score_picture(scores: Sequence[Doelscore]) -> dict[str, Any] | None:
    """Where the points of the line stand, and the same in words."""
    if not scores:
        return None
    step = (BREED - 2 * RAND) / max(len(scores) - 1, 1)
    points = [
        {"x": round(RAND + n * step, 1), "y": round(HOOG - RAND - (score.score - 1) * (HOOG - 2 * RAND) / 9, 1), "score": score}
        for n, score in enumerate(scores)
    ]
    first, last = scores[0].score, scores[-1].score
    words = (
        f"Het cijfer is {first}." if len(scores) == 1 else f"Van {first} bij de start naar {last} nu, in {len(scores)} cijfers."
    )
    return {
        "breed": BREED,
        "hoog": HOOG,
        "boven": RAND,
        "onder": HOOG - RAND,
        "punten": points,
        "lijn": " ".join(f"{point['x']},{point['y']}" for point in points),
        "tekst": words,
    }
