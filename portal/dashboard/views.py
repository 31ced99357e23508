"""The figures as pages and files. Everything shown was published before; what is asked only chooses from it."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casussen.models import Streefwaarde
from gebieden.models import Regio
from gebieden.rollen import REGIOCOORDINATOR
from kern.klok import today
from portal.dashboard.acties import set_target, withdraw_target
from portal.dashboard.beeld import all_blocks, figures, made_on, stalls
from portal.dashboard.bereik import KIJKERS, Bereik, scopes_of
from portal.dashboard.forms import StreefwaardeForm
from portal.dashboard.keuze import choose
from portal.dashboard.lezen import Boek, read
from portal.dashboard.tegels import tiles
from portal.uitvoer import csv_response, xlsx_response
from toegang.toelating import kijker_of, voor


def _scope(request: HttpRequest) -> tuple[list[Bereik], Bereik | None]:
    """What this viewer may look at, and which of it was asked (`bereik=gemeente:GM0392`); another's is not there."""
    scopes = scopes_of(kijker_of(request))
    asked = request.GET.get("bereik", "")
    chosen = next((one for one in scopes if one.sleutel == asked), None)
    if asked and chosen is None:
        raise Http404
    return scopes, chosen or (scopes[0] if scopes else None)


@voor(*KIJKERS)
@require_safe
def stokt(request: HttpRequest) -> HttpResponse:
    """'Waar stokt het?': the first screen."""
    scopes, scope = _scope(request)
    if scope is None:
        return render(request, "dashboard/geen.html")
    boek = read(scope)
    tegels, blokken = stalls(boek)
    context = {"tegels": tegels, "blokken": blokken, "pagina": "stokt", **_around(request, scopes, boek, {})}
    return render(request, "dashboard/stokt.html", context)


@voor(*KIJKERS)
@require_safe
def cijfers(request: HttpRequest) -> HttpResponse:
    """All figures of a period and a part; with `tabel` and `uitvoer` one of the tables as a file."""
    scopes, scope = _scope(request)
    if scope is None:
        return render(request, "dashboard/geen.html")
    boek = read(scope)
    if request.GET.get("uitvoer"):
        return _file(request, boek)
    keuze = choose(boek, request.GET.dict())
    chosen = {"periode": keuze.periode.sleutel if keuze.periode else "", "deel": keuze.deel.waarde}
    context = {
        "boek": boek,
        "keuze": keuze,
        "tegels": tiles(boek, keuze.deel),
        "blokken": figures(boek, keuze),
        "pagina": "cijfers",
        **_around(request, scopes, boek, chosen),
    }
    return render(request, "dashboard/cijfers.html", context)


def _around(request: HttpRequest, scopes: list[Bereik], boek: Boek, chosen: dict[str, str]) -> dict[str, Any]:
    """What both screens need besides their figures."""
    scope = boek.bereik
    return {
        "bereik": scope,
        "bereiken": scopes,
        "gemaakt": made_on(boek),
        "uitvoer_url": f"{reverse('dashboard-cijfers')}?{urlencode({'bereik': scope.sleutel, **chosen})}",
        "mag_streven": scope.soort == "regio" and kijker_of(request).heeft_voor(REGIOCOORDINATOR, scope.regio.pk),
    }


def _file(request: HttpRequest, boek: Boek) -> HttpResponse:
    """One table (`tabel`), or all of them, exactly as shown."""
    blocks = all_blocks(boek, request.GET.dict())
    wanted = request.GET.get("tabel", "")
    if wanted and wanted not in blocks:
        raise Http404
    tables = [blocks[wanted].tabel] if wanted else [block.tabel for block in blocks.values()]
    if not tables:
        raise Http404
    name = f"{boek.bereik.naam} {wanted or 'cijfers'}"
    match request.GET["uitvoer"]:
        case "csv":
            return csv_response(*tables, naam=name)
        case "xlsx":
            return xlsx_response(*tables, naam=name)
    raise Http404


@voor(REGIOCOORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def streefwaarden(request: HttpRequest) -> HttpResponse:
    """The targets of the region: what holds now, what held before, and a new one."""
    kijker = kijker_of(request)
    regio = get_object_or_404(Regio.objects.order_by("naam"), pk=min(kijker.ids(REGIOCOORDINATOR)))
    form = StreefwaardeForm(request.POST or None, regio=regio, initial={"vanaf": today()})
    if request.method == "POST" and form.is_valid():
        set_target(by=kijker, regio=regio, **form.cleaned_data)
        messages.success(request, "De streefwaarde is vastgesteld.")
        return redirect("dashboard-streefwaarden")
    rows = Streefwaarde.objects.filter(regio=regio).select_related("door").order_by("indicator", "-vanaf")
    return render(request, "dashboard/streefwaarden.html", {"form": form, "regio": regio, "rijen": rows, "vandaag": today()})


@voor(REGIOCOORDINATOR)
@require_POST
def streefwaarde_weg(request: HttpRequest, pk: int) -> HttpResponse:
    kijker = kijker_of(request)
    target = get_object_or_404(Streefwaarde, pk=pk, regio_id__in=kijker.ids(REGIOCOORDINATOR))
    withdraw_target(by=kijker, streefwaarde=target)
    messages.success(request, "De streefwaarde is weggehaald.")
    return redirect("dashboard-streefwaarden")
