"""What every page knows: who is looking, where they can go, what is new for them. All lazy: a fragment pays for none of it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from kern.kijker import Kijker
from kern.models import Melding
from kern.models.melding import Kanaal
from portal.demo import DEMO_WACHTWOORD
from portal.demo.accounts import ACCOUNTS
from portal.navigatie import CASUSZOEKERS, MELDINGEN, SNELTOETS, ZOEKER, ZOEKTOETS, current, destinations
from toegang.models import Aanstelling
from toegang.models.aanstelling import ORGANISATIES
from toegang.toelating import kijker_of


@dataclass(frozen=True, slots=True)
class NavigatieItem:
    url: str
    label: str
    huidig: bool
    toets: str = ""
    telling: int = 0


class Site:
    """The frame of the page, worked out when the template asks."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self.demo = settings.DEMO
        self.zoektoets = ZOEKTOETS

    @property
    def _kijker(self) -> Kijker:
        return kijker_of(self._request)

    @cached_property
    def demo_accounts(self) -> dict[str, Any] | None:
        """Who there is to sign in as, in the demo only."""
        return {"wachtwoord": DEMO_WACHTWOORD, "mensen": ACCOUNTS} if self.demo else None

    @cached_property
    def wie(self) -> dict[str, str] | None:
        """Name and role of who is signed in: 'zorgcoördinator · Duincollege (en nog 1 rol)'."""
        if self._kijker.user_id is None:
            return None
        ids = [houdt.aanstelling_id for houdt in self._kijker.houdt if houdt.aanstelling_id is not None]
        query = Aanstelling.objects.filter(pk__in=ids).select_related(*ORGANISATIES).order_by("pk")
        roles = [str(aanstelling) for aanstelling in query]
        more = f" (en nog {len(roles) - 1} {'rol' if len(roles) == 2 else 'rollen'})" if len(roles) > 1 else ""
        return {"naam": self._kijker.naam, "rol": f"{roles[0]}{more}" if roles else ""}

    @cached_property
    def ongelezen(self) -> int:
        """How many notifications in the portal were not read yet."""
        return Melding.objects.filter(kanaal=Kanaal.PORTAAL, ontvanger_id=self._kijker.user_id, gelezen_op__isnull=True).count()

    @property
    def zoeken(self) -> str:
        """The address where casussen are found; '' for whoever has none to find."""
        return reverse("zoeken") if self._kijker.heeft(*CASUSZOEKERS) else ""

    @cached_property
    def navigatie(self) -> list[NavigatieItem]:
        if not self._kijker.houdt:
            return []
        places = destinations(self._kijker)
        here = current(places, self._request.path)
        return [
            NavigatieItem(
                url=place.url,
                label=place.label,
                huidig=place is here,
                toets=SNELTOETS if place.naam == ZOEKER else "",
                telling=self.ongelezen if place.naam == MELDINGEN else 0,
            )
            for place in places
        ]


def site(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `portaal` in every template (allauth has a `site` of its own)."""
    return {"portaal": SimpleLazyObject(lambda: Site(request))}
