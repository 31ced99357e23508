"""The country around the demo region: what is made at national size, on a country of two small regions."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from stdnum.nl import postcode

from casussen.keuzes import EINDSTATUSSEN, Status
from casussen.models import Casus, Termijn
from gebieden.models import Editie, Gemeente, Regio
from portal.demo import SEED
from portal.demo.gebied import gebieden
from portal.demo.laden import DemoGeweigerd, Inhoud, load
from portal.demo.landelijk import land
from portal.demo.landelijk.land import landregios, plan_of
from portal.demo.register import build_register
from tests.factories.demo import OP, demo_region
from wijkteams.models import Wijkteam
from wijkteams.routering import Uitkomst, route_address


# --- The plan: pure -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("adressen", "casussen"), [(180_000, 2_500), (500_000, 50_000), (0, 0)])
def test_up_to_the_size_of_a_region_nothing_changes(adressen: int, casussen: int) -> None:
    plan = plan_of(adressen, casussen)
    assert (plan.adressen, plan.casussen, plan.landelijk, plan.dagen) == (adressen, casussen, False, None)


@pytest.mark.parametrize(("adressen", "casussen"), [(8_000_000, 1_000_000), (8_000_000, 2_500), (180_000, 60_001)])
def test_everything_that_is_asked_for_is_shared_out(adressen: int, casussen: int) -> None:
    plan = plan_of(adressen, casussen)
    assert plan.adressen + sum(plan.land_adressen) == adressen
    assert plan.casussen + sum(plan.land_casussen) == casussen
    assert max(plan.land_casussen) - min(plan.land_casussen) <= 1


def test_the_country_has_the_shape_of_the_country() -> None:
    """Beside what design §4 says of the register: 460,000 PC6 and 480,000 rows for 8.0 million addresses."""
    regions = list(landregios(plan_of(8_000_000, 1_000_000)))
    areas = [region.gebieden for region in regions]
    own = gebieden()
    assert 330 <= sum(len(a.gemeenten) for a in areas) + len(own.gemeenten) <= 355
    assert 3_200 <= sum(len(a.wijken) for a in areas) + len(own.wijken) <= 3_500
    assert 14_000 <= sum(len(b) for a in areas for b in a.buurten.values()) <= 15_000
    pc4 = Counter(pc4.pc4 for a in (*areas, own) for pc4 in a.pc4s)
    assert max(pc4.values()) == 1, "elke PC4 ligt in één regio"
    assert 4_000 <= len(pc4) <= 4_200
    codes = Counter(row["code"] for a in (*areas, own) for row in a.gemeenten)
    assert max(codes.values()) == 1
    regels = list(build_register(regions[7].adressen, SEED, areas[7]))
    pc6 = {regel.postcode for regel in regels}
    assert 17_000 <= len(pc6) <= 20_000
    assert all(postcode.is_valid(code) for code in pc6)
    assert sum(len(regel.nummers) for regel in regels) == regions[7].adressen
    known = {code for own_wijk in areas[7].buurten.values() for code, _ in own_wijk}
    assert {regel.buurt for regel in regels} <= known


def test_nobody_gets_the_work_of_a_country() -> None:
    for region in landregios(plan_of(8_000_000, 1_000_000)):
        yearly = region.casussen * 365 / region.dagen
        assert yearly / (region.teams_per_gemeente * len(region.gemeenten)) < 2 * land.PER_TEAM
        assert yearly / (region.scholen_per_gemeente * len(region.gemeenten)) < 2 * land.PER_SCHOOL


def test_too_few_addresses_for_so_many_casussen_is_refused(db: None) -> None:
    with pytest.raises(DemoGeweigerd, match=r"minstens 40000 adressen"):
        load(adressen=10_000, casussen=60_000, seed=SEED, op=OP, meld=lambda _step: None)


# --- Loaded: a country of two regions --------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def landelijk(django_db_setup: None, django_db_blocker: Any) -> Iterator[Inhoud]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(land, "CASUSSEN_GROOT", 300)
        patch.setattr(land, "EIGEN_CASUSSEN", 100)
        patch.setattr(land, "EIGEN_ADRESSEN", 60_000)
        patch.setattr(land, "REGIOS", 2)
        with demo_region(django_db_blocker, adressen=80_000, casussen=500) as inhoud:
            patch.undo()  # it is loaded: the tests of the plan, in whatever order, are about the country as it is
            yield inhoud


@pytest.mark.slow
@pytest.mark.usefixtures("db")
def test_it_is_as_large_as_it_says(landelijk: Inhoud) -> None:
    assert (landelijk.adressen, landelijk.casussen) == (80_000, 500)
    assert Editie.objects.get(actief=True).adressen == 80_000
    assert Counter(Casus.objects.values_list("regio__naam", flat=True)) == {
        "Zuid-Kennemerland en IJmond": 100,
        "Proefregio 01": 200,
        "Proefregio 02": 200,
    }


@pytest.mark.slow
@pytest.mark.usefixtures("landelijk", "db")
def test_casussen_lie_over_more_than_two_years() -> None:
    days = sorted(Casus.objects.values_list("aangemaakt__date", flat=True))
    assert (OP - days[0]).days > 730
    assert (OP - days[-1]).days < 20


@pytest.mark.slow
@pytest.mark.usefixtures("landelijk", "db")
def test_every_region_keeps_to_itself() -> None:
    elsewhere = [
        casus.nummer
        for casus in Casus.objects.exclude(regio__naam__startswith="Zuid").select_related(
            "wijkteam__gemeente", "vestiging__gemeente"
        )
        if {place.regio_id for place in (casus.wijkteam and casus.wijkteam.gemeente, casus.vestiging.gemeente) if place}
        != {casus.regio_id}
    ]
    assert elsewhere == []


@pytest.mark.slow
@pytest.mark.usefixtures("landelijk", "db")
def test_every_open_casus_has_a_clock() -> None:
    running = Casus.objects.exclude(status__in=[*EINDSTATUSSEN, Status.CONCEPT])
    with_clock = Termijn.objects.filter(gesloten_op__isnull=True, casus__in=running).values("casus").distinct().count()
    assert with_clock == running.count() > 50


@pytest.mark.slow
@pytest.mark.usefixtures("landelijk", "db")
def test_an_address_of_an_invented_region_finds_its_team() -> None:
    region = Regio.objects.get(naam="Proefregio 02")
    team = Wijkteam.objects.filter(gemeente__regio=region).order_by("pk").first()
    assert team is not None
    casus = Casus.objects.filter(wijkteam__gemeente__regio=region, leerling__geheim_adres=False).first()
    assert casus is not None
    assert casus.leerling is not None
    route = route_address(
        postcode=casus.leerling.postcode,
        huisnummer=casus.leerling.huisnummer,
        sector=casus.sector,
        school=casus.vestiging.brin,
        geboortedatum=casus.leerling.geboortedatum,
        peildatum=OP,
    )
    assert route.uitkomst in {Uitkomst.TOEGEWEZEN, Uitkomst.MEERDERE}
    assert Gemeente.objects.filter(regio=region).count() == land.GEMEENTEN
