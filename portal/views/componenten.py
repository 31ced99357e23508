"""The style guide: every component once, with invented people. In demo and test mode only."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal.views.componenten_grafieken import charts
from portal.views.componenten_voorbeelden import VoorbeeldForm, examples
from toegang.toelating import openbaar


@openbaar
def componenten(request: HttpRequest) -> HttpResponse:
    """All components on one page; `?fout` shows the form as the server refuses it."""
    form = VoorbeeldForm({}) if "fout" in request.GET else VoorbeeldForm()
    page = Paginator(range(1, 184), 20).get_page(request.GET.get("pagina", "3"))
    context = {"form": form, "page": page, "grafieken": charts(), **examples()}
    return render(request, "paginas/componenten.html", context)
