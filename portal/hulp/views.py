"""Hulp op scholen: what was delivered about youth help, per school and per wijk; and the screen to deliver it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from gebieden.rollen import REGIOCOORDINATOR
from kern import klok
from portal.dashboard.bereik import KIJKERS, Bereik
from portal.hulp import beeld as scholen
from portal.hulp import wijken
from portal.hulp.forms import AanleverForm
from portal.hulp.queries import deliveries_of
from portal.uitvoer import Tabel, csv_response, xlsx_response
from scholen.aanlevering.bestand import LeesFout
from scholen.actions.aanleveren import Uitkomst, import_context, import_jeugdhulp
from scholen.models import Hulpvorm, SoortAanlevering
from toegang.toelating import kijker_of, voor

#: So many mistakes are shown on the screen; more would help nobody.
FOUTEN_GETOOND = 100
UITVOER = {"csv": csv_response, "xlsx": xlsx_response}


def _scope(request: HttpRequest) -> tuple[list[Bereik], Bereik | None]:
    """As at the other figures: what is somebody else's to look at is not there."""
    asked = request.GET.get("bereik", "")
    scopes, scope = scholen.choose_scope(kijker_of(request), asked)
    if asked and (scope is None or scope.sleutel != asked):
        raise Http404
    return scopes, scope


@voor(*KIJKERS)
@require_safe
def hulp(request: HttpRequest) -> HttpResponse:
    """`bereik`, `jaar` and `pagina` come from the URL; only what is offered can be chosen."""
    bereiken, bereik = _scope(request)
    found = scholen.picture(bereiken, bereik, request.GET.get("jaar", "")) if bereik else None
    if found is None:
        return render(request, "hulp/leeg.html", {"bereik": bereik, "mag_aanleveren": _may_deliver(request)})
    if request.GET.get("uitvoer") in UITVOER:
        return _take_away(request, {one.sleutel: one.tabel for one in found.grafieken}, "hulp-op-scholen")
    page = _page(request, range(found.aantal_scholen), scholen.PER_PAGINA)
    shown = scholen.one_page(found, page.start_index() - 1 if found.aantal_scholen else 0, page.end_index())
    context = {"beeld": shown, "mag_aanleveren": _may_deliver(request), "uitvoer_url": _export_url(request), "page": page}
    return render(request, "hulp/hulp.html", context)


@voor(*KIJKERS)
@require_safe
def per_wijk(request: HttpRequest) -> HttpResponse:
    bereiken, bereik = _scope(request)
    found = wijken.wijk_picture(bereiken, bereik, request.GET.get("jaar", "")) if bereik else None
    if found is None:
        return render(request, "hulp/leeg.html", {"bereik": bereik, "wijken": True, "mag_aanleveren": _may_deliver(request)})
    if request.GET.get("uitvoer") in UITVOER:
        return _take_away(request, {"wijken": found.tabel, "per-wijk": found.grafiek.tabel}, "wijken")
    page = _page(request, range(len(found.rijen)), wijken.PER_PAGINA)
    shown = wijken.one_page(found, page.start_index() - 1, page.end_index())
    context = {"beeld": shown, "mag_aanleveren": _may_deliver(request), "uitvoer_url": _export_url(request), "page": page}
    return render(request, "hulp/wijken.html", context)


@voor(REGIOCOORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def aanleveren(request: HttpRequest) -> HttpResponse:
    """Deliver a file: all of it is taken in, or nothing and every mistake is named."""
    kijker = kijker_of(request)
    regio_ids = kijker.ids(REGIOCOORDINATOR)
    form = AanleverForm(request.POST, request.FILES) if request.method == "POST" else AanleverForm()
    uitkomst: Uitkomst | None = None
    if request.method == "POST" and form.is_valid():
        bestand = form.cleaned_data["bestand"]
        take_in = import_jeugdhulp if form.cleaned_data["soort"] == SoortAanlevering.JEUGDHULP else import_context
        try:
            uitkomst = take_in(
                data=bestand.read(),
                bestandsnaam=bestand.name,
                by=kijker,
                op=klok.now(),
                regio_ids=regio_ids,
                proef=form.cleaned_data["proef"],
            )
        except LeesFout as problem:
            form.add_error("bestand", str(problem))
        else:
            if not uitkomst.fouten and not uitkomst.proef:
                messages.success(request, _told(uitkomst))
                return redirect("hulp-aanleveren")
            if uitkomst.fouten:
                form.add_error("bestand", f"In dit bestand {_mistakes(len(uitkomst.fouten))}. Er is niets veranderd.")
    page = _page(request, deliveries_of(regio_ids), 20)
    context = {
        "form": form,
        "hulpvormen": Hulpvorm.choices,
        "uitkomst": uitkomst,
        "fouten": uitkomst.fouten[:FOUTEN_GETOOND] if uitkomst else (),
        "meer_fouten": max(0, len(uitkomst.fouten) - FOUTEN_GETOOND) if uitkomst else 0,
        "page": page,
    }
    return render(request, "hulp/aanleveren.html", context, status=422 if form.errors else 200)


def _may_deliver(request: HttpRequest) -> bool:
    return kijker_of(request).heeft(REGIOCOORDINATOR)


def _page(request: HttpRequest, rows: Any, size: int) -> "Page[Any]":
    return Paginator(rows, size).get_page(request.GET.get("pagina"))


def _export_url(request: HttpRequest) -> str:
    """The same choice, to be taken away."""
    query = request.GET.copy()
    for key in ("pagina", "uitvoer", "tabel"):
        query.pop(key, None)
    return f"{request.path}?{query.urlencode()}" if query else request.path


def _take_away(request: HttpRequest, tabellen: dict[str, Tabel], naam: str) -> HttpResponse:
    """One table by its key, or all of them."""
    key = request.GET.get("tabel", "")
    if key and key not in tabellen:
        raise Http404
    chosen = [tabellen[key]] if key else list(tabellen.values())
    return UITVOER[request.GET["uitvoer"]](*chosen, naam=naam if not key else f"{naam} {key}")


def _told(uitkomst: Uitkomst) -> str:
    if not uitkomst.nieuw and not uitkomst.vervangen:
        return "Dit was al bekend. Er is niets veranderd."
    return f"Opgeslagen: {uitkomst.nieuw} nieuw, {uitkomst.vervangen} vervangen, {uitkomst.ongewijzigd} ongewijzigd."


def _mistakes(aantal: int) -> str:
    return "staat 1 fout" if aantal == 1 else f"staan {aantal} fouten"
