"""A real browser (Chromium) on a live server with the real static files.

    def test_x(page, sign_in, axe, screenshot):
        sign_in(zoe)
        page.goto("/aanspreekpunt")
        axe()
        screenshot("zoeker")

Playwright's sync API keeps an event loop running in this thread, and Django refuses its ORM there. So Playwright runs per module
and only that long is Django told that it is safe here (it is: nothing in this thread is async but Playwright itself).
"""

import os
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response, expect, sync_playwright

from tests.browser.build import build_front
from toegang.models import User

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
#: A busy machine takes longer than the five seconds of Playwright to sign someone in; what never comes still fails.
expect.set_options(timeout=30_000)
ROOT = Path(settings.BASE_DIR)
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
SCREENSHOTS = ROOT / "var" / "screenshots"
WIDTHS = (1280, 375)
#: What htmx says when a request is dropped for a newer one: that is meant to happen.
DROPPED = re.compile(r"htmx:(afterRequest|sendAbort)\b")
TOO_WIDE = """() => [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 0.5)
    .slice(-5).map(e => e.tagName + '.' + e.getAttribute('class') + ': ' + e.textContent.trim().slice(0, 40))"""
#: What is checked: WCAG 2.2 at A and AA, and what axe holds for good practice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

#: What the fixtures here give: `axe`, `screenshot` and `sign_in`.
Check = Callable[[], None]
Shoot = Callable[[str], None]
SignIn = Callable[[User], None]


def press(page: Page, name: str) -> None:
    """The button of exactly this name."""
    page.get_by_role("button", name=name, exact=True).click()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a browser test; `-m "not browser"` leaves it out."""
    for item in items:
        if Path(__file__).parent in Path(str(item.path)).parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    build_front()
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    try:
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            yield chromium
            chromium.close()
    finally:
        if before is None:
            del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
        else:
            os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


class Complaints(list[str]):
    """What the browser complained of on its console: a CSP violation, an exception in a script, a file that is not there."""

    def hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not DROPPED.match(message.text):
            self.append(message.text)

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page

    def expect(self, pattern: str) -> None:
        """This one belongs to the test (a 404 that is asked for); without it, within five seconds, the test fails."""
        deadline = time.monotonic() + 5
        while not (matching := [text for text in self if re.search(pattern, text)]) and time.monotonic() < deadline:
            self._page.wait_for_timeout(50)
        assert matching, f"de browser klaagde niet over {pattern}: {list(self)}"
        self[:] = [text for text in self if text not in matching]


@pytest.fixture
def context(browser: Browser, live_server: Any) -> Iterator[BrowserContext]:
    """A clean browser profile: Dutch, at the size of a laptop."""
    context = browser.new_context(
        base_url=live_server.url,
        viewport={"width": WIDTHS[0], "height": 900},
        locale="nl-NL",
        timezone_id="Europe/Amsterdam",
        reduced_motion="reduce",
    )
    context.set_default_timeout(30_000)
    yield context
    context.close()


@pytest.fixture
def complaints(page: Page) -> Complaints:
    return page.complaints  # type: ignore[attr-defined,no-any-return]


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A tab. The test fails when the browser complained about anything it was not expected to complain about."""
    page = context.new_page()
    complaints = Complaints(page)
    page.on("pageerror", lambda error: complaints.append(f"fout in script: {error}"))
    page.on("console", complaints.hear)
    page.complaints = complaints  # type: ignore[attr-defined]
    yield page
    assert list(complaints) == []


@pytest.fixture
def sign_in(context: BrowserContext, live_server: Any) -> Callable[[User], None]:
    """This person is signed in, without typing a password."""

    def sign_in(user: User) -> None:
        client = Client()
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])

    return sign_in


@pytest.fixture
def axe(page: Page) -> Callable[[], None]:
    """No accessibility violation that a machine can find on the page as it stands now."""

    def check() -> None:
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES)
        violations = [
            f"{rule['id']} ({rule['impact']}): {rule['help']} — " + "; ".join(str(node["target"]) for node in rule["nodes"][:5])
            for rule in found["violations"]
        ]
        assert found["passes"], "axe heeft niets kunnen toetsen"
        assert violations == [], "\n".join(violations)

    return check


@pytest.fixture
def screenshot(page: Page) -> Callable[[str], None]:
    """Writes var/screenshots/NAME-1280.png and NAME-375.png; fails when a page has to be scrolled sideways, down to 320 px."""

    def shoot(name: str) -> None:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        size = page.viewport_size
        for width in (*WIDTHS, 320):
            page.set_viewport_size({"width": width, "height": 900})
            page.evaluate("document.fonts.ready")
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{name} is {wide} px breed op een scherm van {width} px: {page.evaluate(TOO_WIDE)}"
            if width in WIDTHS:
                page.screenshot(path=SCREENSHOTS / f"{name}-{width}.png", full_page=True)
        if size is not None:
            page.set_viewport_size(size)

    return shoot


def status_of(response: Response | None) -> int:
    assert response is not None
    return response.status
