"""The tab 'Verzuim' of a casus: how long, why, what was reported, and when the pupil comes back. Nothing of the story."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from casussen.models import Deling
from casussen.queries.verzuim import delingen_of, for_party, return_day, verzuim_of
from casussen.views.dossier import LEZERS, Dossier, open_dossier
from kern.klok import today
from scholen.sectoren import woorden
from scholen.verzuim.keuzes import KORT
from scholen.verzuim.queries import Leerlingstand
from toegang.rollen import LEERPLICHT, SAMENWERKINGSVERBAND, ZORGCOORDINATOR
from toegang.toelating import voor


@voor(*LEZERS, LEERPLICHT, SAMENWERKINGSVERBAND)
@require_GET
def verzuim(request: HttpRequest, nummer: str) -> HttpResponseBase:
    """For the school, the team, and whoever it is shared with as leerplicht or samenwerkingsverband."""
    dossier = open_dossier(request, nummer, "casus-verzuim")
    op = today()
    stand = verzuim_of(dossier.casus, op)
    if stand is not None and not dossier.blik.school:
        stand = for_party(stand, op)
    context = {
        **dossier.context("casus-verzuim"),
        "leerlingwoord": woorden(dossier.casus.sector).leerling,
        "stand": stand,
        "meldingen": [_line(dossier, verzuim) for verzuim in stand.meldingen] if stand else [],
        "gegevens": _facts(stand) if stand else [],
        "terugkeer_op": return_day(dossier.casus),
        "delingen": _why(dossier),
        "mag_wijzigen": dossier.casus.school_id in dossier.kijker.ids(ZORGCOORDINATOR),
    }
    return render(request, "casussen/verzuim.html", context)


def _why(dossier: Dossier) -> list[Deling]:
    """For a party: the consent upon which it looks."""
    return [] if dossier.blik.reads else list(delingen_of(dossier.kijker).filter(casus=dossier.casus))


def _line(dossier: Dossier, melding: Any) -> dict[str, Any]:
    """What the school wrote with it is for the school."""
    return {
        "soort": KORT[melding.soort],
        "belastbaar": melding.belastbaar_volgens_plan,
        "grond": melding.get_vrijstelling_grond_display(),
        "van": melding.van,
        "tot": melding.tot,
        "uren": melding.uren,
        "reden": melding.get_reden_display(),
        "toelichting": melding.toelichting if dossier.blik.school else "",
    }


def _facts(stand: Leerlingstand) -> list[tuple[str, Any]]:
    melding = stand.melding
    return [
        ("Reden", melding.get_reden_display() if melding and stand.stand.afwezig else ""),
        ("Soort", KORT.get(stand.stand.soort, "")),
        ("Zonder geldige reden", f"{stand.uren.normalize():f} uur in de laatste 4 schoolweken" if stand.uren else ""),
    ]
