"""The aanbodgids of the demo region: something of everything to find, and something wrong to see."""

from collections.abc import Iterator
from typing import Any

import pytest

from casussen.actions.oza import placements_seen
from casussen.models import Onderwijszorg
from kern.kijker import Kijker
from portal.aanbod.dekking import coverage
from portal.aanbod.scholen import schools_of
from tests.factories.demo import OP, demo_region
from tests.factories.toegang import kijker_of
from toegang.models import User
from zorgaanbod.keuzes import Hulpvorm
from zorgaanbod.models import Aanbieder, Arrangement

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("demo", "db")]


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with demo_region(django_db_blocker, adressen=4_000, casussen=400):
        yield


def kijker(sleutel: str) -> Kijker:
    return kijker_of(User.objects.get(email=f"{sleutel}@demo.example"), OP)


def test_there_is_help_of_every_kind_with_old_and_long_waiting_times() -> None:
    offered = Arrangement.objects.offered(OP).with_wachttijd()
    assert Aanbieder.objects.count() == 25
    assert offered.count() == 60
    assert set(offered.values_list("hulpvorm", flat=True)) == set(Hulpvorm.values)
    assert offered.stale(OP).count() >= 8
    assert offered.above_norm().count() >= 8
    assert offered.filter(wachttijden__isnull=True).exists()


def test_there_are_holes_and_every_gemeente_has_something() -> None:
    (school,) = schools_of(kijker("zc"))
    (found,) = coverage(kijker("zc"), [school], OP)
    assert len(found.gemeenten) >= 3
    for n in range(len(found.gemeenten)):
        gaten = sum(rij.cellen[n].gat for rij in found.rijen)
        assert gaten < len(found.rijen)
    assert found.gaten >= len(found.gemeenten)


def test_the_account_of_the_aanbieder_has_something_to_do_and_pupils_to_see() -> None:
    viewer = kijker("aanbieder")
    own = Arrangement.objects.of(viewer).with_wachttijd()
    assert own.stale(OP).exists()
    assert own.above_norm().exists()
    (brug,) = Onderwijszorg.objects.visible_to(viewer)
    assert placements_seen(viewer, brug).count() == 4
    assert placements_seen(kijker("zc"), brug).count() == 4


def test_the_region_has_an_arrangement_that_is_full() -> None:
    seen = Onderwijszorg.objects.in_figures_of(kijker("regio"))
    assert seen.count() == 3
    assert any(one.plaatsingen.on(OP).count() == one.plaatsen for one in seen)
