"""Every write about verzuim: reported, ended, corrected or taken back; and what the school reported to leerplicht.

Whatever changes the days of a pupil looks at the signals of that pupil in the same transaction; the clock of the night finds what
only time brings (`scholen.actions.verzuimsignalen`).
"""

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID, uuid5

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from kern.actions import record_event
from kern.kalender import EERSTE_MAAND, day_and_month, school_year_of
from kern.kijker import Kijker
from kern.klok import local_date
from scholen.actions.verzuimsignalen import renew_signals
from scholen.models import Leerling, Verzuim, Verzuimsignaal
from scholen.rollen import ZORGCOORDINATOR
from scholen.vakanties import vakanties_of
from scholen.verzuim.keuzes import RedenVerzuim, SoortVerzuim
from scholen.verzuim.rules import UREN_SCHOOLDAG, WEEK, Afwezig, Schoolkalender, is_covered, monday_of, room_for

ONDERWERP = "verzuim"
#: Leave and exemptions are known beforehand; that somebody stays away is not.
VOORUIT = (SoortVerzuim.GEOORLOOFD, SoortVerzuim.VRIJSTELLING)
#: What is written with a report is a few sentences; a whole story belongs in the casus.
TOELICHTING_MAX = 2000
GEWEEST = "Vul een dag in die geweest is."
#: How many school years before this one are still reported here: as many as the longest school lasts.
SCHOOLJAREN_TERUG = 6


@dataclass(frozen=True, slots=True)
class Opgave:
    """What is reported. With `uren`: loose hours, within one week (`tot` None: on that one day). Without: whole days."""

    soort: str
    van: date
    tot: date | None = None
    uren: Decimal | None = None
    reden: str = RedenVerzuim.ONBEKEND.value
    toelichting: str = ""
    belastbaar_volgens_plan: bool = False
    vrijstelling_grond: str = ""

    @property
    def laatste_dag(self) -> date | None:
        return self.tot or (self.van if self.uren is not None else None)


def may_record(kijker: Kijker, leerling: Leerling) -> bool:
    return leerling.vestiging.school_id in kijker.ids(ZORGCOORDINATOR)


@transaction.atomic
def record_verzuim(*, leerling: Leerling, opgave: Opgave, by: Kijker, op: datetime, sleutel: UUID | None = None) -> Verzuim:
    """Report that a pupil was not there. ValidationError, at its field, for what cannot be.

    `sleutel`: of a form; the same report sent twice with it counts once, and another report is another one.
    """
    locked = _lock(leerling.pk, by)
    sleutel = sleutel and _key_of(sleutel, locked, opgave)
    if sleutel and (sent := Verzuim.objects.filter(verzoek_sleutel=sleutel, leerling=locked).first()) is not None:
        return sent
    verzuim = _write(locked, opgave, by=by, op=op, sleutel=sleutel)
    record_event(soort="verzuim_gemeld", onderwerp_soort=ONDERWERP, onderwerp_id=verzuim.pk, by=by, op=op)
    renew_signals([locked], op=op)
    return verzuim


@transaction.atomic
def end_verzuim(*, verzuim: Verzuim, tot: date, by: Kijker, op: datetime) -> Verzuim:
    """The pupil is back: `tot` was the last day away. Only of what still goes on; what ended is corrected."""
    leerling = _lock(verzuim.leerling_id, by)
    own = Verzuim.objects.select_for_update().get(pk=verzuim.pk)
    if not own.loopt:
        raise ValidationError("Deze melding was al beëindigd of verbeterd.")
    if tot > local_date(op) and own.soort not in VOORUIT:
        raise ValidationError({"tot": GEWEEST})
    own.tot = tot
    own.full_clean(exclude=["door"])
    own.save(update_fields=["tot"])
    record_event(
        soort="verzuim_beeindigd",
        onderwerp_soort=ONDERWERP,
        onderwerp_id=own.pk,
        by=by,
        op=op,
        gegevens={"tot": tot.isoformat()},
    )
    renew_signals([leerling], op=op)
    return own


@transaction.atomic
def correct_verzuim(*, verzuim: Verzuim, opgave: Opgave | None, waarom: str, by: Kijker, op: datetime) -> Verzuim | None:
    """Another report instead of this one, or (`opgave` None) none at all. The old one stays, with who, when and why."""
    leerling = _lock(verzuim.leerling_id, by)
    own = Verzuim.objects.select_for_update().get(pk=verzuim.pk)
    if own.vervallen_op is not None:
        raise ValidationError("Deze melding was al verbeterd.")
    if not waarom.strip():
        raise ValidationError({"waarom": "Schrijf op waarom de melding niet klopte."})
    own.vervallen_op, own.vervallen_door_id, own.vervallen_om = op, by.user_id, waarom.strip()
    own.save(update_fields=["vervallen_op", "vervallen_door", "vervallen_om"])
    new = _write(leerling, opgave, by=by, op=op, vervangt=own) if opgave is not None else None
    soort, gegevens = ("verzuim_gecorrigeerd", {"nieuw": new.pk}) if new is not None else ("verzuim_vervallen", {})
    record_event(soort=soort, onderwerp_soort=ONDERWERP, onderwerp_id=own.pk, by=by, op=op, gegevens=gegevens)
    renew_signals([leerling], op=op)
    return new


@transaction.atomic
def report_signaal(*, signaal: Verzuimsignaal, gemeld_op: date, by: Kijker, op: datetime) -> Verzuimsignaal:
    """Write down that the school reported this to leerplicht, on that day. The portal itself reports nothing."""
    _lock(signaal.leerling_id, by)
    own = Verzuimsignaal.objects.select_for_update().get(pk=signaal.pk)
    if own.gemeld_bij_leerplicht_op is not None or own.vervallen_op is not None:
        raise ValidationError("Dit signaal is al afgehandeld.")
    if not own.venster_van <= gemeld_op <= local_date(op):
        raise ValidationError(
            {"gemeld_op": "Vul de dag in waarop u het meldde: niet voor het verzuim, en niet later dan vandaag."}
        )
    own.gemeld_bij_leerplicht_op, own.gemeld_door_id, own.gemeld_vastgelegd_op = gemeld_op, by.user_id, op
    own.save(update_fields=["gemeld_bij_leerplicht_op", "gemeld_door", "gemeld_vastgelegd_op"])
    record_event(soort="verzuim_bij_leerplicht", onderwerp_soort="verzuimsignaal", onderwerp_id=own.pk, by=by, op=op)
    return own


def _key_of(sleutel: UUID, leerling: Leerling, opgave: Opgave) -> UUID:
    """Of a form and what was written in it: who goes back and changes it says something else."""
    uren = None if opgave.uren is None else f"{opgave.uren:.1f}"
    same = {"uren": uren, "tot": opgave.laatste_dag, "toelichting": opgave.toelichting.strip()}
    said = {**asdict(opgave), **same, "leerling": leerling.pk}
    return uuid5(sleutel, json.dumps(said, sort_keys=True, default=str))


def _lock(leerling_id: int, by: Kijker) -> Leerling:
    """One report at a time per pupil, and only by the own school."""
    leerling = Leerling.objects.select_for_update(of=("self",)).select_related("vestiging").get(pk=leerling_id)
    if by.user_id is None or not may_record(by, leerling):
        raise PermissionDenied
    return leerling


def _write(
    leerling: Leerling,
    opgave: Opgave,
    *,
    by: Kijker,
    op: datetime,
    vervangt: Verzuim | None = None,
    sleutel: UUID | None = None,
) -> Verzuim:
    if len(opgave.toelichting.strip()) > TOELICHTING_MAX:
        raise ValidationError({"toelichting": f"Schrijf hoogstens {TOELICHTING_MAX} tekens."})
    _check_days(leerling, opgave, local_date(op), vervangt)
    verzuim = Verzuim(
        leerling=leerling,
        soort=opgave.soort,
        van=opgave.van,
        tot=opgave.laatste_dag,
        uren=opgave.uren,
        reden=opgave.reden,
        toelichting=opgave.toelichting.strip(),
        belastbaar_volgens_plan=opgave.belastbaar_volgens_plan,
        vrijstelling_grond=opgave.vrijstelling_grond,
        door_id=by.user_id or 0,
        op=op,
        vervangt=vervangt,
        verzoek_sleutel=sleutel,
    )
    verzuim.full_clean(exclude=["door", "vervangt"])
    verzuim.save()
    return verzuim


def _check_days(leerling: Leerling, opgave: Opgave, dag: date, vervangt: Verzuim | None) -> None:
    _check_not_long_ago(leerling, opgave.van, dag)
    if opgave.soort not in VOORUIT:
        late = {naam: GEWEEST for naam, value in (("van", opgave.van), ("tot", opgave.tot)) if value is not None and value > dag}
        if late:
            raise ValidationError(late)
    if opgave.uren is not None and (opgave.tot is None or opgave.van <= opgave.tot):
        kalender = Schoolkalender(vakanties_of(leerling.vestiging.vakantieregio))
        days = kalender.schooldagen_terug(opgave.tot or opgave.van, opgave.van)
        if next(days, None) is None:
            raise ValidationError({"van": "Op deze dag was er geen school: het was weekend of vakantie."})
        if (opgave.tot or opgave.van) - opgave.van >= WEEK:
            return  # not within one week: `verzuim_uren_in_een_week` says so, without walking there day by day
        hele = Verzuim.objects.living().filter(leerling=leerling, uren__isnull=True)
        hele = hele.exclude(pk=vervangt.pk) if vervangt else hele
        loose = Afwezig(soort=opgave.soort, van=opgave.van, tot=opgave.tot, uren=opgave.uren)
        if is_covered(loose, [verzuim.as_afwezig() for verzuim in hele], kalender):
            raise ValidationError({"van": "De leerling staat op deze dag al de hele dag afwezig. Verander die melding."})
        _check_room(leerling, loose, [verzuim.as_afwezig() for verzuim in hele], kalender, vervangt)


def _check_room(
    leerling: Leerling, loose: Afwezig, hele: list[Afwezig], kalender: Schoolkalender, vervangt: Verzuim | None
) -> None:
    """No more hours than the school days have, with what was reported of them before: hours too many make a false signal."""
    maandag = monday_of(loose.van)
    week = Verzuim.objects.living().filter(leerling=leerling, uren__isnull=False, van__gte=maandag, van__lt=maandag + WEEK)
    week = week.exclude(pk=vervangt.pk) if vervangt else week
    past = room_for(loose, [*hele, *(verzuim.as_afwezig() for verzuim in week)], kalender)
    if loose.uren is None or loose.uren <= past:
        return
    when = "op deze dag" if loose.tot in {None, loose.van} else "in deze dagen"
    fits = f"passen {when} nog {_number(past)} losse uren" if past else f"past {when} niets meer bij"
    told = f"Een schooldag heeft hoogstens {UREN_SCHOOLDAG} uren: er {fits}. Staat het verzuim er al, verbeter dan die melding."
    raise ValidationError({"uren": told})


def _number(uren: Decimal) -> str:
    """As it is written: 8, or 2,5."""
    return f"{uren.normalize():f}".replace(".", ",")


def _check_not_long_ago(leerling: Leerling, van: date, dag: date) -> None:
    """A slip of the pen in the year is no absence of centuries."""
    first = date(school_year_of(dag) - SCHOOLJAREN_TERUG, EERSTE_MAAND, 1)
    if van < first:
        raise ValidationError({"van": f"Vul een dag in vanaf {day_and_month(first)} {first.year}. Klopt het jaar?"})
    if leerling.geboortedatum is not None and van < leerling.geboortedatum:
        raise ValidationError({"van": "Vul een dag in na de geboorte van de leerling. Klopt het jaar?"})
