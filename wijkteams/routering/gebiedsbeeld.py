"""Which teams every address of a region has, for all sectors and ages at once: what coverage and what-if stand on.

An address has a `Toedeling`: per sector the team at every age, or that it lies outside every region. Addresses are not routed
one by one: a row of the register (a postcode within a buurt) is brought down to what rules ask after, and rows that are the same
in that have the same Toedeling. Only where rules name house numbers, or a postcode lies in more than one buurt, is each number
looked at. Rules of a school are left out: they say something about its pupils, not about an address. A property test holds the
answers equal to those of `route_address`.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import connection

from scholen.sectoren import Sector
from wijkteams.queries import rules_on
from wijkteams.rules import LEEFTIJD_MAX, Kenmerken, Plaats, Regel, holds_at

SECTOREN = tuple(Sector.values)
VOLWASSEN = 18
#: Which team from which age on, for one sector: ((0, 12), (18, None)) is team 12 until the eighteenth birthday, then none.
Leeftijden = tuple[tuple[int, int | None], ...]
#: Kinds of area whose borders cross each other.
_KRUISEND = ({"pc4"}, {"buurt", "wijk"})
_NIEMAND = Kenmerken(())


@dataclass(frozen=True, slots=True)
class Toedeling:
    """The teams of a place. `binnen` False: outside every region."""

    binnen: bool
    sectoren: tuple[Leeftijden, ...] = ()

    @property
    def teams(self) -> frozenset[int]:
        return frozenset(team for leeftijden in self.sectoren for _, team in leeftijden if team is not None)

    def teams_of(self, sector: str, *, jonger_dan: int = VOLWASSEN) -> frozenset[int | None]:
        """The teams of one sector below an age; None among them: at some age there is none."""
        return frozenset(team for begin, team in self.sectoren[SECTOREN.index(sector)] if begin < jonger_dan)


BUITEN = Toedeling(binnen=False)


@dataclass(frozen=True, slots=True)
class Rij:
    """One row of the register: so many numbers of a postcode lie in this buurt."""

    postcode: str
    buurt_code: str
    aantal: int
    binnen: bool


@dataclass(frozen=True, slots=True)
class Botsing:
    """In a buurt two rules of different teams, of kinds whose borders cross, hold for the same pupils. The order decides."""

    buurt_code: str
    winnaar_id: int
    ander_id: int


@dataclass(slots=True)
class Gebiedsbeeld:
    """The addresses of a region with their teams, on one day, with one editie."""

    editie_id: int | None
    rijen: list[Rij]
    toedelingen: list[Toedeling]
    #: Postcode → number → the Toedelingen of that number (more than one only when the register holds it twice).
    per_nummer: dict[str, dict[int, frozenset[Toedeling]]]
    botsingen: dict[Botsing, set[str]] = field(default_factory=dict)
    #: The same per row of the register: (postcode, buurt) → Toedeling → how many numbers.
    per_rij: dict[tuple[str, str], dict[Toedeling, int]] = field(default_factory=dict)

    def by_buurt(self) -> dict[str, dict[Toedeling, int]]:
        """Buurt → Toedeling → how many addresses of it lie there."""
        buurten: dict[str, dict[Toedeling, int]] = defaultdict(lambda: defaultdict(int))
        for rij, toedeling in zip(self.rijen, self.toedelingen, strict=True):
            fijn = self.per_rij.get((rij.postcode, rij.buurt_code)) or {toedeling: rij.aantal}
            for deel, aantal in fijn.items():
                if deel.binnen:
                    buurten[rij.buurt_code][deel] += aantal
        return buurten

    def addresses_per_team(self) -> dict[int, int]:
        """How many addresses each team has, for some sector and age."""
        telling: dict[int, int] = defaultdict(int)
        for toedeling, aantal in self.counted():
            for team in toedeling:
                telling[team] += aantal
        return dict(telling)

    def counted(self) -> Iterable[tuple[frozenset[int], int]]:
        for rij, toedeling in zip(self.rijen, self.toedelingen, strict=True):
            if rij.postcode not in self.per_nummer and toedeling.binnen:
                yield toedeling.teams, rij.aantal
        for nummers in self.per_nummer.values():
            for toedelingen in nummers.values():
                yield frozenset(team for toedeling in toedelingen for team in toedeling.teams), 1

    @property
    def adressen(self) -> int:
        los = sum(rij.aantal for rij in self.rijen if rij.postcode not in self.per_nummer and rij.binnen)
        return los + sum(any(t.binnen for t in toed) for nummers in self.per_nummer.values() for toed in nummers.values())

    def by_postcode(self) -> dict[str, list[int]]:
        plekken: dict[str, list[int]] = defaultdict(list)
        for index, rij in enumerate(self.rijen):
            plekken[rij.postcode].append(index)
        return plekken


_GEMEENTEN = """
SELECT oud.code, nu.regio_id, nu.naam FROM gebieden_gemeente oud
JOIN gebieden_gemeente nu ON nu.code = gebieden_gemeente_op(oud.code, %s)
"""
_RIJEN = """
SELECT regel.postcode, regel.buurt_code, cardinality(regel.huisnummers) FROM gebieden_registerregel regel
WHERE regel.editie_id = %(editie)s AND (regel.postcode = ANY(%(postcodes)s) OR regel.postcode IN (
    SELECT postcode FROM gebieden_registerregel eigen
    WHERE eigen.editie_id = %(editie)s AND 'GM' || substr(eigen.buurt_code, 3, 4) = ANY(%(gemeenten)s)
))
ORDER BY regel.postcode, regel.buurt_code
"""
_NUMMERS = """
SELECT postcode, buurt_code, huisnummers FROM gebieden_registerregel WHERE editie_id = %s AND postcode = ANY(%s)
"""


def gemeenten_on(op: date) -> dict[str, tuple[int | None, str]]:
    """Every code of a gemeente, also of one that is no more: region and name of the gemeente that answers for it on a day."""
    with connection.cursor() as cursor:
        cursor.execute(_GEMEENTEN, [op])
        return {code: (regio_id, naam) for code, regio_id, naam in cursor.fetchall()}


def load_gebiedsbeeld(
    regio_id: int | None, op: date, *, postcodes: Collection[str] = (), los: Collection[str] = ()
) -> Gebiedsbeeld:
    """The addresses of the gemeenten of a region by the active editie, with their teams on a day.

    `postcodes` are looked at as well, wherever they lie (without a region: only these); of those in `los` each number apart.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM gebieden_editie WHERE actief")
        gevonden = cursor.fetchone()
        editie_id = gevonden[0] if gevonden else None
        gemeenten = gemeenten_on(op)
        eigen = [code for code, (regio, _) in gemeenten.items() if regio_id is not None and regio == regio_id]
        binnen = {code for code, (regio, _) in gemeenten.items() if regio is not None}
        cursor.execute(_RIJEN, {"editie": editie_id, "postcodes": list(postcodes), "gemeenten": eigen})
        rijen = [Rij(pc, buurt, aantal, f"GM{buurt[2:6]}" in binnen) for pc, buurt, aantal in cursor.fetchall()]
    verdeler = _Verdeler([regel for regel in rules_on(op) if regel.soort != "school"])
    beeld = Gebiedsbeeld(editie_id, rijen, [verdeler.divide(rij) for rij in rijen], {}, verdeler.botsingen)
    per_postcode = beeld.by_postcode()
    apart = {pc for pc, plekken in per_postcode.items() if len(plekken) > 1 or pc in verdeler.met_nummers}
    _number_by_number(apart | (set(los) & per_postcode.keys()), beeld, verdeler)
    return beeld


def divide_buurten(codes: Iterable[str], op: date) -> dict[str, Toedeling]:
    """The Toedeling of buurten in which no address lies: rules for postcodes and numbers cannot hold there."""
    verdeler = _Verdeler([regel for regel in rules_on(op) if regel.soort != "school"])
    return {code: verdeler.divide(Rij("", code, 0, binnen=True)) for code in codes}


def _number_by_number(postcodes: Collection[str], beeld: Gebiedsbeeld, verdeler: "_Verdeler") -> None:
    """Each house number of these postcodes with its Toedelingen."""
    binnen = {(rij.postcode, rij.buurt_code): rij.binnen for rij in beeld.rijen if rij.postcode in postcodes}
    uit: dict[str, dict[int, set[Toedeling]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_NUMMERS, [beeld.editie_id, sorted(postcodes)])
        for postcode, buurt, huisnummers in cursor.fetchall():
            if (postcode, buurt) in binnen:
                per_nummer = uit.setdefault(postcode, {})
                telling = beeld.per_rij.setdefault((postcode, buurt), {})
                rij = Rij(postcode, buurt, 1, binnen[postcode, buurt])
                for nummer in huisnummers:
                    toedeling = verdeler.divide(rij, nummer)
                    per_nummer.setdefault(nummer, set()).add(toedeling)
                    telling[toedeling] = telling.get(toedeling, 0) + 1
    beeld.per_nummer = {pc: {nummer: frozenset(toed) for nummer, toed in nummers.items()} for pc, nummers in uit.items()}


class _Verdeler:
    """Gives each place its Toedeling; places that are the same to every rule are decided once."""

    def __init__(self, regels: Sequence[Regel]) -> None:
        self._per_code: Mapping[str, list[Regel]] = _by_code(regels)
        self.met_nummers = {regel.gebied for regel in regels if regel.soort == "nummers"}
        self.botsingen: dict[Botsing, set[str]] = {}
        self._bekend: dict[tuple[str, str, str, int], Toedeling] = {}

    def divide(self, rij: Rij, nummer: int = 0) -> Toedeling:
        """Without a number: as if no rule names numbers."""
        if not rij.binnen:
            return BUITEN
        pc4, pc6 = rij.postcode[:4], rij.postcode
        sleutel = (
            rij.buurt_code,
            pc4 if pc4 in self._per_code else "",
            pc6 if pc6 in self._per_code else "",
            nummer if pc6 in self.met_nummers else 0,
        )
        if sleutel not in self._bekend:
            self._bekend[sleutel] = self._decide(Plaats(rij.buurt_code, rij.postcode, nummer))
        return self._bekend[sleutel]

    def _decide(self, plaats: Plaats) -> Toedeling:
        hier = [regel for code in plaats.codes for regel in self._per_code.get(code, ())]
        hier = sorted((regel for regel in hier if holds_at(regel, plaats, _NIEMAND)), key=lambda regel: (regel.rang, regel.id))
        for winnaar, ander, sector in _crossings(hier):
            self.botsingen.setdefault(Botsing(plaats.buurt_code, winnaar, ander), set()).add(sector)
        return _allot(hier)


def _by_code(regels: Iterable[Regel]) -> dict[str, list[Regel]]:
    per_code: dict[str, list[Regel]] = defaultdict(list)
    for regel in regels:
        per_code[regel.gebied].append(regel)
    return per_code


def _allot(regels: Sequence[Regel]) -> Toedeling:
    """Per sector the team of the first rule that suits, at each age at which something begins; equal neighbours are joined."""
    grenzen = sorted(
        {0, *(regel.leeftijd_van for regel in regels), *(r.leeftijd_tot for r in regels if r.leeftijd_tot < LEEFTIJD_MAX)}
    )
    sectoren = []
    for sector in SECTOREN:
        stappen: list[tuple[int, int | None]] = []
        for leeftijd in grenzen:
            team = next((regel.wijkteam_id for regel in regels if regel.suits(sector, leeftijd)), None)
            if not stappen or stappen[-1][1] != team:
                stappen.append((leeftijd, team))
        sectoren.append(tuple(stappen))
    return Toedeling(binnen=True, sectoren=tuple(sectoren))


def _crossings(regels: Sequence[Regel]) -> Iterable[tuple[int, int, str]]:
    """(winner, other, sector) of rules of different teams whose kinds cross and that hold for the same pupils."""
    for plek, eerste in enumerate(regels):
        for tweede in regels[plek + 1 :]:
            soorten = ({eerste.soort}, {tweede.soort})
            kruist = any(soorten[0] <= a and soorten[1] <= b for a, b in (_KRUISEND, _KRUISEND[::-1]))
            samen = eerste.leeftijd_van < tweede.leeftijd_tot and tweede.leeftijd_van < eerste.leeftijd_tot
            if kruist and samen and eerste.wijkteam_id != tweede.wijkteam_id:
                for sector in SECTOREN:
                    if eerste.sector in {"*", sector} and tweede.sector in {"*", sector}:
                        yield eerste.wijkteam_id, tweede.wijkteam_id, sector
