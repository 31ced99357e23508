"""Drafts of changes to the network: made, tried and applied. Trying runs the very actions that applying runs."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, models, transaction

from gebieden.actions.activeren import NietTeActiverenError, activate_editie
from gebieden.models import Editie, EditieStatus, Regio
from kern.actions import record_event
from kern.kijker import Kijker, systeem
from wijkteams.actions.opslaan import day_of, locked
from wijkteams.actions.werkgebieden import INHOUD, create_werkgebied, end_werkgebied
from wijkteams.models import Nazicht, Voorstel, VoorstelRegel, VoorstelStatus, Werkgebied

#: Per row of a draft what is wrong with it; None: the draft itself.
Bezwaren = dict[int | None, list[str]]


class BezwarenError(Exception):
    """The draft cannot be carried out as it stands; `bezwaren` says per row why."""

    def __init__(self, bezwaren: Bezwaren) -> None:
        super().__init__("Het voorstel kan zo niet worden toegepast.")
        self.bezwaren = bezwaren


class VerouderdError(Exception):
    """The network or the draft is not what it was when the effect was shown: look again first."""


# --- The draft -------------------------------------------------------------------------------------------------------


@transaction.atomic
def create_voorstel(*, regio: Regio, naam: str, ingaat_op: date, editie: Editie | None, by: Kijker, op: datetime) -> Voorstel:
    """A new draft; nothing of it stands in the network."""
    voorstel = Voorstel(regio=regio, naam=naam, ingaat_op=ingaat_op, editie=editie, gemaakt_door_id=_user(by), gemaakt_op=op)
    _check(voorstel, op)
    voorstel.save()
    _record("voorstel_gemaakt", voorstel, by, op)
    return voorstel


@transaction.atomic
def change_voorstel(
    *, voorstel: Voorstel, naam: str, ingaat_op: date, editie: Editie | None, by: Kijker, op: datetime
) -> Voorstel:
    """Another name, day or editie to try."""
    rij = locked(Voorstel, voorstel.pk, check=_still_open)
    rij.naam, rij.ingaat_op, rij.editie = naam, ingaat_op, editie
    _check(rij, op)
    rij.save(update_fields=["naam", "ingaat_op", "editie"])
    _record("voorstel_gewijzigd", rij, by, op)
    return rij


@transaction.atomic
def withdraw_voorstel(*, voorstel: Voorstel, by: Kijker, op: datetime) -> bool:
    """Put a draft aside. False: that was done before."""
    rij = locked(Voorstel, voorstel.pk)
    if rij.status == VoorstelStatus.INGETROKKEN:
        return False
    _still_open(rij)
    rij.status = VoorstelStatus.INGETROKKEN
    rij.save(update_fields=["status"])
    _record("voorstel_ingetrokken", rij, by, op)
    return True


@transaction.atomic
def add_regel(
    *, voorstel: Voorstel, werkgebied: Werkgebied | None, gegevens: Mapping[str, Any], by: Kijker, op: datetime
) -> VoorstelRegel:
    """One change more: a rule that ends, one that begins, or one for the other. A row is right in itself before it is kept."""
    rij = locked(Voorstel, voorstel.pk, check=_still_open)
    regel = VoorstelRegel(voorstel=rij, werkgebied=werkgebied, **{naam: gegevens[naam] for naam in INHOUD if naam in gegevens})
    if werkgebied is not None and not _in_region(werkgebied.wijkteam.gemeente.regio_id, rij):
        raise ValidationError("Deze regel hoort bij een wijkteam van een andere regio.")
    if regel.wijkteam is not None and not _in_region(regel.wijkteam.gemeente.regio_id, rij):
        raise ValidationError({"wijkteam": "Kies een wijkteam van uw eigen regio."})
    if regel.wijkteam is not None:
        _check_row(Werkgebied(**{naam: getattr(regel, naam) for naam in INHOUD}))
    regel.full_clean()
    regel.save()
    _record("voorstel_gewijzigd", rij, by, op)
    return regel


@transaction.atomic
def remove_regel(*, voorstel: Voorstel, regel_id: int, by: Kijker, op: datetime) -> bool:
    """Take a change out of the draft. False: it was not there any more."""
    rij = locked(Voorstel, voorstel.pk, check=_still_open)
    weg = bool(VoorstelRegel.objects.filter(voorstel=rij, pk=regel_id).delete()[0])
    if weg:
        _record("voorstel_gewijzigd", rij, by, op)
    return weg


def _check_row(nieuw: Werkgebied) -> None:
    """Every rule of the table about one row, at its field. What it clashes with depends on the whole draft, and comes later."""
    errors: dict[str, list[ValidationError]] = {}
    for model, constraints in nieuw.get_constraints():
        for constraint in constraints:
            if isinstance(constraint, models.CheckConstraint):
                try:
                    constraint.validate(model, nieuw)
                except ValidationError as problem:
                    errors.setdefault(str(problem.code), []).append(problem)
    if errors:
        raise ValidationError(errors)


def _user(by: Kijker) -> int:
    """Whose work this is: a person's, never the system's."""
    if by.user_id is None:
        raise ValueError("Een voorstel wordt door een mens gemaakt.")
    return by.user_id


def _in_region(regio_id: int | None, voorstel: Voorstel) -> bool:
    return regio_id is not None and regio_id == voorstel.regio_id


def _still_open(voorstel: Voorstel) -> None:
    if not voorstel.is_open:
        raise ValidationError(f"Dit voorstel is al {voorstel.get_status_display()} en kan niet meer veranderen.")


def _check(voorstel: Voorstel, op: datetime) -> None:
    if voorstel.ingaat_op < day_of(op):
        raise ValidationError({"ingaat_op": "Een voorstel kan niet met terugwerkende kracht ingaan. Kies vandaag of later."})
    if voorstel.editie is not None and (voorstel.editie.status != EditieStatus.GELADEN or not voorstel.editie.adressen):
        raise ValidationError({"editie": "Deze editie is niet helemaal geladen."})
    voorstel.full_clean()


# --- Trying and applying ---------------------------------------------------------------------------------------------


def carry_out(voorstel: Voorstel, *, by: Kijker, op: datetime, met_editie: bool = True) -> None:
    """Make every change of the draft: first all ends, then all beginnings, so that their order does not matter.

    Within a transaction. Raises BezwarenError with everything that cannot be, not only the first; then roll back.
    """
    regels = list(VoorstelRegel.objects.filter(voorstel=voorstel).select_related("werkgebied", "wijkteam"))
    bezwaren: Bezwaren = {}
    eindes = {regel.pk: regel.werkgebied.tot for regel in regels if regel.werkgebied is not None}
    begin = {regel.pk: regel.werkgebied.van for regel in regels if regel.werkgebied is not None}
    for regel in regels:
        if regel.werkgebied is not None:
            _try(regel.pk, bezwaren, _ending(regel.werkgebied, voorstel.ingaat_op, by, op))
    for regel in regels:
        if regel.wijkteam is not None:
            gegevens = {naam: getattr(regel, naam) for naam in INHOUD}
            gegevens["van"] = max(voorstel.ingaat_op, begin.get(regel.pk, voorstel.ingaat_op))
            if regel.pk in eindes:
                gegevens["tot"] = eindes[regel.pk]
            _try(regel.pk, bezwaren, _beginning(gegevens, by, op))
    if met_editie and voorstel.editie is not None:
        try:
            activate_editie(editie_id=voorstel.editie.pk, by=by, op=op)
        except NietTeActiverenError as fout:
            bezwaren[None] = [str(fout)]
    if bezwaren:
        raise BezwarenError(bezwaren)


def _ending(werkgebied: Werkgebied, tot: date, by: Kijker, op: datetime) -> Callable[[], object]:
    return lambda: end_werkgebied(werkgebied=werkgebied, tot=tot, by=by, op=op)


def _beginning(gegevens: Mapping[str, Any], by: Kijker, op: datetime) -> Callable[[], object]:
    return lambda: create_werkgebied(gegevens=gegevens, by=by, op=op)


def _try(regel_id: int, bezwaren: Bezwaren, stap: Callable[[], object]) -> None:
    try:
        with transaction.atomic():
            stap()
    except ValidationError as problem:
        bezwaren.setdefault(regel_id, []).extend(problem.messages)


#: Everything that the effect of a draft depends on and that people change: rules, teams, gemeenten, the editie, and the draft.
_STAND = """
SELECT md5(coalesce(string_agg(deel, E'\\n' ORDER BY deel), '')) FROM (
    SELECT 'regel' || regel::text AS deel FROM wijkteams_werkgebied regel
    UNION ALL SELECT concat_ws(' ', 'team', id, gemeente_id, geldig_van, geldig_tot) FROM wijkteams_wijkteam
    UNION ALL SELECT concat_ws(' ', 'gemeente', code, coalesce(regio_id, 0), opvolger_id, geldig_tot) FROM gebieden_gemeente
    UNION ALL SELECT concat_ws(' ', 'editie', id) FROM gebieden_editie WHERE actief
    UNION ALL SELECT 'voorstel' || regel::text FROM wijkteams_voorstelregel regel WHERE regel.voorstel_id = %(voorstel)s
    UNION ALL SELECT concat_ws(' ', 'ingaat', ingaat_op, coalesce(editie_id, 0)) FROM wijkteams_voorstel WHERE id = %(voorstel)s
) alles
"""


def fingerprint(voorstel: Voorstel) -> str:
    """What the network and the draft are now, in a few characters: the same only when nothing that counts has changed."""
    with connection.cursor() as cursor:
        cursor.execute(_STAND, {"voorstel": voorstel.pk})
        (stand,) = cursor.fetchone()
    return hashlib.sha256(f"{voorstel.pk}:{stand}".encode()).hexdigest()[:32]


@transaction.atomic
def apply_voorstel(*, voorstel: Voorstel, gezien: str, by: Kijker, op: datetime) -> bool:
    """Put the draft into the network. False: that was done before, and nothing happens twice.

    `gezien` is the fingerprint under which the effect was shown. The rules are dated: from `ingaat_op` on they hold by
    themselves. An editie becomes active now, or on that day by `activate_planned`. Raises VerouderdError or BezwarenError, with
    nothing changed.
    """
    rij = locked(Voorstel, voorstel.pk)
    if rij.status in {VoorstelStatus.TOEGEPAST, VoorstelStatus.GEPLAND}:
        return False
    _still_open(rij)
    vandaag = day_of(op)
    if rij.ingaat_op < vandaag:
        raise BezwarenError({None: ["De dag van ingang is voorbij. Kies vandaag of later en bekijk het gevolg opnieuw."]})
    if rij.editie is None and not rij.regels.exists():
        raise BezwarenError({None: ["Dit voorstel verandert nog niets. Voeg eerst een regel of een editie toe."]})
    with connection.cursor() as cursor:  # nobody changes the network between this look and the change; readers go on
        cursor.execute("LOCK TABLE wijkteams_werkgebied IN SHARE ROW EXCLUSIVE MODE")
    if fingerprint(rij) != gezien:
        raise VerouderdError
    nu = rij.ingaat_op == vandaag
    rij.status = VoorstelStatus.TOEGEPAST if nu or rij.editie is None else VoorstelStatus.GEPLAND
    rij.bekeken_met, rij.toegepast_op, rij.toegepast_door_id = gezien, op, by.user_id
    rij.save(update_fields=["status", "bekeken_met", "toegepast_op", "toegepast_door"])
    _record("voorstel_toegepast", rij, by, op)
    carry_out(rij, by=by, op=op, met_editie=nu)
    return True


def activate_planned(*, now: datetime) -> int:
    """Make the edities active whose day has come. Asked again and again: what is done is done once; answers how many."""
    due = Voorstel.objects.filter(status=VoorstelStatus.GEPLAND, ingaat_op__lte=day_of(now)).order_by("ingaat_op", "pk")
    return sum(_activate(pk, now) for pk in due.values_list("pk", flat=True))


@transaction.atomic
def _activate(voorstel_id: int, now: datetime) -> bool:
    rij = Voorstel.objects.select_for_update(skip_locked=True).filter(pk=voorstel_id, status=VoorstelStatus.GEPLAND).first()
    if rij is None or rij.editie_id is None:
        return False
    by = systeem(day_of(now), "geplande editie")
    try:
        with transaction.atomic():
            activate_editie(editie_id=rij.editie_id, by=by, op=now)
    except NietTeActiverenError as fout:
        if rij.fout != str(fout):
            rij.fout = str(fout)[:300]
            rij.save(update_fields=["fout"])
            _record("voorstel_editie_mislukt", rij, by, now)
        return False
    rij.status, rij.fout = VoorstelStatus.TOEGEPAST, ""
    rij.save(update_fields=["status", "fout"])
    _record("voorstel_editie_actief", rij, by, now)
    return True


@transaction.atomic
def mark_checked(*, werkgebieden: Sequence[Werkgebied], editie: Editie, by: Kijker, op: datetime) -> int:
    """These rules were looked at after the editie and are still right. Answers how many were not marked before."""
    nieuw = 0
    for regel in werkgebieden:
        _, gemaakt = Nazicht.objects.get_or_create(werkgebied=regel, editie=editie, defaults={"door_id": _user(by), "op": op})
        if gemaakt:
            nieuw += 1
            record_event(
                soort="werkgebied_nagekeken",
                onderwerp_soort="werkgebied",
                onderwerp_id=regel.pk,
                by=by,
                op=op,
                gegevens={"editie": editie.pk},
            )
    return nieuw


def _record(soort: str, voorstel: Voorstel, by: Kijker, op: datetime) -> None:
    record_event(
        soort=soort,
        onderwerp_soort="voorstel",
        onderwerp_id=voorstel.pk,
        by=by,
        op=op,
        gegevens={"regio": voorstel.regio_id, "ingaat_op": voorstel.ingaat_op.isoformat(), "editie": voorstel.editie_id},
    )
