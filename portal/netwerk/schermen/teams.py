"""One wijkteam: who works there, for whom they are the contact, which areas it serves; and making, changing and ending it."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from casussen.models import Casus
from gebieden.models import Buurt, Gemeente, Wijk
from gebieden.rollen import REGIOCOORDINATOR
from kern.klok import now, today
from portal.netwerk.acties import end_team
from portal.netwerk.bevindingen import VERIFIEREN_NA, existing, holding, in_service
from portal.netwerk.blik import BEHEERDERS, Blik
from portal.netwerk.forms import StopTeamForm, TeamForm, add_errors
from portal.netwerk.paginas import paging
from portal.netwerk.wijziging import Wijziging, change_page
from toegang.toelating import kijker_of, voor
from wijkteams.actions.teams import create_wijkteam, edit_wijkteam
from wijkteams.botsingen import ages_of, kind_of
from wijkteams.models import Aanspreekpunt, Afwezigheid, Contactpersoon, Werkgebied, Wijkteam
from wijkteams.models.werkgebied import BEGIN, EINDE, ELKE_SECTOR

#: What of a team its own coordinator may not change: the region decides which teams there are, and where.
ALLEEN_REGIO = ("naam", "soort", "gemeente", "geldig_van")


def crumbs(team: Wijkteam | None = None) -> list[tuple[str, str]]:
    here = [("Netwerk", reverse("netwerk"))]
    return [*here, (team.naam, reverse("netwerk-team", args=[team.pk]))] if team else here


@voor(*BEHEERDERS)
@require_safe
def team(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Everything of one team, with what has been in a fold below it."""
    blik, op = Blik(kijker_of(request)), today()
    found = get_object_or_404(blik.teams, pk=pk)
    away = Prefetch("afwezigheden", Afwezigheid.objects.filter(tot_en_met__gte=op).select_related("vervanger"), to_attr="weg")
    people = Contactpersoon.objects.filter(wijkteam=found).select_related("user").prefetch_related(away).order_by("naam", "pk")
    regels = Werkgebied.objects.filter(wijkteam=found).select_related("school", "vestiging").order_by("rang", "gebied", "van")
    page = paging(request, regels.filter(tot__gt=op))
    punten = Aanspreekpunt.objects.filter(wijkteam=found)
    punten = punten.select_related("contactpersoon", "vervanger", "school", "vestiging").order_by("van", "pk")
    open_then = Q(tot__isnull=True) | Q(tot__gt=op)
    context = {
        **page,
        "team": found,
        "kruimels": crumbs(),
        "is_regio": blik.is_regio,
        "mensen": list(people.filter(in_service(op))),
        "vertrokken": list(people.filter(in_dienst_tot__lte=op)),
        "verifieren_voor": op - VERIFIEREN_NA,
        "vandaag": op,
        "punten": list(punten.filter(open_then)),
        "punten_oud": list(punten.exclude(open_then).order_by("-tot")[:50]),
        "regels": rule_rows(page["page"].object_list),
        "regels_oud": rule_rows(regels.filter(tot__lte=op).order_by("-tot")[:50]),
        "zonder_mens": not punten.filter(holding(op)).filter(in_service(op, "contactpersoon__")).exists(),
        "bestaat": existing(Wijkteam.objects.filter(pk=pk), op).exists(),
    }
    return render(request, "netwerk/team.html", context)


def rule_rows(regels: Iterable[Werkgebied]) -> list[dict[str, Any]]:
    """Agreements in words, with the names of their areas: three queries, however many there are."""
    rows = list(regels)
    codes = {regel.gebied for regel in rows}
    names: dict[str, str] = {}
    for source in (Wijk.objects.filter(editie__actief=True), Buurt.objects.filter(editie__actief=True), Gemeente.objects.all()):
        names |= dict(source.filter(code__in=codes).values_list("code", "naam"))
    return [
        {
            "regel": regel,
            "soort": kind_of(regel),
            "naam": names.get(regel.gebied, ""),
            "wie": str(regel.school or regel.vestiging or ""),
            "sector": "elke sector" if regel.sector == ELKE_SECTOR else regel.sector,
            "leeftijd": ages_of(regel),
            "van": regel.van if regel.van > BEGIN else None,
            "tot": regel.tot if regel.tot < EINDE else None,
        }
        for regel in rows
    ]


@voor(REGIOCOORDINATOR)
@require_http_methods(["GET", "POST"])
def team_nieuw(request: HttpRequest) -> HttpResponseBase:
    blik = Blik(kijker_of(request))
    gemeenten = blik.gemeenten.order_by("naam")
    initial = {"gemeente": next((g for g in gemeenten if g.code == request.GET.get("gemeente")), None)}
    form = TeamForm(request.POST or None, gemeenten=gemeenten, initial=initial)
    return _save(request, form, None, blik)


@voor(*BEHEERDERS)
@require_http_methods(["GET", "POST"])
def team_wijzigen(request: HttpRequest, pk: int) -> HttpResponseBase:
    """How a team is called and reached. Of the own team its coordinator changes how it is reached."""
    blik = Blik(kijker_of(request))
    found = get_object_or_404(blik.teams, pk=pk)
    vast = () if found.gemeente.regio_id in blik.regio_ids else ALLEEN_REGIO
    form = TeamForm(request.POST or None, instance=found, gemeenten=blik.gemeenten.order_by("naam"), vast=vast)
    return _save(request, form, found, blik)


def _save(request: HttpRequest, form: TeamForm, found: Wijkteam | None, blik: Blik) -> HttpResponseBase:
    """No address moves by this: it is saved at once."""
    context = {
        "form": form,
        "titel": f"{found.naam} wijzigen" if found else "Nieuw wijkteam",
        "inleiding": "" if found else "Geef het team daarna mensen, een aanspreekpunt en een werkgebied.",
        "kruimels": crumbs(found),
        "terug_url": crumbs(found)[-1][1],
    }
    if request.method == "POST" and not form.is_bound:
        form = context["form"] = TeamForm({}, instance=found, gemeenten=blik.gemeenten)
    if request.method == "POST" and form.is_valid():
        try:
            if found is None:
                saved = create_wijkteam(gegevens=form.cleaned_data, by=blik.kijker, op=now())
            else:
                saved = edit_wijkteam(wijkteam=found, gegevens=form.cleaned_data, by=blik.kijker, op=now())
        except ValidationError as problem:
            add_errors(form, problem)
        else:
            return redirect("netwerk-team", pk=saved.pk)
    return render(request, "netwerk/opslaan.html", context, status=422 if request.method == "POST" else 200)


@voor(REGIOCOORDINATOR)
@require_http_methods(["GET", "POST"])
def team_stoppen(request: HttpRequest, pk: int) -> HttpResponseBase:
    blik, op = Blik(kijker_of(request)), today()
    found = get_object_or_404(blik.teams, pk=pk)
    others = existing(blik.teams, op).exclude(pk=pk).order_by("naam")
    data = request.POST if request.method == "POST" else None
    form = StopTeamForm(data, teams=others, initial={"tot": op})
    has_clock = Casus.objects.open().filter(wijkteam=OuterRef("pk"))
    open_casussen = Wijkteam.objects.filter(pk=pk).filter(Exists(has_clock)).exists()
    wijziging = Wijziging(
        titel=f"{found.naam} stopt",
        inleiding="De werkgebieden gaan naar het team dat u kiest. De aanspreekpunten van dit team stoppen op dezelfde dag."
        + (" Bij dit team zijn nog open casussen: die moeten eerst naar een ander team." if open_casussen else ""),
        form=form,
        uitvoeren=lambda v: end_team(wijkteam=found, tot=v["tot"], opvolger=v["opvolger"], by=blik.kijker, op=now()),
        ingaat=lambda v: max(v["tot"], op),
        regio=blik.regio_of(found),
        kijker=blik.kijker,
        kruimels=crumbs(found),
        terug_url=reverse("netwerk-team", args=[pk]),
        gedaan=f"{found.naam} stopt. De scholen die dit merken, krijgen bericht.",
    )
    return change_page(request, wijziging)
