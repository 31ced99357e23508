"""`/api/v1/…`: plural Dutch nouns, no trailing slash. Whatever is not here is a 404 in problem details.

Who may come is said here, since rooms below the one of access cannot; which rows is said by `visible_to` in the room itself.
A key in an address is checked for its form by the pattern: what cannot be one is a 404 before anything is asked.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, re_path
from django.views.decorators.csrf import csrf_exempt
from rest_framework.viewsets import GenericViewSet

from casussen.api import CasusViewSet
from gebieden.api import GemeenteViewSet
from portal.api import schema
from portal.api.bulk import BulkRoutering
from portal.api.problems import problem_response
from portal.dashboard.api import DashboardViewSet
from portal.dashboard.bereik import KIJKERS
from scholen.api import SchoolViewSet
from toegang.permissions import Aangesteld, Toegelaten, voor
from toegang.rollen import AANBIEDER, REGIOCOORDINATOR, SCHOOLTEAMLEIDER, WIJKTEAMCOORDINATOR, WIJKTEAMLID, ZORGCOORDINATOR
from toegang.toelating import openbaar
from wijkteams.api import RouteringViewSet, WijkteamViewSet
from wijkteams.api_netwerk import AanspreekpuntViewSet, WerkgebiedViewSet

#: Who has to do with casussen at all; which ones, and with what content, is for `visible_to`.
CASUS = voor(ZORGCOORDINATOR, SCHOOLTEAMLEIDER, WIJKTEAMLID, WIJKTEAMCOORDINATOR, REGIOCOORDINATOR)
#: One casus also for whoever has a part in it: an aanbieder takes the steps of the own help.
EEN_CASUS = voor(ZORGCOORDINATOR, SCHOOLTEAMLEIDER, WIJKTEAMLID, WIJKTEAMCOORDINATOR, REGIOCOORDINATOR, AANBIEDER)
SLEUTEL = r"(?P<sleutel>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"
CIJFERS = voor(*KIJKERS)
SCOPE = r"(?P<scope>[a-z]{5,20}:[0-9A-Z]{1,18})"
NUMMER = r"(?P<nummer>[0-9]{4}-[0-9]{6,7})"


def view(viewset: type[GenericViewSet[Any]], permission: type[Toegelaten], **actions: str) -> Callable[..., Any]:
    """A viewset for these methods (`get="list"`) with its rule; the rule is also readable for the test that walks the URL map."""
    function = viewset.as_view({**actions}, permission_classes=[permission])
    function.toelating = permission.toelating  # type: ignore[attr-defined]
    return function


@csrf_exempt
@openbaar
def nothing_here(request: HttpRequest, rest: str = "") -> HttpResponse:  # noqa: ARG001  (what was asked is not repeated)
    return problem_response(404)


urlpatterns: list[URLPattern | URLResolver] = [
    re_path(r"^v1/openapi\.json$", schema.openapi, name="api-openapi"),
    re_path(r"^v1/routeringen$", view(RouteringViewSet, Aangesteld, post="create"), name="api-routeringen"),
    re_path(r"^v1/routeringen/bulk$", view(BulkRoutering, Aangesteld, post="create"), name="api-bulkrouteringen"),
    re_path(rf"^v1/routeringen/bulk/{SLEUTEL}$", view(BulkRoutering, Aangesteld, get="retrieve"), name="api-bulkroutering"),
    re_path(
        rf"^v1/routeringen/bulk/{SLEUTEL}/resultaat$", view(BulkRoutering, Aangesteld, get="resultaat"), name="api-bulkresultaat"
    ),
    re_path(r"^v1/aanspreekpunten$", view(AanspreekpuntViewSet, Aangesteld, get="list"), name="api-aanspreekpunten"),
    re_path(
        r"^v1/aanspreekpunten/(?P<pk>[0-9]{1,18})$",
        view(AanspreekpuntViewSet, Aangesteld, get="retrieve"),
        name="api-aanspreekpunt",
    ),
    re_path(r"^v1/werkgebieden$", view(WerkgebiedViewSet, Aangesteld, get="list"), name="api-werkgebieden"),
    re_path(r"^v1/gemeenten$", view(GemeenteViewSet, Aangesteld, get="list"), name="api-gemeenten"),
    re_path(r"^v1/gemeenten/(?P<code>GM[0-9]{4})$", view(GemeenteViewSet, Aangesteld, get="retrieve"), name="api-gemeente"),
    re_path(r"^v1/wijkteams$", view(WijkteamViewSet, Aangesteld, get="list"), name="api-wijkteams"),
    re_path(r"^v1/wijkteams/(?P<pk>[0-9]{1,18})$", view(WijkteamViewSet, Aangesteld, get="retrieve"), name="api-wijkteam"),
    re_path(rf"^v1/dashboards/{SCOPE}$", view(DashboardViewSet, CIJFERS, get="retrieve"), name="api-dashboard"),
    re_path(r"^v1/scholen$", view(SchoolViewSet, Aangesteld, get="list"), name="api-scholen"),
    re_path(r"^v1/scholen/(?P<brin>[0-9A-Z]{4})$", view(SchoolViewSet, Aangesteld, get="retrieve"), name="api-school"),
    re_path(r"^v1/casussen$", view(CasusViewSet, CASUS, get="list", post="create"), name="api-casussen"),
    re_path(rf"^v1/casussen/{NUMMER}$", view(CasusViewSet, EEN_CASUS, get="retrieve"), name="api-casus"),
    re_path(rf"^v1/casussen/{NUMMER}/transities$", view(CasusViewSet, EEN_CASUS, post="transities"), name="api-transities"),
    re_path(r"^(?P<rest>.*)$", nothing_here, name="api-onbekend"),
]
