"""The teams and people of all pupils of a school: routed together, counted, with who met whom. A fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

import polars as pl
from django.db.models import Count, Max, Q, QuerySet

from casussen.models import Casus
from kern.kijker import Kijker
from kern.klok import today
from scholen.models import Leerling, Vestiging
from scholen.rollen import SCHOOLTEAMLEIDER, ZORGCOORDINATOR
from wijkteams.models import Aanspreekpunt, Afwezigheid, Contactpersoon, Kennismaking, Wijkteam
from wijkteams.routering.bulk import IDS, route_readable
from wijkteams.routering.bulk_lezen import read_rows
from wijkteams.routering.uitkomst import Uitkomst

#: Why a pupil has no certain team; the first is our own, the others are outcomes of routing.
GEEN_ADRES = "geen_adres"
ONZEKER = (
    GEEN_ADRES,
    Uitkomst.ONGELDIG.value,
    Uitkomst.ADRES_ONBEKEND.value,
    Uitkomst.MEERDERE.value,
    Uitkomst.GEEN_TEAM.value,
    Uitkomst.BUITEN_REGIO.value,
)
_MET_TEAM = (Uitkomst.TOEGEWEZEN.value, Uitkomst.GEEN_CONTACT.value)
_KOLOMMEN = ("id", "postcode", "huisnummer", "sector", "school", "geboortedatum")


@dataclass(frozen=True, slots=True)
class Filter:
    """What the screen is narrowed to; everything comes from the URL."""

    vestiging: int | None = None
    sector: str = ""


@dataclass(frozen=True, slots=True)
class Kennis:
    """When the viewer met this person last; and if never, when a colleague of the school did."""

    zelf: date | None = None
    collega: date | None = None


@dataclass(slots=True)
class MensRegel:
    """Someone of a team as the school needs them: for how many pupils, how many open casussen, and whom to call today."""

    persoon: Contactpersoon
    leerlingen: int = 0
    casussen: int = 0
    afwezig_tot: date | None = None
    vervanger: Contactpersoon | None = None
    kennis: Kennis = field(default_factory=Kennis)

    @property
    def nooit(self) -> bool:
        return self.kennis.zelf is None


@dataclass(slots=True)
class TeamRegel:
    team: Wijkteam
    leerlingen: int = 0
    casussen: int = 0
    mensen: list[MensRegel] = field(default_factory=list)

    @property
    def niemand(self) -> bool:
        """There are pupils here, and nobody who can be called."""
        return self.leerlingen > 0 and not any(mens.leerlingen for mens in self.mensen)


@dataclass(frozen=True, slots=True)
class Overzicht:
    """`onzeker`: the ids of pupils without a certain team, per reason. `zonder_adres` is among them."""

    teams: list[TeamRegel]
    onzeker: Mapping[str, list[int]]
    leerlingen: int

    @property
    def aantal_onzeker(self) -> int:
        return sum(len(ids) for ids in self.onzeker.values())

    @property
    def nooit_ontmoet(self) -> list[tuple[MensRegel, Wijkteam]]:
        """Whom the viewer shares pupils or open casussen with and never met: the most casussen first."""
        pairs = [(mens, regel.team) for regel in self.teams for mens in regel.mensen if mens.nooit]
        return sorted(pairs, key=lambda pair: (-pair[0].casussen, -pair[0].leerlingen, pair[0].persoon.naam))


def own_schools(kijker: Kijker) -> frozenset[int]:
    return kijker.ids(ZORGCOORDINATOR, SCHOOLTEAMLEIDER)


def overview(kijker: Kijker, narrowed: Filter, *, op: date | None = None) -> Overzicht:
    """All of it, for the viewer's own schools. Ten queries at most, however many pupils."""
    dag = op or today()
    routes, zonder_adres = _route(kijker, narrowed, dag)
    onzeker = {GEEN_ADRES: zonder_adres} | {
        uitkomst: routes.filter(pl.col("uitkomst") == uitkomst)["id"].to_list() for uitkomst in ONZEKER[1:]
    }
    met_team = routes.filter(pl.col("uitkomst").is_in(_MET_TEAM))
    per_team = dict(met_team.group_by("wijkteam_id").len().iter_rows())
    per_mens = met_team.drop_nulls("persoon_id").group_by("wijkteam_id", "persoon_id", "bellen_id").len()
    regels = _Regels()
    for team_id, aantal in per_team.items():
        regels.team(team_id).leerlingen = aantal
    for team_id, persoon_id, bellen_id, aantal in per_mens.iter_rows():
        telling = regels.mens(team_id, persoon_id)
        telling.leerlingen += aantal
        telling.bellen = bellen_id if bellen_id != persoon_id else None
    for team_id, persoon_id, aantal in _open_casussen(kijker, narrowed):
        regels.team(team_id).casussen += aantal
        if persoon_id is not None:
            regels.mens(team_id, persoon_id).casussen += aantal
    return Overzicht(regels.build(kijker, dag), onzeker, routes.height + len(zonder_adres))


def _pupils(kijker: Kijker, narrowed: Filter) -> QuerySet[Leerling]:
    """Counted for the whole school; names come from `Leerling.visible_to` alone."""
    pupils = Leerling.objects.filter(vestiging__school_id__in=own_schools(kijker))
    if narrowed.vestiging is not None:
        pupils = pupils.filter(vestiging_id=narrowed.vestiging)
    return pupils.filter(sector=narrowed.sector) if narrowed.sector else pupils


def _route(kijker: Kijker, narrowed: Filter, op: date) -> tuple[pl.DataFrame, list[int]]:
    """One row per pupil with an address: id, uitkomst and the ids of team and person; and the ids of pupils without one."""
    rows = list(
        _pupils(kijker, narrowed)
        .order_by("id")
        .values_list("id", "postcode", "huisnummer", "sector", "vestiging__brin", "geboortedatum")
    )
    zonder = [row[0] for row in rows if not row[1] or row[2] is None]
    met = [tuple("" if waarde is None else str(waarde) for waarde in row) for row in rows if row[1] and row[2] is not None]
    frame = pl.DataFrame(met, schema=dict.fromkeys(_KOLOMMEN, pl.String), orient="row").with_columns(
        toevoeging=pl.lit(""), te_lang=pl.lit(value=False)
    )
    genummerd = frame.with_row_index("nr")
    leesbaar = read_rows(genummerd, op=op, vandaag=op)
    antwoord = route_readable(leesbaar, op).select("nr", "uitkomst", *IDS)
    onbekend, ongeldig = pl.lit(Uitkomst.ADRES_ONBEKEND.value), pl.lit(Uitkomst.ONGELDIG.value)
    routes = (
        genummerd.join(leesbaar.select("nr", leesbaar=pl.lit(value=True)), on="nr", how="left", maintain_order="left")
        .join(antwoord, on="nr", how="left", maintain_order="left")
        .with_columns(
            pl.col("id").cast(pl.Int64),
            uitkomst=pl.coalesce("uitkomst", pl.when("leesbaar").then(onbekend).otherwise(ongeldig)),
        )
        .select("id", "uitkomst", *IDS)
    )
    return routes, zonder


def _open_casussen(kijker: Kijker, narrowed: Filter) -> Iterable[tuple[int, int | None, int]]:
    """Per team and person (who handles it, else the aanspreekpunt) how many casussen of the school are open."""
    casussen = Casus.objects.filter(school_id__in=own_schools(kijker), wijkteam__isnull=False).open()
    if narrowed.vestiging is not None:
        casussen = casussen.filter(vestiging_id=narrowed.vestiging)
    if narrowed.sector:
        casussen = casussen.filter(sector=narrowed.sector)
    counted = casussen.order_by().values_list("wijkteam_id", "behandelaar_id", "aanspreekpunt_id").annotate(aantal=Count("pk"))
    for team_id, behandelaar, aanspreekpunt, aantal in counted:
        yield int(team_id or 0), behandelaar or aanspreekpunt, aantal


@dataclass(slots=True)
class _Mens:
    leerlingen: int = 0
    casussen: int = 0
    bellen: int | None = None


@dataclass(slots=True)
class _Team:
    leerlingen: int = 0
    casussen: int = 0
    mensen: dict[int, _Mens] = field(default_factory=lambda: defaultdict(_Mens))


class _Regels:
    """Gathers the counts, and puts names and faces to them at the end."""

    def __init__(self) -> None:
        self._teams: dict[int, _Team] = defaultdict(_Team)

    def team(self, pk: int) -> _Team:
        return self._teams[pk]

    def mens(self, team_id: int, persoon_id: int) -> _Mens:
        return self._teams[team_id].mensen[persoon_id]

    def build(self, kijker: Kijker, op: date) -> list[TeamRegel]:
        ids = {pk for team in self._teams.values() for pk in team.mensen}
        ids |= {mens.bellen for team in self._teams.values() for mens in team.mensen.values() if mens.bellen is not None}
        weg = absences(ids, op)
        ids |= {vervanger for _, vervanger in weg.values() if vervanger is not None}
        mensen = Contactpersoon.objects.visible_to(kijker).in_bulk(ids)
        kennis = acquaintance(kijker, ids)
        teams = Wijkteam.objects.visible_to(kijker).select_related("gemeente").in_bulk(self._teams)
        regels = []
        for team_id, telling in self._teams.items():
            regel = TeamRegel(teams[team_id], telling.leerlingen, telling.casussen)
            for pk, mens in telling.mensen.items():
                tot, vervanger = weg.get(pk, (None, None))
                invaller = mens.bellen or vervanger
                regel.mensen.append(
                    MensRegel(
                        persoon=mensen[pk],
                        leerlingen=mens.leerlingen,
                        casussen=mens.casussen,
                        afwezig_tot=tot,
                        vervanger=mensen.get(invaller) if tot and invaller else None,
                        kennis=kennis.get(pk, Kennis()),
                    )
                )
            regel.mensen.sort(key=lambda mens: (-mens.leerlingen, -mens.casussen, mens.persoon.naam))
            regels.append(regel)
        return sorted(regels, key=lambda regel: (-regel.casussen, -regel.leerlingen, regel.team.naam))


def absences(ids: Iterable[int], op: date) -> dict[int, tuple[date, int | None]]:
    """Who of these is away on a day: until when, and who stands in."""
    weg = Afwezigheid.objects.filter(contactpersoon_id__in=list(ids), van__lte=op, tot_en_met__gte=op)
    return {pk: (tot, vervanger) for pk, tot, vervanger in weg.values_list("contactpersoon_id", "tot_en_met", "vervanger_id")}


def acquaintance(kijker: Kijker, ids: Iterable[int]) -> dict[int, Kennis]:
    """Whom of these people somebody of the viewer's schools met, and when last."""
    eigen = Q(medewerker_id=kijker.user_id)
    rows = (
        Kennismaking.objects.filter(Q(school_id__in=own_schools(kijker)) | eigen, contactpersoon_id__in=list(ids))
        .order_by()
        .values("contactpersoon_id")
        .annotate(zelf=Max("datum", filter=eigen), collega=Max("datum", filter=~eigen))
    )
    return {row["contactpersoon_id"]: Kennis(row["zelf"], row["collega"]) for row in rows}


def fixed_contacts(kijker: Kijker, narrowed: Filter, *, op: date | None = None) -> QuerySet[Aanspreekpunt]:
    """Who is named for this school or one of its locations, in whichever team, by name of the team."""
    dag = op or today()
    schools = own_schools(kijker)
    scope = Q(school_id__in=schools)
    if narrowed.vestiging is not None:
        scope = Q(school__vestigingen=narrowed.vestiging) & scope | Q(vestiging_id=narrowed.vestiging)
    else:
        scope |= Q(vestiging__school_id__in=schools)
    return (
        Aanspreekpunt.objects.filter(scope, van__lte=dag)
        .filter(Q(tot__isnull=True) | Q(tot__gt=dag))
        .filter(Q(contactpersoon__in_dienst_tot__isnull=True) | Q(contactpersoon__in_dienst_tot__gt=dag))
        .select_related("contactpersoon", "wijkteam", "wijkteam__gemeente", "vervanger", "vestiging")
        .order_by("wijkteam__naam", "contactpersoon__naam", "pk")
    )


def uncertain_pupils(kijker: Kijker, onzeker: Mapping[str, list[int]], reden: str = "") -> QuerySet[Leerling]:
    """The pupils without a certain team, for whoever may know their names."""
    ids = onzeker.get(reden, []) if reden else [pk for own in onzeker.values() for pk in own]
    return (
        Leerling.objects.visible_to(kijker)
        .filter(pk__in=ids)
        .select_related("vestiging")
        .order_by("achternaam", "voornaam", "pk")
    )


def own_locations(kijker: Kijker) -> QuerySet[Vestiging]:
    return Vestiging.objects.of(kijker).order_by("naam")
