"""A boundary moves: tried first, seen in numbers, applied from a day on. And coverage in every way it is shown."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from kern.klok import today
from tests.browser.conftest import Check, Complaints, Shoot, SignIn, press
from tests.factories.casussen import Wereld
from wijkteams.models import Voorstel, Werkgebied
from wijkteams.routering import route_address

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_boundary_moved_by_what_if(
    page: Page, wereld: Wereld, sign_in: SignIn, axe: Check, screenshot: Shoot, complaints: Complaints
) -> None:
    casus = wereld.casus()  # of a pupil in Boerhaavewijk
    dag = today() + timedelta(days=30)
    sign_in(wereld.cast.rea)
    page.goto("/netwerk")
    page.get_by_role("link", name="Wat als?").click()
    expect(page.get_by_text("Nog geen voorstellen")).to_be_visible()
    axe()
    page.get_by_role("link", name="Nieuw voorstel").click()
    page.get_by_label("Naam van het voorstel").fill("Boerhaavewijk naar Haarlemmerhout")
    page.get_by_label("Gaat in op").fill(dag.isoformat())
    press(page, "Bewaren")

    page.get_by_role("link", name="Nieuwe regel").click()
    page.get_by_label("Wijkteam").select_option(label="Wijkteam Haarlemmerhout")
    page.get_by_label("Soort afspraak").select_option("wijk")
    page.get_by_label("Gebied").fill("Schalkwijk")
    axe()
    press(page, "In het voorstel zetten")
    page.get_by_role("link", name="Gevolg bekijken").click()
    expect(page.get_by_text("Botst met Wijkteam Schalkwijk")).to_be_visible()  # the wijk has a team already: said at the row
    complaints.expect("422")
    axe()
    screenshot("watals-botst")
    page.get_by_role("button", name="Weghalen").click()

    page.get_by_role("link", name="Nieuwe regel").click()
    page.get_by_label("Wijkteam").select_option(label="Wijkteam Haarlemmerhout")
    page.get_by_label("Soort afspraak").select_option("buurt")
    page.get_by_label("Gebied").fill("Boerhaavewijk")
    press(page, "In het voorstel zetten")
    page.get_by_role("link", name="Gevolg bekijken").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wat gebeurt er als u dit toepast?")
    expect(page.get_by_role("definition").first).to_have_text("80")
    expect(page.get_by_role("row", name=casus.nummer)).to_contain_text("Wijkteam Haarlemmerhout")
    expect(page.get_by_role("row", name="Voorbeeldcollege")).to_be_visible()
    axe()
    screenshot("watals-gevolg")
    assert not Werkgebied.objects.filter(gebied="BU03920501").exists()

    page.get_by_role("button", name="Toepassen vanaf").click()
    expect(page.get_by_text("Het voorstel is toegepast.")).to_be_visible()
    axe()
    assert Voorstel.objects.get().status == "toegepast"
    toen, straks = (route_address(postcode="2037RB", huisnummer=12, sector="vo", peildatum=d) for d in (today(), dag))
    assert [route.wijkteam.naam if route.wijkteam else "" for route in (toen, straks)] == [
        "Wijkteam Schalkwijk",
        "Wijkteam Haarlemmerhout",
    ]
    page.go_back()
    press_again = page.get_by_role("button", name="Toepassen vanaf")
    if press_again.count():
        press_again.click()
        expect(page.get_by_text("al toegepast")).to_be_visible()
    assert Werkgebied.objects.filter(gebied="BU03920501").count() == 1


def test_coverage_as_table_as_tiles_and_without_a_map(
    page: Page, wereld: Wereld, sign_in: SignIn, axe: Check, screenshot: Shoot
) -> None:
    wereld.net.team_heemstede.werkgebieden.update(sector="po")
    sign_in(wereld.cast.rea)
    page.goto("/netwerk/dekking")
    expect(page.get_by_role("row", name="Heemstede-Centrum")).to_contain_text("geen team")
    axe()
    screenshot("dekking-tabel")
    page.get_by_role("link", name="Tegels").click()
    expect(page.get_by_role("list", name="Legenda")).to_contain_text("Wijkteam Schalkwijk")
    axe()
    screenshot("dekking-tegels")
    page.get_by_role("link", name="Kaart").click()
    expect(page.get_by_role("heading", name="Er is nog geen kaart")).to_be_visible()
    axe()
    page.goto("/netwerk/edities")
    axe()
    page.get_by_role("link", name=wereld.net.editie.label).click()
    axe()
