"""The onderwijs-zorgarrangement: recorded by a school with an aanbieder, and every change of a place decided together.

Whoever changes who has a place holds the arrangement locked, so that two people cannot give away the last one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import OuterRef, Q

from casussen.actions.oza_melden import AFSPRAKEN, ONDERWERP, tell_agreed, tell_decided
from casussen.bezetting import first_free, most_at_once
from casussen.keuzes import DelingMet, SoortOzabesluit
from casussen.models import Casus, Deling, Onderwijszorg, Ozabesluit, Ozaplaatsing
from casussen.rules.feiten import VERSTE_DAG
from kern.actions import record_event
from kern.kijker import Kijker
from kern.klok import local_date
from kern.models import Gebeurtenis
from scholen.rollen import ZORGCOORDINATOR
from toegang.actions.inzage import log_inzage
from zorgaanbod.models import Aanbieder
from zorgaanbod.rollen import AANBIEDER

VELDEN = tuple(AFSPRAKEN)
GEWIJZIGD, MDO_GEHOUDEN = "onderwijszorg_gewijzigd", "onderwijszorg_mdo_gehouden"
#: So far ahead a place is given, goes on or ends: further is a slip of the pen in the year.
VERSTE = timedelta(days=VERSTE_DAG)


@dataclass(frozen=True, slots=True)
class Samen:
    """Who of the school and who of the aanbieder decided this, and why."""

    namens_school: str
    namens_aanbieder: str
    reden: str


class Ingehaald(ValidationError):  # noqa: N818  (the words of the house)
    """Somebody changed it after this person opened it: at each field that differs it is told what stands there now.

    Nothing was saved. `versie`: the version as it stands.
    """

    def __init__(self, problems: dict[str, str], versie: int) -> None:
        super().__init__(problems)
        self.versie = versie


# --- The arrangement itself -------------------------------------------------------------------------------------------
@transaction.atomic
def create_onderwijszorg(
    *, vestiging: Any, aanbieder: Aanbieder, gegevens: Mapping[str, Any], by: Kijker, op: datetime
) -> Onderwijszorg:
    if not by.heeft_voor(ZORGCOORDINATOR, vestiging.school_id):
        raise PermissionDenied
    row = Onderwijszorg(vestiging=vestiging, aanbieder=aanbieder, vastgelegd_op=op, **{name: gegevens[name] for name in VELDEN})
    _save(row)
    event = _record("onderwijszorg_vastgelegd", row, by, op)
    tell_agreed(row, (), by=by, event=event, op=op)
    return row


@transaction.atomic
def edit_onderwijszorg(
    *, arrangement: Onderwijszorg, gegevens: Mapping[str, Any], by: Kijker, op: datetime, versie: int | None = None
) -> Onderwijszorg:
    """`versie`: the `Onderwijszorg.versie` this person was looking at; without it nothing is compared. Raises Ingehaald."""
    row = _locked(arrangement.pk)
    _may_keep(row, by)
    changed = [name for name in VELDEN if getattr(row, name) != gegevens[name]]
    if not changed:
        return row  # also the same form sent twice
    if versie is not None and versie != row.versie:
        raise _overtaken(row, changed, versie, by)
    for name in changed:
        setattr(row, name, gegevens[name])
    taken = most_at_once(_periods(row), local_date(op))
    if row.plaatsen and taken > row.plaatsen:
        raise ValidationError({"plaatsen": f"Er zijn nu of straks {taken} plaatsen bezet. Laat eerst leerlingen uitstromen."})
    if row.tot is not None and row.plaatsingen.taking_a_place(row.tot).exists():
        raise ValidationError({"tot": "Op die dag hebben nog leerlingen een plaats. Leg eerst hun uitstroom vast."})
    row.versie += 1
    _save(row)
    event = _record(GEWIJZIGD, row, by, op, velden=changed, versie=row.versie)
    tell_agreed(row, changed, by=by, event=event, op=op)
    return row


@transaction.atomic
def hold_mdo(*, arrangement: Onderwijszorg, gehouden_op: date, by: Kijker, op: datetime) -> Onderwijszorg:
    """The joint mdo was held: the next one is due by the rhythm that was agreed."""
    row = _locked(arrangement.pk)
    _may_keep(row, by)
    if gehouden_op > local_date(op):
        raise ValidationError({"gehouden_op": "Deze dag moet nog komen."})
    if gehouden_op < row.van:
        raise ValidationError({"gehouden_op": f"Het arrangement begon op {row.van:%d-%m-%Y}."})
    row.mdo_volgende = gehouden_op + timedelta(weeks=row.mdo_elke_weken)
    row.versie += 1
    row.save(update_fields=["mdo_volgende", "versie"])
    said = {"gehouden_op": gehouden_op.isoformat(), "velden": ["mdo_volgende"], "versie": row.versie}
    _record(MDO_GEHOUDEN, row, by, op, **said)
    return row


# --- In, on and out ---------------------------------------------------------------------------------------------------
@transaction.atomic
def place_pupil(*, arrangement: Onderwijszorg, casus: Casus, van: date, samen: Samen, by: Kijker, op: datetime) -> Ozaplaatsing:
    """Instroom: a pupil of the school, whose casus is shared with the aanbieder, gets a place if there is one."""
    row = _locked(arrangement.pk)
    if not by.heeft_voor(ZORGCOORDINATOR, row.vestiging.school_id):
        raise PermissionDenied
    own = (
        Casus.objects.visible_to(by).open().select_for_update(of=("self",)).filter(pk=casus.pk, school_id=row.vestiging.school_id)
    )
    found = own.first()
    if found is None:
        raise ValidationError({"casus": "Kies een open casus van uw school."})
    if not shared_with(row.aanbieder_id).filter(casus=found).exists():
        raise ValidationError({"casus": f"Deel de casus eerst met {row.aanbieder}, met toestemming van het gezin."})
    if van < row.van or (row.tot is not None and van >= row.tot):
        raise ValidationError({"van": "Op die dag is het arrangement er niet."})
    if van > local_date(op) + VERSTE:
        raise ValidationError({"van": "Kies een dag binnen een jaar."})
    if most_at_once(_periods(row), van) >= row.plaatsen:
        raise ValidationError({"van": _full(row, van)})
    placed = Ozaplaatsing(arrangement=row, casus=found, van=van, verwacht_tot=van + timedelta(weeks=row.duur_weken))
    try:
        with transaction.atomic():
            placed.save()
    except IntegrityError as problem:
        raise ValidationError({"casus": "Deze leerling heeft in die tijd al een plaats in een arrangement."}) from problem
    _decide(placed, SoortOzabesluit.INSTROOM, samen, per=van, by=by, op=op)
    return placed


@transaction.atomic
def prolong_placement(*, plaatsing: Ozaplaatsing, verwacht_tot: date, samen: Samen, by: Kijker, op: datetime) -> Ozaplaatsing:
    """Doorstroom: the pupil goes on here, until another day."""
    row = _locked_placement(plaatsing, by)
    if verwacht_tot <= row.verwacht_tot:
        told = f"Verwacht was tot {row.verwacht_tot:%d-%m-%Y}. Kies een latere dag, of leg uitstroom vast."
        raise ValidationError({"verwacht_tot": told})
    _within_a_year("verwacht_tot", verwacht_tot, max(row.verwacht_tot, local_date(op)))
    row.verwacht_tot = verwacht_tot
    row.save(update_fields=["verwacht_tot"])
    _decide(row, SoortOzabesluit.DOORSTROOM, samen, per=verwacht_tot, by=by, op=op)
    return row


@transaction.atomic
def end_placement(
    *, plaatsing: Ozaplaatsing, tot: date, reden_uitstroom: str, waarheen: str, samen: Samen, by: Kijker, op: datetime
) -> Ozaplaatsing:
    """Uitstroom: from that day on the place is free. It says why, and where the pupil goes."""
    row = _locked_placement(plaatsing, by)
    if tot <= row.van:
        raise ValidationError({"tot": f"De plaatsing begint op {row.van:%d-%m-%Y}. Kies een latere dag."})
    _within_a_year("tot", tot, max(row.verwacht_tot, local_date(op)))
    row.tot, row.reden_uitstroom, row.waarheen = tot, reden_uitstroom, waarheen
    row.save(update_fields=["tot", "reden_uitstroom", "waarheen"])
    _decide(row, SoortOzabesluit.UITSTROOM, samen, per=tot, by=by, op=op)
    return row


# --- Shared -----------------------------------------------------------------------------------------------------------
def shared_with(aanbieder_id: int | OuterRef) -> Any:
    """What is shared with this aanbieder now, upon consent."""
    return Deling.objects.living().filter(met=DelingMet.AANBIEDER, aanbieder_id=aanbieder_id)


def free_from(arrangement: Onderwijszorg, dag: date) -> tuple[date, int] | None:
    """From which day on, this one or later, a new pupil can have a place, and how many places; None: not as it stands."""
    found = first_free(_periods(arrangement), arrangement.plaatsen, max(dag, arrangement.van))
    return None if found is None or (arrangement.tot is not None and found[0] >= arrangement.tot) else found


def may_keep(arrangement: Onderwijszorg, kijker: Kijker) -> bool:
    """May change what was agreed: the zorgcoördinator of the school and whoever works for the aanbieder."""
    return kijker.heeft_voor(ZORGCOORDINATOR, arrangement.vestiging.school_id) or kijker.heeft_voor(
        AANBIEDER, arrangement.aanbieder_id
    )


def placements_seen(kijker: Kijker, arrangement: Onderwijszorg) -> Any:
    """Placements of whom this viewer may know: the school by the casussen it sees, the aanbieder by what is shared with it."""
    seen = Q(casus__in=Casus.objects.visible_to(kijker))
    if kijker.heeft_voor(AANBIEDER, arrangement.aanbieder_id):
        seen |= Q(
            casus__in=Casus.objects.gedeeld_met(kijker),
            casus_id__in=shared_with(arrangement.aanbieder_id).values("casus_id"),
        )
    return Ozaplaatsing.objects.filter(seen, arrangement=arrangement)


def _locked(pk: int) -> Onderwijszorg:
    return Onderwijszorg.objects.select_related("vestiging", "aanbieder").select_for_update(of=("self",)).get(pk=pk)


def _locked_placement(plaatsing: Ozaplaatsing, by: Kijker) -> Ozaplaatsing:
    """The placement as it is now, of an arrangement that is held. It must still run, and be known to whoever decides."""
    arrangement = _locked(plaatsing.arrangement_id)
    _may_keep(arrangement, by)
    if not placements_seen(by, arrangement).filter(pk=plaatsing.pk).exists():
        raise PermissionDenied
    row = Ozaplaatsing.objects.select_for_update(of=("self",)).select_related("arrangement", "casus").get(pk=plaatsing.pk)
    if row.tot is not None:
        raise ValidationError(f"De uitstroom van deze leerling is al vastgelegd, per {row.tot:%d-%m-%Y}.")
    return row


def _within_a_year(veld: str, dag: date, na: date) -> None:
    if dag > na + VERSTE:
        raise ValidationError({veld: f"Kies een dag binnen een jaar na {na:%-d-%-m-%Y}. Klopt het jaar?"})


def _may_keep(arrangement: Onderwijszorg, by: Kijker) -> None:
    if not may_keep(arrangement, by):
        raise PermissionDenied


def _periods(arrangement: Onderwijszorg) -> list[tuple[date, date | None]]:
    return list(arrangement.plaatsingen.values_list("van", "tot")) if arrangement.pk else []


def _full(row: Onderwijszorg, van: date) -> str:
    taken = "De enige plaats is dan bezet." if row.plaatsen == 1 else f"Alle {row.plaatsen} plaatsen zijn dan bezet."
    found = free_from(row, van)
    if found is None:
        return f"{taken} Leg eerst vast wie uitstroomt, en wanneer."
    return f"{taken} Kies {found[0]:%-d-%-m-%Y} of later, of laat eerst iemand uitstromen."


def _overtaken(row: Onderwijszorg, changed: list[str], versie: int, by: Kijker) -> Ingehaald:
    """Who changed what since this version, with at each field that still differs what stands there now."""
    events = Gebeurtenis.objects.filter(
        soort__in=[GEWIJZIGD, MDO_GEHOUDEN], onderwerp_soort=ONDERWERP, onderwerp_id=row.pk, gegevens__versie__gt=versie
    )
    since = list(events.order_by("-op", "-id"))
    touched = {naam for event in since for naam in event.gegevens["velden"]}
    who = "U hebt" if since and since[0].door_id == by.user_id else f"{since[0].door_naam if since else 'Iemand anders'} heeft"
    told = (
        f"{who} deze afspraken gewijzigd nadat u ze opende. Er is nog niets bewaard. "
        "Wat u typte, staat er nog. Kijk wat u wilt houden en bewaar dan opnieuw."
    )
    problems = {
        naam: f"Dit is intussen gewijzigd. Er staat nu: {_shown(getattr(row, naam))}" for naam in changed if naam in touched
    }
    return Ingehaald({NON_FIELD_ERRORS: told, **problems}, row.versie)


def _shown(value: Any) -> str:
    match value:
        case None:
            return "niets"
        case list():
            return "; ".join(value)
        case date():
            return f"{value:%-d-%-m-%Y}"
    return str(value)


def _save(row: Onderwijszorg) -> None:
    """Every rule at its field; whoever took the same name in the same second is told so too."""
    row.full_clean()
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as problem:
        raise ValidationError({"naam": "Op deze vestiging is al een arrangement met deze naam."}) from problem


def _record(soort: str, row: Onderwijszorg, by: Kijker, op: datetime, **gegevens: Any) -> Gebeurtenis:
    return record_event(soort=soort, onderwerp_soort=ONDERWERP, onderwerp_id=row.pk, by=by, op=op, gegevens=gegevens)


def _decide(row: Ozaplaatsing, soort: SoortOzabesluit, samen: Samen, *, per: date, by: Kijker, op: datetime) -> None:
    """Write down who decided what, and tell the other side. The mail names the casus by its number."""
    besluit = Ozabesluit(
        plaatsing=row,
        soort=soort,
        namens_school=samen.namens_school.strip(),
        namens_aanbieder=samen.namens_aanbieder.strip(),
        reden=samen.reden.strip(),
        per=per,
        door_id=by.user_id,
        op=op,
    )
    besluit.full_clean(exclude=["plaatsing", "door"])
    besluit.save()
    arrangement, casus = row.arrangement, row.casus
    data = {"plaatsing": row.pk, "casus": casus.pk, "per": per.isoformat()}
    event = record_event(
        soort=f"onderwijszorg_{soort}", onderwerp_soort=ONDERWERP, onderwerp_id=arrangement.pk, by=by, op=op, gegevens=data
    )
    relatie = "eigen school" if by.heeft_voor(ZORGCOORDINATOR, casus.school_id) else "gedeeld met toestemming"
    log_inzage(kijker=by, actie=str(soort), object_soort="casus", object_id=casus.pk, relatie=relatie, op=op)
    tell_decided(arrangement, casus, soort, by=by, event=event, op=op)
