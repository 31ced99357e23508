"""Help that is waited for longer than agreed, or of which nobody knows how long it takes: told once per help and reason.

The behandelaar hears it, and the regiocoördinator, who talks with aanbieders about the wait. By number and weeks only: which help
it is says something about a child.
"""

from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from casussen.actions.berichten import Ontvanger, region_of, team_of
from casussen.keuzes import EINDSTATUSSEN, InzetStatus, Status
from casussen.models import Casus, Inzet
from casussen.rules.wachten import exceeds_norm, is_stale, waited
from kern.actions import NieuweMelding, enqueue_meldingen, record_event
from kern.kijker import systeem
from kern.klok import local_date
from kern.models import Gebeurtenis

OVER_NORM, VEROUDERD = "wachttijd_norm", "wachttijd_verouderd"
SIGNAAL = "wachttijd_gesignaleerd"


@transaction.atomic
def signal_waits(*, now: datetime) -> int:
    """Answers how many signals were new."""
    dag = local_date(now)
    waiting = list(
        Inzet.objects.filter(status__in=[InzetStatus.AANGEVRAAGD, InzetStatus.WACHT])
        .exclude(casus__status__in=[*EINDSTATUSSEN, Status.CONCEPT])
        .select_related("arrangement", "casus__regio")
        .annotate(gemeten_op=Max("arrangement__wachttijden__gemeten_op"))
        .order_by("pk")
    )
    events = Gebeurtenis.objects.filter(
        soort=SIGNAAL, onderwerp_soort="casus", onderwerp_id__in={inzet.casus_id for inzet in waiting}
    )
    told = set(events.values_list("gegevens__inzet", "gegevens__reden"))
    new = 0
    for inzet in waiting:
        for reden in _reasons(inzet, dag):
            if (inzet.pk, reden) not in told:
                _tell(inzet, reden, dag=dag, now=now)
                new += 1
    return new


def _reasons(inzet: Inzet, dag: date) -> Iterator[str]:
    if exceeds_norm(_days(inzet, dag), inzet.arrangement.wachttijd_norm):
        yield OVER_NORM
    if is_stale(getattr(inzet, "gemeten_op", None), dag):
        yield VEROUDERD


def _days(inzet: Inzet, dag: date) -> int:
    return waited(gevraagd=inzet.aangevraagd_op, tot=None, op=dag)


def _tell(inzet: Inzet, reden: str, *, dag: date, now: datetime) -> None:
    casus = inzet.casus
    event = record_event(
        soort=SIGNAAL,
        onderwerp_soort="casus",
        onderwerp_id=casus.pk,
        by=systeem(dag),
        op=now,
        gegevens={"inzet": inzet.pk, "reden": reden},
    )
    gegevens = {"nummer": casus.nummer, "weken": _days(inzet, dag) // 7, "norm": inzet.arrangement.wachttijd_norm}
    meldingen = [
        NieuweMelding(
            soort=reden,
            gegevens={**gegevens, "pad": pad},
            onderwerp_soort="casus",
            onderwerp_id=casus.pk,
            ontvanger_id=ontvanger.user_id,
            adres="" if ontvanger.user_id is not None else ontvanger.adres,
            ontdubbeling=f"{reden}:{inzet.pk}:{ontvanger.sleutel}"[:180],
            gebeurtenis_id=event.pk,
        )
        for ontvanger, pad in _audience(casus, dag)
    ]
    enqueue_meldingen(meldingen, op=now)


def _audience(casus: Casus, dag: date) -> list[tuple[Ontvanger, str]]:
    team = [(one, f"/casussen/{casus.nummer}/hulp") for one in team_of(casus, dag)]
    regio = [(one, f"/casussen/{casus.nummer}") for one in region_of(casus, dag)]
    return list({one.sleutel: (one, pad) for one, pad in [*regio, *team]}.values())
