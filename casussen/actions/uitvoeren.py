"""Take a copy of a casus along: made, fingerprinted and logged with its reason in one transaction; it is not kept itself."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from casussen.fouten import Onvolledig
from casussen.models import Casus, RedenUitvoer, Uitvoer
from casussen.uitvoer.inhoud import contents_of
from casussen.uitvoer.pdf import pdf_of
from kern.actions import record_event
from kern.kijker import Kijker
from toegang.actions.inzage import log_inzage

FORMATEN = {"pdf": "application/pdf", "json": "application/json"}


@dataclass(frozen=True, slots=True)
class Kopie:
    """A file: its name says the casusnummer and nothing about a person."""

    naam: str
    soort: str
    inhoud: bytes


@transaction.atomic
def export_casus(
    *, casus: Casus, formaat: str, reden: str, toelichting: str, by: Kijker, relatie: str, op: datetime
) -> Kopie | None:
    """The copy this viewer may have; None when there is nothing here for them to read. Onvolledig without a good reason."""
    if formaat not in FORMATEN:
        raise Onvolledig([{"veld": "formaat", "melding": "Kies PDF of JSON."}])
    if reden not in RedenUitvoer.values:
        raise Onvolledig([{"veld": "reden", "melding": "Kies waarom u een kopie nodig hebt."}])
    if reden == RedenUitvoer.ANDERS and not toelichting.strip():
        raise Onvolledig([{"veld": "toelichting", "melding": "Schrijf op waarom u een kopie nodig hebt."}])
    contents = contents_of(casus.nummer, by, op=op, voor_gezin=reden == RedenUitvoer.GEZIN)
    if contents is None or by.user_id is None:
        return None
    made = pdf_of(contents) if formaat == "pdf" else json.dumps(contents, ensure_ascii=False, indent=2).encode()
    row = Uitvoer.objects.create(
        casus=casus,
        reden=reden,
        toelichting=toelichting.strip(),
        formaat=formaat,
        vingerafdruk=hashlib.sha256(made).hexdigest(),
        door_id=by.user_id,
        op=op,
    )
    record_event(
        soort="casus_uitgevoerd",
        onderwerp_soort="casus",
        onderwerp_id=casus.pk,
        by=by,
        op=op,
        gegevens={"uitvoer": row.pk, "formaat": formaat, "reden": reden},
    )
    log_inzage(
        kijker=by,
        actie="kopie",
        object_soort="casus",
        object_id=casus.pk,
        doel=RedenUitvoer(reden).label,
        relatie=relatie,
        op=op,
    )
    return Kopie(f"casus-{casus.nummer}.{formaat}", FORMATEN[formaat], made)
