"""Charts in a real browser: drawn under the strict policy, named for who cannot see them, with their table at hand."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.django_db(transaction=True)
SOORTEN = ("staven", "lijnen", "gestapeld", "groepen", "warmte")


def drawn(page: Page) -> None:
    for naam in SOORTEN:
        expect(page.locator(f'[data-grafiek="voorbeeld-{naam}"] svg')).to_be_visible()


def test_every_kind_is_drawn_without_a_complaint_about_the_policy(page: Page, axe: Any, screenshot: Any) -> None:
    """The `page` fixture fails on anything the console says; a breach of the policy is said there."""
    page.goto("/demo/componenten")
    drawn(page)
    axe()
    screenshot("grafieken")
    first = page.locator('[data-grafiek="voorbeeld-staven"]')
    assert "Hoeveel leerlingen kregen hulp" in str(first.get_attribute("aria-label"))
    assert first.locator("text", has_text="1.250").count() == 1
    first.locator("svg").hover(position={"x": 300, "y": 60})
    expect(first.locator("text", has_text="leerlingen").first).to_be_visible()


def test_what_is_hidden_is_a_gap_and_no_number(page: Page) -> None:
    page.goto("/demo/componenten")
    drawn(page)
    bars = page.locator('[data-grafiek="voorbeeld-staven"]')
    assert bars.locator("text", has_text="–").count() == 1
    figure = page.locator("figure", has=bars)
    expect(figure.get_by_text("minder dan 10, of weggelaten")).to_be_visible()
    figure.get_by_text("Bekijk als tabel").click()
    expect(figure.get_by_role("row", name="Praktijkschool De Kade –")).to_be_visible()


def test_the_table_is_closed_until_asked_for_and_whole_on_paper(page: Page) -> None:
    page.goto("/demo/componenten")
    drawn(page)
    tables = page.locator("details[data-grafiek-tabel]")
    assert tables.evaluate_all("all => all.map(one => one.open)") == [False] * len(SOORTEN)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    for n in range(len(SOORTEN)):
        expect(tables.nth(n).locator("table")).to_be_visible()
    expect(page.locator(".ap-nav, .ap-voet").first).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert tables.evaluate_all("all => all.map(one => one.open)") == [False] * len(SOORTEN)


def test_without_javascript_the_table_is_the_answer(browser: Browser, live_server: Any) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/demo/componenten")
    assert page.locator("details[data-grafiek-tabel][open]").count() == len(SOORTEN)
    expect(page.locator("details[data-grafiek-tabel] table").first).to_be_visible()
    expect(page.locator("[data-grafiek]").first).to_be_hidden()
    context.close()


def test_a_page_without_a_chart_does_not_fetch_the_script(page: Page) -> None:
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto("/over")
    page.wait_for_load_state("networkidle")
    assert any("portal.js" in url for url in fetched)
    assert not any("grafiek.js" in url for url in fetched)
