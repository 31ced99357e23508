"""Reading the post of the demo: the list, one mail as text and as it looks, and following its link."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from kern import outbox
from kern.actions import enqueue_melding
from kern.klok import now
from tests.browser.conftest import Check

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def mailbox(settings: Any, tmp_path: Path, live_server: Any) -> None:
    settings.EMAIL_BACKEND = "kern.mail.EmlBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    settings.SITE_URL = live_server.url


def remind(nummer: str) -> None:
    gegevens = {
        "nummer": nummer,
        "wat": "ontvangst bevestigen",
        "vervalt_op": "2026-12-04T17:00:00+01:00",
        "tijd": "17:00",
        "eigenaar": "Wijkteam Schalkwijk",
        "pad": "/privacy",
    }
    enqueue_melding(
        soort="herinnering_vooraf",
        gebeurtenis=None,
        onderwerp_soort="termijn",
        onderwerp_id=1,
        gegevens=gegevens,
        adres="wim@test.example",
        op=now(),
    )


def test_post_is_found_read_and_followed(mailbox: None, page: Page, axe: Check, screenshot: Callable[[str], None]) -> None:
    for nummer in ("2026-004312", "2026-004313"):
        remind(nummer)
    outbox.send_pending(now=now())
    page.goto("/demo/post")
    expect(page.get_by_role("row")).to_have_count(3)
    axe()
    screenshot("demo-post")
    page.get_by_label("Zoek op casusnummer").fill("004312")
    page.get_by_role("button", name="Zoeken").click()
    expect(page.get_by_role("row")).to_have_count(2)
    page.get_by_role("link", name="Casus 2026-004312").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Casus 2026-004312")
    axe()
    screenshot("demo-bericht")
    page.frame_locator("iframe").get_by_role("link", name="Bekijk de casus").click()
    expect(page).to_have_url("/privacy")  # in the whole window, not in the frame


def test_without_post_it_says_what_to_do(mailbox: None, page: Page, axe: Check) -> None:
    page.goto("/demo/post")
    expect(page.get_by_role("heading", name="Nog geen post")).to_be_visible()
    axe()
