"""Settings of the API, taken into the settings of the portal."""

from typing import Any

from portal.env import env

#: Requests per person per minute, per web process (see `throttling`).
API_PER_MINUUT = env.int("API_PER_MINUUT", 30_000)
API_VERSION = "1.0.0"
REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "toegang.authentication.TokenAuthentication",
        "toegang.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["toegang.permissions.Geweigerd"],
    "DEFAULT_THROTTLE_CLASSES": ["portal.api.throttling.PerGebruiker"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["portal.api.parsers.StrictJSONParser"],
    "DEFAULT_FILTER_BACKENDS": ["portal.api.filters.StrictFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "portal.api.pagination.CursorPagination",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "portal.api.problems.exception_handler",
    "PAGE_SIZE": 50,
    "URL_FORMAT_OVERRIDE": None,
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "Aanspreekpunt API",
    "VERSION": API_VERSION,
    "DESCRIPTION": "Van huisadres naar wijkteam en aanspreekpunt, en de casus die daarop volgt.",
    "SERVE_INCLUDE_SCHEMA": False,
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "ENUM_NAME_OVERRIDES": {
        "InzetStatusEnum": "casussen.keuzes.InzetStatus",
        "MdoStatusEnum": "casussen.keuzes.MdoStatus",
        "DeelnemerEnum": "casussen.keuzes.Deelnemer",
        "SoortWijkteamEnum": "wijkteams.models.SoortWijkteam",
        "SoortGebiedEnum": "wijkteams.models.SoortGebied",
        "StatusEnum": "casussen.keuzes.Status",
        "BulkStatusEnum": "wijkteams.models.BulkStatus",
        "ConsultStatusEnum": "casussen.keuzes.ConsultStatus",
        "KringEnum": "casussen.keuzes.Kring",
        "ScanStatusEnum": "casussen.keuzes.ScanStatus",
        "SectorEnum": "scholen.sectoren.Sector",
        "SoortAanbiederEnum": "zorgaanbod.keuzes.SoortAanbieder",
    },
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "portal.api.schema.add_problems",
        "portal.api.voorbeelden.add_examples",
    ],
}
