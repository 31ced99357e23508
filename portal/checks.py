"""What `check --deploy` asks of production beside what Django asks."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.security, deploy=True)
def known_address(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:  # noqa: ARG001
    """The address in every mail is SITE_URL, whose default is this very machine; and a host name is never just anything."""
    if settings.MODUS != "productie":
        return []
    found: list[CheckMessage] = []
    if urlsplit(settings.SITE_URL).scheme != "https":
        found.append(
            Error(
                f"SITE_URL is {settings.SITE_URL}: de links in e-mails werken dan voor niemand veilig.",
                hint="Geef het adres waarop mensen het portaal openen, zoals https://portaal.example.",
                id="portal.E002",
            )
        )
    if "*" in settings.ALLOWED_HOSTS:
        found.append(
            Error(
                "ALLOWED_HOSTS laat elke hostnaam toe.",
                hint="Noem de hostnamen waarop het portaal te bereiken is, met komma's ertussen.",
                id="portal.E003",
            )
        )
    return found
