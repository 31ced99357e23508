"""What somebody of a team leaves goes to a colleague: casussen, actions, overleggen, clocks and consulten, with a warm note.

Not a step of the loop: the state stays as it is. But it is written down like one, so that the time line tells it, a form that was
opened before is recognised as old, and the access log has it. Messages need no moving: the thread stays with the casus, and
whoever takes over has it unread.
"""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from casussen.actions.termijnen import assign_termijnen
from casussen.actions.uitnodigen import invite_one
from casussen.keuzes import ConsultStatus, MdoStatus
from casussen.models import Casus, Consult, Mdo, MdoDeelnemer, Overdracht, Overgang, Taak, Termijn
from kern.actions import record_event
from kern.kijker import Kijker
from toegang.actions.inzage import log_inzage
from wijkteams.models import Contactpersoon

LOPEND = (ConsultStatus.OPEN, ConsultStatus.BEANTWOORD)


def casussen_of_person(persoon: Contactpersoon) -> QuerySet[Casus]:
    """Open casussen in which something is this person's: as behandelaar, as the aanspreekpunt they wait for, as owner of an open
    clock or action, or as guest of an overleg that is planned."""
    own_clock = Termijn.objects.filter(eigenaar_contactpersoon=persoon, gesloten_op__isnull=True)
    own_task = Taak.objects.open().filter(eigenaar_contactpersoon=persoon)
    guest = MdoDeelnemer.objects.filter(contactpersoon=persoon, mdo__status=MdoStatus.GEPLAND)
    mine = (
        _treats(persoon)
        | Q(pk__in=own_clock.values("casus_id"))
        | Q(pk__in=own_task.values("casus_id"))
        | Q(pk__in=guest.values("mdo__casus_id"))
    )
    return Casus.objects.open().filter(mine, wijkteam_id=persoon.wijkteam_id).order_by("nummer")


def treated_by(persoon: Contactpersoon) -> QuerySet[Casus]:
    """Open casussen that are this person's as a whole: whoever asks about them, asks this person."""
    return Casus.objects.open().filter(_treats(persoon), wijkteam_id=persoon.wijkteam_id).order_by("nummer")


def _treats(persoon: Contactpersoon) -> Q:
    return Q(behandelaar=persoon) | Q(aanspreekpunt=persoon, behandelaar__isnull=True)


def closed_of_person(persoon: Contactpersoon) -> QuerySet[Casus]:
    """Closed casussen whose after-care is still to come: whoever takes over is asked then."""
    open_care = Q(nazorg__gedaan_op__isnull=True, nazorg__isnull=False)
    own = Casus.objects.filter(open_care, behandelaar=persoon, wijkteam_id=persoon.wijkteam_id)
    return own.exclude(pk__in=Casus.objects.open().values("pk")).distinct().order_by("nummer")


def consulten_of_person(persoon: Contactpersoon) -> QuerySet[Consult]:
    """Anonymous consulten that go on: a question waits for this person, or would when the school asks on after an answer."""
    return running_consulten().filter(aanspreekpunt=persoon).order_by("nummer")


def running_consulten() -> QuerySet[Consult]:
    return Consult.objects.filter(status__in=LOPEND)


@transaction.atomic
def hand_over_consulten(*, persoon: Contactpersoon, opvolger: Contactpersoon, by: Kijker, op: datetime) -> list[Consult]:
    """Give the consulten that go on to a colleague; answers those that moved. Their clock runs on, and reminds the colleague."""
    moved = list(consulten_of_person(persoon).select_for_update(of=("self",)))
    for consult in moved:
        consult.aanspreekpunt = opvolger
        consult.save(update_fields=["aanspreekpunt"])
        record_event(
            soort="consult_overgedragen",
            onderwerp_soort="consult",
            onderwerp_id=consult.pk,
            by=by,
            op=op,
            gegevens={"van": persoon.pk, "naar": opvolger.pk},
        )
        log_inzage(kijker=by, actie="overdragen", object_soort="consult", object_id=consult.pk, relatie="netwerkbeheer", op=op)
    return moved


@transaction.atomic
def hand_over_casussen(
    *,
    persoon: Contactpersoon,
    opvolger: Contactpersoon,
    nummers: Collection[str] | None = None,
    notities: Mapping[str, str] | None = None,
    by: Kijker,
    op: datetime,
) -> list[Casus]:
    """Give these casussen (None: all) of one person, who leaves, to a colleague, each with its note; answers the open ones that
    moved. Closed ones go along for the after-care that is still to come."""
    rows = casussen_of_person(persoon)
    if nummers is not None:
        rows = rows.filter(nummer__in=nummers)
    ids = list(rows.values_list("pk", flat=True))
    moved = []
    for casus in Casus.objects.select_for_update(of=("self",)).select_related("regio").filter(pk__in=ids).order_by("pk"):
        if casus.wijkteam_id == persoon.wijkteam_id:  # not sent on in the meantime
            note = (notities or {}).get(casus.nummer, "")
            _move(casus, persoon, opvolger, note, by=by, op=max(op, casus.status_sinds))
            moved.append(casus)
    closed = closed_of_person(persoon)
    if nummers is not None:
        closed = closed.filter(nummer__in=nummers)
    for casus in Casus.objects.filter(pk__in=list(closed.values_list("pk", flat=True))).order_by("pk"):
        _move_closed(casus, persoon, opvolger, (notities or {}).get(casus.nummer, ""), by=by, op=op)
    return moved


def _move_closed(
    casus: Casus, persoon: Contactpersoon, opvolger: Contactpersoon, notitie: str, *, by: Kijker, op: datetime
) -> None:
    """No step, since a closed casus takes none; but it is known who had it before."""
    casus.behandelaar = opvolger
    if casus.aanspreekpunt_id == persoon.pk:
        casus.aanspreekpunt = opvolger
    casus.save(update_fields=["behandelaar", "aanspreekpunt"])
    write_note(casus, persoon, opvolger, notitie, by=by, op=max(op, casus.status_sinds), vertrek=True)


def _move(casus: Casus, persoon: Contactpersoon, opvolger: Contactpersoon, notitie: str, *, by: Kijker, op: datetime) -> None:
    whole = persoon.pk == (casus.behandelaar_id or casus.aanspreekpunt_id)
    if casus.behandelaar_id == persoon.pk:
        casus.behandelaar = opvolger
    if casus.aanspreekpunt_id == persoon.pk:
        casus.aanspreekpunt = opvolger
    casus.versie += 1
    casus.save(update_fields=["behandelaar", "aanspreekpunt", "versie"])
    assign_termijnen(casus=casus, contactpersoon=casus.behandelaar or opvolger)
    take_over(casus, persoon, opvolger, by=by, op=op)
    write_note(casus, persoon, opvolger, notitie, by=by, op=op, vertrek=True, hele_casus=whole)
    rol = next(iter(sorted(by.rollen)), "") if len(by.rollen) == 1 else ""
    Overgang.objects.create(
        casus=casus,
        ronde=casus.ronde,
        actie=Overdracht.ACTIE,
        van_status=casus.status,
        naar_status=casus.status,
        door_id=by.user_id,
        door_naam=by.naam[:200],
        door_rol=rol,
        op=op,
        van_wijkteam_id=casus.wijkteam_id,
        naar_wijkteam_id=casus.wijkteam_id,
        versie=casus.versie,
    )
    record_event(
        soort="casus_overgedragen",
        onderwerp_soort="casus",
        onderwerp_id=casus.pk,
        by=by,
        op=op,
        gegevens={"van": persoon.pk, "naar": opvolger.pk, "ronde": casus.ronde},
    )
    log_inzage(kijker=by, actie="overdragen", object_soort="casus", object_id=casus.pk, relatie="netwerkbeheer", op=op)


def take_over(casus: Casus, persoon: Contactpersoon, opvolger: Contactpersoon, *, by: Kijker, op: datetime) -> None:
    """The open actions of one person in this casus, with their clocks, and the seat at an overleg that is planned."""
    own = Taak.objects.open().filter(casus=casus, eigenaar_contactpersoon=persoon)
    clocks = Termijn.objects.filter(casus=casus, eigenaar_contactpersoon=persoon, gesloten_op__isnull=True)
    clocks.update(eigenaar_contactpersoon=opvolger, eigenaar_user_id=opvolger.user_id)
    own.filter(naam=persoon.naam).update(naam=opvolger.naam)
    own.update(eigenaar_contactpersoon=opvolger, eigenaar_user_id=opvolger.user_id)
    seats = MdoDeelnemer.objects.filter(mdo__casus=casus, mdo__status=MdoStatus.GEPLAND, contactpersoon=persoon)
    for seat in seats.select_related("mdo"):
        _give_seat(seat, casus, opvolger, by=by, op=op)


def _give_seat(seat: MdoDeelnemer, casus: Casus, opvolger: Contactpersoon, *, by: Kijker, op: datetime) -> None:
    """The row of who sat there stays, as replaced; the colleague gets one, and the invitation, unless they sit there already."""
    new = _seat_of(seat.mdo, opvolger)
    if new is None:
        new = MdoDeelnemer.objects.create(
            mdo=seat.mdo,
            partij=seat.partij,
            naam=opvolger.naam,
            functie=opvolger.functie,
            user_id=opvolger.user_id,
            contactpersoon=opvolger,
            email=opvolger.email or (opvolger.user.email if opvolger.user else ""),
            uitgenodigd_op=op,
        )
        invite_one(new, casus=casus, by=by, op=op)
    seat.vervangen_op, seat.vervangen_door = op, new
    seat.save(update_fields=["vervangen_op", "vervangen_door"])


def _seat_of(mdo: Mdo, persoon: Contactpersoon) -> MdoDeelnemer | None:
    same = Q(contactpersoon=persoon)
    if persoon.user_id is not None:
        same |= Q(user_id=persoon.user_id)
    return mdo.deelnemers.filter(same).first()


def write_note(
    casus: Casus,
    van: Contactpersoon,
    naar: Contactpersoon,
    notitie: str,
    *,
    by: Kijker,
    op: datetime,
    vertrek: bool = False,
    hele_casus: bool = True,
) -> Overdracht | None:
    """The warm hand-over of this casus; also without a word it is known who had it before."""
    if van.pk == naar.pk or casus.wijkteam_id is None:
        return None
    return Overdracht.objects.create(
        casus=casus,
        wijkteam_id=casus.wijkteam_id,
        van=van,
        naar=naar,
        notitie=notitie,
        vertrek=vertrek,
        hele_casus=hele_casus,
        door_id=by.user_id,
        op=op,
    )
