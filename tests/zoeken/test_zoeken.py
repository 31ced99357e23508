"""Finding a casus: only what one may see, however it is typed, and what was typed is kept nowhere."""

import logging
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from casussen.keuzes import DelingMet, Gever, Status
from casussen.models import Casus, Deling, Opgeslagenfilter
from casussen.queries import zoeken
from casussen.queries.zoeken import HOOGSTENS, Uitslag, zoek
from kern.kijker import Kijker
from kern.models import Gebeurtenis
from scholen.models import Leerling
from tests.factories.casussen import NU, Wereld, shared_casus
from tests.factories.netwerk import LeerlingFactory, VestigingFactory
from tests.factories.toegang import client_of
from toegang.models import Inzage

NAMEN = [
    ("Zoë", "Müller-Ĳsbrand"),
    ("Søren", "Łukasiewicz"),
    ("Aïsha", "el Amrani"),
    ("Noor", "van der Berg"),
    ("Sem", "O’Neil"),
    ("Daan", "Visser"),
]


def found(uitslag: Uitslag, op: str = "naam") -> list[str]:
    return [item.naam for groep in uitslag.groepen if groep.op == op for item in groep.treffers]


def numbers(uitslag: Uitslag) -> list[str]:
    return [item.nummer for groep in uitslag.groepen for item in groep.treffers]


def pupil(wereld: Wereld, voornaam: str, achternaam: str, **casus: Any) -> Casus:
    leerling = LeerlingFactory.create(vestiging=wereld.net.vestiging, voornaam=voornaam, achternaam=achternaam)
    given_ = {"vestiging": wereld.net.vestiging, "wijkteam": wereld.net.schalkwijk, "regio": wereld.net.regio}
    return shared_casus(leerling=leerling, aangevraagd_door=wereld.cast.zoe, **{**given_, **casus})


@pytest.fixture
def namen(wereld: Wereld) -> list[Casus]:
    return [pupil(wereld, *naam) for naam in NAMEN]


def test_the_database_folds_a_name_itself(wereld: Wereld, namen: list[Casus]) -> None:
    assert list(Leerling.objects.order_by("pk").values_list("zoeknaam", flat=True)) == [
        "zoe muller ysbrand", "soren lukasiewicz", "aisha el amrani", "noor van der berg", "sem oneil", "daan visser",
    ]  # fmt: skip
    Leerling.objects.filter(achternaam="Visser").update(achternaam="Straße")
    assert Leerling.objects.filter(zoeknaam="daan strasse").exists()


@pytest.mark.parametrize(
    ("getypt", "naam"),
    [
        ("muller", "Zoë Müller-Ĳsbrand"),
        ("MÜLLER", "Zoë Müller-Ĳsbrand"),
        ("ijsbrand", "Zoë Müller-Ĳsbrand"),
        ("ysbrant", "Zoë Müller-Ĳsbrand"),
        ("zoe mulller", "Zoë Müller-Ĳsbrand"),
        ("lukasievicz soren", "Søren Łukasiewicz"),
        ("amrani", "Aïsha el Amrani"),
        ("aihsa", "Aïsha el Amrani"),
        ("amranie", "Aïsha el Amrani"),
        ("van den berg", "Noor van der Berg"),
        ("oneil", "Sem O’Neil"),
        ("o'neill", "Sem O’Neil"),
        ("vis", "Daan Visser"),
        ("viser", "Daan Visser"),
        ("da", "Daan Visser"),
    ],
)
@pytest.mark.parametrize("wie", ["zoe", "wim"])
def test_a_name_is_found_however_it_is_typed(wereld: Wereld, namen: list[Casus], wie: str, getypt: str, naam: str) -> None:
    assert found(zoek(wereld.kijker(wie), getypt, op=NU))[0] == naam


def test_every_word_counts(wereld: Wereld, namen: list[Casus]) -> None:
    assert found(zoek(wereld.zoe, "noor visser", op=NU)) == []
    assert found(zoek(wereld.zoe, "noor berg", op=NU)) == ["Noor van der Berg"]


def test_beside_a_good_match_there_is_no_noise(wereld: Wereld, namen: list[Casus]) -> None:
    assert found(zoek(wereld.zoe, "daan", op=NU)) == ["Daan Visser"]


def test_an_own_draft_is_found_by_what_was_typed_into_it(wereld: Wereld) -> None:
    wereld.concept(voornaam="Fenna", achternaam="Concept")
    assert found(zoek(wereld.zoe, "concept", op=NU)) == ["Fenna Concept"]
    assert numbers(zoek(wereld.kijker("wim"), "concept", op=NU)) == []


@pytest.mark.parametrize("veel", [0, 1, 3])
def test_a_large_organisation_finds_the_same_among_its_newest_and_by_the_index(
    wereld: Wereld, namen: list[Casus], monkeypatch: pytest.MonkeyPatch, veel: int
) -> None:
    asked = ("muller", "aihsa", "viser", "noor berg", "visser", "niemand heet zo")
    direct = {word: found(zoek(wereld.kijker("wim"), word, op=NU)) for word in asked}
    monkeypatch.setattr(zoeken, "VEEL", veel)
    assert {word: found(zoek(wereld.kijker("wim"), word, op=NU)) for word in asked} == direct


def test_of_a_name_that_many_have_the_newest_come_first_and_it_says_that_there_are_more(
    wereld: Wereld, namen: list[Casus], monkeypatch: pytest.MonkeyPatch
) -> None:
    many = [pupil(wereld, "Sem", "Jansen") for _ in range(25)]
    monkeypatch.setattr(zoeken, "VEEL", 22)
    uitslag = zoek(wereld.kijker("wim"), "jansen", op=NU)
    assert numbers(uitslag) == [casus.nummer for casus in reversed(many)][: zoeken.HOOGSTENS]
    assert uitslag.meer
    assert found(zoek(wereld.kijker("wim"), "visser", op=NU)) == ["Daan Visser"], "ook wat ouder is"


# --- Who finds what -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("wie", ["otto", "ona", "rea", "rik", "gerda", "fenna", "leeg", "teun", "lena", "abel", "swen", "cees"])
def test_whoever_may_not_read_it_does_not_find_the_name(wereld: Wereld, namen: list[Casus], wie: str) -> None:
    assert found(zoek(wereld.kijker(wie), "visser", op=NU)) == []


def test_a_team_without_consent_finds_nothing(wereld: Wereld, namen: list[Casus]) -> None:
    namen[5].toestemmingen.update(ingetrokken_op=NU)
    for asked in ("visser", namen[5].nummer):
        assert numbers(zoek(wereld.kijker("wim"), asked, op=NU)) == []
        assert numbers(zoek(wereld.zoe, asked, op=NU)) == [namen[5].nummer]


def test_an_aanbieder_finds_what_is_shared_with_it_until_that_is_withdrawn(wereld: Wereld, namen: list[Casus]) -> None:
    deling = Deling.objects.create(
        casus=namen[5], met=DelingMet.AANBIEDER, aanbieder=wereld.cast.aanbieder, gever=Gever.OUDERS, gegeven_op=NU.date(),
        doel="De hulp.", door=wereld.cast.zoe, op=NU,
    )  # fmt: skip
    abel = wereld.kijker("abel")
    assert found(zoek(abel, "visser", op=NU)) == ["Daan Visser"]
    assert found(zoek(abel, "amrani", op=NU)) == []
    Deling.objects.filter(pk=deling.pk).update(ingetrokken_op=NU)
    assert numbers(zoek(abel, "visser", op=NU)) == []


def test_the_region_finds_by_number_school_and_team_without_a_name(wereld: Wereld, namen: list[Casus]) -> None:
    rea = wereld.kijker("rea")
    for asked in (namen[5].nummer, "voorbeeldcolege", "schalkwyk"):
        uitslag = zoek(rea, asked, op=NU)
        assert namen[5].nummer in numbers(uitslag), asked
        assert {item.naam for groep in uitslag.groepen for item in groep.treffers} == {""}
    assert numbers(zoek(wereld.kijker("rik"), "schalkwijk", op=NU)) == []


def test_one_person_with_two_roles_finds_both_ways(wereld: Wereld, namen: list[Casus]) -> None:
    zoe, rea = wereld.zoe, wereld.kijker("rea")
    both = Kijker(user_id=zoe.user_id, naam="Allebei", op=zoe.op, houdt=zoe.houdt | rea.houdt)
    elsewhere = shared_casus(vestiging=VestigingFactory.create(), regio=wereld.net.regio, wijkteam=wereld.net.schalkwijk)
    uitslag = zoek(both, "schalkwijk", op=NU)
    names = {item.nummer: item.naam for groep in uitslag.groepen for item in groep.treffers}
    assert names[namen[5].nummer] == "Daan Visser"
    assert names[elsewhere.nummer] == ""


@pytest.mark.parametrize("vorm", ["{nummer}", "{jaar}{rest}", "{los}", "{jaar}-{begin}"])
def test_a_number_is_found_in_every_form(wereld: Wereld, namen: list[Casus], vorm: str) -> None:
    jaar, rest = namen[0].nummer.split("-")
    asked = vorm.format(nummer=namen[0].nummer, jaar=jaar, rest=rest, los=int(rest), begin=rest[:4])
    for wie in ("zoe", "wim", "rea"):
        assert namen[0].nummer in numbers(zoek(wereld.kijker(wie), asked, op=NU))


def test_no_more_than_twenty_and_it_says_so(wereld: Wereld) -> None:
    for number in range(HOOGSTENS + 3):
        pupil(wereld, f"Voornaam{number}", "Jansen")
    uitslag = zoek(wereld.zoe, "jansen", op=NU)
    assert (uitslag.aantal, uitslag.meer) == (HOOGSTENS, True)
    fewer = zoek(wereld.zoe, "voornaam7 jansen", op=NU)
    assert found(fewer)[0] == "Voornaam7 Jansen"


@pytest.mark.parametrize("getypt", ["", " ", "a", "-", "%%", "__", "'"])
def test_too_little_is_nothing(wereld: Wereld, namen: list[Casus], getypt: str) -> None:
    uitslag = zoek(wereld.zoe, getypt, op=NU)
    assert uitslag.aantal == 0


class Anything(TestCase):
    @given(st.text(max_size=120).filter(lambda text: "\x00" not in text))
    def test_whatever_is_typed_is_no_mistake(self, text: str) -> None:
        zoek(Kijker(user_id=None, naam="", op=NU.date()), text, op=NU)


# --- The screen and the API ---------------------------------------------------------------------------------------------
def ask(client: Client, getypt: str, *, live: bool = False) -> str:
    response = client.post("/zoeken", {"zoek": getypt}, headers={"HX-Request": "true"} if live else {})
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    return response.content.decode()


def test_the_page_works_without_javascript_and_keeps_what_was_typed(wereld: Wereld, namen: list[Casus], client: Client) -> None:
    client.force_login(wereld.cast.zoe)
    html = ask(client, "viser")
    assert 'value="viser"' in html
    assert f'href="/casussen/{namen[5].nummer}" data-treffer>Daan Visser' in html
    fragment = ask(client, "viser", live=True)
    assert "<html" not in fragment
    assert "1 casus gevonden." in fragment


def test_nothing_found_says_what_that_may_mean(wereld: Wereld, client: Client) -> None:
    client.force_login(wereld.cast.wim)
    assert "Niets gevonden" in ask(client, "onvindbaar", live=True)


def test_what_was_typed_is_kept_nowhere(
    wereld: Wereld, namen: list[Casus], client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    client.force_login(wereld.cast.zoe)
    before = Gebeurtenis.objects.count()
    with caplog.at_level(logging.DEBUG):
        ask(client, "visser")
    told = [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")]
    assert not any("visser" in text for text in told)
    row = Inzage.objects.get(actie="zoeken")
    assert (row.user, row.object_soort, row.object_id, row.doel) == (wereld.cast.zoe, "casus", None, "1 gevonden")
    assert Gebeurtenis.objects.count() == before
    assert not any("visser" in str(session.get_decoded()) for session in Session.objects.all())
    assert client.get("/zoeken?zoek=visser").content.decode().count("Daan Visser") == 0


def test_the_region_is_not_asked_for_a_name(wereld: Wereld, client: Client) -> None:
    client.force_login(wereld.cast.rea)
    assert "Casusnummer, school of wijkteam" in client.get("/zoeken").content.decode()


@pytest.mark.parametrize(("wie", "there"), [("zoe", True), ("wim", True), ("rea", True), ("abel", True), ("fenna", False)])
def test_the_button_is_on_every_page_of_who_has_casussen(wereld: Wereld, client: Client, wie: str, there: bool) -> None:
    client.force_login(getattr(wereld.cast, wie))
    html = client.get("/meldingen").content.decode()
    assert ('class="ap-balk__zoek" href="/zoeken" data-sneltoets="z"' in html) is there
    assert (client.get("/zoeken").status_code == 200) is there


@pytest.mark.parametrize("wie", ["zoe", "wim", "rea"])
def test_a_search_takes_the_same_number_of_queries_at_any_size(wereld: Wereld, client: Client, wie: str) -> None:
    client.force_login(getattr(wereld.cast, wie))
    counts = []
    for size in (2, 12):
        for number in range(size):
            pupil(wereld, f"Kind{size}{number}", "Schalkwijker", status=Status.AANGEMELD)
        ask(client, "schalkwijk", live=True)
        with CaptureQueriesContext(connection) as seen:
            ask(client, "schalkwijk", live=True)
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 25


def test_a_nul_is_no_error(wereld: Wereld) -> None:
    """What PostgreSQL cannot keep or compare: looked over in a search and in a name, a 400 everywhere else."""
    zoe, wim = client_of(wereld.cast.zoe), client_of(wereld.cast.wim)
    assert zoe.post("/zoeken", {"zoek": "Ayl\0in"}).status_code == 200
    kept = wim.post("/filters/nieuw", {"lijst": "werkvoorraad", "query": "status=aangemeld", "naam": "nul\0"})
    assert kept.status_code == 302
    assert [filter_.naam for filter_ in Opgeslagenfilter.objects.all()] == ["nul"]
    wrong = zoe.get("/casussen/2026%00004312")
    assert wrong.status_code in {400, 404}
    for client, url in ((zoe, "/consulten?status=%00"), (wim, "/consulten?status=%00"), (wim, "/werkvoorraad?status=%00")):
        assert client.get(url).status_code in {200, 400}
    assert wim.post("/filters/nieuw", {"lijst": "werkvoorraad", "query": "status=%00", "naam": "x\0"}).status_code < 500
