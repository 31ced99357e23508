"""A class list from upload to pupils: read, checked by a person, worked through by a worker, and gone.

The row is the truth. A message to a worker only wakes one up; what no worker took is taken by the sweep of beat.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import Q

from kern.actions import record_event
from kern.kijker import Kijker, systeem
from kern.klok import local_date
from scholen.klassenlijst.afgewezen import rejects
from scholen.klassenlijst.bestand import read_table
from scholen.klassenlijst.kolommen import VELDEN, recognise, strip_bsn
from scholen.klassenlijst.opslaan import load_school, store, unknown_without_number
from scholen.klassenlijst.pakket import Inhoud, pack, unpack
from scholen.klassenlijst.rijen import Lezing, Plaatsing, Plek, Rij, RijFout, missing_columns, read_rows
from scholen.models import Klassenlijst, KlassenlijstStatus, Vestiging

log = structlog.stdlib.get_logger(__name__)

#: So many pupils per transaction: after each the page can tell how far it is.
BROK = 1_000
#: A worker that died leaves its list after this long to another.
LEASE = timedelta(minutes=3)
POGINGEN_MAX = 3
#: What nobody came back for is thrown away; the rows that were left out can be fetched for as long.
CONTROLE_BLIJFT, AFGEWEZEN_BLIJFT = timedelta(days=1), timedelta(days=7)
SOORT = "klassenlijst"


class NietMogelijkError(Exception):
    """The list is not in a state for this; the message says in Dutch what is."""


@dataclass(frozen=True, slots=True)
class Beeld:
    """What a person checks: the table, which column is what, and how it reads."""

    inhoud: Inhoud
    velden: list[str]
    lezing: Lezing
    mist: list[str]


# --- Reading ---------------------------------------------------------------------------------------------------------


def view_of(lijst: Klassenlijst) -> Beeld:
    """Read the stored list with its columns as they are set now."""
    inhoud = unpack(lijst.inhoud)
    velden = [str(kolom["veld"]) for kolom in lijst.kolommen]
    mist = missing_columns(velden)
    if mist:
        return Beeld(inhoud, velden, Lezing([]), mist)
    lezing = read_rows(inhoud.rijen, velden, _placing(lijst))
    return Beeld(inhoud, velden, _refuse_unknown(lijst, lezing), [])


def _placing(lijst: Klassenlijst) -> Plaatsing:
    plekken = tuple(
        Plek(vestiging.pk, vestiging.brin, vestiging.naam, tuple(vestiging.sectoren))
        for vestiging in Vestiging.objects.filter(school_id=lijst.vestiging.school_id).order_by("brin")
    )
    op = local_date(lijst.gevraagd_op or lijst.aangemaakt)
    return Plaatsing(plekken, lijst.vestiging_id, lijst.sector, op)


def _refuse_unknown(lijst: Klassenlijst, lezing: Lezing) -> Lezing:
    """A pupil without a number can be found by name and birth date, but not be made."""
    if all(rij.leerlingnummer for rij in lezing.goed):
        return lezing
    mis = unknown_without_number(load_school(lijst.vestiging.school_id), lezing.goed)
    weg = {rij.nummer for rij in mis}
    reden = "Vul het leerlingnummer in: deze leerling kennen we nog niet."
    fouten = [*lezing.fouten, *(RijFout(rij.nummer, "leerlingnummer", reden) for rij in mis)]
    return Lezing([rij for rij in lezing.goed if rij.nummer not in weg], sorted(fouten, key=lambda fout: fout.rij))


def rejected_table(lijst: Klassenlijst) -> Inhoud:
    """The rows with a mistake and their reasons: of a list that still waits, or what was kept of one that was worked through."""
    if lijst.inhoud is None:
        return unpack(lijst.afgewezen)
    velden = [str(kolom["veld"]) for kolom in lijst.kolommen]
    return rejects(unpack(lijst.inhoud), velden, [RijFout(**fout) for fout in lijst.fouten])


def _good_rows(lijst: Klassenlijst) -> list[Rij]:
    """What is to be stored: always the same rows in the same order, also for the worker that takes over halfway."""
    velden = [str(kolom["veld"]) for kolom in lijst.kolommen]
    mis = {fout["rij"] for fout in lijst.fouten}
    return [rij for rij in read_rows(unpack(lijst.inhoud).rijen, velden, _placing(lijst)).goed if rij.nummer not in mis]


# --- By a person -----------------------------------------------------------------------------------------------------


def upload_klassenlijst(
    *, data: bytes, vestiging: Vestiging, sector: str, sleutel: uuid.UUID, by: Kijker, op: datetime
) -> Klassenlijst:
    """Keep a list to be checked. The same form twice gives the same list. ListError says what is wrong with the file.

    A BSN is left out before anything is stored.
    """
    if by.user_id is None:
        raise NietMogelijkError("Een klassenlijst wordt geüpload door iemand van de school.")
    if known := Klassenlijst.objects.visible_to(by).filter(sleutel=sleutel).first():
        return known
    tabel = read_table(data)
    schoon = strip_bsn(tabel)
    velden = recognise(schoon.koppen)
    lijst = Klassenlijst(
        vestiging=vestiging,
        sector=sector,
        door_id=by.user_id,
        sleutel=sleutel,
        aangemaakt=op,
        soort_bestand=tabel.soort,
        kolommen=[{"kop": kop, "veld": veld} for kop, veld in zip(schoon.koppen, velden, strict=True)],
        weggelaten=schoon.weggelaten,
        inhoud=pack(schoon.koppen, schoon.rijen),
        rijen=len(schoon.rijen),
    )
    _count_errors(lijst)
    try:
        with transaction.atomic():
            lijst.save()
            _record("klassenlijst_geupload", lijst, by=by, op=op)
    except IntegrityError:  # the same form, this very moment
        again = Klassenlijst.objects.visible_to(by).filter(sleutel=sleutel).first()
        if again is None:
            raise
        return again
    return lijst


@transaction.atomic
def set_columns(*, lijst: Klassenlijst, velden: Sequence[str], by: Kijker, op: datetime) -> Klassenlijst:
    """Say by hand which column is what. A field that is named twice goes to the first column."""
    lijst = _locked(lijst, KlassenlijstStatus.CONTROLE)
    gebruikt: set[str] = set()
    kolommen = []
    for plek, kolom in enumerate(lijst.kolommen):
        veld = velden[plek] if plek < len(velden) else ""
        veld = veld if veld in VELDEN and veld not in gebruikt else ""
        gebruikt.add(veld)
        kolommen.append({"kop": kolom["kop"], "veld": veld})
    lijst.kolommen = kolommen
    _count_errors(lijst)
    lijst.save(update_fields=["kolommen", "fouten", "fout_rijen"])
    _record("klassenlijst_kolommen", lijst, by=by, op=op)
    return lijst


@transaction.atomic
def request_processing(*, lijst: Klassenlijst, alleen_goede: bool, by: Kijker, op: datetime) -> Klassenlijst:
    """Have the list worked through. Nothing changes when a row is wrong, unless only the good rows are asked for. Asked twice is
    once."""
    lijst = _locked(lijst)
    if lijst.loopt or lijst.status == KlassenlijstStatus.KLAAR:
        return lijst
    if lijst.status != KlassenlijstStatus.CONTROLE:
        raise NietMogelijkError("Deze klassenlijst is er niet meer. Upload de lijst opnieuw.")
    if beeld_mist := missing_columns(str(kolom["veld"]) for kolom in lijst.kolommen):
        raise NietMogelijkError(f"Kies eerst in welke kolom dit staat: {' en '.join(beeld_mist)}.")
    lijst.gevraagd_op = op
    _count_errors(lijst)
    if lijst.fout_rijen and not alleen_goede:
        raise NietMogelijkError("Er zijn rijen met een fout. Verbeter de lijst, of kies alleen de goede rijen.")
    if not lijst.goede_rijen:
        raise NietMogelijkError("Er is geen rij die we kunnen verwerken. Verbeter de lijst en upload die opnieuw.")
    lijst.status, lijst.alleen_goede = KlassenlijstStatus.WACHT, bool(lijst.fout_rijen)
    lijst.save(update_fields=["status", "alleen_goede", "gevraagd_op", "fouten", "fout_rijen"])
    _record("klassenlijst_gevraagd", lijst, by=by, op=op)
    transaction.on_commit(lambda: _wake(lijst.pk), robust=True)
    return lijst


@transaction.atomic
def discard(*, lijst: Klassenlijst, by: Kijker, op: datetime) -> Klassenlijst:
    """Throw the list away: before it was worked through nothing happens with it, afterwards the rows left out are gone too.

    With nothing left to throw away nothing happens, and nothing is written down.
    """
    lijst = _locked(lijst)
    if lijst.loopt:
        raise NietMogelijkError("Deze klassenlijst wordt op dit moment verwerkt.")
    if lijst.status == KlassenlijstStatus.CONTROLE:
        _finish(lijst, KlassenlijstStatus.WEGGEGOOID, op=op)
    elif lijst.afgewezen is None:
        return lijst
    lijst.afgewezen = None
    lijst.save()
    _record("klassenlijst_weggegooid", lijst, by=by, op=op)
    return lijst


def _locked(lijst: Klassenlijst, *statussen: KlassenlijstStatus) -> Klassenlijst:
    fresh = Klassenlijst.objects.select_for_update(of=("self",)).select_related("vestiging").get(pk=lijst.pk)
    if statussen and fresh.status not in statussen:
        raise NietMogelijkError("Deze klassenlijst is intussen al verwerkt of weggegooid.")
    return fresh


def _count_errors(lijst: Klassenlijst) -> None:
    lezing = view_of(lijst).lezing
    lijst.fouten = [fout.as_json() for fout in lezing.fouten]
    lijst.fout_rijen = len(lezing.foute_rijen)


def _record(soort: str, lijst: Klassenlijst, *, by: Kijker, op: datetime) -> None:
    telling = {"rijen": lijst.rijen, "fout": lijst.fout_rijen, "nieuw": lijst.nieuw, "bijgewerkt": lijst.bijgewerkt}
    record_event(soort=soort, onderwerp_soort=SOORT, onderwerp_id=lijst.pk, by=by, op=op, gegevens=telling)


def _wake(lijst_id: int) -> None:
    """One message, tried once: with the broker gone the sweep takes the list."""
    from scholen.tasks import verwerk_klassenlijst  # noqa: PLC0415  (tasks call this module)

    try:
        verwerk_klassenlijst.apply_async((lijst_id,), retry=False, expires=300)
    except Exception:  # noqa: BLE001  (whatever is wrong with the broker: the row stays)
        log.warning("klassenlijst_wekken_mislukt", klassenlijst=lijst_id)


# --- By a worker -----------------------------------------------------------------------------------------------------


def process_klassenlijst(*, lijst_id: int, op: datetime) -> bool:
    """Work through one list, if it waits or its worker is gone. Answers whether it was done here.

    Each thousand is a transaction of its own, with the count of how far it is: who takes over goes on from there.
    """
    lijst = _claim(lijst_id, op)
    if lijst is None:
        return False
    try:
        goed = _good_rows(lijst)
        nummers = frozenset(rij.leerlingnummer for rij in goed if rij.leerlingnummer)
        while lijst.verwerkt < len(goed):
            if not _store_part(lijst, goed[lijst.verwerkt : lijst.verwerkt + BROK], nummers):
                return False
        _close(lijst, op=op)
    except DatabaseError as error:
        log.warning("klassenlijst_mislukt", klassenlijst=lijst_id, soort=type(error).__name__)
        return False
    return True


@transaction.atomic
def _claim(lijst_id: int, op: datetime) -> Klassenlijst | None:
    vrij = Q(status=KlassenlijstStatus.WACHT) | Q(status=KlassenlijstStatus.BEZIG, lease_tot__lt=op)
    lijst = (
        Klassenlijst.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("vestiging")
        .filter(vrij, pk=lijst_id)
        .first()
    )
    if lijst is None:
        return None
    if lijst.pogingen >= POGINGEN_MAX:
        _finish(lijst, KlassenlijstStatus.MISLUKT, op=op)
        lijst.save()
        _record("klassenlijst_mislukt", lijst, by=systeem(op.date()), op=op)
        return None
    lijst.status, lijst.lease_tot, lijst.pogingen = KlassenlijstStatus.BEZIG, op + LEASE, lijst.pogingen + 1
    lijst.save(update_fields=["status", "lease_tot", "pogingen"])
    return lijst


@transaction.atomic
def _store_part(lijst: Klassenlijst, rijen: Sequence[Rij], nummers: frozenset[str]) -> bool:
    """False when another worker took the list meanwhile."""
    nog = Klassenlijst.objects.select_for_update().filter(
        pk=lijst.pk, status=KlassenlijstStatus.BEZIG, pogingen=lijst.pogingen, verwerkt=lijst.verwerkt
    )
    if not nog.exists():
        return False
    telling = store(lijst.vestiging.school_id, rijen, nummers)
    lijst.nieuw += telling.nieuw
    lijst.bijgewerkt += telling.bijgewerkt
    lijst.ongewijzigd += telling.ongewijzigd
    lijst.verwerkt += len(rijen)
    lijst.save(update_fields=["nieuw", "bijgewerkt", "ongewijzigd", "verwerkt"])
    return True


@transaction.atomic
def _close(lijst: Klassenlijst, *, op: datetime) -> None:
    if lijst.fouten:
        tabel = rejected_table(lijst)
        lijst.afgewezen = pack(tabel.koppen, tabel.rijen)
    _finish(lijst, KlassenlijstStatus.KLAAR, op=op)
    lijst.save()
    _record("klassenlijst_verwerkt", lijst, by=systeem(op.date()), op=op)


def _finish(lijst: Klassenlijst, status: KlassenlijstStatus, *, op: datetime) -> None:
    """The list itself goes, and so do the names of its columns: a file without a first row of names has a pupil there."""
    lijst.status, lijst.klaar_op, lijst.inhoud, lijst.lease_tot = status, op, None, None
    lijst.kolommen = [{"kop": "", "veld": kolom["veld"]} for kolom in lijst.kolommen]
    lijst.weggelaten = []


def sweep_klassenlijsten(*, now: datetime) -> int:
    """Do what no worker did, and throw away what nobody came back for. Answers how many lists were worked through."""
    _purge(now)
    open_lists = Klassenlijst.objects.filter(
        Q(status=KlassenlijstStatus.WACHT, gevraagd_op__lte=now) | Q(status=KlassenlijstStatus.BEZIG, lease_tot__lt=now)
    )
    ids = list(open_lists.order_by("gevraagd_op").values_list("pk", flat=True))
    return sum(process_klassenlijst(lijst_id=pk, op=now) for pk in ids)


def _purge(now: datetime) -> None:
    vergeten = Klassenlijst.objects.filter(status=KlassenlijstStatus.CONTROLE, aangemaakt__lt=now - CONTROLE_BLIJFT)
    for pk in vergeten.values_list("pk", flat=True):
        with transaction.atomic():
            lijst = Klassenlijst.objects.select_for_update().get(pk=pk)
            if lijst.status == KlassenlijstStatus.CONTROLE:
                _finish(lijst, KlassenlijstStatus.WEGGEGOOID, op=now)
                lijst.save()
                _record("klassenlijst_verlopen", lijst, by=systeem(now.date()), op=now)
    Klassenlijst.objects.filter(afgewezen__isnull=False, klaar_op__lt=now - AFGEWEZEN_BLIJFT).update(afgewezen=None)
