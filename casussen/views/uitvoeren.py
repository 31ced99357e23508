"""A copy of the casus, as PDF or JSON: first why, then the file."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from casussen.actions.uitvoeren import export_casus
from casussen.fouten import Onvolledig
from casussen.models import RedenUitvoer, Uitvoer
from casussen.views.dossier import LEZERS, open_dossier
from casussen.views.zicht import relation_of
from kern.klok import now
from toegang.toelating import voor


class UitvoerForm(forms.Form):
    """Why somebody takes a copy along, and in which form."""

    reden = forms.ChoiceField(label="Waarvoor hebt u een kopie nodig?", choices=RedenUitvoer.choices, widget=forms.RadioSelect)
    toelichting = forms.CharField(
        label="Toelichting", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Nodig bij 'een andere reden'. Schrijf hier niets over de leerling.",
    )  # fmt: skip
    formaat = forms.ChoiceField(
        label="In welke vorm?",
        choices=[("pdf", "PDF: om te lezen of te printen"), ("json", "JSON: voor een ander systeem")],
        widget=forms.RadioSelect,
        initial="pdf",
    )


@voor(*LEZERS)
@require_http_methods(["GET", "POST"])
def uitvoeren(request: HttpRequest, nummer: str) -> HttpResponseBase:
    """Ask why, and give the copy. What another party shares in is not given here: they see it on their own page."""
    dossier = open_dossier(request, nummer, "casus-uitvoer")
    if not dossier.blik.reads:
        raise Http404
    form = UitvoerForm(request.POST or None)
    context: dict[str, Any] = {**dossier.context("casus-uitvoer"), "form": form, "eerder": _earlier(dossier.casus.pk)}
    if request.method != "POST":
        return render(request, "casussen/uitvoer.html", context)
    if not form.is_valid():
        return render(request, "casussen/uitvoer.html", context, status=422)
    relatie = relation_of(dossier.kijker, dossier.casus, content=True)
    try:
        kopie = export_casus(casus=dossier.casus, by=dossier.kijker, relatie=relatie, op=now(), **form.cleaned_data)
    except Onvolledig as fout:
        for item in fout.ontbreekt:
            form.add_error(item["veld"], item["melding"])
        return render(request, "casussen/uitvoer.html", context, status=422)
    if kopie is None:
        raise Http404
    response = HttpResponse(kopie.inhoud, content_type=kopie.soort)
    response["Content-Disposition"] = f'attachment; filename="{kopie.naam}"'
    response["Cache-Control"] = "no-store"
    return response


def _earlier(casus_id: int) -> list[Uitvoer]:
    return list(Uitvoer.objects.filter(casus_id=casus_id).select_related("door")[:20])
