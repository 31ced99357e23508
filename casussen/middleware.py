"""A look at a casus that was refused is in the access log too, whoever refused it: the role, the scope or the view."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from structlog.contextvars import get_contextvars

from casussen.models import Casus
from toegang.actions.inzage import BEKIJKEN, GEWEIGERD, log_inzage
from toegang.models import Inzage
from toegang.toelating import kijker_of

GEWEIGERD_MET = frozenset({403, 404})


class InzageMiddleware:
    """Innermost: every page and every API operation on a casus has its number in the address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        match = request.resolver_match
        if response.status_code in GEWEIGERD_MET and match is not None and "nummer" in match.kwargs:
            self._log(request, str(match.kwargs["nummer"]), str(match.kwargs.get("actie", "")))
        return response

    @staticmethod
    def _log(request: HttpRequest, nummer: str, actie: str) -> None:
        kijker = kijker_of(request)
        if kijker.user_id is None:
            return
        casus_id = Casus.objects.filter(nummer=nummer).values_list("pk", flat=True).first()
        if casus_id is None:
            return
        request_id = str(get_contextvars().get("request_id", ""))
        own = Inzage.objects.filter(verzoek_id=request_id, object_soort="casus", object_id=casus_id, uitkomst=GEWEIGERD)
        if request_id and own.exists():
            return  # the action or view that refused wrote it down already
        what = BEKIJKEN if request.method in {"GET", "HEAD"} else actie or "wijzigen"
        log_inzage(kijker=kijker, actie=what[:60], object_soort="casus", object_id=casus_id, uitkomst=GEWEIGERD)
