"""The figures in a real browser: readable on a laptop and a phone, without a complaint of axe, and the filter works."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from portal.demo.laden import load
from tests.factories.demo import OP
from toegang.models import User

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def demo(time_machine: Any) -> None:
    time_machine.move_to("2026-11-19T10:00:00+01:00")
    load(adressen=2_500, casussen=500, seed=2025, op=OP, meld=lambda _step: None)


def test_a_gemeente_reads_its_figures(demo: None, page: Page, sign_in: Any, axe: Any, screenshot: Any) -> None:
    sign_in(User.objects.get(email="gemeente@demo.example"))
    page.goto("/regio")
    expect(page.get_by_role("heading", level=1)).to_have_text("Haarlem naast de regio")
    expect(page.get_by_role("row", name="Heel Haarlem")).to_be_visible()
    axe()
    screenshot("cijfers-gemeente")
    page.get_by_label("Periode", exact=True).select_option("2026-2027-k1")
    page.wait_for_url("**periode=2026-2027-k1*")
    expect(page.get_by_role("columnheader", name="aug–okt 2026")).to_be_visible()


def test_the_regiocoordinator_chooses_a_gemeente(demo: None, page: Page, sign_in: Any, axe: Any, screenshot: Any) -> None:
    sign_in(User.objects.get(email="regio@demo.example"))
    page.goto("/regio")
    expect(page.get_by_role("heading", level=1)).to_have_text("Cijfers van de regio")
    axe()
    screenshot("cijfers-regio")
    page.get_by_label("Gemeente", exact=True).select_option("GM0453")
    page.wait_for_url("**gemeente=GM0453*")
    expect(page.get_by_role("heading", level=1)).to_have_text("Velsen naast de regio")
