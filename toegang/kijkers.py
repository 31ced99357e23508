"""Makes a Kijker: from a user, a request or an API token. The one place where people turn into what querysets understand."""

from datetime import date
from typing import cast

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from kern.kijker import Kijker, niemand
from kern.klok import today
from toegang.models import Aanstelling, ApiToken, User

#: Where the viewer of a request is kept once it is known.
_ATTRIBUTE = "_kijker"


def kijker_for_user(user: User | AnonymousUser, op: date) -> Kijker:
    """The viewer someone is on this day: one query. Without an appointment on that day they hold nothing and see nothing."""
    if user.pk is None or not user.is_active:
        return niemand(op)
    houdt = frozenset(aanstelling.as_houdt() for aanstelling in Aanstelling.objects.filter(user_id=user.pk).on(op))
    return Kijker(user_id=user.pk, naam=str(user), op=op, houdt=houdt)


def kijker_for_token(token: ApiToken, op: date) -> Kijker:
    """The viewer an API token is on this day: only its own appointment, and nothing when that does not hold. No query when
    the token came with its appointment and user (`ApiToken.objects.usable`)."""
    aanstelling = token.aanstelling
    user = aanstelling.user
    if not user.is_active or not aanstelling.holds_on(op):
        return niemand(op)
    return Kijker(user_id=user.pk, naam=str(user), op=op, houdt=frozenset({aanstelling.as_houdt()}))


def kijker_for_request(request: HttpRequest) -> Kijker:
    """The viewer of this request; asked once, kept with the request."""
    known = getattr(request, _ATTRIBUTE, None)
    if known is None:
        known = kijker_for_user(request.user, today())
        remember_kijker(request, known)
    return cast("Kijker", known)


def remember_kijker(request: HttpRequest, kijker: Kijker) -> None:
    """From here on this request is looked at by `kijker` (the API: by its token)."""
    setattr(request, _ATTRIBUTE, kijker)
    request.kijker = kijker  # type: ignore[attr-defined]  # what rooms below this one look at
