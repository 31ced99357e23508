"""Make a loaded editie the active one, forward or back."""

import json
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from gebieden.models import Editie, EditieStatus
from gebieden.queries import Verschil, compare_edities
from kern.actions import record_event
from kern.kijker import Kijker

#: Two activations wait for each other. The second number keeps it apart from the lock of an import.
_SLOT = (0x6765, 1)


class NietTeActiverenError(Exception):
    """This editie cannot become the active one; the message says why."""


@dataclass(frozen=True, slots=True)
class Activatie:
    """What an activation did. `vorige` is None the first time, and `verschil` is empty then, or when nothing changed."""

    editie: Editie
    vorige: Editie | None
    verschil: Verschil


@transaction.atomic
def activate_editie(*, editie_id: int, by: Kijker, op: datetime) -> Activatie:
    """Switch the register to this editie at once: readers see the old one or the new one, never a mix.

    The names of its gemeenten become the current names; gemeenten new to the portal get a row outside the region. Desk and region
    of a gemeente stay as they are. Activating the active editie changes nothing.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", _SLOT)
    editie = Editie.objects.select_for_update().filter(pk=editie_id).first()
    if editie is None:
        raise NietTeActiverenError(f"Er is geen editie met id {editie_id}.")
    if editie.status != EditieStatus.GELADEN or not editie.adressen:
        raise NietTeActiverenError(f"Editie {editie.label} is niet helemaal geladen en kan niet actief worden.")
    vorige = Editie.objects.filter(actief=True).first()
    if vorige == editie:
        return Activatie(editie, vorige, Verschil())
    verschil = compare_edities(vorige, editie) if vorige else Verschil()
    Editie.objects.filter(actief=True).update(actief=False)
    editie.actief = True
    editie.geactiveerd_op = op
    editie.save(update_fields=["actief", "geactiveerd_op"])
    _name_gemeenten(editie)
    record_event(
        soort="editie_geactiveerd",
        onderwerp_soort="editie",
        onderwerp_id=editie.pk,
        by=by,
        op=op,
        gegevens={"editie": editie.label, "vorige": vorige.pk if vorige else None, "geraakt": len(verschil.geraakt)},
    )
    return Activatie(editie, vorige, verschil)


def _name_gemeenten(editie: Editie) -> None:
    """Every gemeente of the editie has a row under its current name."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO gebieden_gemeente AS gemeente (code, naam, loket_naam, loket_telefoon, loket_email, loket_url)
            SELECT codes.code, coalesce(%(namen)s::jsonb ->> codes.code, codes.code), '', '', '', ''
            FROM (
                SELECT jsonb_object_keys(%(namen)s::jsonb) AS code
                UNION SELECT DISTINCT 'GM' || substr(wijk.code, 3, 4) FROM gebieden_wijk wijk WHERE wijk.editie_id = %(editie)s
            ) codes
            ORDER BY codes.code
            ON CONFLICT (code) DO UPDATE SET naam = EXCLUDED.naam
            WHERE gemeente.naam <> EXCLUDED.naam AND EXCLUDED.naam <> EXCLUDED.code
            """,
            {"namen": json.dumps(editie.gemeenten), "editie": editie.pk},
        )
