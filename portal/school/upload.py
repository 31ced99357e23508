"""A class list stays in memory on its way in: a file that may hold a BSN is never written to a disk."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt, csrf_protect

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
    length = request.META.get("CONTENT_LENGTH") or "0"
    return not length.isdigit() or int(length) > BYTES_MAX + FORM_MAX


def uploads_in_memory(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The handler must be there before anyone reads the form; the check of the CSRF token is the first who does."""
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def receive(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.upload_handlers = [InMemory(request)]
        return protected(request, *args, **kwargs)

    return receive
