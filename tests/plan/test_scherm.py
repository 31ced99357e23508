"""The tab Plan, for who may read it."""

import pytest
from django.urls import reverse

from casussen.keuzes import Status
from tests.factories.casussen import DOEL, REAGEREN, TERUGKOPPELING, goals
from tests.factories.hulp import asked, share
from tests.factories.toegang import client_of
from toegang.models import Inzage

PAGINA = "casus-plan"


def page(wereld, naam, casus, query=""):
    return client_of(getattr(wereld.cast, naam)).get(reverse(PAGINA, args=[casus.nummer]) + query)


@pytest.fixture
def twee_versies(wereld):
    casus = wereld.casus(Status.PLAN_VASTGESTELD)
    doelen = [
        {**DOEL, "score": 6, "doel": goals(casus)[0]},
        {"domein": "thuis", "tekst": "Rust aan tafel", "partij": "ouders", "score": 5},
    ]
    values = {
        "reden_bijstellen": "Thuis erbij.",
        "standpunt": "deels",
        "mening_gezin": "Niet te veel tegelijk.",
        **TERUGKOPPELING,
    }
    return wereld.do("plan_bijstellen", casus, "wim", doelen=doelen, **values)


def test_without_a_plan_it_says_so_and_why_not_yet(wereld):
    html = page(wereld, "wim", wereld.casus(Status.ONTVANGEN)).content.decode()
    assert "Er is nog geen plan" in html
    assert "Plan vaststellen: Dit kan" in html
    assert "Plan bijstellen: Dit kan wel bij: plan vastgesteld, in uitvoering, evaluatie." in html


def test_the_end_is_refused_at_the_door_until_the_school_reacted(wereld):
    """Not after the whole form was filled in."""
    casus = wereld.casus(Status.EVALUATIE)
    client = client_of(wereld.cast.wim)
    response = client.get(f"/casussen/{casus.nummer}/afsluiten")
    assert response.status_code == 409
    assert "De school heeft nog niet gereageerd." in response.content.decode()
    wereld.do("reageren", casus, "zoe", **REAGEREN)
    assert client.get(f"/casussen/{casus.nummer}/afsluiten").status_code == 200


def test_it_shows_the_version_that_holds(wereld, twee_versies):
    for naam in ("zoe", "wim"):
        html = page(wereld, naam, twee_versies).content.decode()
        assert "Versie 2" in html
        assert "Rust aan tafel" in html
        assert "Niet te veel tegelijk." in html
        assert "Op punten niet eens" in html
        assert "Van 3 bij de start naar 6 nu, in 2 cijfers." in html
        assert "1 organisatie helpt nu:" in html
        assert "Dit is een eerdere versie" not in html


def test_an_earlier_version_is_read_as_it_was(wereld, twee_versies):
    html = page(wereld, "zoe", twee_versies, "?versie=1").content.decode()
    assert "Dit is een eerdere versie" in html
    assert "Rust aan tafel" not in html


def test_the_difference_between_two_versions(wereld, twee_versies):
    html = page(wereld, "zoe", twee_versies, "?van=1&tot=2").content.decode()
    assert "Van versie 1 naar versie 2" in html
    assert "nieuw in deze versie" in html
    assert "gelijk gebleven" in html
    assert "Van versie 1 naar versie 2" in page(wereld, "zoe", twee_versies, "?van=2&tot=1").content.decode()


@pytest.mark.parametrize("query", ["?versie=9", "?versie=x", "?van=1&tot=9", "?van=&tot="])
def test_a_version_that_is_not_there(wereld, twee_versies, query):
    assert page(wereld, "zoe", twee_versies, query).status_code == 404


@pytest.mark.parametrize(
    ("naam", "status"), [("otto", 404), ("ona", 404), ("abel", 404), ("rea", 403), ("gerda", 403), ("lena", 403)]
)
def test_who_may_not_read_it(wereld, twee_versies, naam, status):
    assert page(wereld, naam, twee_versies).status_code == status


def test_an_aanbieder_reads_only_the_goals_of_its_own_help(wereld, twee_versies):
    casus = share(wereld, twee_versies)
    html = page(wereld, "abel", casus).content.decode()
    assert "Nog geen doelen" in html
    other, _ = asked(wereld, leerlingnummer="A2")
    html = page(wereld, "abel", other).content.decode()
    assert "Elke dag naar school" in html
    assert "Het cijfer is 3." in html


def test_an_aanbieder_reads_nothing_of_the_family_or_of_other_goals(wereld):
    casus, _inzet = asked(wereld)
    doelen = [
        {**DOEL, "score": None, "doel": goals(casus)[0]},
        {"domein": "thuis", "tekst": "Rust aan tafel", "partij": "ouders", "eigen_kracht": "Oma kookt.", "score": 4},
    ]
    values = {"reden_bijstellen": "Thuis.", "standpunt": "niet", "mening_gezin": "Geheim oordeel.", "beeld": "Het beeld."}
    wereld.do("plan_bijstellen", casus, "wim", doelen=doelen, **values, **TERUGKOPPELING)
    html = page(wereld, "abel", casus).content.decode()
    assert "Elke dag naar school" in html
    for hidden in ("Rust aan tafel", "Oma kookt", "Geheim oordeel", "Het beeld", "Versie", "niet eens"):
        assert hidden not in html
    assert page(wereld, "abel", casus, "?van=1&tot=2").content.decode().count("Geheim oordeel") == 0


def test_every_look_is_logged(wereld, twee_versies):
    before = Inzage.objects.filter(object_id=twee_versies.pk, actie="bekijken").count()
    page(wereld, "zoe", twee_versies)
    assert Inzage.objects.filter(object_id=twee_versies.pk, actie="bekijken").count() == before + 1


@pytest.mark.parametrize("aantal", [1, 6])
def test_the_number_of_queries_does_not_grow_with_the_goals(wereld, django_assert_num_queries, aantal):
    casus = wereld.casus(Status.PLAN_VASTGESTELD)
    doelen = [
        {**DOEL, "doel": goals(casus)[0]},
        *({"domein": "thuis", "tekst": f"Doel {n}", "partij": "ouders", "score": 2} for n in range(aantal)),
    ]
    wereld.do("plan_bijstellen", casus, "wim", doelen=doelen, reden_bijstellen="Meer.", standpunt="akkoord", **TERUGKOPPELING)
    client = client_of(wereld.cast.zoe)
    url = reverse(PAGINA, args=[casus.nummer])
    client.get(url)
    with django_assert_num_queries(AANTAL):
        client.get(url)


AANTAL = 18
