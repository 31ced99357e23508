"""The pages of a draft: what is said before it is asked."""

from datetime import date

import pytest
import time_machine

from casussen.actions import save_concept
from tests.factories.casussen import NU, Wereld, make_wereld
from tests.factories.toegang import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture(name="wereld")
def _wereld() -> Wereld:
    with time_machine.travel(NU):
        return make_wereld()


@pytest.mark.parametrize(
    ("jaren", "wie"),
    [(11, "ouders of verzorgers geven toestemming"), (14, "14 jaar: ouders en leerling"), (16, "geeft zelf toestemming")],
)
def test_the_page_says_whose_consent_this_pupil_needs(wereld, jaren, wie):
    geboren = date(NU.year - jaren, 1, 1).isoformat()
    with time_machine.travel(NU):
        casus = save_concept(by=wereld.zoe, op=NU, gegevens={"geboortedatum": geboren}).casus
        page = client_of(wereld.cast.zoe).get(f"/casussen/{casus.nummer}/aanmelden/toestemming").content.decode()
    assert wie in page


@pytest.mark.parametrize("geboren", ["", "2999-01-01", "gisteren"])
def test_without_a_date_of_birth_it_says_nothing_about_age(wereld, geboren):
    with time_machine.travel(NU):
        casus = save_concept(by=wereld.zoe, op=NU, gegevens={"geboortedatum": geboren}).casus
        answer = client_of(wereld.cast.zoe).get(f"/casussen/{casus.nummer}/aanmelden/toestemming")
    assert answer.status_code == 200
    assert "De leerling is" not in answer.content.decode()
