"""Which rule wins: truth tables, and any set of rules against a slow and obvious judge."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wijkteams.rules import VOLGORDE, Kenmerken, Plaats, Regel, Uitslag, age_on, decide, holds_at, rang_of

HIER = Plaats("BU03920501", "2037RB", 12)
SECTOREN = ("po", "so", "vo", "vso", "pro", "mbo")
GEBIED = {
    "school": "GM0392",
    "voorrang": "GM0392",
    "nummers": "2037RB",
    "pc6": "2037RB",
    "buurt": "BU03920501",
    "pc4": "2037",
    "wijk": "WK039205",
    "gemeente": "GM0392",
}


def regel(soort: str, team: int = 1, sector: str = "*", **velden) -> Regel:
    one_location = velden.get("vestiging_id") is not None
    if soort == "school" and not one_location:
        velden.setdefault("school_id", 7)
    rang = rang_of(soort, sector, one_location=one_location)
    return Regel(
        id=velden.pop("id", team),
        wijkteam_id=team,
        soort=soort,
        gebied=velden.pop("gebied", GEBIED[soort]),
        sector=sector,
        rang=rang,
        **velden,
    )


def pupil(*sectoren: str, leeftijd: int | None = 14, **velden) -> Kenmerken:
    return Kenmerken(sectoren or ("vo",), leeftijd, **{"school_id": 7, "vestiging_id": 70, **velden})


class TestOrder:
    @pytest.mark.parametrize(("first", "second"), list(pairwise(VOLGORDE)))
    def test_the_more_particular_kind_wins(self, first, second):
        for ordered in ([regel(first, 1), regel(second, 2)], [regel(second, 2), regel(first, 1)]):
            assert decide(ordered, HIER, pupil()).wijkteam_ids == (1,)

    @pytest.mark.parametrize("soort", VOLGORDE)
    def test_within_a_kind_a_sectors_own_rule_wins(self, soort):
        assert decide([regel(soort, 1), regel(soort, 2, "vo")], HIER, pupil("vo")).wijkteam_ids == (2,)
        assert decide([regel(soort, 1), regel(soort, 2, "vo")], HIER, pupil("mbo")).wijkteam_ids == (1,)

    def test_a_sectors_own_rule_of_a_wider_kind_loses(self):
        assert decide([regel("wijk", 1, "vo"), regel("pc4", 2)], HIER, pupil("vo")).wijkteam_ids == (2,)

    def test_a_rule_for_one_location_goes_before_one_for_the_school(self):
        rules = [regel("school", 1), regel("school", 2, vestiging_id=70)]
        assert decide(rules, HIER, pupil()).wijkteam_ids == (2,)
        assert decide(rules, HIER, pupil(vestiging_id=71)).wijkteam_ids == (1,)
        assert decide(rules, HIER, pupil(vestiging_id=None)).wijkteam_ids == (1,)

    def test_every_kind_has_a_rang_of_its_own_in_this_order(self):
        ranks = [rang_of("school", sector, one_location=one) for one in (True, False) for sector in ("vo", "*")]
        ranks += [rang_of(soort, sector) for soort in VOLGORDE[1:] for sector in ("vo", "*")]
        assert ranks == sorted(set(ranks))


class TestHolds:
    @pytest.mark.parametrize(
        ("rule", "holds"),
        [
            (regel("gemeente"), True),
            (regel("gemeente", gebied="GM0397"), False),
            (regel("wijk", gebied="WK039201"), False),
            (regel("pc4", gebied="2036"), False),
            (regel("pc6", gebied="2037RC"), False),
            (regel("nummers", nummer_van=12, nummer_tot_en_met=12), True),
            (regel("nummers", nummer_van=13, nummer_tot_en_met=99), False),
            (regel("nummers", nummer_van=1, nummer_tot_en_met=11), False),
            (regel("nummers", zijde="even"), True),
            (regel("nummers", zijde="oneven"), False),
            (regel("school", school_id=8), False),
            (regel("school", gebied="GM0397"), False),
            (regel("school", vestiging_id=71), False),
            (regel("voorrang"), True),
        ],
    )
    def test_a_rule_holds_here_or_not(self, rule, holds):
        assert holds_at(rule, HIER, pupil()) is holds

    def test_a_schools_rule_never_holds_without_a_school(self):
        assert not holds_at(regel("school"), HIER, pupil(school_id=None, vestiging_id=None))
        assert not holds_at(regel("school", vestiging_id=70), HIER, pupil(school_id=None, vestiging_id=None))


class TestNotKnown:
    def test_rules_that_need_the_sector_count_as_candidates(self):
        uitslag = decide([regel("voorrang", 1, "vo"), regel("wijk", 2), regel("gemeente", 3)], HIER, pupil(*SECTOREN))
        assert uitslag.wijkteam_ids == (1, 2)
        assert [winst.sectoren for winst in uitslag.winsten] == [("vo",), ("po", "so", "vso", "pro", "mbo")]
        assert not uitslag.gat

    def test_only_the_sectors_of_the_school_are_possible(self):
        rules = [regel("voorrang", 1, "mbo"), regel("wijk", 2)]
        assert decide(rules, HIER, pupil("vo", "vso")).wijkteam_ids == (2,)

    def test_rules_that_need_the_age_count_as_candidates(self):
        rules = [regel("wijk", 1, leeftijd_tot=18), regel("gemeente", 2, leeftijd_van=18)]
        assert decide(rules, HIER, pupil(leeftijd=None)).wijkteam_ids == (1, 2)
        assert decide(rules, HIER, pupil(leeftijd=17)).wijkteam_ids == (1,)
        assert decide(rules, HIER, pupil(leeftijd=18)).wijkteam_ids == (2,)

    def test_one_team_for_some_pupils_is_one_team_with_a_hole(self):
        uitslag = decide([regel("wijk", 1, leeftijd_tot=18)], HIER, pupil(leeftijd=None))
        assert (uitslag.wijkteam_ids, uitslag.gat) == ((1,), True)

    def test_the_same_team_by_two_rules_is_one_team(self):
        uitslag = decide([regel("voorrang", 1, "vo", id=1), regel("wijk", 1, id=2)], HIER, pupil(*SECTOREN))
        assert (uitslag.wijkteam_ids, len(uitslag.winsten)) == ((1,), 2)

    def test_no_rule_is_a_hole(self):
        assert decide([], HIER, pupil()) == Uitslag((), gat=True)


class TestAge:
    @pytest.mark.parametrize(
        ("born", "on", "age"),
        [
            ((2008, 9, 1), (2026, 8, 31), 17),
            ((2008, 9, 1), (2026, 9, 1), 18),
            ((2008, 2, 29), (2026, 2, 28), 17),
            ((2008, 2, 29), (2026, 3, 1), 18),
            ((2008, 2, 29), (2028, 2, 29), 20),
            ((2026, 9, 1), (2026, 9, 1), 0),
            ((2026, 9, 2), (2026, 9, 1), -1),
        ],
    )
    def test_years_are_whole_and_count_from_the_birthday(self, born, on, age):
        assert age_on(date(*born), date(*on)) == age


# --- Any set of rules ------------------------------------------------------------------------------------------------


@st.composite
def any_rule(draw):
    soort = draw(st.sampled_from(VOLGORDE))
    van, tot = draw(st.sampled_from([(0, 150), (0, 18), (18, 150), (12, 16)]))
    velden = {"leeftijd_van": van, "leeftijd_tot": tot}
    if soort == "nummers":
        velden |= {"nummer_van": draw(st.integers(1, 14)), "zijde": draw(st.sampled_from(["beide", "even", "oneven"]))}
    if soort == "school":
        velden |= draw(st.sampled_from([{"school_id": 7}, {"school_id": 8}, {"vestiging_id": 70}, {"vestiging_id": 71}]))
    gebied = draw(st.sampled_from([GEBIED[soort], GEBIED[soort], GEBIED[soort][:-1] + "9"]))
    return regel(soort, draw(st.integers(1, 4)), draw(st.sampled_from(["*", "*", "vo", "mbo"])), gebied=gebied, **velden)


def without_ties(rules: list[Regel]) -> list[Regel]:
    """What the exclusion constraint lets through: no two of one kind, area, sector and school that meet in number and age."""
    kept: list[Regel] = []
    for rule in rules:
        clash = any(
            (rule.soort, rule.gebied, rule.sector, rule.school_id, rule.vestiging_id)
            == (other.soort, other.gebied, other.sector, other.school_id, other.vestiging_id)
            and rule.leeftijd_van < other.leeftijd_tot
            and other.leeftijd_van < rule.leeftijd_tot
            and {rule.zijde, other.zijde} != {"even", "oneven"}
            for other in kept
        )
        if not clash:
            kept.append(replace(rule, id=len(kept) + 1))
    return kept


def judge(rules: list[Regel], sector: str, leeftijd: int) -> int | None:
    """The winner by reading the design aloud: kind by kind, the sector's own rule first."""
    for soort in VOLGORDE:
        for location_first in (True, False) if soort == "school" else (None,):
            for wanted in (sector, "*"):
                for rule in rules:
                    fits = rule.soort == soort and rule.sector == wanted and rule.leeftijd_van <= leeftijd < rule.leeftijd_tot
                    right_school = location_first is None or (rule.vestiging_id is not None) is location_first
                    if fits and right_school and holds_at(rule, HIER, pupil()):
                        return rule.wijkteam_id
    return None


@settings(deadline=None)
@given(rules=st.lists(any_rule(), max_size=16), sector=st.sampled_from(SECTOREN), leeftijd=st.integers(0, 30), order=st.randoms())
def test_any_set_of_rules_gives_one_winner_or_a_named_hole(rules, sector, leeftijd, order):
    rules = without_ties(rules)
    expected = judge(rules, sector, leeftijd)
    order.shuffle(rules)
    uitslag = decide(rules, HIER, pupil(sector, leeftijd=leeftijd))
    assert uitslag.wijkteam_ids == (() if expected is None else (expected,))
    assert uitslag.gat is (expected is None)
    assert len(uitslag.winsten) == (0 if expected is None else 1)


@settings(deadline=None)
@given(rules=st.lists(any_rule(), max_size=12))
def test_what_is_not_known_gives_exactly_the_teams_of_every_case(rules):
    rules = without_ties(rules)
    cases = {judge(rules, sector, age) for sector in SECTOREN for age in (0, 11, 12, 15, 16, 17, 18, 149)}
    uitslag = decide(rules, HIER, pupil(*SECTOREN, leeftijd=None))
    assert set(uitslag.wijkteam_ids) == cases - {None}
    assert uitslag.gat is (None in cases)
