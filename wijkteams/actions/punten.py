"""Aanspreekpunten: who is the fixed contact, for which school, sector or team, from which day, and who stands in."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from kern.actions import record_event
from kern.kijker import Kijker
from wijkteams.actions.opslaan import day_of, locked, not_before_today, save_checked
from wijkteams.models import Aanspreekpunt, Contactpersoon

_ALLES = ("wijkteam_id", "contactpersoon_id", "vestiging_id", "school_id", "sector", "vervanger_id", "tot")


@transaction.atomic
def create_aanspreekpunt(*, gegevens: Mapping[str, Any], by: Kijker, op: datetime) -> Aanspreekpunt:
    punt = Aanspreekpunt(**{naam: value for naam, value in gegevens.items() if value is not None})
    not_before_today("van", punt.van, day_of(op), "Een aanspreekpunt beginnen")
    _check_people(punt)
    save_checked(punt)
    _record("aanspreekpunt_gemaakt", punt, by, op)
    return punt


@transaction.atomic
def end_aanspreekpunt(*, punt: Aanspreekpunt, tot: date, by: Kijker, op: datetime) -> Aanspreekpunt | None:
    """From `tot` on it no longer holds; one that never began is taken back (and None)."""
    row = locked(Aanspreekpunt, punt.pk)
    not_before_today("tot", tot, day_of(op), "Een aanspreekpunt stoppen")
    if row.tot is not None and tot >= row.tot:
        raise ValidationError({"tot": f"Dit aanspreekpunt stopt al op {row.tot:%d-%m-%Y}."})
    if tot <= row.van:
        _record("aanspreekpunt_ingetrokken", row, by, op)
        row.delete()
        return None
    row.tot = tot
    save_checked(row)
    _record("aanspreekpunt_gestopt", row, by, op)
    return row


@transaction.atomic
def replace_aanspreekpunt(
    *,
    punt: Aanspreekpunt,
    vanaf: date,
    contactpersoon: Contactpersoon,
    vervanger: Contactpersoon | None,
    by: Kijker,
    op: datetime,
) -> Aanspreekpunt:
    """From `vanaf` on someone else is the contact, or stands in; who it was until then stays known."""
    row = locked(Aanspreekpunt, punt.pk)
    not_before_today("vanaf", vanaf, day_of(op), "Een aanspreekpunt veranderen")
    if row.tot is not None and vanaf >= row.tot:
        raise ValidationError({"vanaf": f"Dit aanspreekpunt stopt al op {row.tot:%d-%m-%Y}."})
    vervanger_id = vervanger.pk if vervanger else None
    if (row.contactpersoon_id, row.vervanger_id) == (contactpersoon.pk, vervanger_id):
        raise ValidationError("Er verandert niets. Kies iemand anders.")
    nieuw = continue_punt(row, vanaf, contactpersoon_id=contactpersoon.pk, vervanger_id=vervanger_id)
    _check_people(nieuw)
    _record("aanspreekpunt_vervangen", nieuw, by, op, vorige=punt.pk)
    return nieuw


def continue_punt(row: Aanspreekpunt, vanaf: date, **anders: Any) -> Aanspreekpunt:
    """The same scope with other people from a day on: the row itself when it did not begin before that, else a next one."""
    if row.van >= vanaf:
        for naam, value in anders.items():
            setattr(row, naam, value)
        return save_checked(row)
    nieuw = Aanspreekpunt(**{naam: getattr(row, naam) for naam in _ALLES} | anders, van=vanaf)
    row.tot = vanaf
    row.save(update_fields=["tot"])
    return save_checked(nieuw)


def _check_people(punt: Aanspreekpunt) -> None:
    """Both work at this team on the day it begins."""
    for veld, wie in (("contactpersoon", punt.contactpersoon), ("vervanger", punt.vervanger)):
        if wie is None:
            continue
        if wie.wijkteam_id != punt.wijkteam_id:
            raise ValidationError({veld: f"{wie} werkt niet bij dit wijkteam."})
        if wie.in_dienst_tot is not None and wie.in_dienst_tot <= punt.van:
            raise ValidationError({veld: f"{wie} werkt hier dan niet meer (tot {wie.in_dienst_tot:%d-%m-%Y})."})


def _record(soort: str, punt: Aanspreekpunt, by: Kijker, op: datetime, **anders: Any) -> None:
    record_event(
        soort=soort,
        onderwerp_soort="aanspreekpunt",
        onderwerp_id=punt.pk,
        by=by,
        op=op,
        gegevens={
            "wijkteam": punt.wijkteam_id,
            "contactpersoon": punt.contactpersoon_id,
            "vervanger": punt.vervanger_id,
            "van": punt.van.isoformat(),
            "tot": punt.tot.isoformat() if punt.tot else None,
            **anders,
        },
    )
