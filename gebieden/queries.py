"""Reads about edities: the list, and what changes between two of them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import QuerySet

from gebieden.models import Editie, EditieStatus
from kern.klok import AMSTERDAM


@dataclass(frozen=True, slots=True)
class Verschil:
    """What another editie means for rules about areas. Codes as in a werkgebied: GM0392, WK039201, BU03920101, 2037, 2037RB.

    `vervallen`: areas in which no address lies any more. `gewijzigd`: areas that lost or gained an address that exists in both
    edities: their border moved. `hernoemd`: same code, other name. New areas and new addresses give no reason to look at a rule.
    """

    vervallen: frozenset[str] = frozenset()
    gewijzigd: frozenset[str] = frozenset()
    hernoemd: frozenset[str] = frozenset()

    @property
    def geraakt(self) -> frozenset[str]:
        return self.vervallen | self.gewijzigd | self.hernoemd


def successors_on(op: date) -> dict[str, str]:
    """The codes of gemeenten that are no more on a day, each with the code of the gemeente that answers for its ground then."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT code, gebieden_gemeente_op(code, %(op)s) FROM gebieden_gemeente"
            " WHERE opvolger_id IS NOT NULL AND geldig_tot <= %(op)s",
            {"op": op},
        )
        return dict(cursor.fetchall())


def list_edities() -> QuerySet[Editie]:
    """Newest year and version first. One that was never finished is among them, with its status."""
    return Editie.objects.all()


def editie_json(editie: Editie) -> dict[str, Any]:
    """How an editie is told to other programs; `geladen_op` is null for one that was never finished."""
    geladen = editie.status == EditieStatus.GELADEN
    return {
        "id": editie.pk,
        "editie": editie.label,
        "actief": editie.actief,
        "adressen": editie.adressen,
        "geladen_op": editie.geladen_op.astimezone(AMSTERDAM).isoformat(timespec="seconds") if geladen else None,
    }


_BUURTEN = "SELECT DISTINCT buurt_code FROM gebieden_registerregel WHERE editie_id = %s"
_POSTCODES_WEG = """
SELECT DISTINCT oud.postcode FROM gebieden_registerregel oud
WHERE oud.editie_id = %(oud)s AND NOT EXISTS (
    SELECT FROM gebieden_registerregel nieuw WHERE nieuw.editie_id = %(nieuw)s AND nieuw.postcode = oud.postcode
)
"""
_PC4_WEG = """
SELECT pc4 FROM unnest(%(pc4)s::text[]) pc4 WHERE NOT EXISTS (
    SELECT FROM gebieden_registerregel WHERE editie_id = %(nieuw)s AND postcode BETWEEN pc4 || 'AA' AND pc4 || 'ZZ'
)
"""
# Pairs of rows that share a postcode but not a buurt are few; only of those the house numbers are compared.
_VERHUISD = """
WITH paar AS MATERIALIZED (
    SELECT was.id AS was_id, wordt.id AS wordt_id FROM gebieden_registerregel was
    JOIN gebieden_registerregel wordt ON wordt.postcode = was.postcode AND wordt.buurt_code <> was.buurt_code
    WHERE was.editie_id = %(oud)s AND wordt.editie_id = %(nieuw)s
)
SELECT DISTINCT was.buurt_code, wordt.buurt_code FROM paar
JOIN gebieden_registerregel was ON was.id = paar.was_id
JOIN gebieden_registerregel wordt ON wordt.id = paar.wordt_id
WHERE was.huisnummers && wordt.huisnummers
"""
_HERNOEMD = """
SELECT oud.code FROM {table} oud JOIN {table} nieuw USING (code)
WHERE oud.editie_id = %(oud)s AND nieuw.editie_id = %(nieuw)s AND oud.naam <> nieuw.naam
"""


def compare_edities(oud: Editie, nieuw: Editie) -> Verschil:
    """What changes for rules about areas when `nieuw` takes the place of `oud`. To be called in a transaction."""
    ids = {"oud": oud.pk, "nieuw": nieuw.pk}
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '64MB'")
        vervallen = _vanished(cursor, ids)
        cursor.execute(_VERHUISD, ids)
        gewijzigd = {code for van, naar in cursor.fetchall() for code in _areas(van) ^ _areas(naar)}
        hernoemd = {code for code, naam in oud.gemeenten.items() if nieuw.gemeenten.get(code, naam) != naam}
        for table in ("gebieden_wijk", "gebieden_buurt"):
            cursor.execute(_HERNOEMD.format(table=table), ids)
            hernoemd.update(code for (code,) in cursor.fetchall())
    return Verschil(vervallen, frozenset(gewijzigd) - vervallen, frozenset(hernoemd) - vervallen)


def _vanished(cursor: CursorWrapper, ids: dict[str, int]) -> frozenset[str]:
    """Codes of every kind that held an address in the old editie and hold none in the new one."""
    gebieden: list[set[str]] = []
    for editie in (ids["oud"], ids["nieuw"]):
        cursor.execute(_BUURTEN, [editie])
        gebieden.append({code for (buurt,) in cursor.fetchall() for code in _areas(buurt)})
    cursor.execute(_POSTCODES_WEG, ids)
    postcodes = {postcode for (postcode,) in cursor.fetchall()}
    cursor.execute(_PC4_WEG, {"pc4": sorted({postcode[:4] for postcode in postcodes}), **ids})
    return frozenset((gebieden[0] - gebieden[1]) | postcodes | {pc4 for (pc4,) in cursor.fetchall()})


def _areas(buurt: str) -> set[str]:
    """The buurt itself, its wijk and its gemeente."""
    return {buurt, f"WK{buurt[2:8]}", f"GM{buurt[2:6]}"}
