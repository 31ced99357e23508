"""Production refuses to start with anything that belongs to a demo, and `check --deploy` says what is still missing."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from portal.checks import known_address
from portal.env import refuse_unsafe

BASE_DIR = Path(__file__).resolve().parent.parent.parent
GOED = "een-eigen-sleutel-van-productie-0123456789-abcdefghijklmnopqrstuvwxyz"
VEILIG: dict[str, Any] = {
    "secret_keys": [GOED],
    "demo_secret": settings.DEMO_SECRET_KEY,
    "debug": False,
    "database_url": "postgres://niemand@db.example/niets",
    "redis_url": "redis://broker.example/0",
}


def test_production_with_everything_in_order_starts():
    refuse_unsafe(**VEILIG)


@pytest.mark.parametrize(
    ("wrong", "names"),
    [
        ({"secret_keys": [settings.DEMO_SECRET_KEY]}, "SECRET_KEY"),
        ({"secret_keys": ["te-kort"]}, "SECRET_KEY"),
        ({"secret_keys": [GOED, settings.DEMO_SECRET_KEY]}, "SECRET_KEY"),  # a fallback is believed as well
        ({"secret_keys": [GOED, "te-kort"]}, "SECRET_KEY"),
        ({"debug": True}, "DEBUG"),
        ({"database_url": ""}, "DATABASE_URL"),
        ({"redis_url": ""}, "REDIS_URL"),
    ],
)
def test_production_refuses(wrong, names):
    with pytest.raises(ImproperlyConfigured, match=names):
        refuse_unsafe(**{**VEILIG, **wrong})


def test_production_refuses_demo_mode(monkeypatch):
    monkeypatch.setenv("DEMO", "1")
    with pytest.raises(ImproperlyConfigured, match="demo"):
        refuse_unsafe(**VEILIG)


@pytest.mark.parametrize(
    "wrong",
    [
        {"SECRET_KEY": settings.DEMO_SECRET_KEY},
        {"SECRET_KEY_FALLBACKS": settings.DEMO_SECRET_KEY},
        {"DEBUG": "1"},
        {"SECRET_KEY": None},
    ],
)
def test_the_settings_themselves_refuse(wrong, tmp_path):
    """In a process of its own, as a server would find out."""
    mine = {"MODUS": "productie", "SECRET_KEY": GOED, "DATABASE_URL": VEILIG["database_url"], "REDIS_URL": VEILIG["redis_url"]}
    env = {key: value for key, value in {**mine, **wrong}.items() if value is not None}
    done = subprocess.run(
        [sys.executable, "-c", "import portal.settings"],
        cwd=BASE_DIR,
        env={"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), **env},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "ImproperlyConfigured" in done.stderr


def test_a_secret_may_be_a_file(tmp_path):
    key = tmp_path / "sleutel"
    key.write_text(f"{GOED}\n")
    done = subprocess.run(
        [sys.executable, "-c", "import portal.settings as s; print(s.SECRET_KEY)"],
        cwd=BASE_DIR,
        env={
            "PATH": os.environ["PATH"],
            "VAR_DIR": str(tmp_path),
            "MODUS": "productie",
            "SECRET_KEY_FILE": str(key),
            "DATABASE_URL": VEILIG["database_url"],
            "REDIS_URL": VEILIG["redis_url"],
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == GOED


class TestAddress:
    """Links in mails carry SITE_URL; forgotten, it would be this machine."""

    @pytest.fixture(autouse=True)
    def _productie(self, settings):
        settings.MODUS = "productie"
        settings.SITE_URL = "https://portaal.example"
        settings.ALLOWED_HOSTS = ["portaal.example"]

    def test_nothing_to_say(self):
        assert known_address(None) == []

    @pytest.mark.parametrize("url", ["http://127.0.0.1:8000", "http://portaal.example", ""])
    def test_the_address_must_be_a_real_one(self, settings, url):
        settings.SITE_URL = url
        assert [error.id for error in known_address(None)] == ["portal.E002"]

    def test_any_host_is_refused(self, settings):
        settings.ALLOWED_HOSTS = ["*"]
        assert [error.id for error in known_address(None)] == ["portal.E003"]

    def test_a_demo_may_run_anywhere(self, settings):
        settings.MODUS, settings.SITE_URL = "demo", "http://127.0.0.1:8000"
        assert known_address(None) == []
