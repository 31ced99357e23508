"""Who may come to a view. Every view states its rule with one of these decorators; a test walks the URL map to see to it.

    @openbaar                                  anyone, signed in or not
    @ingelogd                                  anyone with an account
    @voor(ZORGCOORDINATOR, WIJKTEAMLID)        whoever holds one of these roles (otherwise 403)

Scope (which rows) is not decided here but by `Model.objects.visible_to(kijker_of(request))`, with 404 for an outsider. For a
class-based view: `method_decorator(voor(...), name="dispatch")` or `voor(...)(View.as_view())` in urls.py.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from kern.kijker import Kijker, Rol
from toegang.kijkers import kijker_for_request
from toegang.views.uitgelogd import sign_in_first

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Toelating:
    """The rule of a view, readable by the test that walks the URL map."""

    openbaar: bool = False
    rollen: tuple[Rol, ...] = ()

    def admits(self, kijker: Kijker) -> bool:
        if self.openbaar:
            return True
        if kijker.user_id is None:
            return False
        return not self.rollen or kijker.heeft(*self.rollen)


def kijker_of(request: HttpRequest) -> Kijker:
    """The viewer of this request."""
    return kijker_for_request(request)


def _guard(toelating: Toelating) -> Callable[[View[P]], View[P]]:
    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if toelating.openbaar:  # without finding out who looks
                return view(request, *args, **kwargs)
            kijker = kijker_of(request)
            if toelating.admits(kijker):
                return view(request, *args, **kwargs)
            if kijker.user_id is None:
                return sign_in_first(request)
            raise PermissionDenied

        guarded.toelating = toelating  # type: ignore[attr-defined]
        return cast("View[P]", guarded)

    return decorate


def openbaar(view: View[P]) -> View[P]:
    """Anyone may come here."""
    return _guard(Toelating(openbaar=True))(view)


def ingelogd(view: View[P]) -> View[P]:
    """Anyone with an account may come here."""
    return _guard(Toelating())(view)


def voor(*rollen: Rol) -> Callable[[View[P]], View[P]]:
    """Whoever holds one of these roles may come here; others get 403, strangers the sign-in page."""
    if not rollen:
        raise ValueError("Noem minstens één rol, of gebruik @ingelogd.")
    return _guard(Toelating(rollen=rollen))
