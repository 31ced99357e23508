"""Mail as files, for demo and test."""

import email
import email.policy
from pathlib import Path

from django.core.mail import EmailMessage, send_mail

from kern.mail import EmlBackend


def test_every_mail_becomes_a_file_named_after_time_and_message_id(mailbox: Path) -> None:
    message = EmailMessage("Onderwerp ë", "Tekst", to=["a@test.example"], headers={"Message-ID": "<ab-12@aanspreekpunt>"})
    assert EmlBackend().send_messages([message, message]) == 2
    first, second = sorted(mailbox.iterdir())
    assert first.name.endswith("Z-ab-12.eml")
    assert first.name < second.name
    raw = first.read_bytes()
    assert b"\r\n" in raw
    assert b"\n" not in raw.replace(b"\r\n", b"")
    parsed = email.message_from_bytes(raw, policy=email.policy.default)
    assert (parsed["Subject"], parsed["To"], parsed["Message-ID"]) == ("Onderwerp ë", "a@test.example", "<ab-12@aanspreekpunt>")


def test_other_mail_of_the_portal_goes_there_too(mailbox: Path) -> None:
    assert send_mail("Nieuw wachtwoord", "…", None, ["a@test.example"]) == 1
    (file,) = mailbox.iterdir()
    assert file.suffix == ".eml"


def test_a_strange_message_id_makes_no_strange_file_name(mailbox: Path) -> None:
    message = EmailMessage("x", "y", to=["a@test.example"], headers={"Message-ID": "<../../x y/*?@z>"})
    EmlBackend().send_messages([message])
    (file,) = mailbox.iterdir()
    assert file.parent == mailbox
    assert file.name.endswith("Z-....xy.eml")
