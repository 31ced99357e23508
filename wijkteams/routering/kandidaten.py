"""Several possible answers: who they are, and when each is the right one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from gebieden.register import GevondenBuurt
from scholen.sectoren import Sector, woorden
from wijkteams.routering.invoer import Vraag
from wijkteams.routering.netwerk import Bel, Netwerk
from wijkteams.routering.uitkomst import Gebied, Kandidaat
from wijkteams.routering.uitleg import at_sector, join, years
from wijkteams.rules import Kenmerken, Regel, Uitslag, Winst


@dataclass(frozen=True, slots=True)
class Ligging:
    """One buurt in which the address lies or may lie, and what the rules say there; None outside the region."""

    buurt: GevondenBuurt
    uitslag: Uitslag | None

    @property
    def winsten(self) -> tuple[Winst, ...]:
        return self.uitslag.winsten if self.uitslag else ()

    @property
    def wijkteam_ids(self) -> tuple[int, ...]:
        return self.uitslag.wijkteam_ids if self.uitslag else ()


@dataclass(slots=True)
class _Groep:
    """Everything that leads to one team (None: to no team), over all buurten."""

    liggingen: list[Ligging] = field(default_factory=list)
    winsten: list[Winst] = field(default_factory=list)

    @property
    def nummers(self) -> int:
        return sum(ligging.buurt.nummers for ligging in self.liggingen)


def make(vraag: Vraag, liggingen: Sequence[Ligging], net: Netwerk, *, pc4: bool) -> tuple[Kandidaat, ...]:
    """The candidates, one per team or person; first the teams, the most particular rule or the most addresses first."""
    groepen: dict[int, _Groep] = {}
    nergens: list[Ligging] = []
    for ligging in liggingen:
        for wijkteam_id in ligging.wijkteam_ids:
            groep = groepen.setdefault(wijkteam_id, _Groep())
            groep.liggingen.append(ligging)
            groep.winsten += [winst for winst in ligging.winsten if winst.regel.wijkteam_id == wijkteam_id]
        if not ligging.wijkteam_ids:
            nergens.append(ligging)
    volgorde = sorted(
        groepen.items(),
        key=lambda deel: (-deel[1].nummers, min(winst.regel.rang for winst in deel[1].winsten), net.teams[deel[0]].naam),
    )
    schrijver = _Schrijver(vraag, tuple(liggingen), pc4=pc4)
    met_team = [kandidaat for wijkteam_id, groep in volgorde for kandidaat in schrijver.with_team(wijkteam_id, groep, net)]
    return (*met_team, *(schrijver.without_team(ligging) for ligging in nergens))


@dataclass(frozen=True, slots=True)
class _Schrijver:
    """Puts candidates into words."""

    vraag: Vraag
    liggingen: tuple[Ligging, ...]
    pc4: bool

    def with_team(self, wijkteam_id: int, groep: _Groep, net: Netwerk) -> list[Kandidaat]:
        buurten = [ligging.buurt for ligging in groep.liggingen]
        sectoren = {sector for winst in groep.winsten for sector in winst.sectoren}
        kenmerken = replace(
            self.vraag.kenmerken,
            sectoren=tuple(sector for sector in self.vraag.kenmerken.sectoren if sector in sectoren),
        )
        bellen: Sequence[Bel | None] = net.people(net.choose(wijkteam_id, kenmerken)) or [None]
        return [
            Kandidaat(
                reden=self._reason(groep, bel.gekozen.punt.sector if bel and len(bellen) > 1 else ""),
                buurt=self._buurt(buurten),
                wijkteam=net.teams[wijkteam_id],
                aanspreekpunt=bel.persoon if bel else None,
                vervanger=bel.vervanger if bel else None,
            )
            for bel in bellen
        ]

    def without_team(self, ligging: Ligging) -> Kandidaat:
        """Where nobody within the region is responsible: outside it, or in a hole of the network."""
        buurt = ligging.buurt
        if not buurt.gemeente.in_regio:
            waar = f"als het adres in de gemeente {buurt.gemeente.naam} ligt: die valt buiten deze regio"
        elif self.vraag.geheim:
            waar = "een deel van deze postcode, waarvoor geen wijkteam bekend is"
        else:
            waar = f"als het adres in de buurt {buurt.naam} ligt: daar is geen wijkteam bekend"
        return Kandidaat(reden=self._mark(waar), buurt=self._buurt([buurt]))

    def _buurt(self, buurten: Sequence[GevondenBuurt]) -> Gebied | None:
        if self.vraag.geheim or len(buurten) != 1:
            return None
        return Gebied(buurten[0].code, buurten[0].naam)

    def _reason(self, groep: _Groep, persoon_sector: str) -> str:
        als = [deel for deel in (self._place_condition(groep), self._pupil_condition(groep, persoon_sector)) if deel]
        if als:
            return self._mark(f"als {join(als)}")
        if self.vraag.geheim and len(self.liggingen) > 1:
            return self._mark("een deel van deze postcode hoort bij dit team")
        if self.pc4:
            return self._mark("alle bekende adressen horen bij dit team")
        return "in alle andere gevallen"

    def _mark(self, reden: str) -> str:
        """A candidate of the same PC4 is marked as such."""
        return f"zelfde postcodegebied: {reden}" if self.pc4 else reden

    def _place_condition(self, groep: _Groep) -> str:
        if self.vraag.geheim or len(groep.liggingen) == len(self.liggingen):
            return ""
        return f"het adres in de buurt {join((ligging.buurt.naam for ligging in groep.liggingen), 'of')} ligt"

    def _pupil_condition(self, groep: _Groep, persoon_sector: str) -> str:
        kenmerken = self.vraag.kenmerken
        regels = [winst.regel for winst in groep.winsten]
        if persoon_sector:
            return f"{_who([persoon_sector])} zit"
        if any(not _needs(regel, kenmerken) for regel in regels):
            return ""
        alleen_sector = [regel.sector for regel in regels if _needs(regel, kenmerken) == {"sector"}]
        overig = [_condition(regel, kenmerken) for regel in regels if _needs(regel, kenmerken) != {"sector"}]
        zinnen = [f"{_who(alleen_sector)} zit"] if alleen_sector else []
        return join(dict.fromkeys([*zinnen, *overig]), "of")


def _needs(regel: Regel, kenmerken: Kenmerken) -> set[str]:
    """What this rule asks that was not given."""
    mist = set()
    if regel.needs_sector and kenmerken.sector is None:
        mist.add("sector")
    if regel.needs_age and kenmerken.leeftijd is None:
        mist.add("leeftijd")
    return mist


def _who(sectoren: Iterable[str]) -> str:
    """'de leerling op het vo of op het pro', 'de student op het mbo'."""
    uniek = list(dict.fromkeys(sectoren))
    leerling = woorden(Sector.MBO if uniek == [Sector.MBO] else "").leerling
    return f"de {leerling} {join((at_sector(sector) for sector in uniek), 'of')}"


def _condition(regel: Regel, kenmerken: Kenmerken) -> str:
    jaren = years(regel.leeftijd_van, regel.leeftijd_tot)
    if "sector" in _needs(regel, kenmerken):
        return f"{_who([regel.sector])} zit en {jaren} is"
    return f"de {woorden(kenmerken.sector or '').leerling} {jaren} is"
