"""The description of the API (OpenAPI 3.1) at /api/v1/openapi.json: public, made once per process."""

import json
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.encoding import force_str
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.generators import SchemaGenerator

from portal.api.problems import MEDIA_TYPE, SOORTEN, URN
from toegang.toelating import openbaar

#: Problems any operation may answer, those of an operation with a body, and those of one about a single thing.
ALTIJD = (400, 401, 403, 405, 406, 429, 500)
MET_INHOUD = (413, 415)
MET_SLEUTEL = (404,)
#: Problems with members of their own, per operation.
BIJ_CASUS: dict[str, tuple[int, ...]] = {"casussen_create": (422,), "casussen_transities_create": (409, 422)}
BIJ_CASUS |= {"consulten_create": (422,), "consulten_berichten_create": (409, 422)}
BIJ_CASUS |= {"routeringen_bulk_create": (422,), "routeringen_bulk_resultaat": (409,)}
BIJ_CASUS |= {"casussen_berichten_create": (422,), "casussen_documenten_create": (422,)}
_TEKST = {"type": "string"}
_TEKST_OF_NULL = {"type": ["string", "null"]}
_STAND = {
    "type": ["object", "null"],
    "description": "Waar de casus nu is; null voor wie hem niet meer ziet.",
    "properties": {"nummer": _TEKST, "status": _TEKST, "versie": {"type": "integer"}},
}
_FOUT = {"type": "object", "properties": {"veld": _TEKST, "melding": _TEKST}, "required": ["veld", "melding"]}
_BEVINDING = {
    "type": "object",
    "description": "Een stuk van een tekst dat zegt om wie het gaat: tekst[start:einde].",
    "properties": {
        "veld": _TEKST,
        "soort": _TEKST,
        "start": {"type": "integer"},
        "einde": {"type": "integer"},
        "geweigerd": {"type": "boolean"},
        "vervanging": _TEKST,
    },
}
LEDEN: dict[int, dict[str, Any]] = {
    400: {"fouten": {"type": "array", "items": _FOUT}},
    409: {"door": _TEKST_OF_NULL, "gedaan": _TEKST_OF_NULL, "casus": _STAND},
    422: {"ontbreekt": {"type": "array", "items": _FOUT}, "bevindingen": {"type": "array", "items": _BEVINDING}},
}


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # registers itself
    target_class = "toegang.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:  # noqa: ARG002  (its signature)
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "Een token van functioneel beheer, gebonden aan één aanstelling.",
        }


class SessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # registers itself
    target_class = "toegang.authentication.SessionAuthentication"
    name = "sessie"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:  # noqa: ARG002  (its signature)
        text = "De sessie van de website; wie iets verandert stuurt ook X-CSRFToken mee."
        return {"type": "apiKey", "in": "cookie", "name": "sessionid", "description": text}


def add_problems(result: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
    """POSTPROCESSING_HOOK: every operation says how it fails, and that every answer carries API-Version."""
    components = result["components"]
    components["headers"] = {"API-Version": {"description": "De versie van de API.", "schema": _TEKST}}
    components.setdefault("schemas", {}).update({_schema_name(status): _problem_schema(status) for status in SOORTEN})
    components["responses"] = {_schema_name(status): _response(status) for status in SOORTEN}
    for schema in components["schemas"].values():
        schema.pop("description", None)  # a docstring is for who reads the code
    for path, item in result["paths"].items():
        for operation in item.values():
            statuses = {*ALTIJD, *BIJ_CASUS.get(operation["operationId"], ())}
            statuses.update(MET_INHOUD if "requestBody" in operation else ())
            statuses.update(MET_SLEUTEL if "{" in path else ())
            for answer in operation["responses"].values():
                answer["headers"] = {**answer.get("headers", {}), "API-Version": {"$ref": "#/components/headers/API-Version"}}
            for status in sorted(statuses):
                operation["responses"][str(status)] = {"$ref": f"#/components/responses/{_schema_name(status)}"}
    return result


def _schema_name(status: int) -> str:
    return f"Probleem{status}"


def _problem_schema(status: int) -> dict[str, Any]:
    properties = {
        "type": {"type": "string", "format": "uri", "const": URN + SOORTEN[status].sleutel},
        "title": {"type": "string", "const": SOORTEN[status].titel},
        "status": {"type": "integer", "const": status},
        "detail": _TEKST,
        **LEDEN.get(status, {}),
    }
    return {"type": "object", "properties": properties, "required": ["type", "title", "status", "detail"]}


def _response(status: int) -> dict[str, Any]:
    return {
        "description": SOORTEN[status].titel,
        "headers": {"API-Version": {"$ref": "#/components/headers/API-Version"}},
        "content": {MEDIA_TYPE: {"schema": {"$ref": f"#/components/schemas/{_schema_name(status)}"}}},
    }


@cache
def document() -> bytes:
    """The whole description, for everyone: it holds nothing that depends on who asks."""
    generator = SchemaGenerator(urlconf=None, api_version=None)  # type: ignore[no-untyped-call]
    description = generator.get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return json.dumps(description, default=force_str, ensure_ascii=False, indent=1).encode()


@csrf_exempt
@openbaar
@require_safe
def openapi(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  (a view)
    return HttpResponse(document(), content_type="application/json", headers={"Cache-Control": "public, max-age=300"})
