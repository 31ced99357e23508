"""What becomes of one mail: sent, tried again, given up, taken back."""

import smtplib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection
from structlog.testing import capture_logs

from kern import outbox, rules
from kern.actions import cancel_meldingen
from kern.klok import now
from kern.models import Melding
from kern.models.melding import MeldingStatus
from kern.queries import mislukte_meldingen
from tests.factories.toegang import UserFactory, client_of, kijker_of, user_with
from tests.kern.conftest import Enqueue
from toegang.rollen import FUNCTIONEEL_BEHEER

pytestmark = pytest.mark.django_db


class Broken(BaseEmailBackend):
    """Fails for the addresses in `errors`; takes the rest."""

    errors: dict[str, Exception] = {}
    taken: list[str] = []

    def send_messages(self, email_messages: Any) -> int:
        for message in email_messages:
            if error := self.errors.get(message.to[0]):
                raise error
            self.taken.append(message.to[0])
        return len(email_messages)


@pytest.fixture
def broken(settings: Any, monkeypatch: pytest.MonkeyPatch) -> type[Broken]:
    settings.EMAIL_BACKEND = f"{Broken.__module__}.Broken"
    monkeypatch.setattr(Broken, "errors", {})
    monkeypatch.setattr(Broken, "taken", [])
    return Broken


def test_what_waits_is_sent_once(enqueue: Enqueue, mailbox: Path) -> None:
    mail = enqueue()
    op = now()
    assert outbox.send_pending(now=op).verzonden == 1
    mail.refresh_from_db()
    assert (mail.status, mail.pogingen, mail.lease_tot) == (MeldingStatus.VERZONDEN, 1, None)
    assert mail.verzonden_op is not None
    assert mail.verzonden_op >= op
    assert outbox.send_pending(now=now() + timedelta(days=1)).verzonden == 0
    assert len(list(mailbox.glob("*.eml"))) == 1


def test_what_is_for_later_waits(enqueue: Enqueue, mailbox: Path) -> None:
    enqueue(op=now() + timedelta(hours=1))
    assert outbox.send_pending(now=now()).verzonden == 0
    assert outbox.send_pending(now=now() + timedelta(hours=2)).verzonden == 1


def test_more_than_a_batch_goes_in_one_run(enqueue: Enqueue, mailbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "BATCH", 3)
    for n in range(8):
        enqueue(f"w{n}@test.example")
    assert outbox.send_pending(now=now()).verzonden == 8


#: Together they leave the planner the plan in which a subquery is run again for every row.
PLANS_OFF = ("enable_hashjoin", "enable_mergejoin", "enable_material", "enable_hashagg", "enable_sort")


@pytest.mark.parametrize("off", [(), PLANS_OFF], ids=["the usual plan", "the other plan"])
def test_a_claim_never_takes_more_than_a_batch_whatever_plan_is_chosen(enqueue: Enqueue, off: tuple[str, ...]) -> None:
    """LIMIT in a subquery that is run once for every row limits nothing."""
    for n in range(8):
        enqueue(f"w{n}@test.example")
    with connection.cursor() as cursor:
        for setting in off:
            cursor.execute(f"SET {setting} = off")
        try:
            claimed = outbox.claim(now=now(), limit=3)
        finally:
            cursor.execute("RESET ALL")
    assert len(claimed) == 3


def test_a_run_that_takes_long_stops_after_its_batch_and_rings_for_the_next(
    enqueue: Enqueue, mailbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rings: list[bool] = []
    monkeypatch.setattr(outbox, "wake", lambda: rings.append(True))
    monkeypatch.setattr(outbox, "BATCH", 3)
    for n in range(8):
        enqueue(f"w{n}@test.example")
    assert outbox.send_pending(now=now(), run_seconds=-1).verzonden == 3
    assert rings == [True]


def test_a_failure_is_tried_again_later_and_later_and_then_given_up(enqueue: Enqueue, broken: type[Broken]) -> None:
    mail = enqueue()
    broken.errors["wim@test.example"] = smtplib.SMTPDataError(451, b"try later")
    op = mail.niet_voor
    waits: list[timedelta] = []
    for attempt in range(1, rules.MAX_POGINGEN + 1):
        assert outbox.send_pending(now=op).verzonden == 0
        mail.refresh_from_db()
        assert mail.pogingen == attempt
        if mail.status == MeldingStatus.WACHT:
            waits.append(mail.niet_voor - op)
            assert outbox.send_pending(now=mail.niet_voor - timedelta(seconds=1)) == outbox.Telling()
            op = mail.niet_voor
    assert mail.status == MeldingStatus.MISLUKT
    assert "451" in mail.fout
    assert [round(wait.total_seconds() / 60) for wait in waits] == [1, 5, 15, 60, 240, 480, 720, 720, 720]
    assert timedelta(days=2) < sum(waits, timedelta()) < timedelta(days=3)
    assert outbox.send_pending(now=op + timedelta(days=30)) == outbox.Telling()


def test_after_a_failure_it_still_arrives(enqueue: Enqueue, broken: type[Broken]) -> None:
    mail = enqueue()
    broken.errors["wim@test.example"] = TimeoutError()
    assert outbox.send_pending(now=now()).uitgesteld == 1
    broken.errors.clear()
    assert outbox.send_pending(now=now() + timedelta(minutes=2)).verzonden == 1
    mail.refresh_from_db()
    assert (mail.status, mail.pogingen, mail.fout) == (MeldingStatus.VERZONDEN, 2, "")


@pytest.mark.parametrize(
    ("error", "permanent"),
    [
        (smtplib.SMTPRecipientsRefused({"x": (550, b"no such user")}), True),
        (smtplib.SMTPRecipientsRefused({"x": (450, b"mailbox busy")}), False),
        (smtplib.SMTPDataError(554, b"rejected"), True),
        (smtplib.SMTPDataError(452, b"full"), False),
        (smtplib.SMTPSenderRefused(553, b"not you", "x"), False),
        (smtplib.SMTPAuthenticationError(535, b"who are you"), False),
        (smtplib.SMTPServerDisconnected(), False),
        (ConnectionRefusedError(), False),
        (TimeoutError(), False),
        (UnicodeEncodeError("ascii", "é", 0, 1, "no"), True),
        (ValueError("header"), True),
        (RuntimeError("unknown"), False),
    ],
)
def test_only_a_no_about_this_mail_is_final(enqueue: Enqueue, broken: type[Broken], error: Exception, permanent: bool) -> None:
    mail = enqueue()
    broken.errors["wim@test.example"] = error
    outbox.send_pending(now=now())
    mail.refresh_from_db()
    assert mail.status == (MeldingStatus.MISLUKT if permanent else MeldingStatus.WACHT)
    assert mail.verzonden_op is None
    assert type(error).__name__ in mail.fout


def test_a_poisonous_text_stops_that_one_mail_and_no_other(enqueue: Enqueue, broken: type[Broken]) -> None:
    enqueue("voor@test.example")
    giftig, zonder_tekst = enqueue(soort="giftig"), enqueue(soort="bestaat_niet")
    vreemd = enqueue(soort="../../etc/passwd")
    enqueue("na@test.example")
    telling = outbox.send_pending(now=now())
    assert (telling.verzonden, telling.mislukt) == (2, 3)
    assert broken.taken == ["voor@test.example", "na@test.example"]
    for mail in (giftig, zonder_tekst, vreemd):
        mail.refresh_from_db()
        assert mail.status == MeldingStatus.MISLUKT
        assert mail.fout


def test_a_backend_that_takes_nothing_is_no_success(
    enqueue: Enqueue, broken: type[Broken], monkeypatch: pytest.MonkeyPatch
) -> None:
    mail = enqueue()
    monkeypatch.setattr(broken, "send_messages", lambda *_: 0)
    assert outbox.send_pending(now=now()).uitgesteld == 1
    mail.refresh_from_db()
    assert mail.status == MeldingStatus.WACHT


def test_what_was_taken_back_is_not_sent_even_when_a_worker_holds_it(enqueue: Enqueue, mailbox: Path) -> None:
    mail = enqueue()
    held = outbox.claim(now=now())
    cancel_meldingen(onderwerp_soort="casus", onderwerp_ids=[1])
    telling = outbox.Telling()
    outbox._send_batch(held, outbox._Klok(now()), telling)
    assert (telling.verzonden, telling.vervallen) == (0, 1)
    assert not list(mailbox.glob("*.eml"))
    mail.refresh_from_db()
    assert mail.status == MeldingStatus.VERVALLEN


def test_who_was_too_slow_does_not_send_what_another_took_over(enqueue: Enqueue, mailbox: Path) -> None:
    enqueue()
    slow = outbox.claim(now=now())
    later = now() + outbox.LEASE + timedelta(seconds=1)
    assert outbox.send_pending(now=later).verzonden == 1
    telling = outbox.Telling()
    outbox._send_batch(slow, outbox._Klok(later), telling)
    assert telling.verzonden == 0
    assert len(list(mailbox.glob("*.eml"))) == 1


def test_a_mail_that_takes_its_worker_along_every_time_is_given_up(enqueue: Enqueue, mailbox: Path) -> None:
    mail = enqueue()
    op = now()
    for _ in range(rules.MAX_POGINGEN):
        assert len(outbox.claim(now=op)) == 1  # and then the worker is gone
        op += outbox.LEASE + timedelta(seconds=1)
    assert outbox.send_pending(now=op).mislukt == 1
    mail.refresh_from_db()
    assert mail.status == MeldingStatus.MISLUKT


def test_the_lines_in_the_log_name_nobody(enqueue: Enqueue, broken: type[Broken]) -> None:
    enqueue()
    broken.errors["wim@test.example"] = smtplib.SMTPRecipientsRefused({"wim@test.example": (550, b"wim@test.example unknown")})
    with capture_logs() as lines:
        outbox.send_pending(now=now())
    (line,) = lines
    assert (line["event"], line["smtp_code"], line["poging"]) == ("melding_mislukt", 550, 1)
    assert "wim" not in str({key: value for key, value in line.items() if key != "exc_info"})


def test_beheer_sees_what_failed_and_nobody_else_does(enqueue: Enqueue) -> None:
    mail = enqueue()
    enqueue("ander@test.example")
    Melding.objects.filter(pk=mail.pk).update(status=MeldingStatus.MISLUKT)
    assert list(mislukte_meldingen(kijker_of(user_with(FUNCTIONEEL_BEHEER)))) == [mail]
    assert list(mislukte_meldingen(kijker_of(UserFactory.create()))) == []


def test_the_first_page_of_beheer_says_that_mail_failed(enqueue: Enqueue) -> None:
    browser = client_of(user_with(FUNCTIONEEL_BEHEER))
    assert "niet verstuurd worden" not in browser.get("/beheer/").content.decode()
    failed = [enqueue(), enqueue()]
    Melding.objects.filter(pk=failed[0].pk).update(status=MeldingStatus.MISLUKT)
    assert "1 mail kon niet verstuurd worden" in browser.get("/beheer/").content.decode()
    Melding.objects.filter(pk=failed[1].pk).update(status=MeldingStatus.MISLUKT)
    page = browser.get("/beheer/").content.decode()
    assert "2 mails konden niet verstuurd worden" in page
    assert browser.get("/beheer/kern/melding/?status__exact=mislukt").status_code == 200
