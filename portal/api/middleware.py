"""What holds for every answer under /api: the version header, and problem details for errors made outside DRF."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers

from portal.api.problems import MEDIA_TYPE, problem_response

PREFIX = "/api"


def is_api(request: HttpRequest) -> bool:
    return request.path_info == PREFIX or request.path_info.startswith(f"{PREFIX}/")


class ApiMiddleware:
    """Stands outside all that can refuse a request: host, CSRF, size, an unknown path, a crash."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not is_api(request):
            return response
        if response.status_code >= 400 and response.get("Content-Type", "") != MEDIA_TYPE:
            response = _as_problem(response)
        response["API-Version"] = settings.API_VERSION
        response.setdefault("Cache-Control", "no-store")
        patch_vary_headers(response, ["Authorization", "Cookie"])
        return response


def _as_problem(response: HttpResponseBase) -> HttpResponse:
    """The same status and headers, with a body that a program can read."""
    replacement = problem_response(response.status_code)
    for name, value in response.items():
        if name not in {"Content-Type", "Content-Length", "Content-Encoding"}:
            replacement[name] = value
    replacement.cookies = response.cookies
    return replacement
