"""The writes of the network: dated, refused in words at the field, never in the past, and recorded."""

from datetime import date, timedelta
from typing import Any
from unittest.mock import Mock

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from kern.models import Gebeurtenis
from tests.factories.casussen import NU, VANDAAG, Wereld, make_wereld
from tests.factories.netwerk import AanspreekpuntFactory, AfwezigheidFactory, ContactpersoonFactory, SchoolFactory
from wijkteams.actions.afwezigheid import change_absence, end_absence, report_absence
from wijkteams.actions.mensen import create_contactpersoon, edit_contactpersoon, end_contactpersoon, verify_contactpersoon
from wijkteams.actions.punten import create_aanspreekpunt, end_aanspreekpunt, replace_aanspreekpunt
from wijkteams.actions.teams import create_wijkteam, edit_wijkteam, end_wijkteam
from wijkteams.actions.werkgebieden import create_werkgebied, end_werkgebied, replace_werkgebied
from wijkteams.models import Aanspreekpunt, Afwezigheid, Contactpersoon, Werkgebied, Wijkteam
from wijkteams.routering import route_address

MORGEN = VANDAAG + timedelta(days=1)
GISTEREN = VANDAAG - timedelta(days=1)


def ask_route(**vraag: Any) -> Any:
    """The route of an address; what a test expects of it is what it asserts."""
    return route_address(**vraag)


@pytest.fixture
def wereld(db: None) -> Wereld:
    return make_wereld()


@pytest.fixture
def rea(wereld):
    return wereld.kijker("rea")


def regel_van(team: Wijkteam) -> Werkgebied:
    return Werkgebied.objects.get(wijkteam=team)


def told(problem: ValidationError) -> dict[str, str]:
    return {veld: " ".join(teksten) for veld, teksten in problem.message_dict.items()}


def recorded(soort: str) -> Gebeurtenis:
    return Gebeurtenis.objects.get(soort=soort)


class TestWerkgebied:
    def test_a_new_rule_routes_from_its_first_day(self, wereld, rea):
        create_werkgebied(
            gegevens={"wijkteam": wereld.net.centrum, "soort": "pc6", "gebied": "2037RB", "van": MORGEN}, by=rea, op=NU
        )
        teams = [ask_route(postcode="2037RB", huisnummer=12, peildatum=dag).wijkteam.naam for dag in (VANDAAG, MORGEN)]
        assert teams == ["Wijkteam Schalkwijk", "Wijkteam Haarlemmerhout"]
        assert recorded("werkgebied_gemaakt").gegevens["gebied"] == "2037RB"

    def test_what_it_clashes_with_is_named_at_the_field(self, wereld, rea):
        with pytest.raises(ValidationError) as caught:
            create_werkgebied(
                gegevens={"wijkteam": wereld.net.centrum, "soort": "wijk", "gebied": "WK039205", "van": MORGEN}, by=rea, op=NU
            )
        assert "Botst met Wijkteam Schalkwijk, wijk WK039205, elke sector." in told(caught.value)["gebied"]
        assert Werkgebied.objects.filter(gebied="WK039205").count() == 1

    def test_the_past_is_closed(self, wereld, rea):
        gegevens = {"wijkteam": wereld.net.centrum, "soort": "pc6", "gebied": "2037RB", "van": GISTEREN}
        regel = regel_van(wereld.net.schalkwijk)
        for attempt, veld in (
            (lambda: create_werkgebied(gegevens=gegevens, by=rea, op=NU), "van"),
            (lambda: end_werkgebied(werkgebied=regel, tot=GISTEREN, by=rea, op=NU), "tot"),
            (lambda: replace_werkgebied(werkgebied=regel, vanaf=GISTEREN, gegevens={"sector": "vo"}, by=rea, op=NU), "vanaf"),
        ):
            with pytest.raises(ValidationError) as caught:
                attempt()
            assert "terugwerkende kracht" in told(caught.value)[veld]

    def test_replacing_keeps_what_was(self, wereld, rea):
        regel = regel_van(wereld.net.schalkwijk)
        nieuw = replace_werkgebied(werkgebied=regel, vanaf=MORGEN, gegevens={"wijkteam": wereld.net.centrum}, by=rea, op=NU)
        regel.refresh_from_db()
        assert (regel.tot, nieuw.van, nieuw.tot, nieuw.gebied) == (MORGEN, MORGEN, date(9999, 12, 31), "WK039205")
        assert nieuw.wijkteam == wereld.net.centrum

    def test_replacing_by_the_same_is_refused(self, wereld, rea):
        with pytest.raises(ValidationError, match="Er verandert niets"):
            replace_werkgebied(werkgebied=regel_van(wereld.net.schalkwijk), vanaf=MORGEN, gegevens={"sector": "*"}, by=rea, op=NU)

    def test_a_rule_that_never_began_is_taken_back(self, wereld, rea):
        regel = create_werkgebied(
            gegevens={"wijkteam": wereld.net.centrum, "soort": "pc6", "gebied": "2037RB", "van": MORGEN}, by=rea, op=NU
        )
        assert end_werkgebied(werkgebied=regel, tot=MORGEN, by=rea, op=NU) is None
        assert not Werkgebied.objects.filter(pk=regel.pk).exists()
        assert recorded("werkgebied_ingetrokken").onderwerp_id == regel.pk

    def test_ending_twice_is_told(self, wereld, rea):
        regel = regel_van(wereld.net.schalkwijk)
        end_werkgebied(werkgebied=regel, tot=MORGEN, by=rea, op=NU)
        with pytest.raises(ValidationError, match="stopt al op"):
            end_werkgebied(werkgebied=regel, tot=MORGEN, by=rea, op=NU)


class TestTeam:
    def test_a_team_ends_and_another_takes_its_areas(self, wereld, rea):
        team = end_wijkteam(wijkteam=wereld.net.schalkwijk, tot=MORGEN, opvolger=wereld.net.centrum, by=rea, op=NU)
        assert team.geldig_tot == MORGEN
        after = ask_route(postcode="2037RB", huisnummer=12, peildatum=MORGEN)
        assert after.wijkteam is not None
        assert after.wijkteam.naam == "Wijkteam Haarlemmerhout"
        assert ask_route(postcode="2037RB", huisnummer=12, peildatum=VANDAAG).wijkteam.naam == "Wijkteam Schalkwijk"
        assert Aanspreekpunt.objects.get(wijkteam=team).tot == MORGEN

    def test_its_name_is_taken(self, wereld, rea):
        with pytest.raises(ValidationError) as caught:
            create_wijkteam(gegevens={"naam": "Wijkteam Schalkwijk", "gemeente": wereld.net.haarlem}, by=rea, op=NU)
        assert "al een wijkteam met deze naam" in told(caught.value)["naam"]

    def test_what_changed_is_recorded_by_name_of_field(self, wereld, rea):
        edit_wijkteam(wijkteam=wereld.net.schalkwijk, gegevens={"telefoon": "023 555 99 99"}, by=rea, op=NU)
        assert recorded("wijkteam_gewijzigd").gegevens == {"velden": ["telefoon"]}


class TestMens:
    def test_data_that_is_filled_in_counts_as_verified(self, wereld, rea):
        gegevens = {"wijkteam": wereld.net.schalkwijk, "naam": "Nora Nieuw", "functie": "jeugdcoach"}
        assert create_contactpersoon(gegevens=gegevens, by=rea, op=NU).geverifieerd_op == VANDAAG
        edit_contactpersoon(persoon=wereld.wim, gegevens={"telefoon": "06 1"}, by=rea, op=NU)
        wereld.wim.refresh_from_db()
        assert (wereld.wim.telefoon, wereld.wim.geverifieerd_op) == ("06 1", VANDAAG)

    def test_a_mail_address_must_be_one(self, wereld, rea):
        with pytest.raises(ValidationError) as caught:
            edit_contactpersoon(persoon=wereld.wim, gegevens={"email": "geen adres"}, by=rea, op=NU)
        assert "email" in told(caught.value)

    def test_verify(self, wereld, rea):
        verify_contactpersoon(persoon=wereld.wim, by=rea, op=NU)
        assert Contactpersoon.objects.get(pk=wereld.wim.pk).geverifieerd_op == VANDAAG

    def test_nobody_leaves_with_relations(self, wereld, rea):
        AanspreekpuntFactory.create(
            wijkteam=wereld.net.schalkwijk, contactpersoon=wereld.cora, vervanger=wereld.wim, sector="mbo"
        )
        with pytest.raises(ValidationError) as caught:
            end_contactpersoon(persoon=wereld.wim, in_dienst_tot=MORGEN, by=rea, op=NU)
        assert told(caught.value)["in_dienst_tot"].startswith("Wim Wijkteam heeft dan nog 1 aanspreekpunt en 1 vervanging.")
        assert Contactpersoon.objects.get(pk=wereld.wim.pk).in_dienst_tot is None


class TestAanspreekpunt:
    def test_a_narrower_one_goes_first(self, wereld, rea):
        create_aanspreekpunt(
            gegevens={
                "wijkteam": wereld.net.schalkwijk,
                "contactpersoon": wereld.cora,
                "school": wereld.net.school,
                "van": VANDAAG,
            },
            by=rea,
            op=NU,
        )
        found = ask_route(postcode="2037RB", huisnummer=12, school="99AB", peildatum=VANDAAG)
        assert found.aanspreekpunt is not None
        assert found.aanspreekpunt.naam == "Cora Coördinator"

    def test_a_second_one_for_the_same_names_the_first(self, wereld, rea):
        with pytest.raises(ValidationError) as caught:
            create_aanspreekpunt(
                gegevens={"wijkteam": wereld.net.schalkwijk, "contactpersoon": wereld.cora, "van": VANDAAG}, by=rea, op=NU
            )
        assert "Botst met Wim Wijkteam (sinds 01-01-2020)." in told(caught.value)["van"]

    def test_somebody_of_another_team_cannot_be_it(self, wereld, rea):
        ander = ContactpersoonFactory.create(wijkteam=wereld.net.centrum, naam="Ander Team")
        with pytest.raises(ValidationError) as caught:
            create_aanspreekpunt(
                gegevens={"wijkteam": wereld.net.schalkwijk, "contactpersoon": ander, "sector": "vo", "van": VANDAAG},
                by=rea,
                op=NU,
            )
        assert told(caught.value) == {"contactpersoon": "Ander Team werkt niet bij dit wijkteam."}

    def test_a_switch_keeps_who_it_was(self, wereld, rea):
        punt = Aanspreekpunt.objects.get(wijkteam=wereld.net.schalkwijk)
        nieuw = replace_aanspreekpunt(punt=punt, vanaf=MORGEN, contactpersoon=wereld.cora, vervanger=wereld.wim, by=rea, op=NU)
        punt.refresh_from_db()
        assert (punt.tot, punt.contactpersoon) == (MORGEN, wereld.wim)
        assert (nieuw.van, nieuw.contactpersoon, nieuw.vervanger, nieuw.tot) == (MORGEN, wereld.cora, wereld.wim, None)

    def test_nobody_stands_in_for_themselves(self, wereld, rea):
        punt = Aanspreekpunt.objects.get(wijkteam=wereld.net.schalkwijk)
        with pytest.raises(ValidationError) as caught:
            replace_aanspreekpunt(punt=punt, vanaf=MORGEN, contactpersoon=wereld.cora, vervanger=wereld.cora, by=rea, op=NU)
        assert "iemand anders" in told(caught.value)["vervanger"]

    def test_it_ends(self, wereld, rea):
        punt = Aanspreekpunt.objects.get(wijkteam=wereld.net.schalkwijk)
        end_aanspreekpunt(punt=punt, tot=MORGEN, by=rea, op=NU)
        assert ask_route(postcode="2037RB", huisnummer=12, peildatum=MORGEN).uitkomst == "geen_contact"


class TestAfwezigheid:
    def test_the_deputy_is_the_one_to_call(self, wereld, rea):
        report_absence(persoon=wereld.wim, van=VANDAAG, tot_en_met=MORGEN, vervanger=wereld.cora, by=rea, op=NU)
        found = ask_route(postcode="2037RB", huisnummer=12, peildatum=VANDAAG)
        assert found.te_bellen is not None
        assert found.te_bellen.naam == "Cora Coördinator"

    def test_who_is_away_cannot_stand_in(self, wereld, rea):
        AfwezigheidFactory.create(contactpersoon=wereld.cora, van=VANDAAG, tot_en_met=MORGEN)
        with pytest.raises(ValidationError) as caught:
            report_absence(persoon=wereld.wim, van=VANDAAG, tot_en_met=MORGEN, vervanger=wereld.cora, by=rea, op=NU)
        assert told(caught.value)["vervanger"].startswith("Cora Coördinator is zelf afwezig")

    def test_twice_the_same_days_is_told(self, wereld, rea):
        report_absence(persoon=wereld.wim, van=VANDAAG, tot_en_met=MORGEN, vervanger=None, by=rea, op=NU)
        with pytest.raises(ValidationError) as caught:
            report_absence(persoon=wereld.wim, van=MORGEN, tot_en_met=MORGEN, vervanger=None, by=rea, op=NU)
        assert "Botst met afwezig van 02-12-2026 tot en met 03-12-2026." in told(caught.value)["van"]

    def test_longer_and_back(self, wereld, rea):
        row = report_absence(persoon=wereld.wim, van=GISTEREN, tot_en_met=MORGEN, vervanger=None, by=rea, op=NU)
        change_absence(afwezigheid=row, tot_en_met=MORGEN + timedelta(days=7), vervanger=wereld.cora, by=rea, op=NU)
        end_absence(afwezigheid=row, by=rea, op=NU)
        row.refresh_from_db()
        assert row.tot_en_met == GISTEREN
        later = report_absence(persoon=wereld.wim, van=MORGEN, tot_en_met=MORGEN, vervanger=None, by=rea, op=NU)
        end_absence(afwezigheid=later, by=rea, op=NU)
        assert not Afwezigheid.objects.filter(pk=later.pk).exists()


def test_the_database_holds_the_clash_when_two_are_first_at_once(wereld):
    """Without the check of the action: the constraint itself."""
    first = regel_van(wereld.net.schalkwijk)
    with pytest.raises(IntegrityError, match="werkgebied_geen_gelijkspel"), transaction.atomic():
        Werkgebied.objects.create(wijkteam=wereld.net.centrum, soort=first.soort, gebied=first.gebied)


def test_the_loser_of_a_race_is_told_what_was_first(wereld, rea, monkeypatch):
    """The check of the model saw nothing yet; the database did."""
    monkeypatch.setattr(Werkgebied, "validate_constraints", Mock())
    with pytest.raises(ValidationError) as caught:
        create_werkgebied(
            gegevens={"wijkteam": wereld.net.centrum, "soort": "wijk", "gebied": "WK039205", "van": MORGEN}, by=rea, op=NU
        )
    assert "Botst met Wijkteam Schalkwijk" in told(caught.value)["gebied"]
    assert connection.in_atomic_block
    assert SchoolFactory.create().pk  # the transaction is still good
