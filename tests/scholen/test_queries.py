"""What a BRIN stands for."""

import pytest

from scholen.queries import Onderwijsplek, exact_brin, find_school, find_schools
from tests.factories.netwerk import SchoolFactory, VestigingFactory


@pytest.mark.parametrize(
    ("typed", "brin"),
    [
        ("12AB", "12AB"),
        (" 12 ab 00 ", "12AB00"),
        ("12-AB-00", "12AB00"),
        *((wrong, None) for wrong in ("", "12A", "12AB0", "AB12", "12AB0x", "１２AB", "12AB" + " " * 100, "12AB\x00")),
    ],
)
def test_a_brin_as_people_type_it(typed, brin):
    assert exact_brin(typed) == brin


@pytest.mark.django_db
class TestFind:
    def test_four_characters_are_all_locations_and_six_are_one(self):
        school = SchoolFactory.create(brin="99AB", naam="College")
        noord = VestigingFactory.create(school=school, brin="99AB00", naam="Noord", sectoren=["vso", "vo"])
        zuid = VestigingFactory.create(school=school, brin="99AB01", naam="Zuid", sectoren=["mbo", "vo"])
        SchoolFactory.create(brin="99AC")
        assert find_schools(["99AB", "99AB00", "99AB01", "99ZZ", "99AB09"]) == {
            "99AB": Onderwijsplek("99AB", "College", school.pk, None, ("vo", "vso", "mbo")),
            "99AB00": Onderwijsplek("99AB00", "Noord", school.pk, noord.pk, ("vo", "vso")),
            "99AB01": Onderwijsplek("99AB01", "Zuid", school.pk, zuid.pk, ("vo", "mbo")),
        }

    def test_a_school_with_one_location_is_that_location(self):
        vestiging = VestigingFactory.create(school__brin="99AB", brin="99AB00")
        plek = find_school("99AB")
        assert plek is not None
        assert (plek.vestiging_id, plek.sectoren) == (vestiging.pk, ("vo",))

    def test_a_school_without_locations(self):
        school = SchoolFactory.create(brin="99AB", naam="College")
        assert find_school("99AB") == Onderwijsplek("99AB", "College", school.pk, None, ())

    def test_one_query_for_any_number(self, django_assert_num_queries):
        brins = [VestigingFactory.create().brin for _ in range(5)]
        with django_assert_num_queries(1):
            assert len(find_schools(brins)) == 5
