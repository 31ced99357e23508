"""The aanbodgids: search, one arrangement, one aanbieder, and the coverage per school."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kern.kijker import Kijker
from kern.klok import today
from portal.aanbod.dekking import coverage
from portal.aanbod.forms import ZoekForm
from portal.aanbod.scholen import EIGEN, KIJKERS, schools_of
from portal.aanbod.tabs import GIDS, tabs_for
from portal.dashboard.bescherming import DREMPEL
from portal.grafiek import Grafiek, Norm, Reeks, Soort
from scholen.models import School
from toegang.toelating import kijker_of, voor
from zorgaanbod.keuzes import SoortAanbieder
from zorgaanbod.models import Aanbieder, Arrangement
from zorgaanbod.queries import gemeenten_of, places_on, search, wacht_of

PER_PAGINA = 20
SCHOLEN_PER_PAGINA = 25
#: So many days of measuring make the history of a waiting time.
METINGEN = 24
#: A field where nothing was chosen; an age or a waiting time of 0 is a choice.
NIETS: tuple[Any, ...] = (None, "", [])


def rows_of(arrangementen: Any) -> list[dict[str, Any]]:
    """Arrangementen with what a list says of each."""
    op = today()
    return [{"arrangement": one, "wacht": wacht_of(one, op), "gemeenten": gemeenten_of(one)} for one in arrangementen]


@voor(*GIDS)
@require_safe
def zoeken(request: HttpRequest) -> HttpResponse:
    kijker = kijker_of(request)
    form = ZoekForm(request.GET, kijker=kijker)
    page = Paginator(search(kijker, form.vraag, today()), PER_PAGINA).get_page(request.GET.get("pagina"))
    context = {
        "tabs": tabs_for(kijker, "aanbod"),
        "filter_form": form,
        "page": page,
        "rijen": rows_of(page.object_list),
        "gefilterd": any(value not in NIETS for value in form.cleaned_data.values()),
    }
    return render(request, "aanbod/zoeken.html", context)


@voor(*GIDS)
@require_safe
def arrangement(request: HttpRequest, pk: int) -> HttpResponse:
    kijker, op = kijker_of(request), today()
    seen = Arrangement.objects.visible_to(kijker).with_wachttijd().select_related("aanbieder")
    found = seen.prefetch_related(*places_on(op)).filter(pk=pk).first()
    if found is None:
        raise Http404
    context = {
        "arrangement": found,
        "aanbieder": found.aanbieder,
        "wacht": wacht_of(found, op),
        "gemeenten": gemeenten_of(found),
        "vrij": found.aanbieder.soort == SoortAanbieder.VOORVELD,
        "wordt_aangeboden": Arrangement.objects.offered(op).filter(pk=pk).exists(),
        "grafiek": history(found),
        "eigen": Arrangement.objects.of(kijker).filter(pk=pk).exists(),
        "kruimels": [("Hulpaanbod", reverse("aanbod"))],
    }
    return render(request, "aanbod/arrangement.html", context)


def history(found: Arrangement) -> Grafiek | None:
    """How the waiting time went, by what was said last on each day; one day is no history."""
    measured = list(found.wachttijden.order_by("-gemeten_op", "-id").distinct("gemeten_op")[:METINGEN])[::-1]
    if len(measured) < 2:
        return None
    return Grafiek(
        sleutel="wachttijd",
        titel="Hoe veranderde de wachttijd?",
        telt="De wachttijd in weken voor wie op die dag hulp vroeg, zoals de aanbieder die opgaf.",
        soort=Soort.LIJNEN,
        x=tuple(f"{one.gemeten_op:%d-%m-%Y}" for one in measured),
        x_naam="Dag",
        eenheid="weken",
        reeksen=(Reeks("Wachttijd", tuple(one.weken for one in measured)),),
        norm=Norm(found.wachttijd_norm, f"norm: {found.wachttijd_norm} weken"),
    )


@voor(*GIDS)
@require_safe
def aanbieder(request: HttpRequest, pk: int) -> HttpResponse:
    kijker, op = kijker_of(request), today()
    found = Aanbieder.objects.visible_to(kijker).prefetch_related("gemeenten").filter(pk=pk).first()
    if found is None:
        raise Http404
    offered = Arrangement.objects.offered(op).filter(aanbieder=found).with_wachttijd().select_related("aanbieder")
    page = Paginator(offered.prefetch_related(*places_on(op)).order_by("naam", "pk"), PER_PAGINA).get_page(
        request.GET.get("pagina")
    )
    context = {
        "aanbieder": found,
        "page": page,
        "rijen": rows_of(page.object_list),
        "eigen": Aanbieder.objects.of(kijker).filter(pk=pk).exists(),
        "kruimels": [("Hulpaanbod", reverse("aanbod"))],
    }
    return render(request, "aanbod/aanbieder.html", context)


@voor(*KIJKERS)
@require_safe
def dekking(request: HttpRequest) -> HttpResponse:
    """Of one school the whole matrix; of more schools first where the holes are."""
    kijker = kijker_of(request)
    schools = schools_of(kijker)
    brin = request.GET.get("school", "")
    chosen = schools.filter(brin=brin).first() if brin.isalnum() else None
    if brin and chosen is None:
        raise Http404
    if chosen is None and schools.count() > 1:
        return _overview(request, kijker, schools)
    chosen = chosen or schools.first()
    context = {
        "tabs": tabs_for(kijker, "aanbod-dekking"),
        "dekking": coverage(kijker, [chosen], today())[0] if chosen else None,
        "drempel": None if chosen and chosen.pk in kijker.ids(*EIGEN) else DREMPEL,
        "kruimels": [("Dekking per school", reverse("aanbod-dekking"))] if brin else [],
    }
    return render(request, "aanbod/dekking.html", context)


def _overview(request: HttpRequest, kijker: Kijker, schools: QuerySet[School]) -> HttpResponse:
    """The school that misses most stands first, of all of them."""
    rows = sorted(coverage(kijker, list(schools), today()), key=lambda one: -one.gaten)
    page = Paginator(rows, SCHOLEN_PER_PAGINA).get_page(request.GET.get("pagina"))
    context = {"tabs": tabs_for(kijker, "aanbod-dekking"), "page": page, "drempel": DREMPEL}
    return render(request, "aanbod/dekking_scholen.html", context)
