"""/health and /health/ready, part by part, and with everything gone."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from gebieden.models import Editie
from gebieden.models.editie import EditieStatus
from kern.models import Hartslag, Melding
from kern.models.melding import Kanaal, MeldingStatus
from portal import health
from portal.hartslag import BEAT, TAKEN, WORKER

PARTS = {"database", "broker", "worker", "beat", "outbox", "editie"}
BASE_DIR = Path(__file__).resolve().parent.parent.parent


@contextmanager
def silent_port() -> Iterator[int]:
    """A server that takes a connection and never says anything: worse than one that is gone."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def ask(client: Client) -> tuple[int, dict[str, str]]:
    response = client.get("/health/ready")
    assert response.headers["Content-Type"] == "application/json"
    assert response.headers["Cache-Control"] == "no-store"
    answer: dict[str, str] = response.json()
    return response.status_code, answer


def beat_hearts(*names: str, op: datetime | None = None) -> None:
    for name in names:
        Hartslag.objects.update_or_create(naam=name, defaults={"op": op or timezone.now()})


def mail(**fields: Any) -> Melding:
    now = timezone.now()
    values = {"soort": "proef", "kanaal": Kanaal.MAIL, "adres": "zc@demo.example", "niet_voor": now, "aangemaakt": now, **fields}
    return Melding.objects.create(**values)


@pytest.fixture
def all_well(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything as it should be. The checks work in threads, so the rows must really be committed."""
    beat_hearts(WORKER, BEAT, TAKEN)
    Editie.objects.create(jaar=2025, status=EditieStatus.GELADEN, actief=True, geladen_op=timezone.now())
    monkeypatch.setattr(health, "ask_broker", lambda: {"broker": "ok"})
    monkeypatch.setattr(health, "CHECKS", fresh_checks())


def fresh_checks() -> tuple[health.Check, ...]:
    return (
        health.Check(health.DATABASE_PARTS, health.ask_database),
        health.Check(
            ("broker",),
            lambda: health.ask_broker(),  # noqa: PLW0108  (looked up when asked: a test may replace it)
        ),
    )


def test_health_says_that_the_process_lives_without_asking_anything(client: Client) -> None:
    client.cookies["sessionid"] = "een-sessie-die-opgezocht-zou-moeten-worden"
    response = client.get("/health", headers={"host": "10.0.0.7"})
    assert response.status_code == 200
    assert response.json() == {"status": "ok"}
    assert client.head("/health").status_code == 200
    assert client.post("/health").status_code == 405


def test_health_answers_over_http_where_everything_else_is_https(client: Client, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/health").status_code == 200


def test_all_well(all_well: None, client: Client) -> None:
    status, answer = ask(client)
    assert answer == {"status": "ok", **dict.fromkeys(PARTS, "ok")}
    assert status == 200


@pytest.mark.parametrize(
    ("name", "part", "text"),
    [
        (WORKER, "worker", "laatste hartslag 10 minuten geleden"),
        (BEAT, "beat", "laatste hartslag 10 minuten geleden"),
        (TAKEN, "worker", "leeft, maar voert geen taken uit: laatste hartslag 10 minuten geleden"),
    ],
)
def test_a_silent_heart_is_named(all_well: None, client: Client, name: str, part: str, text: str) -> None:
    beat_hearts(name, op=timezone.now() - timedelta(minutes=10))
    status, answer = ask(client)
    assert status == 503
    assert answer["status"] == f"niet gereed: {part}"
    assert answer[part] == text
    assert {key for key in PARTS if answer[key] != "ok"} == {part}


def test_a_heart_that_never_beat_is_named(all_well: None, client: Client) -> None:
    Hartslag.objects.filter(naam=WORKER).delete()
    status, answer = ask(client)
    assert (status, answer["worker"]) == (503, "nog nooit een hartslag gezien")


def test_without_an_active_editie_the_portal_is_not_ready(all_well: None, client: Client) -> None:
    Editie.objects.update(actief=False)
    status, answer = ask(client)
    assert status == 503
    assert answer["status"] == "niet gereed: editie"
    assert "geen actieve editie" in answer["editie"]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, "ok"),
        ({"minutes": 16}, "de oudste mail wacht al 16 minuten op verzending"),
        ({"minutes": 14}, "ok"),
        ({"minutes": 16, "status": MeldingStatus.MISLUKT}, "ok"),
        ({"minutes": 16, "status": MeldingStatus.GECLAIMD}, "de oudste mail wacht al 16 minuten op verzending"),
        ({"minutes": 200, "pogingen": 3, "later": True}, "al 3 uur lukt het verzenden van mail niet"),
    ],
)
def test_the_outbox_is_late_when_mail_does_not_leave(
    all_well: None, client: Client, fields: dict[str, Any], expected: str
) -> None:
    then = timezone.now() - timedelta(minutes=fields.pop("minutes", 0))
    due = timezone.now() + timedelta(hours=1) if fields.pop("later", False) else then
    mail(aangemaakt=then, niet_voor=due, **fields)
    status, answer = ask(client)
    assert answer["outbox"] == expected
    assert status == (200 if expected == "ok" else 503)


def test_one_address_that_refuses_does_not_make_the_outbox_late(all_well: None, client: Client) -> None:
    now = timezone.now()
    mail(aangemaakt=now - timedelta(hours=3), niet_voor=now + timedelta(hours=1), pogingen=3)
    mail(aangemaakt=now, status=MeldingStatus.VERZONDEN, verzonden_op=now)
    assert ask(client)[1]["outbox"] == "ok"


def test_a_melding_in_the_portal_is_no_mail_that_waits(all_well: None, client: Client, django_user_model: Any) -> None:
    user = django_user_model.objects.create(email="iemand@demo.example")
    then = timezone.now() - timedelta(days=1)
    mail(kanaal=Kanaal.PORTAAL, ontvanger=user, adres="", aangemaakt=then, niet_voor=then)
    assert ask(client)[1]["outbox"] == "ok"


def test_a_broker_that_is_gone_is_named_and_nothing_else(
    all_well: None, client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    monkeypatch.setattr(health, "CHECKS", fresh_checks())
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    status, answer = ask(client)
    assert status == 503
    assert answer["status"] == "niet gereed: broker"
    assert answer["broker"].startswith("niet bereikbaar")


def test_a_broker_that_hangs_costs_a_second(
    all_well: None, client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    monkeypatch.setattr(health, "CHECKS", fresh_checks())
    with silent_port() as port:
        settings.REDIS_URL = f"redis://127.0.0.1:{port}/0"
        started = time.monotonic()
        status, answer = ask(client)
    assert (status, answer["status"]) == (503, "niet gereed: broker")
    assert time.monotonic() - started < 1.5


def test_a_check_that_is_still_open_is_not_asked_again() -> None:
    asked = []

    def hang() -> dict[str, str]:
        asked.append(1)
        time.sleep(0.5)
        return {"broker": "ok"}

    check = health.Check(("broker",), hang)
    for _ in range(5):
        check.start()
        assert check.answers(time.monotonic() + 0.02) == {"broker": "geen antwoord binnen 1,2 seconde"}
    assert len(asked) == 1
    time.sleep(0.6)
    check.start()
    assert check.answers(time.monotonic() + 2) == {"broker": "ok"}
    assert len(asked) == 2


def test_an_unexpected_error_is_a_failing_part_and_no_error_page() -> None:
    def fail() -> dict[str, str]:
        raise KeyError("kapot")

    check = health.Check(("database", "worker"), fail)
    check.start()
    assert check.answers(time.monotonic() + 2) == dict.fromkeys(("database", "worker"), "fout; zie het logboek")


@pytest.fixture(params=["refuses", "hangs"])
def doomed_server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A web process whose database and broker are gone from the start."""
    with silent_port() as silent, socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
        probe.close()
        dead = silent if request.param == "hangs" else 1
        environment = {
            **os.environ,
            "MODUS": "test",
            "PROCES_ROL": "web",
            "VAR_DIR": str(tmp_path),
            "DATABASE_URL": f"postgres://niemand@127.0.0.1:{dead}/niets",
            "REDIS_URL": f"redis://127.0.0.1:{dead}/0",
            "PORT": str(port),
            "WEB_CONCURRENCY": "1",
        }
        process = subprocess.Popen([sys.executable, "-m", "gunicorn", "portal.wsgi"], cwd=BASE_DIR, env=environment)
        try:
            wait_for_port(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(20)


def wait_for_port(port: int) -> None:
    """How long a start takes is not what is tested: on a busy machine more than half a minute."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the web process did not start")


def test_with_everything_gone_the_process_still_says_so_in_time(doomed_server: str) -> None:
    with urllib.request.urlopen(f"{doomed_server}/health", timeout=5) as response:
        assert json.load(response) == {"status": "ok"}
    for _ in range(2):
        started = time.monotonic()
        with pytest.raises(urllib.error.HTTPError) as raised:
            urllib.request.urlopen(f"{doomed_server}/health/ready", timeout=10)
        assert time.monotonic() - started < 1.5
        with raised.value as error:
            assert error.code == 503
            answer = json.load(error)
        assert answer.keys() == {"status", *PARTS}
        assert answer["status"] == "niet gereed: database, worker, beat, outbox, editie, broker"
        assert "ok" not in answer.values()
