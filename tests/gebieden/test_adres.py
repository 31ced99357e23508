"""Addresses as people type them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gebieden.adres import INVOER_MAX, Adres, Fout, parse_adres, parse_postcode

LEESTEKENS = "<>&;'\"\\{}()=%$#@!*`~^_[]|:?"


@pytest.mark.parametrize(
    ("invoer", "verwacht"),
    [
        (("2011AA", 12), Adres("2011AA", 12)),
        (("2011 aa", "12"), Adres("2011AA", 12)),
        (("2011-aa", " 12 "), Adres("2011AA", 12)),
        ((" 2011\u00a0AA ", "12-B"), Adres("2011AA", 12, "B")),
        (("２０１１ａａ", "１２ｂ"), Adres("2011AA", 12, "B")),
        (("NL-2011AA", "0012"), Adres("2011AA", 12)),
        (("2011AA\u200b", "nr. 12"), Adres("2011AA", 12)),
        (("2011AA", "12b"), Adres("2011AA", 12, "B")),
        (("2011AA", "12 b hs"), Adres("2011AA", 12, "B", "HS")),
        (("2011AA", "12b-hs"), Adres("2011AA", 12, "B", "HS")),
        (("2011AA", "12 hs"), Adres("2011AA", 12, "", "HS")),
        (("2011AA", "12hs"), Adres("2011AA", 12, "", "HS")),
        (("2011AA", "12bis"), Adres("2011AA", 12, "", "BIS")),
        (("2011AA", "12 bis a"), Adres("2011AA", 12, "", "BISA")),
        (("2011AA", "12 zwart"), Adres("2011AA", 12, "", "ZWART")),
        (("2011AA", "12-3"), Adres("2011AA", 12, "", "3")),
        (("2011AA", "12a2"), Adres("2011AA", 12, "A", "2")),
        (("2011AA", "12 \u2013 B"), Adres("2011AA", 12, "B")),
        (("2011AA", "12-"), Adres("2011AA", 12)),
        (("2011AA", 99999), Adres("2011AA", 99999)),
        (("2011AA", "12", "b"), Adres("2011AA", 12, "B")),
        (("2011AA", "12", "b", "hs"), Adres("2011AA", 12, "B", "HS")),
        (("2011AA", "12", "", "b"), Adres("2011AA", 12, "", "B")),
        (("2011AA", "12", "", "b hs"), Adres("2011AA", 12, "B", "HS")),
        (("2011AA", "12b", "b", ""), Adres("2011AA", 12, "B")),
        (("2011AA", "12b", "", "b"), Adres("2011AA", 12, "B")),
        (("2011AA", "12-hs", None, "HS"), Adres("2011AA", 12, "", "HS")),
    ],
)
def test_it_understands_what_people_type(invoer, verwacht):
    assert parse_adres(*invoer) == verwacht


@pytest.mark.parametrize(
    ("postcode", "melding"),
    [
        ("", "Vul een postcode in."),
        (None, "Vul een postcode in."),
        ("   ", "Vul een postcode in."),
        ("0000AA", "begint met een cijfer van 1"),
        ("1234SS", "SA, SD en SS"),
        ("1234sa", "SA, SD en SS"),
        ("1234SD", "SA, SD en SS"),
        ("2011", "twee letters"),
        ("2011A", "geen Nederlandse postcode"),
        ("20111AA", "geen Nederlandse postcode"),
        ("2011ß", "geen Nederlandse postcode"),
        ("٢٠١١AA", "geen Nederlandse postcode"),
        ("2011AA; DROP TABLE x", "geen Nederlandse postcode"),
        ("<b>2011AA</b>", "geen Nederlandse postcode"),
        ("😀😀😀😀😀😀", "geen Nederlandse postcode"),
        ("9" * 10_000, "te lang"),
        (True, "tekst of een getal"),
        (2011.5, "tekst of een getal"),
        ([], "tekst of een getal"),
    ],
)
def test_it_says_what_is_wrong_with_a_postcode(postcode, melding):
    fouten = parse_adres(postcode, 12)
    assert isinstance(fouten, list)
    assert [fout.veld for fout in fouten] == ["postcode"]
    assert melding in fouten[0].melding
    assert parse_postcode(postcode) == fouten[0]


@pytest.mark.parametrize(
    ("nummer", "melding"),
    [
        ("", "Vul een huisnummer in."),
        ("0", "van 1 tot en met 99999"),
        (0, "van 1 tot en met 99999"),
        (-1, "van 1 tot en met 99999"),
        ("-1", "van 1 tot en met 99999"),
        ("\u22121", "van 1 tot en met 99999"),
        ("99999999", "van 1 tot en met 99999"),
        (99_999_999, "van 1 tot en met 99999"),
        (100_000, "van 1 tot en met 99999"),
        pytest.param(10**5000, "te lang", id="5001 digits"),
        ("abc", "van 1 tot en met 99999"),
        ("12abc", "Zet een toevoeging los"),
        ("12.5", "geen huisnummer"),
        ("12,5", "geen huisnummer"),
        ("1²", "geen huisnummer"),
        ("12 & 14", "geen huisnummer"),
        ("12'; DROP TABLE x;--", "geen huisnummer"),
        ("12<script>", "geen huisnummer"),
        ("12 😀", "geen huisnummer"),
        ("😀", "van 1 tot en met 99999"),
        ("12 abcdefg", "toevoeging is te lang"),
        ("1" * 10_000, "te lang"),
        (12.0, "tekst of een getal"),
        (True, "tekst of een getal"),
    ],
)
def test_it_says_what_is_wrong_with_a_number(nummer, melding):
    fouten = parse_adres("2011AA", nummer)
    assert isinstance(fouten, list)
    assert [fout.veld for fout in fouten] == ["huisnummer"]
    assert melding in fouten[0].melding


@pytest.mark.parametrize(
    ("huisletter", "toevoeging", "veld"),
    [
        ("bb", "", "huisletter"),
        ("1", "", "huisletter"),
        ("é", "", "huisletter"),
        ("", "<b>", "toevoeging"),
        ("", "abcdefg", "toevoeging"),
        ("", "x" * 10_000, "toevoeging"),
        ("", "😀", "toevoeging"),
    ],
)
def test_it_says_what_is_wrong_with_a_letter_or_addition(huisletter, toevoeging, veld):
    fouten = parse_adres("2011AA", 12, huisletter, toevoeging)
    assert isinstance(fouten, list)
    assert [fout.veld for fout in fouten] == [veld]


def test_two_different_letters_or_additions_are_a_mistake():
    letters = parse_adres("2011AA", "12b", "c")
    toevoegingen = parse_adres("2011AA", "12 hs", "", "2")
    assert isinstance(letters, list)
    assert isinstance(toevoegingen, list)
    assert [fout.veld for fout in letters] == ["huisletter"]
    assert [fout.veld for fout in toevoegingen] == ["toevoeging"]


def test_every_field_with_a_mistake_is_named_once():
    fouten = parse_adres("0000AA", "0", "bb", "<")
    assert isinstance(fouten, list)
    assert [fout.veld for fout in fouten] == ["postcode", "huisnummer", "huisletter", "toevoeging"]


anything = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(),
    st.binary(),
    st.text(alphabet=LEESTEKENS + "0123456789 aAbB-"),
)


@given(anything, anything, anything, anything)
def test_it_never_raises_and_is_exact_or_says_why(postcode, nummer, letter, toevoeging):
    uitkomst = parse_adres(postcode, nummer, letter, toevoeging)
    if isinstance(uitkomst, Adres):
        assert re.fullmatch(r"[1-9][0-9]{3}[A-Z]{2}", uitkomst.postcode)
        assert uitkomst.postcode[4:] not in {"SA", "SD", "SS"}
        assert 1 <= uitkomst.huisnummer <= 99999
        assert re.fullmatch(r"[A-Z]?", uitkomst.huisletter)
        assert re.fullmatch(r"[A-Z0-9]{0,6}", uitkomst.toevoeging)
    else:
        assert uitkomst
        assert len({fout.veld for fout in uitkomst}) == len(uitkomst)
        assert all(fout.melding.endswith(".") for fout in uitkomst)


@given(st.text(min_size=3, alphabet=st.characters(min_codepoint=0x21, exclude_categories=["Cs"])).map(lambda t: f"<{t}>"))
def test_a_message_never_repeats_the_input(tekst):
    fouten = parse_adres(tekst, tekst, tekst, tekst)
    assert isinstance(fouten, list)
    assert not any(tekst in fout.melding or tekst.upper() in fout.melding for fout in fouten)


adressen = st.builds(
    Adres,
    st.from_regex(r"\A[1-9][0-9]{3}[A-Z]{2}\Z").filter(lambda pc: pc[4:] not in {"SA", "SD", "SS"}),
    st.integers(1, 99999),
    st.sampled_from(["", *"ABCXYZ"]),
    st.from_regex(r"\A([0-9A-Z]{1,4})?\Z").map(lambda t: t or ""),
)


@given(adressen)
def test_an_exact_address_stays_what_it_is(adres):
    if adres.toevoeging != adres.huisletter:
        assert parse_adres(adres.postcode, adres.huisnummer, adres.huisletter, adres.toevoeging) == adres


@given(adressen, st.sampled_from([" ", "-", "  "]), st.booleans())
def test_the_same_address_in_one_field_or_in_three(adres, tussen, klein):
    """'12 B HS' is number, letter and addition; an addition of one letter without a letter before it is a letter."""
    if len(adres.toevoeging) == 1 and not adres.huisletter and adres.toevoeging.isalpha():
        return
    if not adres.huisletter and re.match(r"[A-Z](?![A-Z])", adres.toevoeging):
        return
    tekst = tussen.join(deel for deel in (str(adres.huisnummer), adres.huisletter, adres.toevoeging) if deel)
    postcode = f"{adres.postcode[:4]} {adres.postcode[4:]}"
    if klein:
        tekst, postcode = tekst.lower(), postcode.lower()
    uitkomst = parse_adres(postcode, tekst)
    assert uitkomst == adres


def test_long_spaces_are_no_reason_to_refuse():
    assert parse_adres(" " * INVOER_MAX + "2011AA", "12" + " " * 100) == Adres("2011AA", 12)


def test_a_mistake_compares_by_value():
    assert parse_postcode("") == Fout("postcode", "Vul een postcode in.")
