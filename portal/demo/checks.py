"""Production may never have the demo accounts: their password is public."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError

from portal.demo import DEMO_DOMEIN


@register(Tags.security, deploy=True)
def no_demo_accounts(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:  # noqa: ARG001
    """`check --deploy` fails when a production database holds demo accounts."""
    if settings.MODUS != "productie":
        return []
    try:
        found = get_user_model().objects.filter(email__iendswith=f"@{DEMO_DOMEIN}").count()
    except DatabaseError:
        return []  # no database yet: then there are no accounts in it either
    if not found:
        return []
    return [
        Error(
            f"Deze database bevat {found} demo-accounts (@{DEMO_DOMEIN}). Hun wachtwoord is openbaar.",
            hint="Begin in productie met een lege database, nooit met die van een demo.",
            id="portal.E001",
        )
    ]
