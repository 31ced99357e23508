"""A class list with three bad rows, from upload to pupils, and the teams of those pupils: in a real browser."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from casussen.keuzes import Status
from kern.klok import now
from scholen.actions.klassenlijst import process_klassenlijst
from scholen.models import Klassenlijst, Leerling
from tests.browser.conftest import Check, Shoot, SignIn, press
from tests.factories.casussen import Wereld
from tests.factories.netwerk import AanspreekpuntFactory, AfwezigheidFactory, ContactpersoonFactory, VestigingFactory
from tests.factories.school import KennismakingFactory
from tests.scholen.lijsten import KOP, as_csv, as_xlsx

pytestmark = pytest.mark.django_db(transaction=True)
STRATEN = [
    ("2037 RB", "12-A"),
    ("2037RB", "14"),
    ("2101aa", "3"),
    ("2034AA", "25"),
    ("2037XX", "2"),
    ("2034AA", "99"),
    ("2181AA", "4"),
]


def lijst_met_drie_fouten() -> bytes:
    goed = [
        [str(1001 + n), f"Voornaam{n}", "van", f"Voorbeeld{n}", "17-05-2011", postcode, nummer, "3B"]
        for n, (postcode, nummer) in enumerate(STRATEN)
    ]
    fout = [
        ["1101", "Mia", "", "Fout", "31-02-2011", "2037RB", "12", "3B"],
        ["1102", "Bo", "", "Fout", "17-05-2011", "geen", "12", "3B"],
        ["", "Zonder", "", "Nummer", "", "2037RB", "1", "3B"],
    ]
    return as_csv(*goed[:3], fout[0], *goed[3:], fout[1], fout[2], kop=KOP)


def choose_file(page: Page, data: bytes, naam: str = "klas3b.csv") -> None:
    page.get_by_label("Klassenlijst", exact=True).set_input_files({"name": naam, "mimeType": "text/csv", "buffer": data})


def test_class_list_uploaded_with_three_bad_rows(
    page: Page, sign_in: SignIn, wereld: Wereld, axe: Check, screenshot: Shoot
) -> None:
    sign_in(wereld.cast.zoe)
    page.goto("/mijn-wijkteams")
    expect(page.get_by_role("heading", name="Nog geen wijkteams")).to_be_visible()
    axe()
    page.get_by_role("link", name="Klassenlijst uploaden").first.click()
    axe()
    screenshot("klassenlijst-uploaden")
    press(page, "Lijst uploaden en controleren")
    expect(page.get_by_text("Vul dit in.").first).to_be_visible()
    choose_file(page, lijst_met_drie_fouten())
    press(page, "Lijst uploaden en controleren")

    expect(page.get_by_role("heading", level=1)).to_have_text("Klassenlijst controleren")
    expect(page.get_by_text("3 van de 10 rijen hebben een fout. Er is nog niets veranderd.")).to_be_visible()
    fouten = page.get_by_role("table", name="Fouten per rij")
    expect(fouten.get_by_role("row", name="Rij 5")).to_contain_text("Deze datum bestaat niet.")
    expect(fouten.get_by_role("row", name="Rij 10")).to_contain_text("Postcode")
    expect(fouten.get_by_role("row", name="Rij 11")).to_contain_text("Vul het leerlingnummer in.")
    axe()
    screenshot("klassenlijst-controle")
    assert Leerling.objects.count() == 0
    with page.expect_download() as download:
        page.get_by_role("link", name="Foute rijen downloaden (csv)").click()
    assert "Mia" in download.value.path().read_text(encoding="utf-8-sig")

    press(page, "Alleen de 7 goede rijen verwerken")
    expect(page.get_by_role("heading", level=1)).to_have_text("Klassenlijst wordt verwerkt")
    axe()
    screenshot("klassenlijst-bezig")
    assert process_klassenlijst(lijst_id=Klassenlijst.objects.get().pk, op=now())  # what a worker does
    expect(page.get_by_role("heading", level=1)).to_have_text("Klassenlijst verwerkt")
    expect(page.get_by_text("7 leerlingen erbij")).to_be_visible()
    axe()
    screenshot("klassenlijst-klaar")
    assert Leerling.objects.count() == 7

    page.get_by_role("link", name="Naar mijn wijkteams").click()
    expect(page.get_by_role("heading", name="Wijkteam Schalkwijk")).to_be_visible()
    page.get_by_role("link", name="Zonder zeker wijkteam").click()
    expect(page.get_by_role("rowheader", name="Voornaam5 van Voorbeeld5")).to_be_visible()
    axe()
    screenshot("zonder-zeker-wijkteam")
    press(page, "Adres opzoeken van Voornaam5 van Voorbeeld5")
    expect(page.get_by_role("heading", level=1)).to_contain_text("aanspreekpunt")
    assert "2034" not in page.url


def test_my_teams_and_whom_i_never_met(page: Page, sign_in: SignIn, wereld: Wereld, axe: Check, screenshot: Shoot) -> None:
    for n, (postcode, nummer) in enumerate(STRATEN * 3):
        Leerling.objects.create(
            vestiging=wereld.net.vestiging,
            leerlingnummer=f"B{n}",
            voornaam="Kind",
            achternaam=f"Voorbeeld {n}",
            sector="vo",
            geboortedatum=date(2011, 1, 2),
            postcode=postcode.replace(" ", "").upper(),
            huisnummer=int(nummer.split("-")[0]),
        )
    wereld.casus(Status.ONTVANGEN)
    VestigingFactory.create(school=wereld.net.school, brin="99AB01", naam="Voorbeeldcollege, De Duinen")
    invaller = ContactpersoonFactory.create(wijkteam=wereld.net.centrum, naam="Ina Invaller", telefoon="06 00 00 00 09")
    punt = AanspreekpuntFactory.create(wijkteam=wereld.net.centrum, school=wereld.net.school, vervanger=invaller)
    AfwezigheidFactory.create(
        contactpersoon=punt.contactpersoon, vervanger=invaller, van=date(2026, 1, 1), tot_en_met=date(2099, 1, 1)
    )
    KennismakingFactory.create(contactpersoon=punt.contactpersoon, medewerker=wereld.cast.zoe, school=wereld.net.school)
    sign_in(wereld.cast.zoe)
    page.goto("/mijn-wijkteams")
    expect(page.get_by_role("heading", name="Nog nooit ontmoet")).to_be_visible()
    expect(page.get_by_text("Bel Ina Invaller")).to_be_visible()
    axe()
    screenshot("mijn-wijkteams")
    page.get_by_role("link", name="Aanspreekpunten van de school").click()
    axe()
    screenshot("mijn-aanspreekpunten")
    page.get_by_label("Wat u wilt zien").get_by_role("link", name="Wijkteams", exact=True).click()
    page.get_by_role("link", name="Kennismaking noteren met Wim Wijkteam").click()
    expect(page.get_by_label("Wie van het wijkteam")).to_have_value(str(wereld.wim.pk))
    press(page, "Kennismaking noteren")
    expect(page.get_by_role("status").first).to_contain_text("De kennismaking staat erbij.")
    axe()
    screenshot("kennismakingen")
    page.goto("/mijn-wijkteams")
    schalkwijk = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="Wijkteam Schalkwijk"))
    expect(schalkwijk.get_by_text("U ontmoette elkaar")).to_be_visible()


def test_an_excel_list_without_javascript(browser, live_server, sign_in: SignIn, wereld: Wereld, context) -> None:
    """Every step is a page and a button: nothing needs a script."""
    sign_in(wereld.cast.zoe)
    plain = browser.new_context(
        base_url=live_server.url, locale="nl-NL", java_script_enabled=False, storage_state=context.storage_state()
    )
    try:
        tab = plain.new_page()
        tab.goto("/mijn-wijkteams/klassenlijst")
        choose_file(tab, as_xlsx(["1001", "Piet", "", "Voorbeeld", "17-05-2011", "2037RB", 12, "3B"]), "klas.xlsx")
        press(tab, "Lijst uploaden en controleren")
        press(tab, "1 leerling verwerken")
        assert process_klassenlijst(lijst_id=Klassenlijst.objects.get().pk, op=now())
        tab.get_by_role("link", name="Stand vernieuwen").click()
        expect(tab.get_by_text("1 leerling erbij")).to_be_visible()
    finally:
        plain.close()
