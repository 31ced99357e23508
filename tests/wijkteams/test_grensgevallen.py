"""Twenty boundary cases made by hand: each is a small town with one trap, and the one right answer."""

from datetime import date

import pytest

from tests.factories.netwerk import (
    EditieFactory,
    GemeenteFactory,
    SchoolFactory,
    VestigingFactory,
    WerkgebiedFactory,
    make_register,
    make_team,
)
from tests.wijkteams.conftest import OP
from wijkteams.routering import route_address

A, B = "2011AA", "2011AB"


@pytest.fixture
def town(db):
    """One gemeente, wijk 01 with buurten 01 and 02, wijk 02 with buurt 01; 2011AA lies in 0101, 2011AB in 0101 and 0201."""
    editie = EditieFactory.create(actief=True)
    GemeenteFactory.create(code="GM0392", naam="Haarlem")
    make_register(editie, {(A, "03920101"): range(1, 41), (B, "03920101"): range(1, 11), (B, "03920201"): range(11, 21)})
    school = SchoolFactory.create(brin="99AB")
    VestigingFactory.create(school=school, brin="99AB00", sectoren=["vo"])
    VestigingFactory.create(school=school, brin="99AB01", sectoren=["mbo"])
    return school


def team(naam, *regels):
    """A team with one contact and rules: `("pc6", "2011AA", {"sector": "vo"})`."""
    gemaakt = make_team(naam)
    for soort, gebied, *velden in regels:
        WerkgebiedFactory.create(wijkteam=gemaakt, soort=soort, gebied=gebied, **(velden[0] if velden else {}))
    return gemaakt


def answer(postcode, huisnummer, **rest):
    route = route_address(postcode=postcode, huisnummer=huisnummer, **{"peildatum": OP, **rest})
    return route.wijkteam.naam if route.wijkteam else str(route.uitkomst)


GM, WK, BU = "GM0392", "WK039201", "BU03920101"


@pytest.mark.usefixtures("town")
class TestArea:
    def test_1_a_buurt_inside_another_teams_wijk(self):
        team("Wijk", ("wijk", WK))
        team("Buurt", ("buurt", BU))
        assert answer(A, 1) == "Buurt"

    def test_2_a_postcode_inside_another_teams_buurt(self):
        team("Buurt", ("buurt", BU))
        team("Postcode", ("pc6", A))
        assert answer(A, 1) == "Postcode"
        assert answer(B, 1) == "Buurt"

    def test_3_four_digits_go_before_the_wijk_and_after_the_buurt(self):
        team("Wijk", ("wijk", WK))
        team("PC4", ("pc4", "2011"))
        assert answer(A, 1) == "PC4"
        team("Buurt", ("buurt", BU))
        assert answer(A, 1) == "Buurt"

    def test_4_the_first_and_the_last_number_of_a_range(self):
        team("Wijk", ("wijk", WK))
        team("Nummers", ("nummers", A, {"nummer_van": 5, "nummer_tot_en_met": 9}))
        assert [answer(A, number) for number in (4, 5, 9, 10)] == ["Wijk", "Nummers", "Nummers", "Wijk"]

    def test_5_the_even_side_and_the_odd_side(self):
        team("Even", ("nummers", A, {"zijde": "even"}))
        team("Oneven", ("nummers", A, {"zijde": "oneven"}))
        assert [answer(A, number) for number in (1, 2, 3)] == ["Oneven", "Even", "Oneven"]

    def test_6_one_side_only_falls_through_on_the_other(self):
        team("Even", ("nummers", A, {"zijde": "even"}))
        team("Gemeente", ("gemeente", GM))
        assert [answer(A, number) for number in (1, 2)] == ["Gemeente", "Even"]

    def test_7_a_number_range_holds_for_a_number_that_is_not_in_the_register(self):
        team("Nieuwbouw", ("nummers", A, {"nummer_van": 100}))
        team("Wijk", ("wijk", WK))
        assert answer(A, 101) == "Nieuwbouw"

    def test_8_a_postcode_on_a_border_that_one_rule_covers_whole(self):
        team("Wijk 1", ("wijk", WK))
        team("Wijk 2", ("wijk", "WK039202"))
        assert answer(B, 99) == "meerdere"
        team("Postcode", ("pc6", B))
        assert answer(B, 99) == "Postcode"

    def test_9_the_number_decides_on_a_border(self):
        team("Wijk 1", ("wijk", WK))
        team("Wijk 2", ("wijk", "WK039202"))
        assert [answer(B, number) for number in (10, 11)] == ["Wijk 1", "Wijk 2"]


@pytest.mark.usefixtures("town")
class TestPupil:
    def test_10_a_stedelijk_team_goes_before_a_number_range(self):
        team("Nummers", ("nummers", A, {"nummer_van": 1}))
        team("Stedelijk", ("voorrang", GM, {"sector": "vo"}))
        assert answer(A, 1, sector="vo") == "Stedelijk"
        assert answer(A, 1, sector="vso") == "Nummers"

    def test_11_the_sector_of_an_area_goes_before_all_sectors_of_that_area_only(self):
        team("Wijk vo", ("wijk", WK, {"sector": "vo"}))
        team("Wijk", ("wijk", WK))
        team("Buurt", ("buurt", BU))
        assert answer(A, 1, sector="vo") == "Buurt"

    def test_12_a_stedelijk_team_until_sixteen(self):
        team("Stedelijk", ("voorrang", GM, {"sector": "vo", "leeftijd_tot": 16}))
        team("Wijk", ("wijk", WK))
        assert answer(A, 1, sector="vo", geboortedatum="2010-09-02") == "Stedelijk"
        assert answer(A, 1, sector="vo", geboortedatum="2010-09-01") == "Wijk"

    def test_13_eighteen_today(self):
        team("Jeugd", ("gemeente", GM, {"leeftijd_tot": 18}))
        team("Jongerenloket", ("gemeente", GM, {"leeftijd_van": 18}))
        assert answer(A, 1, geboortedatum="2008-09-02") == "Jeugd"
        assert answer(A, 1, geboortedatum="2008-09-01") == "Jongerenloket"

    def test_14_born_on_the_29th_of_february(self):
        team("Jeugd", ("gemeente", GM, {"leeftijd_tot": 18}))
        team("Jongerenloket", ("gemeente", GM, {"leeftijd_van": 18}))
        born = "2008-02-29"
        assert answer(A, 1, geboortedatum=born, peildatum=date(2026, 2, 28)) == "Jeugd"
        assert answer(A, 1, geboortedatum=born, peildatum=date(2026, 3, 1)) == "Jongerenloket"

    def test_15_a_school_of_two_sectors_where_the_rules_agree(self):
        team("Wijk", ("wijk", WK))
        team("Stedelijk", ("voorrang", GM, {"sector": "po"}))
        assert answer(A, 1, school="99AB") == "Wijk"
        assert answer(A, 1) == "meerdere"

    def test_16_a_schools_rule_for_one_sector(self, town):
        team("Adviseur mbo", ("school", GM, {"school": town, "sector": "mbo"}))
        team("Wijk", ("wijk", WK))
        assert answer(A, 1, school="99AB01") == "Adviseur mbo"
        assert answer(A, 1, school="99AB00") == "Wijk"
        assert answer(A, 1, school="99AB") == "meerdere"


@pytest.mark.usefixtures("town")
class TestDay:
    def test_17_the_day_one_team_takes_over_from_another(self):
        team("Oud", ("wijk", WK, {"tot": OP}))
        team("Nieuw", ("wijk", WK, {"van": OP}))
        assert answer(A, 1, peildatum=date(2026, 8, 31)) == "Oud"
        assert answer(A, 1) == "Nieuw"

    def test_18_a_day_between_two_rules(self):
        team("Oud", ("wijk", WK, {"tot": date(2026, 8, 31)}))
        team("Nieuw", ("wijk", WK, {"van": OP}))
        assert answer(A, 1, peildatum=date(2026, 8, 31)) == "geen_team"

    def test_19_a_team_that_stopped_gives_way_to_the_next_rule(self):
        oud = team("Opgeheven", ("buurt", BU))
        team("Wijk", ("wijk", WK))
        oud.geldig_tot = OP
        oud.save()
        assert answer(A, 1, peildatum=date(2026, 8, 31)) == "Opgeheven"
        assert answer(A, 1) == "Wijk"
        route = route_address(postcode=A, huisnummer=1, peildatum=OP)
        assert any("Opgeheven zou hier voorgaan, maar bestaat niet op 1 september 2026." in stap.tekst for stap in route.uitleg)

    def test_20_a_team_that_has_not_begun(self):
        nieuw = team("Nieuw", ("buurt", BU))
        nieuw.geldig_van = date(2026, 9, 2)
        nieuw.save()
        assert answer(A, 1) == "geen_team"
        assert answer(A, 1, peildatum=date(2026, 9, 2)) == "Nieuw"
