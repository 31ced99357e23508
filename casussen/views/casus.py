"""The page of one casus: left the story, right people and clocks; what I may do now as buttons, what not yet with the reason."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from casussen.actions.terugkoppeling import mark_read
from casussen.blik import Blik
from casussen.keuzes import EigenaarSoort, Status, Urgentie
from casussen.models import Casus, CasusRoute, Termijn
from casussen.mogelijk import Mogelijk, available_actions
from casussen.queries import CasusDetail, Gebeurd, VolgendeStap, escalation_of, next_step_of, tijdlijn
from casussen.queries.afspraken import agreements_of
from casussen.queries.consulten import consult_before
from casussen.queries.delen import shared_with
from casussen.queries.detail import address_for, detail_of
from casussen.queries.hulp import open_help_of
from casussen.queries.overdracht import taken_over
from casussen.queries.overleg import in_short
from casussen.queries.plan import goals_for, helpers_of, newest_plan
from casussen.queries.tijdlijn import nieuwste
from casussen.queries.vlaggen import raised_flags
from casussen.views.dossier import BETROKKENEN, Dossier
from casussen.views.knoppen import button
from casussen.views.tijdlijn import moment_of
from casussen.views.tonen import clock_of, tone
from casussen.views.zicht import relation_of, seen_or_404
from casussen.woorden import counted
from casussen.workflow import VLAGTERMIJNEN
from kern.kijker import Kijker
from kern.klok import now, today
from scholen.sectoren import woorden
from toegang.actions.inzage import log_inzage
from toegang.toelating import kijker_of, voor
from wijkteams.models import Contactpersoon, SoortWijkteam

VERHAAL = (("Wat gaat goed?", "krachten"), ("Wat is er nodig?", "hulpvraag"), ("Wat is al geprobeerd?", "geprobeerd"))
#: Steps that end what was asked: possible, never what the page steers to.
TERZIJDE = frozenset({"intrekken", "toestemming_intrekken"})
#: So many moments of the time line; all of it has a page of its own.
NIEUWSTE = 10
#: So many terugkoppelingen in full; the earlier ones fold, so that plan, help and story stay in sight.
TERUG_VOLUIT = 2
Gegevens = list[tuple[str, Any]]


@voor(*BETROKKENEN)
@require_GET
def casus(request: HttpRequest, nummer: str) -> HttpResponseBase:
    """The casus as this viewer may see it; every look is written in the access log."""
    kijker, op = kijker_of(request), now()
    found, blik = seen_or_404(kijker, nummer)
    if found.status == Status.CONCEPT:
        return redirect("casus-aanmelden", nummer=nummer, stap="controleren")
    dossier = Dossier(found, kijker, blik)
    content = blik.reads
    relatie = relation_of(kijker, found, content=content)
    log_inzage(kijker=kijker, actie="bekijken", object_soort="casus", object_id=found.pk, relatie=relatie, op=op)
    if not content and not blik.shares:
        return render(request, "casussen/stuurbeeld.html", _steering(found, kijker))
    if not content:
        return render(request, "casussen/gedeeld.html", {**dossier.context("casus"), **_shared(dossier)})
    detail = detail_of(found, kijker, blik, op=op)
    if any(told.aan_id == kijker.user_id and told.gelezen_op is None for told in detail.terugkoppelingen):
        mark_read(casus=found, by=kijker, op=op)  # what is new still says so on this page
    context = {**dossier.context("casus"), **_content(detail), "consulten": consult_before(found, kijker)}
    return render(request, "casussen/casus.html", context)


def _frame(found: Casus, step: VolgendeStap, steps: Iterable[Mogelijk], moments: Iterable[Gebeurd]) -> dict[str, Any]:
    """What both pages show: where it stands, the clock, the steps, the time line."""
    steps = [step for step in steps if not step.op_pagina]
    can = [_button(found, s) for s in sorted((s for s in steps if s.mag), key=lambda s: not s.hoofd)]
    return {
        "casus": found,
        "toon": tone(found.status, step.uiterlijk),
        "status_tekst": f"{step.zonder_namen}{f' ({step.persoon})' if step.persoon else ''}",
        "klok": step.uiterlijk,
        "acties": [knop for knop in can if not knop["terzijde"]],
        "terzijde": [knop for knop in can if knop["terzijde"]],
        "nog_niet": [s for s in steps if not s.mag],
        "tijdlijn": [moment_of(item) for item in reversed(list(moments))],
        "afspraken": agreements_of(found, op=today()),
    }


def _button(found: Casus, step: Mogelijk) -> dict[str, Any]:
    """A step as a button; what keeps the casus where it is, or ends it, stands aside from the next step."""
    return {**button(found, step), "terzijde": step.handeling or step.actie in TERZIJDE}


# --- With content -----------------------------------------------------------------------------------------------
def _content(detail: CasusDetail) -> dict[str, Any]:
    found = detail.casus
    waiting = detail.tijd.wachten
    told = list(reversed(detail.terugkoppelingen))
    return {
        **_frame(found, detail.stap, detail.acties, nieuwste(found, detail.blik, NIEUWSTE)),
        "gezette_vlaggen": raised_flags(found),
        **_in_short(found, detail.blik),
        "tijdlijn_url": reverse("casus-tijdlijn", args=[found.nummer]),
        "wachttekst": f"In deze ronde is {counted(waiting.days, 'dag', 'dagen')} op een antwoord gewacht."
        if waiting.days
        else "",
        "open_vraag": detail.open_vraag,
        "overgenomen": taken_over(found, detail.blik),
        "verhaal": [(kop, getattr(found, veld)) for kop, veld in VERHAAL if getattr(found, veld)],
        "terugkoppelingen": told[:TERUG_VOLUIT],
        "eerdere_terugkoppelingen": told[TERUG_VOLUIT:],
        "contactmomenten": [
            {
                "soort": c.get_soort_display().capitalize(),
                "met": c.met,
                "datum": c.datum,
                "notitie": c.notitie,
                "gelukt": c.gelukt,
            }
            for c in reversed(detail.contactmomenten)
        ],
        "mensen": _people(found),
        "gegevens": _facts(detail),
        "termijnen": [clock_of(termijn) for termijn in detail.termijnen],
        "ook_aan_u": [clock_of(termijn) for termijn in _beside(detail)],
        "uitleg": detail.route.document.get("uitleg", []) if detail.route else [],
        "kort": in_short(found, detail.termijnen, op=now()),
    }


def _beside(detail: CasusDetail) -> list[Termijn]:
    """What a flag asks of the viewer's side, whatever the next step is; the first due first."""
    own = EigenaarSoort.SCHOOL if detail.blik.school else EigenaarSoort.WIJKTEAM
    return sorted(
        (t for t in detail.termijnen if t.soort in VLAGTERMIJNEN and t.eigenaar_soort == own), key=lambda t: t.vervalt_op
    )


def _in_short(found: Casus, blik: Blik) -> dict[str, Any]:
    """Plan and help in a few lines, with a way to all of it."""
    help_ = open_help_of(found, op=today(), blik=blik)
    return {
        "plan_kort": newest_plan(found) if blik.reads else None,
        "doelen_kort": [] if blik.reads else goals_for(found, blik),
        "hulp_kort": help_,
        "helpers": helpers_of(found, [line.inzet for line in help_]) if blik.reads else [],
    }


def _face(person: Contactpersoon, rol: str) -> dict[str, Any]:
    return {
        "rol": rol,
        "naam": person.naam,
        "functie": person.functie,
        "telefoon": person.telefoon,
        "email": person.email,
        "bereikbaar": person.bereikbaar,
        "foto_url": reverse("foto", args=[person.pk]) if person.foto else "",
    }


def _what(found: Casus) -> str:
    """What the fixed contact of the team is called: in a team that is bound to schools, the one who sits in the school."""
    at_school = found.wijkteam is not None and found.wijkteam.soort == SoortWijkteam.SCHOOLGEBONDEN
    return "Jeugdhulpadviseur op school" if at_school else "Aanspreekpunt"


def _people(found: Casus) -> list[dict[str, Any]]:
    people: list[dict[str, Any]] = []
    if found.behandelaar:
        people.append(_face(found.behandelaar, f"Behandelaar, {found.wijkteam}"))
    if found.aanspreekpunt and found.aanspreekpunt != found.behandelaar:
        people.append(_face(found.aanspreekpunt, f"{_what(found)}, {found.wijkteam}"))
    if found.wijkteam and not people:
        team = found.wijkteam
        reach = {"telefoon": team.telefoon, "email": team.email, "bereikbaar": team.bereikbaar}
        people.append({"rol": "Wijkteam", "naam": team.naam, **reach})
    referrer: Any = found.aangevraagd_door
    people.append(
        {
            "rol": woorden(found.sector).zorgcoordinator.capitalize(),
            "naam": str(referrer),
            "functie": found.vestiging.naam,
            "telefoon": referrer.telefoon,
            "email": referrer.email,
        }
    )
    return people


def _facts(detail: CasusDetail) -> Gegevens:
    found = detail.casus
    leerling = found.leerling
    return [
        ("Leeftijd", f"{detail.leeftijd} jaar" if detail.leeftijd is not None else ""),
        ("Adres", "geheim" if leerling and leerling.geheim_adres else detail.adres),
        ("Zo bereikt u het gezin", found.contact_gezin),
        ("Klas", leerling.klas if leerling else ""),
        ("School", found.vestiging.naam),
        ("Onderwijs", found.get_sector_display()),
        ("Urgentie", "spoed" if found.urgentie == Urgentie.SPOED else ""),
        ("Gemeente", f"{found.woongemeente} (naar het woonadres)" if found.woongemeente else ""),
        ("Aangemeld", _day(found.t0)),
        ("Toestemming", _consent(detail)),
        ("Ouders geïnformeerd", _day(found.ouders_geinformeerd_op)),
    ]


def _day(moment: Any) -> str:
    return f"{moment.day}-{moment.month}-{moment.year}" if moment else ""


def _consent(detail: CasusDetail) -> str:
    living = [t for t in detail.toestemmingen if t.ingetrokken_op is None]
    if living:
        latest = max(living, key=lambda t: t.gegeven_op)
        also = ", ook voor een ander wijkteam" if latest.ook_ander_wijkteam else ""
        return f"{latest.get_gever_display()}, {_day(latest.gegeven_op)}{also}"
    return "geen: gedeeld om de veiligheid" if detail.casus.veiligheid else "ingetrokken"


# --- A part, upon consent ---------------------------------------------------------------------------------------
def _shared(dossier: Dossier) -> dict[str, Any]:
    """What any party sees with whom a casus is shared: where it stands, whom to call, and why they look along."""
    found = dossier.casus
    step = next_step_of(found, op=today())
    steps = available_actions(found, dossier.kijker, op=today())
    return {
        **_frame(found, step, steps, ()),
        "mensen": _people(found),
        "gegevens": [
            ("School", found.vestiging.naam),
            ("Onderwijs", found.get_sector_display()),
            ("Wijkteam", str(found.wijkteam) if found.wijkteam else ""),
        ],
        "delingen": shared_with(found, dossier.kijker),
        **(_in_short(found, dossier.blik) if dossier.blik.aanbieders else {}),
    }


# --- Without content --------------------------------------------------------------------------------------------
def _steering(found: Casus, kijker: Kijker) -> dict[str, Any]:
    """What the regiocoördinator sees; while a team must still be chosen also the address (unless secret), sector and school."""
    open_ones = Termijn.objects.filter(casus=found, gesloten_op__isnull=True).select_related("eigenaar_contactpersoon")
    step = next_step_of(found, termijnen=list(open_ones), op=today())
    latest = CasusRoute.objects.filter(casus=found).order_by("-op", "-id").first()
    choosing = found.status == Status.TE_ROUTEREN
    secret = bool(found.leerling and found.leerling.geheim_adres)
    facts: Gegevens = [
        ("Wijkteam", str(found.wijkteam) if found.wijkteam else "nog geen"),
        ("School", found.vestiging.naam),
        ("Aangemeld", _day(found.t0)),
    ]
    if choosing:
        facts = [("Adres", "geheim" if secret else address_for(found)), ("Onderwijs", found.get_sector_display()), *facts]
    return {
        **_frame(found, step, available_actions(found, kijker, op=today()), tijdlijn(found, kijker)),
        "escalatie": escalation_of(found),
        "gegevens": facts,
        "route": latest.document if latest and choosing and not secret else None,
        "kruimels": [("Te routeren", reverse("te-routeren")) if choosing else ("Mijn dag", reverse("mijn-dag"))],
    }
