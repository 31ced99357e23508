"""Wijkteams: made, kept right, and ended on a day, with whoever takes over their areas."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from kern.actions import record_event
from kern.kijker import Kijker
from wijkteams.actions.opslaan import day_of, locked, not_before_today, save_checked
from wijkteams.actions.werkgebieden import end_werkgebied, replace_werkgebied
from wijkteams.models import Aanspreekpunt, Werkgebied, Wijkteam


@transaction.atomic
def create_wijkteam(*, gegevens: Mapping[str, Any], by: Kijker, op: datetime) -> Wijkteam:
    team = save_checked(Wijkteam(**gegevens))
    _record("wijkteam_gemaakt", team, by, op)
    return team


@transaction.atomic
def edit_wijkteam(*, wijkteam: Wijkteam, gegevens: Mapping[str, Any], by: Kijker, op: datetime) -> Wijkteam:
    """What a team is called and how it is reached. When it stops is another matter: `end_wijkteam`."""
    team = locked(Wijkteam, wijkteam.pk)
    changed = [naam for naam, value in gegevens.items() if getattr(team, naam) != value]
    if not changed:
        return team
    for naam in changed:
        setattr(team, naam, gegevens[naam])
    save_checked(team)
    _record("wijkteam_gewijzigd", team, by, op, velden=sorted(changed))
    return team


@transaction.atomic
def end_wijkteam(*, wijkteam: Wijkteam, tot: date, opvolger: Wijkteam | None, by: Kijker, op: datetime) -> Wijkteam:
    """The team is no more from `tot` on. Its areas go to the successor from that day, or to nobody; its aanspreekpunten end.

    Whether casussen are still with it is not known in this room: see `portal.netwerk.acties`.
    """
    team = locked(Wijkteam, wijkteam.pk)
    not_before_today("tot", tot, day_of(op), "Een wijkteam stoppen")
    if team.geldig_tot is not None and team.geldig_tot <= tot:
        raise ValidationError({"tot": f"Dit wijkteam stopt al op {team.geldig_tot:%d-%m-%Y}."})
    if opvolger is not None and (opvolger.pk == team.pk or (opvolger.geldig_tot is not None and opvolger.geldig_tot <= tot)):
        raise ValidationError({"opvolger": "Kies een ander wijkteam dat er dan nog is."})
    for regel in Werkgebied.objects.filter(wijkteam=team, tot__gt=tot).order_by("pk"):
        if opvolger is None:
            end_werkgebied(werkgebied=regel, tot=tot, by=by, op=op)
        else:
            replace_werkgebied(werkgebied=regel, vanaf=tot, gegevens={"wijkteam": opvolger}, by=by, op=op)
    open_ones = Aanspreekpunt.objects.filter(wijkteam=team).filter(Q(tot__isnull=True) | Q(tot__gt=tot))
    open_ones.filter(van__gte=tot).delete()
    open_ones.update(tot=tot)
    team.geldig_tot = tot
    save_checked(team)
    _record("wijkteam_gestopt", team, by, op, tot=tot.isoformat(), opvolger=opvolger.pk if opvolger else None)
    return team


def _record(soort: str, team: Wijkteam, by: Kijker, op: datetime, **gegevens: Any) -> None:
    record_event(soort=soort, onderwerp_soort="wijkteam", onderwerp_id=team.pk, by=by, op=op, gegevens=gegevens)
