"""'Mijn aanbod': an aanbieder keeps its own entry, waiting times first."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kern.kijker import Kijker
from kern.klok import now, today
from portal.aanbod.tabs import tabs_for
from portal.aanbod.views import rows_of
from portal.afspraken.mandaten import add_errors
from toegang.toelating import kijker_of, voor
from zorgaanbod.actions.bijhouden import edit_aanbieder, edit_arrangement, record_wachttijd
from zorgaanbod.forms import AanbiederForm, ArrangementForm, WachttijdForm
from zorgaanbod.models import Aanbieder, Arrangement
from zorgaanbod.queries import places_on, wacht_of
from zorgaanbod.rollen import AANBIEDER

PER_PAGINA = 20
KRUIMEL = ("Mijn aanbod", "mijn-aanbod")


@voor(AANBIEDER)
@require_safe
def mijn_aanbod(request: HttpRequest) -> HttpResponse:
    """What needs a new waiting time stands first."""
    kijker, op = kijker_of(request), today()
    offered = Arrangement.objects.of(kijker).offered(op).with_wachttijd()
    rows = offered.select_related("aanbieder").prefetch_related(*places_on(op)).oldest_first()
    page = Paginator(rows, PER_PAGINA).get_page(request.GET.get("pagina"))
    context = {
        "tabs": tabs_for(kijker, "mijn-aanbod"),
        "aanbieders": Aanbieder.objects.of(kijker).order_by("naam"),
        "page": page,
        "rijen": rows_of(page.object_list),
        "oud": offered.stale(op).count(),
    }
    return render(request, "aanbod/mijn.html", context)


@voor(AANBIEDER)
@require_http_methods(["GET", "HEAD", "POST"])
def gegevens(request: HttpRequest, pk: int) -> HttpResponse:
    kijker = kijker_of(request)
    own = Aanbieder.objects.of(kijker).filter(pk=pk).first()
    if own is None:
        raise Http404
    form = AanbiederForm(request.POST if request.method == "POST" else None, instance=own)
    if form.is_bound and form.is_valid():
        try:
            edit_aanbieder(aanbieder=own, gegevens=form.cleaned_data, by=kijker, op=now())
        except ValidationError as problem:
            add_errors(form, problem)
        else:
            messages.success(request, "Uw gegevens zijn bewaard. Scholen en wijkteams zien ze meteen.")
            return redirect("mijn-aanbod")
    return _form(request, form, f"Gegevens van {own}")


@voor(AANBIEDER)
@require_http_methods(["GET", "HEAD", "POST"])
def wijzigen(request: HttpRequest, pk: int) -> HttpResponse:
    kijker = kijker_of(request)
    own = _own(kijker, pk)
    form = ArrangementForm(request.POST if request.method == "POST" else None, instance=own)
    if form.is_bound and form.is_valid():
        try:
            edit_arrangement(arrangement=own, gegevens=form.cleaned_data, by=kijker, op=now())
        except ValidationError as problem:
            add_errors(form, problem)
        else:
            messages.success(request, f"Bewaard: {own.naam}.")
            return redirect("mijn-aanbod")
    return _form(
        request, form, own.naam, "Naam, leeftijd, norm en contracten wijzigt de regiocoördinator of het functioneel beheer."
    )


@voor(AANBIEDER)
@require_http_methods(["GET", "HEAD", "POST"])
def wachttijd(request: HttpRequest, pk: int) -> HttpResponse:
    kijker = kijker_of(request)
    own = _own(kijker, pk)
    wacht = wacht_of(own, today())
    data = request.POST if request.method == "POST" else None
    form = WachttijdForm(data, initial={"weken": wacht.weken, "gemeten_op": today()})
    if form.is_bound and form.is_valid():
        try:
            record_wachttijd(arrangement=own, by=kijker, op=now(), **form.cleaned_data)
        except ValidationError as problem:
            add_errors(form, problem)
        else:
            messages.success(request, f"De wachttijd van {own.naam} is bijgewerkt. Scholen en wijkteams zien dit meteen.")
            return redirect("mijn-aanbod")
    return _form(request, form, f"Wachttijd van {own.naam}", f"Nu staat er: {wacht.tekst}. De norm is {wacht.norm_tekst}.")


@voor(AANBIEDER)
@require_POST
def klopt(request: HttpRequest, pk: int) -> HttpResponse:
    """The waiting time is still what it was: measured again today."""
    kijker = kijker_of(request)
    own = _own(kijker, pk)
    weken = wacht_of(own, today()).weken
    if weken is None:
        return redirect("mijn-aanbod-wachttijd", pk=pk)
    try:
        record_wachttijd(arrangement=own, weken=weken, gemeten_op=today(), by=kijker, op=now())
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, f"Bevestigd: de wachttijd van {own.naam} is vandaag nog dezelfde.")
    return redirect("mijn-aanbod")


def _own(kijker: Kijker, pk: int) -> Arrangement:
    found = Arrangement.objects.of(kijker).with_wachttijd().select_related("aanbieder").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _form(request: HttpRequest, form: Any, kop: str, uitleg: str = "") -> HttpResponse:
    context = {"form": form, "kop": kop, "uitleg": uitleg, "knop": "Bewaren", "kruimels": [(KRUIMEL[0], reverse(KRUIMEL[1]))]}
    return render(request, "afspraken/formulier.html", context, status=422 if form.errors else 200)
