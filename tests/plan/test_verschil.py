"""What two versions of a plan differ in: every goal once, and nothing that stayed the same is called a change."""

from hypothesis import given
from hypothesis import strategies as st

from casussen.rules.planverschil import DoelTekst, DoelVerschil, Soort, Wijziging, changes, compare_goals


def goal(nummer: int, tekst: str = "Elke dag naar school", **delen: str) -> DoelTekst:
    return DoelTekst(nummer, tekst, delen)


def test_a_goal_is_new_dropped_changed_or_the_same():
    oud = [goal(1, Eigenaar="school"), goal(2, "Weer op voetbal"), goal(3, "Rust thuis", Eigenaar="ouders")]
    nieuw = [goal(1, Eigenaar="school"), goal(3, "Rust thuis", Eigenaar="wijkteam"), goal(4, "Op tijd naar bed")]
    assert compare_goals(oud, nieuw) == [
        DoelVerschil(1, "Elke dag naar school", Soort.GELIJK),
        DoelVerschil(2, "Weer op voetbal", Soort.VERVALLEN),
        DoelVerschil(3, "Rust thuis", Soort.ANDERS, (Wijziging("Eigenaar", "ouders", "wijkteam"),)),
        DoelVerschil(4, "Op tijd naar bed", Soort.ERBIJ),
    ]


def test_a_goal_keeps_its_number_when_its_words_change():
    (found,) = compare_goals([goal(1, "Naar school")], [goal(1, "Drie dagen naar school")])
    assert found.wijzigingen == (Wijziging("Doel", "Naar school", "Drie dagen naar school"),)


def test_what_was_not_filled_in_is_empty_on_that_side():
    assert changes({"Mening": "goed"}, {"Beeld": "rustig"}) == (Wijziging("Beeld", "", "rustig"), Wijziging("Mening", "goed", ""))


goals = st.dictionaries(st.integers(1, 5), st.sampled_from(["a", "b"]), max_size=5).map(
    lambda found: [goal(nummer, tekst) for nummer, tekst in found.items()]
)


@given(goals, goals)
def test_turned_round_added_is_dropped_and_changes_stay_changes(oud, nieuw):
    turn = {Soort.ERBIJ: Soort.VERVALLEN, Soort.VERVALLEN: Soort.ERBIJ}
    forth, back = compare_goals(oud, nieuw), compare_goals(nieuw, oud)
    assert {d.nummer for d in forth} == {d.nummer for d in [*oud, *nieuw]}
    assert [(d.nummer, turn.get(d.soort, d.soort)) for d in forth] == [(d.nummer, d.soort) for d in back]


@given(goals)
def test_a_version_does_not_differ_from_itself(doelen):
    assert {d.soort for d in compare_goals(doelen, doelen)} <= {Soort.GELIJK}
