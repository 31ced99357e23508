"""The thread of a casus: placing a message with its documents, taking it back, and what somebody has read of it."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from casussen.actions import gesprek_melden
from casussen.actions.documenten import Nagekeken, NieuwBestand, add_documents, inspect, remove_rows
from casussen.fouten import NietBevoegd, OnjuisteStatus, Onvolledig
from casussen.keuzes import Kring
from casussen.kringen import Gesprek, Schrijver, conversation_of
from casussen.models import Bericht, Berichtgelezen, Casus
from casussen.queries.berichten import unread_counts
from kern.actions import mark_read, record_event
from kern.kijker import Kijker
from kern.klok import local_date
from kern.models import Melding
from kern.models.melding import Kanaal
from toegang.actions.inzage import GEWEIGERD, log_inzage
from toegang.kijkers import kijker_for_user
from wijkteams.models import Contactpersoon

TEKST_MAX = 10_000
#: So long the author may take a message back.
TERUG_BINNEN = timedelta(minutes=10)
RELATIES = {"school": "eigen school", "wijkteam": "eigen team"}
_MET = ("school", "wijkteam", "regio", "behandelaar", "aanspreekpunt", "vestiging")


def place_bericht(
    *,
    casus: Casus,
    by: Kijker,
    op: datetime,
    tekst: str,
    voor: str = "",
    bestanden: Sequence[NieuwBestand] = (),
    sleutel: UUID | None = None,
) -> Bericht:
    """Place a message, with its documents or not at all. The same `sleutel` twice is one message.

    Raises NietBevoegd or Onvolledig (fields `tekst`, `voor`, `bestanden`); then nothing was kept. Files are looked into before
    the casus is locked: that takes time, and nobody should wait for it.
    """
    try:
        _writer_of(conversation_of(casus), by)
        text = _clean(tekst, len(bestanden))
        checked = inspect(bestanden, casus=casus, by=by, op=op)
        with transaction.atomic():
            return _place(casus.pk, by=by, op=op, tekst=text, voor=voor, documenten=checked, sleutel=sleutel or uuid4())
    except NietBevoegd:
        log_inzage(kijker=by, actie="bericht", object_soort="casus", object_id=casus.pk, uitkomst=GEWEIGERD, op=op)
        raise


def _place(
    casus_id: int, *, by: Kijker, op: datetime, tekst: str, voor: str, documenten: Sequence[Nagekeken], sleutel: UUID
) -> Bericht:
    """Messages of one casus come one after another: their order is that of their keys, and together they stay within a limit."""
    casus = Casus.objects.select_for_update(of=("self",)).select_related(*_MET).get(pk=casus_id)
    gesprek = conversation_of(casus)
    writer = _writer_of(gesprek, by)
    before: Bericht | None = Bericht.objects.filter(sleutel=sleutel).first()
    if before is not None:
        if before.casus_id != casus.pk or before.door_id != by.user_id:
            raise NietBevoegd("Dit bericht is van iemand anders.")
        return before
    placed: dict[str, Any] = {
        "casus": casus,
        "voor": _circle(gesprek, writer, voor),
        "wijkteam": gesprek.team,
        "door_id": by.user_id,
        "door_naam": by.naam[:200],
        "door_rol": writer.rol.sleutel,
        "door_organisatie": writer.organisatie[:200],
        "op": op,
    }
    bericht = Bericht.objects.create(**placed, ronde=casus.ronde, sleutel=sleutel, tekst=tekst)
    add_documents(bericht, documenten, placed)
    gebeurtenis = record_event(
        soort="casus_bericht",
        onderwerp_soort="casus",
        onderwerp_id=casus.pk,
        by=by,
        op=op,
        rol=writer.rol.sleutel,
        gegevens={"bericht": bericht.pk, "voor": bericht.voor, "documenten": len(documenten), "ronde": casus.ronde},
    )
    gesprek_melden.tell(bericht, gesprek=gesprek, by=by, gebeurtenis_id=gebeurtenis.pk)
    relatie = RELATIES.get(writer.rol.soort or "", "gedeeld met toestemming")
    log_inzage(kijker=by, actie="bericht", object_soort="casus", object_id=casus.pk, relatie=relatie, op=op)
    return bericht


def _writer_of(gesprek: Gesprek, by: Kijker) -> Schrijver:
    writer = gesprek.writer(by)
    if writer is None:
        raise NietBevoegd("U kunt bij deze casus geen berichten plaatsen.")
    if not gesprek.circles(writer):
        raise NietBevoegd("Er is nu niemand die uw bericht kan lezen: de casus is met niemand gedeeld.")
    return writer


def _circle(gesprek: Gesprek, writer: Schrijver, voor: str) -> Kring:
    """What was chosen, of what can be chosen now; without a choice the usual one."""
    possible = [kring for kring, _ in gesprek.circles(writer)]
    if not voor:
        return possible[0]
    if voor not in possible:
        raise Onvolledig([{"veld": "voor", "melding": "Dit kunt u nu niet kiezen. Kies opnieuw wie dit bericht leest."}])
    return Kring(voor)


def _clean(tekst: str, bestanden: int) -> str:
    text = tekst.replace("\r\n", "\n").strip()
    if "\0" in text:
        raise Onvolledig([{"veld": "tekst", "melding": "In uw bericht staat een teken dat niet kan. Typ het opnieuw."}])
    if len(text) > TEKST_MAX:
        raise Onvolledig([{"veld": "tekst", "melding": "Uw bericht is te lang: hoogstens 10.000 tekens."}])
    if text:
        return text
    if not bestanden:
        raise Onvolledig([{"veld": "tekst", "melding": "Schrijf een bericht, of kies een bestand."}])
    return "Hierbij een document." if bestanden == 1 else f"Hierbij {bestanden} documenten."


# --- Taking it back -----------------------------------------------------------------------------------------------
def may_withdraw(bericht: Bericht, by: Kijker, op: datetime) -> bool:
    mine = by.user_id is not None and bericht.door_id == by.user_id
    return mine and bericht.ingetrokken_op is None and op - bericht.op <= TERUG_BINNEN


@transaction.atomic
def withdraw_bericht(*, bericht_id: int, by: Kijker, op: datetime) -> Bericht:
    """Take back one's own message, shortly after placing it: its text and its documents are gone, that it was there stays."""
    bericht: Bericht = Bericht.objects.select_for_update(of=("self",)).get(pk=bericht_id)
    if bericht.door_id != by.user_id:
        raise NietBevoegd("U kunt alleen uw eigen bericht intrekken.")
    if bericht.ingetrokken_op is not None:
        return bericht
    if not may_withdraw(bericht, by, op):
        raise OnjuisteStatus("Intrekken kan tot tien minuten na het plaatsen. Plaats een nieuw bericht als er iets niet klopt.")
    bericht.tekst, bericht.ingetrokken_op = "", op
    bericht.save(update_fields=["tekst", "ingetrokken_op"])
    remove_rows(bericht.documenten.filter(verwijderd_op__isnull=True), om="het bericht is ingetrokken", op=op)
    record_event(
        soort="casus_bericht_ingetrokken",
        onderwerp_soort="casus",
        onderwerp_id=bericht.casus_id,
        by=by,
        op=op,
        rol=bericht.door_rol,
        gegevens={"bericht": bericht.pk},
    )
    log_inzage(kijker=by, actie="bericht_intrekken", object_soort="casus", object_id=bericht.casus_id, op=op)
    return bericht


# --- Reading ------------------------------------------------------------------------------------------------------
@transaction.atomic
def mark_thread_read(*, kijker: Kijker, casus: Casus, tot_en_met_id: int, op: datetime) -> None:
    """This person has seen everything up to this message. Never goes back; what the portal told about it is seen as well."""
    if kijker.user_id is None:
        return
    _read_up_to(kijker.user_id, casus.pk, tot_en_met_id)
    told = Melding.objects.filter(
        ontvanger_id=kijker.user_id, kanaal=Kanaal.PORTAAL, soort=gesprek_melden.SOORT, gelezen_op__isnull=True
    ).filter(onderwerp_soort="casus", onderwerp_id=casus.pk)
    if ids := list(told.values_list("pk", flat=True)):
        mark_read(kijker=kijker, melding_ids=ids, op=op)


def _read_up_to(user_id: int, casus_id: int, tot_en_met_id: int) -> None:
    own = Berichtgelezen.objects.filter(user_id=user_id, casus_id=casus_id)
    if not own.filter(tot_en_met_id__lt=tot_en_met_id).update(tot_en_met_id=tot_en_met_id):
        row = Berichtgelezen(user_id=user_id, casus_id=casus_id, tot_en_met_id=tot_en_met_id)
        Berichtgelezen.objects.bulk_create([row], ignore_conflicts=True)


@transaction.atomic
def hand_over_berichten(
    *, persoon: Contactpersoon, opvolger: Contactpersoon, casus_ids: Collection[int], op: datetime
) -> dict[int, int]:
    """The successor starts where the predecessor stopped reading, and is told of what nobody has read yet.

    Belongs in the transaction that moves the casussen, after it. Answers the number of unread messages per casus.
    """
    if opvolger.user_id is None or opvolger.user is None:
        return {}
    if persoon.user_id is not None:
        read = Berichtgelezen.objects.filter(user_id=persoon.user_id, casus_id__in=casus_ids)
        for casus_id, tot_en_met_id in read.order_by("casus_id").values_list("casus_id", "tot_en_met_id"):
            _read_up_to(opvolger.user_id, casus_id, tot_en_met_id)
    unread = unread_counts(kijker_for_user(opvolger.user, local_date(op)), casus_ids)
    gesprek_melden.tell_one(opvolger.user_id, Casus.objects.filter(pk__in=unread).order_by("pk"), op=op)
    return unread


__all__ = ["hand_over_berichten", "mark_thread_read", "may_withdraw", "place_bericht", "withdraw_bericht"]
