"""The casussen of the viewer's school, own drafts among them."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from casussen.keuzes import Status
from casussen.models import Lijst
from casussen.queries import Filters, as_rows, casussen_of, with_unread_feedback
from casussen.views.lijsten.filters import AAN_ZET, ALLE_STATUSSEN, FilterForm, Kop, Tabblad, sector_choices
from casussen.views.lijsten.rijen import line_of, page_of
from casussen.woorden import counted
from kern.klok import now
from scholen.models import School
from toegang.rollen import SCHOOLTEAMLEIDER, ZORGCOORDINATOR
from toegang.toelating import kijker_of, voor
from wijkteams.models import Wijkteam

TABS = {
    "alles": Filters(),
    "mij": Filters(wie="mij"),
    "concept": Filters(status=Status.CONCEPT),
    "te_laat": Filters(te_laat=True),
}


@voor(ZORGCOORDINATOR, SCHOOLTEAMLEIDER)
@require_GET
def casussen(request: HttpRequest) -> HttpResponseBase:
    kijker, op = kijker_of(request), now()
    schools = kijker.ids(ZORGCOORDINATOR, SCHOOLTEAMLEIDER)
    form = FilterForm(
        request.GET,
        statussen=ALLE_STATUSSEN,
        school=School.objects.filter(pk__in=schools).order_by("naam").values_list("pk", "naam") if len(schools) > 1 else (),
        wijkteam=Wijkteam.objects.filter(Q(casussen__school_id__in=schools))
        .distinct()
        .order_by("naam")
        .values_list("pk", "naam"),
        sector=sector_choices(),
        aan_zet=AAN_ZET,
    )
    kop = Kop(request, kijker, Lijst.CASUSSEN, form)
    if (opened := kop.opens_with()) is not None:
        return opened
    filters = kop.filters
    page, paging = page_of(request, casussen_of(kijker, filters, op=op))
    counts = kop.count(casussen_of(kijker, op=op), TABS, op=op)
    unread = with_unread_feedback(page.object_list, kijker)
    mine, te_laat, concept = filters.wie == "mij", filters.te_laat, filters.status == (Status.CONCEPT,)
    tabs = (
        Tabblad("alles", "Alles", "", not (mine or te_laat or concept)),
        Tabblad("mij", "Van mij", "wie=mij", mine),
        Tabblad("concept", "Concepten", "status=concept", concept),
        Tabblad("te_laat", "Te laat", "te_laat=1", te_laat),
    )
    context = {
        **paging,
        **kop.context(counts, tabs),
        "rijen": [line_of(row) | {"nieuw_antwoord": row.casus.pk in unread} for row in as_rows(page.object_list, op=op)],
        "samenvatting": f"{counted(counts['alles'], 'casus', 'casussen')}, {counts['te_laat']} te laat.",
        "mag_nieuw": kijker.heeft(ZORGCOORDINATOR),
        "gefilterd": bool(request.GET),
    }
    return render(request, "casussen/lijst.html", context)
