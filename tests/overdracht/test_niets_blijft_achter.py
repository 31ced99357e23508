"""What a hand-over does besides casussen: anonymous consulten, seats at an overleg, the time line, and who is told what."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from casussen.actions.consult_herinneringen import send_due_consult_reminders
from casussen.actions.overdragen import consulten_of_person
from casussen.keuzes import Status
from casussen.models import Casus, MdoDeelnemer, Overdracht
from casussen.queries import tijdlijn, tijdlijn_pagina
from casussen.queries.consulten import waiting_for
from kern.bericht import attachment_of, compose
from kern.kijker import Kijker
from kern.models import Gebeurtenis, Melding
from portal.netwerk.acties import Vertrek, person_leaves
from portal.netwerk.bevindingen import leavers
from portal.netwerk.blik import Blik
from tests.consult.maken import answer, ask
from tests.factories.casussen import MDO, NU, VANDAAG, Wereld, colleague
from tests.factories.netwerk import ContactpersoonFactory
from tests.factories.toegang import client_of, kijker_of
from toegang.models import Aanstelling
from wijkteams.models import Aanspreekpunt, Contactpersoon, Wijkteam

TOT = date(2026, 12, 31)
LATER = NU + timedelta(hours=3)


def leave(wereld: Wereld, opvolger: Contactpersoon | None, *, who: str = "cora", tot: date = TOT, **extra: Any) -> None:
    vertrek = Vertrek(in_dienst_tot=tot, opvolger=opvolger, **extra)
    person_leaves(persoon=wereld.wim, vertrek=vertrek, by=wereld.kijker(who), op=LATER)


@pytest.fixture
def vera(wereld: Wereld) -> Contactpersoon:
    return colleague(wereld.net.schalkwijk, "Vera Volgend")[0]


def eyes(person: Contactpersoon) -> Kijker:
    assert person.user is not None
    return kijker_of(person.user, VANDAAG)


class TestConsulten:
    def test_what_goes_on_moves_and_what_ended_does_not(self, wereld: Wereld, vera: Contactpersoon) -> None:
        waits, answered, ended = ask(wereld), answer(wereld, ask(wereld)), ask(wereld)
        type(ended).objects.filter(pk=ended.pk).update(
            status="afgesloten", afgesloten_op=NU, volgende_op=None, volgende_stap=None
        )
        due = waits.antwoord_uiterlijk
        leave(wereld, vera)
        for consult in (waits, answered, ended):
            consult.refresh_from_db()
        assert (waits.aanspreekpunt, answered.aanspreekpunt, ended.aanspreekpunt) == (vera, vera, wereld.wim)
        assert waits.antwoord_uiterlijk == due
        assert set(Gebeurtenis.objects.filter(soort="consult_overgedragen").values_list("onderwerp_id", flat=True)) == {
            waits.pk,
            answered.pk,
        }
        assert [c.pk for c in waiting_for(eyes(vera), frozenset())] == [waits.pk]

    def test_nobody_leaves_while_a_question_waits_for_them(self, wereld: Wereld) -> None:
        ask(wereld)
        Aanspreekpunt.objects.filter(contactpersoon=wereld.wim).delete()
        with pytest.raises(ValidationError, match="nog werk bij 1 anoniem overleg"):
            leave(wereld, None)

    def test_the_successor_is_told_and_reminded(self, wereld: Wereld, vera: Contactpersoon) -> None:
        consult = ask(wereld)
        Melding.objects.all().delete()
        leave(wereld, vera)
        mail = Melding.objects.get(soort="netwerk_overgenomen", kanaal="mail")
        assert mail.ontvanger == vera.user
        assert compose(mail).subject == "U neemt 1 anoniem overleg over"
        assert consult.nummer in str(compose(mail).body)
        assert "/consulten" in str(compose(mail).body)
        Melding.objects.all().delete()
        send_due_consult_reminders(now=consult.antwoord_uiterlijk)
        reminded = Melding.objects.filter(soort="consult_herinnering").values_list("ontvanger", flat=True)
        assert set(reminded) == {vera.user_id}

    def test_it_counts_as_left_behind_until_it_moved(self, wereld: Wereld) -> None:
        ask(wereld)
        Aanspreekpunt.objects.filter(contactpersoon=wereld.wim).delete()
        Contactpersoon.objects.filter(pk=wereld.wim.pk).update(in_dienst_tot=VANDAAG)
        found = {v.persoon.pk: v for v in leavers(Blik(wereld.kijker("cora")), VANDAAG)}
        assert (found[wereld.wim.pk].is_weg, found[wereld.wim.pk].nog) == (True, "1 anoniem overleg")

    def test_the_school_is_not_sent_to_somebody_who_is_gone(self, wereld: Wereld) -> None:
        consult = ask(wereld)
        Contactpersoon.objects.filter(pk=wereld.wim.pk).update(in_dienst_tot=VANDAAG - timedelta(days=20))
        page = client_of(wereld.cast.zoe).get(f"/consulten/{consult.nummer}").content.decode()
        assert "Wim Wijkteam" not in page
        assert "Wijkteam Schalkwijk is aan zet" in page
        assert consult in waiting_for(wereld.kijker("cora"), frozenset())  # and the whole team has it on its list

    def test_the_next_question_goes_to_the_new_contact(self, wereld: Wereld, vera: Contactpersoon) -> None:
        leave(wereld, vera, tot=VANDAAG)
        assert ask(wereld, op=LATER).aanspreekpunt == vera
        assert not consulten_of_person(wereld.wim).exists()


class TestOverleg:
    @pytest.fixture
    def casus(self, wereld: Wereld) -> Casus:
        casus = wereld.casus(Status.IN_BEHANDELING)
        return wereld.do("mdo_plannen", casus, "wim", **MDO)

    def test_the_time_line_says_who_was_invited_then_and_what_changed(
        self, wereld: Wereld, vera: Contactpersoon, casus: Casus
    ) -> None:
        leave(wereld, vera)
        for kijker in (wereld.kijker("zoe"), eyes(vera)):
            line = tijdlijn(casus, kijker)
            planned = next(item for item in line if item.soort == "mdo_gepland" and "gepland op" in item.tekst)
            invited = dict(planned.details)["Uitgenodigd"]
            assert "Wim Wijkteam" in invited
            assert "Vera Volgend" not in invited
            change = next(item for item in line if "in plaats van" in item.tekst)
            assert change.tekst == "Vera Volgend gaat naar het overleg van do 10 dec in plaats van Wim Wijkteam."
            assert change.op == LATER
            assert change in tijdlijn_pagina(casus, kijker, aantal=3).regels

    def test_who_left_is_not_asked_whether_they_were_there(self, wereld: Wereld, vera: Contactpersoon, casus: Casus) -> None:
        leave(wereld, vera)
        mdo = casus.mdos.get()
        assert [d.naam for d in mdo.deelnemers.filter(partij="wijkteam")] == ["Vera Volgend"]
        page = client_of(wereld.cast.cora).get(f"/casussen/{casus.nummer}/mdo_vastleggen").content.decode()
        assert "Wim Wijkteam" not in page

    def test_the_successor_gets_the_same_overleg_in_the_calendar(
        self, wereld: Wereld, vera: Contactpersoon, casus: Casus
    ) -> None:
        Melding.objects.all().delete()
        leave(wereld, vera)
        mail = Melding.objects.get(soort="mdo_uitnodiging", kanaal="mail")
        assert mail.ontvanger == vera.user
        file = attachment_of(mail)
        assert file is not None
        calendar = bytes(file.inhoud).decode().replace("\r\n ", "")
        assert str(casus.mdos.get().uid) in calendar
        assert "SEQUENCE:0" in calendar

    def test_a_moved_overleg_is_told_to_who_sits_there_now(self, wereld: Wereld, vera: Contactpersoon, casus: Casus) -> None:
        leave(wereld, vera)
        Melding.objects.all().delete()
        moved = {"mdo_datum": "2026-12-11", "mdo_tijd": "10:00", "toelichting": "Mentor ziek.", "ondanks_botsing": True}
        wereld.do("mdo_verzetten", casus, "cora", op=LATER, **moved)
        told = set(Melding.objects.filter(soort="mdo_verzet").values_list("ontvanger", flat=True))
        assert vera.user_id in told
        assert wereld.cast.wim.pk not in told

    def test_a_seat_may_go_back_to_who_had_it(self, wereld: Wereld, vera: Contactpersoon, casus: Casus) -> None:
        wereld.do("behandelaar_wijzigen", casus, "wim", op=LATER, behandelaar=vera.pk)
        wereld.do("behandelaar_wijzigen", casus, "cora", op=LATER + timedelta(hours=1), behandelaar=wereld.wim.pk)
        seats = MdoDeelnemer.alle.filter(partij="wijkteam").order_by("pk")
        assert [(s.naam, s.vervangen_op is None) for s in seats] == [
            ("Wim Wijkteam", False),
            ("Vera Volgend", False),
            ("Wim Wijkteam", True),
        ]

    def test_who_sat_there_already_was_invited_from_the_beginning(self, wereld: Wereld, casus: Casus) -> None:
        mdo = casus.mdos.get()
        mdo.deelnemers.create(partij="wijkteam", naam="Cora", user=wereld.cast.cora, contactpersoon=wereld.cora)
        leave(wereld, wereld.cora)
        planned = next(item for item in tijdlijn(casus, wereld.kijker("zoe")) if "gepland op" in item.tekst)
        invited = dict(planned.details)["Uitgenodigd"]
        assert "Cora" in invited
        assert "Wim Wijkteam" in invited


class TestTimeLine:
    def test_who_took_over_is_told_once_and_the_note_to_the_team_only(self, wereld: Wereld, vera: Contactpersoon) -> None:
        casus = wereld.casus(Status.IN_BEHANDELING)
        leave(wereld, vera, notities={casus.nummer: "Bel na tienen."})
        for kijker, reads in ((wereld.kijker("zoe"), False), (eyes(vera), True), (wereld.kijker("rea"), False)):
            told = [item for item in tijdlijn(casus, kijker) if item.op == LATER]
            assert [item.tekst for item in told] == ["Wim Wijkteam vertrekt en draagt de casus over aan Vera Volgend."]
            assert ("Bel na tienen." in str(told[0].details)) is reads

    def test_without_a_note_and_without_leaving(self, wereld: Wereld, vera: Contactpersoon) -> None:
        casus = wereld.casus(Status.IN_BEHANDELING)
        wereld.do("behandelaar_wijzigen", casus, "cora", op=LATER, behandelaar=vera.pk)
        told = [item for item in tijdlijn(casus, wereld.kijker("zoe")) if item.op == LATER]
        assert [(item.tekst, item.wie) for item in told] == [
            ("Wim Wijkteam draagt de casus over aan Vera Volgend.", "Cora Coördinator")
        ]

    def test_who_had_only_an_action_does_not_hand_over_the_casus(self, wereld: Wereld, vera: Contactpersoon) -> None:
        casus = wereld.casus(Status.ONTVANGEN)
        wereld.do("behandelaar_wijzigen", casus, "cora", behandelaar=wereld.cora.pk)
        wereld.do(
            "taak_toevoegen", casus, "wim", omschrijving="Bel", partij="wijkteam", naam="Wim Wijkteam", uiterlijk="2026-12-09"
        )
        Aanspreekpunt.objects.filter(contactpersoon=wereld.wim).delete()
        Melding.objects.all().delete()
        leave(wereld, vera)
        told = [item.tekst for item in tijdlijn(casus, wereld.kijker("zoe")) if item.op == LATER]
        assert told == ["Wim Wijkteam vertrekt. Vera Volgend neemt over wat Wim Wijkteam in deze casus nog deed."]
        assert not Melding.objects.filter(soort="netwerk_wisseling").exists()
        assert Melding.objects.filter(soort="netwerk_overgenomen", ontvanger=vera.user).exists()

    def test_after_care_has_a_person_and_a_note_of_its_own(self, wereld: Wereld, vera: Contactpersoon) -> None:
        casus = wereld.casus(Status.AFGESLOTEN)
        leave(wereld, vera, per_casus={casus.nummer: wereld.cora}, notities={casus.nummer: "Oma weet ervan."})
        casus.refresh_from_db()
        assert casus.behandelaar == wereld.cora
        assert Overdracht.objects.get(casus=casus).notitie == "Oma weet ervan."


class TestSchools:
    def mails(self) -> list[tuple[str, str]]:
        found = Melding.objects.filter(soort="netwerk_wisseling", kanaal="mail")
        return [(str(compose(m).subject), str(compose(m).body)) for m in found]

    def test_without_an_aanspreekpunt_no_contact_changes(self, wereld: Wereld, vera: Contactpersoon) -> None:
        casus = wereld.casus(Status.IN_BEHANDELING)
        Aanspreekpunt.objects.filter(contactpersoon=wereld.wim).update(contactpersoon=wereld.cora)
        leave(wereld, vera)
        [(subject, body)] = self.mails()
        assert subject == "Een collega van Wijkteam Schalkwijk neemt een casus over"
        assert casus.nummer in body
        assert "ander aanspreekpunt" not in body

    def test_with_one_it_does(self, wereld: Wereld, vera: Contactpersoon) -> None:
        wereld.casus(Status.IN_BEHANDELING)
        leave(wereld, vera)
        [(subject, body)] = self.mails()
        assert subject == "Uw aanspreekpunt bij Wijkteam Schalkwijk verandert"
        assert "hebt u daar een ander aanspreekpunt" in body

    def test_the_contact_of_another_sector_is_not_theirs(self, wereld: Wereld, vera: Contactpersoon) -> None:
        """Zoë's school is vo."""
        wereld.casus(Status.IN_BEHANDELING)
        Aanspreekpunt.objects.filter(contactpersoon=wereld.wim).update(sector="mbo")
        leave(wereld, vera)
        assert [subject for subject, _ in self.mails()] == ["Een collega van Wijkteam Schalkwijk neemt een casus over"]


class TestReceiver:
    def card(self, wereld: Wereld, **velden: Any) -> Contactpersoon:
        return ContactpersoonFactory.create(wijkteam=wereld.net.schalkwijk, naam="Kaartje Zonder", user=None, **velden)

    def test_without_an_account_the_coordinator_is_told_too(self, wereld: Wereld) -> None:
        casus = wereld.casus(Status.IN_BEHANDELING)
        leave(wereld, self.card(wereld, email="kaartje@team.example"), who="rea")
        told = Melding.objects.filter(soort="netwerk_overgenomen", kanaal="mail")
        assert {(m.ontvanger_id, m.adres) for m in told if not m.ontvanger_id} == {(None, "kaartje@team.example")}
        coordinator = told.get(ontvanger=wereld.cast.cora)
        assert "geen account" in str(compose(coordinator).body)
        assert casus.nummer in str(compose(coordinator).body)
        assert "Kaartje" not in str(compose(coordinator).body)

    def test_without_account_mail_and_coordinator_it_is_the_mailbox(self, wereld: Wereld) -> None:
        wereld.casus(Status.IN_BEHANDELING)
        Aanstelling.objects.filter(user=wereld.cast.cora).delete()
        Wijkteam.objects.filter(pk=wereld.net.schalkwijk.pk).update(email="postbus@team.example")
        leave(wereld, Contactpersoon.objects.get(pk=self.card(wereld, email="").pk), who="rea")
        told = Melding.objects.filter(soort="netwerk_overgenomen")
        assert {m.adres for m in told} == {"postbus@team.example"}

    def test_work_never_goes_to_nobody(self, wereld: Wereld) -> None:
        Aanstelling.objects.filter(user=wereld.cast.cora).delete()
        Wijkteam.objects.filter(pk=wereld.net.schalkwijk.pk).update(email="")
        with pytest.raises(ValidationError, match="geen account en geen e-mailadres") as caught:
            leave(wereld, Contactpersoon.objects.get(pk=self.card(wereld, email="").pk), who="rea")
        assert set(caught.value.message_dict) == {"opvolger"}

    @pytest.mark.parametrize(("days", "why"), [(0, "dan zelf niet meer"), (13, "vertrekt zelf kort daarna")])
    def test_who_leaves_too_soon_is_refused_at_the_field(self, wereld: Wereld, vera: Contactpersoon, days: int, why: str) -> None:
        casus = wereld.casus(Status.IN_BEHANDELING)
        soon = colleague(wereld.net.schalkwijk, "Sem Straks")[0]
        soon.in_dienst_tot = TOT + timedelta(days=days)
        soon.save()
        nummer = casus.nummer
        for opvolger, per_casus, veld in ((soon, {}, "opvolger"), (vera, {nummer: soon}, f"casus_{nummer}")):
            with pytest.raises(ValidationError, match=why) as caught:
                leave(wereld, opvolger, per_casus=per_casus)
            assert set(caught.value.message_dict) == {veld}

    def test_who_stays_two_weeks_longer_may(self, wereld: Wereld, vera: Contactpersoon) -> None:
        vera.in_dienst_tot = TOT + timedelta(weeks=2)
        vera.save()
        leave(wereld, vera)
