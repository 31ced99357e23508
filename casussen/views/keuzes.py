"""The choices of fields that point to a row: teams, people of a team, locations of a school."""

from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Q

from casussen.contacten import name_until, people_in_service, teams_of_region
from casussen.keuzes import DelingMet
from casussen.models import Casus, Deling
from casussen.rules import age_on
from gebieden.models import Gemeente
from gebieden.rollen import REGIOCOORDINATOR
from kern.kijker import Kijker
from scholen.models import Vestiging
from toegang.models import Aanstelling
from wijkteams.models import Contactpersoon
from zorgaanbod.models import Aanbieder, Arrangement

Keuze = tuple[Any, Any]


def team_choices(casus: Casus, *, op: date) -> list[Keuze]:
    """The teams of the region that exist on the day, by gemeente; the team that has the casus now is left out."""
    teams = [team for team in teams_of_region(casus.regio_id, op=op) if team.pk != casus.wijkteam_id]
    teams.sort(key=lambda team: (team.gemeente.naam, team.naam))
    groups = groupby(teams, key=lambda team: team.gemeente.naam)
    return [(gemeente, [(str(team.pk), team.naam) for team in group]) for gemeente, group in groups]


def colleague_choices(wijkteam_id: int | None, *, op: date) -> list[Keuze]:
    """The people of a team who work there on the day; of whoever leaves, until when."""
    return [(str(person.pk), name_until(person)) for person in people_in_service(wijkteam_id, op=op)]


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


def arrangement_choices(casus: Casus, *, op: date) -> list[Keuze]:
    """Help that may be asked for: of aanbieders with whom the casus is shared, fitting the age, and bought by the gemeente of the
    pupil or open to all. By aanbieder."""
    shared = Deling.objects.living().filter(casus=casus, met=DelingMet.AANBIEDER).values("aanbieder_id")
    geboren = casus.leerling.geboortedatum if casus.leerling else None
    age = age_on(geboren, op) if geboren else None
    offered = Arrangement.objects.offered(op).bought_for(casus.woongemeente_id, op).for_age(age).filter(aanbieder__in=shared)
    rows = offered.order_by("aanbieder__naam", "naam").values_list("aanbieder__naam", "pk", "naam")
    groups = groupby(rows, key=lambda row: row[0])
    return [(aanbieder, [(str(pk), naam) for _, pk, naam in group]) for aanbieder, group in groups]


def party_choices(casus: Casus, *, op: date) -> list[Keuze]:
    """With whom a casus can be shared and is not yet: leerplicht of the gemeente of the pupil, the samenwerkingsverband of the
    school, and every aanbieder."""
    living = Deling.objects.living().filter(casus=casus)
    known = {(d.met, d.aanbieder_id or d.gemeente_id or d.verband_id) for d in living}
    found: list[Keuze] = []
    gemeente, verband = casus.woongemeente, casus.vestiging.samenwerkingsverband
    if gemeente is not None and ("leerplicht", gemeente.pk) not in known:
        found.append((f"leerplicht:{gemeente.pk}", f"Leerplicht {gemeente.naam}"))
    if verband is not None and ("verband", verband.pk) not in known:
        found.append((f"verband:{verband.pk}", str(verband)))
    helpers = Aanbieder.objects.active(op).order_by("naam").values_list("pk", "naam")
    aanbieders = [(f"aanbieder:{pk}", naam) for pk, naam in helpers if ("aanbieder", pk) not in known]
    return [*found, ("Aanbieders", aanbieders)] if aanbieders else found
