"""Every page of a casus that is named somewhere exists: a misspelt name would be a 500 only for whoever comes there."""

import pytest
from django.test import Client
from django.urls import reverse

from casussen.keuzes import Status
from casussen.queries.regio import presumed_teams
from casussen.views.acties import TERUG_NAAR
from casussen.views.dossier import TABS
from casussen.workflow import HANDELINGEN, OVERGANGEN
from tests.factories.casussen import Wereld

NAMEN = {regel.op_pagina for regel in (*OVERGANGEN, *HANDELINGEN) if regel.op_pagina} | set(TERUG_NAAR.values())
NAMEN |= {tab.naam for tab in TABS}


@pytest.mark.parametrize("naam", sorted(NAMEN))
def test_a_page_that_is_named_exists(naam: str) -> None:
    assert reverse(naam, args=["2026-000001"]).startswith("/casussen/2026-000001")


@pytest.mark.django_db
def test_a_form_that_is_sent_as_it_stands_with_what_is_asked_for_is_taken(wereld: Wereld, client: Client) -> None:
    """Submitting again: only what changed is filled in, as the page says."""
    casus = wereld.casus(Status.TERUGGELEGD)
    client.force_login(wereld.cast.zoe)
    url = reverse("casus-actie", args=[casus.nummer, "heraanmelden"])
    page = client.get(url)
    form = page.context["form"]
    shown = {naam: form[naam].value() for naam in form.fields if form[naam].value() not in {None, "", False}}
    answer = client.post(url, {**shown, "versie": casus.versie, "toelichting": "Er is een nieuwe vraag."})
    assert answer.status_code == 302, answer.content.decode()
    casus.refresh_from_db()
    assert casus.status == Status.AANGEMELD
    assert page.content.decode().count("(niet verplicht)") >= 6


@pytest.mark.django_db
def test_who_assigns_a_team_reads_which_the_address_gives_and_why_and_chooses_it(wereld: Wereld, client: Client) -> None:
    casus = wereld.do("aanmelden", wereld.concept(postcode="2034AA", huisnummer="99"), "zoe")
    client.force_login(wereld.cast.rea)
    url = reverse("casus-actie", args=[casus.nummer, "toewijzen"])
    page = client.get(url)
    html = page.content.decode()
    teams = dict(presumed_teams(casus))
    assert set(teams) == {"Wijkteam Schalkwijk", "Wijkteam Haarlemmerhout"}
    assert "Volgens het adres:" in html
    for naam, reden in teams.items():
        assert f"<strong>{naam}</strong> ({reden})" in html
    assert not page.context["form"]["wijkteam"].value()
    assert casus.leerling is not None
    casus.leerling.geheim_adres = True
    casus.leerling.save()
    secret = client.get(url).content.decode()
    assert "<strong>Wijkteam Schalkwijk</strong>" in secret
    assert not [reden for reden in teams.values() if f"({reden})" in secret]
