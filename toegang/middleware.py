"""Who looks, on every request, and when a session ends."""

import time
from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import SimpleLazyObject

from toegang.hervatten import previous_user, remember_user
from toegang.kijkers import kijker_for_request

BEGONNEN, GEZIEN = "begonnen", "gezien"
#: Writing down that someone is still there costs a write; to the minute is enough.
MINUUT = 60


class SessieMiddleware:
    """Ends a session nobody uses (SESSIE_INACTIEF) or that has lasted a working day (SESSION_COOKIE_AGE).

    Who was signed in stays in a signed cookie, so that a form typed meanwhile can be given back to its owner (`hervatten`).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if SESSION_KEY in request.session:
            self._end_or_touch(request)
        response = self.get_response(request)
        user_id = request.session.get(SESSION_KEY)
        if user_id is not None and previous_user(request) != int(user_id):
            remember_user(response, int(user_id))
        return response

    @staticmethod
    def _end_or_touch(request: HttpRequest) -> None:
        moment = int(time.time())
        session = request.session
        begun, seen = session.get(BEGONNEN), session.get(GEZIEN)
        if begun is None or seen is None:  # just signed in
            session[BEGONNEN] = session[GEZIEN] = moment
        elif moment - seen > settings.SESSIE_INACTIEF or moment - begun > settings.SESSION_COOKIE_AGE:
            session.flush()
        elif moment - seen >= MINUUT:
            session[GEZIEN] = moment


class KijkerMiddleware:
    """Puts `request.kijker` on the request, made when first asked for (one query on top of those for session and user)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.kijker = SimpleLazyObject(partial(kijker_for_request, request))  # type: ignore[attr-defined]
        return self.get_response(request)
