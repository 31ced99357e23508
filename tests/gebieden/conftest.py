from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def var_dir(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports of imports go to a folder of this test."""
    settings.VAR_DIR = tmp_path_factory.mktemp("var")
    return Path(settings.VAR_DIR)
