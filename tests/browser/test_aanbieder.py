"""Help of an aanbieder, in a real browser: consent, asked for, waited for, begun, told of, ended; and nothing for another one."""

import pytest
from playwright.sync_api import Page, expect

from casussen.keuzes import InzetStatus, Status
from casussen.models import Inzet
from tests.browser.conftest import Check, Complaints, Shoot, SignIn, press
from tests.factories.casussen import Wereld
from tests.factories.hulp import make_arrangement
from tests.factories.toegang import user_with
from tests.factories.zorg import AanbiederFactory
from toegang.rollen import AANBIEDER

pytestmark = pytest.mark.django_db(transaction=True)


def report_back(page: Page) -> None:
    page.get_by_label("Wat u hebt gedaan").fill("Besproken met het gezin.")


def test_from_consent_to_the_end_of_the_help(
    page: Page, sign_in: SignIn, wereld: Wereld, axe: Check, screenshot: Shoot, complaints: Complaints
) -> None:
    make_arrangement(wereld)
    casus = wereld.casus(Status.PLAN_VASTGESTELD)
    bo = user_with(AANBIEDER, AanbiederFactory.create(naam="Aanbieder B"), email="bo@test.example", naam="Bo Ander")

    sign_in(wereld.cast.wim)  # the team shares, and asks
    page.goto(f"/casussen/{casus.nummer}/hulp")
    expect(page.get_by_role("heading", name="Nog geen hulp aangevraagd")).to_be_visible()
    axe()
    page.get_by_role("link", name="Delen", exact=True).click()
    axe()
    page.get_by_role("link", name="Delen met een andere partij").click()
    page.get_by_label("Met wie u de casus deelt").select_option(label="Aanbieder A")
    page.get_by_label("ouders en jongere").check()
    page.get_by_label("Waarvoor deze partij meekijkt").fill("Om samen te werken aan rust thuis.")
    axe()
    press(page, "Delen met een andere partij")
    expect(page.get_by_role("heading", name="Aanbieder A")).to_be_visible()
    axe()
    screenshot("wie-ziet-wat")
    page.get_by_role("link", name="Hulp", exact=True).click()
    page.get_by_role("link", name="Hulp aanvragen bij een aanbieder").click()
    page.get_by_label("Hulp", exact=True).select_option(label="Gezinscoach")
    page.get_by_label("Deze hulp werkt aan dit doel").check()
    axe()
    press(page, "Hulp aanvragen bij een aanbieder")
    expect(page.get_by_text("gezegd was 6 weken")).to_be_visible()

    sign_in(wereld.cast.abel)  # the aanbieder waits, begins, tells and ends
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Onze hulp")
    axe()
    screenshot("onze-hulp")
    page.get_by_role("link", name=casus.nummer).click()
    expect(page.get_by_role("heading", name="Uw hulp in deze casus")).to_be_visible()
    page.get_by_role("link", name="Wachten vastleggen").click()
    page.get_by_label("Waarom er gewacht wordt").select_option(label="de wachtlijst van de aanbieder")
    page.get_by_label("Wat er tot die tijd gebeurt").fill("De school houdt contact.")
    press(page, "Wachten op hulp vastleggen")
    expect(page.get_by_text("op de wachtlijst").first).to_be_visible()
    axe()
    page.get_by_role("link", name="De hulp is begonnen").click()
    report_back(page)
    press(page, "Start van de hulp vastleggen")
    page.get_by_role("link", name="Hulp", exact=True).click()
    page.get_by_role("link", name="Vertellen hoe het gaat").click()
    page.get_by_label("Hoe het gaat").fill("Wij komen elke week thuis.")
    press(page, "Vertellen hoe de hulp gaat")
    expect(page.get_by_text("Wij komen elke week thuis.")).to_be_visible()
    axe()
    screenshot("hulp-aanbieder")
    page.get_by_role("link", name="Doelen").or_(page.get_by_role("link", name="Plan", exact=True)).first.click()
    expect(page.get_by_text("Elke dag naar school")).to_be_visible()
    axe()

    sign_in(bo)  # another aanbieder
    page.goto(f"/casussen/{casus.nummer}/hulp")
    expect(page.get_by_text("Wij komen elke week thuis.")).to_have_count(0)
    complaints.expect("404")
    page.goto("/hulp-inzet")
    expect(page.get_by_role("heading", name="Er is nu geen hulp bij u aangevraagd")).to_be_visible()

    sign_in(wereld.cast.abel)
    page.goto(f"/casussen/{casus.nummer}/hulp")
    page.get_by_role("link", name="De hulp is gestopt").click()
    page.get_by_label("Waarom de hulp stopt").fill("Het gezin redt het zelf.")
    report_back(page)
    press(page, "Einde van hulp vastleggen")
    expect(page.get_by_text("Het gezin redt het zelf.").first).to_be_visible()
    assert Inzet.objects.get(casus=casus).status == InzetStatus.BEEINDIGD

    sign_in(wereld.cast.zoe)  # the school knows all along
    page.goto(f"/casussen/{casus.nummer}/hulp")
    expect(page.get_by_text("Wij komen elke week thuis.")).to_be_attached()
    axe()
    screenshot("hulp")
