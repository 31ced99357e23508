"""The workflow table holds together, and the page made from it is up to date."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.template.loader import get_template

from casussen import actions, diagram, velden
from casussen.actions.registers import EFFECTEN, VOORBEREIDINGEN
from casussen.keuzes import EINDSTATUSSEN, EigenaarSoort, Status, Vlag
from casussen.rules import GUARDS
from casussen.tabel import Publiek, Regel, Richting
from casussen.workflow import (
    ACTIES,
    BIJ_TEAM,
    EIGENAAR,
    HANDELINGEN,
    HOOFDLIJN,
    IN_DE_LUS,
    NA_REACTIE,
    OVERGANGEN,
    TERMIJNEN,
    VAN_EEN_STATUS,
    VAN_EEN_VLAG,
    rule_for,
    rules_of,
)
from toegang.rollen import ROLLEN

ALLE = (*OVERGANGEN, *HANDELINGEN)
ZIJSTATUSSEN = (Status.TE_ROUTEREN, Status.AANVULLING_GEVRAAGD, Status.TERUGGELEGD)


def _id(regel: Regel) -> str:
    return f"{regel.actie}-uit-{regel.van[0]}"


#: Records of the file that change nothing for the school: no letter to the zorgcoördinator for each of them.
STIL = {"instemming_vastleggen", "instemming_intrekken", "aanvraag_vastleggen", "doelen_scoren"}


def test_the_actions_of_the_house_plan_are_there() -> None:
    named = (
        "aanmelden toewijzen ontvangen starten vragen beantwoorden doorzetten terugleggen heraanmelden mdo_plannen "
        "plan_vaststellen uitvoeren evalueren afsluiten heropenen intrekken"
    )
    outside = {"buiten_overdragen", "buiten_opvolgen", "buiten_terugmelden"}
    assert set(named.split()) | outside | {"reageren"} == {regel.actie for regel in OVERGANGEN}


def test_every_state_has_an_owner_except_the_end() -> None:
    assert set(EIGENAAR) == set(Status)
    without = {status for status, stap in EIGENAAR.items() if stap.eigenaar is None}
    assert without == set(EINDSTATUSSEN)
    assert all(stap.volgende for stap in EIGENAAR.values())


def test_whoever_owns_a_state_has_a_step_to_take_from_it() -> None:
    for status, stap in EIGENAAR.items():
        if stap.eigenaar is None:
            continue
        able = {b.rol.soort for regel in OVERGANGEN if status in regel.van for b in regel.wie}
        assert stap.eigenaar.value in able, f"{status} heeft geen stap voor {stap.eigenaar}"


def _goals(regel: Regel) -> set[Status]:
    return {doel.status for doel in regel.naar if isinstance(doel.status, Status)}


def test_every_state_can_be_reached_and_none_is_a_dead_end() -> None:
    reached = {Status.CONCEPT}
    for _ in Status:
        reached |= {goal for regel in OVERGANGEN if reached & set(regel.van) for goal in _goals(regel)}
    assert reached == set(Status)
    for status in set(Status) - set(EINDSTATUSSEN):
        ends, before = False, {status}
        for _ in Status:
            before |= {goal for regel in OVERGANGEN if before & set(regel.van) for goal in _goals(regel)}
            ends = ends or bool(before & set(EINDSTATUSSEN))
        assert ends, f"uit {status} komt een casus nooit meer tot een einde"


def test_the_states_are_sorted_without_a_gap() -> None:
    assert set(IN_DE_LUS) | {Status.CONCEPT} | set(EINDSTATUSSEN) == set(Status)
    assert set(HOOFDLIJN) | set(ZIJSTATUSSEN) | {Status.INGETROKKEN} == set(Status)
    assert set(BIJ_TEAM) < set(IN_DE_LUS)


def test_there_is_one_row_for_an_action_from_a_state() -> None:
    for actie in ACTIES:
        for status in Status:
            assert sum(status in regel.van for regel in rules_of(actie)) <= 1
    assert rule_for("ontvangen", Status.AANGEMELD) is not None
    assert rule_for("ontvangen", Status.ONTVANGEN) is None
    assert rules_of("bestaat_niet") == ()


@pytest.mark.parametrize("regel", ALLE, ids=_id)
def test_a_row_names_only_what_exists(regel: Regel) -> None:
    assert set(regel.bij) | set(regel.voorwaarden) | set(regel.guards) <= set(GUARDS)
    assert {b.rol.sleutel for b in regel.wie} <= set(ROLLEN)
    assert all(b.rol.soort in {"school", "wijkteam", "regio", "aanbieder"} for b in regel.wie)
    opened = [termijn for doel in regel.naar for termijn in doel.opent]
    assert all(TERMIJNEN[termijn.soort] == termijn or termijn.doel in VAN_EEN_STATUS for termijn in opened)
    assert all(termijn.los or termijn.doel in set(Status) for termijn in opened)
    assert regel.sluit in {None, "alle", *VAN_EEN_STATUS}
    assert all(TERMIJNEN[soort].los for soort in regel.sluit_los)
    assert all((regel.van, regel.naar, regel.wie, regel.label, regel.gedaan))
    names = [veld.naam for veld in regel.velden]
    assert len(names) == len(set(names))
    if regel.terugkoppeling:
        fields = {veld.naam: veld for veld in regel.velden}
        assert fields[regel.terugkoppeling.gedaan].verplicht, "verplichte terugkoppeling zonder verplicht veld"


@pytest.mark.parametrize("regel", ALLE, ids=_id)
def test_the_owner_of_the_next_step_and_the_school_hear_of_every_step(regel: Regel) -> None:
    """The zorgcoördinator each time somebody else may have taken it; and whoever must act next."""
    audience = {EigenaarSoort.SCHOOL: Publiek.ZC, EigenaarSoort.WIJKTEAM: Publiek.TEAM, EigenaarSoort.REGIO: Publiek.REGIO}
    only_the_team = {b.rol.soort for b in regel.wie} == {"wijkteam"}
    for doel in regel.naar:
        told = {bericht.aan for bericht in doel.meldt}
        assert (Publiek.ZC in told) is (regel.actie not in STIL | {"reageren"})
        if isinstance(doel.status, Status) and (owner := EIGENAAR[doel.status].eigenaar) and not only_the_team:
            assert audience[owner] in told, f"{regel.actie}: {owner} hoort niets"


@pytest.mark.parametrize("regel", OVERGANGEN, ids=_id)
def test_every_open_state_that_is_reached_starts_a_clock_of_its_owner(regel: Regel) -> None:
    for doel in regel.naar:
        tied = [termijn for termijn in doel.opent if not termijn.los]
        if not isinstance(doel.status, Status) or doel.status in EINDSTATUSSEN:
            assert not tied or regel.actie == "reageren"
            continue
        (termijn,) = tied
        assert termijn.eigenaar == EIGENAAR[doel.status].eigenaar


def test_the_reaction_of_the_school_passes_the_turn_to_the_team() -> None:
    """The state stays evaluatie; its clock ends and one of whoever is next begins."""
    (regel,) = rules_of("reageren")
    (doel,) = regel.naar
    assert TERMIJNEN[regel.sluit or ""].eigenaar == EIGENAAR[Status.EVALUATIE].eigenaar
    assert [termijn.eigenaar for termijn in doel.opent] == [NA_REACTIE[Status.EVALUATIE].eigenaar]


def test_every_flag_has_who_sets_it_who_lifts_it_and_what_follows() -> None:
    """Outside the region follows from the route, and waiting for help also from the help itself."""
    by_hand = set(Vlag) - {Vlag.BUITEN_REGIO}
    assert {vlag for regel in HANDELINGEN for vlag in regel.zet} == by_hand
    assert {vlag for regel in HANDELINGEN for vlag in regel.licht} == by_hand
    for regel in HANDELINGEN:
        for vlag in regel.zet:
            (clock,) = [termijn for doel in regel.naar for termijn in doel.opent]
            lifted_by = [other for other in HANDELINGEN if vlag in other.licht]
            assert all(clock.soort in other.sluit_los for other in lifted_by)
            assert vlag is Vlag.GEESCALEERD or VAN_EEN_VLAG[vlag] == clock


def test_the_deadlines_are_those_of_the_house_plan() -> None:
    lengths = {soort: f"{r.anker}+{r.aantal} {r.eenheid}" for soort, r in TERMIJNEN.items()}
    assert lengths == {
        "te_routeren": "nu+1 werkdagen",
        "ontvangen": "T0+2 werkdagen",
        "in_behandeling": "T0+5 werkdagen",
        "mdo_gepland": "T0+10 werkdagen",
        "plan_vastgesteld": "T0+15 werkdagen",
        "in_uitvoering": "T0+21 dagen",
        "evaluatie": "start+6 weken",
        "evaluatie_vervolg": "nu+12 weken",
        "afgesloten": "nu+5 werkdagen",
        "aanvulling_gevraagd": "nu+3 werkdagen",
        "teruggelegd": "nu+5 werkdagen",
        "te_routeren_vervolg": "nu+10 werkdagen",
        "afgesloten_vervolg": "nu+5 werkdagen",
        "terugkoppeling": "nu+6 weken",
        "taak": "nu+1 werkdagen",
        "bereikbaar": "nu+3 werkdagen",
        "wachttijd": "nu+4 weken",
        "escalatie": "nu+2 werkdagen",
        "thuiszitter": "nu+10 werkdagen",
        "veiligheid": "nu+1 werkdagen",
        "voortgang": "nu+4 weken",
    }


@pytest.mark.parametrize("soort", sorted({b.soort for regel in ALLE for doel in regel.naar for b in doel.meldt}))
def test_every_notification_has_its_three_texts(soort: str) -> None:
    for extension in ("subject.txt", "txt", "html"):
        get_template(f"meldingen/{soort}.{extension}")  # raises when it is not there


def test_only_known_steps_have_effects() -> None:
    assert actions.perform is not None
    assert set(EFFECTEN) | set(VOORBEREIDINGEN) <= set(ACTIES)


def test_the_draft_asks_each_field_once_and_every_field_has_its_step() -> None:
    names = [veld.naam for veld in velden.CONCEPT_VELDEN]
    assert len(names) == len(set(names))
    assert {veld.stap for veld in velden.CONCEPT_VELDEN} == {stap for stap, _ in velden.STAPPEN}


# --- The page ---------------------------------------------------------------------------------------------------
def test_the_page_in_docs_is_up_to_date() -> None:
    out = StringIO()
    call_command("workflow_diagram", "--check", stdout=out)
    assert "klopt" in out.getvalue()


def test_a_stale_page_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diagram, "_KOP", "# Een andere tabel\n")
    with pytest.raises(CommandError, match="verouderd"):
        call_command("workflow_diagram", "--check")


def test_the_page_shows_every_state_and_every_step() -> None:
    page = diagram.workflow_page()
    for regel in ALLE:
        assert f"| {regel.actie}" in page
    for status in Status:
        assert f"| {status.label} |" in page
    assert "aanvulling_gevraagd --> terug: beantwoorden" in page
    assert Richting.TERUG.value in page
