"""Coverage in one view: as a table, as tiles, and on a map when shapes were imported."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from gebieden.models import Gemeente, Regio, SoortVlak
from gebieden.rollen import GEMEENTEMEDEWERKER, REGIOCOORDINATOR
from gebieden.vlakken import kind_of_shapes, shapes_of
from kern.kijker import Kijker
from kern.klok import today
from kern.rollen import FUNCTIONEEL_BEHEER
from portal.grafiek import Grafiek, Reeks, Soort
from portal.netwerk.dekking import Buurtdekking, Cel, group_by_wijk, load_dekking
from portal.netwerk.paginas import paging
from scholen.sectoren import Sector
from toegang.toelating import kijker_of, voor
from wijkteams.rollen import WIJKTEAMCOORDINATOR, WIJKTEAMLID

KIJKERS = (REGIOCOORDINATOR, WIJKTEAMCOORDINATOR, GEMEENTEMEDEWERKER, FUNCTIONEEL_BEHEER)
WIJKEN_PER_PAGINA = 30
WEERGAVEN = (("tabel", "Tabel"), ("tegels", "Tegels"), ("kaart", "Kaart"))
GEEN_TEAM, MEER_TEAMS = "! – geen team", "+ – meer dan één team"


class DekkingFilter(forms.Form):
    gemeente = forms.ChoiceField(label="Gemeente", required=False)
    wat = forms.ChoiceField(
        label="Laat zien",
        required=False,
        choices=[("", "Alle buurten"), ("gaten", "Alleen gaten"), ("gedeeld", "Gaten en gedeelde buurten")],
    )
    sector = forms.ChoiceField(label="Sector", required=False, choices=Sector.choices)

    def __init__(self, data: Any, *, gemeenten: list[tuple[str, str]], met_sector: bool) -> None:
        super().__init__(data)
        self.fields["gemeente"] = forms.ChoiceField(label="Gemeente", required=False, choices=[("", "Alle"), *gemeenten])
        if not met_sector:
            del self.fields["sector"]


def regions_of(kijker: Kijker) -> QuerySet[Regio]:
    """The regions this viewer works in; functioneel beheer looks after all of them."""
    if kijker.heeft(FUNCTIONEEL_BEHEER):
        return Regio.objects.all()
    eigen = Q(pk__in=kijker.ids(REGIOCOORDINATOR)) | Q(gemeenten__pk__in=kijker.ids(GEMEENTEMEDEWERKER))
    eigen |= Q(gemeenten__wijkteams__pk__in=kijker.ids(WIJKTEAMCOORDINATOR, WIJKTEAMLID))
    return Regio.objects.filter(eigen).distinct()


@voor(*KIJKERS)
@require_GET
def dekking(request: HttpRequest) -> HttpResponse:
    """Holes first; filter, page and way of showing live in the URL."""
    regios = regions_of(kijker_of(request))
    regio = _chosen(regios, request.GET.get("regio", ""))
    weergave = request.GET.get("weergave", "tabel")
    weergave = weergave if weergave in dict(WEERGAVEN) else "tabel"
    if regio is None:
        return render(request, "netwerk/dekking.html", {"regio": None})
    gemeenten = list(Gemeente.objects.filter(regio=regio).order_by("naam").values_list("naam", "naam"))
    gevraagd = request.GET.get("sector", "")
    sector = gevraagd if gevraagd in Sector.values else Sector.VO.value  # a tile and a map show one sector at a time
    gekozen = request.GET.copy()
    gekozen["sector"] = sector
    form = DekkingFilter(gekozen, gemeenten=gemeenten, met_sector=weergave != "tabel")
    form.is_valid()
    alle = load_dekking(regio.pk, today())
    rijen = _filtered(alle, form.cleaned_data)
    context: dict[str, Any] = {
        "regio": regio,
        "form": form,
        "vast": [("weergave", weergave), ("regio", regio.pk if regios.count() > 1 else "")],
        "weergave": weergave,
        "tabs": [(label, _link(request, naam), None, naam == weergave) for naam, label in WEERGAVEN],
        "gaten": sum(rij.ernst == 0 for rij in alle),
        "deels": sum(rij.ernst == 1 for rij in alle),
        "buurten": len(alle),
        "sector": Sector(sector).label,
        "sectoren": Sector.choices,
    }
    if weergave == "tabel":
        context |= paging(request, rijen)
    elif weergave == "tegels":
        context |= paging(request, group_by_wijk(rijen, sector), WIJKEN_PER_PAGINA)
        getoond = [cel for groep in context["page"] for _, cel in groep.buurten]
        context["legenda"] = sorted({team for cel in getoond for team in cel.teams}, key=lambda team: team.naam)
    elif soort := kind_of_shapes(regio.pk):
        context["grafiek"] = draw_map(regio, rijen, sector, soort)
    return render(request, "netwerk/dekking.html", context)


@voor(*KIJKERS)
@require_GET
def kaart(request: HttpRequest, regio: int) -> JsonResponse:
    """The shapes of the buurten of a region, as the map draws them; facts, the same for everyone who may come here."""
    gevonden = get_object_or_404(regions_of(kijker_of(request)), pk=regio)
    vorm = shapes_of(gevonden.pk)
    if vorm is None:
        raise Http404
    response = JsonResponse(vorm)
    response["Cache-Control"] = "private, max-age=3600"
    return response


def _chosen(regios: QuerySet[Regio], gevraagd: str) -> Regio | None:
    gekozen = regios.filter(pk=int(gevraagd)).first() if gevraagd.isdecimal() and len(gevraagd) < 10 else None
    return gekozen or regios.first()


def _link(request: HttpRequest, weergave: str) -> str:
    """The same filter, shown in another way, from its first page."""
    query = request.GET.copy()
    query["weergave"] = weergave
    query.pop("pagina", None)
    return f"?{query.urlencode()}"


def _filtered(rijen: list[Buurtdekking], gekozen: dict[str, Any]) -> list[Buurtdekking]:
    hoogste = {"gaten": 1, "gedeeld": 2}.get(gekozen.get("wat", ""), 3)
    gemeente = gekozen.get("gemeente", "")
    return [rij for rij in rijen if rij.ernst <= hoogste and (not gemeente or rij.gemeente == gemeente)]


def draw_map(regio: Regio, rijen: list[Buurtdekking], sector: str, soort: str) -> Grafiek:
    """Each buurt in the colour of its team; each wijk, when there are only shapes of wijken."""
    per_vlak: dict[str, tuple[str, list[Cel]]] = {}
    for rij in sorted(rijen, key=lambda rij: (rij.gemeente, rij.wijk_code, rij.code)):
        code, naam = (rij.code, rij.naam) if soort == SoortVlak.BUURT else (rij.wijk_code, rij.wijk)
        per_vlak.setdefault(code, (f"{naam} ({rij.gemeente})", []))[1].append(rij.cel(sector))
    uitkomst = {code: _outcome(cellen) for code, (_, cellen) in per_vlak.items()}
    categorieen = (*sorted(set(uitkomst.values()) - {GEEN_TEAM, MEER_TEAMS}), MEER_TEAMS, GEEN_TEAM)
    return Grafiek(
        sleutel="dekking-kaart",
        titel=f"Welk wijkteam is er voor het {Sector(sector).label}?",
        telt=f"Per {soort} het wijkteam voor leerlingen onder de 18. ‘Geen team’: voor minstens één adres is er niemand.",
        soort=Soort.KAART,
        x=tuple(naam for naam, _ in per_vlak.values()),
        x_naam=str(SoortVlak(soort).label).capitalize(),
        reeksen=(Reeks("Wijkteam", tuple(categorieen.index(naam) for naam in uitkomst.values())),),
        codes=tuple(per_vlak),
        categorieen=categorieen,
        kaart=reverse("dekking-kaart", args=[regio.pk]),
    )


def _outcome(cellen: list[Cel]) -> str:
    """The one team of an area, with its letter; or that somebody has none, or that there is more than one."""
    if any(cel.gat or not cel.teams for cel in cellen):
        return GEEN_TEAM
    namen = {f"{team.letter} – {team.kort}" for cel in cellen for team in cel.teams}
    return namen.pop() if len(namen) == 1 else MEER_TEAMS
