"""Somebody leaves: refused as long as something is theirs, and then everything moves at once, with a note to the schools."""

from datetime import date, timedelta
from typing import Any
from unittest.mock import Mock

import pytest
from django.core.exceptions import ValidationError

from casussen.actions import perform
from casussen.actions.overdragen import casussen_of_person
from casussen.fouten import OnjuisteStatus, Onvolledig
from casussen.keuzes import Status
from casussen.models import Casus, Overgang, Termijn
from casussen.queries import tijdlijn
from kern.bericht import compose
from kern.models import Gebeurtenis, Melding
from portal.forms import Dag
from portal.netwerk.acties import Vertrek, end_team, person_leaves
from tests.factories.casussen import NU, VANDAAG, Wereld, colleague, make_wereld
from tests.factories.netwerk import AanspreekpuntFactory, AfwezigheidFactory
from tests.factories.toegang import kijker_of
from toegang.models import Aanstelling
from wijkteams.models import Aanspreekpunt, Afwezigheid, Contactpersoon
from wijkteams.routering import route_address

STRAKS = VANDAAG + timedelta(days=14)


def ask_route(**vraag: Any) -> Any:
    """The route of an address; what a test expects of it is what it asserts."""
    return route_address(**vraag)


@pytest.fixture
def wereld(db: None) -> Wereld:
    return make_wereld()


@pytest.fixture
def nico(wereld):
    return colleague(wereld.net.schalkwijk, "Nico Nieuw")[0]


def leave(wereld, opvolger, *, who="cora", **anders):
    vertrek = Vertrek(in_dienst_tot=anders.pop("op", STRAKS), opvolger=opvolger, **anders)
    return person_leaves(persoon=wereld.wim, vertrek=vertrek, by=wereld.kijker(who), op=NU)


class TestRefused:
    def test_without_a_successor_while_there_are_casussen(self, wereld):
        wereld.casus(Status.IN_BEHANDELING)
        with pytest.raises(ValidationError) as caught:
            leave(wereld, None)
        assert caught.value.message_dict == {"opvolger": ["Wim Wijkteam heeft nog werk bij 1 casus. Kies wie dat overneemt."]}
        assert Contactpersoon.objects.get(pk=wereld.wim.pk).in_dienst_tot is None

    def test_without_a_successor_while_there_are_relations(self, wereld):
        with pytest.raises(ValidationError) as caught:
            leave(wereld, None)
        assert "1 aanspreekpunt" in str(caught.value)

    def test_a_successor_of_another_team_or_who_leaves_too(self, wereld, nico):
        stranger = Contactpersoon.objects.filter(wijkteam=wereld.net.centrum).get()
        Contactpersoon.objects.filter(pk=nico.pk).update(in_dienst_tot=STRAKS)
        nico.refresh_from_db()
        for who, text in ((stranger, "collega van dit wijkteam"), (wereld.wim, "collega van dit wijkteam"), (nico, "niet meer")):
            with pytest.raises(ValidationError, match=text):
                leave(wereld, who)

    @pytest.mark.parametrize("dag", [date(1026, 12, 2), date(9999, 1, 1), VANDAAG + timedelta(days=731)])
    def test_on_a_day_that_cannot_be(self, wereld, nico, dag):
        with pytest.raises(ValidationError, match="Klopt het jaar") as caught:
            leave(wereld, nico, op=dag)
        assert set(caught.value.message_dict) == {"in_dienst_tot"}

    def test_who_has_nothing_just_leaves(self, wereld, nico):
        vertrek = Vertrek(in_dienst_tot=STRAKS, opvolger=None)
        done = person_leaves(persoon=nico, vertrek=vertrek, by=wereld.kijker("cora"), op=NU)
        assert (done.relaties, done.casussen) == (0, 0)
        assert Contactpersoon.objects.get(pk=nico.pk).in_dienst_tot == STRAKS


class TestEverythingMoves:
    @pytest.fixture
    def gone(self, wereld, nico):
        """Wim had a casus in hand and one that waits for him; he is the contact, and stands in for Cora twice."""
        self.in_hand = wereld.casus(Status.IN_BEHANDELING)
        self.waits = wereld.casus(Status.AANGEMELD, leerlingnummer="A2")
        AanspreekpuntFactory.create(
            wijkteam=wereld.net.schalkwijk, contactpersoon=wereld.cora, vervanger=wereld.wim, sector="mbo"
        )
        AfwezigheidFactory.create(
            contactpersoon=wereld.cora,
            van=VANDAAG,
            tot_en_met=STRAKS + timedelta(days=3),
            vervanger=wereld.wim,
        )
        Melding.objects.all().delete()
        return leave(wereld, nico)

    def test_the_casussen_with_their_clocks(self, wereld, nico, gone):
        assert gone.casussen == 2
        self.in_hand.refresh_from_db()
        self.waits.refresh_from_db()
        assert (self.in_hand.behandelaar, self.in_hand.status) == (nico, Status.IN_BEHANDELING)
        assert (self.waits.behandelaar, self.waits.aanspreekpunt) == (None, nico)
        owners = set(
            Termijn.objects.filter(gesloten_op__isnull=True, eigenaar_soort="wijkteam").values_list(
                "eigenaar_contactpersoon__naam", "eigenaar_user__naam"
            )
        )
        assert owners == {("Nico Nieuw", "Nico Nieuw")}
        assert not casussen_of_person(wereld.wim).exists()

    @pytest.mark.usefixtures("gone")
    def test_an_event_and_a_line_on_the_time_line_per_casus(self, nico):
        events = Gebeurtenis.objects.filter(soort="casus_overgedragen")
        assert {event.onderwerp_id for event in events} == {self.in_hand.pk, self.waits.pk}
        lines = [line.tekst for line in tijdlijn(Casus.objects.get(pk=self.in_hand.pk), kijker_of(nico.user, VANDAAG))]
        assert lines[-1] == "Wim Wijkteam vertrekt en draagt de casus over aan Nico Nieuw."
        assert not [line for line in lines if "andere behandelaar" in line]

    @pytest.mark.usefixtures("gone")
    def test_a_form_that_was_open_is_recognised_as_old(self, wereld):
        with pytest.raises(OnjuisteStatus):
            perform(
                "ontvangen", casus=self.waits, by=wereld.kijker("cora"), op=NU, versie=self.waits.versie,
                gegevens={"behandelaar": wereld.cora.pk},
            )  # fmt: skip
        assert Overgang.objects.filter(casus=self.waits).count() == Casus.objects.get(pk=self.waits.pk).versie

    @pytest.mark.usefixtures("gone")
    def test_aanspreekpunten_and_deputies_from_the_day_itself(self, wereld, gone):
        assert gone.relaties == 3
        before, after = (ask_route(postcode="2037RB", huisnummer=12, sector="vo", peildatum=dag) for dag in (VANDAAG, STRAKS))
        assert (before.aanspreekpunt.naam, after.aanspreekpunt.naam) == ("Wim Wijkteam", "Nico Nieuw")
        mbo: Any = Aanspreekpunt.objects.filter(sector="mbo").order_by("van")
        assert [(p.vervanger.naam, p.tot) for p in mbo] == [("Wim Wijkteam", STRAKS), ("Nico Nieuw", None)]
        away: Any = Afwezigheid.objects.filter(contactpersoon=wereld.cora).order_by("van")
        assert [(a.van, a.vervanger.naam) for a in away] == [(VANDAAG, "Wim Wijkteam"), (STRAKS, "Nico Nieuw")]

    @pytest.mark.usefixtures("gone")
    def test_access_to_the_team_ends_on_the_same_day(self, wereld):
        assert Aanstelling.objects.get(user=wereld.cast.wim).tot == STRAKS
        assert wereld.kijker("wim", STRAKS).houdt == frozenset()

    @pytest.mark.usefixtures("gone")
    def test_the_school_and_the_successor_hear_it_without_a_word_about_a_pupil(self, wereld, nico):
        told = Melding.objects.filter(kanaal="mail")
        per_soort = {melding.soort: melding for melding in told}
        assert set(per_soort) == {"netwerk_wisseling", "netwerk_overgenomen"}
        assert per_soort["netwerk_wisseling"].ontvanger == wereld.cast.zoe
        assert per_soort["netwerk_overgenomen"].ontvanger == nico.user
        for melding in told:
            text = f"{compose(melding).body}{compose(melding).subject}"
            assert self.in_hand.nummer in text
            for private in ("Testleerling", "A1001", "2037", "Rust thuis", "3B"):
                assert private not in text


def test_each_thing_may_go_to_someone_else(wereld, nico):
    first, second = wereld.casus(Status.ONTVANGEN), wereld.casus(Status.ONTVANGEN, leerlingnummer="A2")
    punt = Aanspreekpunt.objects.get(contactpersoon=wereld.wim)
    leave(wereld, nico, per_punt={punt.pk: wereld.cora}, per_casus={second.nummer: wereld.cora})
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.behandelaar, second.behandelaar) == (nico, wereld.cora)
    assert Aanspreekpunt.objects.get(van=STRAKS).contactpersoon == wereld.cora


def test_all_or_nothing(wereld, nico, monkeypatch):
    casus = wereld.casus(Status.ONTVANGEN)
    monkeypatch.setattr("portal.netwerk.acties._tell", Mock(side_effect=ZeroDivisionError))
    with pytest.raises(ZeroDivisionError):
        leave(wereld, nico)
    casus.refresh_from_db()
    assert casus.behandelaar == wereld.wim
    assert Aanspreekpunt.objects.filter(contactpersoon=nico).count() == 0


def test_who_has_left_gets_no_new_casus(wereld, nico):
    """The other half of the lock: whoever assigns after the departure is refused."""
    casus = wereld.casus(Status.AANGEMELD)
    leave(wereld, nico, op=VANDAAG)
    with pytest.raises(Onvolledig):
        wereld.do("ontvangen", casus, "cora", behandelaar=wereld.wim.pk)


def test_a_team_with_open_casussen_cannot_stop(wereld):
    casus = wereld.casus(Status.ONTVANGEN)
    with pytest.raises(ValidationError, match=casus.nummer):
        end_team(wijkteam=wereld.net.schalkwijk, tot=STRAKS, opvolger=wereld.net.centrum, by=wereld.kijker("rea"), op=NU)


@pytest.mark.parametrize("dag", ["1026-12-02", "9999-01-01"])
def test_a_day_in_a_form_is_of_a_year_that_can_be(dag):
    with pytest.raises(ValidationError, match=r"Het jaar \d{4} kan niet kloppen"):
        Dag().clean(dag)
    assert Dag().clean("2026-12-02") == VANDAAG
