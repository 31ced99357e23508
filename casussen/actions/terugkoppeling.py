"""Feedback is always addressed; that it was read is written down when the one it is for opens the casus."""

from datetime import datetime

from casussen.models import Casus, Terugkoppeling
from kern.kijker import Kijker


def mark_read(*, casus: Casus, by: Kijker, op: datetime) -> int:
    """What was told to this person in this casus is read now; a look by a colleague reads nothing. Answers how much was new.

    No event of its own: the look itself is in the access log.
    """
    if by.user_id is None:
        return 0
    return Terugkoppeling.objects.filter(casus=casus, aan_id=by.user_id, gelezen_op__isnull=True).update(gelezen_op=op)
