"""In-, door- en uitstroom: each is a decision of school and aanbieder together."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from casussen.actions.oza import end_placement, free_from, place_pupil, placements_seen, prolong_placement, shared_with
from casussen.keuzes import SoortOzabesluit
from casussen.models import Casus, Onderwijszorg, Ozabesluit, Ozaplaatsing
from kern.kijker import Kijker
from kern.klok import now, today
from portal.afspraken.mandaten import add_errors
from portal.onderwijszorg.forms import DoorstroomForm, InstroomForm, UitstroomForm
from portal.onderwijszorg.views import HOUDERS, form_page
from scholen.rollen import ZORGCOORDINATOR
from toegang.toelating import kijker_of, voor

#: Choices in one list: more open casussen than this are not shared with one aanbieder.
MEESTE = 300
#: So long after a placement the same form counts as sent twice.
NET = timedelta(minutes=15)


@voor(ZORGCOORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def instroom(request: HttpRequest, pk: int) -> HttpResponse:
    kijker = kijker_of(request)
    found = Onderwijszorg.objects.visible_to(kijker).select_related("vestiging", "aanbieder").filter(pk=pk).first()
    if found is None:
        raise Http404
    free = free_from(found, today())
    form = InstroomForm(
        request.POST if request.method == "POST" else None,
        initial={"van": free[0] if free else None, "namens_school": kijker.naam},
        casussen=_candidates(kijker, found),
    )
    values = _filled(form)
    if values is not None:
        done = _do(form, lambda: place_pupil(arrangement=found, samen=form.samen, by=kijker, op=now(), **values))
        if done:
            messages.success(request, f"De plaatsing is vastgelegd. {found.aanbieder} krijgt bericht.")
            return redirect("onderwijs-zorg-een", pk=pk)
    if form.is_bound and _just_placed(kijker, found, request.POST.get("casus", "")):
        messages.info(request, "Deze leerling is al geplaatst. De plaatsing staat hieronder.")
        return redirect("onderwijs-zorg-een", pk=pk)
    uitleg = (
        f"U kiest uit open casussen van uw school die met {found.aanbieder} zijn gedeeld. Staat de leerling er niet bij? "
        f"Deel de casus dan eerst, met toestemming van het gezin. {_room(free)}"
    )
    return form_page(
        request, form, kop=f"Leerling plaatsen in {found.naam}", knop="Plaatsing vastleggen", bij=found, uitleg=uitleg
    )


@voor(*HOUDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def doorstroom(request: HttpRequest, pk: int) -> HttpResponse:
    kijker = kijker_of(request)
    found = _placement(kijker, pk)
    form = DoorstroomForm(request.POST if request.method == "POST" else None, initial=_own_side(kijker, found))
    values = _filled(form)
    if values is not None and _do(
        form, lambda: prolong_placement(plaatsing=found, samen=form.samen, by=kijker, op=now(), **values)
    ):
        messages.success(request, "Vastgelegd: de leerling gaat hier door.")
        return redirect("onderwijs-zorg-een", pk=found.arrangement_id)
    uitleg = f"Verwacht was tot {found.verwacht_tot:%d-%m-%Y}."
    kop = f"Doorstroom: casus {found.casus.nummer}"
    return form_page(request, form, kop=kop, knop="Doorstroom vastleggen", bij=found.arrangement, uitleg=uitleg)


@voor(*HOUDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def uitstroom(request: HttpRequest, pk: int) -> HttpResponse:
    kijker = kijker_of(request)
    found = _placement(kijker, pk)
    form = UitstroomForm(request.POST if request.method == "POST" else None, initial=_own_side(kijker, found))
    values = _filled(form)
    if values is not None and _do(form, lambda: end_placement(plaatsing=found, samen=form.samen, by=kijker, op=now(), **values)):
        messages.success(request, "De uitstroom is vastgelegd. De plaats komt die dag vrij.")
        return redirect("onderwijs-zorg-een", pk=found.arrangement_id)
    kop = f"Uitstroom: casus {found.casus.nummer}"
    return form_page(request, form, kop=kop, knop="Uitstroom vastleggen", bij=found.arrangement)


def _room(free: tuple[date, int] | None) -> str:
    """From when somebody can be placed, and how many."""
    if free is None:
        return "Er is nu geen plaats vrij. Leg eerst vast wie uitstroomt, en wanneer."
    dag, n = free
    return f"Vanaf {dag:%-d-%-m-%Y} {'is 1 plaats' if n == 1 else f'zijn {n} plaatsen'} vrij."


def _candidates(kijker: Kijker, found: Onderwijszorg) -> Any:
    """Open casussen of the school, shared with the aanbieder, of pupils who have no place."""
    placed = Ozaplaatsing.objects.taking_a_place(today()).values("casus_id")
    seen = Casus.objects.visible_to(kijker).open().filter(school_id=found.vestiging.school_id)
    shared = seen.filter(pk__in=shared_with(found.aanbieder_id).values("casus_id")).exclude(pk__in=placed)
    ids = list(shared.order_by("nummer").values_list("pk", flat=True)[:MEESTE])
    return Casus.objects.filter(pk__in=ids).select_related("leerling").order_by("leerling__achternaam", "nummer")


def _just_placed(kijker: Kijker, found: Onderwijszorg, casus: str) -> bool:
    """The same form sent twice: this viewer placed this pupil here a moment ago."""
    if not (casus.isascii() and casus.isdecimal() and len(casus) < 19):
        return False
    here = Ozabesluit.objects.filter(plaatsing__arrangement=found, plaatsing__casus_id=int(casus), plaatsing__tot__isnull=True)
    return here.filter(soort=SoortOzabesluit.INSTROOM, door_id=kijker.user_id, op__gte=now() - NET).exists()


def _placement(kijker: Kijker, pk: int) -> Ozaplaatsing:
    """One that still runs, of a pupil this viewer may know of."""
    found = Ozaplaatsing.objects.select_related("arrangement__vestiging", "arrangement__aanbieder", "casus").filter(pk=pk).first()
    if found is None or not Onderwijszorg.objects.visible_to(kijker).filter(pk=found.arrangement_id).exists():
        raise Http404
    if not placements_seen(kijker, found.arrangement).filter(pk=pk).exists():
        raise Http404
    return found


def _own_side(kijker: Kijker, found: Ozaplaatsing) -> dict[str, str]:
    school = kijker.heeft_voor(ZORGCOORDINATOR, found.arrangement.vestiging.school_id)
    return {"namens_school" if school else "namens_aanbieder": kijker.naam}


def _filled(form: Any) -> dict[str, Any] | None:
    """The fields besides who decided and why; None when the form was not sent or is not right."""
    if not form.is_bound or not form.is_valid():
        return None
    return {
        name: value for name, value in form.cleaned_data.items() if name not in {"namens_school", "namens_aanbieder", "reden"}
    }


def _do(form: Any, action: Callable[[], object]) -> bool:
    try:
        action()
    except ValidationError as problem:
        add_errors(form, problem)
        return False
    return True
