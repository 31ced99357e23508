"""Signing in to the API: a token of its own, or the session of the website (with CSRF)."""

from datetime import timedelta
from typing import Any

from rest_framework import authentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from kern.klok import now
from toegang.kijkers import kijker_for_token, remember_kijker
from toegang.models import ApiToken, User
from toegang.models.token import hash_token

SCHEME = "Bearer"
#: `laatst_gebruikt` is for people who clean up tokens: to the hour is enough, and saves a write per request.
GEBRUIK_OP_HET_UUR = timedelta(hours=1)
#: The same words for unknown, withdrawn, expired and out of office: nobody learns which.
ONGELDIG = "Dit token is niet geldig (meer). Vraag functioneel beheer om een nieuw token."


class TokenAuthentication(authentication.BaseAuthentication):
    """`Authorization: Bearer asp_…`. The token acts as the one appointment it is bound to, and stops when that stops."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        scheme, _, key = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != SCHEME.lower():
            return None
        key = key.strip()
        moment = now()
        token = ApiToken.objects.usable(moment).filter(hash=hash_token(key)).first() if key.isascii() else None
        if token is None:
            raise AuthenticationFailed(ONGELDIG)
        kijker = kijker_for_token(token, moment.date())
        if kijker.user_id is None:
            raise AuthenticationFailed(ONGELDIG)
        remember_kijker(request._request, kijker)  # noqa: SLF001  (DRF offers no other way to the request it wraps)
        if token.laatst_gebruikt is None or moment - token.laatst_gebruikt > GEBRUIK_OP_HET_UUR:
            ApiToken.objects.filter(pk=token.pk).update(laatst_gebruikt=moment)
        return token.aanstelling.user, token

    def authenticate_header(self, request: Request) -> str:  # noqa: ARG002  (DRF's signature)
        return f'{SCHEME} realm="Aanspreekpunt"'


class SessionAuthentication(authentication.SessionAuthentication):
    """The session of the website; a write needs its CSRF token."""

    def authenticate(self, request: Request) -> tuple[Any, None] | None:
        found = super().authenticate(request)
        return None if found is None else (found[0], None)
