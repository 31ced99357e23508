"""Two journeys through the network in a real browser: a hole is found and closed, and somebody leaves."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from casussen.keuzes import Status
from kern.klok import today
from kern.models import Melding
from tests.browser.conftest import Check, Complaints, Shoot, SignIn, press
from tests.factories.casussen import Wereld, colleague
from tests.factories.netwerk import AanspreekpuntFactory, AfwezigheidFactory, LeerlingFactory
from wijkteams.models import Contactpersoon, Werkgebied

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_hole_is_found_and_closed(wereld: Wereld, page: Page, sign_in: SignIn, axe: Check, screenshot: Shoot) -> None:
    Werkgebied.objects.filter(wijkteam=wereld.net.centrum).delete()
    LeerlingFactory.create(vestiging=wereld.net.vestiging, postcode="2034AA", huisnummer=25)
    AfwezigheidFactory.create(contactpersoon=wereld.wim, van=today(), tot_en_met=today() + timedelta(days=4))
    sign_in(wereld.cast.rea)
    page.goto("/netwerk")
    expect(page.get_by_role("heading", level=1)).to_have_text("Netwerk")
    expect(page.get_by_role("heading", name="Gaten (1)")).to_be_visible()
    expect(page.get_by_text("geen vervanger").first).to_be_visible()
    axe()
    screenshot("netwerk")
    page.get_by_role("link", name="Gat dichten in Haarlemmerhout").click()
    expect(page.get_by_label("Gebied", exact=True)).to_have_value("BU03920101")
    page.get_by_label("Wijkteam").select_option(label="Wijkteam Haarlemmerhout")
    axe()
    screenshot("netwerk-werkgebied")
    press(page, "Bekijk gevolgen")
    expect(page.get_by_role("heading", name="Dit zijn de gevolgen")).to_be_visible()
    expect(page.get_by_text("1 gat wordt gedicht")).to_be_visible()
    expect(page.get_by_text("Voorbeeldcollege: 1 leerling")).to_be_visible()
    expect(page.get_by_label("Wijkteam")).to_have_value(str(wereld.net.centrum.pk))
    axe()
    screenshot("netwerk-gevolgen")
    assert not Werkgebied.objects.filter(wijkteam=wereld.net.centrum).exists()
    press(page, "Doorvoeren")
    expect(page.get_by_role("heading", level=1)).to_have_text("Wijkteam Haarlemmerhout")
    expect(page.get_by_text("buurt Haarlemmerhout")).to_be_visible()
    axe()
    screenshot("netwerk-team")
    page.goto("/netwerk")
    expect(page.get_by_role("heading", name="Gaten")).to_have_count(0)
    assert Melding.objects.filter(soort="netwerk_route", ontvanger=wereld.cast.zoe).exists()


def test_somebody_leaves(
    wereld: Wereld, page: Page, sign_in: SignIn, axe: Check, screenshot: Shoot, complaints: Complaints
) -> None:
    nico = colleague(wereld.net.schalkwijk, "Nico Nieuw")[0]
    casussen = [wereld.casus(Status.ONTVANGEN), wereld.casus(Status.AANGEMELD, leerlingnummer="A2")]
    AanspreekpuntFactory.create(wijkteam=wereld.net.schalkwijk, contactpersoon=wereld.cora, vervanger=wereld.wim, sector="mbo")
    sign_in(wereld.cast.cora)
    page.goto("/netwerk")
    page.get_by_role("link", name="Wijkteam Schalkwijk").click()
    page.get_by_role("link", name="Wim Wijkteam").first.click()
    axe()
    screenshot("netwerk-persoon")
    page.get_by_role("link", name="Vertrek regelen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wim Wijkteam vertrekt")
    page.get_by_label("Eerste dag waarop deze persoon er niet meer werkt").fill((today() + timedelta(days=14)).isoformat())
    press(page, "Bekijk gevolgen")
    expect(page.get_by_text("Kies wie dat overneemt").first).to_be_visible()
    complaints.expect("422")
    page.get_by_label("Wie neemt alles over?").select_option(label="Nico Nieuw (jeugdcoach)")
    page.get_by_label(f"Wie neemt casus {casussen[1].nummer} over?").select_option(label="Cora Coördinator")
    axe()
    screenshot("netwerk-vertrek")
    press(page, "Bekijk gevolgen")
    expect(page.get_by_role("heading", name="Dit zijn de gevolgen")).to_be_visible()
    axe()
    screenshot("netwerk-vertrek-gevolgen")
    press(page, "Doorvoeren")
    expect(page.get_by_text("heeft een nieuwe eigenaar")).to_be_visible()
    expect(page.get_by_text("Werkt hier tot")).to_be_visible()
    for casus in casussen:
        casus.refresh_from_db()
    assert (casussen[0].behandelaar, casussen[1].aanspreekpunt) == (nico, wereld.cora)
    assert Contactpersoon.objects.get(pk=wereld.wim.pk).in_dienst_tot == today() + timedelta(days=14)
    assert Melding.objects.filter(soort="netwerk_wisseling", ontvanger=wereld.cast.zoe).exists()
