"""One page per step of the workflow: a form made from the table, sent to the machine. A new row needs no new view."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from casussen.actions.machine import perform
from casussen.feiten import facts_of
from casussen.forms import VeldenForm
from casussen.fouten import NietBevoegd, OnjuisteStatus, Onvolledig
from casussen.keuzes import Status
from casussen.models import Casus, Vraag
from casussen.rules import missing_for, role_for
from casussen.tabel import Regel
from casussen.velden import Soort
from casussen.views.keuzes import colleague_choices, coordinator_choices, outside_choices, own_contact_id, team_choices
from casussen.views.zicht import casus_or_404
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
    "toestemming_intrekken": "Het delen stopt meteen. Dit kunt u niet terugdraaien.",
}
GEDAAN = "Gelukt: u hebt {voorwerp} {gedaan}. Wie het moet weten, krijgt bericht."


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
    feiten = facts_of(casus, op=today())
    if regel is None or not regel.live or not role_for(regel, feiten, kijker) or missing_for(regel.bij, feiten, {}):
        return _refused(request, casus, f"Deze stap kan nu niet: de casus heeft de status '{casus.get_status_display()}'.")
    form = _form(regel, casus, kijker)
    return _page(request, casus, regel, form)


def _take(request: HttpRequest, casus: Casus, actie: str, kijker: Kijker) -> HttpResponseBase:
    regel = rule_for(actie, casus.status) or rules_of(actie)[0]
    form = _form(regel, casus, kijker, data=request.POST)
    form.is_valid()
    versie = request.POST.get("versie", "")
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
    messages.success(request, GEDAAN.format(voorwerp=regel.voorwerp, gedaan=regel.gedaan))
    return redirect(after(kijker, casus))


def after(kijker: Kijker, casus: Casus) -> str:
    """Back to the casus, or to the own list when it is no longer in sight."""
    seen = Casus.objects.in_zicht_van(kijker)
    return reverse("casus", args=[casus.nummer]) if seen.filter(pk=casus.pk).exists() else reverse("home")


def _form(regel: Regel, casus: Casus, kijker: Kijker, data: Any = None) -> VeldenForm:
    op = today()
    soorten = {veld.soort for veld in regel.velden}
    keuzes: dict[str, Any] = {}
    initial: dict[str, Any] = {}
    for veld in regel.velden:
        if veld.soort is Soort.WIJKTEAM:
            keuzes[veld.naam] = team_choices(casus, op=op)
        elif veld.soort is Soort.CONTACTPERSOON:
            keuzes[veld.naam] = colleague_choices(casus.wijkteam_id, op=op)
        elif veld.soort is Soort.GEMEENTE:
            keuzes[veld.naam] = outside_choices(casus, op=op)
            initial |= {"gemeente": str(casus.woongemeente_id or ""), "overgedragen_op": op}
        elif veld.soort is Soort.REGIOCOORDINATOR:
            keuzes[veld.naam] = coordinator_choices(casus, op=op)
            initial["opvolger"] = _follower(casus, kijker, [pk for pk, _ in keuzes[veld.naam]])
    if Soort.CONTACTPERSOON in soorten:
        initial["behandelaar"] = str(own_contact_id(kijker, casus.wijkteam_id) or casus.behandelaar_id or "")
    if any(veld.naam == "contact_datum" for veld in regel.velden):
        initial |= {"contact_datum": op, "contact_gelukt": True}
    return VeldenForm(regel.velden, data, initial=initial, keuzes=keuzes)


def _follower(casus: Casus, kijker: Kijker, choices: list[str]) -> str:
    """Who would follow it: who always does for this gemeente, or else the regiocoördinator who looks, or the only one."""
    usual = casus.woongemeente.volger_id if casus.woongemeente else None
    wanted = [str(pk) for pk in (usual, kijker.user_id) if pk is not None and str(pk) in choices]
    return next(iter(wanted), choices[0] if len(choices) == 1 else "")


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
        "inleiding": INLEIDING.get(regel.actie, ""),
        "vraag": vraag,
        "versie": casus.versie if versie is None else versie,
        "terug_url": url,
        "kruimels": [(f"Casus {casus.nummer}", url)],
    }
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
    texts = [veld.naam for veld in form.velden if veld.soort is Soort.TEKST and form.gegevens[veld.naam]]
    return [(str(form[naam].label), str(form.gegevens[naam])) for naam in texts]
