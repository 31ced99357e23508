"""Beheer of schools: typed as people type, stored exactly; and no pupils."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from scholen.models import Leerling, School, Vestiging
from tests.factories.netwerk import SamenwerkingsverbandFactory, SchoolFactory, SchoolvakantieFactory, VestigingFactory
from tests.factories.toegang import user_with
from toegang.rollen import FUNCTIONEEL_BEHEER, ZORGCOORDINATOR

pytestmark = pytest.mark.django_db


@pytest.fixture
def beheer(client):
    client.force_login(user_with(FUNCTIONEEL_BEHEER))
    return client


def school_form(*locations, **velden):
    """What the browser sends: the school, and its locations as an inline."""
    data = {
        "brin": "99 ab",
        "naam": "Voorbeeldcollege",
        "vestigingen-TOTAL_FORMS": len(locations),
        "vestigingen-INITIAL_FORMS": 0,
        "vestigingen-MIN_NUM_FORMS": 0,
        "vestigingen-MAX_NUM_FORMS": 1000,
        **velden,
    }
    for number, location in enumerate(locations):
        full = {"brin": "99ab00", "naam": "Hoofdlocatie", "sectoren": ["vo", "vso"], "vakantieregio": "noord", **location}
        data |= {f"vestigingen-{number}-{name}": value for name, value in full.items()}
    return data


def errors(response):
    return [error for form in response.context["errors"] for error in ([form] if isinstance(form, str) else form)]


class TestSchool:
    def test_a_school_with_a_location(self, beheer):
        response = beheer.post(reverse("admin:scholen_school_add"), school_form({"postcode": "2011 ab"}))
        assert response.status_code == 302, errors(response)
        vestiging = Vestiging.objects.get()
        assert (vestiging.school.brin, vestiging.brin, vestiging.postcode) == ("99AB", "99AB00", "2011AB")
        assert vestiging.sectoren == ["vo", "vso"]

    @pytest.mark.parametrize(
        ("location", "message"),
        [
            ({"postcode": "1234SS"}, "SA, SD en SS"),
            ({"postcode": "onzin"}, "Dit is geen Nederlandse postcode"),
            ({"brin": "99AC00"}, "begint met die van de school: 99AB"),
            ({"brin": "99AB"}, "heeft 6 tekens"),
            ({"brin": "x"}, "Dit is geen BRIN"),
            ({"sectoren": []}, "Maak een keuze."),
            ({"sectoren": ["hbo"]}, "hbo"),
        ],
    )
    def test_a_mistake_is_told(self, beheer, location, message):
        response = beheer.post(reverse("admin:scholen_school_add"), school_form(location))
        assert response.status_code == 200
        assert any(message in error for error in errors(response)), errors(response)
        assert not School.objects.exists()

    def test_a_brin_that_is_no_brin(self, beheer):
        response = beheer.post(reverse("admin:scholen_school_add"), school_form(brin="99"))
        assert any("Dit is geen BRIN" in error for error in errors(response))


class TestPages:
    @pytest.mark.parametrize("model", ["samenwerkingsverband", "school", "vestiging", "schoolvakantie"])
    def test_lists_search_and_forms_open(self, beheer, model):
        SamenwerkingsverbandFactory.create()
        SchoolvakantieFactory.create()
        VestigingFactory.create()
        listing = reverse(f"admin:scholen_{model}_changelist")
        assert beheer.get(listing, {"q": "vo"}).status_code == 200
        first = apps.get_model("scholen", model).objects.first()
        assert beheer.get(reverse(f"admin:scholen_{model}_change", args=[first.pk])).status_code == 200

    def test_pupils_are_not_in_beheer(self):
        assert not admin.site.is_registered(Leerling)

    def test_only_functioneel_beheer_comes_in(self, client):
        client.force_login(user_with(ZORGCOORDINATOR, SchoolFactory.create()))
        assert client.get(reverse("admin:scholen_school_changelist")).status_code == 403
