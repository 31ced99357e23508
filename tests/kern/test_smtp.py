"""The outbox against a mail server that really talks SMTP: one that is away, slow, refuses, or hangs up."""

import socket
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from kern import outbox
from kern.klok import now
from kern.models import Melding
from kern.models.melding import MeldingStatus
from tests.kern.conftest import Enqueue
from tests.kern.smtp_server import MailServer, mail_server

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    with mail_server() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", running.port, 2
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_USE_TLS = False
        yield running


def recipients(server: MailServer) -> list[str]:
    return [str(mail["To"]) for mail in server.mails]


def test_a_batch_goes_over_one_connection(server: MailServer, enqueue: Enqueue) -> None:
    mails = [enqueue(f"w{n}@test.example") for n in range(10)]
    assert outbox.send_pending(now=now()).verzonden == 10
    assert server.connections == 1
    assert [mail["Message-ID"] for mail in server.mails] == [mail.message_id for mail in mails]


def test_it_is_a_mail_with_text_and_html_in_utf_8(server: MailServer, enqueue: Enqueue, settings: Any) -> None:
    settings.SITE_URL = "https://portaal.example"
    enqueue("coördinator@test.example".replace("ö", "o"), team="Jeugd & Gezin Zuiderpolder-Noord ’t Hof")
    outbox.send_pending(now=now())
    (mail,) = server.mails
    assert mail["Subject"] == "Proef 2026-000001"
    assert mail["Auto-Submitted"] == "auto-generated"
    text, html = (mail.get_body(preferencelist=(kind,)) for kind in ("plain", "html"))
    assert text is not None
    assert html is not None
    assert "bij Jeugd & Gezin Zuiderpolder-Noord ’t Hof." in text.get_content()
    assert "https://portaal.example/casussen/2026-000001" in text.get_content()
    assert "Jeugd &amp; Gezin" in html.get_content()
    assert 'href="https://portaal.example/casussen/2026-000001"' in html.get_content()


def test_what_is_in_the_data_cannot_become_html_or_a_header(server: MailServer, enqueue: Enqueue) -> None:
    enqueue(team="<script>alert(1)</script>", nummer="1\r\nBcc: iedereen@test.example")
    assert outbox.send_pending(now=now()).verzonden == 1
    (mail,) = server.mails
    assert mail["Bcc"] is None
    html = mail.get_body(preferencelist=("html",))
    assert html is not None
    assert "<script>" not in html.get_content()


def test_a_path_cannot_lead_out_of_the_portal(server: MailServer, enqueue: Enqueue) -> None:
    for pad in ("//boef.example/x", "https://boef.example", "javascript:alert(1)"):
        enqueue(pad=pad)
    outbox.send_pending(now=now())
    assert all("boef" not in mail.as_string() and "javascript" not in mail.as_string() for mail in server.mails)


def test_with_the_server_away_everything_waits(enqueue: Enqueue, settings: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    for n in range(3):
        enqueue(f"w{n}@test.example")
    assert outbox.send_pending(now=now()).uitgesteld == 3
    assert set(Melding.objects.values_list("status", "pogingen")) == {("wacht", 1)}
    with mail_server() as server:
        settings.EMAIL_PORT = server.port
        assert outbox.send_pending(now=now() + timedelta(minutes=2)).verzonden == 3
        assert sorted(recipients(server)) == ["w0@test.example", "w1@test.example", "w2@test.example"]


@pytest.mark.parametrize("greeting", ["421 too busy", "554 go away"])
def test_a_server_that_will_not_talk_is_asked_again(server: MailServer, enqueue: Enqueue, greeting: str) -> None:
    server.greeting = greeting
    enqueue()
    assert outbox.send_pending(now=now()).uitgesteld == 1


def test_a_server_that_keeps_silent_holds_nobody_up_for_long(server: MailServer, enqueue: Enqueue, settings: Any) -> None:
    settings.EMAIL_TIMEOUT = 0.5
    server.silence = 3
    for n in range(5):
        enqueue(f"w{n}@test.example")
    start = time.monotonic()
    assert outbox.send_pending(now=now()).uitgesteld == 5
    assert time.monotonic() - start < 2.5  # one time-out for the batch, not one for each


def test_a_refused_recipient_is_final_and_the_rest_goes_on(server: MailServer, enqueue: Enqueue) -> None:
    server.refuse = {"weg@test.example": "550 5.1.1 unknown", "vol@test.example": "452 4.2.2 over quota"}
    for name in ("voor", "weg", "vol", "na"):
        enqueue(f"{name}@test.example")
    telling = outbox.send_pending(now=now())
    assert (telling.verzonden, telling.mislukt, telling.uitgesteld) == (2, 1, 1)
    assert recipients(server) == ["voor@test.example", "na@test.example"]
    failed = Melding.objects.get(status=MeldingStatus.MISLUKT)
    assert failed.adres == "weg@test.example"
    assert "550" in failed.fout
    assert "unknown" in failed.fout


def test_a_mail_refused_after_all_was_said_is_final(server: MailServer, enqueue: Enqueue) -> None:
    server.after_data = {"wim@test.example": "554 5.6.0 no"}
    enqueue()
    assert outbox.send_pending(now=now()).mislukt == 1


def test_a_refused_sender_is_our_own_mistake_and_waits(server: MailServer, enqueue: Enqueue) -> None:
    server.sender_reply = "553 not from you"
    enqueue()
    assert outbox.send_pending(now=now()).uitgesteld == 1


def test_a_server_that_hangs_up_halfway_gets_a_new_connection(server: MailServer, enqueue: Enqueue) -> None:
    server.mails_per_connection = 2
    for n in range(6):
        enqueue(f"w{n}@test.example")
    first = outbox.send_pending(now=now())
    second = outbox.send_pending(now=now() + timedelta(minutes=2))
    assert first.verzonden + second.verzonden == 6
    assert sorted(recipients(server)) == [f"w{n}@test.example" for n in range(6)]


def test_a_mail_that_was_taken_without_a_word_is_repeated_with_the_same_message_id(server: MailServer, enqueue: Enqueue) -> None:
    server.die_before_reply = 1
    mail = enqueue()
    assert outbox.send_pending(now=now()).uitgesteld == 1
    assert outbox.send_pending(now=now() + timedelta(minutes=2)).verzonden == 1
    assert [sent["Message-ID"] for sent in server.mails] == [mail.message_id] * 2
