"""Before 16 and 18 the right people are told, once; before 18 there is a hand-over with owners."""

from datetime import date, datetime, timedelta

import pytest

from casussen.actions.mijlpalen import announce_milestones
from casussen.keuzes import Status
from casussen.models import Casus, Deling, Mijlpaal, Taak, Termijn
from casussen.queries.tijdlijn import tijdlijn
from kern.klok import local_date
from kern.models import Melding
from kern.models.melding import Kanaal
from scholen.vakanties import vakanties_of
from tests.factories.casussen import NU, Wereld


def born(casus: Casus, geboren: date) -> Casus:
    assert casus.leerling is not None
    casus.leerling.geboortedatum = geboren
    casus.leerling.save(update_fields=["geboortedatum"])
    return casus


def told(soort: str) -> set[str]:
    rows = Melding.objects.filter(soort=soort, kanaal=Kanaal.PORTAAL).select_related("ontvanger")
    return {row.ontvanger.naam for row in rows if row.ontvanger}


@pytest.fixture
def bijna_18(wereld: Wereld) -> Casus:
    return born(wereld.casus(Status.IN_BEHANDELING), date(2009, 2, 20))  # 18 on 20 February 2027: eighty days


def test_school_team_and_coordinator_hear_of_18(wereld: Wereld, bijna_18: Casus) -> None:
    assert announce_milestones(now=NU) == 1
    assert told("mijlpaal_18") == {"Zoë Zorg", "Wim Wijkteam", "Cora Coördinator"}
    assert Mijlpaal.objects.get().datum == date(2027, 2, 20)


def test_leerplicht_hears_of_18_only_when_it_is_shared(wereld: Wereld, bijna_18: Casus) -> None:
    Deling.objects.create(
        casus=bijna_18, met="leerplicht", gemeente=wereld.cast.gemeente, gever="jongere", gegeven_op=date(2026, 12, 1),
        doel="Terug naar school.", door=wereld.cast.zoe, op=NU,
    )  # fmt: skip
    announce_milestones(now=NU)
    assert "Lena Leerplicht" in told("mijlpaal_18")


def test_the_hand_over_has_four_lines_each_with_an_owner_and_a_clock(wereld: Wereld, bijna_18: Casus) -> None:
    announce_milestones(now=NU)
    taken = list(Taak.objects.filter(casus=bijna_18))
    assert {t.sleutel for t in taken} == {"doorstroompunt", "wmo", "school", "werk"}
    assert {t.uiterlijk for t in taken} == {date(2027, 2, 19)}  # the birthday is a Saturday
    clocks = Termijn.objects.filter(taak__in=taken, gesloten_op__isnull=True)
    assert [local_date(c.vervalt_op) for c in clocks] == [date(2027, 2, 19)] * 4
    assert {c.eigenaar_user_id for c in clocks} == {wereld.cast.zoe.pk, wereld.cast.wim.pk}


def test_in_a_school_holiday_the_school_is_ready_before_it_and_nobody_after_the_birthday(wereld: Wereld) -> None:
    casus = born(wereld.casus(Status.IN_BEHANDELING), date(2009, 2, 26))
    assert any(p.van <= date(2027, 2, 26) <= p.tot_en_met for p in vakanties_of(casus.vestiging.vakantieregio))
    announce_milestones(now=NU)
    clocks = Termijn.objects.filter(taak__casus=casus, gesloten_op__isnull=True).order_by("pk")
    found = {(c.eigenaar_soort, local_date(c.vervalt_op)) for c in clocks}
    assert found == {("school", date(2027, 2, 19)), ("wijkteam", date(2027, 2, 26))}
    assert "de overdracht van hulp moet nu worden geregeld" in [g.tekst for g in tijdlijn(casus, wereld.kijker("wim"))][-1]


def test_before_receipt_was_confirmed_a_line_of_the_hand_over_can_be_done_too(wereld: Wereld) -> None:
    casus = born(wereld.casus(Status.AANGEMELD), date(2009, 2, 20))
    announce_milestones(now=NU)
    taak = Taak.objects.get(casus=casus, sleutel="school")
    casus.refresh_from_db()
    wereld.do("taak_afronden", casus, "zoe", taak=taak.pk)
    taak.refresh_from_db()
    assert taak.afgerond_op == NU


def test_whoever_was_born_on_any_day_hears_ninety_days_before(wereld: Wereld) -> None:
    for dag in (28, 29, 30, 31):
        born(wereld.casus(Status.ONTVANGEN, leerlingnummer=f"M{dag}"), date(2009, 3, dag))
        night = datetime.combine(date(2027, 3, dag) - timedelta(days=90), NU.timetz())
        assert announce_milestones(now=night - timedelta(days=1)) == 0, dag
        assert announce_milestones(now=night) == 1, dag


def test_it_is_told_once_however_often_the_night_comes(wereld: Wereld, bijna_18: Casus) -> None:
    announce_milestones(now=NU)
    before = Melding.objects.count()
    for night in range(1, 4):
        assert announce_milestones(now=NU + timedelta(days=night)) == 0
    assert Melding.objects.count() == before
    assert Taak.objects.filter(casus=bijna_18).count() == 4


def test_16_asks_for_consent_of_the_pupil_and_makes_no_checklist(wereld: Wereld) -> None:
    born(wereld.casus(Status.ONTVANGEN), date(2011, 1, 15))
    assert announce_milestones(now=NU) == 1
    assert told("mijlpaal_16") == {"Zoë Zorg", "Wim Wijkteam"}
    assert not Taak.objects.exists()


@pytest.mark.parametrize(
    "status", [Status.CONCEPT, Status.TE_ROUTEREN, Status.TERUGGELEGD, Status.AFGESLOTEN, Status.INGETROKKEN]
)
def test_nobody_is_told_while_no_team_has_it(wereld: Wereld, status: Status) -> None:
    casus = wereld.casus(status)
    if casus.leerling is not None:
        born(casus, date(2009, 2, 20))
    assert announce_milestones(now=NU) == 0


def test_the_mail_says_nothing_about_the_pupil(wereld: Wereld, bijna_18: Casus) -> None:
    announce_milestones(now=NU)
    rows = list(Melding.objects.filter(soort="mijlpaal_18"))
    assert rows
    for row in rows:
        assert "Testleerling" not in str(row.gegevens)
        assert "2009" not in str(row.gegevens)


def test_whoever_is_18_already_is_not_told(wereld: Wereld) -> None:
    born(wereld.casus(Status.ONTVANGEN), date(2007, 12, 2))
    assert announce_milestones(now=NU) == 0


def test_somebody_born_on_a_leap_day_is_not_forgotten(wereld: Wereld) -> None:
    born(wereld.casus(Status.ONTVANGEN), date(2008, 2, 29))
    moment = datetime(2026, 3, 1, 7, 0, tzinfo=NU.tzinfo)
    assert announce_milestones(now=moment) == 1
    assert Mijlpaal.objects.get().datum == date(2026, 3, 1)
