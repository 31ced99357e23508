"""The demo region has pupils at home, some of them shared, and hours that reached a signal."""

from collections.abc import Iterator
from typing import Any

import pytest

from casussen.models import Casus, Deling
from casussen.queries.verzuim import thuiszitters_of
from kern.models import Melding
from portal.demo.accounts import SCHOOL
from scholen.models import Verzuim, Verzuimsignaal
from tests.factories.demo import OP, demo_region
from toegang.kijkers import kijker_for_user
from toegang.models import User

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("demo", "db")]


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    with demo_region(django_db_blocker, adressen=20_000, casussen=1_500) as inhoud:
        yield inhoud


def test_the_zorgcoordinator_has_thuiszitters_with_and_without_a_casus_and_signals_to_report():
    zc = kijker_for_user(User.objects.get(email="zc@demo.example"), OP)
    rows = [row for row in thuiszitters_of(zc, OP) if row.gezien]
    assert {row.casus is None for row in rows} == {True, False}
    own = Verzuimsignaal.objects.living().filter(leerling__vestiging__school__brin=SCHOOL, gemeld_bij_leerplicht_op__isnull=True)
    assert {signaal.soort for signaal in own} == {"uren", "weken"}


def test_some_are_shared_with_leerplicht_and_the_samenwerkingsverband():
    verband = kijker_for_user(User.objects.get(email="verband@demo.example"), OP)
    assert any(row.gezien for row in thuiszitters_of(verband, OP))
    assert Deling.objects.filter(met="leerplicht", gemeente__code="GM0392").count() >= 2
    assert all(
        deling.door_id == deling.casus.aangevraagd_door_id
        for deling in Deling.objects.exclude(met="aanbieder").select_related("casus")
    )


def test_every_pupil_at_home_with_a_casus_is_flagged_there():
    at_home = Verzuim.objects.filter(uren__isnull=True, leerling__casussen__isnull=False).values("leerling_id")
    assert at_home.count() >= 8
    assert not Casus.objects.filter(leerling_id__in=at_home, thuiszitter=False).exists()


def test_starting_the_worker_sends_no_flood():
    assert not Melding.objects.filter(soort="verzuim_signaal", status="wacht").exists()
