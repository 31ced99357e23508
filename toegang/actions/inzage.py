"""The access log (after NEN 7513): who looked at or changed what, in which role, and whether it was allowed. Ids only."""

from datetime import datetime

from structlog.contextvars import get_contextvars

from kern.kijker import Houdt, Kijker
from kern.klok import now
from toegang.models import Inzage

BEKIJKEN = "bekijken"
GELUKT = "gelukt"
GEWEIGERD = "geweigerd"


def log_inzage(
    *,
    kijker: Kijker,
    actie: str,
    object_soort: str,
    object_id: int | None,
    uitkomst: str = GELUKT,
    doel: str = "",
    relatie: str = "",
    houdt: Houdt | None = None,
    op: datetime | None = None,
) -> Inzage:
    """Write one row of the access log; also for what was refused.

    `houdt` is the appointment that gave access; without it the only one of someone who holds one. `relatie` says why it was
    allowed ('eigen school'), `doel` what for; neither ever holds what a person typed about a pupil.
    """
    if houdt is None and len(kijker.houdt) == 1:
        (houdt,) = kijker.houdt
    return Inzage.objects.create(
        op=op or now(),
        user_id=kijker.user_id,
        rol=houdt.rol if houdt else ("systeem" if kijker.is_systeem else ""),
        aanstelling_id=houdt.aanstelling_id if houdt else None,
        actie=actie,
        uitkomst=uitkomst,
        doel=doel[:200],
        object_soort=object_soort,
        object_id=object_id,
        relatie=relatie,
        verzoek_id=str(get_contextvars().get("request_id", ""))[:36],
    )
