"""A melding as text: for each soort three templates, `meldingen/<soort>.subject.txt`, `.txt` and `.html`.

A template gets `gegevens` as its variables, and besides: `link` (the absolute URL, when `gegevens` has a `pad`), `site_url`,
`soort` and `kanaal`. The .txt and .html extend `meldingen/basis.txt` and `meldingen/basis.html`. The subject is also the
line in the portal.

A mail may carry a file. It is made when the mail is sent, from the ids and dates in `gegevens`, by whatever room registered for
that soort (`attaches`); nothing of it is stored, and the same melding gives the same file at every attempt.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from email.encoders import encode_base64
from email.mime.base import MIMEBase
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template import Context, Engine

from kern.models import Melding

SOORT = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Bijlage:
    """A file that goes with a mail: text of this kind, sent as the bytes it is."""

    naam: str
    inhoud: bytes
    soort: str = "text/plain"
    kenmerken: dict[str, str] = field(default_factory=dict)


Bijlagemaker = Callable[[Melding], Bijlage | None]
_MAKERS: dict[str, Bijlagemaker] = {}


def attaches(*soorten: str) -> Callable[[Bijlagemaker], Bijlagemaker]:
    """What makes the file that goes with mails of these soorten; None: this one goes without."""

    def register(maker: Bijlagemaker) -> Bijlagemaker:
        _MAKERS.update(dict.fromkeys(soorten, maker))
        return maker

    return register


def attachment_of(melding: Melding) -> Bijlage | None:
    maker = _MAKERS.get(melding.soort)
    return maker(melding) if maker else None


def _as_part(bijlage: Bijlage) -> MIMEBase:
    """In base64: line ends that a standard prescribes are not changed on the way."""
    maintype, _, subtype = bijlage.soort.partition("/")
    part = MIMEBase(maintype, subtype)
    for naam, value in bijlage.kenmerken.items():
        part.set_param(naam, value)
    part.set_payload(bijlage.inhoud)
    encode_base64(part)
    part.add_header("Content-Disposition", "attachment", filename=bijlage.naam)
    return part


def context_of(melding: Melding) -> dict[str, Any]:
    gegevens: dict[str, Any] = melding.gegevens
    pad = str(gegevens.get("pad") or "")
    link = urljoin(settings.SITE_URL, pad) if pad.startswith("/") and not pad.startswith("//") else ""
    return {**gegevens, "link": link, "site_url": settings.SITE_URL, "soort": melding.soort, "kanaal": melding.kanaal}


def _render(melding: Melding, extension: str) -> str:
    """Only HTML is escaped: in text 'Zorg & Co' is just that."""
    if not SOORT.fullmatch(melding.soort):
        raise ValueError("Een soort melding begint met een kleine letter en heeft verder letters, cijfers en _.")
    template = Engine.get_default().get_template(f"meldingen/{melding.soort}.{extension}")
    return template.render(Context(context_of(melding), autoescape=extension == "html"))


def subject_of(melding: Melding) -> str:
    """One line: the subject of the mail, and what the portal shows."""
    return " ".join(_render(melding, "subject.txt").split())


def compose(melding: Melding, connection: BaseEmailBackend | None = None) -> EmailMultiAlternatives:
    """The mail of a melding. Its Message-ID and its file are the same at every attempt."""
    mail = EmailMultiAlternatives(
        subject=subject_of(melding),
        body=_render(melding, "txt").strip() + "\n",
        to=[melding.adres],
        connection=connection,
        headers={
            "Message-ID": melding.message_id,
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        },
    )
    mail.attach_alternative(_render(melding, "html"), "text/html")
    if bijlage := attachment_of(melding):
        mail.attach(_as_part(bijlage))
    return mail
