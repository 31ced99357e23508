"""One professional: how they are shown and reached, that this is right, and when they are away."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casussen.actions.overdragen import casussen_of_person
from kern.klok import now, today
from portal.netwerk.bevindingen import VERIFIEREN_NA
from portal.netwerk.blik import BEHEERDERS, Blik
from portal.netwerk.forms import AfwezigForm, PersoonForm, add_errors, people_of
from portal.netwerk.schermen.teams import crumbs
from portal.netwerk.wijziging import Wijziging, change_page
from toegang.toelating import kijker_of, voor
from wijkteams.actions.afwezigheid import change_absence, end_absence, report_absence
from wijkteams.actions.mensen import create_contactpersoon, edit_contactpersoon, keep_contactpersoon, verify_contactpersoon
from wijkteams.actions.overdragen import punten_of, vervangingen, vervangt
from wijkteams.models import Afwezigheid, Contactpersoon, Wijkteam


def person_crumbs(persoon: Contactpersoon) -> list[tuple[str, str]]:
    return [*crumbs(persoon.wijkteam), (persoon.naam, reverse("netwerk-persoon", args=[persoon.pk]))]


@voor(*BEHEERDERS)
@require_safe
def persoon(request: HttpRequest, pk: int) -> HttpResponseBase:
    blik, op = Blik(kijker_of(request)), today()
    found = get_object_or_404(blik.mensen, pk=pk)
    context = {
        "persoon": found,
        "kruimels": crumbs(found.wijkteam),
        "punten": list(punten_of(found, op)),
        "vervangt": list(vervangt(found, op)),
        "vervangingen": list(vervangingen(found, op)),
        "afwezig": list(Afwezigheid.objects.filter(contactpersoon=found, tot_en_met__gte=op).select_related("vervanger")),
        "casussen": casussen_of_person(found).count(),
        "nakijken": found.geverifieerd_op is None or found.geverifieerd_op <= op - VERIFIEREN_NA,
        "vandaag": op,
        "is_weg": found.in_dienst_tot is not None and found.in_dienst_tot <= op,
    }
    return render(request, "netwerk/persoon.html", context)


@voor(*BEHEERDERS)
@require_http_methods(["GET", "POST"])
def persoon_nieuw(request: HttpRequest, pk: int) -> HttpResponseBase:
    blik = Blik(kijker_of(request))
    team = get_object_or_404(blik.teams, pk=pk)
    return _save(request, blik, team, None)


@voor(*BEHEERDERS)
@require_http_methods(["GET", "POST"])
def persoon_wijzigen(request: HttpRequest, pk: int) -> HttpResponseBase:
    blik = Blik(kijker_of(request))
    found = get_object_or_404(blik.mensen, pk=pk)
    return _save(request, blik, found.wijkteam, found)


def _save(request: HttpRequest, blik: Blik, team: Wijkteam, found: Contactpersoon | None) -> HttpResponseBase:
    """How someone is reached moves no route: it is saved at once, and counts as looked at."""
    bound = request.method == "POST"
    form = PersoonForm(request.POST if bound else None, request.FILES if bound else None, instance=found)
    if bound and form.is_valid():
        values = dict(form.cleaned_data)
        foto, foto_weg = values.pop("foto", None), values.pop("foto_weg", False)
        try:
            if found is None:
                saved = create_contactpersoon(gegevens={**values, "wijkteam": team}, foto=foto, by=blik.kijker, op=now())
            else:
                saved = edit_contactpersoon(
                    persoon=found, gegevens=values, foto=foto, foto_weg=foto_weg, by=blik.kijker, op=now()
                )
        except ValidationError as problem:
            add_errors(form, problem)
        else:
            messages.success(request, f"De gegevens van {saved.naam} zijn opgeslagen.")
            return redirect("netwerk-persoon", pk=saved.pk)
    kruimels = person_crumbs(found) if found else crumbs(team)
    context: dict[str, Any] = {
        "form": form,
        "titel": f"{found.naam} wijzigen" if found else f"Nieuwe collega bij {team.naam}",
        "inleiding": "Door op te slaan bevestigt u dat deze gegevens kloppen.",
        "kruimels": kruimels,
        "terug_url": kruimels[-1][1],
        "bestanden": True,
        "persoon": found,
    }
    return render(request, "netwerk/opslaan.html", context, status=422 if bound else 200)


@voor(*BEHEERDERS)
@require_POST
def persoon_verifieren(request: HttpRequest, pk: int) -> HttpResponseBase:
    blik = Blik(kijker_of(request))
    found = get_object_or_404(blik.mensen, pk=pk)
    verify_contactpersoon(persoon=found, by=blik.kijker, op=now())
    messages.success(request, f"Vastgelegd: de gegevens van {found.naam} kloppen nog.")
    return redirect("netwerk-persoon", pk=pk)


@voor(*BEHEERDERS)
@require_POST
def persoon_blijft(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Someone whose last day had been set stays after all."""
    blik = Blik(kijker_of(request))
    found = get_object_or_404(blik.mensen, pk=pk)
    keep_contactpersoon(persoon=found, by=blik.kijker, op=now())
    messages.success(request, f"{found.naam} blijft. Wat is overgedragen, blijft bij de opvolger.")
    return redirect("netwerk-persoon", pk=pk)


# --- Away --------------------------------------------------------------------------------------------------------
@voor(*BEHEERDERS)
@require_http_methods(["GET", "POST"])
def afwezig(request: HttpRequest, pk: int) -> HttpResponseBase:
    blik, op = Blik(kijker_of(request)), today()
    found = get_object_or_404(blik.mensen, pk=pk)
    data = request.POST if request.method == "POST" else None
    form = AfwezigForm(
        data, mensen=people_of(found.wijkteam, op, behalve=pk), initial={"van": op, "vervanger": _usual(found, op)}
    )
    return change_page(
        request,
        Wijziging(
            titel=f"{found.naam} is afwezig",
            inleiding="De reden hoeft u niet te geven. Scholen zien tot wanneer, en wie zij in plaats daarvan bellen.",
            form=form,
            uitvoeren=lambda v: report_absence(persoon=found, **v, by=blik.kijker, op=now()),
            ingaat=lambda v: max(v["van"], op),
            regio=blik.regio_of(found.wijkteam),
            kijker=blik.kijker,
            kruimels=person_crumbs(found),
            terug_url=reverse("netwerk-persoon", args=[pk]),
            gedaan="De afwezigheid is vastgelegd.",
            vertelt=False,  # a few days away is shown where someone looks; nobody wants a mail about it
        ),
    )


def _usual(persoon: Contactpersoon, op: date) -> Contactpersoon | None:
    """Who already stands in by an aanspreekpunt."""
    return next((punt.vervanger for punt in punten_of(persoon, op) if punt.vervanger is not None), None)


@voor(*BEHEERDERS)
@require_http_methods(["GET", "POST"])
def afwezig_wijzigen(request: HttpRequest, pk: int) -> HttpResponseBase:
    blik, op = Blik(kijker_of(request)), today()
    row = get_object_or_404(blik.afwezigheden, pk=pk)
    found = row.contactpersoon
    data = request.POST if request.method == "POST" else None
    form = AfwezigForm(
        data,
        mensen=people_of(found.wijkteam, op, behalve=found.pk),
        begonnen=True,
        initial={"tot_en_met": row.tot_en_met, "vervanger": row.vervanger},
    )
    return change_page(
        request,
        Wijziging(
            titel=f"Afwezigheid van {found.naam}",
            form=form,
            uitvoeren=lambda v: change_absence(afwezigheid=row, **v, by=blik.kijker, op=now()),
            ingaat=lambda _: max(row.van, op),
            regio=blik.regio_of(found.wijkteam),
            kijker=blik.kijker,
            kruimels=person_crumbs(found),
            terug_url=reverse("netwerk-persoon", args=[found.pk]),
            gedaan="De afwezigheid is gewijzigd.",
            vertelt=False,
        ),
        weer_terug=row,
    )


@voor(*BEHEERDERS)
@require_POST
def weer_terug(request: HttpRequest, pk: int) -> HttpResponseBase:
    blik = Blik(kijker_of(request))
    row = get_object_or_404(blik.afwezigheden, pk=pk)
    end_absence(afwezigheid=row, by=blik.kijker, op=now())
    messages.success(request, f"{row.contactpersoon.naam} is er weer.")
    return redirect("netwerk-persoon", pk=row.contactpersoon_id)
