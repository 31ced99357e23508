"""Finding the casus a page is about, for this viewer: with its content, a part of it, its status and clocks, or 404."""

from django.http import Http404

from casussen.blik import Blik, blik_of
from casussen.models import Casus
from kern.kijker import Kijker
from toegang.actions.inzage import GEWEIGERD, log_inzage

RELATIES = (
    "leerling",
    "regio",
    "school",
    "vestiging",
    "wijkteam",
    "behandelaar",
    "aanspreekpunt",
    "woongemeente",
    "aangevraagd_door",
)


def casus_or_404(kijker: Kijker, nummer: str) -> Casus:
    """The casus with its relations. A look at one that is not the viewer's is logged, and answered as absent."""
    return seen_or_404(kijker, nummer)[0]


def seen_or_404(kijker: Kijker, nummer: str) -> tuple[Casus, Blik]:
    """The same, and with whose eyes it is seen."""
    casus = Casus.objects.select_related(*RELATIES).filter(nummer=nummer).first()
    if casus is None:
        raise Http404
    blik = blik_of(casus, kijker)
    if blik.reads or Casus.objects.in_zicht_van(kijker).filter(pk=casus.pk).exists():
        return casus, blik
    log_inzage(kijker=kijker, actie="bekijken", object_soort="casus", object_id=casus.pk, uitkomst=GEWEIGERD)
    raise Http404


def is_steering(kijker: Kijker, casus: Casus) -> bool:
    """Sees number, status and clocks as the regiocoördinator, no content."""
    return Casus.objects.stuurbaar_door(kijker).filter(pk=casus.pk).exists()


def relation_of(kijker: Kijker, casus: Casus, *, content: bool) -> str:
    """Why this viewer may look, for the access log."""
    if not content:
        return "eigen regio" if is_steering(kijker, casus) else "gedeeld met toestemming"
    if casus.aangevraagd_door_id == kijker.user_id:
        return "eigen casus"
    if any(houdt.soort == "school" and houdt.id == casus.school_id for houdt in kijker.houdt):
        return "eigen school"
    if casus.behandelaar is not None and casus.behandelaar.user_id == kijker.user_id:
        return "behandelaar"
    return "eigen team"
