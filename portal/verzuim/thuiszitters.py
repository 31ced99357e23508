"""'/thuiszitters': who is not at school for four weeks or more, why, and who does what about it."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from casussen.keuzes import EINDSTATUSSEN
from casussen.queries.verzuim import Filter, Thuiszitter, thuiszitters_of
from casussen.workflow import rule_for
from gebieden.rollen import LEERPLICHT
from kern.kijker import Kijker
from kern.klok import today
from portal.verzuim.forms import FilterForm
from portal.verzuim.telling import count_thuiszitters
from scholen.rollen import SAMENWERKINGSVERBAND, SCHOOLTEAMLEIDER, ZORGCOORDINATOR
from scholen.verzuim.keuzes import KORT
from toegang.actions.inzage import log_inzage
from toegang.toelating import kijker_of, voor

PER_PAGINA = 50
AFMELDEN = "thuiszitter_afmelden"


@voor(ZORGCOORDINATOR, SCHOOLTEAMLEIDER, LEERPLICHT, SAMENWERKINGSVERBAND)
@require_GET
def thuiszitters(request: HttpRequest) -> HttpResponseBase:
    kijker, op = kijker_of(request), today()
    everyone = thuiszitters_of(kijker, op)
    is_school = kijker.heeft(ZORGCOORDINATOR, SCHOOLTEAMLEIDER)
    schools = sorted({regel.leerling.vestiging.school for regel in everyone}, key=lambda school: (school.naam, school.pk))
    form = FilterForm(request.GET, scholen=schools, is_school=is_school)
    chosen = form.chosen
    rows = [regel for regel in everyone if chosen.takes(regel)]
    page = Paginator(rows, PER_PAGINA).get_page(request.GET.get("pagina"))
    log_inzage(kijker=kijker, actie="bekijken", object_soort="thuiszitters", object_id=None)
    context = {
        "filter_form": form,
        "page": page,
        "rijen": [_row(regel, kijker) for regel in page.object_list if not regel.nog_niet_afgemeld],
        "niet_afgemeld": [_left_on(regel, kijker) for regel in page.object_list if regel.nog_niet_afgemeld],
        "aantal": sum(regel.gezien for regel in everyone),
        "gefilterd": chosen != Filter(),
        "is_school": is_school,
        "is_zc": kijker.heeft(ZORGCOORDINATOR),
        "toon_school": len(schools) > 1 or not is_school,
        "door_deling": any(regel.deling is not None for regel in everyone),
        "tellingen": count_thuiszitters(kijker.ids(SAMENWERKINGSVERBAND), op) if kijker.heeft(SAMENWERKINGSVERBAND) else [],
    }
    return render(request, "verzuim/thuiszitters.html", context)


def _left_on(regel: Thuiszitter, kijker: Kijker) -> dict[str, Any]:
    """Somebody for whom the casus says 'thuiszitter' and no report does: why they are here, and how that is ended."""
    casus = regel.casus
    if casus is None:  # cannot be: it is the casus that puts them here
        return {}
    soort = KORT.get(regel.stand.stand.soort, "")
    may = rule_for(AFMELDEN, casus.status) is not None and kijker.heeft_voor(ZORGCOORDINATOR, casus.school_id)
    return {
        "leerling": regel.leerling,
        "school": regel.leerling.vestiging.school.naam,
        "nummer": casus.nummer,
        "casus_url": reverse("casus-verzuim", args=[casus.nummer]),
        "klaar": casus.get_status_display() if casus.status in EINDSTATUSSEN else "",
        "nu": f"Nu gemeld: {soort}." if soort else "Er is nu geen verzuim van 4 weken gemeld.",
        "afmelden_url": reverse("casus-actie", args=[casus.nummer, AFMELDEN]) if may else "",
    }


def _row(regel: Thuiszitter, kijker: Kijker) -> dict[str, Any]:
    stand, casus = regel.stand, regel.casus
    submitted = casus is not None and not regel.is_concept
    own = regel.deling is None
    return {
        "leerling": regel.leerling,
        "school": regel.leerling.vestiging.school.naam,
        "weken": stand.stand.weken if regel.gezien else None,
        "sinds": stand.stand.sinds,
        "soort": KORT.get(stand.stand.soort, ""),
        "reden": stand.melding.get_reden_display() if regel.gezien and stand.melding else "",
        "casus": casus if submitted else None,
        "casus_url": reverse("casus-verzuim", args=[casus.nummer]) if casus is not None and submitted else "",
        "stap": regel.stap.zonder_namen if regel.stap and submitted else "",
        "persoon": regel.stap.persoon if regel.stap and submitted else "",
        "uiterlijk": regel.stap.uiterlijk if regel.stap and submitted else None,
        "taak": regel.taak,
        "concept_url": reverse("casus", args=[casus.nummer]) if casus is not None and regel.is_concept else "",
        "leerling_url": reverse("verzuim-leerling", args=[regel.leerling.pk]) if own and kijker.heeft(ZORGCOORDINATOR) else "",
        "deling": regel.deling,
    }
