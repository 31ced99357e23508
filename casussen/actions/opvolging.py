"""The end of what was followed outside the region."""

from datetime import datetime

from casussen.keuzes import UitkomstBuiten
from casussen.models import Casus, Opvolging


def end_following(casus: Casus, *, op: datetime, uitkomst: str = UitkomstBuiten.VERVANGEN) -> None:
    """Nobody follows this casus outside the region any more; without an outcome since it went another way."""
    Opvolging.objects.filter(casus=casus, gesloten_op__isnull=True).update(gesloten_op=op, uitkomst=uitkomst)
