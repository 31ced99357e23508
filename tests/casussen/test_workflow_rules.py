"""Truth tables of the pure rules: who may take which step in which state, whose consent is needed, and how time is counted.

The guards are in `test_workflow_guards`.
"""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casussen.keuzes import Gever, Status
from casussen.rules import GegevenToestemming, add_months, age_on, consent_covers, givers_for, role_for, why_not
from casussen.tijd import split_time
from casussen.workflow import ACTIES, rule_for
from scholen.leerlingnummer import looks_like_bsn
from tests.casussen.waarheid import GEDEELD, MAG, NOOIT, OP, ROLLEN, TEAM, facts, may


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("rol", ROLLEN)
def test_who_may_take_which_step(status: Status, rol: str) -> None:
    known = facts(status, dossier=GEDEELD)
    found = {actie for actie in ACTIES if (regel := rule_for(actie, status)) and role_for(regel, known, ROLLEN[rol]) is not None}
    assert found == may(status, rol)


def test_the_written_table_names_every_action_and_no_other() -> None:
    written = {actie for roles in MAG.values() for text in roles.values() for actie in text.split()}
    assert written == set(ACTIES)


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("wie", NOOIT)
def test_others_may_take_no_step_at_all(status: Status, wie: str) -> None:
    rules = [regel for actie in ACTIES if (regel := rule_for(actie, status))]
    known = facts(status, dossier=GEDEELD)
    assert all(role_for(regel, known, NOOIT[wie]) is None for regel in rules)


@pytest.mark.parametrize(("before", "rol"), [(0, "coordinator"), (1, "regio"), (2, "regio")])
def test_sending_on_is_for_the_coordinator_once_and_then_for_the_region(before: int, rol: str) -> None:
    regel = rule_for("doorzetten", Status.AANGEMELD)
    assert regel is not None
    known = facts(keren={"doorzetten": before})
    found = {name for name, kijker in ROLLEN.items() if role_for(regel, known, kijker)}
    assert found == {rol}
    if before:
        assert "alleen een regiocoördinator" in why_not(regel, known, ROLLEN["coordinator"])
    else:
        assert "Dit doet een wijkteamcoördinator" in why_not(regel, known, ROLLEN["regio"])


# --- Age and consent --------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("geboren", "op", "leeftijd"),
    [
        (date(2014, 12, 3), OP, 11),
        (date(2014, 12, 2), OP, 12),
        (date(2010, 12, 3), OP, 15),
        (date(2010, 12, 2), OP, 16),
        (date(2012, 2, 29), date(2024, 2, 28), 11),
        (date(2012, 2, 29), date(2024, 2, 29), 12),
        (date(2011, 2, 28), date(2023, 2, 28), 12),
        (date(2012, 2, 29), date(2025, 2, 28), 12),
        (date(2012, 2, 29), date(2025, 3, 1), 13),
    ],
)
def test_age_on_a_day(geboren: date, op: date, leeftijd: int) -> None:
    assert age_on(geboren, op) == leeftijd


@pytest.mark.parametrize(
    ("leeftijd", "genoeg"),
    [
        (4, {Gever.OUDERS, Gever.OUDERS_EN_JONGERE}),
        (11, {Gever.OUDERS, Gever.OUDERS_EN_JONGERE}),
        (12, {Gever.OUDERS_EN_JONGERE}),
        (15, {Gever.OUDERS_EN_JONGERE}),
        (16, {Gever.JONGERE, Gever.OUDERS_EN_JONGERE}),
        (19, {Gever.JONGERE, Gever.OUDERS_EN_JONGERE}),
    ],
)
def test_whose_consent_is_complete(leeftijd: int, genoeg: set[Gever]) -> None:
    assert givers_for(leeftijd)[0] == genoeg


@pytest.mark.parametrize(
    ("gegeven_voor", "ook_ander", "team", "dekt"),
    [
        (TEAM, False, TEAM, True),
        (TEAM, False, 5, False),
        (TEAM, True, 5, True),
        (None, False, 5, True),
        (TEAM, False, None, False),
    ],
)
def test_which_team_consent_covers(*, gegeven_voor: int | None, ook_ander: bool, team: int | None, dekt: bool) -> None:
    assert consent_covers(GegevenToestemming("ouders", gegeven_voor, ook_ander), team) is dekt


# --- Small sums ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("nummer", "is_bsn"),
    [
        ("111222333", True),
        ("123456789", False),
        ("000000000", False),
        ("A11222333", False),
        ("12345", False),
        ("１１１２２２３３３", False),
        ("L111222333", False),
        ("2011-1234", False),
        ("bsn", False),
        ("BSN van vader", False),
        *(
            (nummer, True)
            for nummer in (
                *(
                    "123 456 782",
                    "1234.56.782",
                    "12345678-2",
                    "123-456-782",
                    "123–456–782",
                    "123\u00a0456\u00a0782",
                    " 123456782 ",
                ),
                *("bsn123456782", "BSN 1234.56.782", "BSN-123456782", "Bsn: 123456782", "bsn-nr. 123456782", "BSN 12345678"),
                *("burgerservicenummer 123456782", "sofinummer 123456782"),
            )
        ),
    ],
)
def test_a_bsn_is_recognised(*, nummer: str, is_bsn: bool) -> None:
    assert looks_like_bsn(nummer) is is_bsn


@pytest.mark.parametrize(
    ("dag", "maanden", "uit"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 2), 6, date(2027, 6, 2)),
    ],
)
def test_months_later(dag: date, maanden: int, uit: date) -> None:
    assert add_months(dag, maanden) == uit


# --- Time -------------------------------------------------------------------------------------------------------
@given(st.lists(st.tuples(st.sampled_from(list(Status)), st.integers(0, 10**6)), max_size=12), st.integers(0, 10**6))
def test_waiting_and_active_time_add_up_to_the_time_under_way(steps: list[tuple[Status, int]], last: int) -> None:
    start = moment = datetime(2026, 1, 1, tzinfo=UTC)
    periodes: list[tuple[str, datetime, datetime | None]] = []
    for status, seconds in steps:
        periodes.append((status, moment, moment + timedelta(seconds=seconds)))
        moment += timedelta(seconds=seconds)
    periodes.append((Status.TERUGGELEGD, moment, None))
    now = moment + timedelta(seconds=last)
    tijd = split_time(periodes, now)
    outside = (Status.CONCEPT, Status.AFGESLOTEN, Status.INGETROKKEN)
    not_counted = sum(((tot or now) - van for status, van, tot in periodes if status in outside), timedelta())
    assert tijd.totaal == now - start - not_counted
    assert tijd.wachten >= timedelta(seconds=last)
