"""After-care: on the agreed day the team is asked how it goes with the pupil, and once more when nobody answered.

Not a termijn: a closed casus has no clock that runs. What the family says is recorded by `nazorg_vastleggen`; when it does not go
well the casus can be opened again.
"""

from datetime import datetime

import structlog
from django.db import transaction

from casussen.actions.berichten import Verteld, tell
from casussen.kalender import kalender_of
from casussen.keuzes import Status
from casussen.models import Nazorg
from casussen.tabel import Bericht, Publiek
from kern.actions import record_event
from kern.kijker import systeem
from kern.klok import local_date

log = structlog.stdlib.get_logger(__name__)

#: So many working days after the question it is asked once more, of the coördinator too.
OPNIEUW_NA = 5


def ask_aftercare(*, now: datetime) -> int:
    """Ask what is due by now; answers how many questions were asked. One that fails stops no other."""
    op = local_date(now)
    due = Nazorg.objects.filter(gedaan_op__isnull=True, datum__lte=op, casus__status=Status.AFGESLOTEN)
    ids = list(due.filter(herinnerd_op__isnull=True).order_by("datum", "pk").values_list("pk", flat=True))
    asked = 0
    for pk in ids:
        try:
            asked += _ask(pk, now=now)
        except Exception:
            log.exception("nazorg_mislukt", nazorg=pk)
    return asked


@transaction.atomic
def _ask(pk: int, *, now: datetime) -> int:
    rows = Nazorg.objects.select_for_update(of=("self",), skip_locked=True).select_related(
        "casus__regio", "casus__vestiging", "casus__wijkteam", "casus__behandelaar", "casus__aanspreekpunt"
    )
    nazorg = rows.filter(pk=pk, gedaan_op__isnull=True, herinnerd_op__isnull=True).first()
    if nazorg is None or nazorg.casus.ronde != nazorg.ronde:
        return 0
    casus, op = nazorg.casus, local_date(now)
    if nazorg.gevraagd_op is None:
        audience: tuple[Publiek, ...] = (Publiek.TEAM,)
        nazorg.gevraagd_op = now
    elif kalender_of(casus.regio).add_werkdagen(local_date(nazorg.gevraagd_op), OPNIEUW_NA) <= op:
        audience = (Publiek.TEAM, Publiek.COORDINATOR, Publiek.ZC)
        nazorg.herinnerd_op = now
    else:
        return 0
    nazorg.save(update_fields=["gevraagd_op", "herinnerd_op"])
    by = systeem(op)
    event = record_event(
        soort="casus_nazorg", onderwerp_soort="casus", onderwerp_id=casus.pk, by=by, op=now, gegevens={"nazorg": nazorg.pk}
    )
    tell([Bericht(wie, "nazorg_vraag") for wie in audience], Verteld.zonder_stap(casus, event, by=by, op=now))
    return 1
