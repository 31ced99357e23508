"""'/verzuim': what the zorgcoördinator reports, ends and corrects, and which signals wait to be reported to leerplicht."""

from functools import reduce
from operator import and_
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.forms import Form
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from kern.kijker import Kijker
from kern.klok import now, today
from kern.zoeken import BIJNA, likeness
from portal.verzuim.forms import DAGEN, UREN, EindeForm, GemeldForm, MeldingForm, VerbeterForm, VervalForm, ZoekForm
from scholen.actions.verzuim import correct_verzuim, end_verzuim, record_verzuim, report_signaal
from scholen.models import Leerling, Verzuim, Verzuimsignaal
from scholen.rollen import ZORGCOORDINATOR
from scholen.sectoren import woorden
from scholen.verzuim.keuzes import KORT, SoortSignaal
from scholen.verzuim.queries import Leerlingstand, away_recently, longest_first, standings, to_report
from scholen.verzuim.rules import UREN_GRENS, UREN_PER_DAG
from toegang.actions.inzage import log_inzage
from toegang.toelating import kijker_of, voor

PER_PAGINA = 50
GEVONDEN_MAX = 20
GRENS: dict[str, str] = {SoortSignaal.UREN: "16 uur in 4 schoolweken", SoortSignaal.WEKEN: "4 weken"}
ACHTERHAALD = (
    "Daarna is het verzuim gewijzigd en die grens is nu niet meer bereikt. "
    "Misschien moet u de melding bij DUO intrekken: overleg met leerplicht."
)
WIJZEN = {UREN: "Losse uren", DAGEN: "Hele dagen of weken"}


@voor(ZORGCOORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def verzuim(request: HttpRequest) -> HttpResponseBase:
    """Who is away, what must be reported, and a pupil to report something about."""
    kijker = kijker_of(request)
    form = ZoekForm(request.POST if request.method == "POST" else None)
    found = _search(kijker, form.cleaned_data["zoek"]) if form.is_valid() else None
    standen = longest_first(standings(away_recently(Leerling.objects.visible_to(kijker), today()), today()))
    page = Paginator(standen, PER_PAGINA).get_page(request.GET.get("pagina"))
    context = {
        "form": form,
        "gevonden": found[:GEVONDEN_MAX] if found is not None else None,
        "meer": found is not None and len(found) > GEVONDEN_MAX,
        "te_melden": [_signal(signaal, signaal.leerling) for signaal in to_report(kijker)],
        "page": page,
        "rijen": [{"stand": stand, "soort": KORT.get(stand.stand.soort, "")} for stand in page.object_list],
    }
    return render(request, "verzuim/overzicht.html", context)


def _search(kijker: Kijker, text: str) -> list[Leerling]:
    """Pupils of whom every word is in the name or the number; when there are none, those who are called nearly so. One more than
    fits, to know that there are more."""
    words = text.split()[:5]
    parts = [Q(voornaam__icontains=word) | Q(achternaam__icontains=word) | Q(leerlingnummer__istartswith=word) for word in words]
    own = Leerling.objects.visible_to(kijker).select_related("vestiging")
    if exact := list(own.filter(reduce(and_, parts))[: GEVONDEN_MAX + 1]):
        return exact
    near = own.annotate(past=likeness(words, "zoeknaam")).filter(past__gte=BIJNA)
    return list(near.order_by("-past", "achternaam", "voornaam", "pk")[: GEVONDEN_MAX + 1])


def _signal(signaal: Verzuimsignaal, leerling: Leerling, *, achterhaald: bool = False) -> dict[str, Any]:
    hours = f"{UREN_GRENS} uur of meer zonder geldige reden in de 4 schoolweken vanaf"
    return {
        "pk": signaal.pk,
        "leerling": leerling,
        "titel": signaal.get_soort_display(),
        "tekst": hours if signaal.soort == SoortSignaal.UREN else "4 weken niet op school vanaf",
        "van": signaal.venster_van,
        "uiterlijk": signaal.uiterlijk,
        "gemeld_op": signaal.gemeld_bij_leerplicht_op,
        "achterhaald": ACHTERHAALD if achterhaald else "",
    }


@voor(ZORGCOORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def leerling(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One pupil: report hours or days, and everything that was reported."""
    kijker = kijker_of(request)
    pupil = get_object_or_404(Leerling.objects.visible_to(kijker).select_related("vestiging"), pk=pk)
    vorm = DAGEN if request.GET.get("vorm") == DAGEN else UREN
    form = MeldingForm(request.POST if request.method == "POST" else None, vorm=vorm)
    if request.method == "POST" and form.is_valid() and _record(request, form, pupil, kijker):
        return redirect("verzuim-leerling", pk=pupil.pk)
    if request.method != "POST":
        log_inzage(kijker=kijker, actie="bekijken", object_soort="leerling", object_id=pupil.pk, relatie="eigen school")
    stand = _stand_of(pupil)
    here = reverse("verzuim-leerling", args=[pupil.pk])
    context = {
        "leerling": pupil,
        "woord": woorden(pupil.sector).leerling,
        "form": form,
        "vorm": vorm,
        "stand": stand,
        "signalen": [_signal(signaal, pupil, achterhaald=signaal in stand.achterhaald) for signaal in stand.signalen],
        "meldingen": [_line(melding) for melding in _all_of(pupil)],
        "tabs": [(label, f"{here}?vorm={sleutel}", None, sleutel == vorm) for sleutel, label in WIJZEN.items()],
        "uren_per_dag": UREN_PER_DAG,
        "kruimels": [("Verzuim", reverse("verzuim"))],
    }
    return render(request, "verzuim/leerling.html", context)


def _all_of(pupil: Leerling) -> list[Verzuim]:
    """With what was corrected: nothing disappears."""
    return list(pupil.verzuim.select_related("door", "vervallen_door").order_by("-van", "-id"))


def _line(melding: Verzuim) -> dict[str, Any]:
    return {"melding": melding, "soort": KORT[melding.soort], "reden": melding.get_reden_display()}


def _record(request: HttpRequest, form: MeldingForm, pupil: Leerling, kijker: Kijker) -> bool:
    before = _stand_of(pupil)
    try:
        record_verzuim(leerling=pupil, opgave=form.opgave, by=kijker, op=now(), sleutel=form.cleaned_data["sleutel"])
    except ValidationError as mis:
        _blame(form, mis)
        return False
    messages.success(request, "Het verzuim staat erbij.")
    _tell_limits(request, before, _stand_of(pupil))
    return True


def _stand_of(pupil: Leerling) -> Leerlingstand:
    (stand,) = standings(Leerling.objects.filter(pk=pupil.pk), today())
    return stand


def _tell_limits(request: HttpRequest, before: Leerlingstand, after: Leerlingstand) -> None:
    """Which limits were reached by what was just written down, and which ones that were reported no longer are."""
    for signaal in after.signalen:
        if signaal not in before.signalen:
            messages.warning(request, f"De grens van {GRENS[signaal.soort]} is bereikt. Meld dit bij leerplicht, via DUO.")
    for signaal in after.achterhaald:
        if signaal not in before.achterhaald:
            gemeld = f"{signaal.gemeld_bij_leerplicht_op:%-d-%-m-%Y}"
            messages.warning(request, f"U meldde de grens van {GRENS[signaal.soort]} op {gemeld} bij leerplicht. {ACHTERHAALD}")


def _blame(form: Form, mis: ValidationError) -> None:
    """What is wrong, at its field; above the form when it has no such field."""
    errors = mis.message_dict if hasattr(mis, "error_dict") else {"": mis.messages}
    for field, texts in errors.items():
        for text in texts:
            form.add_error(field if field in form.fields else None, text)


@voor(ZORGCOORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def beeindigen(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The pupil is back."""
    kijker = kijker_of(request)
    melding = _own(kijker, pk)
    form = EindeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        before = _stand_of(melding.leerling)
        try:
            end_verzuim(verzuim=melding, tot=form.cleaned_data["tot"], by=kijker, op=now())
        except ValidationError as mis:
            _blame(form, mis)
        else:
            messages.success(request, "De melding is beëindigd.")
            _tell_limits(request, before, _stand_of(melding.leerling))
            return redirect("verzuim-leerling", pk=melding.leerling_id)
    return render(request, "verzuim/beeindigen.html", {**_frame(melding), "form": form})


@voor(ZORGCOORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def verbeteren(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Another report instead of this one, or none: the button says which."""
    kijker = kijker_of(request)
    melding = _own(kijker, pk)
    form = VerbeterForm(request.POST if request.method == "POST" else None, verzuim=melding)
    checked: Form = VervalForm(request.POST) if request.POST.get("wat") == "vervalt" else form
    if request.method == "POST" and checked.is_valid():
        opgave = form.opgave if checked is form else None
        before = _stand_of(melding.leerling)
        try:
            correct_verzuim(verzuim=melding, opgave=opgave, waarom=checked.cleaned_data["waarom"], by=kijker, op=now())
        except ValidationError as mis:
            _blame(form, mis)
        else:
            messages.success(request, "De melding is verbeterd." if opgave else "De melding telt niet meer mee.")
            _tell_limits(request, before, _stand_of(melding.leerling))
            return redirect("verzuim-leerling", pk=melding.leerling_id)
    return render(request, "verzuim/verbeteren.html", {**_frame(melding), "form": form})


def _own(kijker: Kijker, pk: int) -> Verzuim:
    own = Verzuim.objects.visible_to(kijker).living().filter(leerling__in=Leerling.objects.visible_to(kijker))
    return get_object_or_404(own.select_related("leerling"), pk=pk)


def _frame(melding: Verzuim) -> dict[str, Any]:
    pupil = melding.leerling
    return {
        **_line(melding),
        "leerling": pupil,
        "kruimels": [("Verzuim", reverse("verzuim")), (str(pupil), reverse("verzuim-leerling", args=[pupil.pk]))],
    }


@voor(ZORGCOORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def signaal(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Write down when the school reported this to leerplicht."""
    kijker = kijker_of(request)
    open_signals = Verzuimsignaal.objects.visible_to(kijker).living().filter(gemeld_bij_leerplicht_op__isnull=True)
    own = open_signals.filter(leerling__in=Leerling.objects.visible_to(kijker)).select_related("leerling")
    found = get_object_or_404(own, pk=pk)
    form = GemeldForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            report_signaal(signaal=found, gemeld_op=form.cleaned_data["gemeld_op"], by=kijker, op=now())
        except ValidationError as mis:
            _blame(form, mis)
        else:
            messages.success(request, "Vastgelegd. Het signaal is afgehandeld.")
            return redirect("verzuim")
    context = {
        "form": form,
        "signaal": _signal(found, found.leerling),
        "kruimels": [("Verzuim", reverse("verzuim"))],
    }
    return render(request, "verzuim/signaal.html", context)
