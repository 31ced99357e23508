"""'Mijn wijkteams': the teams and people of all pupils of the viewer's school, and the pupils without a certain team."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from kern.kijker import Kijker
from portal.school.teams import (
    GEEN_ADRES,
    ONZEKER,
    Filter,
    Kennis,
    Overzicht,
    absences,
    acquaintance,
    fixed_contacts,
    overview,
    own_locations,
    uncertain_pupils,
)
from scholen.models import Leerling, Vestiging
from scholen.rollen import SCHOOLTEAMLEIDER, ZORGCOORDINATOR
from scholen.sectoren import Sector, Woorden, woorden
from toegang.toelating import kijker_of, voor
from wijkteams.models import Contactpersoon
from wijkteams.routering.uitkomst import Uitkomst

TEAMS_PER_PAGINA = 24
PER_PAGINA = 50
NOOIT_GENOEMD = 3
#: Why there is no certain team, and what to do about it.
REDENEN = {
    GEEN_ADRES: ("Geen adres bekend", "Vul het adres aan: upload een klassenlijst met postcode en huisnummer."),
    Uitkomst.ONGELDIG.value: ("Gegevens niet te lezen", "Controleer adres en geboortedatum, en upload de klassenlijst opnieuw."),
    Uitkomst.ADRES_ONBEKEND.value: (
        "Postcode niet in het register",
        "Controleer de postcode. Klopt die, dan zoekt de regiocoördinator het team zodra u een casus aanmeldt.",
    ),
    Uitkomst.MEERDERE.value: ("Meer teams mogelijk", "Zoek het adres op: daar ziet u welke teams het kunnen zijn en waarom."),
    Uitkomst.GEEN_TEAM.value: ("Geen wijkteam bekend", "Bel de regiocoördinator: in het netwerk zit hier een gat."),
    Uitkomst.BUITEN_REGIO.value: ("Woont buiten de regio", "Zoek het adres op: daar ziet u bij welke gemeente u moet zijn."),
}


@voor(ZORGCOORDINATOR, SCHOOLTEAMLEIDER)
@require_GET
def mijn_wijkteams(request: HttpRequest) -> HttpResponseBase:
    """A card per team, with its people."""
    kijker = kijker_of(request)
    vestigingen = list(own_locations(kijker))
    narrowed = _filter(request, vestigingen)
    beeld = overview(kijker, narrowed)
    page = Paginator(beeld.teams, TEAMS_PER_PAGINA).get_page(request.GET.get("pagina"))
    nooit = beeld.nooit_ontmoet
    context = {
        **_frame(request, kijker, vestigingen, narrowed, beeld=beeld, hier="teams"),
        "page": page,
        "nooit": nooit[:NOOIT_GENOEMD],
        "nooit_meer": max(0, len(nooit) - NOOIT_GENOEMD),
    }
    return render(request, "school/mijn_wijkteams.html", context)


@voor(ZORGCOORDINATOR, SCHOOLTEAMLEIDER)
@require_GET
def aanspreekpunten(request: HttpRequest) -> HttpResponseBase:
    """Everyone who is named for this school, with a face."""
    kijker = kijker_of(request)
    vestigingen = list(own_locations(kijker))
    narrowed = _filter(request, vestigingen)
    page = Paginator(fixed_contacts(kijker, narrowed), TEAMS_PER_PAGINA).get_page(request.GET.get("pagina"))
    punten = list(page.object_list)
    ids = {punt.contactpersoon_id for punt in punten}
    weg = absences(ids, kijker.op)
    kennis = acquaintance(kijker, ids)
    invallers = Contactpersoon.objects.in_bulk({vervanger for _, vervanger in weg.values() if vervanger is not None})
    rijen = []
    for punt in punten:
        tot, invaller = weg.get(punt.contactpersoon_id, (None, None))
        rijen.append(
            {
                "punt": punt,
                "persoon": punt.contactpersoon,
                "afwezig_tot": tot,
                "vervanger": (invallers.get(invaller) if invaller else punt.vervanger) if tot else None,
                "kennis": kennis.get(punt.contactpersoon_id, Kennis()),
            }
        )
    context = {
        **_frame(request, kijker, vestigingen, narrowed, beeld=None, hier="aanspreekpunten"),
        "page": page,
        "rijen": rijen,
    }
    return render(request, "school/aanspreekpunten.html", context)


@voor(ZORGCOORDINATOR, SCHOOLTEAMLEIDER)
@require_GET
def zonder_route(request: HttpRequest) -> HttpResponseBase:
    """Pupils without a certain team and what to do; names are for the zorgcoördinator, a teamleider sees how many."""
    kijker = kijker_of(request)
    vestigingen = list(own_locations(kijker))
    narrowed = _filter(request, vestigingen)
    beeld = overview(kijker, narrowed)
    reden = request.GET.get("reden", "")
    reden = reden if reden in ONZEKER else ""
    pupils = uncertain_pupils(kijker, beeld.onzeker, reden)
    page = Paginator(pupils, PER_PAGINA).get_page(request.GET.get("pagina"))
    per_leerling = {pk: uitkomst for uitkomst, ids in beeld.onzeker.items() for pk in ids}
    context = {
        **_frame(request, kijker, vestigingen, narrowed, beeld=beeld, hier="zonder"),
        "page": page,
        "redenen": [(key, *REDENEN[key], len(beeld.onzeker[key])) for key in ONZEKER if beeld.onzeker[key]],
        "reden": reden,
        "rijen": [_pupil_row(leerling, per_leerling[leerling.pk]) for leerling in page.object_list],
        "met_namen": kijker.heeft(ZORGCOORDINATOR),
    }
    response = render(request, "school/zonder_route.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _pupil_row(leerling: Leerling, reden: str) -> dict[str, Any]:
    """A row, with what the finder needs to look the address up: not for a secret one, and nothing when there is no address."""
    zoekbaar = reden not in {GEEN_ADRES, Uitkomst.ONGELDIG.value} and not leerling.geheim_adres
    velden = (
        ("postcode", leerling.postcode),
        ("huisnummer", leerling.huisnummer),
        ("toevoeging", f"{leerling.huisletter} {leerling.toevoeging}".strip()),
        ("plek", f"{leerling.vestiging_id}:{leerling.sector}"),
        ("geboortedatum", leerling.geboortedatum.isoformat() if leerling.geboortedatum else ""),
    )
    return {
        "leerling": leerling,
        "reden": REDENEN[reden][0],
        "doen": REDENEN[reden][1],
        "zoek": velden if zoekbaar else (),
    }


def _filter(request: HttpRequest, vestigingen: Sequence[Vestiging]) -> Filter:
    """What the URL asks and this school has; anything else is left out."""
    gevraagd = request.GET.get("vestiging", "")
    sector = request.GET.get("sector", "")
    return Filter(
        vestiging=next((vestiging.pk for vestiging in vestigingen if str(vestiging.pk) == gevraagd), None),
        sector=sector if sector in _sectors(vestigingen) else "",
    )


def _sectors(vestigingen: Sequence[Vestiging]) -> list[str]:
    return sorted({sector for vestiging in vestigingen for sector in vestiging.sectoren}, key=Sector.values.index)


def _words(vestigingen: Sequence[Vestiging]) -> Woorden:
    sectoren = _sectors(vestigingen)
    return woorden(sectoren[0] if len(sectoren) == 1 else "")


def _frame(
    request: HttpRequest,
    kijker: Kijker,
    vestigingen: Sequence[Vestiging],
    narrowed: Filter,
    *,
    beeld: Overzicht | None,
    hier: str,
) -> dict[str, Any]:
    """What the three screens share: filters and tabs. A tab carries the filters along."""
    vraag = request.GET.copy()
    for weg in [key for key in vraag if key not in {"vestiging", "sector"}]:
        del vraag[weg]
    achter = f"?{vraag.urlencode()}" if vraag else ""
    tabs = [
        ("Wijkteams", reverse("mijn-wijkteams") + achter, len(beeld.teams) if beeld else None, hier == "teams"),
        ("Aanspreekpunten van de school", reverse("mijn-wijkteams-aanspreekpunten") + achter, None, hier == "aanspreekpunten"),
        (
            "Zonder zeker wijkteam",
            reverse("mijn-wijkteams-zonder-route") + achter,
            beeld.aantal_onzeker if beeld else None,
            hier == "zonder",
        ),
        ("Kennismakingen", reverse("kennismakingen"), None, False),
    ]
    sectoren = _sectors(vestigingen)
    return {
        "beeld": beeld,
        "tabs": tabs,
        "woorden": _words(vestigingen),
        "vestigingen": [(str(v.pk), v.naam) for v in vestigingen] if len(vestigingen) > 1 else [],
        "sectoren": [(sector, Sector(sector).label) for sector in sectoren] if len(sectoren) > 1 else [],
        "vestiging": str(narrowed.vestiging or ""),
        "sector": narrowed.sector,
        "mag_uploaden": kijker.heeft(ZORGCOORDINATOR),
    }
