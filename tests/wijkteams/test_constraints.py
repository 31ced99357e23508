"""Every constraint of the network, violated on purpose: the database refuses, and a form says why at the field."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tests.factories.netwerk import (
    AanspreekpuntFactory,
    AfwezigheidFactory,
    ContactpersoonFactory,
    GemeenteFactory,
    SchoolFactory,
    VestigingFactory,
    WerkgebiedFactory,
    WijkteamFactory,
)
from wijkteams.models import Aanspreekpunt, Afwezigheid, Werkgebied, Wijkteam

pytestmark = pytest.mark.django_db
DAG = date(2026, 9, 1)
LATER = date(2026, 10, 1)


def refuses(row, constraint, field):
    """The form says it at `field`; the database says it too, by the name of the constraint."""
    with pytest.raises(ValidationError) as told:
        row.full_clean()
    assert list(told.value.message_dict) == [field]
    (message,) = told.value.message_dict[field]
    assert message.endswith((".", "?"))
    assert "onstraint" not in message
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        row.save()


class TestWijkteam:
    def test_two_teams_of_one_name_in_one_gemeente(self):
        team = WijkteamFactory.create(naam="Oost")
        refuses(Wijkteam(naam="Oost", gemeente=team.gemeente), "wijkteam_naam_per_gemeente", "naam")
        Wijkteam(naam="Oost", gemeente=GemeenteFactory.create()).full_clean()

    def test_a_team_that_ends_before_it_begins(self):
        team = WijkteamFactory.create()
        refuses(Wijkteam(naam="X", gemeente=team.gemeente, geldig_van=DAG, geldig_tot=DAG), "wijkteam_datums", "geldig_tot")


def rule(**velden):
    return Werkgebied(**{"wijkteam": WijkteamFactory.create(), "soort": "gemeente", "gebied": "GM0392", **velden})


class TestWerkgebied:
    def test_dates(self):
        refuses(rule(van=DAG, tot=DAG), "werkgebied_datums", "tot")

    def test_ages(self):
        refuses(rule(leeftijd_van=18, leeftijd_tot=18), "werkgebied_leeftijd", "leeftijd_tot")

    @pytest.mark.parametrize(("first", "last"), [(5, 4), (0, 4)])
    def test_numbers(self, first, last):
        row = rule(soort="nummers", gebied="2037RB", nummer_van=first, nummer_tot_en_met=last)
        refuses(row, "werkgebied_nummers", "nummer_tot_en_met")

    @pytest.mark.parametrize("velden", [{"nummer_van": 5}, {"nummer_tot_en_met": 5}, {"zijde": "even"}])
    def test_numbers_belong_to_the_kind_with_numbers(self, velden):
        refuses(rule(soort="pc6", gebied="2037RB", **velden), "werkgebied_nummers_bij_soort", "soort")

    def test_a_school_belongs_to_the_kind_of_schools(self):
        school = SchoolFactory.create()
        refuses(rule(school=school), "werkgebied_school_bij_soort", "school")
        refuses(rule(soort="school"), "werkgebied_school_bij_soort", "school")
        both = rule(soort="school", school=school, vestiging=VestigingFactory.create(school=school))
        refuses(both, "werkgebied_school_bij_soort", "school")

    @pytest.mark.parametrize(
        ("soort", "gebied"),
        [
            ("gemeente", "WK039205"),
            ("gemeente", "0392"),
            ("voorrang", "2037"),
            ("wijk", "GM0392"),
            ("wijk", "WK0392"),
            ("buurt", "BU039205"),
            ("pc4", "2037RB"),
            ("pc4", "0037"),
            ("pc6", "2037"),
            ("pc6", "2037 R"),
            ("pc6", "2037rb"),
            ("nummers", "BU03920501"),
        ],
    )
    def test_the_code_fits_the_kind(self, soort, gebied):
        refuses(rule(soort=soort, gebied=gebied), "werkgebied_gebied_bij_soort", "gebied")

    @pytest.mark.parametrize(
        "velden",
        [
            {},
            {"soort": "voorrang", "sector": "vo"},
            {"soort": "wijk", "gebied": "WK0363AF"},
            {"soort": "nummers", "gebied": "2037RB", "nummer_van": 10, "nummer_tot_en_met": 20, "zijde": "even"},
            {"leeftijd_van": 4, "leeftijd_tot": 18, "van": DAG, "tot": LATER},
        ],
    )
    def test_two_rules_that_would_tie(self, velden):
        WerkgebiedFactory.create(**{"soort": "gemeente", "gebied": "GM0392", **velden})
        refuses(rule(**velden), "werkgebied_geen_gelijkspel", "gebied")

    def test_two_rules_of_one_school_would_tie(self):
        school = SchoolFactory.create()
        vestiging = VestigingFactory.create(school=school)
        for bij in ({"school": school}, {"vestiging": vestiging}):
            WerkgebiedFactory.create(soort="school", **bij)
            refuses(rule(soort="school", **bij), "werkgebied_geen_gelijkspel", "gebied")

    @pytest.mark.parametrize(
        ("een", "ander"),
        [
            ({"sector": "vo"}, {"sector": "*"}),
            ({"leeftijd_tot": 18}, {"leeftijd_van": 18}),
            ({"tot": DAG}, {"van": DAG}),
            ({"soort": "voorrang"}, {"soort": "gemeente"}),
            ({"gebied": "GM0397"}, {"gebied": "GM0392"}),
            (
                {"soort": "nummers", "gebied": "2037RB", "zijde": "even"},
                {"soort": "nummers", "gebied": "2037RB", "zijde": "oneven"},
            ),
            (
                {"soort": "nummers", "gebied": "2037RB", "nummer_tot_en_met": 9},
                {"soort": "nummers", "gebied": "2037RB", "nummer_van": 10},
            ),
        ],
    )
    def test_two_rules_that_cannot_tie(self, een, ander):
        WerkgebiedFactory.create(**een)
        row = rule(**ander)
        row.full_clean()
        row.save()

    @pytest.mark.parametrize("ander", ["beide", "even"])
    def test_both_sides_meet_one_side(self, ander):
        velden = {"soort": "nummers", "gebied": "2037RB"}
        WerkgebiedFactory.create(**velden, zijde="even")
        refuses(rule(**velden, zijde=ander), "werkgebied_geen_gelijkspel", "gebied")

    def test_the_rang_is_stored_with_the_rule(self):
        row = WerkgebiedFactory.create(soort="voorrang", sector="vo")
        assert Werkgebied.objects.get(pk=row.pk).rang == 10
        row.sector = "*"
        row.save()
        assert Werkgebied.objects.get(pk=row.pk).rang == 12


def contact(**velden):
    team = WijkteamFactory.create()
    return Aanspreekpunt(**{"wijkteam": team, "contactpersoon": ContactpersoonFactory.create(wijkteam=team), **velden})


class TestAanspreekpunt:
    def test_for_one_thing_at_a_time(self):
        school = SchoolFactory.create()
        vestiging = VestigingFactory.create(school=school)
        for velden in (
            {"school": school, "sector": "vo"},
            {"vestiging": vestiging, "sector": "vo"},
            {"school": school, "vestiging": vestiging},
        ):
            refuses(contact(**velden), "aanspreekpunt_een_bereik", "sector")

    def test_dates(self):
        refuses(contact(van=DAG, tot=DAG), "aanspreekpunt_datums", "tot")

    def test_nobody_is_their_own_deputy(self):
        row = contact()
        row.vervanger = row.contactpersoon
        refuses(row, "aanspreekpunt_vervanger_is_ander", "vervanger")

    @pytest.mark.parametrize("bij", ["team", "sector", "school", "vestiging"])
    def test_one_person_for_one_scope_on_one_day(self, bij):
        school = SchoolFactory.create()
        scopes: dict[str, dict[str, Any]] = {
            "team": {},
            "sector": {"sector": "vo"},
            "school": {"school": school},
            "vestiging": {"vestiging": VestigingFactory.create(school=school)},
        }
        velden = scopes[bij]
        first = AanspreekpuntFactory.create(van=DAG, tot=LATER, **velden)
        same = {"wijkteam": first.wijkteam, "contactpersoon": ContactpersoonFactory.create(wijkteam=first.wijkteam), **velden}
        refuses(Aanspreekpunt(van=date(2026, 9, 30), **same), "aanspreekpunt_een_per_bereik", "van")
        Aanspreekpunt(van=LATER, **same).full_clean()
        contact(van=DAG, **velden).full_clean()


class TestAfwezigheid:
    def test_dates(self):
        row = Afwezigheid(contactpersoon=ContactpersoonFactory.create(), van=DAG, tot_en_met=date(2026, 8, 31))
        refuses(row, "afwezigheid_datums", "tot_en_met")

    def test_nobody_is_their_own_deputy(self):
        persoon = ContactpersoonFactory.create()
        refuses(
            Afwezigheid(contactpersoon=persoon, vervanger=persoon, van=DAG, tot_en_met=DAG),
            "afwezigheid_vervanger_is_ander",
            "vervanger",
        )

    def test_away_twice_on_one_day(self):
        weg = AfwezigheidFactory.create(van=DAG, tot_en_met=LATER)
        refuses(Afwezigheid(contactpersoon=weg.contactpersoon, van=LATER, tot_en_met=LATER), "afwezigheid_geen_overlap", "van")
        Afwezigheid(contactpersoon=weg.contactpersoon, van=date(2026, 10, 2), tot_en_met=date(2026, 10, 2)).full_clean()
