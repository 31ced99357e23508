"""Which schools somebody looks at, in which gemeenten their pupils live, and how many aanbieders help there now."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, Q, QuerySet

from casussen.models import Inzet
from gebieden.models import Gemeente
from gebieden.rollen import REGIOCOORDINATOR
from kern.kijker import Kijker
from portal.dashboard.bescherming import DREMPEL
from scholen.models import School, Vestiging
from scholen.rollen import SAMENWERKINGSVERBAND, SCHOOLTEAMLEIDER, ZORGCOORDINATOR

EIGEN = (ZORGCOORDINATOR, SCHOOLTEAMLEIDER)
KIJKERS = (*EIGEN, SAMENWERKINGSVERBAND, REGIOCOORDINATOR)
#: From and to which age a school has its pupils, per sector.
LEEFTIJDEN = {"po": (4, 12), "so": (4, 13), "vo": (12, 18), "vso": (12, 20), "pro": (12, 19), "mbo": (16, 27)}

#: Pupils whose address is secret are left out: alone in a gemeente, they would give it away.
#: A number that the register does not have counts where the whole postcode lies in one gemeente, as routing takes it.
_HERKOMST = """
SELECT vestiging.school_id, gemeente.id, count(DISTINCT leerling.id)
FROM scholen_leerling leerling
JOIN scholen_vestiging vestiging ON vestiging.id = leerling.vestiging_id
JOIN gebieden_editie editie ON editie.actief
JOIN gebieden_registerregel regel ON regel.editie_id = editie.id AND regel.postcode = leerling.postcode
JOIN gebieden_gemeente gemeente ON gemeente.code = 'GM' || substr(regel.buurt_code, 3, 4) AND gemeente.regio_id IS NOT NULL
WHERE vestiging.school_id = ANY(%s) AND NOT leerling.geheim_adres AND leerling.huisnummer IS NOT NULL
AND (
    leerling.huisnummer = ANY(regel.huisnummers)
    OR NOT EXISTS (
        SELECT 1 FROM gebieden_registerregel ander
        WHERE ander.editie_id = editie.id AND ander.postcode = leerling.postcode
        AND (leerling.huisnummer = ANY(ander.huisnummers) OR substr(ander.buurt_code, 3, 4) <> substr(regel.buurt_code, 3, 4))
    )
)
GROUP BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class Helpers:
    """How many different aanbieders help pupils of a school. `aantal` None: too few pupils to show it here."""

    aantal: int | None


def schools_of(kijker: Kijker) -> QuerySet[School]:
    """The own school, those of the own samenwerkingsverband, or of the own region."""
    here = (
        Q(school_id__in=kijker.ids(*EIGEN))
        | Q(samenwerkingsverband_id__in=kijker.ids(SAMENWERKINGSVERBAND))
        | Q(gemeente__regio_id__in=kijker.ids(REGIOCOORDINATOR))
    )
    return School.objects.filter(pk__in=Vestiging.objects.filter(here).values("school_id")).order_by("naam", "pk")


def homes_of(kijker: Kijker, school_ids: Collection[int]) -> dict[int, list[Gemeente]]:
    """In which gemeenten of the region the pupils of each school live, by name; the one the school stands in always.

    The school itself sees every gemeente. Others see those where at least ten of its pupils live: where there are fewer, a pupil
    may be known only because of a casus.
    """
    own = kijker.ids(*EIGEN)
    found: dict[int, set[int]] = defaultdict(set)
    places = Vestiging.objects.filter(school_id__in=school_ids, gemeente__regio__isnull=False)
    for school_id, gemeente_id in places.values_list("school_id", "gemeente_id"):
        found[school_id].add(gemeente_id)
    with connection.cursor() as cursor:
        cursor.execute(_HERKOMST, [list(school_ids)])
        for school_id, gemeente_id, pupils in cursor.fetchall():
            if school_id in own or pupils >= DREMPEL:
                found[school_id].add(gemeente_id)
    names = Gemeente.objects.in_bulk({pk for ids in found.values() for pk in ids})
    return {pk: sorted((names[one] for one in found[pk]), key=lambda gemeente: gemeente.naam) for pk in school_ids}


def ages_of(school_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """Between which ages the pupils of each school are, by its sectors."""
    found: dict[int, tuple[int, int]] = {}
    for school_id, sectoren in Vestiging.objects.filter(school_id__in=school_ids).values_list("school_id", "sectoren"):
        for sector in sectoren:
            low, high = LEEFTIJDEN[sector]
            known = found.get(school_id, (low, high))
            found[school_id] = (min(known[0], low), max(known[1], high))
    return found


def helpers_of(kijker: Kijker, school_ids: Collection[int]) -> dict[int, Helpers]:
    """How many aanbieders have help open for pupils of each school.

    A zorgcoördinator sees every casus of the own school, so may count them. For anybody else there must be at least ten pupils
    behind the number: with fewer it says something of somebody.
    """
    counts = (
        Inzet.objects.open()
        .filter(casus__school_id__in=school_ids)
        .order_by()
        .values_list("casus__school_id")
        .annotate(aanbieders=Count("arrangement__aanbieder", distinct=True), leerlingen=Count("casus", distinct=True))
    )
    rows = {school_id: (aanbieders, pupils) for school_id, aanbieders, pupils in counts}
    counted_here = kijker.ids(ZORGCOORDINATOR)
    found = {}
    for pk in school_ids:
        aanbieders, pupils = rows.get(pk, (0, 0))
        found[pk] = Helpers(aanbieders if pk in counted_here or pupils >= DREMPEL else None)
    return found
