"""The pages of one casus share a frame: its number and name, its status and flags, and tabs to its parts.

A part is a page of its own at /casussen/<nummer>/<part>. It has a line in TABS, a view that starts with `open_dossier`, and a
template that extends casussen/dossier.html. A tab appears when the viewer may have what is behind it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse

from casussen.blik import Blik
from casussen.keuzes import Status
from casussen.models import Casus
from casussen.views.tonen import flags, tone
from casussen.views.zicht import relation_of, seen_or_404
from kern.kijker import Kijker
from kern.klok import now
from scholen.sectoren import woorden
from toegang.actions.inzage import log_inzage
from toegang.rollen import (
    AANBIEDER,
    LEERPLICHT,
    REGIOCOORDINATOR,
    SAMENWERKINGSVERBAND,
    SCHOOLTEAMLEIDER,
    WIJKTEAMCOORDINATOR,
    WIJKTEAMLID,
    ZORGCOORDINATOR,
)
from toegang.toelating import kijker_of

#: Whoever may have to do with a casus: with all of it, with a part, or with its clocks. Which one is for the querysets.
LEZERS = (ZORGCOORDINATOR, SCHOOLTEAMLEIDER, WIJKTEAMLID, WIJKTEAMCOORDINATOR)
MEEKIJKERS = (AANBIEDER, LEERPLICHT, SAMENWERKINGSVERBAND)
BETROKKENEN = (*LEZERS, *MEEKIJKERS, REGIOCOORDINATOR)


@dataclass(frozen=True, slots=True)
class Tab:
    """A part of the casus. `mag`: for whom; the rule is asked again by the view itself."""

    naam: str
    label: str
    mag: Callable[[Blik], bool]


def _reads(blik: Blik) -> bool:
    return blik.reads


def _reads_or_shares(blik: Blik) -> bool:
    return blik.reads or blik.shares


def _reads_or_helps(blik: Blik) -> bool:
    return blik.reads or bool(blik.aanbieders)


TABS: tuple[Tab, ...] = (
    Tab("casus", "Overzicht", lambda _: True),
    Tab("casus-plan", "Plan", _reads_or_helps),
    Tab("casus-overleg", "Overleg", _reads),
    Tab("casus-hulp", "Hulp", _reads_or_helps),
    Tab("casus-taken", "Taken", _reads_or_helps),
    Tab("casus-verzuim", "Verzuim", lambda blik: blik.reads or blik.leerplicht or blik.verband),
    Tab("casus-berichten", "Berichten", _reads_or_shares),
    Tab("casus-delen", "Delen", _reads),
    Tab("casus-tijdlijn", "Tijdlijn", _reads_or_helps),
    Tab("casus-uitvoer", "Kopie", _reads),
)


@dataclass(frozen=True, slots=True)
class Dossier:
    """A casus that is being looked at, by whom, and with whose eyes."""

    casus: Casus
    kijker: Kijker
    blik: Blik

    def context(self, huidig: str) -> dict[str, Any]:
        """What casussen/dossier.html needs."""
        casus = self.casus
        named = self.blik.reads or self.blik.shares
        return {
            "casus": casus,
            "titel": str(casus.leerling) if named and casus.leerling else woorden(casus.sector).leerling.capitalize(),
            "toon": tone(casus.status, None),
            "vlaggen": flags(casus) if self.blik.reads or self.blik.regio else [],
            "tabs": self._tabs(huidig),
        }

    def _tabs(self, huidig: str) -> list[tuple[str, str, None, bool]]:
        nummer = self.casus.nummer
        found = [(tab.label, reverse(tab.naam, args=[nummer]), None, tab.naam == huidig) for tab in TABS if tab.mag(self.blik)]
        return found if len(found) > 1 else []


def open_dossier(request: HttpRequest, nummer: str, huidig: str, *, log: bool = True) -> Dossier:
    """The casus for a page of one of its parts; 404 when it, or this part, is not for this viewer. A look is logged."""
    kijker = kijker_of(request)
    casus, blik = seen_or_404(kijker, nummer)
    tab = next((tab for tab in TABS if tab.naam == huidig), None)
    if casus.status == Status.CONCEPT or (tab is not None and not tab.mag(blik)):
        raise Http404
    if log and request.method == "GET":
        relatie = relation_of(kijker, casus, content=blik.reads)
        log_inzage(kijker=kijker, actie="bekijken", object_soort="casus", object_id=casus.pk, relatie=relatie, op=now())
    return Dossier(casus, kijker, blik)
