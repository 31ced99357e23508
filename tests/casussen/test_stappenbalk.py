"""The steps of submitting: only what is filled in is done, and what cannot be read says of which field it is."""

import pytest
from django.test import Client
from django.urls import reverse

from casussen.actions.concept import save_concept
from tests.factories.casussen import COMPLEET, NU, Wereld


def page(client: Client, nummer: str, stap: str) -> str:
    return client.get(reverse("casus-aanmelden", args=[nummer, stap])).content.decode()


@pytest.mark.parametrize(("gegevens", "klaar", "open_"), [({"voornaam": "Voorbeeld"}, 0, 4), (COMPLEET, 4, 0)])
def test_only_a_step_that_is_filled_in_is_done(
    wereld: Wereld, client: Client, gegevens: dict[str, object], klaar: int, open_: int
) -> None:
    concept = save_concept(by=wereld.kijker("zoe"), op=NU, gegevens=gegevens).casus
    client.force_login(wereld.cast.zoe)
    html = page(client, concept.nummer, "toestemming")
    assert (html.count(" (klaar)"), html.count(" (nog niet klaar)")) == (klaar, open_)


def test_a_date_that_cannot_be_is_named(wereld: Wereld, client: Client) -> None:
    wrong = {**COMPLEET, "geboortedatum": "1-1-9999", "toestemming_op": "1-1-9999"}
    concept = save_concept(by=wereld.kijker("zoe"), op=NU, gegevens=wrong).casus
    client.force_login(wereld.cast.zoe)
    html = page(client, concept.nummer, "controleren")
    assert "Geboortedatum: Het jaar 9999 kan niet kloppen." in html
    assert "Datum van de toestemming: Het jaar 9999 kan niet kloppen." in html
