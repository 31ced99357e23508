"""One gemeente: its access desk, its teams, and going on in another one on any date."""

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from gebieden.actions.gemeenten import edit_gemeente
from gebieden.models import Gemeente
from gebieden.rollen import REGIOCOORDINATOR
from kern.klok import now, today
from portal.netwerk.blik import Blik
from portal.netwerk.forms import FusieForm, GemeenteForm, add_errors
from portal.netwerk.fusie import merge
from portal.netwerk.paginas import paging
from portal.netwerk.schermen.start import counted
from portal.netwerk.schermen.teams import crumbs, rule_rows
from portal.netwerk.wijziging import Wijziging, change_page
from toegang.toelating import kijker_of, voor
from wijkteams.actions.fusie import rules_naming
from wijkteams.models import Werkgebied


@voor(REGIOCOORDINATOR)
@require_safe
def gemeente(request: HttpRequest, code: str) -> HttpResponseBase:
    blik, op = Blik(kijker_of(request)), today()
    found = get_object_or_404(blik.gemeenten.select_related("opvolger"), code=code)
    regels = Werkgebied.objects.filter(gebied=code, tot__gt=op).select_related("school", "vestiging", "wijkteam")
    context = {
        **paging(request, counted(blik.teams.filter(gemeente=found)).order_by("naam", "pk")),
        "gemeente": found,
        "kruimels": crumbs(),
        "regels": rule_rows(regels.order_by("rang", "van")[:100]),
        "voorgangers": list(found.voorgangers.order_by("naam")),
        "is_weg": found.geldig_tot is not None and found.geldig_tot <= op,
        "is_regio": True,
    }
    return render(request, "netwerk/gemeente.html", context)


@voor(REGIOCOORDINATOR)
@require_http_methods(["GET", "POST"])
def gemeente_wijzigen(request: HttpRequest, code: str) -> HttpResponseBase:
    blik = Blik(kijker_of(request))
    found = get_object_or_404(blik.gemeenten, code=code)
    bound = request.method == "POST"
    form = GemeenteForm(request.POST if bound else None, instance=found)
    url = reverse("netwerk-gemeente", args=[code])
    if bound and form.is_valid():
        try:
            edit_gemeente(gemeente=found, gegevens=form.cleaned_data, by=blik.kijker, op=now())
        except ValidationError as problem:
            add_errors(form, problem)
        else:
            return redirect(url)
    context = {
        "form": form,
        "titel": f"Gemeente {found.naam} wijzigen",
        "inleiding": "Het toegangsloket is wat scholen te zien krijgen als er geen wijkteam is.",
        "kruimels": [*crumbs(), (found.naam, url)],
        "terug_url": url,
    }
    return render(request, "netwerk/opslaan.html", context, status=422 if bound else 200)


@voor(REGIOCOORDINATOR)
@require_http_methods(["GET", "POST"])
def gemeente_samenvoegen(request: HttpRequest, code: str) -> HttpResponseBase:
    """Name the successor and the day; see which teams, agreements and pupils go with it; do it."""
    blik, op = Blik(kijker_of(request)), today()
    found = get_object_or_404(blik.gemeenten.select_related("regio"), code=code)
    near = Q(regio_id=found.regio_id) | Q(regio__isnull=True)
    others = Gemeente.objects.filter(near, opvolger__isnull=True).exclude(pk=found.pk)
    url = reverse("netwerk-gemeente", args=[code])
    teams = list(blik.teams.filter(gemeente=found).order_by("naam"))
    wijziging = Wijziging(
        titel=f"{found.naam} gaat op in een andere gemeente",
        inleiding="Wijkteams, afspraken, scholen en open casussen gaan mee. Wat geweest is, blijft op de oude naam staan.",
        form=FusieForm(request.POST if request.method == "POST" else None, gemeenten=others.order_by("naam")),
        uitvoeren=lambda v: merge(
            gemeente=found, opvolger=v["opvolger"], op_datum=v["op_datum"], wijze=v["regels"], by=blik.kijker, op=now()
        ),
        ingaat=lambda v: max(v["op_datum"], op),
        regio=get_object_or_404(blik.regios, gemeenten=found),
        kijker=blik.kijker,
        kruimels=[*crumbs(), (found.naam, url)],
        terug_url=url,
        gedaan=f"De samenvoeging van {found.naam} is vastgelegd.",
    )
    extra = {"teams_mee": teams, "regels_mee": rule_rows(rules_naming(found, op)), "gemeente": found}
    return change_page(request, wijziging, template="netwerk/fusie.html", **extra)
