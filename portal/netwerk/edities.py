"""Edities of the address register: what there is, what activating one would mean, and what must be looked at afterwards."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gebieden.actions.activeren import NietTeActiverenError, activate_editie
from gebieden.models import Editie, EditieStatus
from gebieden.queries import Verschil, list_edities
from gebieden.rollen import REGIOCOORDINATOR
from kern.klok import now, today
from kern.rollen import FUNCTIONEEL_BEHEER
from portal.netwerk.dekking_schermen import regions_of
from portal.netwerk.edities_rechten import may_activate
from portal.netwerk.gevolg import effect_of
from portal.netwerk.paginas import paging
from toegang.toelating import kijker_of, voor
from wijkteams.actions.voorstellen import mark_checked
from wijkteams.botsingen import describe_werkgebied
from wijkteams.models import Werkgebied
from wijkteams.nazicht import difference, open_points
from wijkteams.queries import touched_werkgebieden, why_touched

KIJKERS = (FUNCTIONEEL_BEHEER, REGIOCOORDINATOR)
GETOOND = 50


@voor(*KIJKERS)
@require_GET
def edities(request: HttpRequest) -> HttpResponse:
    """All edities, the newest first."""
    kijker = kijker_of(request)
    regios = regions_of(kijker).values_list("pk", flat=True)
    context = paging(request, list_edities())
    return render(request, "netwerk/edities.html", context | {"open": len(open_points(list(regios)))})


@voor(*KIJKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def editie(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What would change with this editie; POST makes it the active one, as it was seen."""
    kijker = kijker_of(request)
    gekozen = get_object_or_404(Editie, pk=pk)
    mag = may_activate(kijker)
    if request.method == "POST":
        if not mag:
            raise PermissionDenied
        return _activate(request, gekozen)
    actief = Editie.objects.filter(actief=True).first()
    kan = gekozen.status == EditieStatus.GELADEN and bool(gekozen.adressen) and not gekozen.actief
    context: dict[str, Any] = {
        "editie": gekozen,
        "actief": actief,
        "mag": mag,
        "kan": kan,
        "getoond": GETOOND,
        "is_regio": kijker.heeft(REGIOCOORDINATOR),
        "kruimels": [("Adresregister", reverse("edities"))],
    }
    if kan:
        verschil = difference(actief, gekozen) if actief else Verschil()
        context["regels"] = [
            (regel, describe_werkgebied(regel), why_touched(regel.gebied, verschil))
            for regel in touched_werkgebieden(verschil).select_related("school", "vestiging")
        ]
        context["gevolgen"] = [
            (regio, effect_of(lambda: activate_editie(editie_id=gekozen.pk, by=kijker, op=now()), regio=regio, op=today()))
            for regio in regions_of(kijker).filter(gemeenten__isnull=False).distinct()
        ]
    return render(request, "netwerk/editie.html", context)


def _activate(request: HttpRequest, gekozen: Editie) -> HttpResponseBase:
    if gekozen.actief:
        messages.success(request, f"Editie {gekozen.label} is al actief.")
        return redirect("edities")
    try:
        with transaction.atomic():
            actief = Editie.objects.select_for_update().filter(actief=True).first()
            if request.POST.get("vorige", "") != str(actief.pk if actief else ""):
                context = {
                    "bericht": "Intussen is een andere editie actief geworden. Bekijk het gevolg opnieuw; er is niets gedaan.",
                    "terug_url": reverse("editie", args=[gekozen.pk]),
                }
                return render(request, "409.html", context, status=409)
            activate_editie(editie_id=gekozen.pk, by=kijker_of(request), op=now())
    except NietTeActiverenError as fout:
        messages.error(request, str(fout))
        return redirect("editie", gekozen.pk)
    messages.success(request, f"Editie {gekozen.label} is actief.")
    return redirect("edities")


@voor(REGIOCOORDINATOR)
@require_GET
def nakijken(request: HttpRequest) -> HttpResponse:
    """Rules whose area vanished or changed with the active editie: each is replaced, ended, or found still right."""
    regios = regions_of(kijker_of(request)).values_list("pk", flat=True)
    context = paging(request, open_points(list(regios)))
    context["rijen"] = [(punt, describe_werkgebied(punt.werkgebied)) for punt in context["page"]]
    return render(request, "netwerk/nakijken.html", context)


@voor(REGIOCOORDINATOR)
@require_POST
def nagekeken(request: HttpRequest, pk: int) -> HttpResponseBase:
    """This rule is still right."""
    kijker = kijker_of(request)
    regel = get_object_or_404(Werkgebied, pk=pk, wijkteam__gemeente__regio_id__in=kijker.ids(REGIOCOORDINATOR))
    actief = get_object_or_404(Editie, actief=True)
    mark_checked(werkgebieden=[regel], editie=actief, by=kijker, op=now())
    messages.success(request, "Genoteerd: deze regel klopt nog.")
    return redirect("netwerk-nakijken")
