"""The sweep: every step once, to the right people, whenever it is asked."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from casussen.actions import herinneringen
from casussen.actions.herinneringen import send_due_reminders
from casussen.actions.termijnen import close_termijnen
from casussen.keuzes import Urgentie
from casussen.models import Casus, Herinnering, Termijn
from casussen.ontvangers import Adresboek
from kern.models import Gebeurtenis, Melding
from kern.models.melding import Kanaal
from tests.factories.netwerk import AanspreekpuntFactory, AfwezigheidFactory, ContactpersoonFactory
from tests.termijnen.conftest import NU, VERVALT, Wereld, all_told, at, steps, told
from wijkteams.models import Aanspreekpunt, Wijkteam

pytestmark = pytest.mark.django_db

VOORAF, OP_TIJD, PLUS_1, PLUS_3 = at("2026-12-03"), VERVALT, at("2026-12-07"), at("2026-12-09")


def sweep_to(*moments: Any) -> None:
    for moment in moments:
        send_due_reminders(now=moment)


# --- The ladder ------------------------------------------------------------------------------------------------
def test_the_whole_ladder_of_a_team(wereld: Wereld) -> None:
    termijn = wereld.termijn()
    rungs = [
        (VOORAF, "herinnering_vooraf", ["wim@test.example"]),
        (OP_TIJD, "herinnering_vervallen", ["vera@test.example", "wim@test.example"]),
        (PLUS_1, "herinnering_coordinator", ["cora@test.example"]),
        (PLUS_3, "herinnering_regio", ["rea@test.example"]),
    ]
    for moment, soort, who in rungs:
        assert send_due_reminders(now=moment - timedelta(seconds=1)) == 0
        assert send_due_reminders(now=moment) == 1
        assert told(termijn, soort) == who
    assert told(termijn, "herinnering_verwijzer") == ["zoe@test.example"]
    assert steps(termijn) == [(1, -1), (1, 0), (1, 1), (1, 3)]
    assert Casus.objects.get().geescaleerd


def test_after_that_the_region_hears_it_every_five_working_days(wereld: Wereld) -> None:
    termijn = wereld.termijn()
    sweep_to(PLUS_3)
    for day in ("2026-12-16", "2026-12-23", "2026-12-31"):
        before = len(told(termijn, "herinnering_regio"))
        assert send_due_reminders(now=at(day)) == 1
        assert len(told(termijn, "herinnering_regio")) == before + 1
    assert told(termijn, "herinnering_verwijzer") == ["zoe@test.example"]  # the referrer hears it once


def test_it_does_not_stop_by_itself(wereld: Wereld) -> None:
    termijn = wereld.termijn()
    assert send_due_reminders(now=at("2027-12-02")) > 40
    termijn.refresh_from_db()
    assert termijn.volgende_op is not None
    assert termijn.volgende_op > at("2027-12-02")


def test_the_whole_ladder_of_a_school(wereld: Wereld) -> None:
    termijn = wereld.termijn(eigenaar_soort="school")
    sweep_to(VOORAF)
    assert told(termijn) == ["zoe@test.example"]
    sweep_to(OP_TIJD)
    assert told(termijn, "herinnering_vervallen") == ["zita@test.example", "zoe@test.example"]
    sweep_to(PLUS_1)
    assert told(termijn, "herinnering_coordinator") == ["teun@test.example"]
    sweep_to(PLUS_3)
    assert told(termijn, "herinnering_regio") == ["rea@test.example"]
    assert told(termijn, "herinnering_verwijzer") == []  # the referrer is who should act


def test_the_ladder_of_a_casus_that_waits_for_a_team(wereld: Wereld) -> None:
    termijn = wereld.termijn(casus=wereld.te_routeren(), eigenaar_soort="regio")
    sweep_to(VOORAF, OP_TIJD, PLUS_1, PLUS_3)
    for soort in ("herinnering_vooraf", "herinnering_vervallen", "herinnering_regio"):
        assert told(termijn, soort) == ["rea@test.example"]
    assert told(termijn, "herinnering_coordinator") == ["rea@test.example", "regio@demo.example"]
    assert told(termijn, "herinnering_verwijzer") == ["zoe@test.example"]


def test_everyone_with_an_account_has_it_in_the_portal_too(wereld: Wereld) -> None:
    wereld.termijn()
    sweep_to(PLUS_3)
    in_portal = Melding.objects.filter(kanaal=Kanaal.PORTAAL).values_list("soort", "ontvanger__email")
    assert sorted(in_portal) == all_told()


def test_every_step_is_an_event_of_the_casus_by_the_portal_itself(wereld: Wereld) -> None:
    termijn = wereld.termijn()
    sweep_to(PLUS_3)
    events = Gebeurtenis.objects.filter(soort="herinnering", onderwerp_soort="casus", onderwerp_id=termijn.casus_id)
    assert [event.gegevens["stap"] for event in events.order_by("id")] == [-1, 0, 1, 3]
    assert {(event.door, event.door_rol) for event in events} == {(None, "systeem")}
    assert all(melding.gebeurtenis_id for melding in Melding.objects.all())


# --- Whenever it is asked --------------------------------------------------------------------------------------
def test_a_beat_that_was_away_for_three_days_is_caught_up_and_each_step_made_once(wereld: Wereld) -> None:
    termijn = wereld.termijn()
    sweep_to(VOORAF)
    assert send_due_reminders(now=at("2026-12-07", "12:00")) == 2
    assert steps(termijn) == [(1, -1), (1, 0), (1, 1)]
    assert all_told() == [
        ("herinnering_coordinator", "cora@test.example"),
        ("herinnering_vervallen", "vera@test.example"),
        ("herinnering_vervallen", "wim@test.example"),
        ("herinnering_vooraf", "wim@test.example"),
    ]


def test_a_double_beat_finds_nothing(wereld: Wereld) -> None:
    wereld.termijn()
    assert send_due_reminders(now=PLUS_3) == 4
    before = Melding.objects.count()
    assert send_due_reminders(now=PLUS_3) == 0
    assert Melding.objects.count() == before


def test_a_step_that_is_in_the_ledger_is_not_made_again(wereld: Wereld) -> None:
    """Whatever put the clock back: the ledger decides."""
    termijn = wereld.termijn()
    sweep_to(OP_TIJD)
    before = Melding.objects.count()
    Termijn.objects.filter(pk=termijn.pk).update(volgende_stap=-1, volgende_op=VOORAF)
    assert send_due_reminders(now=OP_TIJD) == 0
    assert Melding.objects.count() == before


def test_the_ledger_refuses_a_second_one(wereld: Wereld) -> None:
    termijn = wereld.termijn()
    sweep_to(VOORAF)
    with pytest.raises(IntegrityError, match="herinnering_eenmaal"), transaction.atomic():
        Herinnering.objects.create(termijn=termijn, stand=1, stap=-1, verschuldigd_op=NU, gemaakt_op=NU)


def test_a_limit_is_kept(wereld: Wereld) -> None:
    for _ in range(5):
        wereld.termijn()
    assert send_due_reminders(now=VOORAF, limit=2) == 2
    assert send_due_reminders(now=VOORAF, limit=10) == 3


def test_a_sweep_goes_on_until_nothing_is_due(wereld: Wereld, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(herinneringen, "BATCH", 2)
    for _ in range(5):
        wereld.termijn()
    assert send_due_reminders(now=VOORAF) == 5


def test_many_take_as_many_queries_as_one(wereld: Wereld, django_assert_max_num_queries: Any) -> None:
    for size in (1, 25):
        for _ in range(size):
            wereld.termijn()
            wereld.termijn(eigenaar_soort="school")
            wereld.termijn(casus=wereld.te_routeren(), eigenaar_soort="regio")
        with django_assert_max_num_queries(32):
            assert send_due_reminders(now=PLUS_3) == 3 * 4 * size
        Termijn.objects.all().delete()


def test_a_broken_one_stops_no_other(wereld: Wereld, monkeypatch: pytest.MonkeyPatch) -> None:
    before, broken, after = (wereld.termijn() for _ in range(3))
    load = Adresboek.load

    def breaks(beurten: Any, op: date) -> Any:
        if broken.pk in {beurt.termijn_id for beurt in beurten}:
            raise RuntimeError
        return load(beurten, op)

    monkeypatch.setattr(Adresboek, "load", breaks)
    assert send_due_reminders(now=VOORAF) == 2
    assert (steps(before), steps(broken), steps(after)) == ([(1, -1)], [], [(1, -1)])
    monkeypatch.undo()
    assert send_due_reminders(now=VOORAF) == 1


def test_a_casus_that_was_answered_reminds_nobody(wereld: Wereld) -> None:
    casus = wereld.casus()
    wereld.termijn(casus=casus)
    close_termijnen(casus=casus, soorten=None, om="gehaald", op=NU)
    assert send_due_reminders(now=PLUS_3) == 0
    assert not Melding.objects.exists()


def test_the_region_chooses_its_days_off(wereld: Wereld) -> None:
    regio = wereld.cast.regio
    regio.goede_vrijdag_vrij = True
    regio.save()
    termijn = wereld.termijn(op=at("2026-03-30"), vervalt_op=at("2026-04-07", "17:00"))  # the Tuesday after Easter
    assert termijn.volgende_op == at("2026-04-02")  # Thursday: neither Goede Vrijdag nor Easter Monday counts


# --- To whom ---------------------------------------------------------------------------------------------------
def away(wereld: Wereld, **velden: Any) -> None:
    AfwezigheidFactory.create(contactpersoon=wereld.wim, van=date(2026, 12, 1), tot_en_met=date(2026, 12, 31), **velden)


def test_who_is_away_is_stood_in_for(wereld: Wereld) -> None:
    away(wereld)
    termijn = wereld.termijn()
    sweep_to(VOORAF)
    assert told(termijn) == ["vera@test.example"]
    sweep_to(OP_TIJD)
    assert told(termijn, "herinnering_vervallen") == ["vera@test.example", "wim@test.example"]


def test_a_deputy_named_for_these_days_goes_first(wereld: Wereld) -> None:
    bo = ContactpersoonFactory.create(wijkteam=wereld.cast.team_a, email="bo@test.example")
    away(wereld, vervanger=bo)
    termijn = wereld.termijn()
    sweep_to(VOORAF)
    assert told(termijn) == ["bo@test.example"]


def test_the_deputy_for_this_school_goes_before_that_of_the_team(wereld: Wereld) -> None:
    bo = ContactpersoonFactory.create(wijkteam=wereld.cast.team_a, email="bo@test.example")
    AanspreekpuntFactory.create(
        wijkteam=wereld.cast.team_a, contactpersoon=wereld.wim, school=wereld.cast.school_a, vervanger=bo, van=date(2020, 1, 1)
    )
    away(wereld)
    termijn = wereld.termijn()
    sweep_to(VOORAF)
    assert told(termijn) == ["bo@test.example"]


def test_with_owner_and_deputy_both_away_the_mailbox_hears_it(wereld: Wereld) -> None:
    away(wereld)
    AfwezigheidFactory.create(contactpersoon=wereld.vera, van=date(2026, 12, 1), tot_en_met=date(2026, 12, 31))
    termijn = wereld.termijn()
    sweep_to(VOORAF)
    assert told(termijn) == [wereld.cast.team_a.email]


def test_away_on_another_day_is_not_away(wereld: Wereld) -> None:
    AfwezigheidFactory.create(contactpersoon=wereld.wim, van=date(2026, 12, 4), tot_en_met=date(2026, 12, 31))
    termijn = wereld.termijn()
    sweep_to(VOORAF)
    assert told(termijn) == ["wim@test.example"]


def test_who_left_is_replaced_by_mailbox_and_coordinator(wereld: Wereld) -> None:
    wereld.wim.in_dienst_tot = date(2026, 12, 3)
    wereld.wim.save()
    termijn = wereld.termijn()
    sweep_to(VOORAF)
    assert told(termijn) == sorted(["cora@test.example", wereld.cast.team_a.email])


def test_who_works_for_another_team_now_has_left(wereld: Wereld) -> None:
    termijn = wereld.termijn()
    wereld.wim.wijkteam = wereld.cast.team_b
    wereld.wim.save()
    sweep_to(VOORAF)
    assert told(termijn) == sorted(["cora@test.example", wereld.cast.team_a.email])


def test_who_has_no_account_gets_a_mail(wereld: Wereld) -> None:
    extern = ContactpersoonFactory.create(wijkteam=wereld.cast.team_a, email="extern@test.example")
    termijn = wereld.termijn(eigenaar_contactpersoon=extern)
    sweep_to(VOORAF)
    assert told(termijn) == ["extern@test.example"]
    assert not Melding.objects.filter(kanaal=Kanaal.PORTAAL).exists()


def test_whose_account_was_closed_gets_a_mail_at_the_team_address(wereld: Wereld) -> None:
    wereld.wim.email = "wim.wijkteam@test.example"
    wereld.wim.save()
    wereld.cast.wim.is_active = False
    wereld.cast.wim.save()
    termijn = wereld.termijn()
    sweep_to(VOORAF)
    assert told(termijn) == ["wim.wijkteam@test.example"]


def test_a_team_without_anybody_reaches_up_the_ladder(wereld: Wereld) -> None:
    Aanspreekpunt.objects.all().delete()
    wereld.cast.cora.aanstellingen.all().delete()
    Wijkteam.objects.update(email="")
    termijn = wereld.termijn(casus=wereld.casus(aanspreekpunt=None))
    sweep_to(VOORAF, OP_TIJD, PLUS_1)
    assert told(termijn) == ["rea@test.example"] * 3


def test_a_region_without_a_coordinator_is_reached_by_mail(wereld: Wereld) -> None:
    wereld.cast.rea.aanstellingen.all().delete()
    termijn = wereld.termijn()
    sweep_to(PLUS_3)
    assert told(termijn, "herinnering_regio") == ["regio@demo.example"]


def test_a_zorgcoordinator_who_left_the_school_is_replaced_by_colleagues(wereld: Wereld) -> None:
    wereld.cast.zoe.aanstellingen.update(tot=date(2026, 12, 1))
    of_school, of_team = wereld.termijn(eigenaar_soort="school"), wereld.termijn()
    sweep_to(VOORAF)
    assert told(of_school) == ["zita@test.example"]
    sweep_to(PLUS_3)
    assert told(of_team, "herinnering_verwijzer") == ["zita@test.example"]


def test_an_appointment_that_ended_reminds_nobody(wereld: Wereld) -> None:
    wereld.cast.cora.aanstellingen.update(tot=date(2026, 12, 7))
    termijn = wereld.termijn()
    sweep_to(PLUS_1)
    assert told(termijn, "herinnering_coordinator") == [wereld.cast.team_a.email]


def test_in_a_school_holiday_what_cannot_wait_goes_to_the_colleagues_too(wereld: Wereld) -> None:
    urgent = wereld.termijn(
        casus=wereld.casus(urgentie=Urgentie.SPOED),
        eigenaar_soort="school",
        op=at("2026-07-02"),
        vervalt_op=at("2026-07-08", "17:00"),
    )
    sweep_to(at("2026-07-07"))
    assert told(urgent) == ["zita@test.example", "zoe@test.example"]


def test_nobody_outside_hears_anything(wereld: Wereld) -> None:
    for soort in ("wijkteam", "school", "regio"):
        casus = wereld.te_routeren() if soort == "regio" else wereld.casus()
        wereld.termijn(casus=casus, eigenaar_soort=soort)
    sweep_to(at("2027-03-01"))
    outsiders = {
        user.email for user in (wereld.cast.otto, wereld.cast.ona, wereld.cast.rik, wereld.cast.gerda, wereld.cast.fenna)
    }
    assert outsiders.isdisjoint({adres for _, adres in all_told()})
