"""The post of the demo: every mail readable, and none of it dangerous to look at."""

from pathlib import Path

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db


def send(
    subject: str = "Casus 2026-000001", text: str = "Goedendag,\n\nTot ziens.", html: str = "", to: str = "wim@test.example"
) -> None:
    mail = EmailMultiAlternatives(subject, text, to=[to])
    if html:
        mail.attach_alternative(html, "text/html")
    mail.send()


def names(mailbox: Path) -> list[str]:
    return sorted(path.name for path in mailbox.glob("*.eml"))


@pytest.fixture
def browser() -> Client:
    return Client()


def test_without_post_it_says_what_to_do(browser: Client, mailbox: Path) -> None:
    assert "Nog geen post" in browser.get(reverse("demo-post")).content.decode()


def test_the_newest_comes_first(browser: Client, mailbox: Path) -> None:
    send("Eerste ëén")
    send("Tweede")
    page = browser.get(reverse("demo-post")).content.decode()
    assert page.index("Tweede") < page.index("Eerste ëén")
    assert "wim@test.example" in page


def test_it_is_searched_by_subject_and_address(browser: Client, mailbox: Path) -> None:
    send("Casus 2026-000001", to="wim@test.example")
    send("Casus 2026-000002", to="vera@test.example")
    for zoek in ("000002", "VERA"):
        page = browser.get(reverse("demo-post"), {"zoek": zoek}).content.decode()
        assert "2026-000002" in page
        assert "2026-000001" not in page
    assert "Niets gevonden" in browser.get(reverse("demo-post"), {"zoek": "xyz"}).content.decode()


def test_many_are_shown_a_page_at_a_time(browser: Client, mailbox: Path) -> None:
    for n in range(30):
        send(f"Casus {n:02}")
    first, second = (browser.get(reverse("demo-post"), {"pagina": n}).content.decode() for n in (1, 2))
    assert ("Casus 29" in first, "Casus 00" in first) == (True, False)
    assert ("Casus 29" in second, "Casus 00" in second) == (False, True)
    assert browser.get(reverse("demo-post"), {"pagina": "x"}).status_code == 200


def test_one_mail_is_shown_as_text_with_its_links(browser: Client, mailbox: Path) -> None:
    send(text="Bekijk de casus:\nhttp://127.0.0.1:8000/casussen/2026-000001\n\n<script>alert(1)</script>")
    page = browser.get(reverse("demo-bericht", args=names(mailbox))).content.decode()
    assert '<a href="http://127.0.0.1:8000/casussen/2026-000001">' in page
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "<iframe" not in page  # there is no formatted part


def test_the_formatted_mail_stands_in_a_frame_that_may_do_nothing(browser: Client, mailbox: Path) -> None:
    send(html="<html><head><title>x</title></head><body><p>Hallo</p><script>alert(1)</script></body></html>")
    page = browser.get(reverse("demo-bericht", args=names(mailbox)))
    assert "frame-src 'self'" in page["Content-Security-Policy"]
    assert "<iframe" in page.content.decode()
    frame = browser.get(reverse("demo-bericht-opgemaakt", args=names(mailbox)))
    policy = frame["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox " in policy
    assert "allow-scripts" not in policy
    assert "script-src 'none'" in policy
    assert frame["X-Frame-Options"] == "SAMEORIGIN"
    assert '<head><base target="_top">' in frame.content.decode()


@pytest.mark.parametrize("naam", ["bestaat-niet.eml", "..", "settings.py", "%2e%2e%2fsettings.eml", "a b.eml", ".verborgen.eml"])
def test_nothing_else_can_be_read(browser: Client, mailbox: Path, naam: str) -> None:
    send()
    (mailbox / ".verborgen.eml").write_text("geheim", encoding="utf-8")
    (mailbox.parent / "settings.eml").write_text("geheim", encoding="utf-8")
    for url in ("demo-bericht", "demo-bericht-opgemaakt"):
        assert browser.get(f"/demo/post/{naam}" + ("/opgemaakt" if url.endswith("opgemaakt") else "")).status_code == 404


def test_a_mail_that_is_no_mail_is_shown_as_it_is(browser: Client, mailbox: Path) -> None:
    mailbox.mkdir()
    (mailbox / "20260101T000000.000000Z-x.eml").write_bytes(b"\xff\xfe geen mail")
    assert browser.get(reverse("demo-post")).status_code == 200
    assert browser.get(reverse("demo-bericht", args=names(mailbox))).status_code == 200
