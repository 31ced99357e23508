"""What the lists share: a page of them, and how a line looks."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from casussen.keuzes import Status, Vlag
from casussen.models import Casus
from casussen.queries import CasusRegel, StuurRegel, TeRouteren
from casussen.views.tonen import clock_of, tone, what_of

PER_PAGINA = 50
WAAROM = {
    "meerdere": "Meer wijkteams mogelijk",
    "buiten_regio": "Woont buiten de regio",
    "adres_onbekend": "Adres niet in het register",
    "geen_team": "Geen wijkteam afgesproken",
    "geen_contact": "Niemand bereikbaar bij het team",
    "ongeldig": "Geen Nederlands adres",
    "toegewezen": "Toegewezen team kan niet",
}


def page_of(request: HttpRequest, casussen: QuerySet[Casus], sleutel: str = "pagina") -> tuple[Page[Casus], dict[str, Any]]:
    """The page that the URL asks for; `sleutel` is its name there, for a screen with two lists."""
    page = Paginator(casussen, PER_PAGINA).get_page(request.GET.get(sleutel))
    return page, {"page": page, "sleutel": sleutel}


def line_of(row: CasusRegel) -> dict[str, Any]:
    casus = row.casus
    return {
        "nummer": casus.nummer,
        "url": reverse("casus", args=[casus.nummer]),
        "leerling": row.leerling,
        "leeftijd": row.leeftijd,
        "hulpvraag": row.hulpvraag,
        "school": str(casus.vestiging),
        "status": casus.get_status_display(),
        "toon": tone(casus.status, row.eerder.vervalt_op if row.eerder else row.stap.uiterlijk),
        "wacht_op_school": casus.status == Status.AANVULLING_GEVRAAGD,
        "spoed": casus.urgentie == "spoed",
        "vlaggen": [str(vlag.label) for vlag in Vlag if getattr(casus, vlag.value)],
        "eerder": clock_of(row.eerder) if row.eerder else None,
        "behandelaar": casus.behandelaar.naam if casus.behandelaar else "",
        "vervalt_op": row.stap.uiterlijk,
        "wat": what_of(row.stap.termijn_soort) if row.stap.termijn_soort else "",
        "volgende": f"{row.stap.zonder_namen}{f' ({row.stap.persoon})' if row.stap.persoon else ''}",
    }


def _why_waiting(row: TeRouteren) -> str:
    if row.elders:
        return f"Ligt bij het loket van {row.elders}"
    return f"{WAAROM.get(row.uitkomst, row.uitkomst)}{f': {row.gemeente}' if row.gemeente else ''}"


def waiting_line(row: TeRouteren) -> dict[str, Any]:
    address = f"{row.postcode[:4]} {row.postcode[4:]}, nummer {row.huisnummer}" if row.postcode else "geen adres"
    return {
        "nummer": row.nummer,
        "url": reverse("casus", args=[row.nummer]),
        "vervalt_op": row.uiterlijk,
        "adres": "geheim adres" if row.geheim else address,
        "school": row.school,
        "sector": row.sector,
        "waarom": _why_waiting(row),
        "kandidaten": [naam for _, naam, _ in row.kandidaten],
        "spoed": row.spoed,
    }


def stuck_line(row: StuurRegel) -> dict[str, Any]:
    return {
        "nummer": row.nummer,
        "url": reverse("casus", args=[row.nummer]),
        "vervalt_op": row.uiterlijk,
        "wat": "",
        "eigenaar": row.stap,
        "status": row.status_label,
        "toon": tone(row.status, row.uiterlijk),
    }
