"""Finding a casus with a typing mistake, keeping a filter, and walking the time line: all by keyboard."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from casussen.keuzes import Status
from tests.factories.casussen import NU, Wereld, make_wereld
from tests.factories.geschiedenis import casus_met_geschiedenis

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def wereld(live_server: Any) -> Wereld:
    return make_wereld()


def test_a_casus_is_found_with_a_typing_mistake_by_keyboard(
    page: Page, wereld: Wereld, sign_in: Any, axe: Any, screenshot: Any
) -> None:
    casus = wereld.casus(Status.IN_BEHANDELING, voornaam="Aïsha", achternaam="el Amrani")
    wereld.casus(leerlingnummer="B2", voornaam="Aisja", achternaam="Amran")
    sign_in(wereld.cast.zoe)
    page.goto("/casussen")
    page.keyboard.press("z")
    expect(page.get_by_role("heading", name="Casus zoeken")).to_be_visible()
    axe()
    field = page.get_by_role("searchbox")
    expect(field).to_be_focused()
    field.press_sequentially("aisha amrnai")
    first = page.get_by_role("link", name="Aïsha el Amrani")
    expect(first).to_be_visible()
    expect(page.locator("#uitslag-status")).to_contain_text("gevonden")
    axe()
    screenshot("zoeken")
    page.keyboard.press("ArrowDown")
    expect(first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Aïsha el Amrani")).to_be_visible()
    assert page.url.endswith(f"/casussen/{casus.nummer}")
    page.go_back()
    expect(page.get_by_role("searchbox")).to_have_value("aisha amrnai")
    expect(page.get_by_role("link", name="Aïsha el Amrani")).to_be_visible()
    assert "amr" not in page.url


def test_a_filter_is_kept(page: Page, wereld: Wereld, sign_in: Any, axe: Any, screenshot: Any) -> None:
    wereld.casus(urgentie="spoed")
    wereld.casus(Status.ONTVANGEN, leerlingnummer="B2")
    sign_in(wereld.cast.wim)
    page.goto("/werkvoorraad")
    page.get_by_text("Meer filters").click()
    page.get_by_label("Spoed", exact=True).check()
    page.get_by_label("aangemeld", exact=True).check()
    page.get_by_role("button", name="Filter toepassen").click()
    expect(page.get_by_role("table").get_by_role("row")).to_have_count(2)
    page.get_by_text("Dit filter bewaren").click()
    page.get_by_label("Naam van het filter").fill("Nieuw en spoed")
    axe()
    page.get_by_role("button", name="Bewaren").click()
    chip = page.get_by_role("link", name="Nieuw en spoed (1)")
    expect(chip).to_have_attribute("aria-current", "true")
    axe()
    screenshot("werkvoorraad-filter")
    page.get_by_role("link", name="Filter wijzigen").click()
    axe()
    screenshot("filter")
    page.get_by_role("button", name="Filter verwijderen").click()
    expect(chip).to_have_count(0)


def test_the_time_line_is_walked_by_keyboard(page: Page, wereld: Wereld, sign_in: Any, axe: Any, screenshot: Any) -> None:
    casus = casus_met_geschiedenis(70, casus=wereld.casus(Status.IN_UITVOERING), van=NU - timedelta(days=2))
    sign_in(wereld.cast.wim)
    page.goto(f"/casussen/{casus.nummer}")
    page.get_by_role("link", name="Hele tijdlijn").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Wat er gebeurde")).to_be_visible()
    axe()
    screenshot("tijdlijn")
    earlier = page.get_by_role("link", name="Eerder", exact=True)
    pages = 1
    while earlier.count():
        earlier.focus()
        with page.expect_navigation():
            page.keyboard.press("Enter")
        pages += 1
        assert pages < 10
    assert pages >= 3
    expect(page.get_by_text("Uitgenodigd: Ouder Voorbeeld")).to_be_visible()
    page.get_by_role("navigation", name="Soort gebeurtenis").get_by_role("link", name="Hulp").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_text("De hulp is begonnen")).to_be_visible()
    axe()
