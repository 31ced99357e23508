"""Casussen of someone who leaves go to a colleague of the same team: the casus, what waits for them, and its open clocks.

Not a step of the loop: the state stays as it is. But it is written down like one, so that the time line tells it, a form that was
opened before is recognised as old, and the access log has it.
"""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from casussen.actions.termijnen import assign_termijnen
from casussen.models import Casus, Overgang, Termijn
from kern.actions import record_event
from kern.kijker import Kijker
from toegang.actions.inzage import log_inzage
from wijkteams.models import Contactpersoon

ACTIE = "behandelaar_wijzigen"


def casussen_of_person(persoon: Contactpersoon) -> QuerySet[Casus]:
    """Open casussen that are this person's: as behandelaar, as the aanspreekpunt they wait for, or as owner of an open clock."""
    own_clock = Termijn.objects.filter(eigenaar_contactpersoon=persoon, gesloten_op__isnull=True)
    mine = Q(behandelaar=persoon) | Q(aanspreekpunt=persoon, behandelaar__isnull=True) | Q(pk__in=own_clock.values("casus_id"))
    return Casus.objects.open().filter(mine, wijkteam_id=persoon.wijkteam_id).order_by("nummer")


@transaction.atomic
def hand_over_casussen(
    *, persoon: Contactpersoon, opvolger: Contactpersoon, nummers: Collection[str] | None = None, by: Kijker, op: datetime
) -> list[Casus]:
    """Give these open casussen (None: all) of one person to a colleague; answers those that moved."""
    rows = casussen_of_person(persoon)
    if nummers is not None:
        rows = rows.filter(nummer__in=nummers)
    ids = list(rows.values_list("pk", flat=True))
    moved = []
    for casus in Casus.objects.select_for_update(of=("self",)).select_related("regio").filter(pk__in=ids).order_by("pk"):
        if casus.wijkteam_id == persoon.wijkteam_id:  # not sent on in the meantime
            _move(casus, persoon, opvolger, by=by, op=max(op, casus.status_sinds))
            moved.append(casus)
    return moved


def _move(casus: Casus, persoon: Contactpersoon, opvolger: Contactpersoon, *, by: Kijker, op: datetime) -> None:
    if casus.behandelaar_id == persoon.pk:
        casus.behandelaar = opvolger
    if casus.aanspreekpunt_id == persoon.pk:
        casus.aanspreekpunt = opvolger
    casus.versie += 1
    casus.save(update_fields=["behandelaar", "aanspreekpunt", "versie"])
    assign_termijnen(casus=casus, contactpersoon=casus.behandelaar or opvolger)
    rol = next(iter(sorted(by.rollen)), "") if len(by.rollen) == 1 else ""
    Overgang.objects.create(
        casus=casus,
        ronde=casus.ronde,
        actie=ACTIE,
        van_status=casus.status,
        naar_status=casus.status,
        door_id=by.user_id,
        door_naam=by.naam[:200],
        door_rol=rol,
        op=op,
        van_wijkteam_id=casus.wijkteam_id,
        naar_wijkteam_id=casus.wijkteam_id,
        versie=casus.versie,
    )
    record_event(
        soort="casus_overgedragen",
        onderwerp_soort="casus",
        onderwerp_id=casus.pk,
        by=by,
        op=op,
        gegevens={"van": persoon.pk, "naar": opvolger.pk, "ronde": casus.ronde},
    )
    log_inzage(kijker=by, actie="overdragen", object_soort="casus", object_id=casus.pk, relatie="netwerkbeheer", op=op)
