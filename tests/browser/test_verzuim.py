"""A zorgcoördinator reports hours until 16 are reached, and days of a thuiszitter; leerplicht sees what is shared."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from casussen.keuzes import Status
from kern.klok import today
from scholen.vakanties import vakanties_of
from scholen.verzuim.rules import Schoolkalender
from tests.browser.conftest import Check, Shoot, SignIn, press
from tests.factories.casussen import Wereld, shared_casus
from tests.factories.netwerk import LeerlingFactory
from tests.factories.verzuim import VerzuimFactory, share

pytestmark = pytest.mark.django_db(transaction=True)


def test_sixteen_hours_make_a_signal_that_is_reported(
    page: Page, sign_in: SignIn, axe: Check, screenshot: Shoot, wereld: Wereld
) -> None:
    LeerlingFactory.create(vestiging=wereld.net.vestiging, voornaam="Voorbeeld", achternaam="Spijbelaar", klas="3B")
    kalender = Schoolkalender(vakanties_of("noord"))
    dagen = list(kalender.schooldagen_terug(today(), today() - timedelta(days=90)))[:2]
    sign_in(wereld.cast.zoe)
    page.goto("/thuiszitters")
    expect(page.get_by_role("heading", name="Er staat niemand op de lijst")).to_be_visible()
    axe()
    page.get_by_role("link", name="Verzuim melden").click()
    page.get_by_label("Naam of leerlingnummer").fill("spijb")
    press(page, "Leerling zoeken")
    axe()
    page.get_by_role("link", name="Voorbeeld Spijbelaar").click()
    for dag in dagen:
        page.get_by_label("Dag", exact=True).fill(dag.isoformat())
        page.get_by_label("Aantal uren").fill("8")
        press(page, "Verzuim melden")
        expect(page.get_by_text("Het verzuim staat erbij.")).to_be_visible()
    expect(page.get_by_text("De grens van 16 uur in 4 schoolweken is bereikt.")).to_be_visible()
    axe()
    screenshot("verzuim-leerling")
    page.get_by_role("navigation", name="Kruimelpad").get_by_role("link", name="Verzuim").click()
    expect(page.get_by_role("heading", name="Melden bij leerplicht")).to_be_visible()
    expect(page.get_by_text("het portaal doet dat niet zelf")).to_be_visible()
    axe()
    screenshot("verzuim")
    page.get_by_role("link", name="Ik heb dit gemeld").click()
    axe()
    page.get_by_label("Op welke dag meldde u het bij leerplicht?").fill(today().isoformat())
    press(page, "Vastleggen")
    expect(page.get_by_text("Het signaal is afgehandeld.")).to_be_visible()
    expect(page.get_by_role("heading", name="Melden bij leerplicht")).to_be_hidden()


def test_whole_days_make_a_thuiszitter_and_coming_back_ends_it(
    page: Page, sign_in: SignIn, axe: Check, screenshot: Shoot, wereld: Wereld
) -> None:
    pupil = LeerlingFactory.create(vestiging=wereld.net.vestiging, voornaam="Voorbeeld", achternaam="Thuisman")
    sign_in(wereld.cast.zoe)
    page.goto(f"/verzuim/leerling/{pupil.pk}")
    page.get_by_role("link", name="Hele dagen of weken").click()
    page.get_by_label("Eerste dag").fill((today() - timedelta(weeks=16)).isoformat())
    page.get_by_label("Reden", exact=True).select_option("kan_niet")
    axe()
    screenshot("verzuim-dagen")
    press(page, "Verzuim melden")
    expect(page.get_by_text("Telt als thuiszitter.")).to_be_visible()
    page.goto("/thuiszitters")
    expect(page.get_by_role("rowheader", name="Voorbeeld Thuisman")).to_be_visible()
    expect(page.get_by_role("link", name="Casus aanmelden voor Voorbeeld Thuisman")).to_be_visible()
    axe()
    screenshot("thuiszitters-school")
    page.get_by_role("link", name="Voorbeeld Thuisman", exact=True).click()
    page.get_by_role("link", name="Verbeteren").click()
    axe()
    press(page, "Melding laten vervallen")
    axe()
    page.get_by_label("Waarom klopte de melding niet?").fill("Andere leerling.")
    press(page, "Melding laten vervallen")
    expect(page.get_by_text("De melding telt niet meer mee.")).to_be_visible()


def test_leerplicht_sees_only_what_is_shared(page: Page, sign_in: SignIn, axe: Check, screenshot: Shoot, wereld: Wereld) -> None:
    for naam, is_shared in (("Gedeeld", True), ("Nietgedeeld", False)):
        pupil = LeerlingFactory.create(vestiging=wereld.net.vestiging, voornaam="Voorbeeld", achternaam=naam)
        VerzuimFactory.create(leerling=pupil, van=today() - timedelta(weeks=16))
        casus = shared_casus(
            leerling=pupil, vestiging=wereld.net.vestiging, wijkteam=wereld.net.schalkwijk, regio=wereld.net.regio,
            status=Status.IN_BEHANDELING, behandelaar=wereld.wim, aangevraagd_door=wereld.cast.zoe,
        )  # fmt: skip
        if is_shared:
            share(casus, wereld.net.haarlem)
    sign_in(wereld.cast.lena)
    page.goto("/")
    expect(page).to_have_url("/thuiszitters")
    expect(page.get_by_role("rowheader", name="Voorbeeld Gedeeld")).to_be_visible()
    expect(page.get_by_text("Nietgedeeld")).to_have_count(0)
    axe()
    screenshot("thuiszitters-leerplicht")
    page.get_by_role("link", name="Voorbeeld Gedeeld").click()
    expect(page.get_by_role("heading", name="U ziet dit omdat het met u is gedeeld")).to_be_visible()
    axe()
    screenshot("casus-verzuim-leerplicht")
    sign_in(wereld.cast.swen)
    page.goto("/thuiszitters")
    expect(page.get_by_text("te weinig om te tonen")).to_be_visible()
    axe()
    screenshot("thuiszitters-verband")
