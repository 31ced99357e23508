"""Who is away, until when, and who stands in. The reason is nobody's business."""

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from kern.actions import record_event
from kern.kijker import Kijker
from wijkteams.actions.opslaan import day_of, locked, save_checked
from wijkteams.models import Afwezigheid, Contactpersoon


@transaction.atomic
def report_absence(
    *, persoon: Contactpersoon, van: date, tot_en_met: date, vervanger: Contactpersoon | None, by: Kijker, op: datetime
) -> Afwezigheid:
    """Someone is away on these days. It may have begun already (ill since yesterday), it may not be over already."""
    if tot_en_met < day_of(op):
        raise ValidationError({"tot_en_met": "Deze dagen zijn al voorbij."})
    row = Afwezigheid(contactpersoon=persoon, van=van, tot_en_met=tot_en_met, vervanger=vervanger)
    check_deputy(row)
    save_checked(row)
    _record("afwezigheid_gemeld", row, by, op)
    return row


@transaction.atomic
def change_absence(
    *, afwezigheid: Afwezigheid, tot_en_met: date, vervanger: Contactpersoon | None, by: Kijker, op: datetime
) -> Afwezigheid:
    """Longer or shorter away, or someone else stands in."""
    row = locked(Afwezigheid, afwezigheid.pk)
    if tot_en_met < day_of(op):
        raise ValidationError({"tot_en_met": "Deze dag is al voorbij. Is iemand terug, kies dan ‘Weer terug’."})
    row.tot_en_met, row.vervanger = tot_en_met, vervanger
    check_deputy(row)
    save_checked(row)
    _record("afwezigheid_gewijzigd", row, by, op)
    return row


@transaction.atomic
def end_absence(*, afwezigheid: Afwezigheid, by: Kijker, op: datetime) -> None:
    """Back today; days that had not begun are taken back."""
    row = locked(Afwezigheid, afwezigheid.pk)
    yesterday = day_of(op) - timedelta(days=1)
    _record("afwezigheid_gestopt", row, by, op)
    if row.van > yesterday:
        row.delete()
    elif row.tot_en_met > yesterday:
        row.tot_en_met = yesterday
        save_checked(row)


def check_deputy(row: Afwezigheid) -> None:
    """Who stands in works at the same team, and is there."""
    wie = row.vervanger
    if wie is None:
        return
    if wie.wijkteam_id != row.contactpersoon.wijkteam_id:
        raise ValidationError({"vervanger": f"{wie} werkt niet bij dit wijkteam."})
    if wie.in_dienst_tot is not None and wie.in_dienst_tot <= row.tot_en_met:
        raise ValidationError({"vervanger": f"{wie} werkt hier dan niet meer (tot {wie.in_dienst_tot:%d-%m-%Y})."})
    weg = Afwezigheid.objects.filter(contactpersoon=wie, van__lte=row.tot_en_met, tot_en_met__gte=row.van).first()
    if weg is not None:
        raise ValidationError(
            {"vervanger": f"{wie} is zelf afwezig van {weg.van:%d-%m-%Y} tot en met {weg.tot_en_met:%d-%m-%Y}."}
        )


def _record(soort: str, row: Afwezigheid, by: Kijker, op: datetime) -> None:
    record_event(
        soort=soort,
        onderwerp_soort="contactpersoon",
        onderwerp_id=row.contactpersoon_id,
        by=by,
        op=op,
        gegevens={"van": row.van.isoformat(), "tot_en_met": row.tot_en_met.isoformat(), "vervanger": row.vervanger_id},
    )
