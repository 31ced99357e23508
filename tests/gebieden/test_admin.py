"""Beheer of areas: edities are looked at and switched, gemeenten keep their code."""

import pytest
from django.test import Client
from django.urls import reverse

from gebieden.models import Editie, Gemeente
from kern.models import Gebeurtenis
from tests.factories.netwerk import BuurtFactory, EditieFactory, GemeenteFactory, RegioFactory, RegisterRegelFactory
from tests.factories.toegang import Cast, client_of, make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def beheer(cast: Cast) -> Client:
    return client_of(cast.fenna)


def activate(client: Client, *edities: Editie) -> str:
    gekozen = {"action": "activate", "_selected_action": [str(editie.pk) for editie in edities]}
    return client.post(reverse("admin:gebieden_editie_changelist"), gekozen, follow=True).content.decode()


def loaded(jaar: int, **velden: object) -> Editie:
    editie = EditieFactory.create(jaar=jaar, adressen=1, **velden)
    RegisterRegelFactory.create(editie=editie, huisnummers=[1])
    return editie


def test_beheer_makes_another_editie_active(beheer, cast):
    oud, nieuw = loaded(2025, actief=True), loaded(2026)
    assert "Editie 2026" in activate(beheer, nieuw)
    assert Editie.objects.get(actief=True) == nieuw
    assert Gebeurtenis.objects.get().door == cast.fenna
    activate(beheer, oud)
    assert Editie.objects.get(actief=True) == oud


def test_a_half_editie_and_two_at_once_are_refused(beheer):
    half, heel = loaded(2026, status="laden"), loaded(2025)
    assert "niet helemaal geladen" in activate(beheer, half)
    assert "Kies één editie" in activate(beheer, half, heel)
    assert not Editie.objects.filter(actief=True).exists()


def test_edities_cannot_be_made_changed_or_deleted_by_hand(beheer):
    editie = loaded(2025, bevindingen=[{"soort": "krimp", "aantal": 1, "tekst": "De tabel is <kleiner>."}])
    pagina = beheer.get(reverse("admin:gebieden_editie_change", args=[editie.pk])).content.decode()
    assert "De tabel is &lt;kleiner&gt;." in pagina
    assert beheer.get(reverse("admin:gebieden_editie_add")).status_code == 403
    assert beheer.post(reverse("admin:gebieden_editie_delete", args=[editie.pk]), {"post": "yes"}).status_code == 403
    assert beheer.post(reverse("admin:gebieden_editie_change", args=[editie.pk]), {"jaar": 1999}).status_code == 403
    assert Editie.objects.get().jaar == 2025


def test_a_gemeente_gets_its_region_and_desk_and_keeps_its_code(beheer):
    gemeente, regio = GemeenteFactory.create(code="GM0999", regio=None), RegioFactory.create()
    velden = {"code": "GM0001", "naam": "Elders", "regio": regio.pk, "loket_naam": "Jeugdloket", "loket_url": "https://x.example"}
    assert beheer.post(reverse("admin:gebieden_gemeente_change", args=[gemeente.pk]), velden).status_code == 302
    gemeente.refresh_from_db()
    assert (gemeente.code, gemeente.regio, gemeente.loket_naam) == ("GM0999", regio, "Jeugdloket")


@pytest.mark.parametrize("vraag", ["", "?doet_mee=ja", "?doet_mee=nee", "?doet_mee=misschien", "?q=Haarlem"])
def test_gemeenten_can_be_found(beheer, vraag):
    GemeenteFactory.create(code="GM0998", naam="Buitendorp", regio=None)
    pagina = beheer.get(reverse("admin:gebieden_gemeente_changelist") + vraag).content.decode()
    assert ("Buitendorp" in pagina) is (vraag in {"", "?doet_mee=nee", "?doet_mee=misschien"})


def test_buurten_and_regions_can_be_looked_up(beheer):
    BuurtFactory.create(code="BU03920501", naam="Boerhaavewijk")
    assert "Boerhaavewijk" in beheer.get(reverse("admin:gebieden_buurt_changelist") + "?q=boerhaave").content.decode()
    assert beheer.get(reverse("admin:gebieden_regio_changelist")).status_code == 200


@pytest.mark.parametrize("wie", ["zoe", "wim", "rea", "gerda", "leeg"])
def test_others_do_not_come_here(cast, wie):
    antwoord = client_of(getattr(cast, wie)).get(reverse("admin:gebieden_editie_changelist"))
    assert antwoord.status_code in {302, 403}
    assert Gemeente.objects.exists()
