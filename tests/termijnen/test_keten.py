"""The chain as a whole: real steps of the workflow, and the reminders that follow when nobody takes the next one."""

import pytest

from casussen.actions.herinneringen import send_due_reminders
from casussen.keuzes import Status
from casussen.models import Casus, Termijn
from kern.models import Melding
from kern.models.melding import Kanaal, MeldingStatus
from tests.factories.casussen import INTREKKEN, NU, STARTEN, Wereld, make_wereld
from tests.termijnen.conftest import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def wereld(db: None) -> Wereld:
    return make_wereld()


def reminded() -> list[tuple[str, str]]:
    """(soort, address) of every reminder by mail that was not taken back."""
    mails = Melding.objects.filter(kanaal=Kanaal.MAIL, soort__startswith="herinnering").exclude(status=MeldingStatus.VERVALLEN)
    return sorted(mails.values_list("soort", "adres"))


def open_clocks(casus: Casus) -> dict[str, str]:
    """soort → the Dutch day and time it is due."""
    clocks = Termijn.objects.filter(casus=casus, gesloten_op__isnull=True)
    return {clock.soort: f"{clock.vervalt_op.astimezone(NU.tzinfo):%Y-%m-%dT%H:%M}" for clock in clocks}


def test_a_casus_nobody_answers_climbs_the_ladder(wereld: Wereld) -> None:
    casus = wereld.casus(Status.AANGEMELD)
    assert open_clocks(casus) == {"ontvangen": "2026-12-04T17:00"}
    for moment in (at("2026-12-03"), at("2026-12-04", "17:00"), at("2026-12-07"), at("2026-12-09")):
        send_due_reminders(now=moment)
    assert reminded() == [
        ("herinnering_coordinator", "cora@test.example"),
        ("herinnering_regio", "rea@test.example"),
        ("herinnering_vervallen", "wim@test.example"),
        ("herinnering_verwijzer", "zoe@test.example"),
        ("herinnering_vooraf", "wim@test.example"),
    ]
    assert Casus.objects.get(pk=casus.pk).geescaleerd


def test_an_answer_stops_the_clock_and_starts_the_next(wereld: Wereld) -> None:
    casus = wereld.casus(Status.AANGEMELD)
    send_due_reminders(now=at("2026-12-09"))
    casus = wereld.do("ontvangen", casus, "wim", op=at("2026-12-09", "10:00"), behandelaar=wereld.wim.pk)
    assert open_clocks(casus) == {"in_behandeling": "2026-12-09T17:00", "terugkoppeling": "2027-01-20T17:00"}
    assert not casus.geescaleerd
    assert Termijn.objects.get(soort="ontvangen").gesloten_om == "te laat gehaald"
    assert reminded() == []  # the mails still waited; they would say what is no longer so
    send_due_reminders(now=at("2026-12-09", "17:00"))
    assert reminded() == [("herinnering_vervallen", "wim@test.example")]


def test_on_time_all_the_way_nobody_is_reminded(wereld: Wereld) -> None:
    casus = wereld.casus(Status.AANGEMELD)
    casus = wereld.do("ontvangen", casus, "wim", op=at("2026-12-02", "11:00"), behandelaar=wereld.wim.pk)
    casus = wereld.do("starten", casus, "wim", op=at("2026-12-02", "12:00"), **STARTEN)
    assert open_clocks(casus) == {"mdo_gepland": "2026-12-16T17:00", "terugkoppeling": "2027-01-13T17:00"}
    assert send_due_reminders(now=at("2026-12-15", "08:59")) == 0


def test_a_question_is_the_schools_clock_beside_that_of_the_team(wereld: Wereld) -> None:
    casus = wereld.casus(Status.AANVULLING_GEVRAAGD)
    assert open_clocks(casus) == {
        "in_behandeling": "2026-12-09T17:00",
        "aanvulling_gevraagd": "2026-12-07T17:00",
        "terugkoppeling": "2027-01-13T17:00",
    }
    send_due_reminders(now=at("2026-12-07", "17:00"))
    assert reminded() == [("herinnering_vervallen", "zoe@test.example"), ("herinnering_vooraf", "zoe@test.example")]


def test_a_casus_without_a_team_is_the_regions_clock(wereld: Wereld) -> None:
    casus = wereld.casus(Status.TE_ROUTEREN)
    assert open_clocks(casus) == {"te_routeren": "2026-12-03T17:00"}
    send_due_reminders(now=at("2026-12-03", "17:00"))
    assert reminded() == [("herinnering_vervallen", "rea@test.example")]


def test_after_withdrawal_it_is_quiet(wereld: Wereld) -> None:
    casus = wereld.casus(Status.AANGEMELD)
    send_due_reminders(now=at("2026-12-04", "17:00"))
    casus = wereld.do("intrekken", casus, "zoe", op=at("2026-12-04", "17:01"), **INTREKKEN)
    assert open_clocks(casus) == {}
    assert send_due_reminders(now=at("2027-12-04")) == 0
    assert reminded() == []
