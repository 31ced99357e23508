"""After-care: asked on its day, asked once more, and ended by an answer or by opening the casus again."""

from datetime import date, timedelta

import pytest

from casussen.actions.nazorg import ask_aftercare
from casussen.keuzes import Status
from casussen.models import Casus, Nazorg, Termijn
from kern.klok import AMSTERDAM
from kern.models import Melding
from kern.models.melding import Kanaal
from tests.factories.casussen import NU, Wereld

DAG = NU.replace(year=2027, month=3, day=3).astimezone(AMSTERDAM)


@pytest.fixture
def casus(wereld: Wereld) -> Casus:
    return wereld.casus(Status.AFGESLOTEN)


def asked() -> list[str]:
    rows = Melding.objects.filter(soort="nazorg_vraag", kanaal=Kanaal.PORTAAL).order_by("id").select_related("ontvanger")
    return [row.ontvanger.naam for row in rows if row.ontvanger]


def test_nobody_is_asked_before_the_day(casus: Casus) -> None:
    assert ask_aftercare(now=DAG - timedelta(days=1)) == 0
    assert asked() == []


def test_whoever_treated_it_is_asked_on_the_day_and_once(casus: Casus) -> None:
    assert ask_aftercare(now=DAG) == 1
    assert ask_aftercare(now=DAG + timedelta(days=1)) == 0
    assert asked() == ["Wim Wijkteam"]


def test_without_an_answer_the_coordinator_and_the_school_hear_of_it(casus: Casus) -> None:
    ask_aftercare(now=DAG)
    assert ask_aftercare(now=DAG + timedelta(days=7)) == 1
    assert set(asked()[1:]) == {"Wim Wijkteam", "Cora Coördinator", "Zoë Zorg"}
    assert ask_aftercare(now=DAG + timedelta(days=30)) == 0


def test_an_answer_ends_it_and_the_school_hears_that_it_was_done(wereld: Wereld, casus: Casus) -> None:
    ask_aftercare(now=DAG)
    wereld.do("nazorg_vastleggen", casus, "wim", op=DAG, hoe_gaat_het="Het gaat goed op school.")
    assert Nazorg.objects.get(casus=casus).gedaan_op is not None
    assert ask_aftercare(now=DAG + timedelta(days=30)) == 0
    assert Melding.objects.filter(ontvanger=wereld.cast.zoe, soort="casus_verder", aangemaakt__gte=DAG).exists()


def test_a_casus_that_opens_again_is_not_asked_after(wereld: Wereld, casus: Casus) -> None:
    wereld.do("heropenen", casus, "zoe", toelichting="Het gaat toch niet goed.")
    assert not Nazorg.objects.exists()
    assert ask_aftercare(now=DAG) == 0


def test_a_closed_casus_has_no_clock_that_runs(casus: Casus) -> None:
    ask_aftercare(now=DAG)
    assert not Termijn.objects.filter(casus=casus, gesloten_op__isnull=True).exists()
    assert Nazorg.objects.get(casus=casus).datum == date(2027, 3, 3)
