"""Agreements on who serves which area: made, ended, and replaced from a day on. Never edited in the past."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from kern.actions import record_event
from kern.kijker import Kijker
from wijkteams.actions.opslaan import day_of, locked, not_before_today, save_checked
from wijkteams.models import Werkgebied, Wijkteam

#: What a rule is about, besides its days.
INHOUD = (
    "wijkteam", "soort", "gebied", "sector", "school", "vestiging", "nummer_van", "nummer_tot_en_met", "zijde",
    "leeftijd_van", "leeftijd_tot", "toelichting",
)  # fmt: skip


@transaction.atomic
def create_werkgebied(*, gegevens: Mapping[str, Any], by: Kijker, op: datetime) -> Werkgebied:
    """A new agreement, from today or later."""
    regel = Werkgebied(**{naam: value for naam, value in gegevens.items() if value is not None})
    not_before_today("van", regel.van, day_of(op), "Een werkgebied ingaan")
    _team_exists(regel)
    save_checked(regel)
    _record("werkgebied_gemaakt", regel, by, op)
    return regel


@transaction.atomic
def end_werkgebied(*, werkgebied: Werkgebied, tot: date, by: Kijker, op: datetime) -> Werkgebied | None:
    """From `tot` on the agreement no longer holds; one that never began is taken back (and None)."""
    regel = locked(Werkgebied, werkgebied.pk)
    not_before_today("tot", tot, day_of(op), "Een werkgebied stoppen")
    if tot >= regel.tot:
        raise ValidationError({"tot": f"Deze afspraak stopt al op {regel.tot:%d-%m-%Y}."})
    if tot <= regel.van:
        _record("werkgebied_ingetrokken", regel, by, op)
        regel.delete()
        return None
    regel.tot = tot
    save_checked(regel)
    _record("werkgebied_gestopt", regel, by, op)
    return regel


@transaction.atomic
def replace_werkgebied(
    *, werkgebied: Werkgebied, vanaf: date, gegevens: Mapping[str, Any], by: Kijker, op: datetime
) -> Werkgebied:
    """From `vanaf` on the agreement says something else (another team, area, sector …), until the day it was to end."""
    oud = locked(Werkgebied, werkgebied.pk)
    not_before_today("vanaf", vanaf, day_of(op), "Een werkgebied veranderen")
    if vanaf >= oud.tot:
        raise ValidationError({"vanaf": f"Deze afspraak stopt al op {oud.tot:%d-%m-%Y}."})
    inhoud = {naam: getattr(oud, naam) for naam in INHOUD}
    nieuw = Werkgebied(**{**inhoud, **{naam: value for naam, value in gegevens.items() if naam in INHOUD}})
    if all(getattr(nieuw, naam) == inhoud[naam] for naam in INHOUD):
        raise ValidationError("Er verandert niets. Kies een ander wijkteam, gebied of andere leerlingen.")
    tot = oud.tot
    end_werkgebied(werkgebied=oud, tot=vanaf, by=by, op=op)
    nieuw.van, nieuw.tot = max(vanaf, oud.van), tot
    _team_exists(nieuw)
    save_checked(nieuw)
    _record("werkgebied_vervangen", nieuw, by, op, vorige=werkgebied.pk)
    return nieuw


def _team_exists(regel: Werkgebied) -> None:
    """A rule of a team that has stopped would never win."""
    team = Wijkteam.objects.filter(pk=regel.wijkteam_id).first()
    if team is not None and team.geldig_tot is not None and regel.van >= team.geldig_tot:
        raise ValidationError({"wijkteam": f"{team} bestaat dan niet meer: het stopt op {team.geldig_tot:%d-%m-%Y}."})


def _record(soort: str, regel: Werkgebied, by: Kijker, op: datetime, **anders: Any) -> None:
    record_event(
        soort=soort,
        onderwerp_soort="werkgebied",
        onderwerp_id=regel.pk,
        by=by,
        op=op,
        gegevens={
            "wijkteam": regel.wijkteam_id,
            "soort": regel.soort,
            "gebied": regel.gebied,
            "sector": regel.sector,
            "van": regel.van.isoformat(),
            "tot": regel.tot.isoformat(),
            **anders,
        },
    )
