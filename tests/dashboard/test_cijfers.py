"""What leaves `cijfers` may be seen by everybody at once: nothing small, and nothing that can be worked out."""

from collections import Counter
from collections.abc import Iterable
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casussen.keuzes import Status
from portal.dashboard.cijfers import Cijfers, Deel, Getal, Tijd, make_figures
from portal.dashboard.indeling import FASEN, Periode
from portal.dashboard.onderdrukking import AFRONDING, DREMPEL, leeway, plat, rounded
from portal.dashboard.queries import NOG_NIET, OP_TIJD, TE_LAAT, Duur, Instroom, Stand, Tellingen
from tests.dashboard.lp import bounds

JAAR = Periode(2026)
K1, K2 = JAAR.kwartalen[:2]
GEMEENTEN = {"GM0392": "Haarlem", "GM0473": "Zandvoort", "GM0397": "Heemstede"}
TEAMS = {"GM0392": (1, 2, 3), "GM0473": (4,), "GM0397": (5, 6)}
PLEKKEN = (None, *GEMEENTEN)


def instroom(gemeente: str, kwartaal: Periode, op_tijd: int, te_laat: int, door: int = 0) -> Iterable[Instroom]:
    yield Instroom(gemeente, kwartaal, OP_TIJD, doorgezet=False, teruggelegd=False, aantal=op_tijd)
    yield Instroom(gemeente, kwartaal, TE_LAAT, doorgezet=False, teruggelegd=False, aantal=te_laat)
    yield Instroom(gemeente, kwartaal, TE_LAAT, doorgezet=True, teruggelegd=True, aantal=door)


def figures(
    rows: Iterable[Instroom] = (),
    stand: Iterable[Stand] = (),
    *,
    duur: dict[tuple[str | None, int], Duur] | None = None,
    wacht: dict[str, int] | None = None,
) -> Cijfers:
    tellingen = Tellingen(tuple(rows), tuple(stand), duur or {}, Counter(wacht or {}))
    return make_figures(tellingen, jaar=JAAR, gemeenten=GEMEENTEN)


# --- By example -------------------------------------------------------------------------------------------------
def test_counts_are_of_the_gemeente_and_of_the_region() -> None:
    rows = [row for code in GEMEENTEN for row in (*instroom(code, K1, 61, 22), *instroom(code, K2, 40, 13))]
    cijfers = figures(rows)
    assert cijfers.submitted("GM0392", K1) == Getal(85)
    assert cijfers.submitted("GM0392", JAAR) == Getal(135)
    assert cijfers.submitted(None, JAAR) == Getal(410)
    assert cijfers.in_time("GM0392", K1) == Deel(75)
    assert cijfers.in_time(None, JAAR) == Deel(75)


def test_a_share_of_which_too_few_were_late_says_at_least() -> None:
    rows = [row for code in GEMEENTEN for row in instroom(code, K1, 160, 3)]
    assert figures(rows).in_time("GM0392", K1) == Deel(90, minstens=True)
    assert str(Deel(90, minstens=True)) == "minstens 90%"


def test_of_a_period_without_casussen_nothing_is_shown() -> None:
    cijfers = figures()
    assert str(cijfers.submitted("GM0392", K1)) == str(cijfers.in_time(None, JAAR)) == str(cijfers.median(None, K1)) == "–"


@pytest.mark.parametrize(("aantal", "tekst"), [(9, "–"), (10, "2 werkdagen (15 werkuren)")])
def test_a_time_needs_ten_casussen(aantal: int, tekst: str) -> None:
    cijfers = figures(duur={("GM0392", 0): Duur(aantal, mediaan=910, p90=2000)})
    assert str(cijfers.median("GM0392", JAAR)) == tekst


@pytest.mark.parametrize(
    ("minuten", "tekst"),
    [
        (480, "1 werkdag (8 werkuren)"),
        (200, "0,5 werkdag (3 werkuren)"),
        (1900, "4 werkdagen (32 werkuren)"),
        (0, "0 werkdagen (0 werkuren)"),
    ],
)
def test_a_time_is_written_as_people_say_it(minuten: float, tekst: str) -> None:
    assert str(Tijd(minuten)) == tekst


def stock(gemeente: str, team: int, status: Status, aantal: int, *, te_laat: bool = False) -> Stand:
    return Stand(gemeente, team, f"Team {team}", status.value, te_laat, aantal)


def test_teams_stand_above_the_margins_of_gemeente_and_region() -> None:
    rows = [stock(code, team, status, 20 + 3 * team) for code, teams in TEAMS.items() for team in teams for status in Status
            if status not in {Status.CONCEPT, Status.TE_ROUTEREN}]  # fmt: skip
    table = figures(stand=rows).rows("GM0392")
    assert [row.naam for row in table] == ["Team 1", "Team 2", "Team 3", "Heel Haarlem", "De hele regio"]
    assert [row.is_totaal for row in table] == [False, False, False, True, True]
    assert table[0].per_fase[0] == (FASEN[0], Getal(rounded(23)))
    assert table[3].totaal == Getal(rounded(11 * (23 + 26 + 29)))
    regional = figures(stand=rows).rows(None)
    assert [row.naam for row in regional] == [*GEMEENTEN.values(), "De hele regio"]


def test_a_small_team_shares_a_row() -> None:
    rows = [
        stock("GM0392", 1, Status.AFGESLOTEN, 90),
        stock("GM0392", 2, Status.AFGESLOTEN, 3),
        stock("GM0392", 3, Status.AFGESLOTEN, 50),
    ]
    names = [row.naam for row in figures(stand=rows).rows("GM0392")]
    assert names == ["Team 1", "Team 3 en andere teams", "Heel Haarlem", "De hele regio"]


def test_who_waits_for_a_team_may_live_elsewhere() -> None:
    cijfers = figures(wacht={"GM0392": 14, "": 16, "GM0473": 12, "GM0397": 21})
    assert cijfers.waiting(None) == Getal(rounded(63))
    assert cijfers.waiting("GM0392") == Getal(15)


# --- For any region ---------------------------------------------------------------------------------------------
COUNT = st.one_of(st.integers(0, 4), st.integers(0, 16), st.integers(8, 70))


@st.composite
def flows(draw: st.DrawFn) -> list[Instroom]:
    return [
        Instroom(code, kwartaal, antwoord, door, terug, draw(COUNT))
        for code, kwartaal, (antwoord, door, terug) in product(
            GEMEENTEN,
            (K1, K2),
            (
                (OP_TIJD, False, False),
                (TE_LAAT, False, False),
                (TE_LAAT, True, False),
                (OP_TIJD, False, True),
                (NOG_NIET, False, False),
            ),
        )
    ]


@st.composite
def stocks(draw: st.DrawFn) -> list[Stand]:
    statussen = (Status.AANGEMELD, Status.IN_BEHANDELING, Status.IN_UITVOERING, Status.AFGESLOTEN)
    return [
        stock(code, team, status, count, te_laat=late)
        for code, teams in TEAMS.items()
        for team, status, late in product(teams, statussen, (False, True))
        if (count := draw(COUNT))
    ]


def everything(cijfers: Cijfers) -> list[Getal]:
    tables = (cijfers.instroom, cijfers.doorgezet, cijfers.teruggelegd, cijfers.stand, cijfers.te_laat, cijfers.wacht)
    return [getal for table in tables for getal in table.values()]


@given(flows(), stocks(), st.dictionaries(st.sampled_from(["", *GEMEENTEN]), COUNT))
@settings(max_examples=30, deadline=None)
def test_nothing_small_is_ever_shown(rows: list[Instroom], stand: list[Stand], wacht: dict[str, int]) -> None:
    for getal in everything(figures(rows, stand, wacht=wacht)):
        assert getal.aantal is None or (getal.aantal >= DREMPEL and getal.aantal % AFRONDING == 0)


@given(flows())
@settings(max_examples=15, deadline=None)
def test_one_gemeente_beside_the_region_and_all_periods_tell_nothing_small(rows: list[Instroom]) -> None:
    """An attacker who opens every page of every gemeente, and lays them side by side."""
    cijfers = figures(rows)
    dimensies = (plat("regio", GEMEENTEN), plat(JAAR.sleutel, [K1.sleutel, K2.sleutel]))
    true: Counter[tuple[str, ...]] = Counter()
    for row in rows:
        for place, period in product((row.gemeente, "regio"), (row.kwartaal.sleutel, JAAR.sleutel)):
            true[place, period] += row.aantal
    seen = {cel: leeway(true[cel]) for cel, getal in cijfers.instroom.items() if getal.aantal is not None}
    for cel in [cel for cel in cijfers.instroom if true[cel] < DREMPEL][:4]:
        least, most = bounds(dimensies, seen, cel)
        assert least == 0
        assert most >= DREMPEL - 1


@given(flows())
@settings(max_examples=30, deadline=None)
def test_a_hidden_total_hides_what_it_is_made_of(rows: list[Instroom]) -> None:
    cijfers = figures(rows)
    for (place, period), getal in cijfers.instroom.items():
        if getal.aantal is None:
            assert cijfers.doorgezet[place, "ja", period].aantal is None
            assert cijfers.teruggelegd[place, "ja", period].aantal is None


@given(flows())
@settings(max_examples=30, deadline=None)
def test_a_share_never_gives_away_a_small_number_of_late_ones(rows: list[Instroom]) -> None:
    late: Counter[tuple[str, str]] = Counter()
    good: Counter[tuple[str, str]] = Counter()
    for row in rows:
        for cel in product((row.gemeente, "regio"), (row.kwartaal.sleutel, JAAR.sleutel)):
            late[cel] += row.aantal if row.antwoord == TE_LAAT else 0
            good[cel] += row.aantal if row.antwoord == OP_TIJD else 0
    for (place, period), deel in figures(rows).op_tijd.items():
        if deel.procent is not None and not deel.minstens:
            assert min(late[place, period], good[place, period]) >= DREMPEL
        if deel.minstens:
            assert late[place, period] < DREMPEL
            # What it says holds for nine late ones as well as for none.
            count = good[place, period]
            assert deel.procent is not None
            assert deel.procent <= 100 * count / (count + DREMPEL - 1)
