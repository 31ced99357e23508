"""A question with a photo from the school, an answer of the team, and a message taken back: in a real browser."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Page, expect

from casussen.keuzes import DelingMet, Status
from casussen.models import Document
from tests.berichten import bestanden as b
from tests.factories.berichten import share
from tests.factories.casussen import NU, Wereld, make_wereld

pytestmark = pytest.mark.django_db(transaction=True)
TEKENING = FilePayload(name="tekening.jpg", mimeType="image/jpeg", buffer=b.photo_with_gps())


@pytest.fixture
def wereld(time_machine: Any, settings: Any, tmp_path: Path) -> Wereld:
    settings.DOCUMENTEN_ROOT = tmp_path / "documenten"
    time_machine.move_to(NU)
    return make_wereld()


def test_a_question_with_a_photo_gets_an_answer(
    wereld: Wereld, page: Page, complaints: Any, sign_in: Any, axe: Any, screenshot: Any
) -> None:
    casus = wereld.casus(Status.IN_BEHANDELING)
    share(casus, wereld, DelingMet.AANBIEDER)
    sign_in(wereld.cast.zoe)
    page.goto(f"/casussen/{casus.nummer}")
    page.get_by_role("link", name="Berichten", exact=True).click()
    expect(page.get_by_role("heading", name="Nog geen berichten")).to_be_visible()
    axe()
    page.get_by_label("Uw bericht").fill("Dit maakte hij deze week. Hoe gaat het thuis?")
    page.get_by_label("Bestanden").set_input_files(
        [TEKENING, FilePayload(name="rooster.exe", mimeType="application/pdf", buffer=b"MZ\x90")]
    )
    page.get_by_role("button", name="Bericht plaatsen").click()
    expect(page.get_by_role("link", name="rooster.exe: dit is een programma")).to_be_visible()
    complaints.expect("422")
    expect(page.get_by_label("Uw bericht")).to_have_value("Dit maakte hij deze week. Hoe gaat het thuis?")
    axe()
    screenshot("berichten-fout")
    page.get_by_label("Bestanden").set_input_files([TEKENING])
    page.get_by_role("button", name="Bericht plaatsen").click()
    expect(page.get_by_text("Uw bericht is geplaatst.")).to_be_visible()
    axe()
    sign_in(wereld.cast.wim)
    page.goto(f"/casussen/{casus.nummer}/berichten")
    with page.expect_download() as download:
        page.get_by_role("link", name="tekening.jpg").first.click()
    assert download.value.suggested_filename == "tekening.jpg"
    assert b"Exif" not in Path(download.value.path()).read_bytes()
    page.get_by_label("Uw bericht").fill("Mooi! Thuis gaat het rustiger.")
    page.get_by_role("button", name="Bericht plaatsen").click()
    page.get_by_label("Uw bericht").fill("Oeps, dit hoort bij een ander kind.")
    page.get_by_label("Alleen Wijkteam Schalkwijk").check()
    page.get_by_role("button", name="Bericht plaatsen").click()
    page.get_by_role("button", name="Intrekken").last.click()
    expect(page.get_by_text("Dit bericht is ingetrokken.")).to_be_visible()
    axe()
    screenshot("berichten")
    sign_in(wereld.cast.zoe)
    page.goto(f"/casussen/{casus.nummer}/berichten")
    page.get_by_role("link", name="Verwijderen").first.click()
    axe()
    page.get_by_label("Waarom verwijdert u dit document?").fill("De verkeerde tekening")
    page.get_by_role("button", name="Document verwijderen").click()
    expect(page.get_by_text("omdat: De verkeerde tekening").first).to_be_visible()
    axe()
    assert Document.objects.get().verwijderd_op is not None
