"""Nothing typed is lost when a session ends: a form that came too late is kept, through signing in again, and can be sent on.

What was posted travels in one hidden field of the page that says 'u bent uitgelogd': encrypted and dated, so that whoever finds
that page open cannot read it and nobody can make one. It is never in a URL, a log or a cookie. It belongs to the person who was
signed in before; someone else who signs in on that page does not get it. A password is never kept.
"""

import base64
import json
import zlib
from dataclasses import dataclass

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils.crypto import salted_hmac

#: How long a form is kept: a working day.
HOUDBAAR = 12 * 3600
#: A form larger than this is no form of ours.
GROOTSTE = 400_000
#: Who was signed in last in this browser: a signed id, set by `toegang.middleware.SessieMiddleware`.
WIE_COOKIE = "wie"
WIE_SALT = "toegang.wie"
_FORM_TYPES = {"application/x-www-form-urlencoded", "multipart/form-data"}
_NEVER = ("csrfmiddlewaretoken", "password", "wachtwoord")


@dataclass(frozen=True, slots=True)
class Bewaard:
    """A form as it was posted: where to, by whom, and every field in its order."""

    user_id: int
    pad: str
    velden: tuple[tuple[str, str], ...]

    @property
    def op_een_regel(self) -> list[tuple[str, str]]:
        """What fits in a hidden input: a version, a choice, a date. Nobody is to read those as text."""
        return [(naam, waarde) for naam, waarde in self.velden if naam not in self._with_lines]

    @property
    def op_meer_regels(self) -> list[tuple[str, str]]:
        """Texts with line ends, which only a textarea gives back as they were."""
        return [(naam, waarde) for naam, waarde in self.velden if naam in self._with_lines]

    @property
    def _with_lines(self) -> set[str]:
        return {naam for naam, waarde in self.velden if "\n" in waarde or "\r" in waarde}


def previous_user(request: HttpRequest) -> int | None:
    """Who was signed in last in this browser, as far as the signed cookie tells."""
    value = request.get_signed_cookie(WIE_COOKIE, default="", salt=WIE_SALT, max_age=HOUDBAAR)
    return int(value) if value and value.isdecimal() else None


def remember_user(response: HttpResponseBase, user_id: int) -> None:
    """The other half of `previous_user`."""
    response.set_signed_cookie(
        WIE_COOKIE,
        str(user_id),
        salt=WIE_SALT,
        max_age=HOUDBAAR,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def read_form(request: HttpRequest, user_id: int) -> Bewaard | None:
    """The form in this request, or None when there is nothing that can be kept (files, JSON, too large, not a page of ours)."""
    if request.method != "POST" or request.content_type not in _FORM_TYPES or not _is_form_page(request.path_info):
        return None
    try:
        if request.FILES:
            return None
        velden = tuple(
            (name, value)
            for name, values in request.POST.lists()
            for value in values
            if not any(part in name.lower() for part in _NEVER)
        )
    except RequestDataTooBig:
        return None
    if sum(len(name) + len(value) for name, value in velden) > GROOTSTE:
        return None
    return Bewaard(user_id=user_id, pad=request.get_full_path(), velden=velden)


def _is_form_page(path: str) -> bool:
    """A page that exists, and not one for signing in or out (those start afresh)."""
    try:
        name = resolve(path).url_name or ""
    except Resolver404:
        return False
    return not name.startswith(("account_", "hervat", "api-"))


def seal(bewaard: Bewaard) -> str:
    """As one piece of text that only this portal can read, for twelve hours."""
    plain = json.dumps([bewaard.user_id, bewaard.pad, bewaard.velden]).encode()
    return _fernet().encrypt(zlib.compress(plain)).decode()


def unseal(sealed: str) -> Bewaard | None:
    """What was sealed; None when it is no longer valid, or was not made by this portal."""
    try:
        user_id, pad, velden = json.loads(zlib.decompress(_fernet().decrypt(sealed.encode(), ttl=HOUDBAAR)))
    except InvalidToken:
        return None
    return Bewaard(user_id=user_id, pad=pad, velden=tuple((name, value) for name, value in velden))


def _fernet() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (salted_hmac("toegang.hervatten", "sleutel", secret=secret, algorithm="sha256").digest() for secret in secrets)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
