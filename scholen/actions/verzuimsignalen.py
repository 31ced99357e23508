"""Signals of verzuim: 16 hours in 4 schoolweken, and 4 weeks away. Made once each, told to the zorgcoördinatoren of the school.

What is a window and when one is full is in `scholen.verzuim.rules`. A row per pupil, kind and begin of the window cannot be made
twice (`verzuimsignaal_eenmaal`), so a missed night is caught up and a double one finds nothing to do.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from kern.actions import NieuweMelding, enqueue_meldingen, record_event
from kern.kijker import systeem
from kern.klok import local_date
from scholen.models import Leerling, Verzuim, Verzuimsignaal
from scholen.ontvangers import zorgcoordinatoren_of
from scholen.vakanties import vakanties_per_regio
from scholen.verzuim.keuzes import SoortSignaal, SoortVerzuim
from scholen.verzuim.rules import (
    Afwezig,
    Reeks,
    Schoolkalender,
    Venster,
    hour_windows,
    hours_per_week,
    long_stretches,
    still_holds,
)

MELDING = "verzuim_signaal"
PAD = "/verzuim"
#: How long after its last day a report can still bring a signal: four schoolweken with the summer holidays in between.
TERUG = timedelta(days=120)


def make_signals(*, now: datetime) -> int:
    """Whatever became true by the passing of time, school by school. Answers how many. In the night a day begins: whoever is away
    up to now was away up to yesterday, and may be at school today."""
    dag = local_date(now) - timedelta(days=1)
    counts = Q(soort=SoortVerzuim.RELATIEF) | (Q(uren__isnull=True) & ~Q(soort=SoortVerzuim.VRIJSTELLING))
    recent = Verzuim.objects.living().filter(counts, Q(tot__isnull=True) | Q(tot__gte=dag - TERUG), van__lte=dag)
    schools = recent.order_by().values_list("leerling__vestiging__school_id", flat=True).distinct()
    made = 0
    for school_id in sorted(schools):
        with transaction.atomic():
            own = recent.filter(leerling__vestiging__school_id=school_id).values("leerling_id")
            pupils = Leerling.objects.filter(pk__in=own).select_related("vestiging").order_by("pk")
            locked = pupils.select_for_update(of=("self",), no_key=True)  # as whoever reports does: no report comes in between
            made += renew_signals(list(locked), op=now, tot=dag)
    return made


@transaction.atomic
def renew_signals(leerlingen: Sequence[Leerling], *, op: datetime, tot: date | None = None) -> int:
    """Make what holds and is not there, withdraw what was not reported yet and holds no more. Answers how many were made.

    Made of what was up to and including `tot`; without it, up to the day of `op`: who reports a whole day today knows about it.
    What was made of today is not withdrawn because the night does not count today.
    """
    dag = tot or local_date(op)
    ids = [leerling.pk for leerling in leerlingen]
    reports: dict[int, list[Afwezig]] = defaultdict(list)
    for verzuim in Verzuim.objects.living().filter(leerling_id__in=ids):
        reports[verzuim.leerling_id].append(verzuim.as_afwezig())
    signals: dict[int, list[Verzuimsignaal]] = defaultdict(list)
    for signaal in Verzuimsignaal.objects.filter(leerling_id__in=ids):
        signals[signaal.leerling_id].append(signaal)
    calendars = {regio: Schoolkalender(vakanties) for regio, vakanties in vakanties_per_regio().items()}
    made: Counter[int] = Counter()
    for leerling in leerlingen:
        kalender = calendars[leerling.vestiging.vakantieregio]
        own, told = reports[leerling.pk], signals[leerling.pk]
        _withdraw(own, told, kalender, local_date(op), op)
        for soort, venster in _missing(own, [s for s in told if s.vervallen_op is None], kalender, dag):
            made[leerling.vestiging.school_id] += _make(leerling, soort, venster, op)
    _tell(+made, local_date(op), op)
    return made.total()


def _missing(
    meldingen: Sequence[Afwezig], told: Collection[Verzuimsignaal], kalender: Schoolkalender, dag: date
) -> Iterator[tuple[SoortSignaal, Venster]]:
    gemeld = [signaal.venster for signaal in told if signaal.soort == SoortSignaal.UREN]
    lang = long_stretches(meldingen, kalender, dag)
    for venster in hour_windows(hours_per_week(meldingen, kalender, dag, lang), kalender, gemeld):
        yield SoortSignaal.UREN, venster
    for reeks in lang:
        if reeks.tot >= dag - TERUG and not any(_of_this_stretch(signaal, reeks) for signaal in told):
            yield SoortSignaal.WEKEN, reeks.venster


def _of_this_stretch(signaal: Verzuimsignaal, reeks: Reeks) -> bool:
    """A stretch that turns out to have begun earlier is still the same one."""
    return signaal.soort == SoortSignaal.WEKEN and reeks.venster.van <= signaal.venster_tot and signaal.venster_van <= reeks.tot


def _make(leerling: Leerling, soort: SoortSignaal, venster: Venster, op: datetime) -> int:
    """1 when it is new; one that had lapsed is true again, and was told before."""
    values = {"venster_tot": venster.tot, "waarde": venster.waarde}
    signaal, is_new = Verzuimsignaal.objects.get_or_create(
        leerling=leerling, soort=soort.value, venster_van=venster.van, defaults={**values, "op": op}
    )
    if not is_new:
        Verzuimsignaal.objects.filter(pk=signaal.pk).update(vervallen_op=None, **values)
    _event("verzuim_signaal", signaal, op)
    return int(is_new)


def _withdraw(
    meldingen: Sequence[Afwezig], told: Collection[Verzuimsignaal], kalender: Schoolkalender, dag: date, op: datetime
) -> None:
    for signaal in told:
        if signaal.vervallen_op is not None or signaal.gemeld_bij_leerplicht_op is not None:
            continue
        if not still_holds(signaal.soort, signaal.venster, meldingen, kalender, dag):
            signaal.vervallen_op = op
            signaal.save(update_fields=["vervallen_op"])
            _event("verzuim_signaal_vervallen", signaal, op)


def _event(soort: str, signaal: Verzuimsignaal, op: datetime) -> None:
    by = systeem(local_date(op))
    record_event(soort=soort, onderwerp_soort="verzuimsignaal", onderwerp_id=signaal.pk, by=by, op=op)


def _tell(made: Counter[int], dag: date, op: datetime) -> None:
    """One melding for whoever it is for, however many there are."""
    if not made:
        return
    enqueue_meldingen(
        [
            NieuweMelding(soort=MELDING, gegevens={"aantal": made[school_id], "pad": PAD}, ontvanger_id=user_id)
            for school_id, users in sorted(zorgcoordinatoren_of(made, dag).items())
            for user_id in users
        ],
        op=op,
    )
