"""An aanbieder keeps its own entry: who they are, how to ask, how many places, and how long somebody waits now.

What was bought, the norm and the ages are no part of it: those were agreed with gemeenten and the region.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction

from kern.actions import record_event
from kern.kijker import Kijker
from kern.klok import local_date
from zorgaanbod.models import Aanbieder, Arrangement, Wachttijd
from zorgaanbod.rollen import AANBIEDER
from zorgaanbod.rules import MOET_NOG_KOMEN

VELDEN_AANBIEDER = ("omschrijving", "telefoon", "email", "website")
VELDEN_ARRANGEMENT = ("omschrijving", "zo_vraagt_u_aan", "capaciteit")


@transaction.atomic
def edit_aanbieder(*, aanbieder: Aanbieder, gegevens: Mapping[str, Any], by: Kijker, op: datetime) -> Aanbieder:
    _may(aanbieder.pk, by)
    row = Aanbieder.objects.select_for_update().get(pk=aanbieder.pk)
    _change(row, {name: gegevens[name] for name in VELDEN_AANBIEDER}, by, op)
    return row


@transaction.atomic
def edit_arrangement(*, arrangement: Arrangement, gegevens: Mapping[str, Any], by: Kijker, op: datetime) -> Arrangement:
    _may(arrangement.aanbieder_id, by)
    row = Arrangement.objects.select_for_update(of=("self",)).get(pk=arrangement.pk)
    _change(row, {name: gegevens[name] for name in VELDEN_ARRANGEMENT}, by, op)
    return row


@transaction.atomic
def record_wachttijd(*, arrangement: Arrangement, weken: int, gemeten_op: date, by: Kijker, op: datetime) -> Wachttijd:
    """How long somebody who asks on that day waits. Said twice on one day, the last one holds; earlier days stay as they were.

    The same said again is written down once.
    """
    _may(arrangement.aanbieder_id, by)
    row = Arrangement.objects.select_for_update(of=("self",)).get(pk=arrangement.pk)
    if gemeten_op > local_date(op):
        raise ValidationError({"gemeten_op": MOET_NOG_KOMEN})
    newest = row.wachttijden.order_by("-gemeten_op", "-id").first()
    if newest is not None and gemeten_op < newest.gemeten_op:
        told = f"Er is al een wachttijd van {newest.gemeten_op:%d-%m-%Y}. Vul die dag of een latere in."
        raise ValidationError({"gemeten_op": told})
    if newest is not None and (newest.gemeten_op, newest.weken) == (gemeten_op, weken):
        return newest
    measured = Wachttijd(arrangement=row, weken=weken, gemeten_op=gemeten_op, door_id=by.user_id, vastgelegd_op=op)
    measured.full_clean()
    measured.save()
    data = {"weken": weken, "gemeten_op": gemeten_op.isoformat()}
    record_event(soort="wachttijd_vastgelegd", onderwerp_soort="arrangement", onderwerp_id=row.pk, by=by, op=op, gegevens=data)
    return measured


def _may(aanbieder_id: int, by: Kijker) -> None:
    if not by.heeft_voor(AANBIEDER, aanbieder_id):
        raise PermissionDenied


def _change(row: models.Model, values: Mapping[str, Any], by: Kijker, op: datetime) -> None:
    """Save what is different, and write down which fields; nothing changed, nothing written."""
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    if not changed:
        return
    for name in changed:
        setattr(row, name, values[name])
    row.full_clean()
    row.save(update_fields=changed)
    soort = type(row).__name__.lower()
    data = {"velden": changed}
    record_event(soort=f"{soort}_gewijzigd", onderwerp_soort=soort, onderwerp_id=row.pk, by=by, op=op, gegevens=data)
