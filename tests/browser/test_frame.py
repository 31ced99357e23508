"""The frame of every page: looks, keys, focus, and what holds without a mouse or on a phone."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Check, Complaints, Shoot, SignIn, status_of
from tests.factories.toegang import WACHTWOORD, make_cast, with_password

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("path", ["/over", "/privacy", "/toegankelijkheid", "/account/login", "/account/password/reset"])
def test_a_page_for_anyone_is_accessible_and_fits(page: Page, axe: Check, screenshot: Shoot, path: str) -> None:
    assert status_of(page.goto(path)) == 200
    axe()
    screenshot(path.strip("/").replace("/", "-"))


@pytest.mark.parametrize("query", ["", "?fout"])
def test_every_component_is_accessible_and_fits(page: Page, axe: Check, screenshot: Shoot, query: str) -> None:
    page.goto(f"/demo/componenten{query}")
    axe()
    screenshot(f"componenten{query.replace('?', '-')}")
    page.set_viewport_size({"width": 375, "height": 800})
    axe()


def test_our_own_fonts_are_used(page: Page) -> None:
    page.goto("/over")
    page.evaluate("document.fonts.ready")
    loaded = page.evaluate("[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family.replaceAll('\"', ''))")
    assert set(loaded) == {"Atkinson Hyperlegible Next", "Bricolage Grotesque"}


def test_nothing_is_asked_of_another_site(page: Page, live_server: object) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/demo/componenten")
    page.wait_for_load_state("networkidle")
    assert len(asked) > 3
    assert [url for url in asked if not url.startswith((str(live_server), "data:"))] == []


def test_the_first_tab_leads_past_the_menu(page: Page) -> None:
    page.goto("/over")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Naar de inhoud")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_someone_signs_in_and_out_with_the_keyboard(page: Page, axe: Check) -> None:
    cast = make_cast()
    with_password(cast.zoe)
    page.goto("/account/login")
    page.get_by_label("E-mailadres").fill("zoe@test.example")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Wachtwoord", exact=True)).to_be_focused()
    page.keyboard.type(WACHTWOORD)
    page.keyboard.press("Enter")
    expect(page.locator(".ap-wie")).to_contain_text("zorgcoördinator · School A")
    axe()
    page.get_by_role("button", name="Uitloggen").click()
    expect(page.get_by_role("heading", name="Inloggen")).to_be_visible()
    expect(page.locator(".ap-wie")).to_have_count(0)


def test_a_refused_form_starts_at_what_is_wrong(page: Page, axe: Check) -> None:
    page.goto("/account/login")
    page.get_by_role("button", name="Inloggen").click()
    summary = page.get_by_role("group", name="Kijk dit nog even na")
    expect(summary).to_be_focused()
    expect(page).to_have_title("Fout: Inloggen – Aanspreekpunt")
    summary.get_by_role("link").first.click()
    expect(page.get_by_label("E-mailadres")).to_be_focused()
    axe()


def test_a_page_that_is_not_there_says_so_in_our_own_words(page: Page, complaints: Complaints, axe: Check) -> None:
    assert status_of(page.goto("/bestaat-niet")) == 404
    expect(page.get_by_role("heading", level=1)).to_have_text("Deze pagina is er niet")
    axe()
    complaints.expect("404")


def test_one_key_leads_to_the_finder(page: Page, sign_in: SignIn) -> None:
    sign_in(make_cast().zoe)
    page.goto("/over")
    page.keyboard.press("/")
    page.wait_for_url("**/aanspreekpunt")
    expect(page.get_by_label("Postcode")).to_be_focused()


def test_the_key_can_be_switched_off_and_stays_off(page: Page, sign_in: SignIn, axe: Check) -> None:
    sign_in(make_cast().zoe)
    page.goto("/toegankelijkheid")
    page.get_by_role("button", name="Sneltoetsen uitzetten").click()
    expect(page.get_by_role("button", name="Sneltoetsen aanzetten")).to_be_visible()
    axe()
    page.goto("/over")
    page.keyboard.press("/")
    page.wait_for_timeout(300)
    assert page.url.endswith("/over")
    expect(page.locator(".ap-nav kbd")).to_be_hidden()


def test_the_key_does_nothing_while_typing(page: Page, sign_in: SignIn) -> None:
    sign_in(make_cast().zoe)
    page.goto("/demo/componenten")
    page.get_by_label("Roepnaam").fill("a")
    page.keyboard.type("/b")
    expect(page.get_by_label("Roepnaam")).to_have_value("a/b")
    assert page.url.endswith("/demo/componenten")


@pytest.mark.parametrize("zoom", [2, 4])
def test_the_page_can_be_zoomed_without_scrolling_sideways(page: Page, zoom: int) -> None:
    """WCAG 1.4.4 and 1.4.10: to the page, zooming in on a screen of 1280 px is a narrower window."""
    page.set_viewport_size({"width": 1280 // zoom, "height": 800})
    page.goto("/demo/componenten")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280 // zoom


def test_a_table_stays_a_table_for_a_screen_reader_on_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto("/demo/componenten")
    table = page.get_by_role("table", name="Casussen van uw team")
    expect(table.get_by_role("row")).to_have_count(4)
    expect(table.get_by_role("rowheader")).to_have_count(3)
    expect(table.get_by_role("columnheader")).to_have_count(6)


def test_on_a_phone_the_menu_is_folded_under_one_button(page: Page, sign_in: SignIn, axe: Check) -> None:
    sign_in(make_cast().zoe)
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto("/aanspreekpunt")
    menu = page.get_by_role("navigation", name="Hoofdmenu")
    button = menu.locator("summary")
    expect(button).to_contain_text("Wie is het aanspreekpunt?")
    expect(menu.get_by_role("link")).to_have_count(0)
    axe()
    button.focus()
    page.keyboard.press("Enter")
    expect(menu.get_by_role("link", name="Mijn dag")).to_be_visible()
    axe()
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(button).to_be_hidden()
    expect(menu.get_by_role("link", name="Mijn dag")).to_be_visible()
