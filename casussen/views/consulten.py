"""Anonymous consult on screen: the list, a new question, and one conversation. Nothing typed is lost when it is refused."""

import uuid
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casussen.actions.concept import region_of
from casussen.actions.consulten import (
    ask_consult,
    assign_consult,
    begin_casus,
    close_consult,
    may_assign,
    relation_of,
    reply_consult,
    speaks_for,
)
from casussen.fouten import CasusError, Herleidbaar, NietBevoegd, OnjuisteStatus, Onvolledig
from casussen.keuzes import ConsultStatus, Status, VanConsult
from casussen.models import Casus, Consult
from casussen.queries.consulten import consulten_of
from casussen.views.consulten_forms import BerichtForm, ConsultForm, team_options
from casussen.views.tonen import is_late
from kern.kijker import Kijker
from kern.klok import now, today
from scholen.models import Vestiging
from scholen.sectoren import woorden
from toegang.actions.inzage import GEWEIGERD, log_inzage
from toegang.rollen import REGIOCOORDINATOR, WIJKTEAMCOORDINATOR, WIJKTEAMLID, ZORGCOORDINATOR
from toegang.toelating import kijker_of, voor
from wijkteams.models import Contactpersoon

BETROKKENEN = (ZORGCOORDINATOR, WIJKTEAMLID, WIJKTEAMCOORDINATOR, REGIOCOORDINATOR)
PER_PAGINA = 25
TONEN = {
    ConsultStatus.OPEN: "wacht",
    ConsultStatus.BEANTWOORD: "goed",
    ConsultStatus.AFGESLOTEN: "klaar",
    ConsultStatus.OMGEZET: "klaar",
}
MAX_KANDIDATEN = 20


def _tone(consult: Consult) -> str:
    late = consult.status == ConsultStatus.OPEN and is_late(consult.antwoord_uiterlijk)
    return "te_laat" if late else TONEN[ConsultStatus(consult.status)]


# --- The list -----------------------------------------------------------------------------------------------------------
@voor(*BETROKKENEN)
@require_GET
def consulten(request: HttpRequest) -> HttpResponseBase:
    """The consulten of the viewer's school or team; what waits for an answer first."""
    kijker = kijker_of(request)
    seen = consulten_of(kijker)
    status = request.GET.get("status", "")
    status = status if status in ConsultStatus.values else ""
    page = Paginator(seen.filter(status=status) if status else seen, PER_PAGINA).get_page(request.GET.get("pagina"))
    counts = Consult.objects.visible_to(kijker).aggregate(
        alles=Count("pk"),
        te_laat=Count("pk", filter=Q(status=ConsultStatus.OPEN, antwoord_uiterlijk__lt=now())),
        **{s.value: Count("pk", filter=Q(status=s)) for s in ConsultStatus},
    )
    labels = {"": "Alles", "open": "Wacht op antwoord", "beantwoord": "Beantwoord", "afgesloten": "Afgesloten"}
    context = {
        "page": page,
        "sleutel": "pagina",
        "rijen": [_row(consult) for consult in page.object_list],
        "samenvatting": _summary(counts["open"], counts["te_laat"]),
        "tabs": [
            (label, f"?status={key}" if key else reverse("consulten"), counts[key or "alles"], key == status)
            for key, label in labels.items()
        ],
        "van_school": kijker.heeft(ZORGCOORDINATOR),
    }
    return render(request, "casussen/consult/lijst.html", context)


def _summary(open_ones: int, late: int) -> str:
    return f"{open_ones} {'wacht' if open_ones == 1 else 'wachten'} op antwoord, {late} te laat."


def _row(consult: Consult) -> dict[str, Any]:
    return {
        "nummer": consult.nummer,
        "url": reverse("consult", args=[consult.nummer]),
        "vraag": consult.vraag,
        "school": str(consult.vestiging),
        "wijkteam": str(consult.wijkteam) if consult.wijkteam else "regiocoördinator",
        "status": consult.get_status_display(),
        "toon": _tone(consult),
        "vervalt_op": consult.antwoord_uiterlijk if consult.status == ConsultStatus.OPEN else None,
        "beantwoord_op": consult.beantwoord_op,
    }


# --- A new one ----------------------------------------------------------------------------------------------------------
@voor(ZORGCOORDINATOR)
@require_http_methods(["GET", "POST"])
def nieuw(request: HttpRequest) -> HttpResponseBase:
    """Ask. The finder posts only the team (or teams) it found: no address ever comes here, and the person is looked up again."""
    kijker = kijker_of(request)
    vestigingen = list(Vestiging.objects.of(kijker).select_related("gemeente__regio", "school").order_by("naam"))
    teams = _from_finder(request)
    regio = region_of(vestigingen[0]) if vestigingen else None
    options = team_options(regio.pk if regio else None, op=today(), eerst=teams)
    asked = request.method == "POST" and "vraag" in request.POST
    initial = {
        "wijkteam": str(teams[0]) if len(teams) == 1 else "",
        "vestiging": request.POST.get("vestiging", ""),
        "sector": request.POST.get("sector", ""),
    }
    form = ConsultForm(request.POST if asked else None, vestigingen=vestigingen, teams=options, initial=initial)
    if not asked:
        return _new_page(request, form, kandidaten=teams)
    try:
        consult = _ask(form, kijker, _key(request))
    except Herleidbaar as fout:
        form.show(fout)
    except Onvolledig as fout:
        form.add_refusals(fout.ontbreekt)
    else:
        messages.success(request, f"Uw vraag is verstuurd. U krijgt antwoord van {_who_answers(consult)}.")
        return redirect("consult", consult=consult.nummer)
    return _new_page(request, form, kandidaten=teams, status=422)


def _ask(form: ConsultForm, kijker: Kijker, key: uuid.UUID | None) -> Consult:
    """Send; when something likely was found that the sender already looked at, send it as it is."""
    try:
        return ask_consult(vraag=form.vraag, by=kijker, op=now(), verzoek_sleutel=key)
    except Herleidbaar as fout:
        if not form.has_seen(fout):
            raise
        return ask_consult(vraag=replace(form.vraag, nagekeken=True), by=kijker, op=now(), verzoek_sleutel=key)


def _new_page(request: HttpRequest, form: ConsultForm, *, kandidaten: list[int], status: int = 200) -> HttpResponse:
    context = {"form": form, "kandidaten": kandidaten, "verzoek_sleutel": _key(request) or uuid.uuid4()}
    return render(request, "casussen/consult/nieuw.html", context, status=status)


def _from_finder(request: HttpRequest) -> list[int]:
    """The teams that the finder came up with."""
    given = request.POST.getlist("kandidaat")[:MAX_KANDIDATEN]
    return [int(pk) for pk in given if pk.isascii() and pk.isdecimal() and len(pk) < 19]


def _key(request: HttpRequest) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get("verzoek_sleutel", ""))
    except ValueError:
        return None


def _contact(consult: Consult) -> Contactpersoon | None:
    """Whom the school can reach: nobody who has left the team."""
    person = consult.aanspreekpunt
    gone = person is not None and person.in_dienst_tot is not None and person.in_dienst_tot <= today()
    return None if gone else person


def _who_answers(consult: Consult) -> str:
    if (contact := _contact(consult)) is not None:
        return f"{contact.naam}, {consult.wijkteam}"
    return str(consult.wijkteam) if consult.wijkteam else "de regiocoördinator"


# --- One ----------------------------------------------------------------------------------------------------------------
def consult_or_404(kijker: Kijker, nummer: str) -> Consult:
    """The consult with its relations. A look at one that is not the viewer's is logged, and answered as absent."""
    relations = ("vestiging__school", "school", "regio", "wijkteam", "aanspreekpunt", "aangevraagd_door", "casus")
    found = Consult.objects.select_related(*relations).filter(nummer=nummer).first()
    if found is None:
        raise Http404
    if not Consult.objects.visible_to(kijker).filter(pk=found.pk).exists():
        log_inzage(kijker=kijker, actie="bekijken", object_soort="consult", object_id=found.pk, uitkomst=GEWEIGERD)
        raise Http404
    return found


@voor(*BETROKKENEN)
@require_http_methods(["GET", "POST"])
def consult(request: HttpRequest, consult: str) -> HttpResponseBase:
    """The conversation, and one more message in it. Every look is written in the access log."""
    kijker = kijker_of(request)
    found = consult_or_404(kijker, consult)
    van = speaks_for(found, kijker)
    form = BerichtForm(request.POST if request.method == "POST" else None, label=_what_to_say(found, van))
    if request.method == "POST":
        try:
            _reply(found, form, kijker, _key(request))
        except Herleidbaar as fout:
            form.show(fout)
        except Onvolledig as fout:
            form.add_refusals(fout.ontbreekt)
        except OnjuisteStatus as fout:
            form.add_error(None, fout.melding)
        else:
            messages.success(request, "Uw bericht is verstuurd.")
            return redirect("consult", consult=found.nummer)
    else:
        relatie = relation_of(found, kijker)
        log_inzage(kijker=kijker, actie="bekijken", object_soort="consult", object_id=found.pk, relatie=relatie)
    context = {**_page(found, kijker, van), "form": form, "verzoek_sleutel": _key(request) or uuid.uuid4()}
    return render(request, "casussen/consult/consult.html", context, status=422 if form.is_bound else 200)


def _reply(found: Consult, form: BerichtForm, kijker: Kijker, key: uuid.UUID | None) -> None:
    tekst = str(form.data.get("tekst", ""))
    try:
        reply_consult(consult=found, tekst=tekst, by=kijker, op=now(), verzoek_sleutel=key)
    except Herleidbaar as fout:
        if not form.has_seen(fout):
            raise
        reply_consult(consult=found, tekst=tekst, by=kijker, op=now(), nagekeken=True, verzoek_sleutel=key)


def _what_to_say(found: Consult, van: VanConsult) -> str:
    if van is not VanConsult.SCHOOL:
        return "Uw antwoord"
    return "Wilt u nog iets vragen?" if found.status == ConsultStatus.BEANTWOORD else "Wilt u nog iets toevoegen?"


def _page(found: Consult, kijker: Kijker, van: VanConsult) -> dict[str, Any]:
    of_school = van is VanConsult.SCHOOL
    becomes = found.casus if found.casus is not None and _may_see(found.casus, kijker) else None
    assign = found.status == ConsultStatus.OPEN and may_assign(found, kijker)
    return {
        "consult": found,
        "toon": _tone(found),
        "klok": found.antwoord_uiterlijk if found.status == ConsultStatus.OPEN else None,
        "berichten": [_message(bericht, found) for bericht in found.berichten.select_related("door")],
        "van_school": of_school,
        "wie": _who_answers(found),
        "leerling": woorden(found.sector).leerling,
        "gegevens": [
            ("School", found.vestiging.naam),
            ("Onderwijs", found.get_sector_display()),
            ("Leeftijd", found.get_leeftijd_display()),
            ("Gevraagd op", f"{found.gevraagd_op.day}-{found.gevraagd_op.month}-{found.gevraagd_op.year}"),
        ],
        "mensen": _people(found),
        "casus": becomes,
        "mag_casus": of_school and not found.is_klaar,
        "teams": team_options(found.regio_id, op=today()) if assign else [],
    }


def _may_see(casus: Casus, kijker: Kijker) -> bool:
    """Who answered without knowing about whom learns it only when the casus is shared with them, with consent."""
    return Casus.objects.visible_to(kijker).filter(pk=casus.pk).exists()


def _message(bericht: Any, found: Consult) -> dict[str, Any]:
    sides = {VanConsult.SCHOOL: str(found.vestiging), VanConsult.WIJKTEAM: str(found.wijkteam or "wijkteam")}
    return {
        "van": sides.get(VanConsult(bericht.van), "regiocoördinator"),
        "wie": str(bericht.door),
        "op": bericht.op,
        "tekst": bericht.tekst,
        "antwoord": bericht.van != VanConsult.SCHOOL,
    }


def _people(found: Consult) -> Iterable[dict[str, Any]]:
    """Who asks and who answers: professionals, with how to reach them."""
    contact = _contact(found)
    if contact is not None:
        yield {
            "rol": f"Aanspreekpunt, {found.wijkteam}",
            "naam": contact.naam,
            "functie": contact.functie,
            "telefoon": contact.telefoon,
            "email": contact.email,
            "bereikbaar": contact.bereikbaar,
            "foto_url": reverse("foto", args=[contact.pk]) if contact.foto else "",
        }
    elif found.wijkteam is not None:
        team = found.wijkteam
        reach = {"telefoon": team.telefoon, "email": team.email, "bereikbaar": team.bereikbaar}
        yield {"rol": "Wijkteam", "naam": team.naam, **reach}
    asker: Any = found.aangevraagd_door
    yield {
        "rol": woorden(found.sector).zorgcoordinator.capitalize(),
        "naam": str(asker),
        "functie": found.vestiging.naam,
        "telefoon": asker.telefoon,
        "email": asker.email,
    }


# --- What can be done with it -------------------------------------------------------------------------------------------
@voor(ZORGCOORDINATOR)
@require_POST
def afsluiten(request: HttpRequest, consult: str) -> HttpResponseBase:
    kijker = kijker_of(request)
    found = consult_or_404(kijker, consult)
    try:
        close_consult(consult=found, by=kijker, op=now())
        messages.success(request, f"Overleg {found.nummer} is afgesloten.")
    except CasusError as fout:
        messages.warning(request, fout.melding)
    return redirect("consult", consult=found.nummer)


@voor(ZORGCOORDINATOR)
@require_POST
def casus(request: HttpRequest, consult: str) -> HttpResponseBase:
    """Open a draft with the question in it; names, address and consent are asked there, as for any casus."""
    kijker = kijker_of(request)
    found = consult_or_404(kijker, consult)
    try:
        draft = begin_casus(consult=found, by=kijker, op=now())
    except (OnjuisteStatus, NietBevoegd) as fout:
        messages.warning(request, fout.melding)
        return redirect("consult", consult=found.nummer)
    if draft.status != Status.CONCEPT:
        return redirect("casus", nummer=draft.nummer)
    return redirect("casus-aanmelden", nummer=draft.nummer, stap="leerling")


@voor(REGIOCOORDINATOR, WIJKTEAMCOORDINATOR)
@require_POST
def toewijzen(request: HttpRequest, consult: str) -> HttpResponseBase:
    kijker = kijker_of(request)
    found = consult_or_404(kijker, consult)
    team = request.POST.get("wijkteam", "")
    try:
        given = assign_consult(
            consult=found,
            wijkteam_id=int(team) if team.isascii() and team.isdecimal() and len(team) < 19 else 0,
            by=kijker,
            op=now(),
        )
    except CasusError as fout:
        messages.warning(request, fout.melding)
        return redirect("consult", consult=found.nummer)
    messages.success(request, f"Overleg {found.nummer} ligt nu bij {given.wijkteam}.")
    if Consult.objects.visible_to(kijker).filter(pk=found.pk).exists():
        return redirect("consult", consult=found.nummer)
    return redirect("consulten")
