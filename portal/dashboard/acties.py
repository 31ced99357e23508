"""Every write of the figures: publishing what is due, and the targets of a region."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from django.db import transaction

from casussen.models import Momentopname, Streefwaarde
from gebieden.models import Regio
from gebieden.rollen import REGIOCOORDINATOR
from kern.actions import record_event
from kern.kijker import Kijker
from kern.klok import now
from portal.dashboard.indeling import Periode
from portal.dashboard.namen import names_of
from portal.dashboard.publicatie import quarters_due, ripe_on, weeks_due
from portal.dashboard.publiceren import Cijfers, Inhoud, publish_quarter, publish_stock, publish_year
from portal.dashboard.tellen import Telling, count_flow, count_stock, first_day

Soort = Momentopname.Soort
#: Makes all cuts of a period: what is published, and what is kept to make the year of.
Make = Callable[[], dict[str, tuple[Inhoud, dict[str, Any] | None]]]


def refresh_dashboard(*, regio: Regio, op: date) -> int:
    """Publish what is due on a day and is not there yet. What was published before stays as it is. Answers how many were made.

    Each period is a transaction of its own: a refresh that is killed goes on where it stopped. Two at once wait for each other.
    """
    eerste = first_day(regio)
    if eerste is None:
        return 0
    made = 0
    for quarter in quarters_due(eerste, op):
        made += _publish(regio, Soort.KWARTAAL, quarter.sleutel, quarter.van, quarter.tot, partial(_quarter, regio, quarter))
    for year in sorted({quarter.schooljaar for quarter in quarters_due(eerste, op)}):
        if ripe_on(year) <= op:
            made += _publish(regio, Soort.SCHOOLJAAR, year.sleutel, year.van, year.tot, partial(_year, regio, year))
            Momentopname.objects.filter(regio=regio, soort=Soort.KWARTAAL, van__gte=year.van, tot__lte=year.tot).update(
                geteld=None
            )
    for monday in weeks_due(eerste, op):
        made += _publish(regio, Soort.WEEK, monday.isoformat(), monday, monday, partial(_week, regio, monday))
    return made


@transaction.atomic
def _publish(  # noqa: PLR0917  (a period has that many sides)
    regio: Regio, soort: str, periode: str, van: date, tot: date, make: Make
) -> int:
    """All cuts of one period together, or none."""
    Regio.objects.select_for_update().get(pk=regio.pk)
    if Momentopname.objects.filter(regio=regio, soort=soort, periode=periode).exists():
        return 0
    rows = []
    for blad, (inhoud, geteld) in make().items():
        rows.append(
            Momentopname(
                regio=regio,
                soort=soort,
                periode=periode,
                blad=blad,
                van=van,
                tot=tot,
                gemaakt_op=now(),
                inhoud=inhoud.as_json() | {"namen": names_of(blad, inhoud.ouder)},
                geteld=geteld,
            )
        )
    Momentopname.objects.bulk_create(rows)
    return len(rows)


def _week(regio: Regio, monday: date) -> dict[str, tuple[Inhoud, dict[str, Any] | None]]:
    return {blad: (publish_stock(counted), None) for blad, counted in count_stock(regio, op=monday).items()}


def _quarter(regio: Regio, quarter: Periode) -> dict[str, tuple[Inhoud, dict[str, Any] | None]]:
    counts = count_flow(regio, van=quarter.van, tot=quarter.tot, peil=ripe_on(quarter))
    return {blad: (publish_quarter(own), {"ouder": own.ouder, "aantal": own.aantal}) for blad, own in counts.items()}


def _year(regio: Regio, year: Periode) -> dict[str, tuple[Inhoud, dict[str, Any] | None]]:
    """The sum of its quarters as they were counted; the times are of the year itself."""
    own = Momentopname.objects.filter(regio=regio, soort=Soort.KWARTAAL, van__gte=year.van, tot__lte=year.tot).order_by("van")
    quarters: dict[str, dict[str, tuple[Telling, Cijfers]]] = {}
    for one in own:
        if one.geteld:
            counted = Telling(one.geteld["ouder"], one.geteld["aantal"])
            quarters.setdefault(one.blad, {})[one.periode] = counted, one.inhoud["cijfers"]
    times = count_flow(regio, van=year.van, tot=year.tot, peil=ripe_on(year))
    return {blad: (publish_year(times[blad], known), None) for blad, known in quarters.items()}


@transaction.atomic
def set_target(*, by: Kijker, regio: Regio, indicator: str, waarde: Decimal, vanaf: date) -> Streefwaarde:
    """A target of the region from a day on."""
    if not by.heeft_voor(REGIOCOORDINATOR, regio.pk):
        raise PermissionError("Alleen de regiocoördinator van deze regio stelt streefwaarden vast.")
    target = Streefwaarde(regio=regio, indicator=indicator, waarde=waarde, vanaf=vanaf, door_id=by.user_id)
    target.full_clean()
    target.save()
    record_event(
        soort="streefwaarde_vastgesteld",
        by=by,
        op=now(),
        onderwerp_soort="regio",
        onderwerp_id=regio.pk,
        gegevens={"indicator": indicator, "waarde": str(waarde), "vanaf": vanaf.isoformat()},
    )
    return target


@transaction.atomic
def withdraw_target(*, by: Kijker, streefwaarde: Streefwaarde) -> None:
    """Take a target away, as if it had not been set."""
    if not by.heeft_voor(REGIOCOORDINATOR, streefwaarde.regio_id):
        raise PermissionError("Alleen de regiocoördinator van deze regio haalt streefwaarden weg.")
    record_event(
        soort="streefwaarde_weggehaald",
        by=by,
        op=now(),
        onderwerp_soort="regio",
        onderwerp_id=streefwaarde.regio_id,
        gegevens={"indicator": streefwaarde.indicator, "vanaf": streefwaarde.vanaf.isoformat()},
    )
    streefwaarde.delete()
