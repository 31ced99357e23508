"""What a change of the network would mean, before anybody makes it.

    gevolg = effect_of(lambda: end_werkgebied(...), regio=regio, op=ingangsdatum)
    gevolg.teams       -> per wijkteam addresses, pupils and open casussen, before and after
    gevolg.adressen    -> how many addresses get another team
    gevolg.scholen     -> per school the pupils and casussen that route differently: these schools are told
    gevolg.casussen    -> the open casussen that route differently, with from and to

The change itself is run, within a savepoint that is always rolled back: also its events and meldingen, and whatever it would have
done on commit. What it raises comes out, with nothing changed. Routing is that of the portal (`wijkteams.routering`), once before
and once after, for all addresses, pupils and casussen together. An address moves when its team differs for some sector or age; a
pupil or casus also when only the person differs. Nothing here is about one pupil: pupils are counted per school.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from gebieden.models import Buurt, Regio
from portal.netwerk.gevolg_leerlingen import CasusGevolg, SchoolGevolg, Verplaatsing, compare_pupils, load_pupils, route_pupils
from wijkteams.models import Wijkteam
from wijkteams.queries import Gat, find_gaps
from wijkteams.routering.gebiedsbeeld import BUITEN, Botsing, Gebiedsbeeld, Toedeling, load_gebiedsbeeld

__all__ = ["CasusGevolg", "Gevolg", "OverlapGevolg", "SchoolGevolg", "TeamGevolg", "effect_of"]


@dataclass(frozen=True, slots=True)
class TeamGevolg:
    """One wijkteam before and after. Casussen are counted with the team to which routing points, not with who has them."""

    wijkteam_id: int
    naam: str
    adressen_voor: int
    adressen_na: int
    leerlingen_voor: int
    leerlingen_na: int
    casussen_voor: int
    casussen_na: int

    @property
    def is_anders(self) -> bool:
        voor = (self.adressen_voor, self.leerlingen_voor, self.casussen_voor)
        return voor != (self.adressen_na, self.leerlingen_na, self.casussen_na)


@dataclass(frozen=True, slots=True)
class OverlapGevolg:
    """In a buurt two teams have a rule for the same pupils, by areas whose borders cross: the first goes before the other."""

    buurt_code: str
    buurt: str
    winnaar: str
    ander: str
    sectoren: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gevolg:
    """Everything that a change would do, on the day it is looked at."""

    op: date
    teams: tuple[TeamGevolg, ...]
    adressen: int
    adressen_voor: int
    adressen_na: int
    scholen: tuple[SchoolGevolg, ...]
    casussen: tuple[CasusGevolg, ...]
    gaten_voor: tuple[Gat, ...]
    gaten_na: tuple[Gat, ...]
    overlap_voor: tuple[OverlapGevolg, ...]
    overlap_na: tuple[OverlapGevolg, ...]

    @property
    def leerlingen(self) -> tuple[SchoolGevolg, ...]:
        """The schools of which pupils route differently, with how many."""
        return tuple(school for school in self.scholen if school.leerlingen)

    @property
    def aantal_leerlingen(self) -> int:
        return sum(school.leerlingen for school in self.scholen)

    @property
    def teams_anders(self) -> tuple[TeamGevolg, ...]:
        return tuple(team for team in self.teams if team.is_anders)

    @property
    def gaten_nieuw(self) -> tuple[Gat, ...]:
        return _without(self.gaten_na, self.gaten_voor)

    @property
    def gaten_dicht(self) -> tuple[Gat, ...]:
        return _without(self.gaten_voor, self.gaten_na)

    @property
    def overlap_nieuw(self) -> tuple[OverlapGevolg, ...]:
        return tuple(overlap for overlap in self.overlap_na if overlap not in self.overlap_voor)

    @property
    def overlap_weg(self) -> tuple[OverlapGevolg, ...]:
        return tuple(overlap for overlap in self.overlap_voor if overlap not in self.overlap_na)

    @property
    def is_leeg(self) -> bool:
        """Nobody would notice."""
        moves = self.adressen or self.scholen or self.casussen or self.adressen_voor != self.adressen_na
        return not (moves or self.gaten_voor != self.gaten_na or self.overlap_voor != self.overlap_na)


def _without(these: Iterable[Gat], those: Iterable[Gat]) -> tuple[Gat, ...]:
    """Per buurt the sectors that are in the first and not in the second."""
    bekend = {gat.buurt_code: set(gat.sectoren) for gat in those}
    rest = ((gat, tuple(s for s in gat.sectoren if s not in bekend.get(gat.buurt_code, set()))) for gat in these)
    return tuple(Gat(gat.gemeente, gat.buurt_code, gat.buurt, sectoren, gat.deels) for gat, sectoren in rest if sectoren)


@dataclass(frozen=True, slots=True)
class _Stand:
    """The network as it is at one moment: before, or within the change."""

    beeld: Gebiedsbeeld
    gaten: tuple[Gat, ...]
    routes: Verplaatsing
    namen: dict[int, str]
    buurten: dict[str, str]


def effect_of(change: Callable[[], object], *, regio: Regio, op: date) -> Gevolg:
    """What `change` would mean for a region, with the rules and people of the day `op`. Nothing of it stays."""
    with transaction.atomic():
        leerlingen = load_pupils(regio.pk, op)
        voor = _measure(load_gebiedsbeeld(regio.pk, op), regio, op, route_pupils(leerlingen, op))
        with transaction.atomic():
            change()
            beeld = load_gebiedsbeeld(regio.pk, op, postcodes=voor.beeld.by_postcode().keys())
            na = _measure(beeld, regio, op, route_pupils(leerlingen, op))
            anders = _to_compare(voor.beeld, na.beeld)
            # Another register may have other numbers; within one register numbers only matter where a rule names them.
            bekend = voor.beeld.editie_id == na.beeld.editie_id and anders <= voor.beeld.by_postcode().keys()
            los = set() if bekend else anders
            fijn_na = load_gebiedsbeeld(None, op, postcodes=los, los=los) if los else na.beeld
            transaction.set_rollback(True)
        fijn_voor = load_gebiedsbeeld(None, op, postcodes=los, los=los) if los else voor.beeld
    namen = voor.namen | na.namen
    scholen, casussen = compare_pupils(leerlingen, voor.routes, na.routes, namen)
    return Gevolg(
        op=op,
        teams=_teams(voor, na, namen),
        adressen=_count_moved(anders, fijn_voor, fijn_na),
        adressen_voor=voor.beeld.adressen,
        adressen_na=na.beeld.adressen,
        scholen=scholen,
        casussen=casussen,
        gaten_voor=voor.gaten,
        gaten_na=na.gaten,
        overlap_voor=_overlaps(voor, namen),
        overlap_na=_overlaps(na, namen),
    )


def find_overlaps(regio_id: int, op: date) -> tuple[OverlapGevolg, ...]:
    """Where on a day the rules of two teams cross, as the network is now."""
    beeld = load_gebiedsbeeld(regio_id, op)
    return describe_overlaps(beeld.botsingen, dict(Wijkteam.objects.values_list("pk", "naam")), _buurt_names(beeld))


def _measure(beeld: Gebiedsbeeld, regio: Regio, op: date, routes: Verplaatsing) -> _Stand:
    return _Stand(
        beeld=beeld,
        gaten=tuple(find_gaps(op, regio_id=regio.pk)),
        routes=routes,
        namen=dict(Wijkteam.objects.values_list("pk", "naam")),
        buurten=_buurt_names(beeld),
    )


def _buurt_names(beeld: Gebiedsbeeld) -> dict[str, str]:
    codes = {botsing.buurt_code for botsing in beeld.botsingen}
    return dict(Buurt.objects.filter(editie__actief=True, code__in=codes).values_list("code", "naam"))


def _to_compare(voor: Gebiedsbeeld, na: Gebiedsbeeld) -> set[str]:
    """Postcodes of which some number may have another team: their buurten, their Toedelingen or their numbers differ."""
    stand_voor, stand_na = _per_postcode(voor), _per_postcode(na)
    return {
        postcode
        for postcode in stand_voor.keys() | stand_na.keys()
        if stand_voor.get(postcode) != stand_na.get(postcode) or voor.per_nummer.get(postcode) != na.per_nummer.get(postcode)
    }


def _per_postcode(beeld: Gebiedsbeeld) -> dict[str, tuple[tuple[str, Toedeling], ...]]:
    """Rows come sorted by postcode and buurt, so that equal means the same."""
    stand: dict[str, tuple[tuple[str, Toedeling], ...]] = {}
    for postcode, plekken in beeld.by_postcode().items():
        stand[postcode] = tuple((beeld.rijen[plek].buurt_code, beeld.toedelingen[plek]) for plek in plekken)
    return stand


def _count_moved(postcodes: set[str], voor: Gebiedsbeeld, na: Gebiedsbeeld) -> int:
    """Numbers that are in the register before and after, within the region on at least one side, and have another team."""
    rijen_voor, rijen_na = voor.by_postcode(), na.by_postcode()
    moved = 0
    for postcode in postcodes:
        toen, straks = voor.per_nummer.get(postcode), na.per_nummer.get(postcode)
        if toen is None and straks is None:  # one buurt, the same register, and no rule that names numbers
            for plek, straks_plek in zip(rijen_voor.get(postcode, ()), rijen_na.get(postcode, ()), strict=False):
                if voor.toedelingen[plek] != na.toedelingen[straks_plek]:
                    moved += voor.rijen[plek].aantal
            continue
        toen = toen if toen is not None else _all_alike(voor, rijen_voor.get(postcode, ()), straks or {})
        straks = straks if straks is not None else _all_alike(na, rijen_na.get(postcode, ()), toen)
        moved += sum(toen[nr] != straks[nr] and {toen[nr], straks[nr]} != {_BUITEN} for nr in toen.keys() & straks.keys())
    return moved


_BUITEN = frozenset({BUITEN})


def _all_alike(beeld: Gebiedsbeeld, plekken: Sequence[int], nummers: Iterable[int]) -> dict[int, frozenset[Toedeling]]:
    """The numbers of a postcode that lies in one buurt: all with its Toedeling."""
    return {nummer: frozenset(beeld.toedelingen[plek] for plek in plekken) for nummer in nummers} if plekken else {}


def _teams(voor: _Stand, na: _Stand, namen: dict[int, str]) -> tuple[TeamGevolg, ...]:
    tellingen = (
        (voor.beeld.addresses_per_team(), na.beeld.addresses_per_team()),
        (voor.routes.pupils_per_team(), na.routes.pupils_per_team()),
        (voor.routes.casussen_per_team(), na.routes.casussen_per_team()),
    )
    ids = {pk for paar in tellingen for telling in paar for pk in telling}
    regels = (TeamGevolg(pk, namen[pk], *(telling.get(pk, 0) for paar in tellingen for telling in paar)) for pk in ids)
    return tuple(sorted(regels, key=lambda team: (team.naam.casefold(), team.wijkteam_id)))


def _overlaps(stand: _Stand, namen: dict[int, str]) -> tuple[OverlapGevolg, ...]:
    return describe_overlaps(stand.beeld.botsingen, namen, stand.buurten)


def describe_overlaps(
    botsingen: Mapping[Botsing, set[str]], namen: Mapping[int, str], buurten: Mapping[str, str]
) -> tuple[OverlapGevolg, ...]:
    def regel(botsing: Botsing, sectoren: set[str]) -> OverlapGevolg:
        naam = buurten.get(botsing.buurt_code, botsing.buurt_code)
        return OverlapGevolg(
            botsing.buurt_code, naam, namen[botsing.winnaar_id], namen[botsing.ander_id], tuple(sorted(sectoren))
        )

    regels = (regel(botsing, sectoren) for botsing, sectoren in botsingen.items())
    return tuple(sorted(regels, key=lambda overlap: (overlap.buurt_code, overlap.winnaar, overlap.ander)))
