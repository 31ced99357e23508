"""Two people and one place, with real threads and real transactions."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from casussen.actions.oza import edit_onderwijszorg
from casussen.models import Ozabesluit, Ozaplaatsing
from tests.factories.casussen import NU
from tests.factories.tegelijk import together
from tests.onderwijszorg.conftest import GEGEVENS, Brug, make_brug

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def brug(time_machine: Any) -> Brug:
    time_machine.move_to(NU)
    return make_brug()


def test_six_pupils_and_two_places(brug: Brug) -> None:
    casussen = [brug.casus(f"A{n}") for n in range(6)]
    found = together(*(lambda casus=casus: brug.plaats(casus) for casus in casussen))
    placed = [answer for answer in found if isinstance(answer, Ozaplaatsing)]
    refused = [answer for answer in found if isinstance(answer, ValidationError)]
    assert (len(placed), len(refused)) == (2, 4)
    assert all("Alle 2 plaatsen" in str(problem) for problem in refused)
    assert Ozaplaatsing.objects.count() == Ozabesluit.objects.count() == 2


def test_a_place_is_taken_away_while_it_is_given(brug: Brug) -> None:
    brug.plaats(brug.casus("A1"))
    casus = brug.casus("A2")
    smaller = {**GEGEVENS, "plaatsen": 1}
    found = together(
        lambda: brug.plaats(casus),
        lambda: edit_onderwijszorg(arrangement=brug.arrangement, gegevens=smaller, by=brug.wereld.zoe, op=NU),
    )
    assert sum(isinstance(answer, ValidationError) for answer in found) == 1
    brug.arrangement.refresh_from_db()
    assert Ozaplaatsing.objects.count() <= brug.arrangement.plaatsen


def test_one_pupil_is_placed_once(brug: Brug) -> None:
    casus = brug.casus()
    found = together(lambda: brug.plaats(casus), lambda: brug.plaats(casus))
    assert sum(isinstance(answer, Ozaplaatsing) for answer in found) == 1
    assert sum(isinstance(answer, ValidationError) for answer in found) == 1
