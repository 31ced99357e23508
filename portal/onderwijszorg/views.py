"""The arrangementen themselves: the list, one of them, recording and changing it, and the joint mdo."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from casussen.actions.oza import (
    Ingehaald,
    create_onderwijszorg,
    edit_onderwijszorg,
    free_from,
    hold_mdo,
    may_keep,
    placements_seen,
    shared_with,
)
from casussen.models import Onderwijszorg
from kern.kijker import Kijker
from kern.klok import now, today
from portal.aanbod.tabs import ONDERWIJSZORG, tabs_for
from portal.afspraken.mandaten import add_errors
from portal.onderwijszorg.forms import MdoForm, NieuwForm, WijzigForm
from scholen.models import Vestiging
from scholen.rollen import ZORGCOORDINATOR
from toegang.actions.inzage import log_inzage
from toegang.toelating import kijker_of, voor
from zorgaanbod.keuzes import SoortAanbieder
from zorgaanbod.models import Aanbieder
from zorgaanbod.rollen import AANBIEDER

PER_PAGINA = 25
HOUDERS = (ZORGCOORDINATOR, AANBIEDER)
KRUIMEL = ("Onderwijs-zorgarrangementen", "onderwijs-zorg")


@voor(*ONDERWIJSZORG)
@require_safe
def lijst(request: HttpRequest) -> HttpResponse:
    kijker, op = kijker_of(request), today()
    running = Q(plaatsingen__van__lte=op) & (Q(plaatsingen__tot__isnull=True) | Q(plaatsingen__tot__gt=op))
    seen = (Onderwijszorg.objects.visible_to(kijker) | Onderwijszorg.objects.in_figures_of(kijker)).running(op)
    rows = seen.select_related("vestiging", "aanbieder").annotate(bezet=Count("plaatsingen", filter=running))
    page = Paginator(rows.order_by("vestiging__naam", "naam", "pk"), PER_PAGINA).get_page(request.GET.get("pagina"))
    own = set(Onderwijszorg.objects.visible_to(kijker).values_list("pk", flat=True))
    context = {
        "tabs": tabs_for(kijker, "onderwijs-zorg"),
        "page": page,
        "rijen": [(one, one.pk in own) for one in page.object_list],
        "mag_nieuw": kijker.heeft(ZORGCOORDINATOR),
    }
    return render(request, "onderwijszorg/lijst.html", context)


@voor(*ONDERWIJSZORG)
@require_safe
def arrangement(request: HttpRequest, pk: int) -> HttpResponse:
    """School and aanbieder see their pupils; others whether there is a place, and not who or how many have one."""
    kijker, op = kijker_of(request), today()
    found = _one(kijker, pk, figures=True)
    mine = Onderwijszorg.objects.visible_to(kijker).filter(pk=pk).exists()
    taken = found.plaatsingen.on(op).count()
    context: dict[str, Any] = {
        "arrangement": found,
        "eigen": mine,
        "bezet": taken,
        "vrij": max(0, found.plaatsen - taken),
        "mag_wijzigen": mine and may_keep(found, kijker),
        "mag_plaatsen": kijker.heeft_voor(ZORGCOORDINATOR, found.vestiging.school_id) and (found.tot is None or found.tot > op),
        "mdo_te_laat": found.mdo_volgende is not None and found.mdo_volgende < op,
        "kruimels": [(KRUIMEL[0], reverse(KRUIMEL[1]))],
    }
    if mine:
        seen = placements_seen(kijker, found).select_related("casus__leerling").prefetch_related("besluiten")
        shared = shared_with(found.aanbieder_id).filter(casus=OuterRef("casus"))
        now_here = list(seen.taking_a_place(op).annotate(gedeeld=Exists(shared)).order_by("van", "pk"))
        context["plaatsingen"] = now_here
        context["niet_gezien"] = found.plaatsingen.taking_a_place(op).count() - len(now_here)
        page = Paginator(seen.filter(tot__lte=op).order_by("-tot", "pk"), PER_PAGINA).get_page(request.GET.get("pagina"))
        context["page"] = page
        context["plaats_vrij"] = free_from(found, op)
        log_inzage(kijker=kijker, actie="bekijken", object_soort="onderwijszorg", object_id=found.pk)
    return render(request, "onderwijszorg/arrangement.html", context)


@voor(ZORGCOORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def nieuw(request: HttpRequest) -> HttpResponse:
    kijker = kijker_of(request)
    form = NieuwForm(
        request.POST if request.method == "POST" else None,
        initial={"van": today(), "mdo_elke_weken": 6},
        vestigingen=Vestiging.objects.filter(school_id__in=kijker.ids(ZORGCOORDINATOR)).order_by("naam"),
        aanbieders=Aanbieder.objects.visible_to(kijker).active(today()).filter(soort=SoortAanbieder.JEUGDHULP).order_by("naam"),
    )
    if form.is_bound and form.is_valid():
        values = dict(form.cleaned_data)
        try:
            made = create_onderwijszorg(
                vestiging=values.pop("vestiging"), aanbieder=values.pop("aanbieder"), gegevens=values, by=kijker, op=now()
            )
        except ValidationError as problem:
            add_errors(form, problem)
        else:
            messages.success(request, f"Vastgelegd: {made.naam}, samen met {made.aanbieder}.")
            return redirect("onderwijs-zorg-een", pk=made.pk)
    return form_page(request, form, kop="Onderwijs-zorgarrangement vastleggen", knop="Vastleggen")


@voor(*HOUDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def wijzigen(request: HttpRequest, pk: int) -> HttpResponse:
    kijker = kijker_of(request)
    found = _one(kijker, pk)
    initial = {name: getattr(found, name) for name in WijzigForm.base_fields}
    form = WijzigForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        values = dict(form.cleaned_data)
        try:
            edit_onderwijszorg(arrangement=found, versie=values.pop("versie"), gegevens=values, by=kijker, op=now())
        except Ingehaald as problem:
            form.look_again(problem.versie)
            add_errors(form, problem)
        except ValidationError as problem:
            add_errors(form, problem)
        else:
            messages.success(request, "Bewaard. De ander ziet het meteen.")
            return redirect("onderwijs-zorg-een", pk=pk)
    return form_page(request, form, kop=f"{found.naam} wijzigen", knop="Bewaren", bij=found)


@voor(*HOUDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def mdo(request: HttpRequest, pk: int) -> HttpResponse:
    kijker = kijker_of(request)
    found = _one(kijker, pk)
    form = MdoForm(request.POST if request.method == "POST" else None, initial={"gehouden_op": today()})
    if form.is_bound and form.is_valid():
        try:
            held = hold_mdo(arrangement=found, by=kijker, op=now(), **form.cleaned_data)
        except ValidationError as problem:
            add_errors(form, problem)
        else:
            messages.success(request, f"Bewaard. Het volgende overleg is uiterlijk op {held.mdo_volgende:%d-%m-%Y}.")
            return redirect("onderwijs-zorg-een", pk=pk)
    uitleg = f"Daarna staat het volgende overleg {found.mdo_elke_weken} weken later."
    return form_page(request, form, kop="Gezamenlijk overleg gehouden", knop="Bewaren", bij=found, uitleg=uitleg)


def _one(kijker: Kijker, pk: int, *, figures: bool = False) -> Onderwijszorg:
    seen = Onderwijszorg.objects.visible_to(kijker)
    if figures:
        seen = seen | Onderwijszorg.objects.in_figures_of(kijker)
    found = seen.select_related("vestiging__school", "aanbieder").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def form_page(
    request: HttpRequest, form: Any, *, kop: str, knop: str, bij: Onderwijszorg | None = None, uitleg: str = ""
) -> HttpResponse:
    kruimels = [(KRUIMEL[0], reverse(KRUIMEL[1]))]
    if bij is not None:
        kruimels.append((bij.naam, reverse("onderwijs-zorg-een", args=[bij.pk])))
    context = {"form": form, "kop": kop, "knop": knop, "uitleg": uitleg, "kruimels": kruimels}
    return render(request, "afspraken/formulier.html", context, status=422 if form.errors else 200)
