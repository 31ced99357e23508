"""The overleg of a casus: what is planned, with whom; what was said and decided, with the family's own words set apart."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.views.decorators.http import require_GET

from casussen.actions.uitnodigen import address_of
from casussen.keuzes import Aanwezigheid, MdoStatus
from casussen.models import Casus, Deling, Mdo, MdoAanvulling, MdoDeelnemer, Taak
from casussen.models.deling import PARTIJEN
from casussen.mogelijk import Mogelijk, available_actions
from casussen.overleg.ics import file_name
from casussen.overleg.uitnodiging import copy_of, in_words
from casussen.queries.overleg import as_rows, overleggen_of, readable
from casussen.views.dossier import LEZERS, Dossier, open_dossier
from casussen.views.knoppen import button
from casussen.views.zicht import relation_of
from kern.klok import AMSTERDAM, now, today
from scholen.sectoren import woorden
from toegang.actions.inzage import log_inzage
from toegang.toelating import voor

PLANNEN, VASTLEGGEN, AANVULLEN = "mdo_plannen", "mdo_vastleggen", "mdo_aanvullen"
STAPPEN = (VASTLEGGEN, "mdo_verzetten", "mdo_afzeggen")
TONEN = {Aanwezigheid.AANWEZIG: "goed", Aanwezigheid.AFWEZIG: "let_op", Aanwezigheid.AFGEMELD: "neutraal"}


@voor(*LEZERS)
@require_GET
def overleg(request: HttpRequest, nummer: str) -> HttpResponseBase:
    dossier = open_dossier(request, nummer, "casus-overleg")
    found = overleggen_of(dossier.casus, dossier.blik)
    steps = {step.actie: step for step in available_actions(dossier.casus, dossier.kijker, op=today())}
    planned = next((mdo for mdo in found if mdo.status == MdoStatus.GEPLAND), None)
    held = [_held(mdo, dossier.casus) for mdo in found if mdo.status == MdoStatus.GEHOUDEN]
    if held and (link := _link(dossier.casus, steps.get(AANVULLEN))):
        held[0]["aanvullen"] = link  # the step is about the newest one
    context = {
        **dossier.context("casus-overleg"),
        "gepland": _planned(planned, dossier, steps) if planned else None,
        "plannen": _link(dossier.casus, steps.get(PLANNEN)) if planned is None else None,
        "geweest": held,
        "afgezegd": [{**_when(mdo), "om": mdo.afgezegd_om} for mdo in found if mdo.status == MdoStatus.AFGEZEGD],
        "jongere": woorden(dossier.casus.sector).leerling,
        "leeg": "Nog geen overleg" if dossier.casus.ronde == 1 else "Nog geen overleg sinds de casus weer open is",
    }
    return render(request, "casussen/overleg.html", context)


def _when(mdo: Mdo) -> dict[str, Any]:
    begin, end = mdo.begint_op.astimezone(AMSTERDAM), mdo.eindigt_op.astimezone(AMSTERDAM)
    return {
        "id": mdo.pk,
        "begint_op": begin,
        "van": f"{begin.hour}.{begin.minute:02}",
        "tot": f"{end.hour}.{end.minute:02}",
        "waar": in_words(mdo.plek, mdo.adres),
    }


def _planned(mdo: Mdo, dossier: Dossier, steps: dict[str, Mogelijk]) -> dict[str, Any]:
    over = mdo.begint_op <= now()
    links = [link for actie in STAPPEN if (link := _link(dossier.casus, steps.get(actie)))]
    shared = set(Deling.objects.living().filter(casus=dossier.casus).values_list("met", flat=True))
    for link in links:
        link["hoofd"] = link["actie"] == VASTLEGGEN and over
    return {
        **_when(mdo),
        "agenda": mdo.agenda,
        "reden": mdo.reden_zonder_gezin,
        "gepland_door": str(mdo.gepland_door or ""),
        "mensen": [{**_person(d), "hoe": _how(d, shared)} for d in mdo.deelnemers.all()],
        "knoppen": links,
        "ics": reverse("casus-overleg-ics", args=[dossier.casus.nummer, mdo.pk]),
    }


def _link(casus: Casus, step: Mogelijk | None) -> dict[str, Any] | None:
    if step is None or not step.mag:
        return None
    return {**button(casus, step), "actie": step.actie, "hoofd": False}


def _person(deelnemer: MdoDeelnemer) -> dict[str, Any]:
    return {"naam": deelnemer.naam, "functie": deelnemer.functie, "namens": capfirst(deelnemer.get_partij_display())}


def _how(deelnemer: MdoDeelnemer, shared: set[str]) -> str:
    """How they are told: who has no address is asked by word of mouth; a party without a deling has nothing in the portal."""
    outside = deelnemer.partij in PARTIJEN and deelnemer.partij not in shared
    if deelnemer.user_id is not None and not outside:
        return "mail en portaal"
    return "mail" if address_of(deelnemer) else "vertel het zelf: geen e-mailadres"


def _held(mdo: Mdo, casus: Casus) -> dict[str, Any]:
    return {
        **_when(mdo),
        "verslag": mdo.verslag,
        "verslag_door": str(mdo.verslag_door or ""),
        "gehouden_op": mdo.gehouden_op,
        "meningen": _own_words(mdo, casus),
        "aanvullingen": [
            {"tekst": added.tekst, "door": str(added.door or ""), "op": added.op, "meningen": _own_words(added, casus)}
            for added in mdo.aanvullingen.all()
        ],
        "reden": mdo.reden_zonder_gezin,
        "agenda": mdo.agenda,
        "mensen": [
            {**_person(d), "aanwezig": d.get_aanwezig_display(), "toon": TONEN.get(Aanwezigheid(d.aanwezig), "wacht")}
            for d in mdo.deelnemers.all()
        ],
        "besluiten": decisions(mdo.taken.all()),
    }


def _own_words(said: Mdo | MdoAanvulling, casus: Casus) -> list[tuple[str, str]]:
    """What the family says itself: who, and the words."""
    own = [("Ouders", said.mening_ouders), (woorden(casus.sector).leerling.capitalize(), said.mening_jongere)]
    return [(wie, tekst) for wie, tekst in own if tekst]


def decisions(taken: Iterable[Taak]) -> list[dict[str, Any]]:
    """Each with who does it, when, and how it stands."""
    return [
        {
            "omschrijving": row.taak.omschrijving,
            "wie": row.van_wie,
            "vervalt_op": row.vervalt_op,
            "open": row.taak.is_open,
            "afgerond_op": row.taak.afgerond_op,
            "resultaat": row.taak.resultaat,
            "vervallen_om": row.taak.vervallen_om,
        }
        for row in as_rows(taken)
    ]


@voor(*LEZERS)
@require_GET
def ics(request: HttpRequest, nummer: str, pk: int) -> HttpResponseBase:
    """The overleg as a file for one's own calendar."""
    dossier = open_dossier(request, nummer, "casus-overleg", log=False)
    casus, kijker = dossier.casus, dossier.kijker
    mdo = readable(casus, dossier.blik).filter(pk=pk).first()
    if mdo is None:
        raise Http404
    relatie = relation_of(kijker, casus, content=True)
    log_inzage(kijker=kijker, actie="agendabestand", object_soort="casus", object_id=casus.pk, relatie=relatie, op=now())
    link = request.build_absolute_uri(reverse("casus-overleg", args=[casus.nummer]))
    response = HttpResponse(copy_of(mdo, nummer=casus.nummer, link=link, op=now()), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file_name(mdo.begint_op)}"'
    response["Cache-Control"] = "no-store"
    return response
