"""The register of mandates: given, and ended on a day. What held in the past is never changed."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from gebieden.models import Gemeente
from gebieden.rollen import REGIOCOORDINATOR
from kern.actions import record_event
from kern.kijker import Kijker
from wijkteams.actions.opslaan import day_of, locked, save_checked
from wijkteams.models import Mandaat

ONDERWERP = "mandaat"


@transaction.atomic
def give_mandaten(*, gemeenten: Iterable[Gemeente], gegevens: Mapping[str, Any], by: Kijker, op: datetime) -> list[Mandaat]:
    """The same mandate for pupils of each of these gemeenten: all or none. A clash names the gemeente."""
    made = []
    clashes = []
    for gemeente in gemeenten:
        _may(gemeente, by)
        try:
            mandaat = save_checked(Mandaat(gemeente=gemeente, vastgelegd_op=op, **gegevens))
        except ValidationError as problem:
            if set(problem.error_dict) != {"van"}:
                raise
            clashes.append(f"{gemeente}: op een deel van deze dagen heeft de school al een mandaat.")
            continue
        _record("mandaat_gegeven", mandaat, by, op)
        made.append(mandaat)
    if clashes:
        raise ValidationError({"gemeenten": clashes})
    if not made:
        raise ValidationError({"gemeenten": "Kies minstens één gemeente."})
    return made


@transaction.atomic
def end_mandaat(*, mandaat: Mandaat, tot: date, reden: str, by: Kijker, op: datetime) -> Mandaat:
    """The mandate no longer holds from `tot` on: from today at the earliest, and never later than was agreed."""
    row = locked(Mandaat, mandaat.pk)
    _may(row.gemeente, by)
    vandaag = day_of(op)
    if row.tot is not None and row.tot <= vandaag:
        raise ValidationError({"tot": f"Dit mandaat is al voorbij, sinds {row.tot:%d-%m-%Y}."})
    if tot < vandaag:
        raise ValidationError({"tot": "Een mandaat stopt niet met terugwerkende kracht. Kies vandaag of later."})
    if row.tot is not None and tot > row.tot:
        raise ValidationError({"tot": "Dit kan een mandaat niet verlengen. Leg een nieuw mandaat vast, dat daarna begint."})
    if tot <= row.van:
        raise ValidationError({"tot": f"Het mandaat begint op {row.van:%d-%m-%Y}. Kies een latere dag."})
    row.tot, row.einde_reden = tot, reden
    save_checked(row)
    _record("mandaat_beeindigd", row, by, op)
    return row


def _may(gemeente: Gemeente, by: Kijker) -> None:
    if not by.heeft_voor(REGIOCOORDINATOR, gemeente.regio_id):
        raise PermissionDenied


def _record(soort: str, mandaat: Mandaat, by: Kijker, op: datetime) -> None:
    gegevens = {
        "school": mandaat.school_id,
        "gemeente": mandaat.gemeente.code,
        "van": mandaat.van.isoformat(),
        "tot": mandaat.tot.isoformat() if mandaat.tot else None,
    }
    record_event(soort=soort, onderwerp_soort=ONDERWERP, onderwerp_id=mandaat.pk, by=by, op=op, gegevens=gegevens)
