"""How much a request with files may bring along. What is more is read and forgotten; the rest of the form is kept."""

from typing import Any

from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler
from django.http import HttpRequest

from casussen.documenten.herkennen import GROOTSTE, MB
from kern.upload import larger_than, received_by

AANTAL_MAX = 5
#: All files of one message, and the form around them.
VERZOEK_MAX = AANTAL_MAX * GROOTSTE + MB


class Begrensd(TemporaryFileUploadHandler):
    """Keeps files in a temporary file until the request is over: none of a request that is too large, and of one file no more
    than is needed to see that it is too large."""

    def handle_raw_input(
        self,
        input_data: Any,  # noqa: ARG002  (Django's signature)
        META: dict[str, str],  # noqa: ARG002, N803
        content_length: int,
        boundary: str,  # noqa: ARG002
        encoding: str | None = None,  # noqa: ARG002
    ) -> None:
        self.too_large = content_length > VERZOEK_MAX

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        if self.too_large:
            raise SkipFile
        super().new_file(*args, **kwargs)
        self.kept = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if self.kept <= GROOTSTE:
            super().receive_data_chunk(raw_data, start)
            self.kept += len(raw_data)
        return None


def too_large(request: HttpRequest) -> bool:
    """Was what came in more than the handler keeps?"""
    return larger_than(request, VERZOEK_MAX)


with_files = received_by(Begrensd)
