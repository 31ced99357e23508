import pytest

from tests.factories.casussen import Wereld, make_wereld


@pytest.fixture
def wereld(db: None) -> Wereld:
    return make_wereld()
