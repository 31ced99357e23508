"""'Wat als?': a set of changes to the network, tried without saving, and then applied on a day."""

from collections.abc import Collection, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gebieden.models import Buurt, Gemeente, Regio, Wijk
from gebieden.rollen import REGIOCOORDINATOR
from kern.kijker import Kijker
from kern.klok import now, today
from portal.netwerk.edities_rechten import may_activate
from portal.netwerk.forms import add_errors
from portal.netwerk.gevolg import Gevolg, effect_of
from portal.netwerk.paginas import paging
from portal.netwerk.vertellen import tell_schools
from portal.netwerk.watals_forms import RegelFilter, VoorstelForm, VoorstelRegelForm
from toegang.toelating import kijker_of, voor
from wijkteams.actions.voorstellen import (
    Bezwaren,
    BezwarenError,
    VerouderdError,
    add_regel,
    apply_voorstel,
    carry_out,
    change_voorstel,
    create_voorstel,
    fingerprint,
    remove_regel,
    withdraw_voorstel,
)
from wijkteams.botsingen import describe_werkgebied
from wijkteams.models import Voorstel, VoorstelRegel, Werkgebied, Wijkteam
from wijkteams.models.werkgebied import BEGIN, EINDE

PER_PAGINA = 25
#: How many lines of each kind the effect shows; the counts are always whole.
GETOOND = 50
KRUIMEL = ("Wat als?", "watals")


def voorstel_of(kijker: Kijker, pk: int) -> Voorstel:
    """A draft of the viewer's own region; anyone else's does not exist."""
    return get_object_or_404(Voorstel.objects.visible_to(kijker).select_related("regio", "editie"), pk=pk)


def kruimels(*meer: tuple[str, str]) -> list[tuple[str, str]]:
    return [(KRUIMEL[0], reverse(KRUIMEL[1])), *meer]


# --- The drafts ------------------------------------------------------------------------------------------------------


@voor(REGIOCOORDINATOR)
@require_GET
def lijst(request: HttpRequest) -> HttpResponse:
    """All drafts of the region, the newest first."""
    voorstellen = Voorstel.objects.visible_to(kijker_of(request)).select_related("editie", "gemaakt_door")
    return render(request, "netwerk/watals.html", paging(request, voorstellen, PER_PAGINA))


@voor(REGIOCOORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def bewerken(request: HttpRequest, pk: int | None = None) -> HttpResponseBase:
    """A new draft, or another name, day or editie for one that is there."""
    kijker = kijker_of(request)
    voorstel = voorstel_of(kijker, pk) if pk is not None else None
    regios = Regio.objects.coordinated_by(kijker)
    if voorstel is not None:
        regios = regios.filter(pk=voorstel.regio_id)
    eerste = {"naam": voorstel.naam, "ingaat_op": voorstel.ingaat_op, "editie": voorstel.editie_id} if voorstel else None
    data = request.POST if request.method == "POST" else None
    form = VoorstelForm(data, initial=eerste, regios=regios, mag_editie=may_activate(kijker))
    if form.is_valid():
        gegevens = dict(form.cleaned_data)
        regio = gegevens.pop("regio", None) or regios.get()
        gegevens.setdefault("editie", None)
        try:
            if voorstel is not None:
                change_voorstel(voorstel=voorstel, **gegevens, by=kijker, op=now())
            else:
                voorstel = create_voorstel(regio=regio, **gegevens, by=kijker, op=now())
            return redirect("watals-voorstel", voorstel.pk)
        except ValidationError as problem:
            add_errors(form, problem)
    titel = "Voorstel wijzigen" if voorstel is not None else "Nieuw voorstel"
    terug = reverse("watals-voorstel", args=[pk]) if pk is not None else reverse("watals")
    context = {"form": form, "titel": titel, "knop": "Bewaren", "terug_url": terug, "kruimels": kruimels()}
    return render(request, "netwerk/watals_form.html", context, status=422 if form.errors else 200)


@voor(REGIOCOORDINATOR)
@require_GET
def voorstel(request: HttpRequest, pk: int) -> HttpResponse:
    """What the draft would change, row by row."""
    return _show(request, voorstel_of(kijker_of(request), pk))


def _show(request: HttpRequest, rij: Voorstel, bezwaren: Bezwaren | None = None) -> HttpResponse:
    bezwaren = bezwaren or {}
    regels = rij.regels.select_related(
        "wijkteam", "school", "vestiging", "werkgebied__wijkteam", "werkgebied__school", "werkgebied__vestiging"
    )
    namen = area_names({code for regel in regels for code in (regel.gebied, regel.werkgebied.gebied if regel.werkgebied else "")})
    context = {
        "voorstel": rij,
        "regels": [_regel(regel, bezwaren.get(regel.pk, []), namen) for regel in regels],
        "bezwaren": bezwaren.get(None, []),
        "botst": bool(bezwaren),
        "voorbij": rij.is_open and rij.ingaat_op < today(),
        "kruimels": kruimels(),
    }
    return render(request, "netwerk/watals_voorstel.html", context, status=422 if bezwaren else 200)


def area_names(codes: Collection[str]) -> dict[str, str]:
    """The names of gemeenten, wijken and buurten by the active editie: nobody knows a code by heart. A postcode has none."""
    namen: dict[str, str] = {}
    for model in (Wijk, Buurt):
        namen |= dict(model.objects.filter(editie__actief=True, code__in=codes).values_list("code", "naam"))
    return namen | dict(Gemeente.objects.filter(code__in=codes).values_list("code", "naam"))


def _with_name(tekst: str, code: str, namen: Mapping[str, str]) -> str:
    return tekst.replace(code, f"{namen[code]} ({code})", 1) if code in namen else tekst


def _regel(regel: VoorstelRegel, bezwaren: list[str], namen: Mapping[str, str]) -> dict[str, Any]:
    """A change in words: what ends, what begins, and what is wrong with it."""
    nieuw = ""
    if regel.wijkteam is not None:
        velden = ("soort", "gebied", "sector", "school", "vestiging", "nummer_van", "nummer_tot_en_met", "zijde", "leeftijd_van")
        inhoud = {naam: getattr(regel, naam) for naam in (*velden, "leeftijd_tot", "wijkteam")}
        tekst = describe_werkgebied(Werkgebied(**inhoud, van=BEGIN, tot=EINDE), met_team=True)
        nieuw = _with_name(tekst, regel.gebied, namen)
    oud = ""
    if regel.werkgebied is not None:
        oud = _with_name(describe_werkgebied(regel.werkgebied, met_team=True), regel.werkgebied.gebied, namen)
    return {"pk": regel.pk, "actie": regel.actie, "oud": oud, "nieuw": nieuw, "bezwaren": bezwaren}


@voor(REGIOCOORDINATOR)
@require_POST
def intrekken(request: HttpRequest, pk: int) -> HttpResponseBase:
    kijker = kijker_of(request)
    try:
        withdraw_voorstel(voorstel=voorstel_of(kijker, pk), by=kijker, op=now())
        messages.success(request, "Het voorstel is ingetrokken. Er is niets veranderd aan het netwerk.")
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    return redirect("watals")


# --- Its rules -------------------------------------------------------------------------------------------------------


@voor(REGIOCOORDINATOR)
@require_GET
def kiezen(request: HttpRequest, pk: int) -> HttpResponse:
    """The rules that hold on the day of the draft: which one ends, or becomes another?"""
    rij = voorstel_of(kijker_of(request), pk)
    teams = Wijkteam.objects.filter(gemeente__regio_id=rij.regio_id).order_by("naam")
    regels = Werkgebied.objects.filter(wijkteam__gemeente__regio_id=rij.regio_id, tot__gt=rij.ingaat_op)
    filters = RegelFilter(request.GET, teams=teams)
    filters.is_valid()
    gekozen = filters.cleaned_data
    if gekozen.get("wijkteam"):
        regels = regels.filter(wijkteam=gekozen["wijkteam"])
    if gekozen.get("gebied"):
        regels = regels.filter(gebied__istartswith="".join(gekozen["gebied"].split()))
    if gekozen.get("sector"):
        regels = regels.filter(sector__in=["*", gekozen["sector"]])
    regels = regels.select_related("wijkteam", "school", "vestiging").order_by("wijkteam__naam", "rang", "gebied", "pk")
    context = paging(request, regels, PER_PAGINA)
    al = set(rij.regels.filter(werkgebied__isnull=False).values_list("werkgebied_id", flat=True))
    namen = area_names({regel.gebied for regel in context["page"]})
    rijen = [
        {"regel": regel, "tekst": _with_name(describe_werkgebied(regel), regel.gebied, namen), "al": regel.pk in al}
        for regel in context["page"]
    ]
    context |= {"voorstel": rij, "form": filters, "rijen": rijen, "kruimels": _kruimels_van(rij)}
    return render(request, "netwerk/watals_kiezen.html", context)


def _kruimels_van(rij: Voorstel) -> list[tuple[str, str]]:
    return kruimels((rij.naam, reverse("watals-voorstel", args=[rij.pk])))


@voor(REGIOCOORDINATOR)
@require_POST
def beeindigen(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Put into the draft that a rule ends."""
    kijker = kijker_of(request)
    rij = voorstel_of(kijker, pk)
    try:
        add_regel(voorstel=rij, werkgebied=_werkgebied(rij, request.POST.get("werkgebied")), gegevens={}, by=kijker, op=now())
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    return redirect("watals-voorstel", rij.pk)


@voor(REGIOCOORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def regel(request: HttpRequest, pk: int, werkgebied: int | None = None) -> HttpResponseBase:
    """A rule that begins: beside what there is, or in the place of another (`werkgebied`)."""
    kijker = kijker_of(request)
    rij = voorstel_of(kijker, pk)
    oud = _werkgebied(rij, werkgebied) if werkgebied is not None else None
    data = request.POST if request.method == "POST" else None
    form = VoorstelRegelForm(data, instance=oud, voorstel=rij)
    if data is not None and form.is_valid():
        try:
            add_regel(voorstel=rij, werkgebied=oud, gegevens=form.cleaned_data, by=kijker, op=now())
            return redirect("watals-voorstel", rij.pk)
        except ValidationError as problem:
            add_errors(form, problem)
    context = {
        "form": form,
        "titel": "Regel vervangen" if oud else "Nieuwe regel",
        "inleiding": f"In plaats van: {describe_werkgebied(oud, met_team=True)}." if oud else "",
        "knop": "In het voorstel zetten",
        "terug_url": reverse("watals-voorstel", args=[rij.pk]),
        "kruimels": _kruimels_van(rij),
    }
    return render(request, "netwerk/watals_form.html", context, status=422 if form.errors else 200)


def _is_key(gekozen: str) -> bool:
    return gekozen.isascii() and gekozen.isdecimal() and len(gekozen) < 19


def _werkgebied(rij: Voorstel, pk: object) -> Werkgebied:
    """A rule of a team of the draft's region."""
    if not _is_key(str(pk)):
        raise Http404
    regels = Werkgebied.objects.select_related("wijkteam__gemeente", "school", "vestiging")
    return get_object_or_404(regels, pk=int(str(pk)), wijkteam__gemeente__regio_id=rij.regio_id)


@voor(REGIOCOORDINATOR)
@require_POST
def regel_weg(request: HttpRequest, pk: int) -> HttpResponseBase:
    kijker = kijker_of(request)
    rij = voorstel_of(kijker, pk)
    gekozen = request.POST.get("regel", "")
    try:
        if _is_key(gekozen):
            remove_regel(voorstel=rij, regel_id=int(gekozen), by=kijker, op=now())
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    return redirect("watals-voorstel", rij.pk)


# --- The effect, and doing it ----------------------------------------------------------------------------------------


def effect(rij: Voorstel, kijker: Kijker) -> Gevolg:
    """What the draft would mean from its day on. Raises BezwarenError."""
    return effect_of(lambda: carry_out(rij, by=kijker, op=now()), regio=rij.regio, op=rij.ingaat_op)


@voor(REGIOCOORDINATOR)
@require_GET
def gevolg(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The numbers before and after; a draft that cannot be shows at its rows why."""
    kijker = kijker_of(request)
    rij = voorstel_of(kijker, pk)
    if not rij.is_open:
        return redirect("watals-voorstel", rij.pk)
    try:
        with transaction.atomic():
            gezien = fingerprint(rij)
            uitkomst = effect(rij, kijker)
    except BezwarenError as problem:
        return _show(request, rij, problem.bezwaren)
    context = {
        "voorstel": rij,
        "gevolg": uitkomst,
        "gezien": gezien,
        "getoond": GETOOND,
        "vandaag": rij.ingaat_op == today(),
        "kruimels": _kruimels_van(rij),
    }
    return render(request, "netwerk/watals_gevolg.html", context)


@voor(REGIOCOORDINATOR)
@require_POST
def toepassen(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Do what was seen, once; the schools hear of it in the same transaction."""
    kijker, op = kijker_of(request), now()
    rij = voorstel_of(kijker, pk)
    try:
        with transaction.atomic():
            vast = Voorstel.objects.select_for_update(of=("self",)).select_related("regio", "editie").get(pk=rij.pk)
            gedaan = False
            if vast.is_open:
                if fingerprint(vast) != request.POST.get("gezien", ""):
                    raise VerouderdError  # noqa: TRY301  (rolls back, and is told below)
                uitkomst = effect(vast, kijker)
                gedaan = apply_voorstel(voorstel=vast, gezien=request.POST.get("gezien", ""), by=kijker, op=op)
                tell_schools(uitkomst, sleutel=f"voorstel-{vast.pk}", op=op)
    except VerouderdError:
        bericht = (
            "Het netwerk of dit voorstel is veranderd sinds u het gevolg bekeek. Bekijk het gevolg opnieuw; er is niets gedaan."
        )
        context = {"bericht": bericht, "terug_url": reverse("watals-gevolg", args=[rij.pk])}
        return render(request, "409.html", context, status=409)
    except BezwarenError as problem:
        return _show(request, rij, problem.bezwaren)
    messages.success(request, "Het voorstel is toegepast." if gedaan else "Dit voorstel was al toegepast of ingetrokken.")
    return redirect("watals-voorstel", rij.pk)
