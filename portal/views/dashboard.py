"""Figures of a gemeente beside those of the region (design §7): tables only, small cells protected."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gebieden.rollen import GEMEENTEMEDEWERKER, REGIOCOORDINATOR
from kern.klok import now
from portal.dashboard.beeld import picture
from portal.dashboard.indeling import FASEN
from scholen.rollen import SAMENWERKINGSVERBAND
from toegang.toelating import kijker_of, voor


@voor(GEMEENTEMEDEWERKER, REGIOCOORDINATOR, SAMENWERKINGSVERBAND)
@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """Period and gemeente come from the URL; only what is offered can be chosen."""
    moment = now()
    beeld = picture(kijker_of(request), request.GET.dict(), op=moment)
    return render(request, "dashboard/dashboard.html", {"beeld": beeld, "fasen": FASEN, "stand_op": moment})
