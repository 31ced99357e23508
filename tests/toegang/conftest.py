"""Signing in is tried hundreds of times here: a quick hasher, since the slow one is Django's to test."""

import pytest


@pytest.fixture(autouse=True)
def _quick_hasher(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
