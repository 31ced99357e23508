"""Gemeenten: how their access desk is reached, and that one goes on in another on a day."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from gebieden.models import Gemeente
from kern.actions import record_event
from kern.kijker import Kijker


@transaction.atomic
def edit_gemeente(*, gemeente: Gemeente, gegevens: Mapping[str, Any], by: Kijker, op: datetime) -> Gemeente:
    """Change what the portal itself knows of a gemeente; name and code come from the CBS."""
    row = Gemeente.objects.select_for_update(of=("self",)).get(pk=gemeente.pk)
    changed = [naam for naam, value in gegevens.items() if getattr(row, naam) != value]
    for naam in changed:
        setattr(row, naam, gegevens[naam])
    row.full_clean()
    row.save()
    if changed:
        _record("gemeente_gewijzigd", row, by, op, velden=sorted(changed))
    return row


@transaction.atomic
def merge_gemeente(*, gemeente: Gemeente, opvolger: Gemeente, op_datum: date, by: Kijker, op: datetime) -> Gemeente:
    """From `op_datum` on `opvolger` answers for the territory of `gemeente`. On any date: past, today or to come.

    Only the fact itself. What depends on a gemeente lies in other rooms and moves with it: see `portal.netwerk.fusie`.
    """
    rows = {row.pk: row for row in Gemeente.objects.select_for_update(of=("self",)).filter(pk__in=[gemeente.pk, opvolger.pk])}
    oud, nieuw = rows[gemeente.pk], rows[opvolger.pk]
    if oud.pk == nieuw.pk:
        raise ValidationError({"opvolger": "Een gemeente kan niet opgaan in zichzelf."})
    if oud.opvolger_id is not None or oud.geldig_tot is not None:
        raise ValidationError({"op_datum": f"{oud} gaat al op in een andere gemeente, op {oud.geldig_tot:%d-%m-%Y}."})
    if nieuw.geldig_tot is not None and nieuw.geldig_tot <= op_datum:
        raise ValidationError({"opvolger": f"{nieuw} bestaat dan niet meer (tot {nieuw.geldig_tot:%d-%m-%Y})."})
    if nieuw.geldig_van is not None and nieuw.geldig_van > op_datum:
        raise ValidationError({"opvolger": f"{nieuw} bestaat dan nog niet (vanaf {nieuw.geldig_van:%d-%m-%Y})."})
    if _goes_on_in(nieuw, oud):
        raise ValidationError({"opvolger": f"{nieuw} gaat zelf op in {oud}: dan hield geen van beide iets over."})
    oud.geldig_tot, oud.opvolger = op_datum, nieuw
    oud.full_clean()
    oud.save(update_fields=["geldig_tot", "opvolger"])
    _record("gemeente_samengevoegd", oud, by, op, opvolger=nieuw.pk, op_datum=op_datum.isoformat())
    return oud


def _goes_on_in(start: Gemeente, doel: Gemeente) -> bool:
    """Would the chain of mergers come back to where it began?"""
    seen: set[int] = set()
    row: Gemeente | None = start
    while row is not None and row.pk not in seen:
        if row.pk == doel.pk:
            return True
        seen.add(row.pk)
        row = row.opvolger
    return False


def _record(soort: str, gemeente: Gemeente, by: Kijker, op: datetime, **gegevens: Any) -> None:
    record_event(soort=soort, onderwerp_soort="gemeente", onderwerp_id=gemeente.pk, by=by, op=op, gegevens=gegevens)
