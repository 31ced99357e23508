"""Who met whom: written down by either side, taken back by whoever wrote it, seen by both."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from kern.actions import record_event
from kern.kijker import Kijker
from kern.klok import local_date
from scholen.models import School
from scholen.rollen import SCHOOLTEAMLEIDER, ZORGCOORDINATOR
from wijkteams.models import Contactpersoon, Kennismaking
from wijkteams.rollen import WIJKTEAMCOORDINATOR, WIJKTEAMLID

SOORT = "kennismaking"


def may_record(kijker: Kijker, *, contactpersoon: Contactpersoon, school: School) -> bool:
    """Either side of the meeting: somebody of the school, or of the team."""
    of_school = school.pk in kijker.ids(ZORGCOORDINATOR, SCHOOLTEAMLEIDER)
    return of_school or contactpersoon.wijkteam_id in kijker.ids(WIJKTEAMLID, WIJKTEAMCOORDINATOR)


@transaction.atomic
def record_meeting(
    *, contactpersoon: Contactpersoon, medewerker_id: int, school: School, datum: date, soort: str, by: Kijker, op: datetime
) -> Kennismaking:
    """Write down that these two met. ValidationError, at its field, for a day that has not come and for a meeting told twice."""
    if not may_record(by, contactpersoon=contactpersoon, school=school) or by.user_id is None:
        raise PermissionDenied
    if datum > local_date(op):
        raise ValidationError({"datum": "Vul een dag in die geweest is."})
    meeting = Kennismaking(
        contactpersoon=contactpersoon,
        medewerker_id=medewerker_id,
        school=school,
        datum=datum,
        soort=soort,
        door_id=by.user_id,
        aangemaakt=op,
    )
    meeting.full_clean(exclude=["medewerker", "door"])
    try:
        with transaction.atomic():
            meeting.save()
    except IntegrityError:  # the other side wrote it this very moment
        raise ValidationError({"datum": "Deze kennismaking staat er al."}) from None
    record_event(soort="kennismaking", onderwerp_soort=SOORT, onderwerp_id=meeting.pk, by=by, op=op)
    return meeting


@transaction.atomic
def remove_meeting(*, meeting: Kennismaking, by: Kijker, op: datetime) -> None:
    """Take back what was written by mistake: only whoever wrote it."""
    if meeting.door_id != by.user_id:
        raise PermissionDenied
    record_event(soort="kennismaking_verwijderd", onderwerp_soort=SOORT, onderwerp_id=meeting.pk, by=by, op=op)
    meeting.delete()
