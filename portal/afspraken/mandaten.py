"""The register of mandates: kept by the regiocoördinator, readable for the school it is about."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from gebieden.models import Gemeente
from gebieden.rollen import REGIOCOORDINATOR
from kern.kijker import Kijker
from kern.klok import now, today
from kern.models import Gebeurtenis
from portal.afspraken.forms import EindeForm, MandaatFilter, MandaatForm
from portal.afspraken.tabs import tabs_for
from scholen.rollen import SCHOOLTEAMLEIDER, ZORGCOORDINATOR
from toegang.toelating import kijker_of, voor
from wijkteams.actions.mandaten import end_mandaat, give_mandaten
from wijkteams.models import Mandaat

PER_PAGINA = 50
GEBEURD = {"mandaat_gegeven": "Vastgelegd", "mandaat_beeindigd": "Beëindigd"}


def _gemeenten(kijker: Kijker) -> QuerySet[Gemeente]:
    return Gemeente.objects.filter(regio_id__in=kijker.ids(REGIOCOORDINATOR)).order_by("naam")


def add_errors(form: BaseForm, problem: ValidationError) -> None:
    """Each message at its field; what belongs to no field of this form stands on top."""
    for veld, fouten in (problem.error_dict if hasattr(problem, "error_dict") else {"": problem.error_list}).items():
        for fout in fouten:
            form.add_error(veld if veld in form.fields else None, fout.message)


@voor(REGIOCOORDINATOR, ZORGCOORDINATOR, SCHOOLTEAMLEIDER)
@require_GET
def mandaten(request: HttpRequest) -> HttpResponseBase:
    kijker, vandaag = kijker_of(request), today()
    seen = Mandaat.objects.visible_to(kijker)
    form = MandaatFilter(request.GET, gemeenten=Gemeente.objects.filter(pk__in=seen.values("gemeente_id")).order_by("naam"))
    form.is_valid()
    toestand, gemeente = form.cleaned_data.get("toestand", ""), form.cleaned_data.get("gemeente", "")
    found = {
        "komt": seen.filter(van__gt=vandaag),
        "voorbij": seen.filter(tot__lte=vandaag),
        "alle": seen,
    }.get(toestand, seen.on(vandaag))
    if gemeente:
        found = found.filter(gemeente__code=gemeente)
    rows = found.select_related("school", "gemeente").order_by("school__naam", "gemeente__naam", "-van", "pk")
    page = Paginator(rows, PER_PAGINA).get_page(request.GET.get("pagina"))
    mag = kijker.heeft(REGIOCOORDINATOR)
    context = {
        "tabs": tabs_for(kijker, "mandaten"),
        "filter_form": form,
        "page": page,
        "mag_wijzigen": mag,
    }
    return render(request, "afspraken/mandaten.html", context)


@voor(REGIOCOORDINATOR)
@require_http_methods(["GET", "POST"])
def mandaat_nieuw(request: HttpRequest) -> HttpResponseBase:
    kijker = kijker_of(request)
    form = MandaatForm(request.POST if request.method == "POST" else None, gemeenten=_gemeenten(kijker), initial={"van": today()})
    if form.is_bound and form.is_valid():
        try:
            made = give_mandaten(gemeenten=form.cleaned_data["gemeenten"], gegevens=form.gegevens, by=kijker, op=now())
        except ValidationError as problem:
            add_errors(form, problem)
        else:
            messages.success(
                request, f"Vastgelegd: {made[0].school} mag dit zelf inzetten voor {len(made)} gemeente{'n' * (len(made) > 1)}."
            )
            return redirect("mandaten")
    context = {"form": form, "kruimels": [("Mandaten", reverse("mandaten"))], "kop": "Mandaat vastleggen", "knop": "Vastleggen"}
    return render(request, "afspraken/formulier.html", context, status=422 if form.errors else 200)


@voor(REGIOCOORDINATOR, ZORGCOORDINATOR, SCHOOLTEAMLEIDER)
@require_GET
def mandaat(request: HttpRequest, pk: int) -> HttpResponseBase:
    kijker = kijker_of(request)
    found = _one(kijker, pk)
    others = Mandaat.objects.visible_to(kijker).filter(school=found.school, gemeente=found.gemeente).exclude(pk=found.pk)
    events = Gebeurtenis.objects.filter(onderwerp_soort="mandaat", onderwerp_id=found.pk).order_by("op", "pk")
    context = {
        "mandaat": found,
        "toestand": state_of(found),
        "eerder": others.order_by("-van"),
        "gebeurd": [(GEBEURD.get(event.soort, event.soort), event.op, event.door_naam) for event in events],
        "mag_beeindigen": kijker.heeft_voor(REGIOCOORDINATOR, found.gemeente.regio_id) and state_of(found) != "voorbij",
        "kruimels": [("Mandaten", reverse("mandaten"))],
    }
    return render(request, "afspraken/mandaat.html", context)


@voor(REGIOCOORDINATOR)
@require_http_methods(["GET", "POST"])
def mandaat_beeindigen(request: HttpRequest, pk: int) -> HttpResponseBase:
    kijker = kijker_of(request)
    found = _one(kijker, pk)
    form = EindeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            end_mandaat(mandaat=found, tot=form.cleaned_data["tot"], reden=form.cleaned_data["reden"], by=kijker, op=now())
        except ValidationError as problem:
            add_errors(form, problem)
        else:
            messages.success(request, "Het mandaat is beëindigd. De school ziet dit meteen.")
            return redirect("mandaat", pk=pk)
    context: dict[str, Any] = {
        "form": form,
        "kruimels": [("Mandaten", reverse("mandaten")), (str(found.school), reverse("mandaat", args=[pk]))],
        "kop": f"Mandaat van {found.school} voor {found.gemeente} beëindigen",
        "knop": "Beëindigen",
    }
    return render(request, "afspraken/formulier.html", context, status=422 if form.errors else 200)


def _one(kijker: Kijker, pk: int) -> Mandaat:
    found = Mandaat.objects.visible_to(kijker).select_related("school", "gemeente").filter(Q(pk=pk)).first()
    if found is None:
        raise Http404
    return found


def state_of(found: Mandaat) -> str:
    vandaag = today()
    if found.tot is not None and found.tot <= vandaag:
        return "voorbij"
    return "gaat nog in" if found.van > vandaag else "geldig"
