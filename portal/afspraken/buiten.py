"""Gemeenten outside the region: where help is asked there, who pays, and who of ours follows it."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from gebieden.actions.loket import edit_loket
from gebieden.models import Gemeente
from gebieden.rollen import REGIOCOORDINATOR
from gebieden.rules import who_pays
from kern.klok import now, today
from portal.afspraken.forms import LoketForm
from portal.afspraken.mandaten import add_errors
from portal.afspraken.tabs import tabs_for
from toegang.models import Aanstelling, User
from toegang.toelating import kijker_of, voor

PER_PAGINA = 50


class ZoekForm(forms.Form):
    naam = forms.CharField(label="Gemeente", required=False, max_length=60)
    loket = forms.ChoiceField(label="Loket", required=False, choices=[("", "Alle"), ("mist", "Gegevens ontbreken")])


@voor(REGIOCOORDINATOR)
@require_GET
def lijst(request: HttpRequest) -> HttpResponseBase:
    kijker = kijker_of(request)
    form = ZoekForm(request.GET)
    form.is_valid()
    found = Gemeente.objects.visible_to(kijker).filter(Q(geldig_tot__isnull=True) | Q(geldig_tot__gt=today()), regio__isnull=True)
    if naam := form.cleaned_data.get("naam"):
        found = found.filter(naam__icontains=naam)
    if form.cleaned_data.get("loket") == "mist":
        found = found.filter(loket_telefoon="", loket_email="")
    page = Paginator(found.select_related("volger").order_by("naam", "pk"), PER_PAGINA).get_page(request.GET.get("pagina"))
    context = {
        "tabs": tabs_for(kijker, "buiten-regio"),
        "filter_form": form,
        "page": page,
    }
    return render(request, "afspraken/buiten.html", context)


@voor(REGIOCOORDINATOR)
@require_http_methods(["GET", "POST"])
def loket(request: HttpRequest, code: str) -> HttpResponseBase:
    kijker = kijker_of(request)
    gemeente = Gemeente.objects.visible_to(kijker).filter(code=code, regio__isnull=True).first()
    if gemeente is None:
        raise Http404
    held = Aanstelling.objects.on(today()).filter(rol=REGIOCOORDINATOR.sleutel, regio_id__in=kijker.ids(REGIOCOORDINATOR))
    volgers = User.objects.filter(Q(pk__in=held.values("user_id"), is_active=True) | Q(pk=gemeente.volger_id)).order_by("naam")
    form = LoketForm(request.POST if request.method == "POST" else None, instance=gemeente, volgers=volgers)
    if form.is_bound and form.is_valid():
        try:
            edit_loket(gemeente=gemeente, gegevens=form.cleaned_data, by=kijker, op=now())
        except ValidationError as problem:
            add_errors(form, problem)
        else:
            messages.success(request, f"De gegevens van {gemeente} zijn bewaard. Scholen zien ze meteen.")
            return redirect("buiten-regio")
    context = {
        "form": form,
        "kruimels": [("Buiten de regio", reverse("buiten-regio"))],
        "kop": f"Loket van {gemeente}",
        "uitleg": f"Zonder eigen afspraak staat er: {who_pays(gemeente.naam)}",
        "knop": "Bewaren",
    }
    return render(request, "afspraken/formulier.html", context, status=422 if form.errors else 200)
