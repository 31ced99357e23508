"""Who takes part in the conversation around one casus now, in which role somebody writes, and for whom.

A circle that nobody else reads cannot be chosen: nobody writes into the void. Who may look takes three roles more (a teamleider
reads along, a regiocoördinator does not); who may write is here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from casussen.keuzes import DelingMet, Kring, Status
from casussen.models import Casus, Deling
from casussen.models.deling import PARTIJEN
from kern.kijker import Houdt, Kijker, Rol
from scholen.rollen import ZORGCOORDINATOR
from wijkteams.models import Wijkteam
from wijkteams.rollen import WIJKTEAMCOORDINATOR, WIJKTEAMLID


@dataclass(frozen=True, slots=True)
class Schrijver:
    """In which role somebody writes, and on whose behalf."""

    rol: Rol
    organisatie: str


@dataclass(frozen=True, slots=True)
class Gesprek:
    """Who is in it now. `team` only while it may see the casus; `delingen` are the living ones."""

    casus: Casus
    team: Wijkteam | None
    delingen: tuple[Deling, ...]

    def writer(self, kijker: Kijker) -> Schrijver | None:
        """In which role this person writes; None for who only reads, or has nothing to do with it."""
        if kijker.user_id is None:
            return None
        if kijker.heeft_voor(ZORGCOORDINATOR, self.casus.school_id):
            return Schrijver(ZORGCOORDINATOR, str(self.casus.school))
        if self.team is not None:
            for rol in (WIJKTEAMLID, WIJKTEAMCOORDINATOR):
                if kijker.heeft_voor(rol, self.team.pk):
                    return Schrijver(rol, str(self.team))
        for deling in self.delingen:
            rol, field = PARTIJEN[deling.met]
            if kijker.heeft_voor(rol, getattr(deling, f"{field}_id")):
                return Schrijver(rol, party_name(deling))
        return None

    def circles(self, writer: Schrijver) -> list[tuple[Kring, str]]:
        """The circles this writer can choose, the usual one first, each with who is in it now."""
        found = []
        if writer.rol.soort in {"school", "wijkteam"} and self.team is not None:
            found.append((Kring.SCHOOL_EN_TEAM, f"{self.casus.school} en {self.team}"))
        if writer.rol.soort == "wijkteam":
            found.append((Kring.TEAM, f"alleen {self.team}"))
        if self.delingen:
            found.append((Kring.IEDEREEN, f"iedereen: {in_words(self.everyone())}"))
        return found

    def everyone(self) -> list[str]:
        team = [str(self.team)] if self.team is not None else []
        return [str(self.casus.school), *team, *(party_name(deling) for deling in self.delingen)]


def conversation_of(casus: Casus) -> Gesprek:
    """Two queries: does the team see the casus, and with whom else is it shared."""
    team = casus.wijkteam if casus.wijkteam_id is not None and _team_sees(casus, casus.wijkteam_id) else None
    shared: Iterable[Deling] = ()
    if casus.status not in {Status.CONCEPT, Status.INGETROKKEN}:
        shared = Deling.objects.living().filter(casus=casus).select_related("aanbieder", "gemeente", "verband")
    return Gesprek(casus=casus, team=team, delingen=tuple(shared))


def _team_sees(casus: Casus, wijkteam_id: int) -> bool:
    """Asked of the one place that knows, as somebody of that team."""
    houdt = frozenset({Houdt(WIJKTEAMLID.sleutel, WIJKTEAMLID.soort, wijkteam_id)})
    someone = Kijker(user_id=None, naam="", op=casus.status_sinds.date(), houdt=houdt)
    return Casus.objects.visible_to(someone).filter(pk=casus.pk).exists()


def party_name(deling: Deling) -> str:
    if deling.met == DelingMet.LEERPLICHT:
        return f"leerplicht {deling.gemeente}"
    return str(deling.aanbieder or deling.verband)


def read_by(voor: str, wijkteam: Wijkteam | None) -> str:
    """Who reads what was placed: 'de school en Wijkteam Schalkwijk'."""
    if voor == Kring.TEAM:
        return f"alleen {wijkteam}"
    if voor == Kring.IEDEREEN:
        return "iedereen met wie de casus is gedeeld"
    return f"de school en {wijkteam}" if wijkteam is not None else "de school"


def in_words(names: Sequence[str]) -> str:
    *first, last = names or [""]
    return f"{', '.join(first)} en {last}" if first else last
