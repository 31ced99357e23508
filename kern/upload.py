"""A view that takes files decides how they come in: the handler is Django's, its limits are those of the file."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt, csrf_protect

View = Callable[..., HttpResponseBase]


def larger_than(request: HttpRequest, limit: int) -> bool:
    """Was more sent than so many bytes, or something of which nobody says how much?"""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return not length.isdigit() or int(length) > limit


def received_by(handler: type[FileUploadHandler]) -> Callable[[View], View]:
    """The handler must be there before anyone reads the form; the check of the CSRF token is the first who does."""

    def decorate(view: View) -> View:
        protected = csrf_protect(view)

        @csrf_exempt
        @wraps(view)
        def receive(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            request.upload_handlers = [handler(request)]
            return protected(request, *args, **kwargs)

        return receive

    return decorate
