"""Pages that only tell something."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from toegang.toelating import ingelogd, openbaar


@openbaar
def over(request: HttpRequest) -> HttpResponse:
    return render(request, "paginas/over.html")


@openbaar
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "paginas/privacy.html")


@openbaar
def toegankelijkheid(request: HttpRequest) -> HttpResponse:
    return render(request, "paginas/toegankelijkheid.html")


@ingelogd
def geen_rol(request: HttpRequest) -> HttpResponse:
    """Signed in, but without an appointment today."""
    return render(request, "paginas/geen_rol.html")
