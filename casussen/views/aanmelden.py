"""Submitting a casus: one short page per question group, kept on the server at every step, a summary before sending."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from casussen.actions.concept import delete_concept, missing_in, save_concept
from casussen.actions.machine import perform
from casussen.forms import VeldenForm, heading
from casussen.fouten import NietBevoegd, OnjuisteStatus, Ontbreekt, Onvolledig
from casussen.keuzes import Status
from casussen.models import Casus
from casussen.rules import age_on, givers_for
from casussen.velden import CONCEPT_VELDEN, STAPPEN, Soort, Veld, clean
from casussen.views import samenvatting
from casussen.views.keuzes import location_choices
from kern.kijker import Kijker
from kern.klok import now, today
from toegang.actions.inzage import log_inzage
from toegang.rollen import ZORGCOORDINATOR
from toegang.toelating import kijker_of, voor

CONTROLEREN = "controleren"
LABELS = [*(label for _, label in STAPPEN), "Controleren"]
SLEUTELS = [sleutel for sleutel, _ in STAPPEN]
INLEIDING = {
    "leerling": "Wie is het? Alleen uw school en straks het wijkteam zien deze naam.",
    "adres": "Het huisadres bepaalt het wijkteam.",
    "krachten": "Begin met wat er goed gaat. Daar sluit hulp op aan.",
    "hulpvraag": "Schrijf het zo op dat ouders en leerling het kunnen meelezen.",
    "toestemming": "Zonder toestemming deelt u niets, behalve als de veiligheid in gevaar is.",
}
#: What the finder sends along, and the field of the draft it becomes.
UIT_ZOEKER = {
    "postcode": "postcode",
    "huisnummer": "huisnummer",
    "huisletter": "huisletter",
    "toevoeging": "toevoeging",
    "sector": "sector",
    "geboortedatum": "geboortedatum",
    "geheim_adres": "geheim_adres",
    "keuze": "kandidaat",
    "keuze_reden": "kandidaat_reden",
}


@voor(ZORGCOORDINATOR)
@require_http_methods(["GET", "POST"])
def nieuw(request: HttpRequest) -> HttpResponseBase:
    """Begin a draft: empty, or with the address that was just looked up. The address comes by POST, never in the URL."""
    kijker = kijker_of(request)
    locations = location_choices(kijker)
    veld = next(v for v in CONCEPT_VELDEN if v.naam == "vestiging")
    brin = _chosen_location(request, locations)
    # The finder sends an empty school when none was chosen there: then it is a question here, not a mistake.
    is_asked = request.method == "POST" and (brin or request.POST.get("vestiging") != "")
    form = VeldenForm((veld,), {"vestiging": brin} if is_asked else None, keuzes={"vestiging": locations})
    along = [(name, value) for name in UIT_ZOEKER if (value := request.POST.get(name))]
    context = {"form": form, "mee": along, "verzoek_sleutel": _key(request) or uuid.uuid4()}
    if not is_asked:
        return render(request, "casussen/nieuw.html", context)
    gegevens = {UIT_ZOEKER[name]: value for name, value in along}
    try:
        concept = save_concept(by=kijker, op=now(), gegevens={**gegevens, "vestiging": brin}, verzoek_sleutel=_key(request))
    except Onvolledig as fout:
        form.add_refusals(fout.ontbreekt)
        return render(request, "casussen/nieuw.html", context, status=422)
    return redirect("casus-aanmelden", nummer=concept.casus.nummer, stap=SLEUTELS[0])


def _chosen_location(request: HttpRequest, locations: list[tuple[Any, Any]]) -> str:
    """The location that was chosen, or the only one there is."""
    chosen = request.POST.get("vestiging", "")
    if any(chosen == brin for brin, _ in locations):
        return chosen
    return str(locations[0][0]) if len(locations) == 1 else ""


def _key(request: HttpRequest) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get("verzoek_sleutel", ""))
    except ValueError:
        return None


def _concept_or_404(kijker: Kijker, nummer: str) -> Casus:
    """The viewer's own draft. What was submitted since has a page of its own."""
    casus = (
        Casus.objects.visible_to(kijker)
        .select_related("vestiging", "school", "leerling", "regio")
        .filter(nummer=nummer, aangevraagd_door_id=kijker.user_id)
        .first()
    )
    if casus is None:
        raise Http404
    return casus


@voor(ZORGCOORDINATOR)
@require_http_methods(["GET", "POST"])
def stap(request: HttpRequest, nummer: str, stap: str) -> HttpResponseBase:
    """One step of the draft; what is sent is kept as it was typed, also when it cannot be read yet."""
    kijker = kijker_of(request)
    casus = _concept_or_404(kijker, nummer)
    if casus.status != Status.CONCEPT:
        return redirect("casus", nummer=nummer)
    if stap == CONTROLEREN:
        return _check(request, casus, kijker)
    if stap not in SLEUTELS:
        raise Http404
    if request.method == "GET":
        return _step_page(request, casus, stap, _step_form(casus, stap, kijker))
    return _keep(request, casus, stap, kijker)


def _keep(request: HttpRequest, casus: Casus, stap: str, kijker: Kijker) -> HttpResponseBase:
    form = _step_form(casus, stap, kijker, data=request.POST)
    readable = form.is_valid()
    try:
        casus = save_concept(casus_id=casus.pk, by=kijker, op=now(), gegevens=form.gegevens).casus
    except Onvolledig as fout:
        form.add_refusals(fout.ontbreekt)
        readable = False
    except OnjuisteStatus:
        return redirect("casus", nummer=casus.nummer)
    if request.headers.get("HX-Request"):
        return render(request, "casussen/delen/bewaard.html", {"bewaard_op": now()})
    if "later" in request.POST:
        messages.success(request, f"Concept {casus.nummer} is bewaard. U vindt het bij uw casussen.")
        return redirect("casus-lijst")
    if not readable and "terug" not in request.POST:
        return _step_page(request, casus, stap, form, status=422)
    return redirect("casus-aanmelden", nummer=casus.nummer, stap=_following(request, stap))


def _following(request: HttpRequest, stap: str) -> str:
    """The step that the pressed button leads to."""
    here = SLEUTELS.index(stap)
    if "zoeken" in request.POST:
        return stap
    if "terug" in request.POST and here:
        return SLEUTELS[here - 1]
    return [*SLEUTELS, CONTROLEREN][here + 1]


def _step_fields(casus: Casus, stap: str, kijker: Kijker) -> tuple[tuple[Veld, ...], dict[str, Any]]:
    """The fields of a step that make sense for this draft, with their choices."""
    fields = [veld for veld in CONCEPT_VELDEN if veld.stap == stap]
    keuzes: dict[str, Any] = {"vestiging": location_choices(kijker)}
    if stap == "leerling":
        own = casus.vestiging.sectoren
        sector = next(veld for veld in fields if veld.naam == "sector")
        keuzes["sector"] = [(key, label) for key, label in sector.keuzes if key in own]
        hidden = {"sector"} if len(own) == 1 else set()
        hidden |= {"vestiging"} if len(keuzes["vestiging"]) == 1 else set()
        if not samenvatting.differs_from_known(casus):
            hidden.add("leerling_bijwerken")
        fields = [veld for veld in fields if veld.naam not in hidden]
    if stap == "adres":
        route = samenvatting.draft_route(casus, op=today())
        options = [(str(k.wijkteam.id), f"{k.wijkteam.naam}: {k.reden}") for k in route.kandidaten if k.wijkteam] if route else []
        keuzes["kandidaat"] = [*dict(options).items(), ("", "Ik weet het niet: de regiocoördinator kiest")]
        if not options:
            fields = [veld for veld in fields if not veld.naam.startswith("kandidaat")]
    return tuple(fields), keuzes


def _step_form(casus: Casus, stap: str, kijker: Kijker, data: Any = None) -> VeldenForm:
    fields, keuzes = _step_fields(casus, stap, kijker)
    typed = {"vestiging": casus.vestiging.brin, "urgentie": casus.urgentie, **casus.concept_gegevens}
    return VeldenForm(fields, data, initial={veld.naam: _shown(veld, typed.get(veld.naam, "")) for veld in fields}, keuzes=keuzes)


def _shown(veld: Veld, value: Any) -> Any:
    """A ticked box was kept as text or as a boolean; both are shown ticked."""
    return str(value).lower() in {"true", "1", "on", "ja"} if veld.soort is Soort.JA_NEE else value


def _step_page(request: HttpRequest, casus: Casus, stap: str, form: VeldenForm, *, status: int = 200) -> HttpResponse:
    number = SLEUTELS.index(stap) + 1
    context = {
        "casus": casus,
        "stap": stap,
        "kop": STAPPEN[number - 1][1],
        "inleiding": INLEIDING[stap],
        "uitleg": _whose_consent(casus) if stap == "toestemming" else "",
        "staplabels": LABELS,
        "stapnummer": number,
        "open_stappen": _open_steps(missing_in(casus, op=now())),
        "vorige": number > 1,
        "form": form,
        "antwoord": samenvatting.answer(casus, op=today()) if stap == "adres" else None,
    }
    return render(request, "casussen/stap.html", context, status=status)


def _whose_consent(casus: Casus) -> str:
    """Who has to say yes for a pupil of this age, before it is asked; '' when the age is not known yet."""
    geboortedatum = next(veld for veld in CONCEPT_VELDEN if veld.naam == "geboortedatum")
    geboren = clean((geboortedatum,), casus.concept_gegevens)[0].get("geboortedatum")
    return givers_for(age_on(geboren, today()))[1] if geboren and geboren <= today() else ""


def _check(request: HttpRequest, casus: Casus, kijker: Kijker) -> HttpResponseBase:
    """The summary: who will see what, what is missing, and the one button."""
    if request.method == "POST" and "weggooien" in request.POST:
        delete_concept(casus_id=casus.pk, by=kijker, op=now())
        messages.success(request, f"Concept {casus.nummer} is weggegooid.")
        return redirect("casus-lijst")
    missing = missing_in(casus, op=now())
    if request.method == "POST":
        versie = request.POST.get("versie", "")
        try:
            sent = perform(
                "aanmelden",
                casus=casus,
                by=kijker,
                op=now(),
                versie=int(versie) if versie.isascii() and versie.isdecimal() and len(versie) < 9 else None,
            )
        except Onvolledig as fout:
            missing = fout.ontbreekt
        except (OnjuisteStatus, NietBevoegd) as fout:
            messages.warning(request, fout.melding)
            return redirect("casus", nummer=casus.nummer)
        else:
            messages.success(request, samenvatting.sent_message(sent))
            return redirect("casus", nummer=casus.nummer)
    log_inzage(kijker=kijker, actie="bekijken", object_soort="casus", object_id=casus.pk, relatie="eigen concept")
    unreadable = {item["veld"] for item in clean(CONCEPT_VELDEN, casus.concept_gegevens)[1]}
    context = {
        "casus": casus,
        "staplabels": LABELS,
        "stapnummer": len(LABELS),
        "open_stappen": _open_steps(missing),
        "ontbreekt": [_pointed_at(casus, item, named=item["veld"] in unreadable) for item in missing],
        "blokken": [
            {
                "stap": key,
                "kop": label,
                "url": reverse("casus-aanmelden", args=[casus.nummer, key]),
                "gegevens": samenvatting.lines(casus, key),
            }
            for key, label in STAPPEN
        ],
        "ontvanger": samenvatting.receiver(casus, op=today()),
        "wie_ziet_wat": samenvatting.who_sees_what(casus, op=today()),
        "vorige_url": reverse("casus-aanmelden", args=[casus.nummer, SLEUTELS[-1]]),
    }
    return render(request, "casussen/overzicht.html", context, status=422 if request.method == "POST" else 200)


def _open_steps(missing: Iterable[Ontbreekt]) -> set[str]:
    """The labels of the steps that still need something before the draft can be sent."""
    fields = {item["veld"] for item in missing}
    steps = {veld.stap for veld in CONCEPT_VELDEN if veld.naam in fields}
    return {label for key, label in STAPPEN if key in steps}


def _pointed_at(casus: Casus, item: Ontbreekt, *, named: bool) -> dict[str, Any]:
    """What is missing, with where to fill it in. `named`: what cannot be read says by itself not of which field it is."""
    veld = next((v for v in CONCEPT_VELDEN if v.naam == item["veld"]), None)
    if veld is None:
        return {**item, "url": ""}
    url = f"{reverse('casus-aanmelden', args=[casus.nummer, veld.stap])}#id_{veld.naam}"
    return {**item, "url": url, "label": heading(veld.label) if named else ""}
