"""Clearing away sessions that are over."""

from importlib import import_module

from django.conf import settings


def clear_sessions() -> None:
    """Delete sessions past their last day; what they held is gone with them."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
