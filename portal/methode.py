"""A page for who opens an address that only takes a form: after a reload, or the back button of the browser."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import Resolver404, resolve


class MethodeMiddleware:
    """An empty 405 becomes a page with a way back, as those of 403 and 404. The API has problems of its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code != 405 or not isinstance(response, HttpResponse) or response.content:
            return response
        page = render(request, "405.html", {"terug_url": way_back(request.path_info)}, status=405)
        page["Allow"] = response.get("Allow", "")
        return page


def way_back(path: str) -> str:
    """The page that the address belongs to: the closest one above it, or else the first page of the portal."""
    while "/" in path.strip("/"):
        path = path.rstrip("/").rpartition("/")[0]
        try:
            resolve(path)
        except Resolver404:
            continue
        return path
    return "/"
