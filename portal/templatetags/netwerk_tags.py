"""Where else one can go from a screen of the network."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.urls import resolve, reverse

from toegang.toelating import kijker_of

register = template.Library()

#: In this order, each for whoever its own view admits.
PLEKKEN = (
    ("netwerk", "Netwerk"),
    ("dekking", "Dekking"),
    ("watals", "Wat als?"),
    ("edities", "Adresregister"),
    ("netwerk-nakijken", "Nakijken"),
)


@register.inclusion_tag("components/tabs.html", takes_context=True)
def netwerk_plekken(context: Mapping[str, Any]) -> dict[str, Any]:
    """The screens of the network that this viewer may open; nothing when there is only one."""
    request = context["request"]
    kijker = kijker_of(request)
    tabs = []
    for naam, label in PLEKKEN:
        url = reverse(naam)
        toelating = getattr(resolve(url).func, "toelating", None)
        if toelating is not None and toelating.admits(kijker):
            tabs.append((label, url, None, request.path == url))
    return {"naam": "Schermen van het netwerk", "tabs": tabs if len(tabs) > 1 else []}
