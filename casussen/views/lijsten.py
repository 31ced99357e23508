"""Lists: my day, the team's queue, the school's casussen, what waits for a team. Filter, order and page live in the URL."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from casussen.actions.stappen import wijs_behandelaar_toe
from casussen.keuzes import ConsultStatus, Status
from casussen.models import Casus, Consult
from casussen.queries import (
    CasusRegel,
    Filters,
    StuurRegel,
    TeRouteren,
    as_rows,
    as_steered,
    as_waiting,
    casussen_of,
    count_each,
    late_with_teams,
    waiting_for_team,
    with_unread_feedback,
)
from casussen.queries import mijn_dag as day_of
from casussen.queries import (
    werkvoorraad as queue_of,
)
from casussen.queries.overleg import TaakRegel
from casussen.views.keuzes import colleague_choices, own_contact_id
from casussen.views.tonen import tone, what_of
from kern.bericht import subject_of
from kern.kijker import Kijker
from kern.klok import now, today
from scholen.models import School
from toegang.rollen import REGIOCOORDINATOR, SCHOOLTEAMLEIDER, WIJKTEAMCOORDINATOR, WIJKTEAMLID, ZORGCOORDINATOR
from toegang.toelating import kijker_of, voor
from wijkteams.models import Contactpersoon, Wijkteam

PER_PAGINA = 50
SORTERINGEN = ("klok", "nieuw", "school")
IN_LUS = [(s.value, s.label) for s in Status if s not in {Status.CONCEPT, Status.AFGESLOTEN, Status.INGETROKKEN}]


class FilterForm(forms.Form):
    """What a list can be narrowed to; never something about a person."""

    status = forms.ChoiceField(label="Status", required=False)
    school = forms.ChoiceField(label="School", required=False)
    nummer = forms.CharField(label="Casusnummer", required=False, max_length=12)

    def __init__(self, data: QueryDict, *, scholen: Iterable[tuple[Any, str]] = (), concepten: bool = False) -> None:
        super().__init__(data)
        statuses = [(s.value, s.label) for s in Status] if concepten else IN_LUS
        schools = list(scholen)
        self.fields["status"] = forms.ChoiceField(label="Status", required=False, choices=[("", "Alle"), *statuses])
        if schools:
            self.fields["school"] = forms.ChoiceField(label="School", required=False, choices=[("", "Alle"), *schools])
        else:
            del self.fields["school"]


def _filters(form: FilterForm, data: QueryDict, **fixed: Any) -> Filters:
    """The filters that make sense; what someone typed into the URL and does not exist is left out."""
    form.is_valid()
    values = form.cleaned_data
    school = values.get("school") or ""
    sorteer = data.get("sorteer", "klok")
    return Filters(
        status=values.get("status") or "",
        school=int(school) if school else None,
        nummer=values.get("nummer") or "",
        sorteer=sorteer if sorteer.removeprefix("-") in SORTERINGEN else "klok",
        **fixed,
    )


def _page(request: HttpRequest, casussen: QuerySet[Casus], sleutel: str = "pagina") -> tuple[Page[Casus], dict[str, Any]]:
    """The page that the URL asks for; `sleutel` is its name there, for a screen with two lists."""
    page = Paginator(casussen, PER_PAGINA).get_page(request.GET.get(sleutel))
    return page, {"page": page, "sleutel": sleutel}


def _row(row: CasusRegel) -> dict[str, Any]:
    casus = row.casus
    return {
        "nummer": casus.nummer,
        "url": reverse("casus", args=[casus.nummer]),
        "leerling": row.leerling,
        "leeftijd": row.leeftijd,
        "hulpvraag": row.hulpvraag,
        "school": str(casus.vestiging),
        "status": casus.get_status_display(),
        "toon": tone(casus.status, row.stap.uiterlijk),
        "wacht_op_school": casus.status == Status.AANVULLING_GEVRAAGD,
        "spoed": casus.urgentie == "spoed",
        "behandelaar": casus.behandelaar.naam if casus.behandelaar else "",
        "vervalt_op": row.stap.uiterlijk,
        "wat": what_of(row.stap.termijn_soort) if row.stap.termijn_soort else "",
        "volgende": f"{row.stap.zonder_namen}{f' ({row.stap.persoon})' if row.stap.persoon else ''}",
    }


# --- The team's queue -------------------------------------------------------------------------------------------
@voor(WIJKTEAMLID, WIJKTEAMCOORDINATOR)
@require_GET
def werkvoorraad(request: HttpRequest) -> HttpResponseBase:
    """The casussen of the viewer's teams; take one, or divide them among colleagues."""
    kijker, op = kijker_of(request), now()
    teams = kijker.ids(WIJKTEAMLID, WIJKTEAMCOORDINATOR)
    wie = request.GET.get("wie", "")
    wie = wie if wie in {"", "mij", "niemand"} else ""
    te_laat = request.GET.get("te_laat") == "1"
    schools = School.objects.filter(casussen__wijkteam_id__in=teams).distinct().order_by("naam").values_list("pk", "naam")
    form = FilterForm(request.GET, scholen=schools)
    filters = _filters(form, request.GET, wie=wie, te_laat=te_laat)
    page, paging = _page(request, queue_of(kijker, filters, op=op))
    tabs = {
        "alles": Filters(),
        "mij": Filters(wie="mij"),
        "niemand": Filters(wie="niemand"),
        "te_laat": Filters(te_laat=True),
    }
    counts = count_each(queue_of(kijker, op=op), tabs, kijker, op=op)
    names = Wijkteam.objects.filter(pk__in=teams).order_by("naam").values_list("naam", flat=True)
    own = next((pk for team in sorted(teams) if (pk := own_contact_id(kijker, team))), None)
    context = {
        **paging,
        "rijen": [_row(row) for row in as_rows(page.object_list, op=op)],
        "samenvatting": f"{', '.join(names)}: {_count(counts['alles'], 'casus', 'casussen')}, {counts['te_laat']} te laat.",
        "tabs": [
            ("Alles", reverse("werkvoorraad"), counts["alles"], not wie and not te_laat),
            ("Van mij", "?wie=mij", counts["mij"], wie == "mij"),
            ("Nog van niemand", "?wie=niemand", counts["niemand"], wie == "niemand"),
            ("Te laat", "?te_laat=1", counts["te_laat"], te_laat),
        ],
        "filter_form": form,
        "vast": [("wie", wie), ("te_laat", "1" if te_laat else "")],
        "sortering": filters.sorteer,
        "kan_toewijzen": True,
        "collegas": [choice for team in sorted(teams) for choice in colleague_choices(team, op=today())],
        "mijn_contact_id": str(own or ""),
    }
    return render(request, "casussen/werkvoorraad.html", context)


@voor(WIJKTEAMLID, WIJKTEAMCOORDINATOR)
@require_POST
def toewijzen(request: HttpRequest) -> HttpResponseBase:
    """Give the chosen casussen to one colleague; says which succeeded and why another did not."""
    kijker = kijker_of(request)
    back = request.POST.get("terug", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None) or not back.startswith("/"):
        back = reverse("werkvoorraad")
    nummers = [nummer for nummer in request.POST.getlist("casus")[:PER_PAGINA] if nummer.isprintable()]
    person = request.POST.get("behandelaar", "")
    casussen = list(Casus.objects.visible_to(kijker).filter(nummer__in=nummers))
    colleague = (
        Contactpersoon.objects.filter(pk=int(person)).first()
        if person.isascii() and person.isdecimal() and len(person) < 19
        else None
    )
    if not casussen or colleague is None:
        messages.warning(request, "Kies eerst een of meer casussen, en aan wie u ze geeft.")
        return redirect(back)
    results = wijs_behandelaar_toe(casussen=casussen, behandelaar=colleague, by=kijker, op=now())
    done = [r for r in results if r.gelukt]
    if done:
        messages.success(request, f"{_count(len(done), 'casus is', 'casussen zijn')} toegewezen.")
    for result in results:
        if not result.gelukt:
            messages.warning(request, f"Casus {result.nummer}: {result.melding}")
    return redirect(back)


def _count(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


# --- The school -------------------------------------------------------------------------------------------------
@voor(ZORGCOORDINATOR, SCHOOLTEAMLEIDER)
@require_GET
def casussen(request: HttpRequest) -> HttpResponseBase:
    """The casussen of the viewer's school, own drafts among them."""
    kijker, op = kijker_of(request), now()
    te_laat = request.GET.get("te_laat") == "1"
    mine = request.GET.get("wie") == "mij"
    form = FilterForm(request.GET, concepten=True)
    filters = _filters(form, request.GET, te_laat=te_laat, wie="mij" if mine else "")
    page, paging = _page(request, casussen_of(kijker, filters, op=op))
    tabs = {
        "alles": Filters(),
        "mij": Filters(wie="mij"),
        "concept": Filters(status=Status.CONCEPT),
        "te_laat": Filters(te_laat=True),
    }
    counts = count_each(casussen_of(kijker, op=op), tabs, kijker, op=op)
    concept = filters.status == Status.CONCEPT
    unread = with_unread_feedback(page.object_list, kijker)
    context = {
        **paging,
        "rijen": [_row(row) | {"nieuw_antwoord": row.casus.pk in unread} for row in as_rows(page.object_list, op=op)],
        "samenvatting": f"{_count(counts['alles'], 'casus', 'casussen')}, {counts['te_laat']} te laat.",
        "tabs": [
            ("Alles", reverse("casus-lijst"), counts["alles"], not (mine or te_laat or concept)),
            ("Van mij", "?wie=mij", counts["mij"], mine),
            ("Concepten", "?status=concept", counts["concept"], concept),
            ("Te laat", "?te_laat=1", counts["te_laat"], te_laat),
        ],
        "filter_form": form,
        "vast": [("wie", "mij" if mine else ""), ("te_laat", "1" if te_laat else "")],
        "sortering": filters.sorteer,
        "mag_nieuw": kijker.heeft(ZORGCOORDINATOR),
    }
    return render(request, "casussen/lijst.html", context)


# --- The region -------------------------------------------------------------------------------------------------
WAAROM = {
    "meerdere": "Meer wijkteams mogelijk",
    "buiten_regio": "Woont buiten de regio",
    "adres_onbekend": "Adres niet in het register",
    "geen_team": "Geen wijkteam afgesproken",
    "geen_contact": "Niemand bereikbaar bij het team",
    "ongeldig": "Geen Nederlands adres",
    "toegewezen": "Toegewezen team kan niet",
}


@voor(REGIOCOORDINATOR)
@require_GET
def te_routeren(request: HttpRequest) -> HttpResponseBase:
    """What waits for a team, and where it stalls. No names, no story."""
    kijker, op = kijker_of(request), now()
    waiting = waiting_for_team(kijker)
    late = waiting.filter(Q(klok__lt=op)).count()
    page, paging = _page(request, waiting)
    stuck_page, stuck_paging = _page(request, late_with_teams(kijker, op=op), "vast")
    total = page.paginator.count
    context = {
        "samenvatting": f"{_count(total, 'casus wacht', 'casussen wachten')} op een wijkteam, {late} te laat.",
        "rijen": [_waiting_row(row) for row in as_waiting(page.object_list, op=op)],
        **paging,
        "te_sturen": [_stuck_row(row) for row in as_steered(stuck_page.object_list, op=op)],
        "te_sturen_totaal": stuck_page.paginator.count,
        "te_sturen_pagina": stuck_paging,
    }
    return render(request, "casussen/te_routeren.html", context)


def _why_waiting(row: TeRouteren) -> str:
    if row.elders:
        return f"Ligt bij het loket van {row.elders}"
    return f"{WAAROM.get(row.uitkomst, row.uitkomst)}{f': {row.gemeente}' if row.gemeente else ''}"


def _waiting_row(row: TeRouteren) -> dict[str, Any]:
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


def _stuck_row(row: StuurRegel) -> dict[str, Any]:
    return {
        "nummer": row.nummer,
        "url": reverse("casus", args=[row.nummer]),
        "vervalt_op": row.uiterlijk,
        "wat": "",
        "eigenaar": row.stap,
        "status": row.status_label,
        "toon": tone(row.status, row.uiterlijk),
    }


# --- My day -----------------------------------------------------------------------------------------------------
@voor(ZORGCOORDINATOR, SCHOOLTEAMLEIDER, WIJKTEAMLID, WIJKTEAMCOORDINATOR, REGIOCOORDINATOR)
@require_GET
def mijn_dag(request: HttpRequest) -> HttpResponseBase:
    """What must I do today, in order of the clock; what came in; what do I wait for, and on whom."""
    kijker, op = kijker_of(request), now()
    day = day_of(kijker, op)
    groups = [
        ("te_laat", "Te laat", [_mine(row, "wekker") for row in day.te_laat]),
        ("vandaag", "Vandaag", [_mine(row, "klok") for row in day.vandaag]),
        ("te_routeren", "Wijkteam toewijzen of navraag doen", [_to_route(row) for row in day.te_routeren]),
        ("consulten", "Anoniem overleg", [_consult(consult) for consult in day.consulten]),
        ("afspraken", "Afspraken die u moet nakomen", [_agreed(row) for row in day.afspraken]),
        ("later", "Hierna", [_mine(row, "kalender") for row in day.later]),
        ("concepten", "Concepten die u nog kunt versturen", [_draft(row) for row in day.concepten]),
        ("binnengekomen", "Binnengekomen", [_came_in(melding) for melding in day.binnengekomen]),
        ("collegas", "Te laat bij collega's", [_task(row, "mensen") for row in day.collegas]),
        ("vastgelopen", "Vastgelopen in de regio", [_stuck(row) for row in day.vastgelopen]),
        ("wacht_op", "U wacht op een ander", [_task(row, "pauze") for row in day.wacht_op]),
    ]
    must = sum(day.totalen.get(naam, 0) for naam in ("te_laat", "vandaag", "te_routeren", "consulten", "afspraken_nu"))
    context = {
        "samenvatting": f"{_count(must, 'taak', 'taken')} voor vandaag." if must else "Vandaag hoeft er niets.",
        "groepen": [
            {"kop": kop, "rijen": rows, "totaal": day.totalen[naam], "meer": _rest_of(naam, kijker)}
            for naam, kop, rows in groups
            if rows
        ],
    }
    return render(request, "casussen/mijn_dag.html", context)


#: Where the whole of a list is, when my day shows its beginning: for the region, and else the filter of the own list.
_REST_REGIO = {"te_routeren": "", "vastgelopen": "#sturen-kop"}
_REST = {
    "te_laat": "?te_laat=1&wie=mij",
    "vandaag": "?wie=mij",
    "later": "?wie=mij",
    "collegas": "?te_laat=1",
    "wacht_op": "?wie=mij",
}


def _rest_of(naam: str, kijker: Kijker) -> str:
    """Where to find all of a list of my day."""
    if naam in _REST_REGIO:
        return reverse("te-routeren") + _REST_REGIO[naam]
    if naam == "consulten":
        return reverse("consulten")
    if naam == "concepten":
        return reverse("casus-lijst") + "?status=concept"
    own = "werkvoorraad" if kijker.heeft(WIJKTEAMLID) or kijker.heeft(WIJKTEAMCOORDINATOR) else "casus-lijst"
    return reverse(own) + _REST.get(naam, "")


def _task(row: CasusRegel, icon: str) -> dict[str, Any]:
    shown = _row(row)
    return {
        "icoon": icon,
        "url": shown["url"],
        "tekst": shown["volgende"],
        "nummer": shown["nummer"],
        "wie": row.leerling,
        "vervalt_op": shown["vervalt_op"],
        "wat": "",
    }


def _mine(row: CasusRegel, icon: str) -> dict[str, Any]:
    """The viewer's own task, as what must be done: 'Ontvangst bevestigen'."""
    shown = _task(row, icon)
    what = what_of(row.stap.termijn_soort) if row.stap.termijn_soort else row.stap.wat
    return {**shown, "tekst": f"{what[:1].upper()}{what[1:]}"}


def _agreed(row: TaakRegel) -> dict[str, Any]:
    """Something the viewer agreed to do, with the way to where it is ended."""
    casus = row.taak.casus
    return {
        "icoon": "wekker" if row.vervalt_op < now() else "vink",
        "url": reverse("casus-taken", args=[casus.nummer]),
        "tekst": row.taak.omschrijving,
        "nummer": casus.nummer,
        "wie": str(casus.leerling) if casus.leerling else "",
        "vervalt_op": row.vervalt_op,
        "wat": "",
    }


def _draft(row: CasusRegel) -> dict[str, Any]:
    return {
        "icoon": "potlood",
        "url": reverse("casus", args=[row.casus.nummer]),
        "tekst": f"Concept afmaken{f': {row.leerling}' if row.leerling else ''}",
        "nummer": row.casus.nummer,
        "wie": str(row.casus.vestiging),
    }


def _consult(consult: Consult) -> dict[str, Any]:
    """Answer it, or read what was answered."""
    waits = consult.status == ConsultStatus.OPEN
    return {
        "icoon": "vraag" if waits else "bericht",
        "url": reverse("consult", args=[consult.nummer]),
        "tekst": "Vraag beantwoorden" if waits else "Antwoord lezen",
        "nummer": consult.nummer,
        "wie": str(consult.vestiging) if waits else str(consult.wijkteam or "regiocoördinator"),
        "vervalt_op": consult.antwoord_uiterlijk if waits else None,
        "wat": "antwoord",
    }


def _to_route(row: TeRouteren) -> dict[str, Any]:
    shown = _waiting_row(row)
    return {**shown, "icoon": "wekker" if row.te_laat else "door", "tekst": shown["waarom"], "wie": row.school, "wat": ""}


def _stuck(row: StuurRegel) -> dict[str, Any]:
    return {**_stuck_row(row), "icoon": "vlag", "tekst": row.stap, "wie": row.wijkteam}


def _came_in(melding: Any) -> dict[str, Any]:
    return {
        "icoon": "bericht",
        "url": reverse("melding", args=[melding.pk]),
        "tekst": subject_of(melding),
        "nummer": "",
        "wie": "",
    }
