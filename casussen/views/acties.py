"""One page per step of the workflow: a form made from the table, sent to the machine. A new row needs no new view."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from casussen.actions.machine import perform
from casussen.feiten import facts_of
from casussen.forms import Regels, VeldenForm
from casussen.fouten import NietBevoegd, OnjuisteStatus, Onvolledig
from casussen.keuzes import Status
from casussen.models import Casus, Vraag
from casussen.mogelijk import when_possible
from casussen.queries.regio import presumed_teams
from casussen.rules import Feiten, flags_fit, missing_for, role_for, why_not
from casussen.tabel import Regel
from casussen.velden import Soort
from casussen.velden.lezen import IDS
from casussen.views.gevolgen import TOESTEMMING_INTREKKEN, TOESTEMMING_STOPT, afterwards, introduction, what_ends
from casussen.views.invullen import form_for
from casussen.views.overleg_plannen import PLANT, around, from_link, warnings_for, with_choice
from casussen.views.zicht import casus_or_404
from casussen.woorden import flags_in_the_way, say
from casussen.workflow import rule_for, rules_of
from kern.kijker import Kijker
from kern.klok import now, today
from toegang.rollen import AANBIEDER, REGIOCOORDINATOR, WIJKTEAMCOORDINATOR, WIJKTEAMLID, ZORGCOORDINATOR
from toegang.toelating import kijker_of, voor

#: What a step asks of whoever takes it, in a sentence or two; steps without one explain themselves.
INLEIDING = {
    "ontvangen": "De school hoort meteen dat uw team de casus heeft en wie hem behandelt.",
    "starten": "U hebt het gezin gesproken. Leg het contact vast en vertel de school kort hoe het verdergaat.",
    "vragen": "De zorgcoördinator krijgt bericht en antwoordt binnen drie werkdagen. Uw termijnen lopen door.",
    "beantwoorden": "Het wijkteam krijgt bericht van uw antwoord.",
    "doorzetten": "Het nieuwe team krijgt de casus en twee werkdagen om te reageren. Uw team ziet hem daarna niet meer.",
    "terugleggen": "De casus gaat terug naar de school, met uw advies. De school reageert binnen vijf werkdagen.",
    "heraanmelden": "Klopt het adres nog? Laat de velden leeg als er niets is veranderd.",
    "intrekken": "Het wijkteam ziet de casus dan meteen niet meer. Dit kunt u niet terugdraaien.",
    "toewijzen": "Het wijkteam en de school krijgen meteen bericht.",
    "buiten_overdragen": "Het portaal stuurt zelf niets naar een andere gemeente. Leg vast wie het daar heeft en wie het volgt.",
    "buiten_opvolgen": "Vertel wat u van de andere gemeente hoorde, en kies wanneer u weer navraag doet.",
    "buiten_terugmelden": "De school hoort hoe het afliep. Daarna is de casus afgesloten.",
    "mdo_plannen": "Plan het overleg op school, met ouders en leerling erbij. Iedereen krijgt een uitnodiging voor de agenda.",
    "mdo_verzetten": "Iedereen die is uitgenodigd krijgt de nieuwe datum.",
    "mdo_afzeggen": "Iedereen die is uitgenodigd hoort dat het overleg niet doorgaat.",
    "mdo_vastleggen": "Ouders en leerling krijgen hun eigen plek in het verslag. Elk besluit krijgt een eigenaar en een datum.",
    "mdo_aanvullen": "Het verslag blijft zoals het is. Wat u hier schrijft, komt er met uw naam en de datum onder.",
    "plan_vaststellen": "Eén gezin, één plan: thuis, school en vrije tijd. Begin bij wat het gezin zelf kan.",
    "plan_bijstellen": "Dit wordt een nieuwe versie. De vorige versie blijft bewaard.",
    "uitvoeren": "Leg de echte datum vast. Vanaf die dag telt de evaluatie.",
    "evalueren": "De school krijgt bericht en reageert binnen vijf werkdagen.",
    "reageren": "Het wijkteam leest uw reactie en besluit daarna over doorgaan of afsluiten.",
    "afsluiten": "De school en het gezin weten wat er bereikt is, en iemand vraagt later hoe het gaat.",
    "heropenen": "De casus gaat terug naar hetzelfde wijkteam en begint opnieuw te tellen.",
    "hulp_aanvragen": "U ziet alleen aanbieders met wie u mag delen. Staat er niemand bij? Leg dan eerst de toestemming vast.",
    "delen": "Delen kan alleen met toestemming van ouders of leerling. De partij ziet alleen wat nodig is voor het doel.",
    "delen_stoppen": "De partij ziet vanaf nu niets meer van deze casus.",
    "escaleren": "De regiocoördinator ziet alleen status en termijnen, en wat u hier schrijft.",
    "veiligheid_melden": "Is er nu gevaar? Bel 112 of Veilig Thuis. Met een grond mag u delen zonder toestemming.",
    "aanvraag_vastleggen": "Een casus is geen aanvraag. Deed het gezin een aanvraag bij de gemeente? Leg dan hier de datum vast.",
    "terugkoppelen": "Vertel de school wat er gebeurde, wat er nu komt en wat u van de school nodig hebt.",
    TOESTEMMING_INTREKKEN: TOESTEMMING_STOPT,
}
#: Where to find what a step needs: (text, name of the page, of this casus or of the portal).
VERWIJST_NAAR = {
    "hulp_aanvragen": (("Toestemming om te delen vastleggen", "casus-delen", True), ("De gids met hulpaanbod", "aanbod", False)),
}
#: Where a step leads back to, when that is a part of the casus.
TERUG_NAAR = {"mdo_plannen": "casus-overleg", "mdo_vastleggen": "casus-overleg", "mdo_aanvullen": "casus-overleg"}
GEDAAN = "Gelukt: u hebt {wat}. Wie het moet weten, krijgt bericht."


@voor(ZORGCOORDINATOR, WIJKTEAMLID, WIJKTEAMCOORDINATOR, REGIOCOORDINATOR, AANBIEDER)
@require_http_methods(["GET", "POST"])
def take_step(request: HttpRequest, nummer: str, actie: str) -> HttpResponseBase:
    """Show the form of a step, or take the step."""
    kijker = kijker_of(request)
    casus = casus_or_404(kijker, nummer)
    regel = rule_for(actie, casus.status)
    if not rules_of(actie) or casus.status == Status.CONCEPT:
        raise Http404
    if request.method == "POST":
        return _take(request, casus, actie, kijker)
    if regel is None:
        label, status = rules_of(actie)[0].label, casus.get_status_display()
        return _refused(request, casus, f"'{label}' kan niet bij een casus met status '{status}'. {when_possible(actie, casus)}")
    if refusal := _why_not_now(regel, facts_of(casus, op=today()), kijker):
        return _refused(request, casus, refusal)
    form = form_for(regel, casus, kijker, vooraf=_chosen(request, regel))
    return _page(request, casus, regel, form)


def _chosen(request: HttpRequest, regel: Regel) -> dict[str, Any]:
    """Which row the page that led here was about: ids only, as its fields have them."""
    rows = {veld.naam for veld in regel.velden if veld.soort in IDS}
    given = {naam: request.GET.get(naam, "") for naam in rows}
    chosen = {naam: value for naam, value in given.items() if value.isascii() and value.isdigit()}
    return {**chosen, **(from_link(request.GET) if regel.actie in PLANT else {})}


def _why_not_now(regel: Regel, feiten: Feiten, kijker: Kijker) -> str:
    """Why this step cannot be taken now, and what would make it possible; '' when it can."""
    if not role_for(regel, feiten, kijker):
        return why_not(regel, feiten, kijker)
    if not flags_fit(regel, feiten):
        return flags_in_the_way(regel)
    missing = missing_for((*regel.bij, *regel.voorwaarden), feiten, {})
    return missing[0]["melding"] if missing else ""


def _take(request: HttpRequest, casus: Casus, actie: str, kijker: Kijker) -> HttpResponseBase:
    regel = rule_for(actie, casus.status) or rules_of(actie)[0]
    erbij = request.POST.get("erbij", "")
    sent = with_choice(request.POST) if regel.actie in PLANT else request.POST
    form = form_for(regel, casus, kijker, sent, erbij=erbij)
    versie = request.POST.get("versie", "")
    if erbij:
        return _page(request, casus, regel, form, versie=versie)
    form.is_valid()
    try:
        perform(
            actie,
            casus=casus,
            by=kijker,
            op=now(),
            versie=int(versie) if versie.isascii() and versie.isdecimal() and len(versie) < 9 else None,
            gegevens=form.gegevens,
        )
    except Onvolledig as fout:
        form.add_refusals(fout.ontbreekt)
        return _page(request, casus, regel, form, versie=versie, status=422)
    except OnjuisteStatus as fout:
        return _refused(request, casus, fout.melding, form=form)
    except NietBevoegd as fout:
        return _refused(request, casus, fout.melding, form=form, status=403)
    messages.success(request, GEDAAN.format(wat=say(regel.voorwerp, regel.gedaan)))
    if tekst := afterwards(regel, casus):
        messages.info(request, tekst)
    if regel.actie in PLANT:
        for tekst in warnings_for(casus, kijker):
            messages.warning(request, f"Let op: {tekst}")
    return redirect(after(kijker, casus, TERUG_NAAR.get(regel.actie, regel.op_pagina)))


def after(kijker: Kijker, casus: Casus, pagina: str = "") -> str:
    """Back to the casus, on the page that offered the step; or to the own list when it is no longer in sight."""
    if not Casus.objects.in_zicht_van(kijker).filter(pk=casus.pk).exists():
        return reverse("home")
    return page_url(casus, pagina)


def page_url(casus: Casus, pagina: str = "") -> str:
    return reverse(pagina or "casus", args=[casus.nummer])


def _page(
    request: HttpRequest, casus: Casus, regel: Regel, form: VeldenForm, *, versie: str | None = None, status: int = 200
) -> HttpResponse:
    url = reverse("casus", args=[casus.nummer])
    vraag = ""
    if regel.actie == "beantwoorden":
        vraag = Vraag.objects.filter(casus=casus, beantwoord_op__isnull=True).values_list("tekst", flat=True).first() or ""
    context = {
        "casus": casus,
        "actie": regel,
        "form": form,
        "inleiding": introduction(regel, casus, INLEIDING.get(regel.actie, "")),
        "eindigt_ook": what_ends(regel, casus),
        "verwijzingen": [
            (tekst, reverse(naam, args=[casus.nummer] if eigen else []))
            for tekst, naam, eigen in VERWIJST_NAAR.get(regel.actie, ())
        ],
        "vraag": vraag,
        "versie": casus.versie if versie is None else versie,
        "terug_url": page_url(casus, TERUG_NAAR.get(regel.actie, regel.op_pagina)),
        "kruimels": [(f"Casus {casus.nummer}", url)],
        "plannen": regel.actie in PLANT,
    }
    if regel.actie == "toewijzen":
        context["volgens_adres"] = presumed_teams(casus)
    if regel.actie in PLANT:
        context |= around(casus, form, kijker_of(request))
    return render(request, "casussen/actie.html", context, status=status)


def _refused(
    request: HttpRequest, casus: Casus, melding: str, *, form: VeldenForm | None = None, status: int = 409
) -> HttpResponse:
    """The step was not taken; what was typed is shown, so that it can be copied."""
    context = {
        "casus": casus,
        "melding": melding,
        "getypt": _typed(form),
        "terug_url": after(kijker_of(request), casus),
        "mag_niet": status == 403,
    }
    return render(request, "casussen/niet_gelukt.html", context, status=status)


def _typed(form: VeldenForm | None) -> list[tuple[str, str]]:
    """The texts in a form: what would be a pity to lose."""
    if form is None:
        return []
    found = []
    for deel in form.onderdelen:
        if isinstance(deel, Regels):
            found += [(f"{titel}: {label}", text) for titel, line in deel.lijn for label, text in _typed(line)]
    texts = [veld for veld in form.velden if veld.soort is Soort.TEKST and form.gegevens[veld.naam]]
    return [(str(form[veld.naam].label), str(form.gegevens[veld.naam])) for veld in texts] + found
