"""With whose eyes someone looks at a casus. Decides what of it they read; that they may look at all is `Casus.objects`."""

from dataclasses import dataclass
from datetime import datetime

from casussen.keuzes import DelingMet
from casussen.models import Casus, Deling
from gebieden.rollen import LEERPLICHT, REGIOCOORDINATOR
from kern.kijker import Kijker
from scholen.rollen import SAMENWERKINGSVERBAND, SCHOOLTEAMLEIDER, ZORGCOORDINATOR
from wijkteams.rollen import WIJKTEAMCOORDINATOR, WIJKTEAMLID
from zorgaanbod.rollen import AANBIEDER


@dataclass(frozen=True, slots=True)
class Blik:
    """The sides of a casus that someone stands on. `aanbieders`: the own aanbieders with whom the casus is shared now; `sinds`:
    from when on whoever sees a part of it has looked along."""

    school: bool
    wijkteam_id: int | None
    regio: bool
    aanbieders: frozenset[int] = frozenset()
    leerplicht: bool = False
    verband: bool = False
    sinds: datetime | None = None

    @property
    def reads(self) -> bool:
        """Reads the story: the school and the team that has the casus."""
        return self.school or self.wijkteam_id is not None

    @property
    def shares(self) -> bool:
        """Sees a part, upon consent."""
        return bool(self.aanbieders) or self.leerplicht or self.verband

    def sees_of(self, wijkteam_id: int | None) -> bool:
        """What a team and the school said to each other: the school all of it, a team its own."""
        return self.school or (self.wijkteam_id is not None and self.wijkteam_id == wijkteam_id)


def blik_of(casus: Casus, kijker: Kijker) -> Blik:
    """At most two queries: does the viewer see the content (a role alone is not enough: consent may have ended), and, for whoever
    holds a role with which a casus can be shared, is it?"""
    own: list[Deling] = []
    if kijker.heeft(AANBIEDER, LEERPLICHT, SAMENWERKINGSVERBAND):
        own = list(Deling.objects.living().with_party_of(kijker).filter(casus=casus))
    school = casus.school_id in kijker.ids(ZORGCOORDINATOR, SCHOOLTEAMLEIDER)
    team = casus.wijkteam_id in kijker.ids(WIJKTEAMLID, WIJKTEAMCOORDINATOR)
    content = (school or team) and Casus.objects.visible_to(kijker).filter(pk=casus.pk).exists()
    return Blik(
        school=content and school,
        wijkteam_id=casus.wijkteam_id if content and team else None,
        regio=kijker.heeft_voor(REGIOCOORDINATOR, casus.regio_id),
        aanbieders=frozenset(d.aanbieder_id for d in own if d.aanbieder_id is not None),
        leerplicht=any(d.met == DelingMet.LEERPLICHT for d in own),
        verband=any(d.met == DelingMet.VERBAND for d in own),
        sinds=min((d.op for d in own), default=None),
    )
