"""Waking a worker: at once when there is a broker, and nobody's problem when there is none."""

import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

from kern import wekker as module
from kern.actions import enqueue_melding
from kern.klok import now
from kern.models import Melding
from kern.wekker import TAAK, Wekker, publish


def enqueue() -> None:
    enqueue_melding(
        soort="proef", gebeurtenis=None, onderwerp_soort="", onderwerp_id=None, gegevens={}, adres="wim@test.example", op=now()
    )


@pytest.fixture
def rings(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """When the bell was rung."""
    heard: list[float] = []
    monkeypatch.setattr(module.wekker, "ring", lambda: heard.append(time.monotonic()))
    return heard


@pytest.fixture
def broker_at() -> Iterator[Callable[[str], None]]:
    """Let the Celery app look for its broker somewhere else."""
    before = current_app.conf.broker_url, current_app.conf.broker_transport_options

    def point(url: str) -> None:
        current_app._after_fork()  # type: ignore[attr-defined]  # forget the connections there were
        options = {"socket_timeout": 1, "socket_connect_timeout": 1, "visibility_timeout": 600, "max_retries": 0}
        current_app.conf.update(broker_url=url, broker_transport_options=options)

    yield point
    point(before[0])
    current_app.conf.update(broker_transport_options=before[1])


def test_one_transaction_rings_once(rings: list[float], django_capture_on_commit_callbacks: Any, db: None) -> None:
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        for _ in range(3):
            enqueue()
        assert rings == []
    assert len(rings) == 1


def test_what_was_rolled_back_does_not_ring(rings: list[float], django_capture_on_commit_callbacks: Any, db: None) -> None:
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        enqueue()
        transaction.set_rollback(True)
    assert rings == []


def test_a_part_that_was_rolled_back_does_not_silence_the_rest(
    rings: list[float], django_capture_on_commit_callbacks: Any, db: None
) -> None:
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        with transaction.atomic():
            enqueue()
            transaction.set_rollback(True)
        enqueue()
    assert len(rings) == 1


@pytest.mark.parametrize("kapot", ["redis://127.0.0.1:1/0", "redis://bestaat-niet.invalid:6379/0"])
@pytest.mark.django_db(transaction=True)
def test_with_the_broker_gone_what_was_written_stays_and_nobody_waits(
    kapot: str, broker_at: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    broker_at(kapot)
    failed: list[object] = []
    monkeypatch.setattr(module, "log", SimpleNamespace(warning=lambda *_, **__: failed.append(sys.exception())))
    assert publish() is False
    assert isinstance(failed[0], OperationalError)  # the broker is what is wrong
    start = time.monotonic()
    enqueue()
    assert time.monotonic() - start < 0.5
    assert Melding.objects.count() == 1


def test_a_broker_that_keeps_silent_costs_a_second_of_the_thread_and_none_of_the_page(
    broker_at: Callable[[str], None],
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        broker_at(f"redis://127.0.0.1:{deaf.getsockname()[1]}/0")
        publish()  # what there is to import is imported
        start = time.monotonic()
        Wekker().ring()
        assert time.monotonic() - start < 0.2
        start = time.monotonic()
        assert publish() is False
        assert time.monotonic() - start < 1.5


def test_a_ring_becomes_a_message_and_many_rings_one(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[tuple[str, dict[str, Any]]] = []
    inside, go_on = threading.Event(), threading.Event()

    def send_task(name: str, **options: Any) -> None:
        sent.append((name, options))
        inside.set()
        go_on.wait(5)

    monkeypatch.setattr(current_app, "send_task", send_task)
    wekker = Wekker()
    wekker.ring()
    assert inside.wait(5)
    for _ in range(50):  # while the first is at the door
        wekker.ring()
    inside.clear()
    go_on.set()
    assert inside.wait(5)
    time.sleep(0.1)
    assert [name for name, _ in sent] == [TAAK, TAAK]
    assert sent[0][1]["retry"] is False


def test_after_a_failure_it_rests_and_then_answers_what_still_rings(monkeypatch: pytest.MonkeyPatch) -> None:
    attempts: list[float] = []
    twice = threading.Event()

    def send_task(name: str, **options: Any) -> None:
        attempts.append(time.monotonic())
        if len(attempts) == 1:
            raise OperationalError
        twice.set()

    monkeypatch.setattr(current_app, "send_task", send_task)
    monkeypatch.setattr(module, "RUST_NA_FOUT", 0.4)
    wekker = Wekker()
    wekker.ring()
    while not attempts:
        time.sleep(0.01)
    wekker.ring()
    assert twice.wait(5)
    assert attempts[1] - attempts[0] >= 0.4


def test_a_forked_process_has_a_bell_of_its_own() -> None:
    wekker = Wekker()
    wekker.ring()
    first = wekker._thread
    wekker.reset()
    assert wekker._thread is None
    wekker.ring()
    assert wekker._thread is not first
