"""The door in a real browser: a session that ends while someone types, a forgotten password, and beheer under the strict CSP."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.conf import settings
from playwright.sync_api import Page, expect

from casussen.keuzes import Status
from casussen.models import Casus
from kern.models import Melding
from tests.browser.conftest import Complaints, status_of
from tests.factories.casussen import NU, Wereld, make_wereld
from tests.factories.toegang import WACHTWOORD, with_password
from toegang.models import User

pytestmark = pytest.mark.django_db(transaction=True)
VRAAG = "Welke afspraken maakte de mentor met ouders?\nEn wat zei de leerling: “ik wil wel”?"


@pytest.fixture
def wereld() -> Iterator[Wereld]:
    with time_machine.travel(NU, tick=True):
        world = make_wereld()
        with_password(world.cast.wim)
        yield world


def lose_session(page: Page) -> None:
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)


def test_what_was_typed_survives_the_end_of_the_session(
    page: Page,
    sign_in: Callable[[User], None],
    wereld: Wereld,
    axe: Callable[[], None],
    screenshot: Callable[[str], None],
    complaints: Complaints,
) -> None:
    casus = wereld.casus(Status.ONTVANGEN)
    sign_in(wereld.cast.wim)
    page.goto(f"/casussen/{casus.nummer}/vragen")
    page.get_by_role("textbox").fill(VRAAG)
    lose_session(page)
    page.locator("main form button[type=submit]").click()
    expect(page.get_by_role("heading", name="U bent uitgelogd")).to_be_visible()
    axe()
    screenshot("toegang-uitgelogd")
    page.get_by_label("E-mailadres").fill("wim@test.example")
    page.locator("input[type=password]").fill("verkeerd")
    page.get_by_role("button", name="Inloggen en verder").click()
    expect(page.get_by_text("horen niet bij elkaar").first).to_be_visible()
    page.locator("input[type=password]").fill(WACHTWOORD)
    page.get_by_role("button", name="Inloggen en verder").click()
    expect(page.get_by_role("heading", name="Wat u invulde is bewaard")).to_be_visible()
    axe()
    screenshot("toegang-hervat")
    assert Casus.objects.get(pk=casus.pk).status == Status.ONTVANGEN, "not before it is sent on"
    page.get_by_role("button", name="Alsnog versturen").click()
    page.wait_for_url(f"**/casussen/{casus.nummer}")
    casus.refresh_from_db()
    assert casus.status == Status.AANVULLING_GEVRAAGD
    assert casus.vragen.get().tekst == VRAAG
    complaints.expect("403")


def test_a_password_is_chosen_by_the_link(
    page: Page, wereld: Wereld, axe: Callable[[], None], screenshot: Callable[[str], None]
) -> None:
    page.goto("/account/login")
    axe()
    page.get_by_role("link", name="Wachtwoord vergeten?").click()
    page.get_by_label("E-mailadres").fill("wim@test.example")
    page.locator("main form button[type=submit]").click()
    expect(page.get_by_role("heading", name="Kijk in uw mail")).to_be_visible()
    page.goto(str(Melding.objects.get(soort="wachtwoord_herstel").gegevens["pad"]))
    axe()
    screenshot("toegang-wachtwoord-kiezen")
    fields = page.locator("input[type=password]")
    for number in range(fields.count()):
        fields.nth(number).fill("een-nieuw-wachtwoord-van-wim")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/account/password/reset/key/done")
    wereld.cast.wim.refresh_from_db()
    assert wereld.cast.wim.check_password("een-nieuw-wachtwoord-van-wim")


def test_beheer_works_under_the_strict_policy(page: Page, sign_in: Callable[[User], None], wereld: Wereld) -> None:
    """Any violation is a complaint of the browser, and fails the test; so does a script that does not do its work."""
    sign_in(wereld.cast.fenna)
    for path in ("", "toegang/user/", "toegang/inzage/", "toegang/apitoken/", "kern/melding/", "admin/logentry/"):
        assert status_of(page.goto(f"/beheer/{path}")) == 200, path
    page.goto("/beheer/toegang/user/add/")
    page.locator("#id_email").fill("nieuw@test.example")
    page.locator("#id_naam").fill("Nieuwe Collega")
    page.get_by_text("Nog een Aanstelling toevoegen").click()
    page.locator("#id_aanstellingen-0-rol").select_option("wijkteamlid")
    choose_in_list(page, "#id_aanstellingen-0-wijkteam", "Wijkteam Schalkwijk")
    page.locator("input[name=_save]").click()
    expect(page.get_by_text("krijgt een mail met een link")).to_be_visible()
    user = User.objects.get(email="nieuw@test.example")
    assert [str(one) for one in user.aanstellingen.all()] == ["wijkteamlid · Wijkteam Schalkwijk"]


def choose_in_list(page: Page, select: str, text: str) -> None:
    """Pick a row in one of the admin's search lists, which are all script."""
    box: Any = page.locator(select).locator("xpath=following-sibling::span[contains(@class, 'select2')]")
    box.click()
    page.locator(".select2-search__field").last.fill(text)
    page.locator(".select2-results__option", has_text=text).first.click()
