import pytest

from tests.browser.build import build_front


@pytest.fixture(scope="session", autouse=True)
def _front() -> None:
    """What the browser gets is built from the sources of this moment."""
    build_front()
