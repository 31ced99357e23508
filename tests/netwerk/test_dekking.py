"""Coverage in one view: the same as routing says, holes first, as table, as tiles and on a map."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gebieden.models import Gebiedsvlak, Gemeente, RegisterRegel
from kern.klok import today
from portal.netwerk.dekking import load_dekking
from tests.factories.netwerk import KleinNetwerk, WerkgebiedFactory, klein_netwerk, make_register, make_team, make_wijk
from tests.factories.toegang import Cast, client_of, make_cast
from wijkteams.models import Werkgebied
from wijkteams.routering import route_address

SECTOREN = ("po", "so", "vo", "vso", "pro", "mbo")


@pytest.fixture
def net(db: None) -> KleinNetwerk:
    return klein_netwerk()


@pytest.fixture
def cast(net: KleinNetwerk) -> Cast:
    return make_cast(school=net.school, team=net.schalkwijk)


@pytest.fixture
def rea(cast: Cast) -> Client:
    return client_of(cast.rea)


def teams_by_routing(buurt: str, sector: str) -> set[str]:
    """The teams of all addresses of a buurt, asked one by one, for a pupil of ten and one of seventeen."""
    found = set()
    for regel in RegisterRegel.objects.filter(buurt_code=buurt, editie__actief=True):
        for nummer in regel.huisnummers:
            for jaar in (today().year - 10, today().year - 17):
                route = route_address(postcode=regel.postcode, huisnummer=nummer, sector=sector, geboortedatum=f"{jaar}-01-01")
                found.add(route.wijkteam.naam if route.wijkteam else "")
    return found


def make_rule(naam: str, gemeente: Gemeente, **velden: Any) -> None:
    WerkgebiedFactory.create(wijkteam=make_team(naam, gemeente=gemeente), **velden)


def test_every_cell_is_what_routing_says(net):
    make_rule("Stedelijk team", net.heemstede, soort="voorrang", gebied="GM0397", sector="vo")
    make_team("Team straat", ("pc6", "2037XX"), gemeente=net.haarlem)
    make_rule("Team tieners", net.haarlem, soort="buurt", gebied="BU03920101", leeftijd_van=12, sector="vso")
    even = {"nummer_van": 1, "nummer_tot_en_met": 30, "zijde": "even"}
    make_rule("Team even", net.haarlem, soort="nummers", gebied="2034AA", **even)
    rijen = load_dekking(net.regio.pk, today())
    assert {rij.code for rij in rijen} == {"BU03920501", "BU03920502", "BU03920101", "BU03970001"}
    for rij in rijen:
        for cel in rij.cellen:
            said = {team.naam for team in cel.teams} | ({""} if cel.gat else set())
            assert said == teams_by_routing(rij.code, cel.sector), (rij.naam, cel.sector)


def test_holes_come_first(net, rea):
    net.team_heemstede.werkgebieden.update(sector="po")
    rijen = load_dekking(net.regio.pk, today())
    assert rijen[0].naam == "Heemstede-Centrum"
    assert [cel.soort for cel in rijen[0].cellen] == ["gedekt", "gat", "gat", "gat", "gat", "gat"]
    page = rea.get(reverse("dekking"), {"wat": "gaten"}).content.decode()
    assert "Heemstede-Centrum" in page
    assert "Molenwijk" not in page
    assert "geen team" in page


def test_a_buurt_without_addresses_has_a_row_as_well(net):
    make_wijk(net.editie, "039705", "Nieuw", ("01", "Nieuwbouw"))
    (nieuw,) = [rij for rij in load_dekking(net.regio.pk, today()) if rij.naam == "Nieuwbouw"]
    assert nieuw.adressen == 0
    assert {team.naam for cel in nieuw.cellen for team in cel.teams} == {"Wijkteam Heemstede"}


def test_a_hole_without_addresses_is_a_hole(net):
    make_wijk(net.editie, "039209", "Leeg", ("01", "Nieuwbouw"))
    assert load_dekking(net.regio.pk, today())[0].naam == "Nieuwbouw"


@pytest.mark.parametrize("weergave", ["tabel", "tegels", "kaart", "iets"])
def test_it_can_be_seen_in_every_way(net, rea, weergave):
    response = rea.get(reverse("dekking"), {"weergave": weergave, "gemeente": "Haarlem", "sector": "vo"})
    assert response.status_code == 200
    page = response.content.decode()
    assert ("Molenwijk" in page) == (weergave != "kaart")
    assert "Heemstede-Centrum" not in page
    if weergave == "kaart":
        assert "nog geen kaart" in page


def test_a_tile_says_its_team_without_its_colour(net, rea):
    page = rea.get(reverse("dekking"), {"weergave": "tegels"}).content.decode()
    assert '<span class="ap-verborgen">Wijkteam Heemstede</span>' in page


@pytest.mark.parametrize(("wie", "status"), [("rea", 200), ("cora", 200), ("gerda", 200), ("fenna", 200), ("zoe", 403)])
def test_who_may_see_it(cast, wie, status):
    assert client_of(getattr(cast, wie)).get(reverse("dekking")).status_code == status


def test_another_region_sees_its_own(net, cast):
    assert "Molenwijk" not in client_of(cast.rik).get(reverse("dekking"), {"regio": net.regio.pk}).content.decode()


def test_it_asks_as_much_for_many_buurten_as_for_few(net, rea):
    def count(weergave: str) -> int:
        rea.get(reverse("dekking"))
        with CaptureQueriesContext(connection) as queries:
            assert rea.get(reverse("dekking"), {"weergave": weergave}).status_code == 200
        return len(queries)

    few = [count(weergave) for weergave in ("tabel", "tegels")]
    for n in range(30):
        make_wijk(net.editie, f"0397{n + 10}", f"Wijk {n}", ("01", f"Buurt {n}"))
        make_register(net.editie, {(f"2102A{chr(65 + n % 26)}", f"0397{n + 10}01"): range(1, 5)})
        make_team(f"Team {n}", ("buurt", f"BU0397{n + 10}01"), gemeente=net.heemstede)
    assert Werkgebied.objects.count() > 30
    assert [count(weergave) for weergave in ("tabel", "tegels")] == few


def test_the_map_says_the_team_of_each_buurt(net, rea, cast):
    net.team_heemstede.werkgebieden.update(sector="po")
    vorm = {"type": "MultiPolygon", "coordinates": [[[[4.6, 52.3], [4.7, 52.3], [4.7, 52.4], [4.6, 52.3]]]]}
    for code in ("BU03920501", "BU03970001", "BU05340001"):
        Gebiedsvlak.objects.create(editie=net.editie, soort="buurt", code=code, gemeente_code=f"GM{code[2:6]}", vorm=vorm)
    grafiek = rea.get(reverse("dekking"), {"weergave": "kaart", "sector": "vo"}).context["grafiek"]
    gezegd = {
        code: grafiek.categorieen[int(waarde)] for code, waarde in zip(grafiek.codes, grafiek.reeksen[0].waarden, strict=True)
    }
    assert gezegd["BU03970001"] == "! – geen team"
    assert gezegd["BU03920501"].endswith(" – Schalkwijk")
    kaart = rea.get(grafiek.kaart).json()
    assert {f["properties"]["code"] for f in kaart["features"]} == {"BU03920501", "BU03970001"}
    assert client_of(cast.rik).get(grafiek.kaart).status_code == 404
    assert client_of(cast.zoe).get(grafiek.kaart).status_code == 403
