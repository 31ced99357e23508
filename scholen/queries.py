"""Reads of schools that others need."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from stdnum.exceptions import ValidationError
from stdnum.nl import brin as nl_brin

from scholen.sectoren import Sector

#: Longer input than this is no BRIN, however many spaces it holds.
INVOER_MAX = 20

# Plain SQL: asked at every keystroke of a look-up, and building it anew would take longer than answering it.
_SCHOLEN = """
SELECT school.id, school.brin, school.naam, vestiging.id, vestiging.brin, vestiging.naam, vestiging.sectoren
FROM scholen_school school LEFT JOIN scholen_vestiging vestiging ON vestiging.school_id = school.id
WHERE school.brin = ANY(%s)
ORDER BY vestiging.brin
"""


@dataclass(frozen=True, slots=True)
class Onderwijsplek:
    """What a BRIN stands for: all locations of a school (4 characters) or one (6).

    `vestiging_id` is also given for a school with one location. `sectoren` are those taught at the place, in the order of
    `Sector`; none when a school has no locations yet.
    """

    brin: str
    naam: str
    school_id: int
    vestiging_id: int | None
    sectoren: tuple[str, ...]


def exact_brin(invoer: str) -> str | None:
    """'12 ab 00' as '12AB00'; None when it is not a BRIN."""
    try:
        # Other than ASCII would be folded by stdnum into something that was not typed.
        return str(nl_brin.validate(invoer)) if len(invoer) <= INVOER_MAX and invoer.isascii() else None
    except ValidationError:
        return None


def find_schools(brins: Iterable[str]) -> dict[str, Onderwijsplek]:
    """The schools and locations with these exact BRINs; those that are not known are left out. One query."""
    gevraagd = set(brins)
    with connection.cursor() as cursor:
        cursor.execute(_SCHOLEN, [sorted({brin[:4] for brin in gevraagd})])
        rows = cursor.fetchall()
    plekken: dict[str, Onderwijsplek] = {}
    for school_id, school_brin, school_naam, vestiging_id, brin, naam, sectoren in rows:
        if vestiging_id is not None:
            plekken[brin] = Onderwijsplek(brin, naam, school_id, vestiging_id, _in_order(sectoren))
        school = plekken.get(school_brin)
        if school is None:
            plekken[school_brin] = Onderwijsplek(school_brin, school_naam, school_id, vestiging_id, _in_order(sectoren or ()))
        else:
            alle = _in_order([*school.sectoren, *(sectoren or ())])
            plekken[school_brin] = Onderwijsplek(school_brin, school_naam, school_id, None, alle)
    return {brin: plek for brin, plek in plekken.items() if brin in gevraagd}


def find_school(brin: str) -> Onderwijsplek | None:
    """The school or location with this exact BRIN. One query."""
    return find_schools([brin]).get(brin)


def _in_order(sectoren: Iterable[str]) -> tuple[str, ...]:
    aanwezig = set(sectoren)
    return tuple(sector for sector in Sector.values if sector in aanwezig)
