"""Who does what per step and gemeente: the version that holds, earlier ones, and the next one in the making."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

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
from casussen.models import Rolverdeling
from casussen.rollen import LEEG, STAPPEN, Matrix, Vak, differences, roles_text, wat, without_doer
from gebieden.models import Gemeente, Regio
from gebieden.rollen import GEMEENTEMEDEWERKER, REGIOCOORDINATOR
from kern.kijker import Kijker
from kern.klok import now, today
from portal.afspraken.forms import PubliceerForm, StapForm
from portal.afspraken.mandaten import add_errors
from portal.afspraken.regio import region_of
from portal.afspraken.tabs import tabs_for
from scholen.rollen import SCHOOLTEAMLEIDER, ZORGCOORDINATOR
from toegang.toelating import kijker_of, voor
from wijkteams.rollen import WIJKTEAMCOORDINATOR, WIJKTEAMLID

LEZERS = (REGIOCOORDINATOR, ZORGCOORDINATOR, SCHOOLTEAMLEIDER, WIJKTEAMLID, WIJKTEAMCOORDINATOR, GEMEENTEMEDEWERKER)


def grid(matrix: Matrix) -> list[dict[str, Any]]:
    """The matrix as rows for a table: per step what each party does."""
    return [
        {
            "stap": stap,
            "wat": wat(stap),
            "vakken": [(partij.label.capitalize(), *_shown(matrix.get((stap.value, partij.value), LEEG))) for partij in Partij],
        }
        for stap in STAPPEN
    ]


def _shown(vak: Vak) -> tuple[str, str]:
    return roles_text(vak[0]).capitalize(), vak[1]


@voor(*LEZERS)
@require_GET
def rolverdeling(request: HttpRequest) -> HttpResponseBase:
    """What holds today for the region or one gemeente, or an earlier or coming version of it."""
    kijker = kijker_of(request)
    regio = region_of(kijker)
    gemeenten = list(Gemeente.objects.filter(regio=regio).order_by("naam")) if regio else []
    gemeente = next((g for g in gemeenten if g.code == request.GET.get("gemeente")), None)
    asked = request.GET.get("versie", "")
    seen = Rolverdeling.objects.filter(regio=regio).select_related("regio", "gemeente")
    version = None
    if regio is not None:
        version = seen.in_force(regio_id=regio.pk, gemeente_id=gemeente.pk if gemeente else None, op=today())
        if asked.isascii() and asked.isdecimal() and len(asked) < 6:
            version = seen.published().filter(gemeente=gemeente, versie=int(asked)).first()
            if version is None:
                raise Http404
    published = seen.published().order_by(F("gemeente__naam").asc(nulls_first=True), "-versie")
    drafts = seen.editable_by(kijker).filter(geldig_van__isnull=True).order_by(F("gemeente__naam").asc(nulls_first=True))
    context = {
        "tabs": tabs_for(kijker, "rolverdeling"),
        "regio": regio,
        "gemeenten": gemeenten,
        "gemeente": gemeente,
        "versie": version,
        "eigen": bool(version and gemeente and version.gemeente_id == gemeente.pk),
        "geldt_nu": not asked,
        "rijen": grid(matrix_of(version)) if version else [],
        "partijen": [partij.label.capitalize() for partij in Partij],
        "versies": published,
        "concepten": drafts,
        "mag_wijzigen": regio is not None and kijker.heeft_voor(REGIOCOORDINATOR, regio.pk),
    }
    return render(request, "afspraken/rolverdeling.html", context)


@voor(REGIOCOORDINATOR)
@require_POST
def nieuw(request: HttpRequest) -> HttpResponseBase:
    kijker = kijker_of(request)
    regio = Regio.objects.coordinated_by(kijker).order_by("naam").first()
    if regio is None:
        raise Http404
    code = request.POST.get("gemeente", "")
    gemeente = next((g for g in Gemeente.objects.filter(regio=regio) if g.code == code), None)
    if code and gemeente is None:
        raise Http404
    version = create_rolverdeling(regio=regio, gemeente=gemeente, by=kijker, op=now())
    return redirect("rolverdeling-concept", pk=version.pk)


@voor(REGIOCOORDINATOR)
@require_http_methods(["GET", "POST"])
def concept(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The next version: its steps, what it changes, and from which day it holds."""
    kijker = kijker_of(request)
    version = _mine(kijker, pk)
    if not version.is_concept:
        return redirect(_address(version))
    form = PubliceerForm(request.POST if request.method == "POST" else None, initial={"geldig_van": today()})
    if form.is_bound and form.is_valid():
        try:
            publish_rolverdeling(rolverdeling=version, by=kijker, op=now(), **form.cleaned_data)
        except ValidationError as problem:
            add_errors(form, problem)
        except Vastgelegd:
            return _taken(request)
        else:
            messages.success(
                request, f"Gepubliceerd: versie {version.versie} geldt vanaf {form.cleaned_data['geldig_van']:%d-%m-%Y}."
            )
            return redirect("rolverdeling")
    matrix, previous = matrix_of(version), before(version)
    context = {
        "versie": version,
        "vorige": previous,
        "rijen": grid(matrix),
        "partijen": [partij.label.capitalize() for partij in Partij],
        "verschillen": [
            (v.stap.label.capitalize(), v.partij.label, _cell(v.was), _cell(v.wordt))
            for v in differences(matrix_of(previous), matrix)
        ],
        "open_stappen": [stap.label for stap in without_doer(matrix)],
        "form": form,
        "kruimels": [("Wie doet wat", reverse("rolverdeling"))],
    }
    return render(request, "afspraken/concept.html", context, status=422 if form.errors else 200)


def _cell(vak: Vak) -> str:
    rollen, tekst = _shown(vak)
    return ": ".join(part for part in (rollen, tekst) if part) or "niets"


@voor(REGIOCOORDINATOR)
@require_http_methods(["GET", "POST"])
def stap_wijzigen(request: HttpRequest, pk: int, stap: str) -> HttpResponseBase:
    kijker = kijker_of(request)
    version = _mine(kijker, pk)
    if stap not in {s.value for s in STAPPEN}:
        raise Http404
    form = StapForm(stap, matrix_of(version), request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            edit_step(rolverdeling=version, stap=stap, vakken=form.vakken, by=kijker)
        except Vastgelegd:
            return _taken(request)
        messages.success(request, f"Bewaard in het concept: {Status(stap).label}.")
        return redirect("rolverdeling-concept", pk=pk)
    context = {
        "form": form,
        "kop": Status(stap).label.capitalize(),
        "uitleg": f"Wie doet wat terwijl een casus deze status heeft? In de werkstroom: de eigenaar {wat(Status(stap))}.",
        "kruimels": [
            ("Wie doet wat", reverse("rolverdeling")),
            (f"Concept: {version}", reverse("rolverdeling-concept", args=[pk])),
        ],
        "knop": "Bewaren in het concept",
        "klasse": "ap-naast",
    }
    return render(request, "afspraken/formulier.html", context, status=422 if form.errors else 200)


@voor(REGIOCOORDINATOR)
@require_POST
def weggooien(request: HttpRequest, pk: int) -> HttpResponseBase:
    kijker = kijker_of(request)
    try:
        discard_rolverdeling(rolverdeling=_mine(kijker, pk), by=kijker)
    except Vastgelegd:
        return _taken(request)
    messages.success(request, "Het concept is weggegooid.")
    return redirect("rolverdeling")


def _mine(kijker: Kijker, pk: int) -> Rolverdeling:
    found = Rolverdeling.objects.editable_by(kijker).select_related("regio", "gemeente").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _address(version: Rolverdeling) -> str:
    gemeente = f"&gemeente={version.gemeente.code}" if version.gemeente else ""
    return f"{reverse('rolverdeling')}?versie={version.versie}{gemeente}"


def _taken(request: HttpRequest) -> HttpResponse:
    context = {"bericht": "Deze versie is intussen gepubliceerd of weggegooid.", "terug_url": reverse("rolverdeling")}
    return render(request, "409.html", context, status=409)
