"""The actions of a casus: what is open first, what ended folded away. An aanbieder sees and ends only the own ones."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from casussen.models import Casus, Taak
from casussen.mogelijk import Mogelijk, available_actions
from casussen.queries.overleg import TaakRegel, taken_of
from casussen.views.dossier import LEZERS, Dossier, open_dossier
from casussen.views.knoppen import button
from kern.klok import now, today
from toegang.rollen import AANBIEDER
from toegang.toelating import voor

TAB = "casus-taken"
#: The buttons of one line, and what they say there.
PER_REGEL = {"taak_afronden": "Afronden", "taak_verzetten": "Verzetten", "taak_laten_vervallen": "Laten vervallen"}


@voor(*LEZERS, AANBIEDER)
@require_GET
def taken(request: HttpRequest, nummer: str) -> HttpResponseBase:
    dossier = open_dossier(request, nummer, TAB)
    rows = taken_of(dossier.casus, dossier.blik)
    steps = {s.actie: s for s in available_actions(dossier.casus, dossier.kijker, op=today()) if s.op_pagina == TAB and s.mag}
    open_ones = [_open(row, dossier, steps) for row in rows if row.taak.is_open]
    add = steps.get("taak_toevoegen")
    late = sum(row.taak.is_open and row.vervalt_op < now() for row in rows)
    context = {
        **dossier.context(TAB),
        "open": open_ones,
        "klaar": [_ended(row) for row in rows if not row.taak.is_open],
        "te_laat": late,
        "toevoegen_url": reverse("casus-actie", args=[dossier.casus.nummer, add.actie]) if add else "",
        "alleen_eigen": not dossier.blik.reads,
    }
    return render(request, "casussen/taken.html", context)


def _open(row: TaakRegel, dossier: Dossier, steps: dict[str, Mogelijk]) -> dict[str, Any]:
    return {
        **_line(row, dossier),
        "knoppen": [
            button(dossier.casus, steps[actie], query=f"?taak={row.taak.pk}", label=label)
            for actie, label in PER_REGEL.items()
            if actie in steps
        ],
    }


def _line(row: TaakRegel, dossier: Dossier | None = None) -> dict[str, Any]:
    origin = _from(row.taak, dossier.casus if dossier is not None and dossier.blik.reads else None)
    return {"omschrijving": row.taak.omschrijving, "wie": row.van_wie, "vervalt_op": row.vervalt_op, "uit": origin}


def _from(taak: Taak, casus: Casus | None) -> dict[str, Any]:
    """What it comes from, with the way there for who may read that."""
    if taak.mdo is not None:
        url = f"{reverse('casus-overleg', args=[casus.nummer])}#overleg-{taak.mdo_id}" if casus is not None else ""
        return {"tekst": "overleg van", "op": taak.mdo.begint_op, "url": url}
    return {"tekst": "plan" if taak.doel_id else "", "op": None, "url": ""}


def _ended(row: TaakRegel) -> dict[str, Any]:
    taak = row.taak
    return {
        **_line(row),
        "afgerond_op": taak.afgerond_op,
        "afgerond_door": str(taak.afgerond_door or ""),
        "vervallen_op": taak.vervallen_op,
        "tekst": taak.resultaat or taak.vervallen_om,
    }
