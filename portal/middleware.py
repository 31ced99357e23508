"""One log line per request: which route, how it ended, how long it took, who (an id). No path, since a path has values in it."""

import re
import time
import uuid
from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import SimpleLazyObject

log = structlog.stdlib.get_logger(__name__)

#: What a proxy of ours may hand over; anything else could be somebody's text.
REQUEST_ID = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
#: Answered before the URLs come into it. Asked every few seconds by balancers: only worth a line when the answer is no.
HEALTH = frozenset({"/health", "/health/ready"})
HEADER = "X-Request-ID"
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class RequestLogMiddleware:
    """Gives every request an id, sends it back in a header, and logs one line when the answer is there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        started = time.perf_counter()
        request_id = self._request_id(request)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        try:
            response = self.get_response(request)
            response[HEADER] = request_id
            self._log(request, response, started)
        finally:
            structlog.contextvars.clear_contextvars()
        return response

    @staticmethod
    def _request_id(request: HttpRequest) -> str:
        given = request.headers.get(HEADER, "").lower()
        if settings.ACHTER_PROXY and REQUEST_ID.fullmatch(given):
            return given
        return uuid.uuid4().hex

    @staticmethod
    def _log(request: HttpRequest, response: HttpResponseBase, started: float) -> None:
        own = request.path_info in HEALTH
        if own and response.status_code == 200:
            return
        match = request.resolver_match
        route = request.path_info if own else (match.view_name or match.route) if match else "onbekend"
        level = log.error if response.status_code >= 500 else log.info
        level(
            "request",
            method=request.method if request.method in METHODS else "anders",
            route=route,
            status=response.status_code,
            ms=round((time.perf_counter() - started) * 1000, 1),
            user_id=_user_id(request),
        )


def _user_id(request: HttpRequest) -> int | None:
    """Who it was, as far as this request found out already: logging never asks the database."""
    user = getattr(request, "_cached_user", None) or request.__dict__.get("user")
    return None if user is None or type(user) is SimpleLazyObject else user.pk
