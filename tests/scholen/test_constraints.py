"""Every constraint of schools and pupils, violated on purpose: the database refuses, and a form says why at the field."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from scholen.models import Leerling, School, Schoolvakantie, Vestiging
from tests.factories.netwerk import LeerlingFactory, SchoolFactory, SchoolvakantieFactory, VestigingFactory

pytestmark = pytest.mark.django_db


def refuses(row, constraint, field):
    """The form says it at `field`; the database says it too, by the name of the constraint."""
    with pytest.raises(ValidationError) as told:
        row.full_clean()
    assert list(told.value.message_dict) == [field]
    assert all("onstraint" not in message for message in told.value.message_dict[field])
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        row.save()


class TestSchool:
    @pytest.mark.parametrize("brin", ["12a", "ab12", "12ab", "1"])
    def test_brin(self, brin):
        refuses(School(brin=brin, naam="X"), "school_brin_vorm", "brin")

    def test_a_school_is_there_once(self):
        SchoolFactory.create(brin="99AB")
        refuses(School(brin="99AB", naam="X"), "scholen_school_brin_key", "brin")


class TestVestiging:
    @pytest.fixture
    def school(self):
        return SchoolFactory.create(brin="99AB")

    def location(self, school, **velden):
        return Vestiging(**{"school": school, "brin": "99AB00", "naam": "X", "sectoren": ["vo"], **velden})

    @pytest.mark.parametrize("brin", ["99AB", "99AB0x", "99ab00"])
    def test_brin(self, school, brin):
        refuses(self.location(school, brin=brin), "vestiging_brin_vorm", "brin")

    def test_a_brin_of_another_school(self, school):
        with pytest.raises(ValidationError, match="begint met die van de school: 99AB"):
            self.location(school, brin="99AC00").full_clean()

    def test_at_least_one_sector(self, school):
        refuses(self.location(school, sectoren=[]), "vestiging_heeft_sector", "sectoren")

    def test_known_sectors(self, school):
        refuses(self.location(school, sectoren=["vo", "hbo"]), "vestiging_sectoren_bekend", "sectoren")

    @pytest.mark.parametrize("postcode", ["2011a", "0011AA", "2011aa"])
    def test_postcode(self, school, postcode):
        refuses(self.location(school, postcode=postcode), "vestiging_postcode_vorm", "postcode")


class TestLeerling:
    def pupil(self, **velden):
        location = velden.pop("vestiging", None) or VestigingFactory.create()
        return Leerling(
            **{"vestiging": location, "leerlingnummer": "1", "voornaam": "A", "achternaam": "B", "sector": "vo", **velden}
        )

    def test_a_number_is_there_once_at_a_location(self):
        first = LeerlingFactory.create(leerlingnummer="1")
        refuses(self.pupil(vestiging=first.vestiging), "leerling_nummer_per_vestiging", "leerlingnummer")
        self.pupil().full_clean()

    def test_postcode(self):
        refuses(self.pupil(postcode="2011aa"), "leerling_postcode_vorm", "postcode")

    @pytest.mark.parametrize("nummer", [0, 100000])
    def test_huisnummer(self, nummer):
        refuses(self.pupil(huisnummer=nummer), "leerling_huisnummer", "huisnummer")


class TestSchoolvakantie:
    def test_a_holiday_is_there_once(self):
        first = SchoolvakantieFactory.create(naam="Herfstvakantie")
        same = {naam: getattr(first, naam) for naam in ("schooljaar", "naam", "regio", "van", "tot_en_met")}
        refuses(Schoolvakantie(**same), "vakantie_uniek", "naam")

    def test_it_ends_after_it_begins(self):
        row = Schoolvakantie(schooljaar="2026-2027", naam="X", regio="noord", van=date(2026, 10, 2), tot_en_met=date(2026, 10, 1))
        refuses(row, "vakantie_volgorde", "tot_en_met")
