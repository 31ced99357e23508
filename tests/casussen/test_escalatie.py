"""What school or team asks of the regiocoördinator reaches them: in the mail, on my day, on the page, in the API."""

from datetime import timedelta

import pytest
from django.urls import reverse

from casussen.keuzes import Status
from casussen.models import Casus, Termijn
from casussen.queries import mijn_dag
from kern.models import Melding
from tests.factories.casussen import COMPLEET, NU, Wereld
from tests.factories.toegang import client_of

VRAAG = "Het team reageert al weken niet op ons."


def escalated(wereld: Wereld, status: Status = Status.ONTVANGEN) -> Casus:
    return wereld.do("escaleren", wereld.casus(status), "zoe", toelichting=VRAAG)


def page(wereld: Wereld, url: str, *args: str, naam: str = "rea") -> str:
    return client_of(getattr(wereld.cast, naam)).get(reverse(url, args=args)).content.decode()


def test_the_mail_leads_to_the_casus_and_that_of_a_route_to_the_list(wereld: Wereld) -> None:
    casus = escalated(wereld)
    told = Melding.objects.filter(soort="casus_hulp_nodig", ontvanger=wereld.cast.rea)
    assert set(told.values_list("gegevens__pad", flat=True)) == {f"/casussen/{casus.nummer}"}
    waiting = wereld.casus(Status.TE_ROUTEREN, leerlingnummer="B2")
    routed = Melding.objects.filter(soort="casus_te_routeren", onderwerp_id=waiting.pk)
    assert set(routed.values_list("gegevens__pad", flat=True)) == {"/te-routeren"}


def test_the_region_reads_what_was_written_to_it_and_by_when_and_no_more(wereld: Wereld) -> None:
    html = page(wereld, "casus", escalated(wereld).nummer)
    for said in ("geëscaleerd", VRAAG, "oördinator vroeg op", "standaard twee werkdagen"):
        assert said in html
    for kept in (COMPLEET["achternaam"], COMPLEET["hulpvraag"], COMPLEET["krachten"]):
        assert kept not in html


def test_what_was_handled_is_not_shown_any_more(wereld: Wereld) -> None:
    casus = wereld.do("escalatie_afhandelen", escalated(wereld), "rea", toelichting="Besproken.")
    html = page(wereld, "casus", casus.nummer)
    assert VRAAG not in html
    assert "Uw hulp is gevraagd" not in html


def test_what_the_ladder_brought_has_no_words(wereld: Wereld) -> None:
    casus = wereld.casus(Status.ONTVANGEN)
    Casus.objects.filter(pk=casus.pk).update(geescaleerd=True)
    html = page(wereld, "casus", casus.nummer)
    assert "Hier loopt het vast" in html
    assert "Uw hulp is gevraagd" not in html


def test_my_day_has_it_as_a_task_with_its_clock_and_a_link(wereld: Wereld) -> None:
    casus = escalated(wereld)
    day = mijn_dag(wereld.kijker("rea"), NU)
    assert [row.nummer for row in day.hulpvragen] == [casus.nummer]
    assert day.vastgelopen == []
    html = page(wereld, "mijn-dag")
    assert "Helpen waar het vastloopt" in html
    assert f'href="/casussen/{casus.nummer}"' in html
    assert "Hierna <span" in html
    assert "Helpen waar het vastloopt" not in page(wereld, "mijn-dag", naam="zoe")


def test_the_api_gives_the_region_the_words_and_nobody_else(wereld: Wereld) -> None:
    casus = escalated(wereld)
    url = f"/api/v1/casussen/{casus.nummer}"
    asked = client_of(wereld.cast.rea).get(url).json()["escalatie"]
    assert asked["tekst"] == VRAAG
    assert asked["uiterlijk"]
    assert client_of(wereld.cast.zoe).get(url).json()["escalatie"] is None


def test_the_day_of_the_region_is_in_one_order_of_the_clock(wereld: Wereld, monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits for a team and what was asked, each where its own clock stands."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NU)
    casus = escalated(wereld)
    waiting = [wereld.casus(Status.TE_ROUTEREN, leerlingnummer=f"R{number}") for number in range(3)]
    for days, one in zip((-5, 0, 9), waiting, strict=True):
        due = NU.replace(hour=23) + timedelta(days=days)
        Termijn.objects.filter(casus=one, soort="te_routeren").update(begint_op=NU - timedelta(days=30), vervalt_op=due)
    response = client_of(wereld.cast.rea).get(reverse("mijn-dag"))
    groups = {groep["kop"]: [rij["nummer"] for rij in groep["rijen"]] for groep in response.context["groepen"]}
    late, now, later = (one.nummer for one in waiting)
    assert (groups["Te laat"], groups["Vandaag"], groups["Hierna"]) == ([late], [now], [casus.nummer, later])
    totals = {groep["kop"]: groep["totaal"] for groep in response.context["groepen"]}
    assert (totals["Te laat"], totals["Vandaag"], totals["Hierna"]) == (1, 1, 2)
    assert response.context["samenvatting"] == "2 taken voor vandaag."
