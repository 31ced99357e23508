"""Many workers on one outbox, and workers that are killed: every mail is sent, and sent once."""

import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection, connections

from kern import outbox
from kern.actions import NieuweMelding, enqueue_meldingen
from kern.klok import now
from kern.models import Melding
from kern.models.melding import MeldingStatus
from tests.kern.smtp_server import MailServer, mail_server

pytestmark = pytest.mark.django_db(transaction=True)

WORKERS = 20
GEGEVENS = {
    "nummer": "2026-000001",
    "wat": "proef",
    "vervalt_op": "2026-01-05",
    "tijd": "17:00",
    "eigenaar": "Team A",
    "pad": "/",
}


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    with mail_server() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", running.port, 10
        yield running


def fill(count: int) -> None:
    enqueue_meldingen(
        [NieuweMelding(soort="herinnering_vooraf", gegevens=GEGEVENS, adres=f"w{n}@test.example") for n in range(count)], op=now()
    )


def as_worker_process(server_port: int, *args: str, **extra: Any) -> "subprocess.Popen[str]":
    """A process of its own on the database of this test, working as the task role."""
    database = connection.settings_dict
    host, port = database["HOST"], database["PORT"]
    password = f":{database['PASSWORD']}" if database["PASSWORD"] else ""
    where = f"{host}:{port}" if not host.startswith("/") else ""
    socket_folder = f"?host={host}" if host.startswith("/") else ""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "MODUS": "test",
        "PROCES_ROL": "taak",
        "DATABASE_URL": f"postgres://{database['USER']}{password}@{where}/{database['NAME']}{socket_folder}",
        "REDIS_URL": django_settings.REDIS_URL,
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(server_port),
    }
    return subprocess.Popen(
        [sys.executable, "-m", "tests.kern.worker", *args],
        env=environment, cwd=django_settings.BASE_DIR, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **extra,
    )  # fmt: skip


def test_twenty_workers_on_one_outbox_send_every_mail_once(server: MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "BATCH", 7)
    fill(600)
    start = threading.Barrier(WORKERS)

    def work() -> int:
        try:
            start.wait(30)
            return outbox.send_pending(now=now(), run_seconds=120).verzonden
        finally:
            connections.close_all()

    with ThreadPoolExecutor(WORKERS) as pool:
        sent = [future.result() for future in [pool.submit(work) for _ in range(WORKERS)]]
    assert sum(sent) == 600
    assert sum(count > 0 for count in sent) > WORKERS / 2  # they did share the work
    times_sent = Counter(str(mail["Message-ID"]) for mail in server.mails)
    assert times_sent == Counter(melding.message_id for melding in Melding.objects.all())
    assert set(Melding.objects.values_list("status", "pogingen")) == {("verzonden", 1)}


def test_worker_processes_share_the_work_too(server: MailServer) -> None:
    fill(300)
    workers = [as_worker_process(server.port, "send") for _ in range(3)]
    output = [worker.communicate(timeout=120) for worker in workers]
    assert [worker.returncode for worker in workers] == [0, 0, 0], output
    assert sum(int(out) for out, _ in output) == 300
    assert len({str(mail["Message-ID"]) for mail in server.mails}) == len(server.mails) == 300


def test_a_worker_killed_between_claim_and_send_loses_nothing(server: MailServer) -> None:
    fill(5)
    ids = {melding.message_id for melding in Melding.objects.all()}
    victim = as_worker_process(server.port, "kill")
    out, err = victim.communicate(timeout=120)
    assert (victim.returncode, out.strip()) == (-signal.SIGKILL, "5"), err
    assert set(Melding.objects.values_list("status", flat=True)) == {MeldingStatus.GECLAIMD}
    assert outbox.send_pending(now=now()).verzonden == 0  # the lease still holds
    assert server.mails == []
    assert outbox.send_pending(now=now() + outbox.LEASE + timedelta(seconds=5)).verzonden == 5
    assert {str(mail["Message-ID"]) for mail in server.mails} == ids
    assert outbox.send_pending(now=now() + timedelta(days=1)).verzonden == 0


def test_a_worker_killed_between_send_and_mark_repeats_with_the_same_message_id(server: MailServer, tmp_path: Path) -> None:
    """The server takes the mail and holds back its answer; the worker dies waiting for it."""
    fill(1)
    (melding,) = Melding.objects.all()
    taken = threading.Event()
    hold = threading.Event()

    class Held(list):  # type: ignore[type-arg]
        def append(self, mail: Any) -> None:
            super().append(mail)
            if len(self) == 1:
                taken.set()
                hold.wait(60)

    server.mails = Held()
    victim = as_worker_process(server.port, "send")
    assert taken.wait(60), victim.communicate(timeout=5)
    victim.kill()
    victim.communicate(timeout=30)
    hold.set()
    melding.refresh_from_db()
    assert melding.status == MeldingStatus.GECLAIMD
    assert outbox.send_pending(now=now() + outbox.LEASE + timedelta(seconds=5)).verzonden == 1
    assert [str(mail["Message-ID"]) for mail in server.mails] == [melding.message_id] * 2
