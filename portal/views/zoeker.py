"""'Wie is het aanspreekpunt?': the answer while typing, or after a button without JavaScript.

Stores nothing, and no address is ever in a URL.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from casussen.queries import mijn_dag
from gebieden.adres import Adres, parse_adres
from gebieden.models import Gemeente, Regio
from gebieden.rules import who_pays
from kern.kijker import Kijker
from kern.klok import now
from portal.afspraken.regio import region_of
from portal.navigatie import ZOEKERS
from portal.zoekerform import ZoekerForm
from scholen.rollen import SCHOOLTEAMLEIDER, ZORGCOORDINATOR
from scholen.sectoren import woorden
from toegang.toelating import kijker_of, voor
from wijkteams.mandaten import mandate_of
from wijkteams.routering import Route, Uitkomst, route_address

#: Outcomes after which the regiocoördinator is the one to ask.
BIJ_REGIO = {Uitkomst.GEEN_TEAM, Uitkomst.GEEN_CONTACT}


@dataclass(frozen=True, slots=True)
class Aanmelden:
    """What a button of the card posts: to a casus the address goes along, never in a URL; to a consult it does not."""

    url: str
    velden: Sequence[tuple[str, object]]


@voor(*ZOEKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def zoeker(request: HttpRequest) -> HttpResponse:
    kijker = kijker_of(request)
    form = ZoekerForm(request.POST if request.method == "POST" else None, kijker=kijker)
    context: dict[str, object] = {"form": form, "route": None, "leerling": form.woorden.leerling}
    live = bool(request.headers.get("HX-Request"))
    if form.is_bound and (form.is_complete() or not live):
        route = look_up(form)
        if live or route.uitkomst is not Uitkomst.ONGELDIG:
            context |= answer(route, form, kijker)
        else:
            form.show(route.fouten)
    if request.method != "POST" and kijker.heeft(ZORGCOORDINATOR):
        context["vandaag"] = for_today(kijker)
    response = render(request, "portal/zoeker_antwoord.html" if live else "portal/zoeker.html", context)
    if request.method == "POST":
        response["Cache-Control"] = "no-store"
    return response


def for_today(kijker: Kijker) -> dict[str, int]:
    """How much waits for a zorgcoördinator today: the finder is where the day starts."""
    dag = mijn_dag(kijker, now())
    return {naam: dag.totalen[naam] for naam in ("te_laat", "vandaag", "later")}


def look_up(form: ZoekerForm) -> Route:
    """The route of what was typed. Nothing is refused beforehand: a Route says itself what cannot be read."""
    vestiging, sector = form.place()
    return route_address(
        postcode=form.typed("postcode"),
        huisnummer=form.typed("huisnummer"),
        toevoeging=form.typed("toevoeging"),
        school=vestiging.brin if vestiging else None,
        sector=sector,
        geboortedatum=form.typed("geboortedatum") or None,
        peildatum=form.typed("peildatum") or None,
        geheim=form.is_geheim,
    )


def answer(route: Route, form: ZoekerForm, kijker: Kijker) -> dict[str, object]:
    """What the card of this outcome shows beside the route itself."""
    regio = None
    if route.uitkomst in BIJ_REGIO:
        regios = Regio.objects.visible_to(kijker)
        regio = regios.filter(pk=route.regio_id).first() if route.regio_id else regios.first()
    return {
        "route": route,
        "regio": regio,
        "leerling": woorden(route.sector or "").leerling,
        "aanmelden": registration(route, form, kijker),
        "overleggen": consultation(route, form, kijker),
        "buiten": outside(route, kijker) if route.uitkomst is Uitkomst.BUITEN_REGIO else None,
        "mandaat": mandate_of(school_id=school_of(form, kijker), gemeente_id=route.gemeente_id, op=route.peildatum),
        "eigen_school": kijker.heeft(ZORGCOORDINATOR, SCHOOLTEAMLEIDER),
    }


def school_of(form: ZoekerForm, kijker: Kijker) -> int | None:
    """The school that was chosen, or the only one of who asks."""
    vestiging, _ = form.place()
    own = kijker.ids(ZORGCOORDINATOR, SCHOOLTEAMLEIDER)
    return vestiging.school_id if vestiging else next(iter(own)) if len(own) == 1 else None


def outside(route: Route, kijker: Kijker) -> dict[str, object] | None:
    """Who pays for a pupil from outside the region, and who of the viewer's region would follow it."""
    if route.gemeente_id is None:
        return None
    gemeente = Gemeente.objects.visible_to(kijker).select_related("volger").get(pk=route.gemeente_id)
    return {
        "betaalt": who_pays(gemeente.naam, gemeente.wie_betaalt),
        "volger": gemeente.volger.naam if gemeente.volger else "",
        "regio": region_of(kijker),
    }


def registration(route: Route, form: ZoekerForm, kijker: Kijker) -> Aanmelden | None:
    """The way on to a casus, for a zorgcoördinator; not for an address that cannot be read. A missing school is asked there."""
    vestiging, sector = form.place()
    adres = parse_adres(form.typed("postcode"), form.typed("huisnummer"), "", form.typed("toevoeging"))
    if not kijker.heeft(ZORGCOORDINATOR) or not isinstance(adres, Adres):
        return None
    if route.uitkomst is Uitkomst.ONGELDIG:
        return None
    velden = (
        ("verzoek_sleutel", uuid.uuid4()),
        ("vestiging", vestiging.brin if vestiging else ""),
        ("sector", sector or ""),
        ("geboortedatum", form.typed("geboortedatum")),
        ("postcode", adres.postcode),
        ("huisnummer", adres.huisnummer),
        ("huisletter", adres.huisletter),
        ("toevoeging", adres.toevoeging),
        ("geheim_adres", "on" if form.is_geheim else ""),
    )
    return Aanmelden(reverse("casus-nieuw"), velden)


def consultation(route: Route, form: ZoekerForm, kijker: Kijker) -> Aanmelden | None:
    """The way on to an anonymous consult: the team or teams that were found, and nothing of the address."""
    if not kijker.heeft(ZORGCOORDINATOR) or route.uitkomst is Uitkomst.ONGELDIG:
        return None
    vestiging, sector = form.place()
    found = [route.wijkteam] if route.wijkteam else [kandidaat.wijkteam for kandidaat in route.kandidaten]
    teams = dict.fromkeys(team.id for team in found if team)
    velden = [("kandidaat", pk) for pk in teams]
    return Aanmelden(
        reverse("consult-nieuw"), [*velden, ("vestiging", vestiging.brin if vestiging else ""), ("sector", sector or "")]
    )
