"""Searching the guide: what fits, in which order, for whom; and the pages behind it."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kern.kijker import niemand
from portal.aanbod.views import history
from tests.aanbod.conftest import arrangement, pupils
from tests.factories.casussen import VANDAAG
from tests.factories.toegang import client_of
from tests.factories.zorg import AanbiederFactory, ContractFactory, WachttijdFactory
from zorgaanbod.models import Aanbieder, Arrangement, Contract
from zorgaanbod.queries import Zoekvraag, search, wacht_of


def names(gids, **vraag):
    return [one.naam for one in search(gids.wereld.zoe, Zoekvraag(**vraag), VANDAAG)]


def test_the_shortest_wait_comes_first_and_unknown_ones_last(gids):
    assert names(gids) == ["Thuis op koers", "Traumahulp", "Samen sporten"]


def test_who_is_not_signed_in_finds_nothing(gids):
    assert not search(niemand(VANDAAG), Zoekvraag(), VANDAAG).exists()


@pytest.mark.parametrize(
    ("vraag", "gevonden"),
    [
        ({"hulpvorm": "ggz"}, ["Traumahulp"]),
        ({"zwaarte": "zwaar"}, ["Traumahulp"]),
        ({"soort": "voorveld"}, ["Samen sporten"]),
        ({"leeftijd": 12}, ["Thuis op koers", "Traumahulp", "Samen sporten"]),
        ({"leeftijd": 11}, ["Traumahulp", "Samen sporten"]),
        ({"leeftijd": 19}, []),
        ({"wachttijd": 6}, ["Thuis op koers"]),
        ({"wachttijd": 5}, []),
        ({"op_school": True}, ["Thuis op koers"]),
        ({"boven_norm": True}, ["Traumahulp"]),
        ({"oud": True}, ["Traumahulp"]),
        ({"tekst": "koers thuis"}, ["Thuis op koers"]),
        ({"tekst": "sportclub"}, ["Samen sporten"]),
        ({"tekst": "%"}, []),
        ({"tekst": "truamahulp"}, ["Traumahulp"]),
        ({"tekst": "sportn"}, ["Samen sporten"]),
        ({"tekst": "koesr thuis"}, ["Thuis op koers"]),
        ({"tekst": "zwemles"}, []),
    ],
)
def test_each_filter_narrows(gids, vraag, gevonden):
    assert names(gids, **vraag) == gevonden


def test_a_gemeente_shows_its_contracts_and_its_voorveld(gids):
    net = gids.wereld.net
    assert names(gids, gemeente_ids=[net.haarlem.pk]) == ["Thuis op koers", "Traumahulp"]
    assert names(gids, gemeente_ids=[net.heemstede.pk]) == ["Samen sporten"]
    assert names(gids, gemeente_ids=[]) == []


def test_a_gemeente_of_an_aanbieder_under_contract_counts_for_nothing(gids):
    gids.aanbieder.gemeenten.add(gids.wereld.net.heemstede)
    assert names(gids, gemeente_ids=[gids.wereld.net.heemstede.pk]) == ["Samen sporten"]


def test_what_ended_is_not_found(gids):
    haarlem = [gids.wereld.net.haarlem.pk]
    Contract.objects.filter(arrangement=gids.thuis).update(tot=VANDAAG)
    assert names(gids, gemeente_ids=haarlem) == ["Traumahulp"]
    Arrangement.objects.filter(pk=gids.lang.pk).update(tot=VANDAAG)
    assert names(gids) == ["Thuis op koers", "Samen sporten"]
    Aanbieder.objects.filter(naam="Sportclub Heemstede").update(actief_tot=VANDAAG)
    assert names(gids) == ["Thuis op koers"]


def test_the_newest_measurement_holds(gids):
    WachttijdFactory.create(arrangement=gids.lang, weken=2, gemeten_op=date(2026, 12, 1))
    (found,) = search(gids.wereld.zoe, Zoekvraag(hulpvorm="ggz"), VANDAAG)
    wacht = wacht_of(found, VANDAAG)
    assert (wacht.weken, wacht.gemeten_op) == (2, date(2026, 12, 1))


def test_the_page_says_the_waiting_time_with_its_age_and_what_is_wrong(gids):
    html = client_of(gids.wereld.cast.zoe).get("/aanbod").content.decode()
    assert "Zes weken, op 25 november (7 dagen oud)" in html
    assert "20 weken, op 1 oktober (62 dagen oud)" in html
    assert html.count("ouder dan 30 dagen") == 2  # the badge, and the choice in the filter
    assert html.count("boven de norm") == 2


def test_a_school_is_searched_by_where_its_pupils_live(gids):
    pupils(gids.wereld, 1, "2101AA")
    html = client_of(gids.wereld.cast.zoe).get(f"/aanbod?school={gids.wereld.net.school.brin}").content.decode()
    assert "Samen sporten" in html
    assert "Thuis op koers" in html  # the gemeente of the school itself
    html = client_of(gids.wereld.cast.zoe).get(f"/aanbod?school={gids.wereld.net.school.brin}&gemeente=GM0397").content.decode()
    assert "Thuis op koers" not in html


@pytest.mark.parametrize(
    "query", ["leeftijd=x", "gemeente=GM9999", "hulpvorm=x", "wachttijd=999", "school=ZZZZ", "pagina=x", "tekst=%00"]
)
def test_a_strange_choice_is_no_error(gids, query):
    assert client_of(gids.wereld.cast.zoe).get(f"/aanbod?{query}").status_code == 200


@pytest.mark.parametrize("query", ["wachttijd=0", "leeftijd=0"])
def test_nothing_found_for_zero_is_said_of_the_search_and_not_of_the_guide(gids, query):
    Arrangement.objects.update(leeftijd_van=1)
    assert "Niets gevonden" in client_of(gids.wereld.cast.zoe).get(f"/aanbod?{query}").content.decode()


def test_the_page_of_an_arrangement_tells_how_to_ask_and_who_bought_it(gids):
    WachttijdFactory.create(arrangement=gids.thuis, weken=4, gemeten_op=date(2026, 11, 1))
    html = client_of(gids.wereld.cast.zoe).get(f"/aanbod/{gids.thuis.pk}").content.decode()
    assert "Zo vraagt u het aan" in html
    assert "Haarlem" in html
    assert "Hoe veranderde de wachttijd?" in html
    assert "Wachttijd bijwerken" not in html
    assert "Wachttijd bijwerken" in client_of(gids.wereld.cast.abel).get(f"/aanbod/{gids.thuis.pk}").content.decode()
    assert "Hoe veranderde" not in client_of(gids.wereld.cast.zoe).get(f"/aanbod/{gids.lang.pk}").content.decode()
    assert client_of(gids.wereld.cast.zoe).get("/aanbod/999999").status_code == 404


def test_the_history_has_one_point_per_day_and_the_last_one_said_holds(gids):
    WachttijdFactory.create(arrangement=gids.thuis, weken=9, gemeten_op=date(2026, 11, 25))
    assert history(gids.thuis) is None
    WachttijdFactory.create(arrangement=gids.thuis, weken=4, gemeten_op=date(2026, 11, 30))
    grafiek = history(gids.thuis)
    assert grafiek is not None
    assert (grafiek.x, grafiek.reeksen[0].waarden) == (("25-11-2026", "30-11-2026"), (9, 4))


def test_the_page_of_an_aanbieder(gids):
    client = client_of(gids.wereld.cast.wim)
    assert "Traumahulp" in client.get(f"/aanbod/aanbieders/{gids.aanbieder.pk}").content.decode()
    assert client.get("/aanbod/aanbieders/999999").status_code == 404
    assert client_of(gids.wereld.cast.leeg).get("/aanbod").status_code == 403


def test_the_number_of_queries_does_not_grow(gids):
    client = client_of(gids.wereld.cast.zoe)
    client.get("/aanbod")  # what is fetched once per process
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as found:
            assert client.get("/aanbod?gemeente=GM0392&leeftijd=14").status_code == 200
        counts.append(len(found))
        for n in range(8):
            arrangement(AanbiederFactory.create(), [gids.wereld.net.haarlem, gids.wereld.net.heemstede], n)
    assert counts[0] == counts[1] <= 14


def test_a_contract_may_not_overlap_another(gids):
    with pytest.raises(ValidationError, match="al een contract"):
        ContractFactory.build(arrangement=gids.thuis, gemeente=gids.wereld.net.haarlem, van=date(2026, 1, 1)).full_clean()


def test_a_choice_that_does_not_exist_is_said_at_its_filter(gids):
    html = client_of(gids.wereld.cast.zoe).get("/aanbod?leeftijd=abc&hulpvorm=bestaatniet").content.decode()
    assert html.count("Deze keuze bestaat niet.") == 2
    assert 'id="id_leeftijd_error"' in html
    assert 'aria-describedby="id_leeftijd_error"' in html
    assert "passen bij de rest van uw keuze" in html
    assert "de rest van" not in client_of(gids.wereld.cast.zoe).get("/aanbod?leeftijd=12").content.decode()
