"""The consulten of the demo region: every state there is, nobody in them, and nothing left for the worker to send."""

from collections.abc import Iterator
from typing import Any

import pytest

from casussen.keuzes import ConsultStatus
from casussen.models import Consult, ConsultBericht
from casussen.privacy import check
from kern.models import Melding
from portal.demo.consulten import GESPREKKEN
from portal.demo.laden import Inhoud
from tests.factories.demo import demo_region

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("demo", "db")]


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[Inhoud]:
    with demo_region(django_db_blocker, adressen=4_000, casussen=120) as inhoud:
        yield inhoud


def test_there_is_one_in_every_state() -> None:
    assert Consult.objects.count() == len(GESPREKKEN)
    assert set(Consult.objects.values_list("status", flat=True)) == set(ConsultStatus.values)
    assert Consult.objects.filter(wijkteam=None).exists()
    assert Consult.objects.filter(status="open", volgende_stap__gt=3).exists()  # one that has come up the ladder


def test_nobody_is_in_them() -> None:
    texts = [*Consult.objects.values_list("vraag", flat=True), *Consult.objects.values_list("wat_al_gedaan", flat=True)]
    texts += ConsultBericht.objects.values_list("tekst", flat=True)
    assert [check(text) for text in texts if check(text)] == []


def test_nothing_of_it_is_waiting_to_be_sent() -> None:
    told = Melding.objects.filter(onderwerp_soort="consult")
    assert told.exists()
    assert not told.filter(status__in=["wacht", "geclaimd"]).exists()
