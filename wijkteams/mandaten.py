"""Which mandate a school has for a pupil: reads on the register of mandates."""

from datetime import date

from wijkteams.models import Mandaat


def mandate_of(*, school_id: int | None, gemeente_id: int | None, op: date) -> Mandaat | None:
    """The mandate of this school for pupils who live in this gemeente, when it holds on this day. One query, or none."""
    if school_id is None or gemeente_id is None:
        return None
    return (
        Mandaat.objects.on(op).filter(school_id=school_id, gemeente_id=gemeente_id).select_related("school", "gemeente").first()
    )
