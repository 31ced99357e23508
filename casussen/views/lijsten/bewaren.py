"""Keep a filter, give it another name, let the list open with it, or throw it away."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from casussen.actions.filters import change_filter, delete_filter, save_filter
from casussen.fouten import OnjuisteStatus, Onvolledig
from casussen.models import Lijst, Opgeslagenfilter
from casussen.views.dossier import LEZERS
from kern.klok import now
from toegang.rollen import REGIOCOORDINATOR
from toegang.toelating import kijker_of, voor


class FilternaamForm(forms.Form):
    naam = forms.CharField(
        label="Naam van het filter",
        required=False,
        max_length=40,
        help_text="Bijvoorbeeld ‘Te laat in groep 3’. Geen naam van een leerling.",
    )
    standaard = forms.BooleanField(label="Hiermee opent de lijst", required=False)


def _shown(request: HttpRequest, form: FilternaamForm, lijst: str, kept: Opgeslagenfilter | None = None) -> HttpResponseBase:
    label = str(Lijst(lijst).label)
    hidden = [] if kept else [("lijst", lijst), ("query", request.POST.get("query", "")[:300])]
    context = {
        "form": form,
        "filter": kept,
        "lijst_label": label.capitalize(),
        "verborgen": hidden,
        "terug_url": f"{reverse(lijst)}?{kept.query}" if kept else reverse(lijst),
    }
    return render(request, "casussen/filter.html", context)


@voor(*LEZERS, REGIOCOORDINATOR)
@require_POST
def nieuw(request: HttpRequest) -> HttpResponseBase:
    """What the form under a list sends: this filter, under this name."""
    lijst = request.POST.get("lijst", "")
    if lijst not in Lijst.values:
        raise Http404
    form = FilternaamForm(request.POST)
    form.is_valid()
    try:
        kept = save_filter(
            by=kijker_of(request),
            op=now(),
            lijst=lijst,
            naam=request.POST.get("naam", ""),
            query=request.POST.get("query", "")[:300],
            standaard=bool(form.cleaned_data.get("standaard")),
        )
    except Onvolledig as fout:
        return _refused(request, form, fout, lijst)
    except OnjuisteStatus as fout:
        messages.warning(request, fout.melding)
        return redirect(lijst)
    messages.success(request, f"Het filter ‘{kept.naam}’ is bewaard.")
    return redirect(f"{reverse(lijst)}?{kept.query}")


@voor(*LEZERS, REGIOCOORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def bewaard(request: HttpRequest, filter_id: int) -> HttpResponseBase:
    """One kept filter: its name, whether the list opens with it, and away with it."""
    kijker, op = kijker_of(request), now()
    kept = Opgeslagenfilter.objects.of(kijker).filter(pk=filter_id).first()
    if kept is None:
        raise Http404
    if request.method != "POST":
        return _shown(request, FilternaamForm(initial={"naam": kept.naam, "standaard": kept.standaard}), kept.lijst, kept)
    if request.POST.get("verwijderen"):
        delete_filter(by=kijker, op=op, filter_id=filter_id)
        messages.success(request, f"Het filter ‘{kept.naam}’ is verwijderd.")
        return redirect(f"{reverse(kept.lijst)}?alles=1")
    form = FilternaamForm(request.POST)
    form.is_valid()
    try:
        kept = change_filter(
            by=kijker,
            op=op,
            filter_id=filter_id,
            naam=request.POST.get("naam", ""),
            standaard=bool(form.cleaned_data.get("standaard")),
        )
    except Onvolledig as fout:
        return _refused(request, form, fout, kept.lijst, kept)
    except OnjuisteStatus as fout:
        messages.warning(request, fout.melding)
        return redirect("filter", filter_id=filter_id)
    messages.success(request, f"Het filter heet nu ‘{kept.naam}’.")
    return redirect(f"{reverse(kept.lijst)}?{kept.query}")


def _refused(
    request: HttpRequest, form: FilternaamForm, fout: Onvolledig, lijst: str, kept: Opgeslagenfilter | None = None
) -> HttpResponseBase:
    for item in fout.ontbreekt:
        if not form.has_error("naam"):
            form.add_error("naam", item["melding"])
    return _shown(request, form, lijst, kept)
