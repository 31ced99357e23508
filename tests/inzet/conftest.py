from typing import Any

import pytest

from tests.factories.casussen import NU, Wereld, make_wereld


@pytest.fixture
def wereld(db: None, time_machine: Any) -> Wereld:
    """A small network with the fixed cast in it, on the day that the tests are about."""
    time_machine.move_to(NU)
    return make_wereld()
