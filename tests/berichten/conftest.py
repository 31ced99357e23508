"""Files go to a folder of the test itself; the clock stands at NU."""

from typing import Any

import pytest

from casussen.keuzes import Status
from casussen.models import Casus
from tests.factories.casussen import NU, Wereld, make_wereld


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Any) -> None:
    settings.DOCUMENTEN_ROOT = tmp_path / "documenten"


@pytest.fixture
def wereld(db: None, time_machine: Any) -> Wereld:
    time_machine.move_to(NU, tick=False)
    return make_wereld()


@pytest.fixture
def casus(wereld: Wereld) -> Casus:
    return wereld.casus(Status.ONTVANGEN)
