from typing import Any

import pytest

from scholen.models import Leerling
from tests.factories.casussen import NU, Wereld
from tests.factories.netwerk import LeerlingFactory


@pytest.fixture(autouse=True)
def _today(request: pytest.FixtureRequest) -> None:
    """Whatever touches the database stands on Wednesday 2 December 2026."""
    if "db" in request.fixturenames or "wereld" in request.fixturenames:
        clock: Any = request.getfixturevalue("time_machine")
        clock.move_to(NU, tick=False)


@pytest.fixture
def leerling(wereld: Wereld) -> Leerling:
    """A pupil of Zoë's school."""
    return LeerlingFactory.create(
        vestiging=wereld.net.vestiging, voornaam="Voorbeeld", achternaam="Thuisman", leerlingnummer="V1"
    )
