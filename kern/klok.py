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
