"""Clocks: opened, moved, given to somebody else, and stopped with a reason."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from casussen.actions.herinneringen import send_due_reminders
from casussen.actions.termijnen import TermijnGesloten, assign_termijnen, close_termijnen, move_termijn
from casussen.keuzes import Urgentie
from casussen.models import Casus, Herinnering, Termijn
from kern.kijker import systeem
from kern.models import Gebeurtenis, Melding
from kern.models.melding import Kanaal, MeldingStatus
from tests.factories.netwerk import ContactpersoonFactory
from tests.factories.toegang import kijker_of
from tests.termijnen.conftest import NU, VERVALT, Wereld, at, steps, told

pytestmark = pytest.mark.django_db


def test_a_new_clock_of_the_team_belongs_to_the_aanspreekpunt(wereld: Wereld) -> None:
    termijn = wereld.termijn()
    assert (termijn.eigenaar_wijkteam, termijn.eigenaar_contactpersoon) == (wereld.cast.team_a, wereld.wim)
    assert termijn.eigenaar_user == wereld.cast.wim
    assert (termijn.volgende_stap, termijn.volgende_op) == (-1, at("2026-12-03"))


def test_it_belongs_to_the_behandelaar_when_there_is_one(wereld: Wereld) -> None:
    casus = wereld.casus(behandelaar=wereld.vera)
    assert wereld.termijn(casus=casus).eigenaar_contactpersoon == wereld.vera


def test_a_clock_of_the_school_belongs_to_who_asked(wereld: Wereld) -> None:
    termijn = wereld.termijn(eigenaar_soort="school")
    assert (termijn.eigenaar_user, termijn.eigenaar_wijkteam) == (wereld.cast.zoe, None)


def test_a_clock_of_the_region_belongs_to_its_coordinators_together(wereld: Wereld) -> None:
    termijn = wereld.termijn(casus=wereld.te_routeren(), eigenaar_soort="regio")
    assert (termijn.eigenaar_user, termijn.eigenaar_wijkteam, termijn.eigenaar_contactpersoon) == (None, None, None)


def test_one_kind_of_clock_runs_once(wereld: Wereld) -> None:
    casus = wereld.casus()
    wereld.termijn(casus=casus)
    with pytest.raises(IntegrityError, match="termijn_een_open_per_soort"), transaction.atomic():
        wereld.termijn(casus=casus)


@pytest.mark.parametrize(("op", "om"), [(VERVALT, "gehaald"), (VERVALT + timedelta(seconds=1), "te laat gehaald")])
def test_a_clock_that_stops_says_whether_it_was_on_time(wereld: Wereld, op: object, om: str) -> None:
    casus = wereld.casus()
    wereld.termijn(casus=casus)
    assert close_termijnen(casus=casus, soorten=["ontvangen"], om="gehaald", op=op) == 1  # type: ignore[arg-type]
    termijn = Termijn.objects.get()
    assert (termijn.gesloten_op, termijn.gesloten_om, termijn.volgende_op) == (op, om, None)


def test_it_stops_only_what_was_asked(wereld: Wereld) -> None:
    casus = wereld.casus()
    for soort in ("ontvangen", "in_behandeling", "mdo_gepland"):
        wereld.termijn(casus=casus, soort=soort)
    other = wereld.termijn()
    assert close_termijnen(casus=casus, soorten=["ontvangen"], om="vervallen", op=NU) == 1
    assert close_termijnen(casus=casus, soorten=None, om="ingetrokken", op=NU) == 2
    assert list(Termijn.objects.filter(gesloten_op__isnull=True)) == [other]
    assert close_termijnen(casus=casus, soorten=None, om="ingetrokken", op=NU) == 0


def test_a_clock_does_not_stop_without_a_reason(wereld: Wereld) -> None:
    with pytest.raises(ValueError, match="reden"):
        close_termijnen(casus=wereld.casus(), soorten=None, om="", op=NU)


def test_a_stopped_clock_can_never_remind(wereld: Wereld) -> None:
    casus = wereld.casus()
    termijn = wereld.termijn(casus=casus)
    close_termijnen(casus=casus, soorten=None, om="gehaald", op=NU)
    for field in ({"volgende_op": NU}, {"gesloten_om": ""}):
        with pytest.raises(IntegrityError, match="termijn_gesloten_herinnert_niet"), transaction.atomic():
            Termijn.objects.filter(pk=termijn.pk).update(**field)
    assert send_due_reminders(now=NU + timedelta(days=60)) == 0


def test_stopping_takes_back_the_mail_that_is_still_on_its_way(wereld: Wereld) -> None:
    casus = wereld.casus()
    termijn = wereld.termijn(casus=casus)
    send_due_reminders(now=at("2026-12-03"))
    assert told(termijn) == ["wim@test.example"]
    close_termijnen(casus=casus, soorten=None, om="gehaald", op=at("2026-12-03", "09:05"))
    assert Melding.objects.get(kanaal=Kanaal.MAIL).status == MeldingStatus.VERVALLEN
    assert Melding.objects.get(kanaal=Kanaal.PORTAAL).status == MeldingStatus.VERZONDEN  # what was said then


def test_moving_arms_the_ladder_again(wereld: Wereld) -> None:
    termijn = wereld.termijn()
    send_due_reminders(now=at("2026-12-07"))
    assert steps(termijn) == [(1, -1), (1, 0), (1, 1)]
    moved = move_termijn(
        termijn=termijn, vervalt_op=at("2026-12-11", "17:00"), by=kijker_of(wereld.cast.cora), op=at("2026-12-07")
    )
    assert (moved.stand, moved.volgende_stap, moved.volgende_op) == (2, -1, at("2026-12-10"))
    assert send_due_reminders(now=at("2026-12-09")) == 0
    assert send_due_reminders(now=at("2026-12-11", "17:00")) == 2
    assert steps(termijn)[3:] == [(2, -1), (2, 0)]
    event = Gebeurtenis.objects.get(soort="termijn_verplaatst")
    assert event.door == wereld.cast.cora
    assert event.gegevens["naar"].startswith("2026-12-11T17:00")


def test_what_still_waited_of_the_old_deadline_is_taken_back(wereld: Wereld) -> None:
    termijn = wereld.termijn()
    send_due_reminders(now=at("2026-12-03"))
    move_termijn(termijn=termijn, vervalt_op=at("2026-12-11", "17:00"), by=systeem(NU.date()), op=at("2026-12-03", "09:01"))
    assert not Melding.objects.filter(status=MeldingStatus.WACHT).exists()


def test_a_deadline_moves_only_to_what_is_still_to_come(wereld: Wereld) -> None:
    casus = wereld.casus()
    termijn = wereld.termijn(casus=casus)
    with pytest.raises(ValueError, match="nog komt"):
        move_termijn(termijn=termijn, vervalt_op=NU, by=systeem(NU.date()), op=NU)
    close_termijnen(casus=casus, soorten=None, om="gehaald", op=NU)
    with pytest.raises(TermijnGesloten):
        move_termijn(termijn=termijn, vervalt_op=VERVALT, by=systeem(NU.date()), op=NU)


def test_another_behandelaar_takes_over_the_clocks(wereld: Wereld) -> None:
    casus = wereld.casus()
    mine = wereld.termijn(casus=casus)
    of_school = wereld.termijn(casus=casus, eigenaar_soort="school")
    assert assign_termijnen(casus=casus, contactpersoon=wereld.vera) == 1
    mine.refresh_from_db()
    of_school.refresh_from_db()
    assert (mine.eigenaar_contactpersoon, mine.eigenaar_user) == (wereld.vera, wereld.vera.user)
    assert of_school.eigenaar_user == wereld.cast.zoe
    outsider = ContactpersoonFactory.create(wijkteam=wereld.cast.team_b)
    assert assign_termijnen(casus=casus, contactpersoon=outsider) == 0


def test_the_casus_is_no_longer_escalated_when_its_late_clock_stops(wereld: Wereld) -> None:
    casus = wereld.casus()
    wereld.termijn(casus=casus)
    wereld.termijn(casus=casus, soort="in_behandeling", vervalt_op=at("2026-12-07", "17:00"))
    send_due_reminders(now=at("2026-12-10"))
    flags = []
    casus.refresh_from_db()
    for soort in ("", "ontvangen", "in_behandeling"):  # the second clock has reached the regiocoördinator too
        close_termijnen(casus=casus, soorten=[soort], om="gehaald", op=at("2026-12-10"))
        flags.append((casus.geescaleerd, Casus.objects.get(pk=casus.pk).geescaleerd))
    assert flags == [(True, True), (True, True), (False, False)]


def test_a_clock_that_starts_late_starts_at_the_step_it_has_reached(wereld: Wereld) -> None:
    """Sent on to another team on day six: T0 stays, so the next deadline may already lie in the past."""
    termijn = wereld.termijn(soort="in_behandeling", op=at("2026-12-08", "11:00"))
    assert send_due_reminders(now=at("2026-12-08", "11:01")) == 1
    assert steps(termijn) == [(1, 1)]
    assert told(termijn) == ["cora@test.example"]
    assert send_due_reminders(now=at("2026-12-09")) == 1
    assert Herinnering.objects.count() == 2


@pytest.mark.parametrize(
    ("op", "vervalt", "verwacht"),
    [
        # In region Noord the summer holiday of 2026 is 4 July – 16 August.
        ("2026-07-01T10:00", "2026-07-03T17:00", "2026-07-03T17:00"),  # the last school day: stays
        ("2026-07-02T10:00", "2026-07-07T17:00", "2026-08-19T17:00"),  # in the holiday: Monday 17 August + 2 wd
        ("2026-08-12T10:00", "2026-08-17T17:00", "2026-08-19T17:00"),  # asked in the holiday, due on the first day back
        ("2026-08-17T10:00", "2026-08-18T17:00", "2026-08-18T17:00"),  # asked when back: stays
        ("2026-08-14T10:00", "2026-08-21T17:00", "2026-08-21T17:00"),  # later than + 2 wd anyway
        ("2026-12-18T10:00", "2026-12-23T17:00", "2027-01-06T17:00"),  # over Christmas
        ("2026-12-02T10:00", "2026-12-07T17:00", "2026-12-07T17:00"),  # no holiday at all
    ],
)
def test_a_task_of_the_school_moves_out_of_its_holidays(wereld: Wereld, op: str, vervalt: str, verwacht: str) -> None:
    termijn = wereld.termijn(eigenaar_soort="school", op=at(*op.split("T")), vervalt_op=at(*vervalt.split("T")))
    assert termijn.vervalt_op == at(*verwacht.split("T"))


def test_every_vakantieregio_has_its_own_holidays(wereld: Wereld) -> None:
    wereld.vestiging.vakantieregio = "midden"  # 18 July – 30 August
    wereld.vestiging.save()
    monday = at("2026-07-06", "17:00")
    assert wereld.termijn(eigenaar_soort="school", op=at("2026-07-01"), vervalt_op=monday).vervalt_op == monday


def test_clocks_of_a_team_and_of_the_region_run_through(wereld: Wereld) -> None:
    for casus, soort in ((wereld.casus(), "wijkteam"), (wereld.te_routeren(), "regio")):
        termijn = wereld.termijn(casus=casus, eigenaar_soort=soort, op=at("2026-07-02"), vervalt_op=at("2026-07-07", "17:00"))
        assert termijn.vervalt_op == at("2026-07-07", "17:00")


def test_what_cannot_wait_does_not_move(wereld: Wereld) -> None:
    urgent = wereld.casus(urgentie=Urgentie.SPOED)
    termijn = wereld.termijn(casus=urgent, eigenaar_soort="school", op=at("2026-07-02"), vervalt_op=at("2026-07-07", "17:00"))
    assert termijn.vervalt_op == at("2026-07-07", "17:00")
