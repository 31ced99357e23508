"""Documents of a casus: looked into before they are kept, kept whole or not at all, and gone when they are taken away."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import structlog
from django.db import transaction
from django.db.models import QuerySet, Sum

from casussen.documenten import clamd, opslag
from casussen.documenten.fouten import Geweigerd, Onbereikbaar
from casussen.documenten.herkennen import MB, Goedgekeurd, recognise
from casussen.documenten.upload import AANTAL_MAX
from casussen.fouten import NietBevoegd, Onvolledig
from casussen.keuzes import ScanStatus
from casussen.models import Bericht, Casus, Document
from kern.actions import enqueue_melding, record_event
from kern.kijker import Kijker, systeem
from kern.klok import local_date
from toegang.actions.inzage import log_inzage

log = structlog.stdlib.get_logger(__name__)

CASUS_MAX = 100 * MB
VIRUS = "er zat een virus in"
#: So many waiting documents one turn of the task asks the scanner about.
PER_BEURT = 50


@dataclass(frozen=True, slots=True)
class NieuwBestand:
    """A file as it came in: the name a browser gave it, and its bytes."""

    naam: str
    inhoud: bytes


@dataclass(frozen=True, slots=True)
class Nagekeken:
    """A file that may be kept, and what the scanner said of it."""

    bestand: Goedgekeurd
    scan: ScanStatus


def _refusal(melding: str) -> Onvolledig:
    return Onvolledig([{"veld": "bestanden", "melding": melding}])


def inspect(bestanden: Sequence[NieuwBestand], *, casus: Casus, by: Kijker, op: datetime) -> list[Nagekeken]:
    """Look into every file. Raises Onvolledig with all that is wrong at once; a virus is written down as well."""
    if len(bestanden) > AANTAL_MAX:
        raise _refusal(f"U kunt hoogstens {AANTAL_MAX} bestanden tegelijk meesturen.")
    refused: list[str] = []
    checked: list[Nagekeken] = []
    for bestand in bestanden:
        try:
            good = recognise(bestand.naam, bestand.inhoud)
        except Geweigerd as fout:
            refused.append(str(fout))
            continue
        scan = _scan(bestand.inhoud)  # as it came in: what is drawn anew no longer has what was in it
        if scan is ScanStatus.BESMET:
            refused.append(f"{good.naam}: in dit bestand zit een virus. Het is niet bewaard. Laat uw computer nakijken.")
            _record_virus(casus.pk, by=by, op=op)
        checked.append(Nagekeken(good, scan))
    if refused:
        raise Onvolledig([{"veld": "bestanden", "melding": melding} for melding in refused])
    return checked


def _scan(inhoud: bytes) -> ScanStatus:
    if not clamd.is_configured():
        return ScanStatus.NIET_GESCAND
    try:
        return ScanStatus.SCHOON if clamd.is_clean(inhoud) else ScanStatus.BESMET
    except Onbereikbaar:
        log.warning("virusscanner_onbereikbaar", exc_info=True)
        return ScanStatus.NIET_GESCAND


def _record_virus(casus_id: int, *, by: Kijker, op: datetime, document_id: int | None = None) -> int:
    gegevens = {"document": document_id} if document_id is not None else {}
    event = record_event(
        soort="casus_document_besmet", onderwerp_soort="casus", onderwerp_id=casus_id, by=by, op=op, gegevens=gegevens
    )
    return event.pk


def add_documents(bericht: Bericht, documenten: Sequence[Nagekeken], placed: dict[str, Any]) -> list[Document]:
    """Rows and files of a message. Only with the casus locked: together they stay within what a casus may hold."""
    if not documenten:
        return []
    new = sum(len(one.bestand.inhoud) for one in documenten)
    held = Document.objects.filter(casus=bericht.casus, verwijderd_op__isnull=True).aggregate(som=Sum("grootte"))["som"] or 0
    if held + new > CASUS_MAX:
        free = max(CASUS_MAX - held, 0) / MB
        raise _refusal(f"Bij deze casus past nog {free:.1f} MB. Verwijder eerst een document.".replace(".", ",", 1))
    rows = Document.objects.bulk_create(
        Document(
            **placed,
            bericht=bericht,
            sleutel=uuid4(),
            naam=one.bestand.naam,
            soort_mime=one.bestand.mime,
            grootte=len(one.bestand.inhoud),
            sha256=hashlib.sha256(one.bestand.inhoud).hexdigest(),
            scan_status=one.scan,
        )
        for one in documenten
    )
    for row, one in zip(rows, documenten, strict=True):
        opslag.store(row.sleutel, one.bestand.inhoud)
    return rows


def is_available(document: Document) -> bool:
    """May its bytes be handed out? Not before the scanner, where there is one, has seen them."""
    waits = document.scan_status == ScanStatus.NIET_GESCAND and clamd.is_configured()
    return document.verwijderd_op is None and not waits


# --- Taking away --------------------------------------------------------------------------------------------------
def remove_rows(documenten: QuerySet[Document], *, om: str, op: datetime, **ook: Any) -> None:
    """Mark as taken away; the files go once that is certain."""
    keys = list(documenten.values_list("sleutel", flat=True))
    Document.objects.filter(sleutel__in=keys).update(verwijderd_op=op, verwijderd_om=om[:200], **ook)
    transaction.on_commit(lambda: opslag.remove_all(keys))


def may_remove(document: Document, by: Kijker) -> bool:
    return by.user_id is not None and document.door_id == by.user_id and document.verwijderd_op is None


@transaction.atomic
def remove_document(*, document_id: int, by: Kijker, op: datetime, reden: str) -> Document:
    """Whoever placed a document takes it away, with a reason that stays to be read."""
    document: Document = Document.objects.select_for_update(of=("self",)).get(pk=document_id)
    if document.door_id != by.user_id:
        raise NietBevoegd("U kunt alleen een document verwijderen dat u zelf hebt geplaatst.")
    if document.verwijderd_op is not None:
        return document
    why = " ".join(reden.replace("\0", "").split())
    if not why:
        raise Onvolledig([{"veld": "reden", "melding": "Schrijf kort waarom u dit document verwijdert."}])
    if len(why) > 200:
        raise Onvolledig([{"veld": "reden", "melding": "Houd het kort: hoogstens 200 tekens."}])
    remove_rows(Document.objects.filter(pk=document.pk), om=why, op=op)
    record_event(
        soort="casus_document_verwijderd",
        onderwerp_soort="casus",
        onderwerp_id=document.casus_id,
        by=by,
        op=op,
        rol=document.door_rol,
        gegevens={"document": document.pk},
    )
    log_inzage(kijker=by, actie="document_verwijderen", object_soort="casus", object_id=document.casus_id, op=op)
    document.refresh_from_db()
    return document


# --- What beat asks -----------------------------------------------------------------------------------------------
def scan_waiting(*, op: datetime) -> int:
    """Ask the scanner about documents it has not seen. Answers how many got an answer; stops when it does not answer. One whose
    file is not there keeps no other waiting."""
    if not clamd.is_configured():
        return 0
    waiting = Document.objects.filter(scan_status=ScanStatus.NIET_GESCAND, verwijderd_op__isnull=True)
    answered = 0
    for document in waiting.select_related("casus").order_by("id").iterator(PER_BEURT):
        if answered == PER_BEURT:
            break
        file = opslag.open_file(document.sleutel)
        if file is None:
            log.error("document_zonder_bestand", document=document.pk)
            continue
        with file:
            scan = _scan(file.read())
        if scan is ScanStatus.NIET_GESCAND:
            break
        _write_answer(document, scan, op)
        answered += 1
    return answered


@transaction.atomic
def _write_answer(document: Document, scan: ScanStatus, op: datetime) -> None:
    """Once, whoever else asked the same; what has a virus goes, and whoever placed it hears so."""
    row = Document.objects.filter(pk=document.pk, scan_status=ScanStatus.NIET_GESCAND, verwijderd_op__isnull=True)
    if scan is ScanStatus.SCHOON:
        row.update(scan_status=scan)
        return
    if not row.select_for_update().exists():
        return
    remove_rows(row, om=VIRUS, op=op, scan_status=scan)
    event_id = _record_virus(document.casus_id, by=systeem(local_date(op)), op=op, document_id=document.pk)
    enqueue_melding(
        soort="document_besmet",
        gebeurtenis=None,
        onderwerp_soort="casus",
        onderwerp_id=document.casus_id,
        gegevens={"nummer": document.casus.nummer, "pad": f"/casussen/{document.casus.nummer}/berichten"},
        ontvanger_id=document.door_id,
        ontdubbeling=f"document_besmet:{document.pk}:{event_id}",
        op=op,
    )


def sweep_files(*, op: datetime) -> int:
    """Take away files that no row points to (an upload that was broken off), or whose row says that they are gone."""
    return opslag.sweep(_known, now=op)


def _known(keys: Collection[UUID]) -> Collection[UUID]:
    return set(Document.objects.filter(sleutel__in=keys, verwijderd_op__isnull=True).values_list("sleutel", flat=True))
