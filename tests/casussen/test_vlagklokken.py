"""What a flag asks of somebody stands where they look: on their day, in the work list of the team, at the top of the casus."""

from datetime import timedelta

import pytest
from django.urls import reverse

from casussen.keuzes import Status
from casussen.models import Casus, Termijn
from casussen.queries import Filters, as_rows, mijn_dag, werkvoorraad
from tests.factories.casussen import NU, Wereld, colleague, second_zc
from tests.factories.toegang import client_of, kijker_of


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NU)


def soorten(termijnen: list[Termijn]) -> list[str]:
    return [termijn.soort for termijn in termijnen]


def unsafe(wereld: Wereld) -> Casus:
    return wereld.do("veiligheid_melden", wereld.casus(Status.ONTVANGEN), "zoe", veiligheid_grond="Meldcode, stap 3.")


def test_safety_is_on_the_day_of_who_treats_it_before_the_step_that_comes_later(wereld: Wereld) -> None:
    unsafe(wereld)
    _, other = colleague(wereld.net.schalkwijk, "Vera Vervanger")
    day = mijn_dag(wereld.kijker("wim"), NU)
    assert soorten(day.klokken) == ["veiligheid"]
    assert day.totalen["later"] == 2
    for kijker in (wereld.zoe, wereld.kijker("ona"), wereld.kijker("rea"), kijker_of(other, NU.date())):
        assert mijn_dag(kijker, NU).klokken == []
    late = NU + timedelta(days=2)
    assert mijn_dag(wereld.kijker("wim", late.date()), late).totalen["te_laat"] == 1
    html = client_of(wereld.cast.wim).get(reverse("mijn-dag")).content.decode()
    assert html.index("De veiligheid bespreken") < html.index("Contact met het gezin")


def test_what_a_pupil_at_home_asks_of_the_school_is_on_the_day_of_the_zorgcoordinator(wereld: Wereld) -> None:
    casus = wereld.casus(Status.ONTVANGEN)
    casus = wereld.do("thuiszitter_melden", casus, "zoe", thuis_sinds="2026-11-09", toelichting="Durft niet.")
    assert soorten(mijn_dag(wereld.zoe, NU).klokken) == ["thuiszitter"]
    zita = second_zc(wereld.net.school)
    assert mijn_dag(kijker_of(zita, NU.date()), NU).klokken == []
    wereld.cast.zoe.aanstellingen.update(tot=NU.date())
    assert soorten(mijn_dag(kijker_of(zita, NU.date()), NU).klokken) == ["thuiszitter"]


def test_feedback_is_on_the_list_when_it_is_nearly_due(wereld: Wereld) -> None:
    casus = wereld.casus(Status.IN_BEHANDELING)
    told = Termijn.objects.get(casus=casus, soort="terugkoppeling", gesloten_op__isnull=True)
    early, near = told.vervalt_op - timedelta(days=8), told.vervalt_op - timedelta(days=6)
    assert soorten(mijn_dag(wereld.kijker("wim", early.date()), early).klokken) == []
    assert soorten(mijn_dag(wereld.kijker("wim", near.date()), near).klokken) == ["terugkoppeling"]


def test_the_work_list_is_in_the_order_of_what_comes_first(wereld: Wereld) -> None:
    first = wereld.casus(Status.ONTVANGEN, leerlingnummer="B1")
    second = unsafe(wereld)
    wim = wereld.kijker("wim")
    rows = as_rows(werkvoorraad(wim, op=NU), op=NU)
    assert [row.casus.pk for row in rows] == [second.pk, first.pk]
    assert rows[0].eerder is not None
    assert (rows[0].eerder.soort, rows[1].eerder) == ("veiligheid", None)
    late = NU + timedelta(days=2)
    assert [row.casus.pk for row in as_rows(werkvoorraad(wim, Filters(te_laat=True), op=late), op=late)] == [second.pk]
    html = client_of(wereld.cast.wim).get(reverse("werkvoorraad")).content.decode()
    assert html.index("de veiligheid bespreken") < html.index(first.nummer)
    assert "veiligheid" in html


@pytest.mark.parametrize(("naam", "sees"), [("wim", True), ("cora", True), ("zoe", False)])
def test_the_casus_says_at_the_top_what_else_is_the_viewers(wereld: Wereld, naam: str, sees: bool) -> None:
    casus = unsafe(wereld)
    html = client_of(getattr(wereld.cast, naam)).get(reverse("casus", args=[casus.nummer])).content.decode()
    assert ("Ook aan u:" in html) is sees
    if sees:
        assert html.index("De veiligheid bespreken") < html.index("Wat er gebeurde")
