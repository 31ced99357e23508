"""A gemeente goes on in another, on any date: the fact, the agreements, and everything without a date of its own.

What is dated (agreements, appointments) is written at once, dated. What has no date (of which gemeente a team, a school or an
open casus is) moves on the day itself: at once when that is not in the future, else by the nightly sweep, once. Closed casussen,
routes and what was recorded keep the old gemeente: that is what it was.
"""

from datetime import date, datetime

from django.db import transaction

from casussen.models import Casus
from gebieden.actions.gemeenten import merge_gemeente
from gebieden.models import Gemeente
from gebieden.rollen import GEMEENTEMEDEWERKER
from kern.actions import record_event
from kern.kijker import Kijker, systeem
from scholen.models import Vestiging
from toegang.models import Aanstelling
from wijkteams.actions.fusie import Verhuisd, move_rules
from wijkteams.actions.opslaan import day_of
from wijkteams.models import Wijkteam


@transaction.atomic
def merge(*, gemeente: Gemeente, opvolger: Gemeente, op_datum: date, wijze: str, by: Kijker, op: datetime) -> Verhuisd:
    """Let a gemeente go on in another from a day on, with all that depends on it."""
    oud = merge_gemeente(gemeente=gemeente, opvolger=opvolger, op_datum=op_datum, by=by, op=op)
    verhuisd = move_rules(van=oud, naar=opvolger, vanaf=op_datum, wijze=wijze, by=by, op=op)
    _move_appointments(oud, opvolger, op_datum)
    if op_datum <= day_of(op):
        _move_the_rest(oud, by=by, op=op)
    return verhuisd


def process_mergers(*, op: datetime) -> int:
    """What the sweep does: move what has no date of its own for mergers whose day has come. A second time finds nothing."""
    by = systeem(day_of(op))
    due = Gemeente.objects.filter(opvolger__isnull=False, geldig_tot__lte=by.op, fusie_verwerkt_op__isnull=True)
    done = 0
    for pk in list(due.order_by("geldig_tot", "pk").values_list("pk", flat=True)):
        with transaction.atomic():
            row = due.select_for_update(of=("self",), skip_locked=True).select_related("opvolger").filter(pk=pk).first()
            if row is not None:
                _move_the_rest(row, by=by, op=op)
                done += 1
    return done


def _move_appointments(oud: Gemeente, nieuw: Gemeente, vanaf: date) -> None:
    """Whoever works for the old gemeente works for the new one from that day on; what they held before stays known."""
    held = Aanstelling.objects.filter(rol=GEMEENTEMEDEWERKER.sleutel, gemeente=oud).exclude(tot__lte=vanaf)
    for row in held.select_for_update(of=("self",)):
        begin, tot = max(row.van, vanaf), row.tot
        if row.van >= vanaf:
            row.delete()
        else:
            row.tot = vanaf
            row.save(update_fields=["tot"])
        Aanstelling.objects.get_or_create(user_id=row.user_id, rol=row.rol, gemeente=nieuw, van=begin, defaults={"tot": tot})


def _move_the_rest(oud: Gemeente, *, by: Kijker, op: datetime) -> None:
    """Teams, schools and open casussen are of the successor now; a team whose name is taken there says where it came from."""
    nieuw = oud.opvolger
    if nieuw is None:
        return
    taken = set(Wijkteam.objects.filter(gemeente=nieuw).values_list("naam", flat=True))
    for team in Wijkteam.objects.select_for_update(of=("self",)).filter(gemeente=oud):
        team.gemeente = nieuw
        if team.naam in taken:
            team.naam = f"{team.naam} ({oud.naam})"[:120]
        team.save(update_fields=["gemeente", "naam"])
    Vestiging.objects.filter(gemeente=oud).update(gemeente=nieuw)
    casussen = Casus.objects.open().filter(woongemeente=oud).update(woongemeente=nieuw)
    oud.regio_id = nieuw.regio_id
    oud.fusie_verwerkt_op = op
    oud.save(update_fields=["regio", "fusie_verwerkt_op"])
    record_event(
        soort="gemeente_overgegaan",
        onderwerp_soort="gemeente",
        onderwerp_id=oud.pk,
        by=by,
        op=op,
        gegevens={"opvolger": nieuw.pk, "casussen": casussen},
    )
