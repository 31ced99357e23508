"""Every uitkomst of design §4, by one address at a time."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gebieden.models import Editie, Gemeente
from tests.factories.netwerk import (
    AanspreekpuntFactory,
    AfwezigheidFactory,
    ContactpersoonFactory,
    EditieFactory,
    RegisterRegelFactory,
    SchoolFactory,
    VestigingFactory,
    WerkgebiedFactory,
    make_team,
)
from tests.wijkteams.conftest import OP
from wijkteams.models import Aanspreekpunt, Contactpersoon, Werkgebied
from wijkteams.routering import Uitkomst, route_address


def reasons(route):
    return {(kandidaat.wijkteam.naam if kandidaat.wijkteam else None): kandidaat.reden for kandidaat in route.kandidaten}


class TestToegewezen:
    def test_one_team_and_one_person(self, net, route):
        gevonden = route("2037RB", 12)
        assert gevonden.uitkomst is Uitkomst.TOEGEWEZEN
        assert gevonden.wijkteam.id == net.schalkwijk.pk
        assert gevonden.aanspreekpunt.naam == "Contact van Wijkteam Schalkwijk"
        assert (gevonden.gemeente.code, gevonden.wijk.code, gevonden.buurt.code) == ("GM0392", "WK039205", "BU03920501")
        assert (gevonden.gemeente_id, gevonden.regio_id, gevonden.editie_id) == (net.haarlem.pk, net.regio.pk, net.editie.pk)
        assert not gevonden.afgeleid
        assert gevonden.kandidaten == ()

    def test_number_unknown_in_one_buurt_is_derived(self, route):
        gevonden = route("2037RB", 99)
        assert (gevonden.uitkomst, gevonden.afgeleid) == (Uitkomst.TOEGEWEZEN, True)
        assert gevonden.buurt.code == "BU03920501"

    def test_number_unknown_in_two_buurten_of_one_team_is_derived(self, route):
        gevonden = route("2037XX", 99)
        assert (gevonden.uitkomst, gevonden.afgeleid) == (Uitkomst.TOEGEWEZEN, True)
        assert (gevonden.wijk.code, gevonden.buurt) == ("WK039205", None)

    def test_a_key_with_two_areas_of_one_team_is_not_derived(self, net, route):
        RegisterRegelFactory.create(editie=net.editie, postcode="2037RB", buurt_code="BU03920502", huisnummers=[12])
        gevonden = route("2037RB", 12)
        assert (gevonden.uitkomst, gevonden.afgeleid, gevonden.buurt) == (Uitkomst.TOEGEWEZEN, False, None)

    def test_away_with_a_deputy(self, net, route):
        persoon = Contactpersoon.objects.get(wijkteam=net.schalkwijk)
        dewi = ContactpersoonFactory.create(wijkteam=net.schalkwijk, naam="Dewi Vervanger")
        AfwezigheidFactory.create(contactpersoon=persoon, van=OP, tot_en_met=date(2026, 9, 10), vervanger=dewi)
        gevonden = route("2037RB", 12)
        assert gevonden.uitkomst is Uitkomst.TOEGEWEZEN
        assert (gevonden.aanspreekpunt.id, gevonden.aanspreekpunt.afwezig_tot) == (persoon.pk, date(2026, 9, 10))
        assert gevonden.vervanger.id == gevonden.te_bellen.id == dewi.pk

    @pytest.mark.parametrize(
        ("op", "weg"), [(date(2026, 8, 31), False), (OP, True), (date(2026, 9, 10), True), (date(2026, 9, 11), False)]
    )
    def test_absence_counts_from_the_first_to_the_last_day(self, net, route, op, weg):
        persoon = Contactpersoon.objects.get(wijkteam=net.schalkwijk)
        dewi = ContactpersoonFactory.create(wijkteam=net.schalkwijk)
        AfwezigheidFactory.create(contactpersoon=persoon, van=OP, tot_en_met=date(2026, 9, 10), vervanger=dewi)
        gevonden = route("2037RB", 12, peildatum=op)
        assert (gevonden.vervanger is not None) is weg
        assert (gevonden.te_bellen.id == dewi.pk) is weg

    def test_the_person_for_the_school_goes_before_the_one_for_the_team(self, net, route):
        punt = AanspreekpuntFactory.create(wijkteam=net.schalkwijk, school=net.school)
        assert route("2037RB", 12, school="99AB").aanspreekpunt.id == punt.contactpersoon_id
        assert route("2037RB", 12, school="99AB00").aanspreekpunt.bereik == "school"
        assert route("2037RB", 12).aanspreekpunt.id != punt.contactpersoon_id

    def test_six_characters_are_one_location_and_four_are_all(self, net, route):
        tweede = VestigingFactory.create(school=net.school, brin="99AB01", sectoren=["vo"])
        hier = AanspreekpuntFactory.create(wijkteam=net.schalkwijk, vestiging=tweede).contactpersoon_id
        overal = AanspreekpuntFactory.create(wijkteam=net.schalkwijk, school=net.school).contactpersoon_id
        assert route("2037RB", 12, school="99AB01").aanspreekpunt.id == hier
        assert route("2037RB", 12, school="99AB00").aanspreekpunt.id == overal
        assert route("2037RB", 12, school="99AB").aanspreekpunt.id == overal


class TestSchoolAndSector:
    def test_the_sector_is_taken_from_a_school_with_one(self, net, route):
        stedelijk = make_team("Stedelijk vo", gemeente=net.haarlem)
        WerkgebiedFactory.create(wijkteam=stedelijk, soort="voorrang", gebied="GM0392", sector="vo")
        gevonden = route("2037RB", 12, school="99AB")
        assert (gevonden.wijkteam.id, gevonden.sector) == (stedelijk.pk, "vo")
        assert any(
            stap.stap == "sector" and "Voorbeeldcollege geeft alleen voortgezet onderwijs" in stap.tekst
            for stap in gevonden.uitleg
        )

    def test_a_school_with_two_sectors_leaves_two_candidates(self, net, route):
        VestigingFactory.create(school=net.school, brin="99AB01", sectoren=["mbo"])
        stedelijk = make_team("Stedelijk vo", gemeente=net.haarlem)
        WerkgebiedFactory.create(wijkteam=stedelijk, soort="voorrang", gebied="GM0392", sector="vo")
        assert route("2037RB", 12, school="99AB").uitkomst is Uitkomst.MEERDERE
        assert route("2037RB", 12, school="99AB", sector="mbo").wijkteam.id == net.schalkwijk.pk
        assert route("2037RB", 12, school="99AB01").wijkteam.id == net.schalkwijk.pk
        assert route("2037RB", 12, school="99AB00").wijkteam.id == stedelijk.pk

    def test_a_schools_own_rule_holds_only_for_pupils_of_the_gemeenten_it_lists(self, net, route):
        adviseur = make_team("Jeugdhulpadviseur", gemeente=net.haarlem, soort="schoolgebonden")
        WerkgebiedFactory.create(wijkteam=adviseur, soort="school", gebied="GM0392", school=net.school)
        assert route("2037RB", 12, school="99AB").wijkteam.id == adviseur.pk
        assert route("2101AA", 1, school="99AB").wijkteam.id == net.team_heemstede.pk
        assert route("2037RB", 12, sector="vo").wijkteam.id == net.schalkwijk.pk

    def test_a_rule_of_one_location_wins_from_one_of_the_school(self, net, route):
        tweede = VestigingFactory.create(school=net.school, brin="99AB01", sectoren=["vo"])
        alle, hier = make_team("Voor alle"), make_team("Voor 99AB01")
        WerkgebiedFactory.create(wijkteam=alle, soort="school", gebied="GM0392", school=net.school)
        WerkgebiedFactory.create(wijkteam=hier, soort="school", gebied="GM0392", vestiging=tweede)
        teams = {brin: route("2037RB", 12, school=brin).wijkteam.id for brin in ("99AB", "99AB00", "99AB01")}
        assert teams == {"99AB": alle.pk, "99AB00": alle.pk, "99AB01": hier.pk}

    def test_a_sector_that_the_school_does_not_teach_is_used_and_questioned(self, route):
        gevonden = route("2037RB", 12, school="99AB", sector="po")
        assert gevonden.sector == "po"
        assert any("geeft volgens onze gegevens geen po" in stap.tekst for stap in gevonden.uitleg)


class TestMeerdere:
    def test_number_unknown_on_a_border(self, route):
        gevonden = route("2034AA", 99)
        assert (gevonden.uitkomst, gevonden.afgeleid, gevonden.wijkteam) == (Uitkomst.MEERDERE, True, None)
        assert (gevonden.gemeente.code, gevonden.wijk, gevonden.buurt) == ("GM0392", None, None)
        assert reasons(gevonden) == {
            "Wijkteam Schalkwijk": "als het adres in de buurt Boerhaavewijk ligt",
            "Wijkteam Haarlemmerhout": "als het adres in de buurt Haarlemmerhout ligt",
        }
        assert {kandidaat.buurt.code for kandidaat in gevonden.kandidaten} == {"BU03920501", "BU03920101"}
        assert all(kandidaat.aanspreekpunt for kandidaat in gevonden.kandidaten)

    def test_a_known_number_on_a_border_is_certain(self, net, route):
        assert route("2034AA", 20).wijkteam.id == net.schalkwijk.pk
        assert route("2034AA", 21).wijkteam.id == net.centrum.pk

    def test_a_key_with_two_areas(self, net, route):
        RegisterRegelFactory.create(editie=net.editie, postcode="2037RB", buurt_code="BU03920101", huisnummers=[12])
        gevonden = route("2037RB", 12)
        assert (gevonden.uitkomst, gevonden.afgeleid) == (Uitkomst.MEERDERE, False)
        assert set(reasons(gevonden)) == {"Wijkteam Schalkwijk", "Wijkteam Haarlemmerhout"}
        assert route("2037RB", 14).uitkomst is Uitkomst.TOEGEWEZEN

    def test_sector_not_given(self, net, route):
        stedelijk = make_team("Stedelijk vo", gemeente=net.haarlem, soort="stedelijk")
        WerkgebiedFactory.create(wijkteam=stedelijk, soort="voorrang", gebied="GM0392", sector="vo")
        gevonden = route("2037RB", 12)
        assert gevonden.uitkomst is Uitkomst.MEERDERE
        assert reasons(gevonden) == {
            "Stedelijk vo": "als de leerling op het vo zit",
            "Wijkteam Schalkwijk": "in alle andere gevallen",
        }
        assert route("2037RB", 12, sector="vo").wijkteam.naam == "Stedelijk vo"
        assert route("2037RB", 12, sector="mbo").wijkteam.naam == "Wijkteam Schalkwijk"

    def test_age_not_given(self, net, route):
        Werkgebied.objects.filter(gebied="WK039205").update(leeftijd_tot=18)
        loket = make_team("Jongerenloket", gemeente=net.haarlem)
        WerkgebiedFactory.create(wijkteam=loket, soort="wijk", gebied="WK039205", leeftijd_van=18)
        assert reasons(route("2037RB", 12)) == {
            "Wijkteam Schalkwijk": "als de leerling jonger dan 18 jaar is",
            "Jongerenloket": "als de leerling 18 jaar of ouder is",
        }

    @pytest.mark.parametrize(
        ("geboren", "team"),
        [
            ("2008-09-02", "Wijkteam Schalkwijk"),
            ("2008-09-01", "Jongerenloket"),
            ("1-9-2008", "Jongerenloket"),
            ("2011-05-17", "Wijkteam Schalkwijk"),
        ],
    )
    def test_eighteen_begins_on_the_birthday(self, route, geboren, team):
        Werkgebied.objects.filter(gebied="WK039205").update(leeftijd_tot=18)
        WerkgebiedFactory.create(wijkteam=make_team("Jongerenloket"), soort="wijk", gebied="WK039205", leeftijd_van=18)
        assert route("2037RB", 12, geboortedatum=geboren).wijkteam.naam == team

    def test_half_outside_the_region(self, net, route):
        RegisterRegelFactory.create(editie=net.editie, postcode="2101AA", buurt_code="BU05340001", huisnummers=[50])
        gevonden = route("2101AA", 99)
        assert (gevonden.uitkomst, gevonden.gemeente) == (Uitkomst.MEERDERE, None)
        assert reasons(gevonden) == {
            "Wijkteam Heemstede": "als het adres in de buurt Heemstede-Centrum ligt",
            None: "als het adres in de gemeente Hillegom ligt: die valt buiten deze regio",
        }
        assert [loket.gemeente for loket in gevonden.lokets] == ["Hillegom"]

    def test_half_in_a_hole(self, net, route):
        Werkgebied.objects.filter(wijkteam=net.centrum).delete()
        gevonden = route("2034AA", 99)
        assert gevonden.uitkomst is Uitkomst.MEERDERE
        assert reasons(gevonden)[None] == "als het adres in de buurt Haarlemmerhout ligt: daar is geen wijkteam bekend"
        assert [kandidaat.kiesbaar for kandidaat in gevonden.kandidaten] == [True, False]

    def test_a_person_per_sector_and_no_sector(self, net, route):
        Aanspreekpunt.objects.filter(wijkteam=net.schalkwijk).delete()
        for sector in ("vo", "mbo"):
            AanspreekpuntFactory.create(wijkteam=net.schalkwijk, sector=sector)
        gevonden = route("2037RB", 12)
        assert gevonden.uitkomst is Uitkomst.MEERDERE
        assert [kandidaat.reden for kandidaat in gevonden.kandidaten] == [
            "als de leerling op het vo zit",
            "als de student op het mbo zit",
        ]
        assert "hangt af van de sector" in gevonden.uitleg[-1].tekst
        assert route("2037RB", 12, sector="mbo").uitkomst is Uitkomst.TOEGEWEZEN


class TestOtherwise:
    def test_buiten_regio_names_the_gemeente_and_its_desk(self, route):
        gevonden = route("2181AA", 1)
        assert (gevonden.uitkomst, gevonden.gemeente.naam, gevonden.wijkteam) == (Uitkomst.BUITEN_REGIO, "Hillegom", None)
        assert gevonden.loket.telefoon == "14 000"
        assert any(stap.stap == "loket" and "14 000" in stap.tekst and "Hillegom" in stap.tekst for stap in gevonden.uitleg)

    def test_buiten_regio_in_one_of_two_gemeenten(self, net, route):
        Gemeente.objects.filter(code="GM0397").update(regio=None)
        RegisterRegelFactory.create(editie=net.editie, postcode="2181AA", buurt_code="BU03970001", huisnummers=[50])
        gevonden = route("2181AA", 99)
        assert (gevonden.uitkomst, gevonden.gemeente, gevonden.loket) == (Uitkomst.BUITEN_REGIO, None, None)
        assert {loket.gemeente for loket in gevonden.lokets} == {"Hillegom", "Heemstede"}
        assert len(gevonden.kandidaten) == 2

    def test_adres_onbekend_gives_marked_candidates_of_the_same_pc4(self, net, route):
        gevonden = route("2037ZZ", 1)
        assert (gevonden.uitkomst, gevonden.gemeente, gevonden.buurt, gevonden.wijkteam) == (
            Uitkomst.ADRES_ONBEKEND,
            None,
            None,
            None,
        )
        assert [kandidaat.wijkteam.id for kandidaat in gevonden.kandidaten] == [net.schalkwijk.pk]
        assert all(kandidaat.reden.startswith("zelfde postcodegebied") for kandidaat in gevonden.kandidaten)

    def test_adres_onbekend_without_any_candidate(self, route):
        gevonden = route("9999ZZ", 1)
        assert (gevonden.uitkomst, gevonden.kandidaten) == (Uitkomst.ADRES_ONBEKEND, ())

    def test_without_an_active_editie_nothing_is_known_and_that_is_said(self, route):
        Editie.objects.update(actief=False)
        gevonden = route("2037RB", 12)
        assert (gevonden.uitkomst, gevonden.editie) == (Uitkomst.ADRES_ONBEKEND, None)
        assert "nog geen adresregister" in gevonden.uitleg[0].tekst

    def test_the_active_editie_is_used_whatever_the_peildatum(self, net, route):
        Editie.objects.update(actief=False)
        nieuw = EditieFactory.create(jaar=2026, versie=2, actief=True)
        RegisterRegelFactory.create(editie=nieuw, postcode="2037RB", buurt_code="BU03970001", huisnummers=[12])
        gevonden = route("2037RB", 12, peildatum=date(2021, 1, 1))
        assert (gevonden.editie, gevonden.wijkteam.id) == ("2026-2", net.team_heemstede.pk)

    def test_geen_team(self, net, route):
        Werkgebied.objects.filter(wijkteam=net.schalkwijk).delete()
        gevonden = route("2037RB", 12)
        assert (gevonden.uitkomst, gevonden.wijkteam, gevonden.buurt.code) == (Uitkomst.GEEN_TEAM, None, "BU03920501")

    def test_a_rule_for_other_pupils_is_no_rule(self, net, route):
        Werkgebied.objects.filter(wijkteam=net.schalkwijk).update(leeftijd_tot=18)
        assert route("2037RB", 12, geboortedatum="2001-01-01").uitkomst is Uitkomst.GEEN_TEAM
        gevonden = route("2037RB", 12)
        assert gevonden.uitkomst is Uitkomst.TOEGEWEZEN
        assert any(stap.stap == "voorbehoud" and "jonger dan 18 jaar" in stap.tekst for stap in gevonden.uitleg)

    def test_geen_contact_gives_the_mailbox_of_the_team(self, net, route):
        Aanspreekpunt.objects.filter(wijkteam=net.schalkwijk).delete()
        gevonden = route("2037RB", 12)
        assert (gevonden.uitkomst, gevonden.aanspreekpunt, gevonden.wijkteam.email) == (
            Uitkomst.GEEN_CONTACT,
            None,
            net.schalkwijk.email,
        )
        assert net.schalkwijk.email in gevonden.uitleg[-1].tekst

    def test_geen_contact_when_away_without_a_deputy(self, net, route):
        AfwezigheidFactory.create(contactpersoon=Contactpersoon.objects.get(wijkteam=net.schalkwijk))
        gevonden = route("2037RB", 12)
        assert (gevonden.uitkomst, gevonden.aanspreekpunt, gevonden.te_bellen) == (Uitkomst.GEEN_CONTACT, None, None)
        assert "is afwezig tot en met 31 december 2026" in gevonden.uitleg[-1].tekst

    def test_who_left_is_not_shown(self, net, route):
        Contactpersoon.objects.filter(wijkteam=net.schalkwijk).update(in_dienst_tot=OP)
        assert route("2037RB", 12).uitkomst is Uitkomst.GEEN_CONTACT
        assert route("2037RB", 12, peildatum=date(2026, 8, 31)).uitkomst is Uitkomst.TOEGEWEZEN


class TestQueries:
    """At most three, however much there is to choose from."""

    @pytest.mark.parametrize("extra", [0, 25])
    @pytest.mark.parametrize("address", [("2037RB", 12), ("2034AA", 99), ("2037ZZ", 1), ("2181AA", 1)])
    def test_three_queries_at_most(self, net, address, extra):
        Werkgebied.objects.filter(gebied="WK039205").update(leeftijd_tot=100)
        for number in range(extra):
            team = make_team(f"Team {number}", gemeente=net.haarlem)
            WerkgebiedFactory.create(
                wijkteam=team, soort="wijk", gebied="WK039205", leeftijd_van=100 + number, leeftijd_tot=101 + number
            )
            AanspreekpuntFactory.create(wijkteam=net.schalkwijk, school=SchoolFactory.create())
        with CaptureQueriesContext(
            connection,
        ) as queries:
            route_address(postcode=address[0], huisnummer=address[1], school="99AB")
        assert len(queries) <= 3
