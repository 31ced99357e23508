"""What the finder says of the day, under the question it is for."""

from datetime import timedelta

import pytest
import time_machine

from casussen.keuzes import Status
from tests.factories.casussen import NU, make_wereld
from tests.factories.toegang import client_of

pytestmark = pytest.mark.django_db


def test_a_zorgcoordinator_sees_what_is_late_and_what_is_for_today() -> None:
    wereld = make_wereld()
    with time_machine.travel(NU, tick=False):
        assert "Vandaag hoeft er niets." in client_of(wereld.cast.zoe).get("/aanspreekpunt").content.decode()
        wereld.casus(Status.AANVULLING_GEVRAAGD)
    with time_machine.travel(NU + timedelta(days=30), tick=False):
        html = client_of(wereld.cast.zoe).get("/aanspreekpunt").content.decode()
    assert "1 te laat" in html
    assert 'href="/mijn-dag"' in html


def test_an_answer_is_not_burdened_with_it() -> None:
    wereld = make_wereld()
    html = client_of(wereld.cast.zoe).post("/aanspreekpunt", {"postcode": "2037RB", "huisnummer": "12"}).content.decode()
    assert "ap-vandaag" not in html
    assert "ap-vandaag" not in client_of(wereld.cast.wim).get("/aanspreekpunt").content.decode()
