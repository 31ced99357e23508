"""The map of the portal. Every room has its own urls.py; no address ends in a slash, except inside beheer (Django's admin)."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from portal.api.urls import nothing_here
from toegang.toelating import openbaar

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("portal.urls_schermen")),
    path("", include("casussen.urls")),
    path("", include("portal.afspraken.urls")),
    path("account/", include("toegang.urls")),
    path("api", nothing_here, name="api-wortel"),
    path("api/", include("portal.api.urls")),
    path("beheer", openbaar(RedirectView.as_view(url="/beheer/")), name="beheer"),
    path("beheer/", admin.site.urls),
]
