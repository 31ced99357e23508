"""A demo region with its published figures, loaded once for a module."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from portal.demo.accounts import ACCOUNTS
from tests.factories.demo import demo_region
from tests.factories.toegang import client_of


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with demo_region(django_db_blocker, adressen=4_000, casussen=1_000):
        yield


@pytest.fixture
def _today(time_machine: Any) -> None:
    time_machine.move_to("2026-11-19T10:00:00+01:00", tick=False)


def account(sleutel: str) -> Client:
    email = next(a.email for a in ACCOUNTS if a.sleutel == sleutel)
    return client_of(get_user_model().objects.get(email=email))
