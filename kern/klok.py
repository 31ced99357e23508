"""The clock of the portal. Actions take `op=` (aware datetime); whoever has none asks here, so that tests can move one clock."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def now() -> datetime:
    """This moment, aware, in Dutch time."""
    return timezone.now().astimezone(AMSTERDAM)


def today() -> date:
    """The Dutch calendar day."""
    return now().date()


def local_date(moment: datetime) -> date:
    """The Dutch calendar day of an aware moment. Raises ValueError for a naive one: nobody knows which day that is."""
    if moment.tzinfo is None:
        raise ValueError("Een moment heeft een tijdzone nodig.")
    return moment.astimezone(AMSTERDAM).date()
