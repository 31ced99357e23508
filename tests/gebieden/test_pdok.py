"""PDOK as a guest: asked to the letter, believed only when it answers the question, and never waited for."""

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from gebieden.adres import Adres
from gebieden.pdok import Plek, Stand, ask_pdok
from gebieden.pdok.antwoord import Onbruikbaar, query_of, read_answer
from gebieden.pdok.ophalen import PAD, Mislukt, fetch
from gebieden.pdok.vraag import RUST
from tests.gebieden.pdok_server import DOC, Pdok, answer, running

ADRES = Adres("2037RB", 99)
MOLENWIJK = Plek("GM0392", "Haarlem", "BU03920502", "Molenwijk", "Schalkwijk")


@pytest.fixture
def pdok(settings: Any) -> Iterator[Pdok]:
    with running() as server:
        settings.PDOK_URL = server.url
        yield server


# --- The question --------------------------------------------------------------------------------------------------------


def test_it_is_off_unless_configured(settings):
    assert settings.PDOK_URL == ""
    assert ask_pdok(ADRES) is None


@pytest.mark.django_db
def test_it_asks_what_the_locatieserver_knows_and_nothing_else(pdok):
    ask_pdok(Adres("2037RB", 99, "B", "HS"))
    assert pdok.asked[0].startswith(f"{PAD}?")
    (vraag,) = pdok.questions
    assert vraag[:5] == [
        ("fq", "type:adres"),
        ("fq", "postcode:2037RB"),
        ("fq", "huisnummer:99"),
        ("fq", "huisletter:B"),
        ("fq", "huisnummertoevoeging:HS"),
    ]
    assert [naam for naam, _ in vraag[5:]] == ["rows", "fl"]
    assert ("rows", "1") in vraag


def test_letter_and_addition_are_only_asked_when_given():
    assert [waarde for naam, waarde in query_of(ADRES) if naam == "fq"] == ["type:adres", "postcode:2037RB", "huisnummer:99"]


@pytest.mark.django_db
@pytest.mark.parametrize("pad", ["", "/", "/v3_1", "/v3_1/free", "/v3_1/free/"])
def test_the_address_of_pdok_may_be_written_in_more_ways(pdok, settings, pad):
    settings.PDOK_URL = pdok.url + pad
    assert ask_pdok(ADRES) is not None
    assert pdok.asked[0].split("?")[0] == (PAD if pad in {"", "/"} else "/v3_1/free")


# --- The answer ----------------------------------------------------------------------------------------------------------


def test_an_answer_to_the_question_is_believed():
    assert read_answer(answer(DOC), ADRES) == MOLENWIJK


@pytest.mark.parametrize(
    "anders",
    [
        {"postcode": "2037RC"},
        {"huisnummer": 98},
        {"huisnummer": "99a"},
        {"huisnummer": True},
        {"huisnummer": None},
        {"type": "weg"},
        {"gemeentecode": "Haarlem"},
        {"gemeentecode": None},
        {"gemeentecode": "0363"},
    ],
    ids=str,
)
def test_a_neighbour_or_nonsense_is_refused(anders):
    assert read_answer(answer({**DOC, **anders}), ADRES) is None


@pytest.mark.parametrize("doc", [{}, {"huisletter": "C"}, {"huisletter": "B"}, {"huisletter": "B", "huisnummertoevoeging": "2"}])
def test_a_letter_and_an_addition_must_match_when_given(doc):
    adres = Adres("2037RB", 99, "B", "1")
    assert read_answer(answer({**DOC, **doc}), adres) is None
    assert read_answer(answer({**DOC, "huisletter": "b", "huisnummertoevoeging": "1"}), adres) == MOLENWIJK


def test_an_answer_without_a_buurt_is_a_gemeente():
    kaal = {key: waarde for key, waarde in DOC.items() if not key.startswith(("buurt", "wijk"))}
    assert read_answer(answer(kaal), ADRES) == Plek("GM0392", "Haarlem")


def test_no_documents_is_not_found():
    assert read_answer(answer(), ADRES) is None


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"null",
        b"[]",
        b'{"response": 1}',
        b'{"response": {"docs": {}}}',
        b'{"response": {"docs": [1]}}',
        b"\xff\xfe",
        b"[" * 60_000,
        json.dumps({"error": {"msg": "org.apache.solr.search.SyntaxError", "code": 400}}).encode(),
    ],
    ids=["empty", "html", "null", "list", "number", "object", "numbers", "bytes", "deep", "error"],
)
def test_what_is_no_answer_is_unusable(body):
    with pytest.raises(Onbruikbaar):
        read_answer(body, ADRES)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda deel: st.lists(deel, max_size=3) | st.dictionaries(st.sampled_from([*DOC, "x"]), deel, max_size=5),
        max_leaves=12,
    )
)
def test_any_document_is_a_place_none_or_unusable(doc):
    try:
        plek = read_answer(json.dumps({"response": {"docs": [doc]}}).encode(), ADRES)
    except Onbruikbaar:
        return
    assert plek is None or plek.gemeente_code.startswith("GM")


# --- A guest that misbehaves ---------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    "kwaal",
    [
        {"status": 500},
        {"status": 404},
        {"status": 302, "location": "http://127.0.0.1:9/elders"},
        {"body": b"x" * 100_000},
        {"body": b"{" * 2_000},
        {"body": b""},
    ],
    ids=["500", "404", "redirect", "huge", "garbage", "empty"],
)
def test_whatever_it_does_it_is_no_more_than_unreachable(pdok, kwaal):
    vars(pdok).update(kwaal)
    antwoord = ask_pdok(ADRES)
    assert antwoord is not None
    assert (antwoord.stand, antwoord.plek) == (Stand.ONBEREIKBAAR, None)
    assert len(pdok.asked) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("kwaal", [{"silent": 3.0}, {"drip": 0.05}], ids=["silent", "drip"])
def test_nobody_waits_longer_than_two_seconds(pdok, kwaal):
    vars(pdok).update(kwaal)
    begin = time.monotonic()
    antwoord = ask_pdok(ADRES)
    assert time.monotonic() - begin < 2.6
    assert antwoord is not None
    assert antwoord.stand is Stand.ONBEREIKBAAR


@pytest.mark.django_db
@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9", "file:///etc/passwd", "ftp://pdok.example", "gopher://x", "http://", "onzin"]
)
def test_an_address_that_is_none_or_where_nobody_is(settings, url):
    settings.PDOK_URL = url
    antwoord = ask_pdok(ADRES)
    assert antwoord is not None
    assert antwoord.stand is Stand.ONBEREIKBAAR


def test_only_http_is_spoken():
    with pytest.raises(Mislukt, match="adres"):
        fetch("file:///etc/passwd", [], seconden=1)


@pytest.mark.django_db
def test_after_a_failure_it_is_left_alone_for_a_while(pdok):
    pdok.status = 500
    ask_pdok(ADRES)
    pdok.status = 200
    antwoord = ask_pdok(Adres("2037RB", 98))
    assert antwoord is not None
    assert antwoord.stand is Stand.ONBEREIKBAAR
    assert len(pdok.asked) == 1
    assert RUST == 30
    cache.delete("pdok:rust")
    again = ask_pdok(ADRES)
    assert again is not None
    assert again.plek == MOLENWIJK


# --- Memory --------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("body", [answer(DOC), answer()], ids=["found", "not-found"])
def test_an_answer_is_remembered(pdok, body):
    pdok.body = body
    assert ask_pdok(ADRES) == ask_pdok(ADRES)
    assert len(pdok.asked) == 1
    ask_pdok(Adres("2037RB", 99, "B"))
    assert len(pdok.asked) == 2, "een ander adres is een andere vraag"


@pytest.mark.django_db
def test_the_memory_holds_no_address_and_the_log_neither(pdok, caplog):
    with caplog.at_level("DEBUG"):
        ask_pdok(ADRES)
        pdok.status = 500
        ask_pdok(Adres("2037RB", 97))
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM kern_cache")
        rows = str(cursor.fetchall())
    assert "2037RB" not in rows + caplog.text
    assert "postcode" not in caplog.text
    assert "pdok_onbereikbaar" in caplog.text
