"""The team's queue: take a casus, or divide them among colleagues. Filter, order and page live in the URL."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from casussen.actions.stappen import wijs_behandelaar_toe
from casussen.models import Casus, Lijst
from casussen.queries import Filters, as_rows
from casussen.queries import werkvoorraad as queue_of
from casussen.views.keuzes import colleague_choices, own_contact_id
from casussen.views.lijsten import rijen
from casussen.views.lijsten.filters import AAN_ZET, IN_LUS, FilterForm, Kop, Tabblad, sector_choices
from casussen.views.lijsten.rijen import line_of, page_of
from casussen.woorden import counted
from kern.klok import now, today
from scholen.models import School
from toegang.rollen import WIJKTEAMCOORDINATOR, WIJKTEAMLID
from toegang.toelating import kijker_of, voor
from wijkteams.models import Contactpersoon, Wijkteam

TABS = {"alles": Filters(), "mij": Filters(wie="mij"), "niemand": Filters(wie="niemand"), "te_laat": Filters(te_laat=True)}


@voor(WIJKTEAMLID, WIJKTEAMCOORDINATOR)
@require_GET
def werkvoorraad(request: HttpRequest) -> HttpResponseBase:
    """The casussen of the viewer's teams."""
    kijker, op = kijker_of(request), now()
    teams = sorted(kijker.ids(WIJKTEAMLID, WIJKTEAMCOORDINATOR))
    named = list(Wijkteam.objects.filter(pk__in=teams).order_by("naam").values_list("pk", "naam"))
    colleagues = [choice for team in teams for choice in colleague_choices(team, op=today())]
    form = FilterForm(
        request.GET,
        statussen=IN_LUS,
        school=School.objects.filter(casussen__wijkteam_id__in=teams).distinct().order_by("naam").values_list("pk", "naam"),
        wie=[("mij", "Van mij"), ("niemand", "Nog van niemand"), *colleagues],
        wijkteam=named,
        sector=sector_choices(),
        aan_zet=AAN_ZET[:2],
    )
    kop = Kop(request, kijker, Lijst.WERKVOORRAAD, form)
    if (opened := kop.opens_with()) is not None:
        return opened
    filters = kop.filters
    page, paging = page_of(request, queue_of(kijker, filters, op=op))
    counts = kop.count(queue_of(kijker, op=op), TABS, op=op)
    own = next((pk for team in teams if (pk := own_contact_id(kijker, team))), None)
    names = ", ".join(naam for _, naam in named)
    wie, te_laat = filters.wie, filters.te_laat
    tabs = (
        Tabblad("alles", "Alles", "", not wie and not te_laat),
        Tabblad("mij", "Van mij", "wie=mij", wie == "mij"),
        Tabblad("niemand", "Nog van niemand", "wie=niemand", wie == "niemand"),
        Tabblad("te_laat", "Te laat", "te_laat=1", te_laat),
    )
    context = {
        **paging,
        **kop.context(counts, tabs),
        "rijen": [line_of(row) for row in as_rows(page.object_list, op=op)],
        "samenvatting": f"{names}: {counted(counts['alles'], 'casus', 'casussen')}, {counts['te_laat']} te laat.",
        "kan_toewijzen": True,
        "collegas": colleagues,
        "mijn_contact_id": str(own or ""),
    }
    return render(request, "casussen/werkvoorraad.html", context)


@voor(WIJKTEAMLID, WIJKTEAMCOORDINATOR)
@require_POST
def toewijzen(request: HttpRequest) -> HttpResponseBase:
    """Give the chosen casussen to one colleague; says which succeeded and why another did not."""
    kijker = kijker_of(request)
    back = request.POST.get("terug", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None) or not back.startswith("/"):
        back = reverse("werkvoorraad")
    nummers = [nummer for nummer in request.POST.getlist("casus")[: rijen.PER_PAGINA] if nummer.isprintable()]
    person = request.POST.get("behandelaar", "")
    casussen = list(Casus.objects.visible_to(kijker).filter(nummer__in=nummers))
    colleague = (
        Contactpersoon.objects.filter(pk=int(person)).first()
        if person.isascii() and person.isdecimal() and len(person) < 19
        else None
    )
    if not casussen or colleague is None:
        messages.warning(request, "Kies eerst een of meer casussen, en aan wie u ze geeft.")
        return redirect(back)
    results = wijs_behandelaar_toe(casussen=casussen, behandelaar=colleague, by=kijker, op=now())
    done = [r for r in results if r.gelukt]
    if done:
        messages.success(request, f"{counted(len(done), 'casus is', 'casussen zijn')} toegewezen.")
    for result in results:
        if not result.gelukt:
            messages.warning(request, f"Casus {result.nummer}: {result.melding}")
    return redirect(back)
