"""A class list stays in memory on its way in: a file that may hold a BSN is never written to a disk."""

from typing import Any

from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest

from kern.upload import larger_than, received_by
from scholen.klassenlijst.bestand import BYTES_MAX

#: What the rest of the form takes at most.
FORM_MAX = 64 * 1024


class InMemory(MemoryFileUploadHandler):
    """Keeps a file of at most BYTES_MAX in memory; a larger one is read and forgotten."""

    def handle_raw_input(
        self,
        input_data: Any,  # noqa: ARG002  (Django's signature)
        META: dict[str, str],  # noqa: ARG002, N803
        content_length: int,
        boundary: str,  # noqa: ARG002
        encoding: str | None = None,  # noqa: ARG002
    ) -> None:
        self.activated = content_length <= BYTES_MAX + FORM_MAX


def too_large(request: HttpRequest) -> bool:
    """Was what came in more than the handler keeps?"""
    return larger_than(request, BYTES_MAX + FORM_MAX)


uploads_in_memory = received_by(InMemory)
