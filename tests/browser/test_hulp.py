"""Hulp op scholen in a real browser: read on a laptop and a phone, filtered, taken away, printed, and delivered."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from portal.demo.laden import load
from scholen.models import Aanlevering
from tests.factories.demo import OP
from toegang.models import User

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def demo(time_machine: Any) -> None:
    time_machine.move_to("2026-11-19T10:00:00+01:00")
    load(adressen=2_500, casussen=300, seed=2025, op=OP, meld=lambda _step: None)


def drawn(page: Page, sleutel: str) -> None:
    expect(page.locator(f'[data-grafiek="{sleutel}"][data-getekend]')).to_be_visible()


def test_a_region_looks_takes_away_and_turns_a_page(demo: None, page: Page, sign_in: Any, axe: Any, screenshot: Any) -> None:
    sign_in(User.objects.get(email="regio@demo.example"))
    page.goto("/hulp-op-scholen")
    for sleutel in ("vorm-per-jaar", "per-honderd", "vorm-per-gemeente", "per-school", "vorm-per-school"):
        drawn(page, sleutel)
    axe()
    screenshot("hulp-regio")
    page.get_by_label("Schooljaar", exact=True).select_option("2023-2024")
    page.wait_for_url("**jaar=2023-2024*")
    expect(page.get_by_role("heading", name="In schooljaar 2023-2024")).to_be_visible()
    figure = page.locator("figure", has=page.locator('[data-grafiek="per-school"]'))
    drawn(page, "per-school")
    figure.get_by_text("Bekijk als tabel").click()
    row = figure.get_by_role("row", name="Lyceum De Zeevonk")
    shown = [cell.strip() for cell in row.get_by_role("cell").all_inner_texts()]
    with page.expect_download() as downloaded:
        figure.get_by_role("link", name="Download voor Excel").click()
    assert downloaded.value.suggested_filename == "hulp-op-scholen-per-school-2023-2024.xlsx"
    sheet = load_workbook(BytesIO(downloaded.value.path().read_bytes())).active
    assert sheet is not None
    rows = {str(own[0]): own for own in sheet.iter_rows(values_only=True)}
    written = [f"{value:,}".translate(str.maketrans(",.", ".,")) for value in rows["Lyceum De Zeevonk"][1:4]]
    assert written == shown[:3]
    page.get_by_role("link", name="Volgende").click()
    page.wait_for_url("**pagina=2*")
    assert "jaar=2023-2024" in page.url


@pytest.mark.parametrize("who", ["gemeente", "verband", "zc"])
def test_everyone_sees_their_own(demo: None, page: Page, sign_in: Any, axe: Any, screenshot: Any, who: str) -> None:
    sign_in(User.objects.get(email=f"{who}@demo.example"))
    page.goto("/hulp-op-scholen")
    drawn(page, "vorm-per-jaar")
    axe()
    screenshot(f"hulp-{who}")


def test_wijken_side_by_side(demo: None, page: Page, sign_in: Any, axe: Any, screenshot: Any) -> None:
    sign_in(User.objects.get(email="gemeente@demo.example"))
    page.goto("/hulp-op-scholen")
    page.get_by_role("link", name="Per wijk").click()
    page.wait_for_url("**/wijken")
    drawn(page, "per-wijk")
    axe()
    screenshot("hulp-wijken")
    page.emulate_media(media="print")
    expect(page.get_by_role("table").first).to_be_attached()
    expect(page.locator(".ap-nav")).to_be_hidden()


def test_a_file_with_a_mistake_and_then_a_good_one(
    demo: None, page: Page, sign_in: Any, axe: Any, screenshot: Any, tmp_path: Path, complaints: Any
) -> None:
    sign_in(User.objects.get(email="regio@demo.example"))
    page.goto("/hulp-op-scholen")
    page.get_by_role("link", name="Cijfers aanleveren").click()
    axe()
    screenshot("hulp-aanleveren")
    before = Aanlevering.objects.count()
    file = tmp_path / "cijfers.csv"
    good = "schooljaar;vestiging;gemeente;hulpvorm;aantal;leerlingen\n2025-2026;80AA00;GM0392;ambulant;61;1200\n"
    file.write_text(good + "2025-2026;80AA00;GM0392;thuis;<10;1200\n", encoding="utf-8")
    page.get_by_label("Bestand (csv)").set_input_files(file)
    page.get_by_role("button", name="Bestand aanleveren").click()
    complaints.expect("422")
    expect(page.get_by_role("heading", name="Wat er niet klopt")).to_be_visible()
    expect(page.get_by_role("row", name="3 hulpvorm Kies een van")).to_be_visible()
    axe()
    screenshot("hulp-aanleveren-fout")
    assert Aanlevering.objects.count() == before
    file.write_text(good, encoding="utf-8")
    page.get_by_label("Bestand (csv)").set_input_files(file)
    page.get_by_role("button", name="Bestand aanleveren").click()
    expect(page.get_by_text("Opgeslagen: 0 nieuw, 1 vervangen, 0 ongewijzigd.")).to_be_visible()
    assert Aanlevering.objects.count() == before + 1
