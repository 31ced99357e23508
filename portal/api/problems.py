"""Errors of the API as problem details (RFC 9457): `application/problem+json`, for every error there is.

`type` is a stable name for programs (a URN), `title` the same for every occurrence, `detail` says in Dutch what happened this
time. `instance` is left out: the address of a request may not be repeated. Extra members are named per problem: `fouten`, …
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.client import responses
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpResponse, JsonResponse, UnreadablePostError
from rest_framework import exceptions
from rest_framework.response import Response

from kern.api import Probleem

MEDIA_TYPE = "application/problem+json"
URN = "urn:aanspreekpunt:probleem:"


@dataclass(frozen=True, slots=True)
class Soort:
    """A kind of problem: the last part of its `type`, its title, and what is said when there is nothing more precise."""

    sleutel: str
    titel: str
    detail: str


SOORTEN: dict[int, Soort] = {
    400: Soort("ongeldig-verzoek", "Ongeldig verzoek", "Het verzoek kan niet gelezen worden."),
    401: Soort("niet-ingelogd", "Niet ingelogd", "Stuur een geldig token mee, of log eerst in."),
    403: Soort("niet-bevoegd", "Niet bevoegd", "Uw rol mag dit niet."),
    404: Soort("niet-gevonden", "Niet gevonden", "Dit bestaat niet, of niet voor u."),
    405: Soort("methode-niet-toegestaan", "Methode niet toegestaan", "Dit adres kent deze methode niet."),
    406: Soort("niet-leverbaar", "Niet leverbaar", "De API antwoordt in JSON (application/json)."),
    409: Soort("conflict", "Conflict", "De casus is intussen veranderd."),
    413: Soort("te-groot", "Te groot", "Het verzoek is te groot."),
    415: Soort("mediatype-onbekend", "Mediatype onbekend", "Stuur JSON (Content-Type: application/json)."),
    422: Soort("onvolledig", "Onvolledig", "Er ontbreekt iets wat voor deze stap nodig is."),
    428: Soort("versie-nodig", "Versie nodig", "Geef de versie mee waarop uw wijziging gebaseerd is."),
    429: Soort("te-veel-verzoeken", "Te veel verzoeken", "U doet te veel verzoeken; probeer het straks opnieuw."),
    500: Soort("storing", "Storing", "Er ging iets mis bij ons. Het is vastgelegd; probeer het later opnieuw."),
    503: Soort("niet-beschikbaar", "Niet beschikbaar", "De dienst is even niet beschikbaar; probeer het straks opnieuw."),
}


def soort_of(status: int) -> Soort:
    if status in SOORTEN:
        return SOORTEN[status]
    title = responses.get(status, "Fout")
    return Soort(title.lower().replace(" ", "-"), title, title)


def problem(status: int, detail: str = "", **members: Any) -> dict[str, Any]:
    """The body of a problem; `members` are its extra members."""
    soort = soort_of(status)
    return {"type": URN + soort.sleutel, "title": soort.titel, "status": status, "detail": detail or soort.detail, **members}


def problem_response(status: int, detail: str = "", **members: Any) -> HttpResponse:
    """A problem as a plain Django answer, for what goes wrong outside DRF."""
    return JsonResponse(problem(status, detail, **members), status=status, content_type=MEDIA_TYPE)


def exception_handler(fout: Exception, context: dict[str, Any]) -> Response | None:  # noqa: ARG001  (DRF's signature)
    """DRF's EXCEPTION_HANDLER. What is not an API error is left to Django (500), and made a problem by `ApiMiddleware`."""
    if isinstance(fout, Http404):
        fout = exceptions.NotFound()
    elif isinstance(fout, PermissionDenied):
        fout = exceptions.PermissionDenied()
    elif isinstance(fout, RequestDataTooBig):
        fout = Probleem(413)
    elif isinstance(fout, UnreadablePostError):
        fout = exceptions.ParseError("Het verzoek brak halverwege af.")
    if not isinstance(fout, exceptions.APIException):
        return None
    response = Response(_body(fout), status=fout.status_code, content_type=MEDIA_TYPE)
    if header := getattr(fout, "auth_header", None):
        response["WWW-Authenticate"] = header
    if wait := getattr(fout, "wait", None):
        response["Retry-After"] = str(max(1, round(wait)))
    return response


def _body(fout: exceptions.APIException) -> dict[str, Any]:
    if isinstance(fout, Probleem):
        return problem(fout.status_code, fout.melding, **fout.members)
    if isinstance(fout, exceptions.ValidationError):
        return problem(fout.status_code, "Een of meer velden kloppen niet.", fouten=list(_fields(fout.detail)))
    if isinstance(fout, (exceptions.ParseError, exceptions.AuthenticationFailed)):
        return problem(fout.status_code, str(fout.detail))
    return problem(fout.status_code)


def _fields(detail: Any, path: str = "") -> Iterator[dict[str, str]]:
    """Flattens DRF's nested errors into `{veld, melding}`; `veld` is a path such as `adres.postcode`, empty for the whole."""
    if isinstance(detail, Mapping):
        for key, value in detail.items():
            yield from _fields(value, path if key == "non_field_errors" else f"{path}.{key}".lstrip("."))
    elif isinstance(detail, list):
        for position, value in enumerate(detail):
            nested = isinstance(value, (Mapping, list))
            yield from _fields(value, f"{path}.{position}".lstrip(".") if nested else path)
    else:
        yield {"veld": path, "melding": str(detail)}
