"""Which team is there for whom, everywhere in the region: buurt × sector, worked out for all addresses together."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from gebieden.models import Buurt, Wijk
from scholen.sectoren import Sector
from wijkteams.models import Wijkteam
from wijkteams.routering.gebiedsbeeld import Toedeling, divide_buurten, gemeenten_on, load_gebiedsbeeld

SECTOREN = tuple(Sector.values)
#: How many colours there are to tell teams apart; a letter tells them apart as well.
KLEUREN = 12


@dataclass(frozen=True, slots=True)
class Cel:
    """The teams for one sector in one buurt, the one with most addresses first. `gat`: addresses (or ages) without a team."""

    sector: str
    teams: tuple["Team", ...]
    gat: int
    adressen: int

    @property
    def soort(self) -> str:
        """'gat': nobody; 'deels': not for everyone; 'gedeeld': more than one team; 'gedekt'."""
        if not self.teams:
            return "gat"
        if self.gat:
            return "deels"
        return "gedeeld" if len(self.teams) > 1 else "gedekt"

    @property
    def letters(self) -> str:
        return "+".join(team.letter for team in self.teams)


@dataclass(frozen=True, slots=True)
class Team:
    """A team as the tiles and the legend name it."""

    id: int
    naam: str
    letter: str
    kleur: int

    @property
    def kort(self) -> str:
        """Without the word that all of them begin with."""
        return self.naam.removeprefix("Wijkteam ")


@dataclass(frozen=True, slots=True)
class Buurtdekking:
    """One row: a buurt with a cell per sector, in the order of SECTOREN."""

    code: str
    naam: str
    wijk_code: str
    wijk: str
    gemeente: str
    adressen: int
    cellen: tuple[Cel, ...]

    @property
    def ernst(self) -> int:
        """What comes first: nobody for some sector, then not for everyone, then more than one team."""
        soorten = {cel.soort for cel in self.cellen}
        return next((plek for plek, soort in enumerate(("gat", "deels", "gedeeld")) if soort in soorten), 3)

    def cel(self, sector: str) -> Cel:
        return self.cellen[SECTOREN.index(sector)]


def load_dekking(regio_id: int, op: date) -> list[Buurtdekking]:
    """Every buurt of the region by the active editie, holes first, then by name. Pupils under eighteen."""
    gemeenten = {code: naam for code, (regio, naam) in gemeenten_on(op).items() if regio == regio_id}
    wijken = dict(Wijk.objects.filter(editie__actief=True).values_list("code", "naam"))
    buurten = [
        (code, naam)
        for code, naam in Buurt.objects.filter(editie__actief=True).order_by("code").values_list("code", "naam")
        if f"GM{code[2:6]}" in gemeenten
    ]
    per_buurt = load_gebiedsbeeld(regio_id, op).by_buurt()
    leeg = divide_buurten([code for code, _ in buurten if code not in per_buurt], op)
    teams = _letters({team for delen in per_buurt.values() for deel in delen for team in deel.teams}, leeg.values())
    rijen = [
        Buurtdekking(
            code=code,
            naam=naam,
            wijk_code=f"WK{code[2:8]}",
            wijk=wijken.get(f"WK{code[2:8]}", f"WK{code[2:8]}"),
            gemeente=gemeenten[f"GM{code[2:6]}"],
            adressen=sum(per_buurt.get(code, {}).values()),
            cellen=tuple(_cell(sector, per_buurt.get(code) or {leeg[code]: 0}, teams) for sector in SECTOREN),
        )
        for code, naam in buurten
    ]
    return sorted(rijen, key=lambda rij: (rij.ernst, rij.gemeente, rij.wijk_code, rij.naam, rij.code))


def _letters(ids: set[int], leeg: Iterable[Toedeling]) -> dict[int, Team]:
    """Teams by name, each with a letter (A … Z, then AA …) and one of the colours."""
    ids = ids | {team for toedeling in leeg for team in toedeling.teams}
    namen = Wijkteam.objects.filter(pk__in=ids).order_by("naam", "pk").values_list("pk", "naam")
    return {pk: Team(pk, naam, _letter(plek), plek % KLEUREN + 1) for plek, (pk, naam) in enumerate(namen)}


def _letter(plek: int) -> str:
    rest, teken = divmod(plek, 26)
    return (_letter(rest - 1) if rest else "") + chr(ord("A") + teken)


def _cell(sector: str, delen: dict[Toedeling, int], teams: dict[int, Team]) -> Cel:
    telling: dict[int, int] = defaultdict(int)
    gat = 0
    for toedeling, aantal in delen.items():
        gevonden = toedeling.teams_of(sector)
        for team in gevonden:
            if team is not None:
                telling[team] += aantal
        if None in gevonden:
            gat += max(aantal, 1)
    volgorde = sorted(telling, key=lambda team: (-telling[team], teams[team].naam))
    return Cel(sector, tuple(teams[team] for team in volgorde), gat, sum(delen.values()))


@dataclass(frozen=True, slots=True)
class Wijktegels:
    """The buurten of a wijk, to be drawn as tiles."""

    gemeente: str
    wijk: str
    buurten: tuple[tuple[Buurtdekking, Cel], ...]


def group_by_wijk(rijen: Sequence[Buurtdekking], sector: str) -> list[Wijktegels]:
    """By gemeente and wijk, whatever is wrong with them: on tiles the place says where it is."""
    groepen: dict[tuple[str, str, str], list[tuple[Buurtdekking, Cel]]] = {}
    for rij in sorted(rijen, key=lambda rij: (rij.gemeente, rij.wijk_code, rij.code)):
        groepen.setdefault((rij.gemeente, rij.wijk_code, rij.wijk), []).append((rij, rij.cel(sector)))
    return [Wijktegels(gemeente, wijk, tuple(buurten)) for (gemeente, _, wijk), buurten in groepen.items()]
