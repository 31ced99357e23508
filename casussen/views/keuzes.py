"""The choices of fields that point to a row: teams, people of a team, locations of a school."""

from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Q

from casussen.contacten import people_in_service, teams_of_region
from casussen.models import Casus
from gebieden.models import Gemeente
from gebieden.rollen import REGIOCOORDINATOR
from kern.kijker import Kijker
from scholen.models import Vestiging
from toegang.models import Aanstelling
from wijkteams.models import Contactpersoon

Keuze = tuple[Any, Any]


def team_choices(casus: Casus, *, op: date) -> list[Keuze]:
    """The teams of the region that exist on the day, by gemeente; the team that has the casus now is left out."""
    teams = [team for team in teams_of_region(casus.regio_id, op=op) if team.pk != casus.wijkteam_id]
    teams.sort(key=lambda team: (team.gemeente.naam, team.naam))
    groups = groupby(teams, key=lambda team: team.gemeente.naam)
    return [(gemeente, [(str(team.pk), team.naam) for team in group]) for gemeente, group in groups]


def colleague_choices(wijkteam_id: int | None, *, op: date) -> list[Keuze]:
    """The people of a team who work there on the day."""
    return [(str(person.pk), person.naam) for person in people_in_service(wijkteam_id, op=op)]


def outside_choices(casus: Casus, *, op: date) -> list[Keuze]:
    """The gemeenten outside the region of the casus that exist on the day."""
    outside = Gemeente.objects.exclude(regio_id=casus.regio_id).filter(Q(geldig_tot__isnull=True) | Q(geldig_tot__gt=op))
    return [(str(pk), naam) for pk, naam in outside.order_by("naam").values_list("pk", "naam")]


def coordinator_choices(casus: Casus, *, op: date) -> list[Keuze]:
    """The regiocoördinatoren of the casus."""
    held = Aanstelling.objects.on(op).filter(rol=REGIOCOORDINATOR.sleutel, regio_id=casus.regio_id, user__is_active=True)
    users = held.order_by("user__naam", "user_id").values_list("user_id", "user__naam").distinct()
    return [(str(pk), naam) for pk, naam in users]


def location_choices(kijker: Kijker) -> list[Keuze]:
    """The locations of the viewer's own schools, by BRIN."""
    locations = Vestiging.objects.of(kijker).order_by("naam")
    return [(location.brin, location.naam) for location in locations]


def own_contact_id(kijker: Kijker, wijkteam_id: int | None) -> int | None:
    """The viewer as a person of this team."""
    if kijker.user_id is None or wijkteam_id is None:
        return None
    return Contactpersoon.objects.filter(user_id=kijker.user_id, wijkteam_id=wijkteam_id).values_list("pk", flat=True).first()
