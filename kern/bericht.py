"""A melding as text: for each soort three templates, `meldingen/<soort>.subject.txt`, `.txt` and `.html`.

A template gets `gegevens` as its variables, and besides: `link` (the absolute URL, when `gegevens` has a `pad`), `site_url`, and
`soort`. The .txt and .html extend `meldingen/basis.txt` and `meldingen/basis.html`. The subject is also the line in the portal.
"""

import re
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template import Context, Engine

from kern.models import Melding

SOORT = re.compile(r"[a-z][a-z0-9_]*")


def context_of(melding: Melding) -> dict[str, Any]:
    gegevens: dict[str, Any] = melding.gegevens
    pad = str(gegevens.get("pad") or "")
    link = urljoin(settings.SITE_URL, pad) if pad.startswith("/") and not pad.startswith("//") else ""
    return {**gegevens, "link": link, "site_url": settings.SITE_URL, "soort": melding.soort}


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
    """The mail of a melding. Its Message-ID is the same at every attempt."""
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
    return mail
