"""The network as a whole: what needs attention first, then gemeenten, wijkteams, people and areas."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gebieden.rollen import REGIOCOORDINATOR
from kern.klok import today
from portal.netwerk.bevindingen import (
    absent_today,
    close_gap_url,
    existing,
    find_all,
    gaps_of,
    in_service,
    leavers,
    unverified,
    vanished_rules,
)
from portal.netwerk.blik import BEHEERDERS, Blik
from portal.netwerk.paginas import paging
from scholen.sectoren import Sector
from toegang.toelating import kijker_of, voor
from wijkteams.botsingen import describe_werkgebied
from wijkteams.models import Wijkteam
from wijkteams.queries import Gat

#: How many of each finding the start page shows; the rest is one click away.
GETOOND = 5


@voor(*BEHEERDERS)
@require_safe
def netwerk(request: HttpRequest) -> HttpResponseBase:
    blik, op = Blik(kijker_of(request)), today()
    found = find_all(blik, op)
    teams = counted(existing(blik.teams, op))
    gemeente = request.GET.get("gemeente", "")
    codes = list(teams.order_by("gemeente__naam").values_list("gemeente__code", "gemeente__naam").distinct())
    if gemeente in dict(codes):
        teams = teams.filter(gemeente__code=gemeente)
    context = {
        **paging(request, teams.order_by("gemeente__naam", "naam", "pk")),
        "b": found,
        "getoond": GETOOND,
        "is_regio": blik.is_regio,
        "gaten": gap_rows(found.gaten[:GETOOND]),
        "gaten_per_gemeente": per_gemeente(found.gaten),
        "vervallen": [(regel, describe_werkgebied(regel)) for regel in found.vervallen[:GETOOND]],
        "gemeenten": codes,
        "gemeente": gemeente,
        "andere_gemeenten": blik.gemeenten.exclude(code__in=[code for code, _ in codes]).order_by("naam")
        if blik.is_regio
        else [],
    }
    return render(request, "netwerk/start.html", context)


def counted(teams: QuerySet[Wijkteam]) -> QuerySet[Wijkteam]:
    """With how many people work there and how many agreements hold, as of today."""
    op = today()
    here = Q(mensen__isnull=False) & in_service(op, "mensen__")
    now = Q(werkgebieden__van__lte=op, werkgebieden__tot__gt=op)
    return teams.annotate(
        aantal_mensen=Count("mensen", filter=here, distinct=True),
        aantal_regels=Count("werkgebieden", filter=now, distinct=True),
    )


def gap_rows(gaten: Iterable[Gat]) -> list[dict[str, Any]]:
    labels = dict(Sector.choices)
    return [
        {
            "gat": gat,
            "sectoren": "alle sectoren" if len(gat.sectoren) == len(labels) else ", ".join(gat.sectoren),
            "url": close_gap_url(gat),
        }
        for gat in gaten
    ]


def per_gemeente(gaten: Iterable[Gat]) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for gat in gaten:
        counts[gat.gemeente] = counts.get(gat.gemeente, 0) + 1
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


@voor(REGIOCOORDINATOR)
@require_safe
def gaten(request: HttpRequest) -> HttpResponseBase:
    """Every buurt in which pupils of some sector have no team."""
    blik = Blik(kijker_of(request))
    found = gaps_of(blik, today())
    gemeente = request.GET.get("gemeente", "")
    names = [naam for naam, _ in per_gemeente(found)]
    chosen = [gat for gat in found if gat.gemeente == gemeente] if gemeente in names else found
    context = {**paging(request, chosen), "totaal": len(found), "gemeenten": sorted(names), "gemeente": gemeente}
    context["rijen"] = gap_rows(context["page"].object_list)
    return render(request, "netwerk/gaten.html", context)


@voor(REGIOCOORDINATOR)
@require_safe
def vervallen(request: HttpRequest) -> HttpResponseBase:
    """Agreements for an area that the active editie does not know: their owner must say what now."""
    context = paging(request, vanished_rules(Blik(kijker_of(request))))
    context["rijen"] = [(regel, describe_werkgebied(regel)) for regel in context["page"].object_list]
    return render(request, "netwerk/vervallen.html", context)


LIJSTEN = {"alle": "Iedereen", "ongeverifieerd": "Niet nagekeken", "afwezig": "Afwezig", "vertrek": "Vertrekt of vertrokken"}


@voor(*BEHEERDERS)
@require_safe
def mensen(request: HttpRequest) -> HttpResponseBase:
    """People, narrowed to those who need attention."""
    blik, op = Blik(kijker_of(request)), today()
    wat = request.GET.get("wat", "alle")
    wat = wat if wat in LIJSTEN else "alle"
    context: dict[str, Any] = {"wat": wat, "kop": LIJSTEN[wat]}
    if wat == "afwezig":
        context |= paging(request, absent_today(blik, op))
    elif wat == "vertrek":
        context |= paging(request, leavers(blik, op))
    else:
        rows = unverified(blik, op) if wat == "ongeverifieerd" else blik.mensen.filter(in_service(op)).order_by("naam", "pk")
        context |= paging(request, rows)
    context["tabs"] = [
        (label, reverse("netwerk-mensen") if key == "alle" else f"?wat={key}", None, key == wat) for key, label in LIJSTEN.items()
    ]
    return render(request, "netwerk/mensen.html", context)
