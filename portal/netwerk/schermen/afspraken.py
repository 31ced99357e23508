"""Agreements of a team: for whom somebody is the aanspreekpunt, and which areas the team serves. Dated; what was, stays known."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gebieden.models import Regio
from gebieden.rollen import REGIOCOORDINATOR
from kern.klok import now, today
from portal.netwerk.bevindingen import existing
from portal.netwerk.blik import BEHEERDERS, Blik
from portal.netwerk.forms import PuntForm, PuntWisselForm, RegelForm, StopForm, people_of
from portal.netwerk.schermen.teams import crumbs
from portal.netwerk.wijziging import Wijziging, change_page
from toegang.toelating import kijker_of, voor
from wijkteams.actions.punten import create_aanspreekpunt, end_aanspreekpunt, replace_aanspreekpunt
from wijkteams.actions.werkgebieden import create_werkgebied, end_werkgebied, replace_werkgebied
from wijkteams.botsingen import describe_werkgebied
from wijkteams.models import Aanspreekpunt, SoortGebied, Wijkteam
from wijkteams.models.werkgebied import EINDE, ELKE_SECTOR, LEEFTIJD_MAX, NUMMER_MAX

GEVOLG = "Deze afspraak geldt dan voor scholen en casussen vanaf die dag."


def _data(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


# --- Aanspreekpunten ------------------------------------------------------------------------------------------------
def _scope(punt: Aanspreekpunt) -> str:
    return str(punt.vestiging or punt.school or punt.get_sector_display() or "het hele team")


@voor(*BEHEERDERS)
@require_http_methods(["GET", "POST"])
def punt_nieuw(request: HttpRequest, pk: int) -> HttpResponseBase:
    blik, op = Blik(kijker_of(request)), today()
    team = get_object_or_404(blik.teams, pk=pk)
    form = PuntForm(_data(request), mensen=people_of(team, op), initial={"van": op, "voor": "team"})

    def make(v: Mapping[str, Any]) -> object:
        values = {naam: value for naam, value in v.items() if naam != "voor"}
        return create_aanspreekpunt(gegevens={**values, "wijkteam": team}, by=blik.kijker, op=now())

    return change_page(
        request,
        Wijziging(
            titel=f"Aanspreekpunt van {team.naam}",
            inleiding="De vaste persoon voor het hele team, één sector, één school of één vestiging. Het smalste gaat voor.",
            form=form,
            uitvoeren=make,
            ingaat=lambda v: max(v["van"], op),
            regio=blik.regio_of(team),
            kijker=blik.kijker,
            kruimels=crumbs(team),
            terug_url=reverse("netwerk-team", args=[team.pk]),
            gedaan="Het aanspreekpunt is vastgelegd. De scholen die dit merken, krijgen bericht.",
        ),
    )


@voor(*BEHEERDERS)
@require_http_methods(["GET", "POST"])
def punt_wijzigen(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Someone else becomes the contact, or stands in, from a day on."""
    blik, op = Blik(kijker_of(request)), today()
    punt = get_object_or_404(blik.punten, pk=pk)
    form = PuntWisselForm(
        _data(request),
        mensen=people_of(punt.wijkteam, op),
        initial={"vanaf": max(op, punt.van), "contactpersoon": punt.contactpersoon, "vervanger": punt.vervanger},
    )
    return change_page(
        request,
        Wijziging(
            titel=f"Aanspreekpunt voor {_scope(punt)}",
            inleiding=f"Nu is dat {punt.contactpersoon}. {GEVOLG}",
            form=form,
            uitvoeren=lambda v: replace_aanspreekpunt(punt=punt, **v, by=blik.kijker, op=now()),
            ingaat=lambda v: max(v["vanaf"], op),
            regio=blik.regio_of(punt.wijkteam),
            kijker=blik.kijker,
            kruimels=crumbs(punt.wijkteam),
            terug_url=reverse("netwerk-team", args=[punt.wijkteam_id]),
            gedaan="Het aanspreekpunt is gewijzigd. De scholen die dit merken, krijgen bericht.",
        ),
    )


@voor(*BEHEERDERS)
@require_http_methods(["GET", "POST"])
def punt_stoppen(request: HttpRequest, pk: int) -> HttpResponseBase:
    blik, op = Blik(kijker_of(request)), today()
    punt = get_object_or_404(blik.punten, pk=pk)
    return change_page(
        request,
        Wijziging(
            titel=f"{punt.contactpersoon} is geen aanspreekpunt meer",
            inleiding=f"Voor {_scope(punt)}. Wie er dan komt, volgt uit de andere aanspreekpunten van het team.",
            form=StopForm(_data(request), initial={"tot": max(op, punt.van)}),
            uitvoeren=lambda v: end_aanspreekpunt(punt=punt, **v, by=blik.kijker, op=now()),
            ingaat=lambda v: max(v["tot"], op),
            regio=blik.regio_of(punt.wijkteam),
            kijker=blik.kijker,
            kruimels=crumbs(punt.wijkteam),
            terug_url=reverse("netwerk-team", args=[punt.wijkteam_id]),
            gedaan="Het aanspreekpunt stopt. De scholen die dit merken, krijgen bericht.",
        ),
    )


# --- Werkgebieden ---------------------------------------------------------------------------------------------------
def _region_of(values: Mapping[str, Any], blik: Blik, otherwise: Regio) -> Regio:
    team = values.get("wijkteam")
    return blik.regio_of(team) if isinstance(team, Wijkteam) else otherwise


@voor(REGIOCOORDINATOR)
@require_http_methods(["GET", "POST"])
def regel_nieuw(request: HttpRequest) -> HttpResponseBase:
    """A new agreement; what is known of it already (a hole, a team) comes with the address."""
    blik, op = Blik(kijker_of(request)), today()
    teams = existing(blik.teams, op).order_by("naam")
    asked = request.GET.get("team", "")
    team = teams.filter(pk=int(asked)).first() if asked.isascii() and asked.isdecimal() and len(asked) < 10 else None
    soort = request.GET.get("soort", "")
    initial = {
        "wijkteam": team,
        "soort": soort if soort in SoortGebied.values else SoortGebied.WIJK,
        "gebied": request.GET.get("gebied", "")[:10],
        "sector": request.GET.get("sector", ELKE_SECTOR),
        "nummer_van": 1,
        "nummer_tot_en_met": NUMMER_MAX,
        "zijde": "beide",
        "leeftijd_van": 0,
        "leeftijd_tot": LEEFTIJD_MAX,
        "van": op,
    }
    regio = blik.regios.order_by("pk")[0]  # whoever comes here keeps one
    form = RegelForm(_data(request), teams=teams, initial=initial)
    if request.method == "POST" and form.is_valid():
        regio = _region_of(form.cleaned_data, blik, regio)
    back = reverse("netwerk-team", args=[team.pk]) if team else reverse("netwerk")
    return change_page(
        request,
        Wijziging(
            titel="Nieuw werkgebied",
            inleiding="Wie zorgt voor welke leerlingen in welk gebied. Het smalste gebied gaat voor: een postcode voor een wijk.",
            form=form,
            uitvoeren=lambda v: create_werkgebied(gegevens=v, by=blik.kijker, op=now()),
            ingaat=lambda v: max(v["van"], op),
            regio=regio,
            kijker=blik.kijker,
            kruimels=crumbs(team),
            terug_url=back,
            na_url=lambda regel: reverse("netwerk-team", args=[regel.wijkteam_id]),  # type: ignore[attr-defined]
            gedaan="Het werkgebied is vastgelegd. De scholen die dit merken, krijgen bericht.",
        ),
        template="netwerk/werkgebied.html",
    )


@voor(REGIOCOORDINATOR)
@require_http_methods(["GET", "POST"])
def regel_vervangen(request: HttpRequest, pk: int) -> HttpResponseBase:
    """From a day on the agreement says something else."""
    blik, op = Blik(kijker_of(request)), today()
    regel = get_object_or_404(blik.werkgebieden, pk=pk)
    teams = existing(blik.teams, op).order_by("naam")
    initial = {"van": max(op, regel.van)}
    form = RegelForm(_data(request), teams=teams, vervangt=True, initial={**_as_initial(regel), **initial})

    def replace(v: Mapping[str, Any]) -> object:
        values = {naam: value for naam, value in v.items() if naam not in {"van", "tot"}}
        return replace_werkgebied(werkgebied=regel, vanaf=v["van"], gegevens=values, by=blik.kijker, op=now())

    return change_page(
        request,
        Wijziging(
            titel="Werkgebied veranderen",
            inleiding=f"Nu geldt: {describe_werkgebied(regel, met_team=True)}. Tot de dag die u kiest, blijft dat zo.",
            form=form,
            uitvoeren=replace,
            ingaat=lambda v: max(v["van"], op),
            regio=blik.regio_of(regel.wijkteam),
            kijker=blik.kijker,
            kruimels=crumbs(regel.wijkteam),
            terug_url=reverse("netwerk-team", args=[regel.wijkteam_id]),
            gedaan="Het werkgebied is veranderd. De scholen die dit merken, krijgen bericht.",
        ),
        template="netwerk/werkgebied.html",
    )


def _as_initial(regel: Any) -> dict[str, Any]:
    names = ("wijkteam", "soort", "gebied", "sector", "school", "vestiging", "nummer_van", "nummer_tot_en_met", "zijde")
    return {naam: getattr(regel, naam) for naam in (*names, "leeftijd_van", "leeftijd_tot", "toelichting")}


@voor(REGIOCOORDINATOR)
@require_http_methods(["GET", "POST"])
def regel_stoppen(request: HttpRequest, pk: int) -> HttpResponseBase:
    blik, op = Blik(kijker_of(request)), today()
    regel = get_object_or_404(blik.werkgebieden, pk=pk)
    begonnen = regel.van <= op
    return change_page(
        request,
        Wijziging(
            titel="Werkgebied stopt",
            inleiding=f"{describe_werkgebied(regel, met_team=True)}."
            + ("" if begonnen else " Deze afspraak is nog niet ingegaan: u trekt haar in."),
            form=StopForm(_data(request), initial={"tot": op if begonnen and regel.tot > op else regel.van}),
            uitvoeren=lambda v: end_werkgebied(werkgebied=regel, **v, by=blik.kijker, op=now()),
            ingaat=lambda v: min(max(v["tot"], op), EINDE - timedelta(days=1)),
            regio=blik.regio_of(regel.wijkteam),
            kijker=blik.kijker,
            kruimels=crumbs(regel.wijkteam),
            terug_url=reverse("netwerk-team", args=[regel.wijkteam_id]),
            gedaan="Het werkgebied stopt. De scholen die dit merken, krijgen bericht.",
        ),
    )
