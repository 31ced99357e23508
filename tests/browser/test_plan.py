"""One family, one plan, in a real browser: a plan of two goals, a next version, and what differs between them."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from casussen.keuzes import Status
from casussen.models import Plan
from tests.browser.conftest import Check, Complaints, Shoot, SignIn, press
from tests.factories.casussen import Wereld

pytestmark = pytest.mark.django_db(transaction=True)


def goal(page: Page, naam: str) -> Any:
    return page.get_by_role("group", name=naam, exact=True)


def fill_goal(page: Page, naam: str, domein: str, tekst: str, eigenaar: str, cijfer: str) -> None:
    line = goal(page, naam)
    line.get_by_role("radio", name=domein, exact=True).check()
    line.get_by_label("Wat er bereikt is als het goed gaat").fill(tekst)
    line.get_by_label("Wie hiervan eigenaar is").select_option(label=eigenaar)
    line.get_by_label("Cijfer nu").fill(cijfer)


def test_a_plan_of_two_goals_gets_a_next_version(
    page: Page, sign_in: SignIn, wereld: Wereld, axe: Check, screenshot: Shoot, complaints: Complaints
) -> None:
    casus = wereld.casus(Status.IN_BEHANDELING)
    sign_in(wereld.cast.wim)
    page.goto(f"/casussen/{casus.nummer}/plan")
    expect(page.get_by_role("heading", name="Er is nog geen plan")).to_be_visible()
    axe()
    page.get_by_role("link", name="Plan vaststellen").click()
    axe()
    press(page, "Plan vaststellen")
    expect(page.get_by_role("heading", name="Kijk dit nog even na")).to_be_visible()
    complaints.expect("422")
    axe()
    page.get_by_label("Waarom er geen overleg was").fill("Het gezin wilde liever thuis praten.")
    fill_goal(page, "Doel 1", "school", "Elke dag naar school", "de school", "3")
    goal(page, "Doel 1").get_by_label("Dit doel gaat over de schoolloopbaan").check()
    fill_goal(page, "Doel 2", "thuis", "Rust aan tafel", "ouders of verzorgers", "5")
    page.get_by_role("button", name="Nog een doel").click()
    expect(goal(page, "Doel 3")).to_be_focused()
    expect(goal(page, "Doel 3")).to_be_in_viewport()
    expect(page.get_by_role("heading", name="Kijk dit nog even na")).to_have_count(0)
    expect(goal(page, "Doel 1").get_by_label("Wat er bereikt is als het goed gaat")).to_have_value("Elke dag naar school")
    page.get_by_role("radio", name="is het eens met het plan").check()
    page.get_by_label("Wat u hebt gedaan").fill("Samen met het gezin een plan gemaakt.")
    screenshot("plan-vaststellen")
    press(page, "Plan vaststellen")
    expect(page.get_by_role("heading", level=1)).to_have_text("Voorbeeld Testleerling")
    page.get_by_role("link", name="Het hele plan").click()
    expect(page.get_by_text("Versie 1, ")).to_be_visible()
    axe()

    page.get_by_role("link", name="Plan bijstellen").click()
    page.get_by_label("Waarom het plan verandert").fill("Thuis gaat het goed.")
    kept = goal(page, "Elke dag naar school")
    kept.get_by_label("Wat er bereikt is als het goed gaat").fill("Vier dagen per week naar school")
    kept.get_by_label("Cijfer nu").fill("6")
    page.get_by_role("radio", name="is het op punten niet eens").check()
    page.get_by_label("Wat ouders en leerling er zelf over zeggen").fill("Niet te snel.")
    page.get_by_label("Wat u hebt gedaan").fill("Het plan aangepast.")
    press(page, "Plan bijstellen")
    expect(page.get_by_text("Versie 2, ")).to_be_visible()
    expect(page.get_by_text("Van 3 bij de start naar 6 nu, in 2 cijfers.")).to_be_visible()
    axe()
    screenshot("plan")
    page.get_by_role("link", name="Wat is er anders dan in versie 1?").click()
    expect(page.get_by_role("heading", name="Van versie 1 naar versie 2")).to_be_visible()
    expect(page.locator("del", has_text="Elke dag naar school")).to_be_visible()
    expect(page.locator("ins", has_text="Niet te snel.")).to_be_visible()
    axe()
    screenshot("plan-verschil")
    assert Plan.objects.filter(casus=casus).count() == 2
