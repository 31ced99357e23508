"""People of a wijkteam: who they are, how they are reached, that this was looked at, and their last day."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.db.models import Q

from kern.actions import record_event
from kern.kijker import Kijker
from wijkteams.actions.opslaan import day_of, locked, save_checked
from wijkteams.models import Aanspreekpunt, Afwezigheid, Contactpersoon

#: So long ago, and so far ahead, a last day can lie: further is a slip of the pen in the year.
VERTREK_TERUG, VERTREK_VOORUIT = timedelta(days=5 * 365), timedelta(days=2 * 365)


@transaction.atomic
def create_contactpersoon(
    *, gegevens: Mapping[str, Any], foto: "File[bytes] | None" = None, by: Kijker, op: datetime
) -> Contactpersoon:
    """A new colleague. Whoever fills this in knows that it is right: it counts as verified today."""
    persoon = Contactpersoon(**gegevens, geverifieerd_op=day_of(op))
    if foto is not None:
        persoon.foto = foto
    save_checked(persoon)
    _record("contactpersoon_gemaakt", persoon, by, op, wijkteam=persoon.wijkteam_id)
    return persoon


@transaction.atomic
def edit_contactpersoon(
    *,
    persoon: Contactpersoon,
    gegevens: Mapping[str, Any],
    foto: "File[bytes] | None" = None,
    foto_weg: bool = False,
    by: Kijker,
    op: datetime,
) -> Contactpersoon:
    """Change how someone is shown and reached; that is a verification too. A photo that is replaced is gone from the disk."""
    row = locked(Contactpersoon, persoon.pk)
    old = row.foto.name or ""
    changed = [naam for naam, value in gegevens.items() if getattr(row, naam) != value]
    for naam in changed:
        setattr(row, naam, gegevens[naam])
    if foto is not None:
        row.foto = foto
    elif foto_weg:
        row.foto = ""
    row.geverifieerd_op = day_of(op)
    save_checked(row)
    if old and old != row.foto.name:
        transaction.on_commit(lambda: row.foto.storage.delete(old))
    if old != (row.foto.name or ""):
        changed.append("foto")
    _record("contactpersoon_gewijzigd", row, by, op, velden=sorted(changed))
    return row


@transaction.atomic
def verify_contactpersoon(*, persoon: Contactpersoon, by: Kijker, op: datetime) -> Contactpersoon:
    """'De gegevens kloppen nog.'"""
    row = locked(Contactpersoon, persoon.pk)
    row.geverifieerd_op = day_of(op)
    row.save(update_fields=["geverifieerd_op"])
    _record("contactpersoon_geverifieerd", row, by, op)
    return row


@transaction.atomic
def end_contactpersoon(*, persoon: Contactpersoon, in_dienst_tot: date, by: Kijker, op: datetime) -> Contactpersoon:
    """`in_dienst_tot` is the first day on which this person is no longer here. Refused as long as something is theirs from then
    on: hand it over first (`wijkteams.actions.overdragen`), in the same transaction."""
    row = locked(Contactpersoon, persoon.pk)
    check_last_day(in_dienst_tot, day_of(op))
    if left := relations_from(row, in_dienst_tot):
        raise ValidationError({"in_dienst_tot": f"{row} heeft dan nog {left}. Kies eerst wie dat overneemt."})
    row.in_dienst_tot = in_dienst_tot
    row.save(update_fields=["in_dienst_tot"])
    _record("contactpersoon_vertrekt", row, by, op, in_dienst_tot=in_dienst_tot.isoformat())
    return row


def check_last_day(dag: date, vandaag: date) -> None:
    """A day that somebody can really have as the last one."""
    eerste, laatste = vandaag - VERTREK_TERUG, vandaag + VERTREK_VOORUIT
    if not eerste <= dag <= laatste:
        told = f"Kies een dag van {eerste:%-d-%-m-%Y} tot en met {laatste:%-d-%-m-%Y}. Klopt het jaar?"
        raise ValidationError({"in_dienst_tot": told})


def relations_from(persoon: Contactpersoon, dag: date) -> str:
    """What still points at this person from a day on, in words; '' when nothing does."""
    open_then = Q(tot__isnull=True) | Q(tot__gt=dag)
    counts = (
        (Aanspreekpunt.objects.filter(open_then, contactpersoon=persoon).count(), "aanspreekpunt", "aanspreekpunten"),
        (
            Aanspreekpunt.objects.filter(open_then, vervanger=persoon).count()
            + Afwezigheid.objects.filter(vervanger=persoon, tot_en_met__gte=dag).count(),
            "vervanging",
            "vervangingen",
        ),
    )
    return " en ".join(f"{count} {one if count == 1 else more}" for count, one, more in counts if count)


@transaction.atomic
def keep_contactpersoon(*, persoon: Contactpersoon, by: Kijker, op: datetime) -> Contactpersoon:
    """Someone stays after all. What was handed over stays handed over."""
    row = locked(Contactpersoon, persoon.pk)
    row.in_dienst_tot = None
    row.save(update_fields=["in_dienst_tot"])
    _record("contactpersoon_blijft", row, by, op)
    return row


def _record(soort: str, persoon: Contactpersoon, by: Kijker, op: datetime, **gegevens: Any) -> None:
    record_event(soort=soort, onderwerp_soort="contactpersoon", onderwerp_id=persoon.pk, by=by, op=op, gegevens=gegevens)
