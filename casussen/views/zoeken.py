"""Find a casus. What is typed comes by POST and goes no further: not into a URL, a log or a session."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.views.decorators.http import require_http_methods

from casussen.queries.zoeken import HOOGSTENS, LANGST, Uitslag, zoek
from casussen.views.dossier import BETROKKENEN
from casussen.views.tonen import tone
from kern.kijker import Kijker
from kern.klok import now
from toegang.actions.inzage import log_inzage
from toegang.rollen import REGIOCOORDINATOR
from toegang.toelating import kijker_of, voor

KOPPEN = {"naam": "Op naam", "nummer": "Op casusnummer", "school": "Op school", "wijkteam": "Op wijkteam"}
WAT_MET_NAAM = "Naam, casusnummer, school of wijkteam"
WAT_ZONDER_NAAM = "Casusnummer, school of wijkteam"


@voor(*BETROKKENEN)
@require_http_methods(["GET", "HEAD", "POST"])
def zoeken(request: HttpRequest) -> HttpResponseBase:
    """An empty field, or the answer to what was typed; while typing only the answer."""
    kijker = kijker_of(request)
    context: dict[str, Any] = {"langst": LANGST, "wat": WAT_MET_NAAM if _finds_names(kijker) else WAT_ZONDER_NAAM}
    if request.method == "POST":
        typed = request.POST.get("zoek", "").replace("\0", " ")[:LANGST]
        found = search(kijker, typed)
        context |= {"getypt": typed, "uitslag": found, "hoogstens": HOOGSTENS, "groepen": _groups(found)}
    live = request.method == "POST" and bool(request.headers.get("HX-Request"))
    response = render(request, "casussen/zoeken_antwoord.html" if live else "casussen/zoeken.html", context)
    response["Cache-Control"] = "no-store"
    return response


def search(kijker: Kijker, typed: str) -> Uitslag:
    """Look for it, and write down that somebody did and how many there were; never what for."""
    op = now()
    found = zoek(kijker, typed, op=op)
    if not found.te_kort:
        number = f"meer dan {HOOGSTENS}" if found.meer else str(found.aantal)
        log_inzage(kijker=kijker, actie="zoeken", object_soort="casus", object_id=None, doel=f"{number} gevonden", op=op)
    return found


def _finds_names(kijker: Kijker) -> bool:
    return any(kijker.heeft(rol) for rol in BETROKKENEN if rol != REGIOCOORDINATOR)


def _groups(found: Uitslag) -> list[dict[str, Any]]:
    return [
        {
            "sleutel": groep.op,
            "kop": KOPPEN[groep.op],
            "treffers": [
                {
                    "url": reverse("casus", args=[item.nummer]),
                    "nummer": item.nummer,
                    "naam": item.naam,
                    "status": item.status_label,
                    "toon": tone(item.status, None),
                    "waar": " · ".join(part for part in (item.school, item.wijkteam) if part),
                    "laatste": capfirst(item.laatste_stap),
                }
                for item in groep.treffers
            ],
        }
        for groep in found.groepen
    ]
