"""Pure rules of routing: no database, no clock, no request.

Which werkgebied wins for a pupil at a place, also when sector or age is not known, and who of a team is the one to call.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

#: From the most particular to the most general (design §4 step 3).
VOLGORDE = ("school", "voorrang", "nummers", "pc6", "buurt", "pc4", "wijk", "gemeente")
ELKE_SECTOR = "*"
LEEFTIJD_MAX = 150
#: A pupil older than this is a slip of the pen.
LEEFTIJD_GELOOFWAARDIG = 100


def rang_of(soort: str, sector: str, *, one_location: bool = False) -> int:
    """The order of a werkgebied: the lowest rang wins. Stored with the row, so that SQL and Python share one rule.

    Within a kind a sector's own rule goes before '*'; a school's rule for one location goes before one for the whole school.
    """
    whole_school = soort == "school" and not one_location
    return VOLGORDE.index(soort) * 10 + (4 if whole_school else 0) + (2 if sector == ELKE_SECTOR else 0)


def age_on(geboortedatum: date, op: date) -> int:
    """Whole years on a day. Who was born on 29 February has a birthday on 1 March in other years. Negative before birth."""
    return op.year - geboortedatum.year - ((op.month, op.day) < (geboortedatum.month, geboortedatum.day))


# --- Werkgebied → wijkteam ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Regel:
    """A werkgebied that holds on the peildatum. `leeftijd_tot` is exclusive, `nummer_tot_en_met` is not."""

    id: int
    wijkteam_id: int
    soort: str
    gebied: str
    sector: str
    rang: int
    leeftijd_van: int = 0
    leeftijd_tot: int = LEEFTIJD_MAX
    nummer_van: int = 1
    nummer_tot_en_met: int = 99999
    zijde: str = "beide"
    school_id: int | None = None
    vestiging_id: int | None = None

    @property
    def needs_sector(self) -> bool:
        return self.sector != ELKE_SECTOR

    @property
    def needs_age(self) -> bool:
        return self.leeftijd_van > 0 or self.leeftijd_tot < LEEFTIJD_MAX

    def suits(self, sector: str, leeftijd: int) -> bool:
        return self.sector in {ELKE_SECTOR, sector} and self.leeftijd_van <= leeftijd < self.leeftijd_tot


@dataclass(frozen=True, slots=True)
class Plaats:
    """Where the pupil lives, as far as rules ask. `gemeente_code`: who answers for the buurt now, after a merger."""

    buurt_code: str
    postcode: str
    huisnummer: int
    gemeente_code: str = ""

    @property
    def codes(self) -> frozenset[str]:
        """Every area this place lies in: gemeente, wijk, buurt, PC4 and PC6."""
        buurt = self.buurt_code
        return frozenset({self.gemeente_code or f"GM{buurt[2:6]}", f"WK{buurt[2:8]}", buurt, self.postcode[:4], self.postcode})


@dataclass(frozen=True, slots=True)
class Kenmerken:
    """What is known of the pupil. `sectoren` are those that are possible: one when it is known. `leeftijd` None: not given."""

    sectoren: tuple[str, ...]
    leeftijd: int | None = None
    school_id: int | None = None
    vestiging_id: int | None = None

    @property
    def sector(self) -> str | None:
        return self.sectoren[0] if len(self.sectoren) == 1 else None

    def may_be(self, regel: Regel) -> bool:
        """Could this pupil be one whom the rule is for?"""
        leeftijd = regel.leeftijd_van if self.leeftijd is None else self.leeftijd
        return any(regel.suits(sector, leeftijd) for sector in self.sectoren)


@dataclass(frozen=True, slots=True)
class Winst:
    """A rule that wins in at least one of the cases that are still possible, and the sectors in which it does."""

    regel: Regel
    sectoren: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Uitslag:
    """The rules that win, the most particular first. `gat`: in some possible case no rule holds.

    With sector and age known there is one rule or none.
    """

    winsten: tuple[Winst, ...]
    gat: bool

    @property
    def wijkteam_ids(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(winst.regel.wijkteam_id for winst in self.winsten))


def holds_at(regel: Regel, plaats: Plaats, kenmerken: Kenmerken) -> bool:
    """Does this rule hold at this place and school, whatever the sector and the age?"""
    if regel.gebied not in plaats.codes:
        return False
    if regel.soort == "school":
        whole_school = regel.school_id is not None and regel.school_id == kenmerken.school_id
        this_location = regel.vestiging_id is not None and regel.vestiging_id == kenmerken.vestiging_id
        return whole_school or this_location
    if regel.soort == "nummers":
        in_range = regel.nummer_van <= plaats.huisnummer <= regel.nummer_tot_en_met
        side = "oneven" if plaats.huisnummer % 2 else "even"
        return in_range and regel.zijde in {"beide", side}
    return True


def decide(regels: Iterable[Regel], plaats: Plaats, kenmerken: Kenmerken) -> Uitslag:
    """Which rules win here. A sector or an age that is not known is tried in every way that could matter."""
    here = sorted((regel for regel in regels if holds_at(regel, plaats, kenmerken)), key=lambda regel: regel.rang)
    won: dict[int, list[str]] = {}
    gat = False
    for sector in kenmerken.sectoren:
        for leeftijd in _ages_that_matter(here) if kenmerken.leeftijd is None else [kenmerken.leeftijd]:
            winner = next((regel for regel in here if regel.suits(sector, leeftijd)), None)
            if winner is None:
                gat = True
            else:
                won.setdefault(winner.id, []).append(sector)
    winsten = [Winst(regel, tuple(dict.fromkeys(won[regel.id]))) for regel in here if regel.id in won]
    return Uitslag(winsten=tuple(winsten), gat=gat)


def _ages_that_matter(regels: Iterable[Regel]) -> list[int]:
    """One age of every stretch of years in which no rule begins or ends."""
    borders = {0, *(regel.leeftijd_van for regel in regels), *(regel.leeftijd_tot for regel in regels)}
    return sorted(border for border in borders if border < LEEFTIJD_MAX)


# --- Wijkteam → person ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Punt:
    """An aanspreekpunt that holds on the peildatum."""

    id: int
    wijkteam_id: int
    contactpersoon_id: int
    vestiging_id: int | None = None
    school_id: int | None = None
    sector: str = ""
    vervanger_id: int | None = None

    @property
    def bereik(self) -> str:
        """For what: 'vestiging', 'school', 'sector' or 'team'."""
        if self.vestiging_id is not None:
            return "vestiging"
        if self.school_id is not None:
            return "school"
        return "sector" if self.sector else "team"


BEREIK = ("vestiging", "school", "sector", "team")


@dataclass(frozen=True, slots=True)
class Beschikbaar:
    """Whether a person can be called on the peildatum."""

    in_dienst: bool = True
    afwezig: bool = False
    vervanger_id: int | None = None

    @property
    def bereikbaar(self) -> bool:
        return self.in_dienst and not self.afwezig


@dataclass(frozen=True, slots=True)
class Gekozen:
    """Who to call: the person of `punt`, or `vervanger_id` while that person is away.

    `ingevallen`: the person of `punt` has left, and `persoon_id` is the deputy who took over.
    """

    punt: Punt
    persoon_id: int
    vervanger_id: int | None = None
    ingevallen: bool = False


@dataclass(frozen=True, slots=True)
class Keuze:
    """`gekozen` one: that is the person. More: it depends on the sector. None: nobody can be reached; `afwezig` are away."""

    gekozen: tuple[Gekozen, ...] = ()
    afwezig: tuple[int, ...] = ()


def choose_person(punten: Sequence[Punt], mensen: Mapping[int, Beschikbaar], kenmerken: Kenmerken) -> Keuze:
    """Who of one team to call: for this location > this school > this sector > the team.

    With a sector that is not known, a person for one sector only counts when the team has nobody more general; and when
    those persons differ, all of them are given.
    """
    eigen = sorted((punt for punt in punten if _is_for(punt, kenmerken)), key=lambda punt: (BEREIK.index(punt.bereik), punt.id))
    zeker = [punt for punt in eigen if punt.bereik != "sector" or kenmerken.sector is not None]
    keuze = _reach(zeker, mensen)
    per_sector = [[punt for punt in eigen if punt.sector == sector] for sector in kenmerken.sectoren]
    if keuze.gekozen or kenmerken.sector is not None or not any(per_sector):
        return keuze
    keuzes = [_reach([*groep, *zeker], mensen) for groep in per_sector if groep]
    gekozen = {keuze.gekozen[0].persoon_id: keuze.gekozen[0] for keuze in keuzes if keuze.gekozen}
    afwezig = dict.fromkeys(persoon for keuze in keuzes for persoon in keuze.afwezig)
    return Keuze(gekozen=tuple(gekozen.values()), afwezig=() if gekozen else tuple(afwezig))


def _is_for(punt: Punt, kenmerken: Kenmerken) -> bool:
    match punt.bereik:
        case "vestiging":
            return punt.vestiging_id == kenmerken.vestiging_id
        case "school":
            return punt.school_id == kenmerken.school_id
        case "sector":
            return punt.sector in kenmerken.sectoren
        case _:
            return True


def _reach(punten: Sequence[Punt], mensen: Mapping[int, Beschikbaar]) -> Keuze:
    """The first who works here; when away the deputy, or else whoever of the team comes next; when gone, the deputy took over."""
    in_dienst = [punt for punt in punten if mensen[punt.contactpersoon_id].in_dienst]
    if not in_dienst:
        for punt in punten:
            if punt.vervanger_id is not None and mensen[punt.vervanger_id].bereikbaar:
                return Keuze(gekozen=(Gekozen(punt, punt.vervanger_id, ingevallen=True),))
        return Keuze()
    eerste, *rest = in_dienst
    persoon_id = eerste.contactpersoon_id
    persoon = mensen[persoon_id]
    if not persoon.afwezig:
        return Keuze(gekozen=(Gekozen(eerste, persoon_id),))
    deputies = [persoon.vervanger_id, eerste.vervanger_id, *(punt.contactpersoon_id for punt in rest)]
    vervanger = _first_reachable(deputies, mensen, exclude={persoon_id})
    if vervanger is None:
        return Keuze(afwezig=(persoon_id,))
    return Keuze(gekozen=(Gekozen(eerste, persoon_id, vervanger),))


def _first_reachable(ids: Iterable[int | None], mensen: Mapping[int, Beschikbaar], *, exclude: Collection[int]) -> int | None:
    return next((pk for pk in ids if pk is not None and pk not in exclude and mensen[pk].bereikbaar), None)
