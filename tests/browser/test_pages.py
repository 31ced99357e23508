"""Every page of every role, with something on it: no accessibility violation, no sideways scrolling, no browser complaint."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from playwright.sync_api import Page, expect

from casussen.keuzes import Status
from casussen.workflow import OVERGANGEN
from tests.browser.conftest import status_of
from tests.factories.casussen import BUITEN_OVERDRAGEN, NU, REAGEREN, Wereld, make_wereld
from toegang.models import User

pytestmark = pytest.mark.django_db(transaction=True)

#: Who, and which pages: a page of a casus is the state it is in.
PAGES: dict[str, tuple[str, ...]] = {
    "zoe": ("/aanspreekpunt", "/mijn-dag", "/casussen", "/casussen/nieuw", "/meldingen"),
    "teun": ("/mijn-dag", "/casussen", "/meldingen"),
    "wim": ("/werkvoorraad", "/mijn-dag", "/meldingen"),
    "cora": ("/werkvoorraad", "/mijn-dag"),
    "rea": ("/te-routeren", "/mijn-dag", "/regio"),
    "gerda": ("/regio", "/meldingen"),
    "fenna": ("/aanspreekpunt", "/meldingen"),
}
LIVE = (
    Status.TE_ROUTEREN,
    Status.AANGEMELD,
    Status.ONTVANGEN,
    Status.IN_BEHANDELING,
    Status.AANVULLING_GEVRAAGD,
    Status.TERUGGELEGD,
    Status.MDO_GEPLAND,
    Status.PLAN_VASTGESTELD,
    Status.IN_UITVOERING,
    Status.EVALUATIE,
    Status.AFGESLOTEN,
)


@pytest.fixture
def wereld() -> Iterator[Wereld]:
    with time_machine.travel(NU, tick=True):
        world = make_wereld()
        for number, status in enumerate((*LIVE, Status.CONCEPT, Status.INGETROKKEN)):
            world.casus(status, leerlingnummer=f"A{number}")
        yield world


@pytest.mark.parametrize("naam", PAGES)
def test_every_page_of_a_role(
    naam: str,
    page: Page,
    sign_in: Callable[[User], None],
    wereld: Wereld,
    axe: Callable[[], None],
    screenshot: Callable[[str], None],
) -> None:
    sign_in(getattr(wereld.cast, naam))
    for path in PAGES[naam]:
        assert status_of(page.goto(path)) == 200, path
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        axe()
        screenshot(f"{naam}{path.replace('/', '-')}")


def test_every_form_of_a_step_can_be_read_and_filled(
    page: Page,
    sign_in: Callable[[User], None],
    wereld: Wereld,
    axe: Callable[[], None],
    screenshot: Callable[[str], None],
) -> None:
    """Each live step, for someone who may take it: the page of the casus offers it, and its form has no violation."""
    seen: set[str] = set()

    def look_at(nummer: str) -> None:
        if status_of(page.goto(f"/casussen/{nummer}")) != 200:
            page.complaints.clear()  # type: ignore[attr-defined]
            return
        axe()
        links = page.locator(f"main a[href^='/casussen/{nummer}/']")
        for href in sorted({str(link.get_attribute("href")) for link in links.all()}):
            actie = href.rsplit("/", 1)[-1]
            if actie in seen:
                continue
            seen.add(actie)
            assert status_of(page.goto(href)) == 200, href
            axe()
            screenshot(f"stap-{actie}")

    for naam in ("zoe", "cora", "rea"):
        sign_in(getattr(wereld.cast, naam))
        for status in LIVE:
            look_at(wereld.net.school.casussen.get(status=status).nummer)
    elders = wereld.net.school.casussen.get(status=Status.TE_ROUTEREN)
    handed = {**BUITEN_OVERDRAGEN, "gemeente": wereld.net.hillegom.pk, "opvolger": wereld.cast.rea.pk}
    wereld.do("buiten_overdragen", elders, "rea", **handed)
    look_at(elders.nummer)
    # Closing opens when the school has reacted.
    evaluatie = wereld.net.school.casussen.get(status=Status.EVALUATIE)
    wereld.do("reageren", evaluatie, "zoe", **REAGEREN)
    sign_in(wereld.cast.cora)
    look_at(evaluatie.nummer)
    live = {regel.actie for regel in OVERGANGEN} - {"aanmelden"}
    assert live <= seen, f"geen knop gevonden voor {sorted(live - seen)}"
