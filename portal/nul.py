"""A NUL is in no text that a person types, and PostgreSQL keeps none: whatever brings one gets a 400, not a 500.

Forms, steps and the API say it at the field. This is for what reads an address or a form by itself.
"""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase


class NulMiddleware:
    """The driver refuses the text before anything of it is sent; the transaction of the view is rolled back by then."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:  # noqa: ARG002  (Django's signature)
        if "NUL (0x00)" in str(exception):
            raise BadRequest("Er staat een teken in dat niet kan.") from exception
