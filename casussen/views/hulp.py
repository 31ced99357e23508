"""The tab Hulp, and the work list of an aanbieder: which help was asked for, what is waited for, and how it goes."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from casussen.keuzes import InzetStatus
from casussen.models import Casus, Inzet
from casussen.mogelijk import Mogelijk, available_actions, offered_on
from casussen.queries.hulp import InzetBeeld, applications_of, help_of, own_help
from casussen.queries.vlaggen import waits_for_help
from casussen.views.dossier import LEZERS, open_dossier
from casussen.views.knoppen import button, buttons
from kern.klok import today
from toegang.rollen import AANBIEDER, ROLLEN
from toegang.toelating import kijker_of, voor

PER_PAGINA = 50
TONEN = {
    InzetStatus.AANGEVRAAGD.value: "wacht",
    InzetStatus.WACHT.value: "wacht",
    InzetStatus.GESTART.value: "bezig",
    InzetStatus.BEEINDIGD.value: "klaar",
    InzetStatus.AFGEWEZEN.value: "klaar",
}
#: The steps of one line of help, by its state, with what they are called there.
PER_REGEL: dict[str, dict[str, str]] = {
    "wacht": {
        "uitvoeren": "De hulp is begonnen",
        "hulp_starten": "De hulp is begonnen",
        "hulp_wacht": "Wachten vastleggen",
        "voortgang_melden": "Vertellen hoe het staat",
        "hulp_niet_door": "Gaat niet door",
    },
    "loopt": {"voortgang_melden": "Vertellen hoe het gaat", "hulp_beeindigen": "De hulp is gestopt"},
    "klaar": {},
}
_OVER_EEN_REGEL = frozenset(actie for group in PER_REGEL.values() for actie in group)
#: What an aanbieder tells next.
VERTEL = {
    InzetStatus.AANGEVRAAGD.value: "laat weten wanneer u begint",
    InzetStatus.WACHT.value: "vertel hoe het met de wachttijd staat",
    InzetStatus.GESTART.value: "vertel hoe de hulp gaat",
}


@voor(*LEZERS, AANBIEDER)
@require_GET
def hulp(request: HttpRequest, nummer: str) -> HttpResponseBase:
    """The help of a casus; for an aanbieder its own."""
    dossier = open_dossier(request, nummer, "casus-hulp")
    casus, op, reads = dossier.casus, today(), dossier.blik.reads
    steps = available_actions(casus, dossier.kijker, op=op)
    general = [s for s in offered_on("casus-hulp", steps, casus, dossier.kijker) if s.actie not in _OVER_EEN_REGEL]
    own = dossier.blik.aanbieders
    lines = [
        _line(casus, line, steps, may=reads or line.inzet.arrangement.aanbieder_id in own)
        for line in help_of(casus, op=op, blik=dossier.blik)
    ]
    context = {
        **dossier.context("casus-hulp"),
        **buttons(casus, general if reads else []),
        "regels": lines,
        "leest": reads,
        "wacht": waits_for_help(casus) if reads else None,
        "aanvragen": applications_of(casus) if reads else [],
    }
    return render(request, "casussen/hulp.html", context)


def _line(casus: Casus, line: InzetBeeld, steps: list[Mogelijk], *, may: bool) -> dict[str, Any]:
    inzet = line.inzet
    group = "wacht" if line.waits else "loopt" if inzet.status == InzetStatus.GESTART else "klaar"
    wanted = PER_REGEL[group] if may else {}
    can = [step for step in steps if step.actie in wanted and step.mag]
    knoppen = [button(casus, step, query=f"?inzet={inzet.pk}", label=wanted[step.actie]) for step in _in_order(can, wanted)]
    return {
        "beeld": line,
        "inzet": inzet,
        "toon": TONEN[inzet.status],
        "signalen": _signals(line),
        "knoppen": knoppen,
        "voortgang": [_told(item) for item in line.voortgang],
    }


def _in_order(steps: list[Mogelijk], wanted: dict[str, str]) -> list[Mogelijk]:
    order = list(wanted)
    return sorted(steps, key=lambda step: order.index(step.actie))


def _told(item: Any) -> dict[str, Any]:
    rol = ROLLEN.get(item.door_rol)
    return {
        "op": item.op,
        "tekst": item.tekst,
        "status": item.get_status_display(),
        "wie": item.door_naam,
        "rol": rol.label if rol else "",
    }


def _signals(line: InzetBeeld) -> list[str]:
    """What is wrong with the wait, while there is one."""
    if not line.waits:
        return []
    norm = line.inzet.arrangement.wachttijd_norm
    found = []
    if line.over_norm:
        found.append(f"Het wachten duurt {_weeks(line.weken)}. Afgesproken is hoogstens {_weeks(norm)}.")
    if line.wachttijd is None:
        found.append("De aanbieder gaf geen wachttijd op. Vraag hoe lang het duurt.")
    elif line.wachttijd_oud:
        found.append(
            f"De wachttijd van de aanbieder is gemeten op {line.wachttijd.gemeten_op:%-d-%-m-%Y}: langer dan 30 dagen geleden. "
            "Vraag hoe lang het nu duurt."
        )
    return found


def _weeks(aantal: int) -> str:
    return "1 week" if aantal == 1 else f"{aantal} weken"


# --- The work list of an aanbieder ------------------------------------------------------------------------------
@voor(AANBIEDER)
@require_GET
def mijn_inzet(request: HttpRequest) -> HttpResponseBase:
    """All help that the viewer's aanbieder gives or was asked for, while it is shared; what must be told first comes first."""
    kijker = kijker_of(request)
    ended = request.GET.get("afgelopen") == "1"
    counts = {past: own_help(kijker, open_ones=not past).count() for past in (False, True)}
    page = Paginator(own_help(kijker, open_ones=not ended), PER_PAGINA).get_page(request.GET.get("pagina"))
    context = {
        "page": page,
        "rijen": [_row(inzet) for inzet in page.object_list],
        "afgelopen": ended,
        "tabs": [
            ("Loopt of wacht", reverse("mijn-inzet"), counts[False], not ended),
            ("Afgelopen", "?afgelopen=1", counts[True], ended),
        ],
    }
    return render(request, "casussen/mijn_inzet.html", context)


def _row(inzet: Inzet) -> dict[str, Any]:
    casus = inzet.casus
    since = inzet.geeindigd_op or inzet.gestart_op or inzet.wacht_sinds or inzet.aangevraagd_op
    return {
        "nummer": casus.nummer,
        "url": reverse("casus-hulp", args=[casus.nummer]),
        "leerling": str(casus.leerling) if casus.leerling else "",
        "hulp": inzet.arrangement.naam,
        "status": inzet.get_status_display(),
        "toon": TONEN[inzet.status],
        "sinds": since,
        "vertel": VERTEL.get(inzet.status, ""),
        "vervalt_op": getattr(inzet, "klok", None),
    }
