"""Who keeps which part of the network: the regiocoördinator a whole region, the wijkteamcoördinator the own team.

Everything in `portal.netwerk` starts here: what is not in sight does not exist (404). What only the region decides, which teams
there are and which area each serves, is closed for others by the rule of the view itself (403).
"""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import Http404

from gebieden.models import Gemeente, Regio
from gebieden.rollen import REGIOCOORDINATOR
from kern.kijker import Kijker
from wijkteams.models import Aanspreekpunt, Afwezigheid, Contactpersoon, Werkgebied, Wijkteam
from wijkteams.rollen import WIJKTEAMCOORDINATOR

#: Who comes to the pages of the network at all.
BEHEERDERS = (REGIOCOORDINATOR, WIJKTEAMCOORDINATOR)


@dataclass(frozen=True, slots=True)
class Blik:
    """What one viewer keeps."""

    kijker: Kijker

    @property
    def regio_ids(self) -> frozenset[int]:
        return self.kijker.ids(REGIOCOORDINATOR)

    @property
    def is_regio(self) -> bool:
        return self.kijker.heeft(REGIOCOORDINATOR)

    @property
    def regios(self) -> QuerySet[Regio]:
        return Regio.objects.coordinated_by(self.kijker)

    @property
    def gemeenten(self) -> QuerySet[Gemeente]:
        return Gemeente.objects.filter(regio_id__in=self.regio_ids)

    @property
    def teams(self) -> QuerySet[Wijkteam]:
        return Wijkteam.objects.filter(self._team("")).select_related("gemeente", "gemeente__regio")

    @property
    def mensen(self) -> QuerySet[Contactpersoon]:
        return Contactpersoon.objects.filter(self._team("wijkteam__")).select_related("wijkteam__gemeente__regio", "user")

    @property
    def punten(self) -> QuerySet[Aanspreekpunt]:
        rows = Aanspreekpunt.objects.filter(self._team("wijkteam__"))
        return rows.select_related("wijkteam__gemeente__regio", "contactpersoon", "vervanger", "school", "vestiging")

    @property
    def afwezigheden(self) -> QuerySet[Afwezigheid]:
        rows = Afwezigheid.objects.filter(self._team("contactpersoon__wijkteam__"))
        return rows.select_related("contactpersoon__wijkteam__gemeente__regio", "vervanger")

    @property
    def werkgebieden(self) -> QuerySet[Werkgebied]:
        rows = Werkgebied.objects.filter(self._team("wijkteam__"))
        return rows.select_related("wijkteam__gemeente__regio", "school", "vestiging")

    def _team(self, pad: str) -> Q:
        """Of a team in the viewer's region, or of the viewer's own team."""
        own = self.kijker.ids(WIJKTEAMCOORDINATOR)
        key = pad.removesuffix("__") if pad else "pk"
        return Q(**{f"{pad}gemeente__regio_id__in": self.regio_ids}) | Q(**{f"{key}__in": own})

    def regio_of(self, team: Wijkteam) -> Regio:
        """The region whose addresses and pupils a change of this team can move."""
        if team.gemeente.regio is None:
            raise Http404
        return team.gemeente.regio
