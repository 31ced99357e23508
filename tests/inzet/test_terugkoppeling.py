"""Feedback is always addressed and never forgotten: six weeks without, and the team is reminded and the school knows.

The zorgcoördinator keeps sight of the status, wherever the casus goes."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from casussen.actions.herinneringen import send_due_reminders
from casussen.keuzes import Status
from casussen.models import Casus, Termijn, Terugkoppeling
from casussen.queries import next_step_of
from kern.models import Melding
from kern.models.melding import Kanaal
from tests.factories.casussen import BUITEN_OVERDRAGEN, DOORZETTEN, INTREKKEN, NU, TERUGKOPPELING, TERUGLEGGEN, second_zc
from tests.factories.toegang import client_of
from wijkteams.models import Contactpersoon

SOORT = "terugkoppeling"


def due(casus: Casus) -> Termijn:
    return Termijn.objects.get(casus=casus, soort=SOORT, gesloten_op=None)


def told_about(termijn: Termijn) -> set[tuple[str, str]]:
    rows = Melding.objects.filter(onderwerp_soort="termijn", onderwerp_id=termijn.pk, kanaal=Kanaal.PORTAAL)
    return set(rows.values_list("soort", "ontvanger__email"))


def feed_back(wereld, casus: Casus, op: datetime) -> None:
    wereld.do("terugkoppelen", casus, "wim", op=op, **TERUGKOPPELING)


# --- The clock ----------------------------------------------------------------------------------------------------------
def test_six_weeks_without_reminds_the_team_and_informs_the_school(wereld):
    termijn = due(wereld.casus(Status.IN_BEHANDELING))
    assert (termijn.vervalt_op.date() - NU.date()).days >= 42
    send_due_reminders(now=termijn.vervalt_op - timedelta(minutes=1))
    assert told_about(termijn) == {("herinnering_vooraf", "wim@test.example")}
    send_due_reminders(now=termijn.vervalt_op)
    assert told_about(termijn) >= {("herinnering_vervallen", "wim@test.example"), ("herinnering_verwijzer", "zoe@test.example")}


def test_every_feedback_starts_the_six_weeks_anew(wereld):
    casus = wereld.casus(Status.IN_BEHANDELING)
    first = due(casus)
    feed_back(wereld, casus, NU + timedelta(days=30))
    again = due(casus)
    assert (again.pk != first.pk, (again.vervalt_op - first.vervalt_op).days >= 29) == (True, True)
    send_due_reminders(now=first.vervalt_op + timedelta(days=1))
    assert told_about(again) == set()


def test_the_clock_goes_along_to_another_team_and_is_not_lost(wereld):
    casus = wereld.casus(Status.IN_BEHANDELING)
    before = due(casus)
    casus = wereld.do("doorzetten", casus, "cora", op=NU + timedelta(days=3), wijkteam=wereld.net.centrum.pk, **DOORZETTEN)
    after = due(casus)
    assert (after.vervalt_op, after.eigenaar_wijkteam) == (before.vervalt_op, wereld.net.centrum)
    send_due_reminders(now=after.vervalt_op)
    told = told_about(after)
    assert ("herinnering_verwijzer", "zoe@test.example") in told
    assert not {who for _, who in told} & {"wim@test.example", "cora@test.example"}


def test_it_ends_when_the_school_has_it_back_and_when_it_is_over(wereld):
    back = wereld.do("terugleggen", wereld.casus(Status.IN_BEHANDELING), "wim", **TERUGLEGGEN)
    over = wereld.do("intrekken", wereld.casus(Status.IN_BEHANDELING, leerlingnummer="A2"), "zoe", **INTREKKEN)
    closed = wereld.casus(Status.AFGESLOTEN, leerlingnummer="A3")
    for casus in (back, over, closed):
        assert not Termijn.objects.filter(casus=casus, soort=SOORT, gesloten_op=None).exists()


# --- Addressed and read -------------------------------------------------------------------------------------------------
def unread(casus: Casus) -> int:
    return Terugkoppeling.objects.filter(casus=casus, gelezen_op=None).count()


def test_it_is_read_when_the_one_it_is_for_opens_the_casus(wereld):
    casus = wereld.casus(Status.IN_BEHANDELING)
    url = reverse("casus", args=[casus.nummer])
    assert unread(casus) == 1
    for someone_else in (wereld.cast.wim, second_zc(wereld.net.school), wereld.cast.rea):
        client_of(someone_else).get(url)
    assert unread(casus) == 1
    zoe = client_of(wereld.cast.zoe)
    first = zoe.get(url).content.decode()
    assert "aan Zoë Zorg" in first
    assert "Gelezen, " not in first
    assert unread(casus) == 0
    assert "Gelezen, " in zoe.get(url).content.decode()


def test_the_list_of_the_school_says_that_there_is_a_new_answer(wereld):
    casus = wereld.casus(Status.IN_BEHANDELING)
    zoe, zita = client_of(wereld.cast.zoe), client_of(second_zc(wereld.net.school))
    lijst = reverse("casus-lijst")
    assert "nieuw antwoord" in zoe.get(lijst).content.decode()
    assert "nieuw antwoord" not in zita.get(lijst).content.decode()
    zoe.get(reverse("casus", args=[casus.nummer]))
    assert "nieuw antwoord" not in zoe.get(lijst).content.decode()


# --- Always in sight ----------------------------------------------------------------------------------------------------
def sees_status(wereld, casus: Casus) -> bool:
    casus = Casus.objects.get(pk=casus.pk)
    response = client_of(wereld.cast.zoe).get(reverse("casus", args=[casus.nummer]))
    in_list = casus.nummer in client_of(wereld.cast.zoe).get(reverse("casus-lijst")).content.decode()
    shown = next_step_of(casus, op=NU.date()).zonder_namen in response.content.decode()
    return response.status_code == 200 and shown and in_list


@pytest.mark.parametrize("status", [s for s in Status if s != Status.CONCEPT])
def test_the_school_sees_where_it_stands_in_every_state(wereld, status):
    assert sees_status(wereld, wereld.casus(status))


def test_also_after_it_was_sent_on_and_taken_there(wereld):
    casus = wereld.do("doorzetten", wereld.casus(Status.IN_BEHANDELING), "cora", wijkteam=wereld.net.centrum.pk, **DOORZETTEN)
    assert sees_status(wereld, casus)
    person = Contactpersoon.objects.filter(wijkteam=wereld.net.centrum).first()
    assert person is not None
    casus = wereld.do("ontvangen", casus, "cees", behandelaar=person.pk)
    assert sees_status(wereld, casus)


def test_also_when_another_gemeente_has_it(wereld):
    casus = wereld.casus(Status.TE_ROUTEREN)
    elsewhere = wereld.net.hillegom.pk
    casus = wereld.do("buiten_overdragen", casus, "rea", gemeente=elsewhere, opvolger=wereld.cast.rea.pk, **BUITEN_OVERDRAGEN)
    assert sees_status(wereld, casus)
