"""Who may come to an API view. Every view states its rule; a view that states none is refused (`Geweigerd`)."""

from typing import Any, ClassVar

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from kern.kijker import Rol
from toegang.rollen import ROLLEN
from toegang.toelating import Toelating, kijker_of


class Geweigerd(BasePermission):
    """The default: a view that did not say who may come, admits nobody."""

    def has_permission(self, request: Request, view: Any) -> bool:  # noqa: ARG002  (DRF's signature)
        return False


class Toegelaten(BasePermission):
    """A rule of `toegang.toelating`, for DRF. Which rows is decided by `visible_to`, never here."""

    toelating: ClassVar[Toelating]

    def has_permission(self, request: Request, view: Any) -> bool:  # noqa: ARG002  (DRF's signature)
        _ = request.user  # authenticates, which is what makes the kijker of a token
        return self.toelating.admits(kijker_of(request._request))  # noqa: SLF001  (DRF offers no other way)


class Openbaar(Toegelaten):
    """Anyone, signed in or not."""

    toelating = Toelating(openbaar=True)


def voor(*rollen: Rol) -> type[Toegelaten]:
    """Whoever holds one of these roles today; others get 403, strangers 401."""
    if not rollen:
        raise ValueError("Noem minstens één rol.")
    name = "Voor" + "".join(rol.sleutel.title().replace("_", "") for rol in rollen)
    return type(name, (Toegelaten,), {"toelating": Toelating(rollen=rollen)})


#: Whoever holds any role today. Someone with an account but without an appointment sees nothing.
Aangesteld = voor(*ROLLEN.values())
