"""What was agreed around a casus: the way out of the region, the mandate of the school, and who does what in this step.

None of it is content: whoever may steer a casus may know it too.
"""

from dataclasses import dataclass
from datetime import date

from casussen.keuzes import Status
from casussen.models import Casus, Opvolging, Overgang, Rolregel, Rolverdeling
from casussen.rollen import roles_text
from gebieden.models import Gemeente
from gebieden.rules import who_pays
from kern.klok import local_date
from wijkteams.mandaten import mandate_of
from wijkteams.models import Mandaat


@dataclass(frozen=True, slots=True)
class Buiten:
    """Where a pupil outside the region is helped, who pays, and who of ours follows it."""

    gemeente: Gemeente
    betaalt: str
    opvolging: Opvolging | None
    notities: tuple[Overgang, ...]


@dataclass(frozen=True, slots=True)
class WieDoetWat:
    """What each party does in the present step, and which version says so and why that one."""

    versie: Rolverdeling
    waarom: str
    regels: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Afspraken:
    buiten: Buiten | None
    mandaat: Mandaat | None
    wie_doet_wat: WieDoetWat | None


def agreements_of(casus: Casus, *, op: date) -> Afspraken:
    """At most six queries. `casus.woongemeente` and `casus.regio` are best fetched along."""
    return Afspraken(
        buiten=_outside(casus) if casus.buiten_regio and casus.woongemeente else None,
        mandaat=mandate_of(school_id=casus.school_id, gemeente_id=casus.woongemeente_id, op=op),
        wie_doet_wat=who_does_what(casus),
    )


def _outside(casus: Casus) -> Buiten | None:
    followed = Opvolging.objects.filter(casus=casus, ronde=casus.ronde).select_related("gemeente", "opvolger")
    latest = followed.order_by("-vastgelegd_op", "-id").first()
    gemeente = latest.gemeente if latest else casus.woongemeente
    if gemeente is None:
        return None
    notes: tuple[Overgang, ...] = ()
    if latest is not None:
        asked = Overgang.objects.filter(casus=casus, ronde=casus.ronde, actie="buiten_opvolgen", op__gte=latest.vastgelegd_op)
        notes = tuple(asked.order_by("-op", "-id"))
    return Buiten(gemeente, who_pays(gemeente.naam, gemeente.wie_betaalt), latest, notes)


def who_does_what(casus: Casus) -> WieDoetWat | None:
    """The version that held on the day this step began: an agreement does not change under a running step (ADR 0025)."""
    since = local_date(casus.status_sinds)
    version = Rolverdeling.objects.select_related("gemeente", "regio").in_force(
        regio_id=casus.regio_id, gemeente_id=casus.woongemeente_id, op=since
    )
    if version is None:
        return None
    rules = tuple(
        (rule.get_partij_display(), roles_text(tuple(rule.rollen)), rule.tekst)
        for rule in Rolregel.objects.filter(rolverdeling=version, stap=Status(casus.status))
    )
    return WieDoetWat(version, _why(version, casus), rules) if rules else None


def _why(version: Rolverdeling, casus: Casus) -> str:
    begin = f"{local_date(casus.status_sinds):%-d-%-m-%Y}"
    whose = f"de gemeente {version.gemeente}" if version.gemeente else f"de regio {version.regio}"
    other = ""
    if version.gemeente is None and casus.woongemeente is not None:
        other = f" {casus.woongemeente} heeft geen eigen afspraken."
    return f"Versie {version.versie} van {whose}: die gold op {begin}, toen deze stap begon.{other}"
