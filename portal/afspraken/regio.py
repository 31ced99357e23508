"""Whose agreements hold for whoever looks."""

from django.db.models import Q

from gebieden.models import Regio
from gebieden.rollen import GEMEENTEMEDEWERKER, REGIOCOORDINATOR
from kern.kijker import Kijker
from scholen.rollen import SCHOOLTEAMLEIDER, ZORGCOORDINATOR
from wijkteams.rollen import WIJKTEAMCOORDINATOR, WIJKTEAMLID


def region_of(kijker: Kijker) -> Regio | None:
    """The region whose agreements are the viewer's: the own one, or that of the own school, team or gemeente."""
    own = Q(pk__in=kijker.ids(REGIOCOORDINATOR)) | Q(gemeenten__pk__in=kijker.ids(GEMEENTEMEDEWERKER))
    own |= Q(gemeenten__vestigingen__school_id__in=kijker.ids(ZORGCOORDINATOR, SCHOOLTEAMLEIDER))
    own |= Q(gemeenten__wijkteams__pk__in=kijker.ids(WIJKTEAMLID, WIJKTEAMCOORDINATOR))
    return Regio.objects.visible_to(kijker).filter(own).distinct().order_by("naam").first()
