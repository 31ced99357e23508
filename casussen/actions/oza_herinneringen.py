"""The clock of an onderwijs-zorgarrangement: the joint mdo that comes near or is past, and a place that is agreed no further.

Told once per date to the zorgcoördinatoren of the school and to the aanbieder; another date is told of again. A casus goes by its
number, and to the aanbieder only while it is shared.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from casussen.actions.berichten import people_of_school
from casussen.actions.oza import shared_with
from casussen.actions.oza_melden import ONDERWERP, at_aanbieder, at_school, notices, path_of
from casussen.models import Onderwijszorg, Ozaplaatsing
from kern.actions import NieuweMelding, enqueue_meldingen
from kern.klok import local_date

#: So long before the joint mdo both sides are told.
NADERT = timedelta(days=7)
MDO, PLAATS = "oza_mdo", "oza_plaats_loopt_af"


@transaction.atomic
def remind_onderwijszorg(*, now: datetime) -> None:
    """Tell whatever is due on this day. What was told before of the same date is not told again (`Melding.ontdubbeling`)."""
    dag = local_date(now)
    enqueue_meldingen([*_of_mdo(dag), *_of_placements(dag)], op=now)


def _of_mdo(dag: date) -> Iterator[NieuweMelding]:
    due = Onderwijszorg.objects.running(dag).filter(mdo_volgende__lte=dag + NADERT)
    for row in due.select_related("vestiging", "aanbieder").order_by("pk"):
        mdo = row.mdo_volgende
        if mdo is None:
            continue
        voorbij = mdo < dag
        gegevens = {"arrangement": row.naam, "dag": f"{mdo:%d-%m-%Y}", "voorbij": voorbij, "pad": path_of(row)}
        once = f"{MDO}:{row.pk}:{mdo.isoformat()}:{'voorbij' if voorbij else 'nadert'}"
        told = [*at_school(row, dag), *at_aanbieder(row, dag)]
        yield from notices(MDO, gegevens, told, onderwerp=(ONDERWERP, row.pk), eenmaal=once)


def _of_placements(dag: date) -> Iterator[NieuweMelding]:
    """`verwacht_tot` is the first day without a place: on that day somebody must have decided."""
    due = Ozaplaatsing.objects.filter(tot__isnull=True, verwacht_tot__lte=dag)
    shared = shared_with(OuterRef("arrangement__aanbieder")).filter(casus=OuterRef("casus"))
    rows = due.annotate(gedeeld=Exists(shared))
    for row in rows.select_related("arrangement__vestiging", "arrangement__aanbieder", "casus").order_by("pk"):
        arrangement, casus = row.arrangement, row.casus
        gegevens = {
            "nummer": casus.nummer,
            "arrangement": arrangement.naam,
            "dag": f"{row.verwacht_tot:%d-%m-%Y}",
            "pad": path_of(arrangement),
        }
        once = f"{PLAATS}:{row.pk}:{row.verwacht_tot.isoformat()}"
        told = [*people_of_school(casus, dag), *(at_aanbieder(arrangement, dag) if getattr(row, "gedeeld", False) else ())]
        yield from notices(PLAATS, gegevens, told, onderwerp=("casus", casus.pk), eenmaal=once)
