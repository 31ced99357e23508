"""Who of a wijkteam is there for a casus, on a day."""

from datetime import date

from django.db.models import Q

from casussen.models import Casus, Consult
from casussen.woorden import in_days
from scholen.sectoren import Sector
from wijkteams.models import Contactpersoon, Wijkteam
from wijkteams.routering import netwerk
from wijkteams.routering.netwerk import Bel
from wijkteams.rules import Kenmerken


def contact_for(casus: Casus | Consult, wijkteam_id: int, *, op: date) -> Bel | None:
    """The aanspreekpunt of this team for the school that asks, with the deputy while away; None: nobody can be reached."""
    network = netwerk.load_people(op)
    kenmerken = Kenmerken(
        sectoren=(casus.sector,) if casus.sector else tuple(Sector.values),
        school_id=casus.school_id,
        vestiging_id=casus.vestiging_id,
    )
    people = network.people(network.choose(wijkteam_id, kenmerken))
    return people[0] if people else None


def people_in_service(wijkteam_id: int | None, *, op: date) -> list[Contactpersoon]:
    """Everyone who works at a team on a day: who may be named as behandelaar."""
    in_service = Contactpersoon.objects.filter(Q(in_dienst_tot__isnull=True) | Q(in_dienst_tot__gt=op))
    return list(in_service.filter(wijkteam_id=wijkteam_id).order_by("naam")) if wijkteam_id is not None else []


def name_until(person: Contactpersoon) -> str:
    """'Ravi Rood (tot di 15 dec)': whoever gives work to somebody sees that they leave."""
    return f"{person.naam} ({tot})" if (tot := until(person)) else person.naam


def until(person: Contactpersoon) -> str:
    """'tot di 15 dec'; '' for who stays."""
    if person.in_dienst_tot is None:
        return ""
    return f"tot {in_days(person.in_dienst_tot)}"


def teams_of_region(regio_id: int, *, op: date) -> list[Wijkteam]:
    """The teams a casus of this region may be given to, on a day."""
    exists = Wijkteam.objects.filter(
        Q(geldig_van__isnull=True) | Q(geldig_van__lte=op), Q(geldig_tot__isnull=True) | Q(geldig_tot__gt=op)
    )
    return list(exists.filter(gemeente__regio_id=regio_id).select_related("gemeente").order_by("naam"))
