"""What a waiting time says: its words, its age, its norm."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zorgaanbod.rules import Wacht, write_weeks

VANDAAG = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("weken", "gemeten_op", "tekst"),
    [
        (6, date(2026, 11, 20), "zes weken, op 20 november (7 dagen oud)"),
        (1, date(2026, 11, 26), "één week, op 26 november (1 dag oud)"),
        (0, date(2026, 11, 27), "geen wachttijd, op 27 november (van vandaag)"),
        (26, date(2025, 12, 1), "26 weken, op 1 december 2025 (361 dagen oud)"),
        (None, None, "wachttijd niet bekend"),
    ],
)
def test_a_waiting_time_is_written_with_its_date_and_age(weken, gemeten_op, tekst):
    assert Wacht(weken, gemeten_op, 8, VANDAAG).tekst == tekst


@pytest.mark.parametrize(("weken", "begin"), [(1, "Eén week, op"), (0, "Geen wachttijd, op"), (6, "Zes weken, op")])
def test_a_line_begins_with_a_capital(weken, begin):
    assert Wacht(weken, VANDAAG, 8, VANDAAG).zin.startswith(begin)


@pytest.mark.parametrize(("dagen", "oud"), [(0, False), (30, False), (31, True)])
def test_older_than_thirty_days_is_old(dagen, oud):
    assert Wacht(4, VANDAAG - timedelta(days=dagen), 8, VANDAAG).oud is oud


@pytest.mark.parametrize(("weken", "boven"), [(7, False), (8, False), (9, True), (None, False)])
def test_above_the_norm_is_longer_than_the_norm(weken, boven):
    assert Wacht(weken, VANDAAG if weken else None, 8, VANDAAG).boven_norm is boven


@given(st.integers(0, 260))
def test_every_number_of_weeks_can_be_read(weken):
    text = write_weeks(weken)
    assert text.endswith(("week", "weken", "wachttijd"))
    assert (text == "één week") is (weken == 1)
