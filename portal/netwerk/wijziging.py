"""How every change of the network is made: fill in, see what it means, do it. Without JavaScript, on one page.

'Bekijk gevolgen' runs the real action within a savepoint that is rolled back (`effect_of`). What was filled in stays in the form,
together with a keyed fingerprint of it and of the effect. 'Doorvoeren' only does what was seen: with other values, or when the
network changed in the meantime, the effect is shown anew first.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.crypto import salted_hmac

from gebieden.models import Regio
from kern.kijker import Kijker
from kern.klok import now
from portal.netwerk.blik import Blik
from portal.netwerk.forms import add_errors
from portal.netwerk.gevolg import Gevolg, effect_of
from portal.netwerk.vertellen import tell_schools
from portal.netwerk.werk import Werk

BEKIJK, DOE = "gevolgen", "doorvoeren"
#: How many lines of each kind a preview shows; the counts are always whole.
GETOOND = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Wijziging:
    """One change: its form, what it does with the values of that form, and from which day."""

    titel: str
    form: forms.BaseForm
    uitvoeren: Callable[[Mapping[str, Any]], object]
    ingaat: Callable[[Mapping[str, Any]], date]
    regio: Regio
    kijker: Kijker
    terug_url: str
    gedaan: str
    knop: str = "Doorvoeren"
    inleiding: str = ""
    kruimels: list[tuple[str, str]] = field(default_factory=list)
    na_url: Callable[[object], str] | None = None
    #: Whether the schools hear of it in a melding of their own; a hand-over tells them itself.
    vertelt: bool = True
    #: What of somebody's work goes to whom, for whoever leaves; looked at before anything is done.
    werk: Callable[[Mapping[str, Any]], Werk] | None = None


def change_page(
    request: HttpRequest, wijziging: Wijziging, *, template: str = "netwerk/wijziging.html", **extra: Any
) -> HttpResponseBase:
    """Show the form, what it would mean, or do it."""
    context: dict[str, Any] = {"w": wijziging, "form": wijziging.form, "kruimels": wijziging.kruimels, **extra}
    if request.method != "POST":
        return render(request, template, context)
    form = wijziging.form
    if not form.is_valid():
        return render(request, template, context, status=422)
    values = form.cleaned_data
    try:
        gevolg = effect_of(lambda: wijziging.uitvoeren(values), regio=wijziging.regio, op=wijziging.ingaat(values))
    except ValidationError as problem:
        add_errors(form, problem)
        return render(request, template, context, status=422)
    werk = wijziging.werk(values) if wijziging.werk else None
    afdruk = fingerprint(request, gevolg, werk)
    if request.POST.get("stap") == DOE:
        if request.POST.get("gezien") == afdruk:
            done = _do(request, wijziging, values, gevolg, afdruk)
            return done or render(request, template, context, status=422)
        context["intussen_anders"] = True
    context |= {"gevolg": gevolg, "werk": werk, "beeld": shown(gevolg, wijziging.kijker), "afdruk": afdruk}
    return render(request, template, context)


def _do(
    request: HttpRequest, wijziging: Wijziging, values: Mapping[str, Any], gevolg: Gevolg, afdruk: str
) -> HttpResponseBase | None:
    """Make the change and go on; None when somebody else was first, between looking and doing: the form says what is wrong."""
    try:
        with transaction.atomic():
            result = wijziging.uitvoeren(values)
            if wijziging.vertelt:
                tell_schools(gevolg, sleutel=afdruk, op=now())
    except ValidationError as problem:
        add_errors(wijziging.form, problem)
        return None
    messages.success(request, wijziging.gedaan)
    return redirect(wijziging.na_url(result) if wijziging.na_url else wijziging.terug_url)


def fingerprint(request: HttpRequest, gevolg: Gevolg, werk: Werk | None = None) -> str:
    """What was filled in and what it would mean, as a keyed hash: it can be compared, not read."""
    sent = {
        naam: request.POST.getlist(naam) for naam in sorted(request.POST) if naam not in {"csrfmiddlewaretoken", "stap", "gezien"}
    }
    effect = [
        gevolg.adressen,
        [(school.school_id, school.leerlingen, school.casussen) for school in gevolg.scholen],
        [(casus.nummer, casus.van, casus.naar) for casus in gevolg.casussen],
        [(gat.buurt_code, gat.sectoren) for gat in gevolg.gaten_na],
        werk.afdruk if werk else [],
    ]
    text = json.dumps([request.path, request.user.pk, sent, effect], sort_keys=True, default=str)
    return salted_hmac("portal.netwerk.wijziging", text, algorithm="sha256").hexdigest()


@dataclass(frozen=True, slots=True)
class Beeld:
    """The effect as this viewer may see it: casusnummers of other teams are only counted for a wijkteamcoördinator."""

    casussen: list[Any]
    casussen_meer: int
    scholen: list[Any]
    scholen_meer: int
    gaten: list[Any]
    gaten_meer: int


def shown(gevolg: Gevolg, kijker: Kijker) -> Beeld:
    blik = Blik(kijker)
    own = None if blik.is_regio else set(blik.teams.values_list("naam", flat=True))
    casussen = [casus for casus in gevolg.casussen if own is None or casus.bij in own]
    gaten = gevolg.gaten_nieuw if own is None else ()
    return Beeld(
        casussen=casussen[:GETOOND],
        casussen_meer=max(0, len(gevolg.casussen) - len(casussen[:GETOOND])),
        scholen=list(gevolg.scholen[:GETOOND]),
        scholen_meer=max(0, len(gevolg.scholen) - GETOOND),
        gaten=list(gaten[:GETOOND]),
        gaten_meer=max(0, len(gaten) - GETOOND),
    )
