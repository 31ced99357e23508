"""The address register as others read it: from postcode and house number to buurt, wijk and gemeente, in one query.

    vondst = zoek_buurten("2037RB", 12)
    vondst.editie          -> EditieRef(id=3, label="2025"), None when nothing was ever activated
    vondst.trefzekerheid   -> NUMMER, POSTCODE, PC4 or NIETS: how the buurten below were found
    vondst.buurten         -> tuple of GevondenBuurt, sorted by code

The active editie is always used. Both arguments must be exact (see `gebieden.adres`).
NUMMER: the number itself is in the register; in two buurten only when a forced import held one key twice.
POSTCODE: the PC6 is known, the number is not: every buurt of the PC6.
PC4: the PC6 is not in the register: every buurt of the same four digits, as candidates. NIETS: not even those.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db import connection

from gebieden.models import Editie
from gebieden.rules import editie_label
from kern.klok import today


class Trefzekerheid(StrEnum):
    NUMMER = "nummer"
    POSTCODE = "postcode"
    PC4 = "pc4"
    NIETS = "niets"


@dataclass(frozen=True, slots=True)
class EditieRef:
    """Which editie an answer stands on. `label` is how it is named on screen and in JSON ('2025', '2025-2')."""

    id: int
    label: str


@dataclass(frozen=True, slots=True)
class GemeenteRef:
    """A gemeente, with what there is to show when it is outside the region. `id` is None only when it has no row at all."""

    id: int | None
    code: str
    naam: str
    regio_id: int | None
    loket_naam: str = ""
    loket_telefoon: str = ""
    loket_email: str = ""
    loket_url: str = ""

    @property
    def in_regio(self) -> bool:
        return self.regio_id is not None


@dataclass(frozen=True, slots=True)
class GevondenBuurt:
    """One buurt in which the address lies or may lie. Codes carry the CBS prefix; a name falls back to the code.

    `nummer_bekend`: the house number itself is listed in this buurt. `nummers` is how many numbers of the PC6 (or PC4) it holds.
    """

    code: str
    naam: str
    wijk_code: str
    wijk_naam: str
    gemeente: GemeenteRef
    nummer_bekend: bool
    nummers: int


@dataclass(frozen=True, slots=True)
class Vondst:
    postcode: str
    huisnummer: int
    editie: EditieRef | None
    trefzekerheid: Trefzekerheid
    buurten: tuple[GevondenBuurt, ...] = ()


# One statement, so that one snapshot answers: an activation in between cannot mix two edities.
_ZOEK = """
WITH editie AS (
    SELECT id, jaar, versie FROM gebieden_editie WHERE actief
), pc6 AS (
    SELECT regel.buurt_code,
        regel.huisnummers @> ARRAY[%(nummer)s::int] AS bekend,
        cardinality(regel.huisnummers)::bigint AS nummers
    FROM gebieden_registerregel regel
    WHERE regel.editie_id = (SELECT id FROM editie) AND regel.postcode = %(postcode)s
), pc4 AS (
    SELECT regel.buurt_code, false AS bekend, sum(cardinality(regel.huisnummers)) AS nummers
    FROM gebieden_registerregel regel
    WHERE regel.editie_id = (SELECT id FROM editie) AND NOT EXISTS (SELECT FROM pc6)
        AND regel.postcode BETWEEN %(pc4)s || 'AA' AND %(pc4)s || 'ZZ'
    GROUP BY regel.buurt_code
), gevonden AS (
    SELECT *, true AS is_pc6 FROM pc6 UNION ALL SELECT *, false FROM pc4
)
SELECT editie.id, editie.jaar, editie.versie, gevonden.buurt_code, gevonden.bekend, gevonden.nummers, gevonden.is_pc6,
    buurt.naam, wijk.naam, gemeente.id, gemeente.naam, gemeente.regio_id,
    gemeente.loket_naam, gemeente.loket_telefoon, gemeente.loket_email, gemeente.loket_url, gemeente.code
FROM editie
LEFT JOIN gevonden ON true
LEFT JOIN gebieden_buurt buurt ON buurt.editie_id = editie.id AND buurt.code = gevonden.buurt_code
LEFT JOIN gebieden_wijk wijk ON wijk.editie_id = editie.id AND wijk.code = 'WK' || substr(gevonden.buurt_code, 3, 6)
LEFT JOIN gebieden_gemeente gemeente
    ON gemeente.code = gebieden_gemeente_op('GM' || substr(gevonden.buurt_code, 3, 4), %(op)s)
ORDER BY gevonden.buurt_code
"""


def zoek_buurten(postcode: str, huisnummer: int, op: date | None = None) -> Vondst:
    """Where an address lies, by the active editie. One query; takes the exact form only ('2037RB', 12).

    The gemeente is the one that answers for the buurt on the day `op` (today): after a merger the successor, also as long as the
    register names the old code.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ZOEK, {"postcode": postcode, "pc4": postcode[:4], "nummer": huisnummer, "op": op or today()})
        rows = cursor.fetchall()
    if not rows:
        return Vondst(postcode, huisnummer, None, Trefzekerheid.NIETS)
    editie = EditieRef(rows[0][0], editie_label(rows[0][1], rows[0][2]))
    buurten = tuple(_buurt(row) for row in rows if row[3] is not None)
    if not buurten:
        return Vondst(postcode, huisnummer, editie, Trefzekerheid.NIETS)
    if not rows[0][6]:
        return Vondst(postcode, huisnummer, editie, Trefzekerheid.PC4, buurten)
    exact = tuple(buurt for buurt in buurten if buurt.nummer_bekend)
    if exact:
        return Vondst(postcode, huisnummer, editie, Trefzekerheid.NUMMER, exact)
    return Vondst(postcode, huisnummer, editie, Trefzekerheid.POSTCODE, buurten)


# The same columns for one code, which the active editie may or may not know.
_LEES = """
SELECT NULL, NULL, NULL, %(code)s, true, 1, true,
    buurt.naam, wijk.naam, gemeente.id, gemeente.naam, gemeente.regio_id,
    gemeente.loket_naam, gemeente.loket_telefoon, gemeente.loket_email, gemeente.loket_url, gemeente.code
FROM (SELECT id FROM gebieden_editie WHERE actief) editie
LEFT JOIN gebieden_buurt buurt ON buurt.editie_id = editie.id AND buurt.code = %(code)s
LEFT JOIN gebieden_wijk wijk ON wijk.editie_id = editie.id AND wijk.code = 'WK' || substr(%(code)s, 3, 6)
LEFT JOIN gebieden_gemeente gemeente ON gemeente.code = gebieden_gemeente_op('GM' || substr(%(code)s, 3, 4), %(op)s)
"""


def lees_buurt(code: str, op: date | None = None) -> tuple[bool, GevondenBuurt | None]:
    """Does the active editie know this buurt, and what there is to say of it. One query. None without an active editie.

    For an address that comes from elsewhere (see `gebieden.pdok`). Of an unknown buurt only the gemeente is to be relied on.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LEES, {"code": code, "op": op or today()})
        row = cursor.fetchone()
    return (row[7] is not None, _buurt(row)) if row else (False, None)


def _buurt(row: tuple[Any, ...]) -> GevondenBuurt:
    code = row[3]
    wijk_code, gemeente_code = f"WK{code[2:8]}", row[16] or f"GM{code[2:6]}"
    gemeente = GemeenteRef(row[9], gemeente_code, row[10] or gemeente_code, row[11], *(veld or "" for veld in row[12:16]))
    return GevondenBuurt(
        code=code,
        naam=row[7] or code,
        wijk_code=wijk_code,
        wijk_naam=row[8] or wijk_code,
        gemeente=gemeente,
        nummer_bekend=bool(row[4]),
        nummers=int(row[5]),
    )


def active_editie() -> EditieRef | None:
    """The editie that answers now, or None when nothing was ever activated."""
    editie = Editie.objects.filter(actief=True).only("id", "jaar", "versie").first()
    return EditieRef(editie.pk, editie.label) if editie else None
