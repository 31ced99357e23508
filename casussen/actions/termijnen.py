"""Deadlines: opened and closed by the workflow, moved by a person, and what that does to the ladder of reminders.

`send_due_reminders` (the sweep) lives in `casussen.actions.herinneringen`.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Case, F, Value, When

from casussen.kalender import kalender_of, school_deadline
from casussen.keuzes import EigenaarSoort, Urgentie
from casussen.ladder import REGIO, first_trede
from casussen.models import Casus, Herinnering, Inzet, Taak, Termijn
from kern.actions import cancel_meldingen, record_event
from kern.kijker import Kijker
from scholen.vakanties import vakanties_of
from wijkteams.models import Contactpersoon

GEHAALD, TE_LAAT_GEHAALD = "gehaald", "te laat gehaald"
#: What the meldingen of the ladder are about, so that they can be taken back.
ONDERWERP = "termijn"
#: The clock of what somebody brought to the regiocoördinator by hand (`casussen.workflow.termijnen.ESCALATIE`).
ESCALATIE = "escalatie"


class TermijnGesloten(Exception):  # noqa: N818  (the words of the house)
    """A closed termijn cannot be moved."""


@transaction.atomic
def open_termijn(
    *,
    casus: Casus,
    soort: str,
    eigenaar_soort: str,
    vervalt_op: datetime,
    op: datetime,
    eigenaar_user: AbstractBaseUser | None = None,
    eigenaar_user_id: int | None = None,
    eigenaar_contactpersoon: Contactpersoon | None = None,
    eigenaar_aanbieder_id: int | None = None,
    taak: Taak | None = None,
    inzet: Inzet | None = None,
    los: bool = False,
) -> Termijn:
    """Start a clock, with its ladder armed. `los`: not tied to the state of the casus; so is that of a `taak` or an `inzet`.

    Without an owner: of a wijkteam the behandelaar, or else the aanspreekpunt; of a school the zorgcoördinator who asked; a
    deadline of the region is owned by its regiocoördinatoren together, unless one of them is named. A task of the school that
    would be due in a school holiday moves (see `casussen.kalender`), unless it is urgent: then the school's other
    zorgcoördinatoren are told.
    """
    user_id = eigenaar_user.pk if eigenaar_user else eigenaar_user_id
    contactpersoon = eigenaar_contactpersoon
    if eigenaar_soort == EigenaarSoort.SCHOOL:
        user_id = user_id or casus.aangevraagd_door_id
        if not is_dringend(casus):
            vervalt_op = school_deadline(
                vervalt_op,
                begint_op=op,
                vakanties=vakanties_of(casus.vestiging.vakantieregio),
                kalender=kalender_of(casus.regio),
            )
    elif eigenaar_soort == EigenaarSoort.WIJKTEAM:
        contactpersoon = contactpersoon or casus.behandelaar or casus.aanspreekpunt
        if user_id is None and contactpersoon is not None:
            user_id = contactpersoon.user_id
    start = first_trede(op=op, vervalt_op=vervalt_op, kalender=kalender_of(casus.regio))
    return Termijn.objects.create(
        casus=casus,
        ronde=casus.ronde,
        soort=soort,
        eigenaar_soort=eigenaar_soort,
        eigenaar_wijkteam_id=casus.wijkteam_id if eigenaar_soort == EigenaarSoort.WIJKTEAM else None,
        eigenaar_contactpersoon=contactpersoon if eigenaar_soort == EigenaarSoort.WIJKTEAM else None,
        eigenaar_user_id=user_id,
        eigenaar_aanbieder_id=eigenaar_aanbieder_id if eigenaar_soort == EigenaarSoort.AANBIEDER else None,
        taak=taak,
        inzet=inzet,
        los=los or taak is not None or inzet is not None,
        begint_op=min(op, vervalt_op),
        vervalt_op=vervalt_op,
        volgende_stap=start.stap,
        volgende_op=start.op,
    )


def is_dringend(casus: Casus) -> bool:
    """A casus whose clocks do not wait for a school holiday."""
    return casus.veiligheid or casus.urgentie == Urgentie.SPOED


@transaction.atomic
def close_termijnen(*, casus: Casus, soorten: Collection[str] | None, om: str, op: datetime, **which: Any) -> int:
    """Stop these clocks (None: all of the casus), with the reason. Nothing of them reminds any more: not even a mail on its way.

    `which` narrows them further, by columns of Termijn. 'gehaald' after the deadline is written down as 'te laat gehaald'.
    """
    if not om:
        raise ValueError("Een termijn stopt met een reden.")
    open_ones = Termijn.objects.filter(casus=casus, gesloten_op__isnull=True, **which)
    if soorten is not None:
        open_ones = open_ones.filter(soort__in=soorten)
    ids = list(open_ones.select_for_update().order_by("pk").values_list("pk", flat=True))
    if not ids:
        return 0
    how = Case(When(vervalt_op__lt=op, then=Value(TE_LAAT_GEHAALD)), default=Value(GEHAALD)) if om == GEHAALD else Value(om)
    Termijn.objects.filter(pk__in=ids).update(gesloten_op=op, gesloten_om=how, volgende_op=None, volgende_stap=None)
    cancel_meldingen(onderwerp_soort=ONDERWERP, onderwerp_ids=ids)
    _lower_flag(casus)
    return len(ids)


@transaction.atomic
def move_termijn(*, termijn: Termijn, vervalt_op: datetime, by: Kijker, op: datetime) -> Termijn:
    """Move a deadline to a later (or earlier) moment that is still to come. The ladder starts anew."""
    termijn = Termijn.objects.select_for_update(of=("self",)).select_related("casus__regio").get(pk=termijn.pk)
    if termijn.gesloten_op is not None:
        raise TermijnGesloten("Deze termijn is al gesloten.")
    if vervalt_op <= op:
        raise ValueError("Een termijn kan alleen naar een moment dat nog komt.")
    was = termijn.vervalt_op
    start = first_trede(op=op, vervalt_op=vervalt_op, kalender=kalender_of(termijn.casus.regio))
    termijn.vervalt_op = vervalt_op
    termijn.stand += 1
    termijn.volgende_stap, termijn.volgende_op = start.stap, start.op
    termijn.save(update_fields=["vervalt_op", "stand", "volgende_stap", "volgende_op"])
    cancel_meldingen(onderwerp_soort=ONDERWERP, onderwerp_ids=[termijn.pk])
    _lower_flag(termijn.casus)
    record_event(
        soort="termijn_verplaatst",
        onderwerp_soort="casus",
        onderwerp_id=termijn.casus_id,
        by=by,
        op=op,
        gegevens={"termijn": termijn.pk, "soort": termijn.soort, "van": was.isoformat(), "naar": vervalt_op.isoformat()},
    )
    return termijn


@transaction.atomic
def assign_termijnen(*, casus: Casus, contactpersoon: Contactpersoon) -> int:
    """The open clocks of the team get this person as their owner (the casus got another behandelaar)."""
    own = Termijn.objects.filter(
        casus=casus,
        gesloten_op__isnull=True,
        taak__isnull=True,  # an action stays with whoever it was agreed with
        eigenaar_soort=EigenaarSoort.WIJKTEAM,
        eigenaar_wijkteam=contactpersoon.wijkteam_id,
    )
    return own.update(eigenaar_contactpersoon=contactpersoon, eigenaar_user=contactpersoon.user_id)


def _lower_flag(casus: Casus) -> None:
    """The casus is no longer escalated when no open clock has reached the regiocoördinator, and nobody asked for that by hand."""
    escalated = Herinnering.objects.filter(
        termijn__casus=casus, termijn__gesloten_op__isnull=True, stand=F("termijn__stand"), stap__gte=REGIO
    )
    asked = Termijn.objects.filter(casus=casus, soort=ESCALATIE, gesloten_op__isnull=True)
    if casus.geescaleerd and not escalated.exists() and not asked.exists():
        Casus.objects.filter(pk=casus.pk).update(geescaleerd=False)
        casus.geescaleerd = False
