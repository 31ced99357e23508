import pytest

from tests.factories.casussen import Wereld, make_wereld


@pytest.fixture
def wereld(db: None) -> Wereld:
    """A small network with the fixed cast in it."""
    return make_wereld()
