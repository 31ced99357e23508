"""'Mijn wijkteams': every pupil counted once, at the right team and person, with as many queries for ten as for a thousand."""

import time
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casussen.keuzes import Status
from kern.klok import today
from portal.school.teams import GEEN_ADRES, Filter, overview
from scholen.models import Leerling
from tests.factories.casussen import Wereld, make_wereld
from tests.factories.netwerk import (
    AanspreekpuntFactory,
    AfwezigheidFactory,
    ContactpersoonFactory,
    LeerlingFactory,
    VestigingFactory,
)
from tests.factories.school import KennismakingFactory
from tests.factories.toegang import client_of
from wijkteams.models import Aanspreekpunt, Kennismaking
from wijkteams.routering import Uitkomst, route_address

URL = "/mijn-wijkteams"
ZONDER = "/mijn-wijkteams/zonder-route"


@pytest.fixture
def wereld(db) -> Wereld:
    return make_wereld()


def pupils(wereld: Wereld, **velden: Any) -> Leerling:
    return LeerlingFactory.create(vestiging=wereld.net.vestiging, **velden)


def teams_of(wereld: Wereld, narrowed: Filter | None = None, wie: str = "zoe") -> dict[str, tuple[int, int]]:
    beeld = overview(wereld.kijker(wie, today()), narrowed or Filter())
    return {regel.team.naam: (regel.leerlingen, regel.casussen) for regel in beeld.teams}


def test_each_pupil_is_counted_at_the_own_team(wereld):
    pupils(wereld)
    pupils(wereld, huisnummer=14)
    pupils(wereld, postcode="2101AA", huisnummer=3)
    assert teams_of(wereld) == {"Wijkteam Schalkwijk": (2, 0), "Wijkteam Heemstede": (1, 0)}


def test_open_casussen_are_counted_and_closed_ones_and_drafts_are_not(wereld):
    wereld.casus(Status.ONTVANGEN)
    wereld.casus(Status.INGETROKKEN, leerlingnummer="A2")
    wereld.concept(leerlingnummer="A3")
    assert teams_of(wereld)["Wijkteam Schalkwijk"][1] == 1


def test_the_numbers_agree_with_routing_one_by_one(wereld):
    for nummer, (postcode, huis) in enumerate(
        [("2037RB", 1), ("2037XX", 2), ("2034AA", 25), ("2036GG", 12), ("2181AA", 2), ("2037RB", 99)]
    ):
        pupils(wereld, leerlingnummer=f"N{nummer}", postcode=postcode, huisnummer=huis)
    beeld = overview(wereld.kijker("zoe", today()), Filter())
    one_by_one: dict[str, int] = {}
    for pupil in Leerling.objects.all():
        route = route_address(
            postcode=pupil.postcode, huisnummer=pupil.huisnummer, sector="vo", school="99AB00", geboortedatum=pupil.geboortedatum
        )
        if route.wijkteam:
            one_by_one[route.wijkteam.naam] = one_by_one.get(route.wijkteam.naam, 0) + 1
    assert {regel.team.naam: regel.leerlingen for regel in beeld.teams} == one_by_one
    assert beeld.leerlingen == 6
    assert sum(one_by_one.values()) + beeld.aantal_onzeker == 6


def test_pupils_without_a_certain_team_stand_apart_with_the_reason(wereld):
    geen = pupils(wereld, postcode="", huisnummer=None)
    elders = pupils(wereld, postcode="2181AA", huisnummer=2)
    grens = pupils(wereld, postcode="2034AA", huisnummer=99)
    onbekend = pupils(wereld, postcode="9999XX")
    beeld = overview(wereld.kijker("zoe", today()), Filter())
    assert {reden: ids for reden, ids in beeld.onzeker.items() if ids} == {
        GEEN_ADRES: [geen.pk],
        Uitkomst.BUITEN_REGIO.value: [elders.pk],
        Uitkomst.MEERDERE.value: [grens.pk],
        Uitkomst.ADRES_ONBEKEND.value: [onbekend.pk],
    }
    page = client_of(wereld.cast.zoe).get(ZONDER, {"reden": Uitkomst.MEERDERE.value}).content.decode()
    assert grens.achternaam in page
    assert elders.achternaam not in page
    assert "Adres opzoeken" in page


def test_a_secret_address_is_counted_and_never_shown(wereld):
    pupils(wereld, geheim_adres=True, postcode="2034AA", huisnummer=99, achternaam="Verborgen")
    page = client_of(wereld.cast.zoe).get(ZONDER).content.decode()
    assert "Verborgen" in page
    assert "2034" not in page
    assert "geheim adres" in page


def test_a_teamleider_sees_how_many_and_not_who(wereld):
    pupils(wereld, postcode="", huisnummer=None, achternaam="Naamloos")
    page = client_of(wereld.cast.teun).get(ZONDER).content.decode()
    assert "Geen adres bekend" in page
    assert "Naamloos" not in page


def test_filters_on_location_and_sector(wereld):
    ander = VestigingFactory.create(school=wereld.net.school, brin="99AB01", naam="De Duinen", sectoren=["mbo"])
    pupils(wereld)
    LeerlingFactory.create(vestiging=ander, sector="mbo", postcode="2101AA", huisnummer=3)
    assert teams_of(wereld, Filter(vestiging=ander.pk)) == {"Wijkteam Heemstede": (1, 0)}
    assert teams_of(wereld, Filter(sector="vo")) == {"Wijkteam Schalkwijk": (1, 0)}
    page = client_of(wereld.cast.zoe).get(URL, {"vestiging": ander.pk}).content.decode()
    assert "Wijkteam Heemstede" in page
    assert "Wijkteam Schalkwijk" not in page
    assert client_of(wereld.cast.zoe).get(URL, {"vestiging": "x'--", "sector": "?"}).status_code == 200


def test_another_school_counts_nothing_here(wereld):
    LeerlingFactory.create(postcode="2101AA", huisnummer=3)
    assert teams_of(wereld) == {}
    assert "Nog geen wijkteams" in client_of(wereld.cast.zoe).get(URL).content.decode()


def test_people_have_a_face_a_phone_and_a_deputy_when_away(wereld):
    pupils(wereld)
    invaller = ContactpersoonFactory.create(wijkteam=wereld.net.schalkwijk, naam="Ina Invaller", telefoon="06 00 00 00 09")
    AfwezigheidFactory.create(contactpersoon=wereld.wim, vervanger=invaller, van=date(2020, 1, 1), tot_en_met=date(2099, 1, 1))
    page = client_of(wereld.cast.zoe).get(URL).content.decode()
    assert "Wim Wijkteam" in page
    assert "ap-gezicht" in page
    assert "Bel Ina Invaller" in page
    assert 'href="tel:' in page.split("Bel Ina Invaller")[1][:80]


def test_a_team_where_nobody_can_be_called_says_so(wereld):
    pupils(wereld)
    Aanspreekpunt.objects.filter(wijkteam=wereld.net.schalkwijk).delete()
    assert "niemand bereikbaar" in client_of(wereld.cast.zoe).get(URL).content.decode()


def test_whom_one_never_met_is_named_until_they_met(wereld):
    pupils(wereld)
    client = client_of(wereld.cast.zoe)
    assert "Nog nooit ontmoet" in client.get(URL).content.decode()
    KennismakingFactory.create(contactpersoon=wereld.wim, medewerker=wereld.cast.teun, school=wereld.net.school)
    assert "Een collega ontmoette" in client.get(URL).content.decode()
    client.post(
        reverse("kennismakingen"),
        {
            "contactpersoon": wereld.wim.pk,
            "medewerker": f"{wereld.cast.zoe.pk}:{wereld.net.school.pk}",
            "datum": "2026-09-01",
            "soort": "school",
        },
    )
    assert Kennismaking.objects.count() == 2
    page = client.get(URL).content.decode()
    assert "Nog nooit ontmoet" not in page
    assert "U ontmoette elkaar" in page


def test_the_aanspreekpunten_of_the_school(wereld):
    eigen = ContactpersoonFactory.create(wijkteam=wereld.net.centrum, naam="Els Eigen")
    AanspreekpuntFactory.create(wijkteam=wereld.net.centrum, contactpersoon=eigen, school=wereld.net.school)
    gestopt = ContactpersoonFactory.create(wijkteam=wereld.net.centrum, naam="Gerda Gestopt", in_dienst_tot=date(2021, 1, 1))
    AanspreekpuntFactory.create(wijkteam=wereld.net.centrum, contactpersoon=gestopt, vestiging=wereld.net.vestiging)
    page = client_of(wereld.cast.zoe).get(f"{URL}/aanspreekpunten").content.decode()
    assert "Els Eigen" in page
    assert "Gerda Gestopt" not in page
    assert "Wim Wijkteam" not in page


@pytest.mark.parametrize("url", [URL, ZONDER, f"{URL}/aanspreekpunten"])
def test_the_number_of_queries_does_not_grow(wereld, url):
    def ask() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client_of(wereld.cast.zoe).get(url).status_code == 200
        return len(queries)

    plekken = [("2037RB", 1), ("2101AA", 2), ("2034AA", 3), ("2034AA", 99), ("", None)]
    for postcode, nummer in plekken:
        pupils(wereld, postcode=postcode, huisnummer=nummer)
    AanspreekpuntFactory.create(wijkteam=wereld.net.centrum, school=wereld.net.school)
    wereld.casus(Status.ONTVANGEN)
    ask()
    few = ask()
    for n in range(60):
        postcode, nummer = plekken[n % 5]
        pupils(wereld, postcode=postcode, huisnummer=nummer)
        persoon = ContactpersoonFactory.create(wijkteam=wereld.net.schalkwijk)
        if n < 8:
            LeerlingFactory.create(vestiging=VestigingFactory.create(school=wereld.net.school), postcode="2037RB")
            AanspreekpuntFactory.create(
                wijkteam=wereld.net.schalkwijk, contactpersoon=persoon, vestiging=Leerling.objects.latest("pk").vestiging
            )
            KennismakingFactory.create(contactpersoon=persoon, school=wereld.net.school)
            AfwezigheidFactory.create(contactpersoon=persoon)
    assert ask() == few


def test_three_thousand_pupils_are_there_at_once(wereld):
    Leerling.objects.bulk_create(
        Leerling(
            vestiging=wereld.net.vestiging,
            leerlingnummer=f"B{n}",
            voornaam="Kind",
            achternaam=f"Nummer {n}",
            geboortedatum=date(2010, 1 + n % 12, 1 + n % 28),
            sector="vo",
            postcode=("2037RB", "2037XX", "2101AA", "2034AA")[n % 4],
            huisnummer=1 + n % 40,
        )
        for n in range(3_000)
    )
    client = client_of(wereld.cast.zoe)
    client.get(URL)
    begin = time.perf_counter()
    assert client.get(URL).status_code == 200
    took = time.perf_counter() - begin
    assert took < 2, f"{took:.2f} s"
