"""With the broker gone: a message fails at once, and nobody's page waits for it."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from celery import Celery
from django.conf import settings
from kombu.exceptions import OperationalError

from portal.celery import app
from tests.health.test_ready import silent_port


@pytest.fixture
def web_app() -> Iterator[Celery]:
    """Celery as the web process has it, to be pointed at another broker."""
    made = Celery("proef", set_as_current=False)
    made.conf.update(
        broker_transport_options={**settings.CELERY_BROKER_TRANSPORT_OPTIONS, "socket_timeout": 1, "max_retries": 0},
        broker_connection_timeout=settings.CELERY_BROKER_CONNECTION_TIMEOUT,
        task_publish_retry=settings.CELERY_TASK_PUBLISH_RETRY,
    )
    yield made
    made.close()


def seconds_until_it_fails(web_app: Celery, url: str) -> float:
    web_app.conf.update(broker_url=url)
    started = time.monotonic()
    with pytest.raises(OperationalError):
        web_app.send_task("kern.tasks.verstuur_meldingen")
    return time.monotonic() - started


def test_a_broker_that_is_gone_is_known_at_once(web_app: Celery) -> None:
    assert seconds_until_it_fails(web_app, "redis://127.0.0.1:1/0") < 1.5


def test_a_broker_whose_socket_is_gone_is_known_at_once(web_app: Celery) -> None:
    assert seconds_until_it_fails(web_app, "redis+socket:///nergens/valkey.sock") < 1.5


def test_a_broker_that_hangs_is_given_up_soon(web_app: Celery) -> None:
    with silent_port() as port:
        assert seconds_until_it_fails(web_app, f"redis://127.0.0.1:{port}/0") < 3


def test_the_schedule_names_tasks_that_exist() -> None:
    app.loader.import_default_modules()
    app.autodiscover_tasks(force=True)
    wanted = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert wanted <= set(app.tasks.keys()), wanted - set(app.tasks.keys())


def test_what_nobody_reads_expires_before_the_next_of_its_kind() -> None:
    for name, entry in settings.CELERY_BEAT_SCHEDULE.items():
        every = entry["schedule"]
        assert entry["options"]["expires"] <= (every if isinstance(every, (int, float)) else 24 * 3600), name


def test_beat_and_worker_show_that_they_live(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The scheduler's turn and the worker's step each write their heartbeat; a second turn at once does not."""
    from kern.models import Hartslag
    from portal import hartslag

    beats: list[str] = []
    real = hartslag.beat_heart

    def counted(naam: str) -> None:
        beats.append(naam)
        real(naam)

    monkeypatch.setattr(hartslag, "beat_heart", counted)
    scheduler = hartslag.HartslagScheduler.__new__(hartslag.HartslagScheduler)
    monkeypatch.setattr("celery.beat.Scheduler.tick", lambda *_args, **_kwargs: 5)
    assert scheduler.tick() == scheduler.tick() == 5
    assert beats == ["beat"]

    class Timer:
        call: Any = None

        def call_repeatedly(self, seconds: float, function: Any, args: tuple[str]) -> "Timer":
            self.call = (seconds, function, args)
            return self

        def cancel(self) -> None:
            self.call = None

    class Worker:
        timer = Timer()

    step = hartslag.WorkerHartslag(Worker())
    step.start(Worker())
    seconds, function, arguments = Worker.timer.call
    assert (seconds, function, arguments) == (hartslag.INTERVAL, counted, ("worker",))
    step.stop(Worker())
    assert not Worker.timer.call
    assert set(Hartslag.objects.values_list("naam", flat=True)) == {"beat", "worker"}


def test_a_heart_beats_on_without_a_database(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError as DatabaseGone

    from kern.models import Hartslag
    from portal import hartslag

    def gone(*args: Any, **kwargs: Any) -> None:
        raise DatabaseGone

    monkeypatch.setattr(Hartslag.objects, "bulk_create", gone)
    hartslag.beat_heart("worker")
