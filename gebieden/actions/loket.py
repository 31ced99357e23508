"""What is known of a gemeente outside the region: where help is asked, who pays, and who of ours follows it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from gebieden.models import Gemeente
from gebieden.rollen import REGIOCOORDINATOR
from kern.actions import record_event
from kern.kijker import Kijker

VELDEN = ("loket_naam", "loket_telefoon", "loket_email", "loket_url", "wie_betaalt", "volger")


@transaction.atomic
def edit_loket(*, gemeente: Gemeente, gegevens: Mapping[str, Any], by: Kijker, op: datetime) -> Gemeente:
    """Raises ValidationError at the field that is wrong. A gemeente that takes part in a region keeps its own record."""
    row = Gemeente.objects.select_for_update(of=("self",)).get(pk=gemeente.pk)
    if row.regio_id is not None or not by.heeft(REGIOCOORDINATOR):
        raise PermissionDenied
    changed = [naam for naam in VELDEN if naam in gegevens and getattr(row, naam) != gegevens[naam]]
    if not changed:
        return row
    for naam in changed:
        setattr(row, naam, gegevens[naam])
    row.full_clean()
    row.save(update_fields=changed)
    velden = {"velden": sorted(changed)}
    record_event(soort="loket_gewijzigd", onderwerp_soort="gemeente", onderwerp_id=row.pk, by=by, op=op, gegevens=velden)
    return row
