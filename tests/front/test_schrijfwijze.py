"""How numbers, names and codes are written."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.schrijfwijze import dial, element_id, initials, tint, write_phone, write_postcode


@pytest.mark.parametrize(
    ("stored", "shown"),
    [("2037RB", "2037 RB"), ("2037rb", "2037 RB"), (" 2037  RB ", "2037 RB"), ("2037", "2037"), ("", ""), ("٢٠٣٧RB", "٢٠٣٧RB")],
)
def test_a_postcode_is_shown_with_one_space(stored: str, shown: str) -> None:
    assert write_postcode(stored) == shown


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Sanne de Vries", "SV"),
        ("J.P. Jansen", "JJ"),
        ("Ömer", "Ö"),
        ("Fatima El Amrani", "FA"),
        ("  anna  van der  berg ", "AB"),
        ("", "?"),
        ("—", "?"),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


@pytest.mark.parametrize(
    ("stored", "shown", "dialled"),
    [
        ("0612345678", "06 12 34 56 78", "+31612345678"),
        ("+31 6 12345678", "06 12 34 56 78", "+31612345678"),
        ("0031 (0)23 555 0142", "023 555 01 42", "+31235550142"),
        ("023-5550142", "023 555 01 42", "+31235550142"),
        ("0251 234567", "0251 23 45 67", "+31251234567"),
        ("14 023", "14 023", "14023"),
        ("0800-2000", "0800-2000", "08002000"),
        ("geen", "geen", ""),
        ("", "", ""),
    ],
)
def test_a_phone_number_is_written_as_it_is_read_aloud(stored: str, shown: str, dialled: str) -> None:
    assert write_phone(stored) == shown
    assert dial(stored) == dialled


@given(st.from_regex(r"0[1-9][0-9]{8}", fullmatch=True))
def test_writing_a_number_loses_no_digit(number: str) -> None:
    assert write_phone(number).replace(" ", "") == number
    assert write_phone(dial(number)) == write_phone(number)


@given(st.text(max_size=60))
def test_any_text_gives_a_tint_initials_and_an_id(text: str) -> None:
    assert 1 <= tint(text) <= 6
    assert initials(text)
    assert re.fullmatch(r"id-[a-z0-9][a-z0-9-]*", element_id(text))
