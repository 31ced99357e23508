"""What in the network needs someone's attention, before anything else is shown: holes, clashes, who is away, who leaves.

Values, not models; every list is complete, the start page shows the first of each. The number of queries is fixed.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse

from casussen.actions.overdragen import running_consulten
from casussen.kringen import in_words
from casussen.models import Casus
from gebieden.models import Editie
from portal.netwerk.blik import Blik
from portal.netwerk.gevolg import OverlapGevolg, find_overlaps
from wijkteams.models import Aanspreekpunt, Afwezigheid, Contactpersoon, Werkgebied, Wijkteam
from wijkteams.queries import Gat, find_gaps, vervallen_werkgebieden

#: Data that nobody looked at for half a year may be wrong.
VERIFIEREN_NA = timedelta(days=183)
#: Who leaves within this time is 'about to leave'.
VERTREKT_BINNEN = timedelta(days=92)


@dataclass(frozen=True, slots=True)
class Afwezige:
    """Someone who is away today, who stands in, and which schools notice."""

    persoon: Contactpersoon
    tot_en_met: date
    vervanger: Contactpersoon | None
    scholen: tuple[str, ...]
    afwezigheid_id: int
    #: The contact for the whole team or a sector: every school with a pupil in its area notices.
    is_breed: bool = False


@dataclass(frozen=True, slots=True)
class Vertrekker:
    """Someone who leaves or has left, and what is still theirs from that day on."""

    persoon: Contactpersoon
    is_weg: bool
    casussen: int
    punten: int
    consulten: int = 0

    @property
    def nog(self) -> str:
        parts = [
            (self.casussen, "open casus", "open casussen"),
            (self.consulten, "anoniem overleg", "anonieme overleggen"),
            (self.punten, "aanspreekpunt", "aanspreekpunten"),
        ]
        return in_words([f"{count} {one if count == 1 else more}" for count, one, more in parts if count])


@dataclass(frozen=True, slots=True)
class Bevindingen:
    """Everything that comes first on the page of the network."""

    gaten: list[Gat] = field(default_factory=list)
    zonder_mens: list[Wijkteam] = field(default_factory=list)
    overlap: list[OverlapGevolg] = field(default_factory=list)
    vervallen: list[Werkgebied] = field(default_factory=list)
    afwezig: list[Afwezige] = field(default_factory=list)
    achtergebleven: list[Vertrekker] = field(default_factory=list)
    vertrekt: list[Vertrekker] = field(default_factory=list)
    ongeverifieerd: int = 0

    @property
    def zonder_vervanger(self) -> int:
        return sum(1 for afwezige in self.afwezig if afwezige.vervanger is None)

    @property
    def is_leeg(self) -> bool:
        lists = (self.gaten, self.zonder_mens, self.overlap, self.vervallen, self.afwezig, self.achtergebleven, self.vertrekt)
        return not any(lists) and not self.ongeverifieerd


def find_all(blik: Blik, op: date) -> Bevindingen:
    """What needs attention in the part of the network that this viewer keeps."""
    vertrekkers = leavers(blik, op)
    return Bevindingen(
        gaten=gaps_of(blik, op),
        zonder_mens=list(teams_without_person(blik, op)),
        overlap=crossings_of(blik, op),
        vervallen=vanished_rules(blik),
        afwezig=absent_today(blik, op),
        achtergebleven=[v for v in vertrekkers if v.is_weg and v.nog],
        vertrekt=[v for v in vertrekkers if not v.is_weg],
        ongeverifieerd=unverified(blik, op).count(),
    )


def gaps_of(blik: Blik, op: date) -> list[Gat]:
    """Holes belong to no team: only who keeps the region sees them."""
    return [gat for regio_id in sorted(blik.regio_ids) for gat in find_gaps(op, regio_id=regio_id)]


def crossings_of(blik: Blik, op: date) -> list[OverlapGevolg]:
    """Where two teams have an agreement for the same pupils, since the borders of their areas cross."""
    return [overlap for regio_id in sorted(blik.regio_ids) for overlap in find_overlaps(regio_id, op)]


def existing(teams: QuerySet[Wijkteam], op: date) -> QuerySet[Wijkteam]:
    begun = Q(geldig_van__isnull=True) | Q(geldig_van__lte=op)
    return teams.filter(begun).filter(Q(geldig_tot__isnull=True) | Q(geldig_tot__gt=op))


def in_service(op: date, pad: str = "") -> Q:
    return Q(**{f"{pad}in_dienst_tot__isnull": True}) | Q(**{f"{pad}in_dienst_tot__gt": op})


def holding(op: date) -> Q:
    """An aanspreekpunt that holds on a day."""
    return Q(van__lte=op) & (Q(tot__isnull=True) | Q(tot__gt=op))


def teams_without_person(blik: Blik, op: date) -> QuerySet[Wijkteam]:
    """Teams where nobody is the contact, or only people who are gone."""
    contact = Aanspreekpunt.objects.filter(holding(op), wijkteam=OuterRef("pk"))
    reachable = contact.filter(in_service(op, "contactpersoon__") | Q(vervanger__isnull=False) & in_service(op, "vervanger__"))
    return existing(blik.teams, op).filter(~Exists(reachable)).order_by("naam")


def vanished_rules(blik: Blik) -> list[Werkgebied]:
    """Rules for an area that the active editie does not know."""
    editie = Editie.objects.filter(actief=True).first()
    if editie is None or not blik.is_regio:
        return []
    return list(vervallen_werkgebieden(editie).filter(wijkteam__gemeente__regio_id__in=blik.regio_ids))


def unverified(blik: Blik, op: date) -> QuerySet[Contactpersoon]:
    """People whose data nobody looked at for six months, the longest first."""
    old = Q(geverifieerd_op__isnull=True) | Q(geverifieerd_op__lte=op - VERIFIEREN_NA)
    return blik.mensen.filter(in_service(op)).filter(old).order_by("geverifieerd_op", "naam", "pk")


def absent_today(blik: Blik, op: date) -> list[Afwezige]:
    """Who is away, those without a deputy first, and the schools that notice: of an aanspreekpunt, or of a casus."""
    rows = list(blik.afwezigheden.filter(van__lte=op, tot_en_met__gte=op).filter(in_service(op, "contactpersoon__")))
    ids = [row.contactpersoon_id for row in rows]
    scholen = _schools_of(ids, op)
    deputies = _deputies_of(ids, op)
    wide = Aanspreekpunt.objects.filter(holding(op), contactpersoon_id__in=ids, school__isnull=True, vestiging__isnull=True)
    breed = set(wide.values_list("contactpersoon_id", flat=True))
    found = [
        Afwezige(
            persoon=row.contactpersoon,
            tot_en_met=row.tot_en_met,
            vervanger=row.vervanger or deputies.get(row.contactpersoon_id),
            scholen=tuple(sorted(scholen[row.contactpersoon_id])),
            afwezigheid_id=row.pk,
            is_breed=row.contactpersoon_id in breed,
        )
        for row in rows
    ]
    return sorted(found, key=lambda a: (a.vervanger is not None, not a.is_breed, -len(a.scholen), a.persoon.naam))


def _schools_of(people: Iterable[int], op: date) -> dict[int, set[str]]:
    scholen: dict[int, set[str]] = defaultdict(set)
    ids = list(people)
    punten = Aanspreekpunt.objects.filter(holding(op), contactpersoon_id__in=ids)
    for wie, school, locatie in punten.values_list("contactpersoon_id", "school__naam", "vestiging__school__naam"):
        scholen[wie] |= {naam for naam in (school, locatie) if naam}
    mine = Q(behandelaar_id__in=ids) | Q(behandelaar__isnull=True, aanspreekpunt_id__in=ids)
    rows = Casus.objects.open().filter(mine).order_by()
    for behandelaar, aanspreekpunt, school in rows.values_list("behandelaar_id", "aanspreekpunt_id", "school__naam").distinct():
        scholen[behandelaar or aanspreekpunt].add(school)
    return scholen


def _deputies_of(people: Iterable[int], op: date) -> dict[int, Contactpersoon]:
    """Who stands in by the aanspreekpunt itself, when the absence names nobody."""
    punten = Aanspreekpunt.objects.filter(holding(op), contactpersoon_id__in=list(people), vervanger__isnull=False)
    away = Afwezigheid.objects.filter(contactpersoon=OuterRef("vervanger"), van__lte=op, tot_en_met__gte=op)
    there = punten.filter(in_service(op, "vervanger__")).filter(~Exists(away)).select_related("vervanger")
    return {punt.contactpersoon_id: punt.vervanger for punt in there if punt.vervanger is not None}


def leavers(blik: Blik, op: date) -> list[Vertrekker]:
    """Who leaves within three months or has left, the first day first; with what is still theirs then."""
    rows = blik.mensen.filter(in_dienst_tot__isnull=False, in_dienst_tot__lte=op + VERTREKT_BINNEN)
    punten = dict(
        Aanspreekpunt.objects.filter(contactpersoon__in=rows, contactpersoon__in_dienst_tot__isnull=False)
        .filter(Q(tot__isnull=True) | Q(tot__gt=F("contactpersoon__in_dienst_tot")), Q(tot__isnull=True) | Q(tot__gt=op))
        .values_list("contactpersoon")
        .annotate(Count("pk"))
    )
    open_ones = Casus.objects.open().order_by()
    behandelt = dict(open_ones.filter(behandelaar__in=rows).values_list("behandelaar").annotate(Count("pk")))
    wacht = dict(
        open_ones.filter(behandelaar__isnull=True, aanspreekpunt__in=rows).values_list("aanspreekpunt").annotate(Count("pk"))
    )
    consulten = running_consulten().filter(aanspreekpunt__in=rows).order_by()
    asked = dict(consulten.values_list("aanspreekpunt").annotate(Count("pk")))
    return [
        Vertrekker(
            persoon=persoon,
            is_weg=persoon.in_dienst_tot is not None and persoon.in_dienst_tot <= op,
            casussen=behandelt.get(persoon.pk, 0) + wacht.get(persoon.pk, 0),
            punten=punten.get(persoon.pk, 0),
            consulten=asked.get(persoon.pk, 0),
        )
        for persoon in rows.order_by("in_dienst_tot", "naam", "pk")
    ]


def close_gap_url(gat: Gat) -> str:
    """Where a hole is closed: a new agreement for this buurt, filled in as far as is known. A buurt is a public fact."""
    sector = gat.sectoren[0] if len(gat.sectoren) == 1 else "*"
    return f"{reverse('netwerk-regel-nieuw')}?soort=buurt&gebied={gat.buurt_code}&sector={sector}"
