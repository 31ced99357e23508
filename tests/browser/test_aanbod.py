"""The aanbodgids in a real browser: a zorgcoördinator finds help, an aanbieder says how long it takes, a pupil gets a place."""

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.aanbod.conftest import arrangement, pupils
from tests.factories.casussen import NU
from tests.onderwijszorg.conftest import Brug, make_brug

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def brug(time_machine: Any) -> Brug:
    time_machine.move_to(NU)
    brug = make_brug()
    net, own = brug.wereld.net, brug.wereld.cast.aanbieder
    arrangement(own, [net.haarlem], 6, naam="Thuis op koers", leeftijd_van=12, zo_vraagt_u_aan="Bel het aanmeldpunt.")
    arrangement(own, [net.haarlem], 3, naam="Opvoeden samen", hulpvorm="opvoeden", leeftijd_tot=10)
    lang = arrangement(own, [net.haarlem], 12, date(2026, 9, 1), naam="Traumahulp", hulpvorm="ggz")
    lang.wachttijden.create(weken=20, gemeten_op=date(2026, 10, 1), vastgelegd_op=NU)
    arrangement(own, [net.heemstede], 1, naam="Alleen in Heemstede")
    return brug


def test_a_zorgcoordinator_finds_help_for_a_pupil_of_fourteen_in_haarlem(
    brug: Brug, page: Page, sign_in: Any, axe: Any, screenshot: Any
) -> None:
    pupils(brug.wereld, 12, "2101AA")
    sign_in(brug.wereld.cast.zoe)
    page.goto("/aanspreekpunt")
    page.get_by_role("link", name="Hulpaanbod").click()
    axe()
    page.get_by_label("Leeftijd").select_option("14")
    page.get_by_label("Woont in").select_option("GM0392")
    filter_knop = page.get_by_role("button", name="Filter toepassen")
    if filter_knop.is_visible():
        filter_knop.click()
    expect(page.get_by_role("link", name="Thuis op koers")).to_be_visible()
    expect(page.get_by_text("Zes weken, op 25 november (7 dagen oud)")).to_be_visible()
    expect(page.get_by_text("Opvoeden samen")).to_have_count(0)
    expect(page.get_by_text("Alleen in Heemstede")).to_have_count(0)
    axe()
    screenshot("aanbod-zoeken")
    page.get_by_role("link", name="Traumahulp").click()
    expect(page.get_by_role("heading", name="Hoe veranderde de wachttijd?")).to_be_visible()
    axe()
    screenshot("aanbod-arrangement")
    page.goto("/aanbod/dekking")
    expect(page.get_by_role("heading", name="Welke hulp is er voor Voorbeeldcollege?")).to_be_visible()
    axe()
    screenshot("aanbod-dekking")


def test_an_aanbieder_updates_a_waiting_time(
    brug: Brug, page: Page, complaints: Any, sign_in: Any, axe: Any, screenshot: Any
) -> None:
    sign_in(brug.wereld.cast.abel)
    page.goto("/mijn-aanbod")
    expect(page.get_by_role("heading", name="Mijn aanbod")).to_be_visible()
    axe()
    screenshot("mijn-aanbod")
    page.get_by_role("link", name="Wachttijd bijwerken van Traumahulp").click()
    axe()
    page.get_by_label("Wachttijd in weken").fill("-3")
    page.get_by_role("button", name="Bewaren").click()
    expect(page.get_by_role("link", name="Wachttijd in weken")).to_be_visible()
    complaints.expect("422")
    axe()
    page.get_by_label("Wachttijd in weken").fill("9")
    page.get_by_role("button", name="Bewaren").click()
    expect(page.get_by_text("Negen weken, op 2 december (van vandaag)")).to_be_visible()
    expect(page.get_by_text("Alle wachttijden zijn van de laatste 30 dagen.")).to_be_visible()
    page.get_by_role("button", name="Klopt nog voor Thuis op koers").click()
    expect(page.get_by_text("Zes weken, op 2 december (van vandaag)")).to_be_visible()


def test_a_pupil_gets_a_place_and_leaves_it(brug: Brug, page: Page, sign_in: Any, axe: Any, screenshot: Any) -> None:
    casus = brug.casus()
    sign_in(brug.wereld.cast.zoe)
    page.goto("/onderwijs-zorg")
    axe()
    page.get_by_role("link", name="De Brug").click()
    axe()
    page.get_by_role("link", name="Leerling plaatsen").click()
    axe()
    page.locator("select[name=casus]").select_option(label=f"Voorbeeld Testleerling (casus {casus.nummer})")
    page.get_by_label("Wie besloot dit namens de aanbieder?").fill("Abel Aanbieder")
    page.get_by_label("Waarom?").fill("Rust en leren tegelijk.")
    screenshot("oza-plaatsen")
    page.get_by_role("button", name="Plaatsing vastleggen").click()
    expect(page.get_by_text("1 van 2 bezet")).to_be_visible()
    axe()
    screenshot("oza")
    sign_in(brug.wereld.cast.abel)
    page.goto(f"/onderwijs-zorg/{brug.arrangement.pk}")
    page.get_by_role("link", name=f"Uitstroom van casus {casus.nummer}").click()
    axe()
    page.get_by_label("Eerste dag waarop de leerling hier niet meer is").fill("2026-12-20")
    page.locator("select[name=reden_uitstroom]").select_option("doel_bereikt")
    page.get_by_label("Waar gaat de leerling heen?").fill("eigen klas")
    page.get_by_label("Wie besloot dit namens de school?").fill("Zoë Zorg")
    page.get_by_label("Waarom?").fill("Alle doelen zijn bereikt.")
    page.get_by_role("button", name="Uitstroom vastleggen").click()
    expect(page.get_by_text("zo 20 dec: eigen klas")).to_be_visible()
    axe()
