"""A mail backend for demo and test: every mail becomes an .eml file, as it would have gone over the wire."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class EmlBackend(BaseEmailBackend):
    """Writes to `settings.EMAIL_FILE_PATH`. A file is there whole or not at all: it is written under another name and renamed."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            self._write(folder, message)
        return len(email_messages)

    @staticmethod
    def _write(folder: Path, message: EmailMessage) -> None:
        mime = message.message()
        now = datetime.now(UTC)
        name = f"{now:%Y%m%dT%H%M%S.%f}Z-{_safe(str(mime['Message-ID']))}"
        temporary = folder / f".{name}.{uuid4().hex}"
        temporary.write_bytes(re.sub(rb"\r?\n", b"\r\n", mime.as_bytes()))
        temporary.rename(folder / f"{name}.eml")


def _safe(message_id: str) -> str:
    """'<0a1b…@aanspreekpunt>' becomes '0a1b…': what may stand in a file name."""
    return re.sub(r"[^A-Za-z0-9.-]", "", message_id.strip("<> ").split("@")[0])[:80]
