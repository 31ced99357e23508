"""Truth tables of the pure rules: who may take which step in which state, and what each guard misses."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casussen.keuzes import Gever, Status
from casussen.rules import (
    GUARDS,
    Feiten,
    GegevenToestemming,
    add_months,
    age_on,
    consent_covers,
    givers_for,
    looks_like_bsn,
    missing_for,
    role_for,
    why_not,
)
from casussen.tijd import split_time
from casussen.workflow import ACTIES, rule_for
from kern.kijker import Houdt, Kijker
from toegang.rollen import (
    FUNCTIONEEL_BEHEER,
    GEMEENTEMEDEWERKER,
    REGIOCOORDINATOR,
    SCHOOLTEAMLEIDER,
    WIJKTEAMCOORDINATOR,
    WIJKTEAMLID,
    ZORGCOORDINATOR,
)

OP = date(2026, 12, 2)
SCHOOL, TEAM, REGIO, ANDER = 1, 2, 3, 99
LIVING = GegevenToestemming(Gever.OUDERS_EN_JONGERE, TEAM, ook_ander_wijkteam=True)


def facts(status: Status = Status.AANGEMELD, **anders: Any) -> Feiten:
    team = None if status in {Status.CONCEPT, Status.TE_ROUTEREN} else TEAM
    known = {"school_id": SCHOOL, "regio_id": REGIO, "wijkteam_id": team, "toestemmingen": (LIVING,), **anders}
    return Feiten(op=OP, status=status, **known)


def someone(*held: tuple[Any, int | None]) -> Kijker:
    houdt = frozenset(Houdt(rol=rol.sleutel, soort=rol.soort, id=pk) for rol, pk in held)
    return Kijker(user_id=7, naam="Iemand", op=OP, houdt=houdt)


ROLLEN = {
    "zc": someone((ZORGCOORDINATOR, SCHOOL)),
    "lid": someone((WIJKTEAMLID, TEAM)),
    "coordinator": someone((WIJKTEAMCOORDINATOR, TEAM)),
    "regio": someone((REGIOCOORDINATOR, REGIO)),
}
NOOIT = {
    "zc van een andere school": someone((ZORGCOORDINATOR, ANDER)),
    "teamleider": someone((SCHOOLTEAMLEIDER, SCHOOL)),
    "lid van een ander team": someone((WIJKTEAMLID, ANDER)),
    "coördinator van een ander team": someone((WIJKTEAMCOORDINATOR, ANDER)),
    "regiocoördinator van een andere regio": someone((REGIOCOORDINATOR, ANDER)),
    "gemeentemedewerker": someone((GEMEENTEMEDEWERKER, SCHOOL)),
    "functioneel beheer": someone((FUNCTIONEEL_BEHEER, None)),
    "niemand": someone(),
    "wie de id van de school als team heeft": someone((WIJKTEAMLID, SCHOOL)),
}
_EIGEN = "intrekken toestemming_aanvullen toestemming_intrekken"
_TEAM = "vragen terugleggen intrekken toestemming_intrekken contact_vastleggen behandelaar_wijzigen"

#: Per state: who may take which step. Written out, so that a slip in the table shows.
MAG: dict[Status, dict[str, str]] = {
    Status.CONCEPT: {"zc": "aanmelden"},
    Status.TE_ROUTEREN: {
        "zc": f"{_EIGEN} buiten_overdragen",
        "regio": "toewijzen terugleggen buiten_overdragen buiten_opvolgen buiten_terugmelden",
    },
    Status.AANGEMELD: {
        "zc": _EIGEN,
        "lid": "ontvangen vragen terugleggen intrekken toestemming_intrekken",
        "coordinator": "ontvangen vragen doorzetten terugleggen intrekken toestemming_intrekken",
    },
    Status.ONTVANGEN: {"zc": _EIGEN, "lid": f"starten {_TEAM}", "coordinator": f"starten doorzetten {_TEAM}"},
    Status.IN_BEHANDELING: {
        "zc": f"{_EIGEN} mdo_plannen",
        "lid": f"mdo_plannen {_TEAM}",
        "coordinator": f"mdo_plannen doorzetten {_TEAM}",
    },
    Status.MDO_GEPLAND: {"zc": _EIGEN, "lid": f"plan_vaststellen {_TEAM}", "coordinator": f"plan_vaststellen doorzetten {_TEAM}"},
    Status.PLAN_VASTGESTELD: {"zc": _EIGEN, "lid": f"uitvoeren {_TEAM}", "coordinator": f"uitvoeren doorzetten {_TEAM}"},
    Status.IN_UITVOERING: {
        "zc": f"{_EIGEN} evalueren",
        "lid": f"evalueren {_TEAM}",
        "coordinator": f"evalueren doorzetten {_TEAM}",
    },
    Status.EVALUATIE: {
        "zc": _EIGEN,
        "lid": f"uitvoeren afsluiten {_TEAM}",
        "coordinator": f"uitvoeren afsluiten doorzetten {_TEAM}",
    },
    Status.AFGESLOTEN: {"zc": "heropenen", "lid": "heropenen", "coordinator": "heropenen"},
    Status.AANVULLING_GEVRAAGD: {
        "zc": f"{_EIGEN} beantwoorden",
        "lid": _TEAM.replace("vragen ", ""),
        "coordinator": f"doorzetten {_TEAM.replace('vragen ', '')}",
    },
    Status.TERUGGELEGD: {
        "zc": f"{_EIGEN} heraanmelden",
        "lid": "intrekken toestemming_intrekken",
        "coordinator": "intrekken toestemming_intrekken",
    },
    Status.INGETROKKEN: {},
}


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("rol", ROLLEN)
def test_who_may_take_which_step(status: Status, rol: str) -> None:
    may = {
        actie
        for actie in ACTIES
        if (regel := rule_for(actie, status)) and role_for(regel, facts(status), ROLLEN[rol]) is not None
    }
    assert may == set(MAG[status].get(rol, "").split())


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("wie", NOOIT)
def test_others_may_take_no_step_at_all(status: Status, wie: str) -> None:
    rules = [regel for actie in ACTIES if (regel := rule_for(actie, status))]
    assert all(role_for(regel, facts(status), NOOIT[wie]) is None for regel in rules)


@pytest.mark.parametrize(("before", "rol"), [(0, "coordinator"), (1, "regio"), (2, "regio")])
def test_sending_on_is_for_the_coordinator_once_and_then_for_the_region(before: int, rol: str) -> None:
    regel = rule_for("doorzetten", Status.AANGEMELD)
    assert regel is not None
    known = facts(keren={"doorzetten": before})
    may = {name for name, kijker in ROLLEN.items() if role_for(regel, known, kijker)}
    assert may == {rol}
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


# --- Guards -----------------------------------------------------------------------------------------------------
JONG, TUSSEN, OUD, VOLWASSEN = date(2016, 1, 1), date(2012, 5, 17), date(2009, 1, 1), date(2007, 1, 1)
LEERLING = {"leerlingnummer": "A1", "voornaam": "V", "achternaam": "A", "sector": "vo"}
GEGEVEN = {"toestemming_gever": "beide", "toestemming_op": OP, "geboortedatum": TUSSEN}
GEEN: dict[str, Any] = {"toestemmingen": ()}
WAS_15 = {"geboortedatum": OUD, "toestemmingen": (GegevenToestemming("ouders", TEAM, ook_ander_wijkteam=True),)}
ALLEEN_HIER = GegevenToestemming("beide", TEAM, ook_ander_wijkteam=False)
DOEL = {"tekst": "naar school", "eigenaar": "mentor"}
Case = tuple[str, dict[str, Any], dict[str, Any], set[str]]

#: (guard, facts, what was filled in, the fields it misses)
TABEL: list[Case] = [
    ("leerling_bekend", {}, LEERLING, set()),
    ("leerling_bekend", {}, {}, {"leerlingnummer", "voornaam", "achternaam", "sector"}),
    ("leerling_bekend", {}, {**LEERLING, "geboortedatum": OP + timedelta(days=1)}, {"geboortedatum"}),
    ("leerling_bekend", {}, {**LEERLING, "geboortedatum": date(1900, 1, 1)}, {"geboortedatum"}),
    ("leerling_bekend", {}, {**LEERLING, "leerlingnummer": "111222333"}, {"leerlingnummer"}),
    ("adres_bekend", {}, {"postcode": "2037 rb", "huisnummer": "12-B"}, set()),
    ("adres_bekend", {}, {}, {"postcode", "huisnummer"}),
    ("adres_bekend", {"heeft_adres": True}, {}, set()),
    ("adres_bekend", {"heeft_adres": True}, {"postcode": "0000AA", "huisnummer": "1"}, {"postcode"}),
    ("adres_bekend", {}, {"postcode": "1234SS", "huisnummer": "0"}, {"postcode", "huisnummer"}),
    ("adres_bekend", {}, {"postcode": "2037RB"}, {"huisnummer"}),
    ("adres_bekend", {}, {"geen_adres": True}, set()),
    ("veiligheid_met_grond", {}, {}, set()),
    ("veiligheid_met_grond", {}, {"veiligheid": False}, set()),
    ("veiligheid_met_grond", {}, {"veiligheid": True}, {"veiligheid_grond"}),
    ("veiligheid_met_grond", {}, {"veiligheid": True, "veiligheid_grond": "meldcode"}, set()),
    ("inhoud_volledig", {}, {"hulpvraag": "x", "krachten": "y"}, set()),
    ("inhoud_volledig", {}, {"hulpvraag": "x"}, {"krachten"}),
    ("inhoud_volledig", {}, {"krachten": "y"}, {"hulpvraag"}),
    ("inhoud_volledig", {}, {"veiligheid": True}, set()),
    ("ouders_geinformeerd", {}, {"ouders_geinformeerd_op": OP}, set()),
    ("ouders_geinformeerd", {}, {}, {"ouders_geinformeerd_op"}),
    ("ouders_geinformeerd", {}, {"geboortedatum": OUD}, {"ouders_geinformeerd_op"}),
    ("ouders_geinformeerd", {}, {"geboortedatum": VOLWASSEN}, set()),
    ("ouders_geinformeerd", {}, {"ouders_geinformeerd_op": OP + timedelta(days=1)}, {"ouders_geinformeerd_op"}),
    ("ouders_geinformeerd", {}, {"veiligheid": True}, set()),
    ("toestemming_volledig", GEEN, GEGEVEN, set()),
    ("toestemming_volledig", GEEN, {}, {"geboortedatum"}),
    ("toestemming_volledig", GEEN, {**GEGEVEN, "toestemming_gever": "ouders"}, {"toestemming_gever"}),
    ("toestemming_volledig", GEEN, {**GEGEVEN, "toestemming_gever": "jongere"}, {"toestemming_gever"}),
    ("toestemming_volledig", GEEN, {"geboortedatum": TUSSEN}, {"toestemming_gever", "toestemming_op"}),
    ("toestemming_volledig", GEEN, {**GEGEVEN, "toestemming_op": OP + timedelta(days=1)}, {"toestemming_op"}),
    ("toestemming_volledig", GEEN, {**GEGEVEN, "toestemming_op": date(2010, 1, 1)}, {"toestemming_op"}),
    ("toestemming_volledig", GEEN, {**GEGEVEN, "geboortedatum": JONG, "toestemming_gever": "ouders"}, set()),
    ("toestemming_volledig", GEEN, {**GEGEVEN, "geboortedatum": JONG, "toestemming_gever": "jongere"}, {"toestemming_gever"}),
    ("toestemming_volledig", GEEN, {**GEGEVEN, "geboortedatum": OUD, "toestemming_gever": "jongere"}, set()),
    ("toestemming_volledig", GEEN, {**GEGEVEN, "geboortedatum": OUD, "toestemming_gever": "ouders"}, {"toestemming_gever"}),
    ("toestemming_volledig", GEEN, {"veiligheid": True}, set()),
    ("toestemming_volledig", {"toestemmingen": (), "veiligheid": True}, {}, set()),
    ("toestemming_volledig", {"geboortedatum": TUSSEN}, {}, set()),  # living consent is enough
    ("toestemming_volledig", WAS_15, {}, {"toestemming_gever", "toestemming_op"}),  # turned 16: the old consent no longer does
    ("toestemming_dekt_team", {}, {"wijkteam": 5}, set()),
    ("toestemming_dekt_team", {"toestemmingen": (ALLEEN_HIER,)}, {"wijkteam": 5}, {"toestemming"}),
    ("toestemming_dekt_team", {"toestemmingen": ()}, {"wijkteam": TEAM}, {"toestemming"}),
    ("toestemming_dekt_team", {"toestemmingen": (), "veiligheid": True}, {"wijkteam": 5}, set()),
    ("toestemming_dekt_ander_team", {}, {}, set()),
    ("toestemming_dekt_ander_team", {"toestemmingen": (ALLEEN_HIER,)}, {}, {"toestemming"}),
    ("toestemming_dekt_ander_team", {"toestemmingen": (), "veiligheid": True}, {}, set()),
    ("behandelaar_genoemd", {}, {"behandelaar": 4}, set()),
    ("behandelaar_genoemd", {}, {}, {"behandelaar"}),
    ("behandelaar_is_ander", {"behandelaar_id": 4}, {"behandelaar": 4}, {"behandelaar"}),
    ("behandelaar_is_ander", {"behandelaar_id": 4}, {"behandelaar": 5}, set()),
    ("contact_niet_in_toekomst", {}, {"contact_datum": OP}, set()),
    ("contact_niet_in_toekomst", {}, {"contact_datum": OP + timedelta(days=1)}, {"contact_datum"}),
    ("vraag_is_concreet", {}, {"vraag": "Hoe vaak is de leerling afwezig?"}, set()),
    ("vraag_is_concreet", {}, {"vraag": "hoe?"}, {"vraag"}),
    ("ander_team", {}, {"wijkteam": TEAM}, {"wijkteam"}),
    ("ander_team", {}, {"wijkteam": 5}, set()),
    ("gezin_uitgenodigd_of_reden", {}, {"gezin_uitgenodigd": True}, set()),
    ("gezin_uitgenodigd_of_reden", {}, {"gezin_uitgenodigd": False, "reden_niet_uitgenodigd": "veiligheid"}, set()),
    ("gezin_uitgenodigd_of_reden", {}, {"gezin_uitgenodigd": False}, {"gezin_uitgenodigd"}),
    ("mdo_gehouden_of_reden", {}, {"mdo_gehouden": True}, set()),
    ("mdo_gehouden_of_reden", {}, {"mdo_reden_niet": "niet nodig"}, set()),
    ("mdo_gehouden_of_reden", {}, {}, {"mdo_gehouden"}),
    ("doelen_met_schooldoel", {}, {"doelen": [{**DOEL, "school": True}]}, set()),
    ("doelen_met_schooldoel", {}, {"doelen": [DOEL]}, {"doelen"}),
    ("doelen_met_schooldoel", {}, {"doelen": [{"tekst": "x", "school": True}]}, {"doelen"}),
    ("doelen_met_schooldoel", {}, {}, {"doelen"}),
    ("echt_gestart", {}, {"startdatum": OP}, set()),
    ("echt_gestart", {}, {"startdatum": OP + timedelta(days=1)}, {"startdatum"}),
    ("resultaat_per_doel", {}, {"resultaten": [{"resultaat": "gelukt"}]}, set()),
    ("resultaat_per_doel", {}, {"resultaten": [{"doel": "x"}]}, {"resultaten"}),
    ("resultaat_per_doel", {}, {}, {"resultaten"}),
    ("school_reageerde_of_ladder_voorbij", {}, {"school_reageerde": True}, set()),
    ("school_reageerde_of_ladder_voorbij", {}, {"zonder_reactie": True}, {"school_reageerde"}),
    ("school_reageerde_of_ladder_voorbij", {"ladder_voorbij": True}, {"zonder_reactie": True}, set()),
    ("school_reageerde_of_ladder_voorbij", {"ladder_voorbij": True}, {}, {"school_reageerde"}),
    ("nazorg_in_toekomst", {}, {"nazorg_datum": OP + timedelta(days=1)}, set()),
    ("nazorg_in_toekomst", {}, {"nazorg_datum": OP}, {"nazorg_datum"}),
    ("binnen_heropentermijn", {"afgesloten_op": date(2026, 6, 2)}, {}, set()),
    ("binnen_heropentermijn", {"afgesloten_op": date(2026, 6, 1)}, {}, {""}),
    ("is_elders", {"elders": True}, {}, set()),
    ("is_elders", {}, {}, {""}),
    ("overdracht_niet_in_toekomst", {}, {"overgedragen_op": OP}, set()),
    ("overdracht_niet_in_toekomst", {}, {"overgedragen_op": OP + timedelta(days=1)}, {"overgedragen_op"}),
    ("opvolgen_in_toekomst", {}, {}, set()),
    ("opvolgen_in_toekomst", {}, {"opvolgen_op": OP + timedelta(days=1)}, set()),
    ("opvolgen_in_toekomst", {}, {"opvolgen_op": OP}, {"opvolgen_op"}),
    ("opvolgen_in_toekomst", {}, {"opvolgen_op": OP + timedelta(days=184)}, {"opvolgen_op"}),
    ("had_een_team", {}, {}, set()),
    ("had_een_team", {"wijkteam_id": None}, {}, {""}),
]  # fmt: skip


@pytest.mark.parametrize(("guard", "known", "gegevens", "mist"), TABEL)
def test_what_a_guard_misses(guard: str, known: dict[str, Any], gegevens: dict[str, Any], mist: set[str]) -> None:
    found = GUARDS[guard](facts(**known), gegevens)
    assert {item["veld"] for item in found} == mist
    assert all(item["melding"].endswith((".", "?")) for item in found)


def test_every_guard_is_in_the_truth_table_with_both_answers() -> None:
    for guard in GUARDS:
        answers = {bool(mist) for name, _, _, mist in TABEL if name == guard}
        assert answers == {True, False}, guard


def test_a_field_is_missed_once() -> None:
    found = missing_for(("toestemming_volledig", "leerling_bekend"), facts(toestemmingen=()), {})
    names = [item["veld"] for item in found]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("nummer", "is_bsn"),
    [
        ("111222333", True),
        ("123456789", False),
        ("000000000", False),
        ("A11222333", False),
        ("12345", False),
        ("１１１２２２３３３", False),
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
