"""Addresses of anonymous consult. Its number cannot be read as a casusnummer."""

from django.urls import URLPattern, path, register_converter

from casussen.views import consulten


class ConsultnummerConverter:
    """'A2026-000123'."""

    regex = r"A\d{4}-\d{6,7}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(ConsultnummerConverter, "consultnummer")

urlpatterns: list[URLPattern] = [
    path("consulten", consulten.consulten, name="consulten"),
    path("consulten/nieuw", consulten.nieuw, name="consult-nieuw"),
    path("consulten/<consultnummer:consult>", consulten.consult, name="consult"),
    path("consulten/<consultnummer:consult>/afsluiten", consulten.afsluiten, name="consult-afsluiten"),
    path("consulten/<consultnummer:consult>/casus", consulten.casus, name="consult-casus"),
    path("consulten/<consultnummer:consult>/toewijzen", consulten.toewijzen, name="consult-toewijzen"),
]
