"""The choices of fields that point to a row: teams, people of a team, locations of a school. For the screen and for the API."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Q

from casussen.contacten import name_until, people_in_service, teams_of_region
from casussen.keuzes import DelingMet, MdoStatus
from casussen.models import Casus, Deling, Doelversie, Inzet, MdoDeelnemer, Taak
from casussen.mogelijk import Mogelijk
from casussen.queries.plan import plans_of_ronde
from casussen.rules import age_on, givers_for
from casussen.velden import Soort, Veld
from gebieden.models import Gemeente
from gebieden.rollen import REGIOCOORDINATOR
from kern.kijker import Kijker
from scholen.models import Vestiging
from toegang.models import Aanstelling
from wijkteams.models import Contactpersoon
from zorgaanbod.models import Aanbieder, Arrangement
from zorgaanbod.rollen import AANBIEDER

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


# --- By field ---------------------------------------------------------------------------------------------------
@dataclass(slots=True)
class Keuzelijst:
    """What this person may choose in the fields of steps on a casus. Each kind is asked for once, however many fields have it."""

    casus: Casus
    kijker: Kijker
    op: date
    _gevonden: dict[Soort, list[Keuze]] = field(default_factory=dict)

    def of(self, velden: Iterable[Veld]) -> dict[str, list[Keuze]]:
        """By the name of the field, also of those in a list; of a field with choices of its own nothing, unless fewer hold."""
        found: dict[str, list[Keuze]] = {}
        for veld in velden:
            if veld.soort in _MAKERS:
                found[veld.naam] = self._rows(veld.soort)
            geboren = self.casus.leerling.geboortedatum if self.casus.leerling else None
            if veld.naam == "toestemming_gever" and geboren:
                found[veld.naam] = _givers(veld, geboren, self.op)
            found |= self.of(veld.kolommen)
        return found

    def fill(self, steps: Iterable[Mogelijk]) -> list[Mogelijk]:
        """The same steps; of those that can be taken now each field has its choices, in one list without groups."""
        return [replace(s, formulier=tuple(map(self._filled, s.formulier))) if s.mag else s for s in steps]

    def _filled(self, veld: Veld) -> Veld:
        own = self.of([replace(veld, kolommen=())]).get(veld.naam)
        keuzes = veld.keuzes if own is None else tuple(_without_groups(own))
        return replace(veld, keuzes=keuzes, kolommen=tuple(map(self._filled, veld.kolommen)))

    def _rows(self, soort: Soort) -> list[Keuze]:
        if soort not in self._gevonden:
            self._gevonden[soort] = _MAKERS[soort](self)
        return self._gevonden[soort]


_MAKERS: dict[Soort, Callable[[Keuzelijst], list[Keuze]]] = {
    Soort.WIJKTEAM: lambda van: team_choices(van.casus, op=van.op),
    Soort.CONTACTPERSOON: lambda van: colleague_choices(van.casus.wijkteam_id, op=van.op),
    Soort.GEMEENTE: lambda van: outside_choices(van.casus, op=van.op),
    Soort.REGIOCOORDINATOR: lambda van: coordinator_choices(van.casus, op=van.op),
    Soort.ARRANGEMENT: lambda van: arrangement_choices(van.casus, op=van.op),
    Soort.PARTIJ: lambda van: party_choices(van.casus, op=van.op),
    Soort.DOEL: lambda van: [(str(row.doel_id), row.tekst) for row in goals_of(van.casus)],
    Soort.INZET: lambda van: _help_choices(van.casus, van.kijker),
    Soort.TAAK: lambda van: _task_choices(van.casus, van.kijker),
    Soort.DEELNEMER: lambda van: [(str(d.pk), f"{d.naam} ({d.get_partij_display()})") for d in invited_to(van.casus)],
    Soort.DELING: lambda van: [
        (str(d.pk), str(d.partij))
        for d in Deling.objects.living().filter(casus=van.casus).select_related("aanbieder", "gemeente", "verband")
    ],
}


def _without_groups(keuzes: Iterable[Keuze]) -> Iterable[tuple[str, str]]:
    for value, label in keuzes:
        yield from label if isinstance(label, list) else [(value, label)]


def _givers(veld: Veld, geboren: date, op: date) -> list[Keuze]:
    """Who can give consent at the age of this pupil; for which age an answer is meant need not be said then."""
    givers, _ = givers_for(age_on(geboren, op))
    return [(value, label.partition(" (")[0]) for value, label in veld.keuzes if value in givers]


def goals_of(casus: Casus) -> list[Doelversie]:
    """The goals as the newest version of the plan has them."""
    plan = plans_of_ronde(casus).first()
    return list(Doelversie.objects.filter(plan=plan).select_related("doel")) if plan else []


def invited_to(casus: Casus) -> list[MdoDeelnemer]:
    """Who is invited to the overleg that is planned."""
    return list(MdoDeelnemer.objects.filter(mdo__casus=casus, mdo__status=MdoStatus.GEPLAND))


def _help_choices(casus: Casus, kijker: Kijker) -> list[Keuze]:
    rows = Inzet.objects.filter(casus=casus).open().select_related("arrangement__aanbieder")
    own = kijker.ids(AANBIEDER)
    return [
        (str(row.pk), f"{row.arrangement} – {row.get_status_display()}")
        for row in rows
        if not own or row.arrangement.aanbieder_id in own
    ]


def _task_choices(casus: Casus, kijker: Kijker) -> list[Keuze]:
    rows = Taak.objects.open().filter(casus=casus)
    own = kijker.ids(AANBIEDER)
    return [
        (str(row.pk), f"{row.omschrijving[:80]} (uiterlijk {row.uiterlijk:%-d-%-m-%Y})")
        for row in rows
        if not own or row.eigenaar_aanbieder_id in own
    ]
