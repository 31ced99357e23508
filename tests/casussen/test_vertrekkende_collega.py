"""Whoever is about to leave can be seen as such where work is given, and gets none after the last day."""

from datetime import timedelta

from casussen.keuzes import Status
from kern.klok import today
from tests.factories.casussen import Wereld, colleague
from tests.factories.toegang import client_of


def test_the_list_of_who_can_take_a_casus_says_until_when(wereld: Wereld) -> None:
    nico = colleague(wereld.net.schalkwijk, "Nico Nieuw")[0]
    nico.in_dienst_tot = today() + timedelta(days=3)
    nico.save()
    casus = wereld.casus(Status.ONTVANGEN)
    client = client_of(wereld.cast.cora)
    for url in ("/werkvoorraad", f"/casussen/{casus.nummer}/behandelaar_wijzigen"):
        assert "Nico Nieuw (tot " in client.get(url).content.decode(), url


def test_after_the_last_day_they_are_refused_with_the_reason(wereld: Wereld) -> None:
    nico = colleague(wereld.net.schalkwijk, "Nico Nieuw")[0]
    nico.in_dienst_tot = today()
    nico.save()
    casus = wereld.casus(Status.ONTVANGEN)
    client = client_of(wereld.cast.cora)
    page = client.post("/werkvoorraad/toewijzen", {"casus": casus.nummer, "behandelaar": nico.pk}, follow=True)
    assert "Nico Nieuw werkt hier niet meer" in page.content.decode()
    casus.refresh_from_db()
    assert casus.behandelaar == wereld.wim
