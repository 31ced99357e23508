"""The figures in a real browser: readable on a laptop and a phone, filtered, taken away, and the same as SQL says."""

import csv
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import Page, expect

from portal.demo.laden import load
from tests.factories.demo import OP
from toegang.models import User

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def demo(time_machine: Any) -> None:
    time_machine.move_to("2026-11-19T10:00:00+01:00")
    load(adressen=2_500, casussen=900, seed=2025, op=OP, meld=lambda _step: None)


def submitted_from(sector: str) -> int:
    """What the quarter should say, from the casussen themselves."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT count(*) FROM casussen_casus WHERE sector = %s
            AND t0 >= '2026-08-01 00:00 Europe/Amsterdam' AND t0 < '2026-11-01 00:00 Europe/Amsterdam'""",
            [sector],
        )
        (count,) = cursor.fetchone() or (0,)
    return int(count)


def test_figures_are_filtered_taken_away_and_true(
    demo: None, page: Page, sign_in: Any, axe: Callable[[], None], screenshot: Callable[[str], None], tmp_path: Path
) -> None:
    sign_in(User.objects.get(email="regio@demo.example"))
    page.goto("/regio")
    expect(page.get_by_role("heading", level=1)).to_have_text("Waar stokt het?")
    expect(page.locator(".ap-tegel")).to_have_count(5)
    expect(page.locator("[data-grafiek] svg").first).to_be_visible()
    axe()
    screenshot("cijfers-waar-stokt-het")
    page.get_by_role("link", name="Alle cijfers", exact=True).click()
    page.get_by_label("Welk deel?").select_option("sector:vo")
    page.wait_for_url("**deel=sector%3Avo*")
    expect(page.get_by_role("heading", level=1)).to_have_text("voortgezet onderwijs")
    axe()
    screenshot("cijfers-sector")
    with page.expect_download() as download:
        page.locator("a[href*='tabel=indicatoren'][href*='uitvoer=csv']").click()
    path = tmp_path / "cijfers.csv"
    download.value.save_as(path)
    lines = list(csv.reader(StringIO(path.read_text("utf-8-sig")), delimiter=";"))
    shown = next(line[1] for line in lines if line and line[0] == "Aangemelde casussen")
    true = submitted_from("vo")
    assert true >= 10
    assert shown == str(5 * ((true + 2) // 5))
    row = page.get_by_role("row", name="Aangemelde casussen").first
    expect(row.get_by_role("cell").first).to_have_text(shown)


def test_a_gemeente_reads_its_figures_and_prints_them(
    demo: None, page: Page, sign_in: Any, axe: Callable[[], None], screenshot: Callable[[str], None]
) -> None:
    sign_in(User.objects.get(email="gemeente@demo.example"))
    page.goto("/regio/cijfers")
    expect(page.get_by_role("heading", level=1)).to_have_text("Haarlem")
    axe()
    screenshot("cijfers-gemeente")
    page.emulate_media(media="print")
    expect(page.get_by_role("search", name="Kies periode en deel")).to_be_hidden()
    expect(page.get_by_role("heading", name="Wat kwam er binnen, en hoe ging het verder?")).to_be_visible()


def test_the_regiocoordinator_sets_a_target(demo: None, page: Page, sign_in: Any, axe: Callable[[], None]) -> None:
    sign_in(User.objects.get(email="regio@demo.example"))
    page.goto("/regio/streefwaarden")
    page.get_by_label("Waarvoor").select_option("te_laat")
    page.get_by_label("Streefwaarde", exact=True).fill("120")
    page.get_by_role("button", name="Streefwaarde vaststellen").click()
    expect(page.get_by_text("Een percentage is hoogstens 100").first).to_be_visible()
    axe()
    page.get_by_label("Streefwaarde", exact=True).fill("12,5")
    page.get_by_role("button", name="Streefwaarde vaststellen").click()
    expect(page.get_by_text("De streefwaarde is vastgesteld.")).to_be_visible()
    expect(page.get_by_role("cell", name="12,5")).to_be_visible()
