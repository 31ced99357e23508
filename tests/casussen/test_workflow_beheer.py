"""Functioneel beheer sets the region's own lengths of termijnen, and sees no casus."""

import pytest
from django.contrib import admin
from django.urls import reverse

from casussen.models import TermijnInstelling
from tests.factories.casussen import Wereld
from tests.factories.toegang import client_of


def test_beheer_sets_a_length_of_its_own(wereld: Wereld) -> None:
    client = client_of(wereld.cast.fenna)
    url = reverse("admin:casussen_termijninstelling_add")
    assert "contact met het gezin" in client.get(url).content.decode()
    form = {"regio": wereld.net.regio.pk, "soort": "in_behandeling", "aantal": 4, "eenheid": "werkdagen"}
    assert client.post(url, form).status_code == 302
    assert TermijnInstelling.objects.get().aantal == 4
    page = client.get(reverse("admin:casussen_termijninstelling_changelist")).content.decode()
    assert "5 werkdagen" in page  # what holds without it


@pytest.mark.parametrize("wrong", [{"aantal": 0}, {"soort": "onzin"}, {"eenheid": "jaren"}])
def test_beheer_cannot_set_nonsense(wereld: Wereld, wrong: dict[str, object]) -> None:
    form = {"regio": wereld.net.regio.pk, "soort": "ontvangen", "aantal": 4, "eenheid": "werkdagen", **wrong}
    answer = client_of(wereld.cast.fenna).post(reverse("admin:casussen_termijninstelling_add"), form)
    assert answer.status_code == 200
    assert not TermijnInstelling.objects.exists()


def test_beheer_has_no_screen_with_a_casus() -> None:
    own = {model.__name__ for model in admin.site._registry if model._meta.app_label == "casussen"}
    assert own == {"TermijnInstelling"}
