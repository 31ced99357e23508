"""From the finder to advice, and from advice to a casus, in a real browser."""

import pytest
from django.core import mail
from playwright.sync_api import Browser, Page, expect

from casussen.keuzes import ConsultStatus
from casussen.models import Casus, Consult
from kern import outbox
from kern.klok import now
from tests.browser.conftest import Check, Complaints, Shoot, SignIn, press
from tests.browser.test_journeys import fill_draft
from tests.consult.maken import ask
from tests.factories.casussen import Wereld

pytestmark = pytest.mark.django_db(transaction=True)


def test_from_the_finder_to_an_answer_and_to_a_casus(
    page: Page, sign_in: SignIn, wereld: Wereld, axe: Check, screenshot: Shoot, complaints: Complaints
) -> None:
    sign_in(wereld.cast.zoe)
    page.goto("/aanspreekpunt")
    page.get_by_label("Postcode", exact=True).fill("2037 rb")
    page.get_by_label("Huisnummer", exact=True).fill("12")
    expect(page.locator("#antwoord").get_by_role("heading", name="Wim Wijkteam")).to_be_visible()
    axe()
    screenshot("consult-zoeker")
    press(page, "Anoniem overleggen")
    expect(page.get_by_role("heading", level=1)).to_have_text("Anoniem overleggen")
    expect(page.get_by_label("Aan wie vraagt u het?")).to_have_value(str(wereld.net.schalkwijk.pk))
    axe()
    page.get_by_label("Leeftijd").select_option("12-15")
    question = page.get_by_role("textbox", name="Wat is uw vraag?")
    question.fill("Thirza Brikken (06-12345678) komt al drie weken niet op school.")
    press(page, "Vraag versturen")
    complaints.expect("422")
    expect(page.locator("mark")).to_have_text(["Thirza Brikken", "06-12345678"])
    expect(question).to_have_value("Thirza Brikken (06-12345678) komt al drie weken niet op school.")
    expect(page.get_by_label("Ik heb gecontroleerd")).to_have_count(0)
    axe()
    screenshot("consult-geweigerd")
    question.fill("Een leerling van 14 komt al drie weken niet op school. De mentor heet Thirza.")
    press(page, "Vraag versturen")
    complaints.expect("422")
    axe()
    screenshot("consult-waarschuwing")
    page.get_by_label("Ik heb gecontroleerd").check()
    press(page, "Vraag versturen")
    expect(page.get_by_role("status").first).to_contain_text("U krijgt antwoord van Wim Wijkteam, Wijkteam Schalkwijk")
    axe()
    consult = Consult.objects.get()

    outbox.send_pending(now=now())
    (message,) = [post for post in mail.outbox if post.to == ["wim@test.example"]]
    assert consult.nummer in str(message.body)
    assert "drie weken" not in str(message.body)

    sign_in(wereld.cast.wim)
    page.goto("/mijn-dag")
    page.get_by_role("link", name="Vraag beantwoorden").click()
    page.get_by_label("Uw antwoord").fill("Bel eerst de ouders, en vraag de jeugdarts mee te kijken.")
    axe()
    press(page, "Antwoord versturen")
    expect(page.get_by_text("beantwoord", exact=True)).to_be_visible()
    screenshot("consult-team")
    page.goto("/consulten")
    axe()
    screenshot("consult-lijst")

    sign_in(wereld.cast.zoe)
    page.goto(f"/consulten/{consult.nummer}")
    expect(page.get_by_text("Bel eerst de ouders")).to_be_visible()
    axe()
    screenshot("consult-school")
    press(page, "Casus aanmelden")
    expect(page.get_by_role("heading", level=1)).to_have_text("Leerling")
    casus = Casus.objects.get()
    assert "drie weken" in casus.hulpvraag
    page.goto(f"/casussen/{casus.nummer}/aanmelden/adres")
    expect(page.get_by_label("Postcode", exact=True)).to_have_value("")  # the address did not come along
    page.get_by_label("Postcode", exact=True).fill("2037 rb")
    page.get_by_label("Huisnummer", exact=True).fill("12")
    press(page, "Bewaren en verder")
    page.goto(f"/casussen/{casus.nummer}/aanmelden/leerling")
    fill_draft(page, axe, screenshot)
    press(page, "Casus aanmelden")
    expect(page.get_by_role("status").first).to_contain_text("De casus is aangemeld")
    expect(page.get_by_role("link", name=consult.nummer)).to_be_visible()
    consult.refresh_from_db()
    assert (consult.status, consult.casus) == (ConsultStatus.OMGEZET, casus)
    page.get_by_role("link", name=consult.nummer).click()
    expect(page.get_by_text("Dit overleg werd casus")).to_be_visible()


def test_the_same_without_javascript(browser: Browser, live_server, sign_in: SignIn, page: Page, wereld: Wereld) -> None:
    sign_in(wereld.cast.zoe)
    state = page.context.storage_state()
    plain = browser.new_context(base_url=live_server.url, java_script_enabled=False, storage_state=state)
    try:
        tab = plain.new_page()
        tab.goto("/aanspreekpunt")
        tab.get_by_label("Postcode", exact=True).fill("2037 rb")
        tab.get_by_label("Huisnummer", exact=True).fill("12")
        press(tab, "Zoeken")
        press(tab, "Anoniem overleggen")
        tab.get_by_label("Wat is uw vraag?").fill("Een leerling slaapt slecht. Wat kan ik doen?")
        press(tab, "Vraag versturen")
        expect(tab.get_by_text("Uw vraag is verstuurd")).to_be_visible()
    finally:
        plain.close()


def test_the_regiocoordinator_gives_it_to_a_team(
    page: Page, sign_in: SignIn, wereld: Wereld, axe: Check, screenshot: Shoot
) -> None:
    consult = ask(wereld, team=False, op=now())
    sign_in(wereld.cast.rea)
    page.goto(f"/consulten/{consult.nummer}")
    axe()
    screenshot("consult-regio")
    page.get_by_label("Wijkteam", exact=True).select_option(str(wereld.net.schalkwijk.pk))
    press(page, "Geven")
    expect(page.get_by_text("ligt nu bij Wijkteam Schalkwijk")).to_be_visible()
