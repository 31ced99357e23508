"""What waits for a team, and where it stalls. No names, no story."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from casussen.models import Lijst
from casussen.queries import Filters, as_steered, as_waiting, late_with_teams, narrow, waiting_for_team
from casussen.views.lijsten.filters import FilterForm, Kop, Tabblad, sector_choices
from casussen.views.lijsten.rijen import page_of, stuck_line, waiting_line
from casussen.woorden import counted
from kern.klok import now
from scholen.models import School
from toegang.rollen import REGIOCOORDINATOR
from toegang.toelating import kijker_of, voor

TABS = {"alles": Filters(), "te_laat": Filters(te_laat=True), "spoed": Filters(spoed=True)}


@voor(REGIOCOORDINATOR)
@require_GET
def te_routeren(request: HttpRequest) -> HttpResponseBase:
    kijker, op = kijker_of(request), now()
    everything = waiting_for_team(kijker)
    schools = School.objects.filter(pk__in=everything.order_by().values("school_id")).order_by("naam").values_list("pk", "naam")
    form = FilterForm(request.GET, vinkjes=("te_laat", "spoed", "thuiszitter"), school=schools, sector=sector_choices())
    kop = Kop(request, kijker, Lijst.TE_ROUTEREN, form)
    if (opened := kop.opens_with()) is not None:
        return opened
    filters = kop.filters
    page, paging = page_of(request, narrow(everything, filters, kijker, op=op))
    stuck_page, stuck_paging = page_of(request, late_with_teams(kijker, op=op), "vast")
    counts = kop.count(everything, TABS, op=op)
    tabs = (
        Tabblad("alles", "Alles", "", not (filters.te_laat or filters.spoed)),
        Tabblad("te_laat", "Te laat", "te_laat=1", filters.te_laat),
        Tabblad("spoed", "Spoed", "spoed=1", filters.spoed),
    )
    waiting = counted(counts["alles"], "casus wacht", "casussen wachten")
    context = {
        **paging,
        **kop.context(counts, tabs),
        "sortering": "",
        "samenvatting": f"{waiting} op een wijkteam, {counts['te_laat']} te laat.",
        "rijen": [waiting_line(row) for row in as_waiting(page.object_list, op=op)],
        "wachten_er": counts["alles"] > 0,
        "te_sturen": [stuck_line(row) for row in as_steered(stuck_page.object_list, op=op)],
        "te_sturen_totaal": stuck_page.paginator.count,
        "te_sturen_pagina": stuck_paging,
    }
    return render(request, "casussen/te_routeren.html", context)
