"""A small network for most tests, and one day on which they all ask."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.factories.netwerk import KleinNetwerk, klein_netwerk
from wijkteams.routering import Route, route_address

OP = date(2026, 9, 1)
Vraag = Callable[..., Route]


@pytest.fixture
def net(db: None) -> KleinNetwerk:
    return klein_netwerk()


@pytest.fixture
def route(net: KleinNetwerk) -> Vraag:
    """`route("2037RB", 12, sector="vo")` in the small network, on the day of these tests."""

    def ask(postcode: Any, huisnummer: Any, **rest: Any) -> Route:
        return route_address(postcode=postcode, huisnummer=huisnummer, **{"peildatum": OP, **rest})

    return ask
