from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage

from casussen.keuzes import Status
from casussen.models import Casus
from kern import outbox
from tests.factories.casussen import MDO, NU, Wereld

#: Who comes: the family by mail, who asked and who treats with an account, and somebody of the school without one.
OMA = {"partij": "netwerk", "naam": "Tante Quirina", "email": "quirina@familie.example"}
MOEDER = {"partij": "ouders", "naam": "Moeder Testleerling", "email": "moeder@familie.example"}
LEERLING = {"partij": "jongere", "naam": "Voorbeeld Testleerling"}
ZOE = {"partij": "school", "naam": "Zoë Zorg", "email": "zoe@test.example"}
WIM = {"partij": "wijkteam", "naam": "Wim Wijkteam", "email": "wim@test.example"}
MENTOR = {"partij": "school", "naam": "Mees Mentor", "functie": "mentor", "email": "mees@school.example"}
IEDEREEN = [MOEDER, LEERLING, OMA, ZOE, WIM, MENTOR]
LATER = NU + timedelta(days=8, hours=8)  # after the overleg of 10 December

Plan = Callable[..., Casus]


@pytest.fixture
def plan(wereld: Wereld) -> Plan:
    """A casus with an overleg on 10 December, 14.30, planned by Wim."""

    def make(*, deelnemers: list[dict[str, str]] | None = None, casus: Casus | None = None, **anders: Any) -> Casus:
        casus = casus or wereld.casus(Status.IN_BEHANDELING)
        gegevens = {**MDO, "deelnemers": IEDEREEN if deelnemers is None else deelnemers, **anders}
        return wereld.do("mdo_plannen", casus, "wim", **gegevens)

    return make


def post(*, after: timedelta = timedelta(minutes=1)) -> list[EmailMessage]:
    """What the worker sends now."""
    before = len(mail.outbox)
    outbox.send_pending(now=NU + after)
    return mail.outbox[before:]


def to(found: list[EmailMessage], adres: str) -> list[EmailMessage]:
    return [message for message in found if message.to == [adres]]


def calendar_of(message: EmailMessage) -> bytes:
    """The bytes of the calendar file that goes with a mail."""
    (part,) = [p for p in message.message().walk() if p.get_content_type() == "text/calendar"]
    data = part.get_payload(decode=True)
    assert isinstance(data, bytes)
    return data


def everything_in(message: EmailMessage) -> str:
    """All a receiver can read: headers, texts and the file."""
    wire = message.message()
    parts = [p.get_payload(decode=True) for p in wire.walk() if not p.is_multipart()]
    texts = [p.decode("utf-8") for p in parts if isinstance(p, bytes)]
    return "\n".join([str(message.subject), *texts]).replace("\r\n ", "")
