"""Every page of a casus that is named somewhere exists: a misspelt name would be a 500 only for whoever comes there."""

import pytest
from django.test import Client
from django.urls import reverse

from casussen.keuzes import Status
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
