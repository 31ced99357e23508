"""With whose eyes someone looks at a casus. Decides what of it they read; that they may look at all is `Casus.objects`."""

from dataclasses import dataclass

from casussen.keuzes import DelingMet
from casussen.models import Casus, Deling
from gebieden.rollen import LEERPLICHT, REGIOCOORDINATOR
from kern.kijker import Kijker
from scholen.rollen import SAMENWERKINGSVERBAND, SCHOOLTEAMLEIDER, ZORGCOORDINATOR
from wijkteams.rollen import WIJKTEAMCOORDINATOR, WIJKTEAMLID
from zorgaanbod.rollen import AANBIEDER


@dataclass(frozen=True, slots=True)
class Blik:
    """The sides of a casus that someone stands on. `aanbieders`: the own aanbieders with whom the casus is shared now."""

    school: bool
    wijkteam_id: int | None
    regio: bool
    aanbieders: frozenset[int] = frozenset()
    leerplicht: bool = False
    verband: bool = False

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
    """One query, and only for whoever holds a role with which a casus can be shared."""
    shared = []
    if kijker.heeft(AANBIEDER, LEERPLICHT, SAMENWERKINGSVERBAND):
        shared = list(Deling.objects.living().filter(casus=casus).values_list("met", "aanbieder_id", "gemeente_id", "verband_id"))
    return Blik(
        school=casus.school_id in kijker.ids(ZORGCOORDINATOR, SCHOOLTEAMLEIDER),
        wijkteam_id=casus.wijkteam_id if casus.wijkteam_id in kijker.ids(WIJKTEAMLID, WIJKTEAMCOORDINATOR) else None,
        regio=kijker.heeft_voor(REGIOCOORDINATOR, casus.regio_id),
        aanbieders=frozenset(a for met, a, _, _ in shared if met == DelingMet.AANBIEDER and a in kijker.ids(AANBIEDER)),
        leerplicht=any(met == DelingMet.LEERPLICHT and g in kijker.ids(LEERPLICHT) for met, _, g, _ in shared),
        verband=any(met == DelingMet.VERBAND and v in kijker.ids(SAMENWERKINGSVERBAND) for met, _, _, v in shared),
    )
