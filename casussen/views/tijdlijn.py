"""The time line of a casus: a page of its own, per month, to be narrowed by kind."""

from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils.dateformat import format as write_date
from django.views.decorators.http import require_GET

from casussen.queries import Gebeurd, tijdlijn_pagina
from casussen.queries.tijdlijn import GROEPEN
from casussen.views.dossier import BETROKKENEN, Dossier, open_dossier
from casussen.views.tonen import icon_of
from kern.klok import AMSTERDAM
from toegang.toelating import voor

#: What an aanbieder has moments in.
_VAN_AANBIEDER = ("plan", "hulp")


@voor(*BETROKKENEN)
@require_GET
def tijdlijn(request: HttpRequest, nummer: str) -> HttpResponseBase:
    """The newest part, or what came before a moment; both live in the URL, which says nothing about anybody."""
    dossier = open_dossier(request, nummer, "casus-tijdlijn")
    kinds = _kinds(dossier)
    groep = kind if (kind := request.GET.get("soort", "")) in kinds else ""
    voor = _moment_in(request.GET.get("voor", ""))
    page = tijdlijn_pagina(dossier.casus, dossier.kijker, voor, groep=groep, blik=dossier.blik)
    context = {
        **dossier.context("casus-tijdlijn"),
        "maanden": _by_month(page.regels),
        "soorten": [(label, f"?soort={naam}" if naam else request.path, None, naam == groep) for naam, label in kinds.items()],
        "eerder_url": _query(soort=groep, voor=page.eerder.astimezone(UTC).isoformat()) if page.eerder else "",
        "nieuwste_url": (_query(soort=groep) or request.path) if voor else "",
        "gefilterd": bool(groep),
    }
    return render(request, "casussen/tijdlijn.html", context)


def _kinds(dossier: Dossier) -> dict[str, str]:
    shown = GROEPEN if dossier.blik.reads else {naam: GROEPEN[naam] for naam in _VAN_AANBIEDER}
    return {"": "Alles", **shown}


def _moment_in(text: str) -> datetime | None:
    """The moment that stands in the URL; anything else is the beginning of the line."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None and moment.year > 1 and moment.year < 9999 else None


def _query(**values: str) -> str:
    found = QueryDict(mutable=True)
    found.update({key: value for key, value in values.items() if value})
    return f"?{found.urlencode()}" if found else ""


def _by_month(moments: Iterable[Gebeurd]) -> list[tuple[str, list[dict[str, Any]]]]:
    """('december 2026', its moments), the newest first."""
    groups = groupby(moments, key=lambda item: write_date(item.op.astimezone(AMSTERDAM), "F Y"))
    return [(maand, [moment_of(item) for item in items]) for maand, items in groups]


def moment_of(item: Gebeurd) -> dict[str, Any]:
    """One moment as components/tijdlijn.html shows it."""
    return {
        "op": item.op,
        "hele_dag": item.hele_dag,
        "titel": item.tekst,
        "wie": "" if item.wie and item.wie in item.tekst else item.wie,
        "tekst": "\n".join(f"{head}: {text}" for head, text in item.details),
        "icoon": icon_of(item.soort),
        "toon": "te-laat" if item.soort == "herinnering" else "",
    }
