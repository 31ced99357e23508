"""The invented register over the real areas. Pure: no database."""

import csv
import re
from collections import Counter, defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.nl import brin, postcode

from portal.demo import ADRESSEN, SEED
from portal.demo.casussen import teksten
from portal.demo.facts import namen
from portal.demo.gebied import FACTS, gebieden, rows_of
from portal.demo.mensen import build_people
from portal.demo.register import ONBEKEND, Regel, build_register, fixed_postcodes


@pytest.fixture(scope="module")
def regels() -> list[Regel]:
    return list(build_register(ADRESSEN, SEED))


def test_there_are_as_many_addresses_as_asked(regels: list[Regel]) -> None:
    keys = [(regel.postcode, nummer) for regel in regels for nummer in regel.nummers]
    assert len(keys) == ADRESSEN
    assert len(set(keys)) == ADRESSEN, "elk nummer ligt in één buurt"


def test_every_row_could_be_in_the_real_table(regels: list[Regel]) -> None:
    known = {code for own in gebieden().buurten.values() for code, _ in own}
    for regel in regels:
        assert postcode.is_valid(regel.postcode)
        assert regel.buurt in known
        assert list(regel.nummers) == sorted(set(regel.nummers))
        assert 1 <= regel.nummers[0] <= regel.nummers[-1] <= 99_999
    assert len({(regel.postcode, regel.buurt) for regel in regels}) == len(regels)


def test_about_one_in_a_hundred_postcodes_crosses_a_wijk(regels: list[Regel]) -> None:
    wijken: dict[str, set[str]] = defaultdict(set)
    for regel in regels:
        wijken[regel.postcode].add(regel.buurt[:8])
    assert 0.008 < sum(len(own) > 1 for own in wijken.values()) / len(wijken) < 0.015
    assert sum(len({wijk[:6] for wijk in own}) > 1 for own in wijken.values()) >= 10, "ook gemeentegrenzen"


def test_the_postcodes_are_those_of_the_gemeenten(regels: list[Regel]) -> None:
    """The PC4 of the law's table (BWBR0032324), as practice has them."""
    mainly: dict[str, Counter[str]] = defaultdict(Counter)
    for regel in regels:
        mainly[regel.postcode[:4]][f"GM{regel.buurt[2:6]}"] += len(regel.nummers)
    gemeente = {pc4: counts.most_common(1)[0][0] for pc4, counts in mainly.items()}
    assert {pc4 for pc4, code in gemeente.items() if code == "GM0473"} == {"2041", "2042", "2116"}
    assert {pc4 for pc4, code in gemeente.items() if code == "GM0396"} == {str(n) for n in range(1961, 1970)}
    assert gemeente["2037"] == "GM0392"
    assert gemeente["2131"] == "GM0394"
    sizes = Counter(
        {code: sum(mainly[pc4].total() for pc4, own in gemeente.items() if own == code) for code in set(gemeente.values())}
    )
    assert sizes.most_common(1)[0][0] == "GM0392"


def test_the_same_seed_gives_the_same_register(regels: list[Regel]) -> None:
    assert list(build_register(ADRESSEN, SEED)) == regels
    assert list(build_register(ADRESSEN, SEED + 1)) != regels


def test_the_fixed_postcodes_are_there_and_one_is_never_given_out(regels: list[Regel]) -> None:
    assert set(fixed_postcodes()) <= set(regels)
    assert not any(regel.postcode.endswith(ONBEKEND) for regel in regels)
    assert any(regel.postcode == "2037RB" and 12 in regel.nummers for regel in regels)


@given(st.integers(0, 30_000))
@settings(max_examples=15, deadline=None)
def test_any_number_of_addresses_can_be_made(adressen: int) -> None:
    fixed = sum(len(regel.nummers) for regel in fixed_postcodes())
    made = sum(len(regel.nummers) for regel in build_register(adressen, 1))
    assert made == pytest.approx(adressen, abs=fixed)


# --- Facts and inventions ---------------------------------------------------------------------------------------
def test_the_wijken_belong_to_the_gemeenten_of_the_demo() -> None:
    areas = gebieden()
    codes = {row["code"] for row in areas.gemeenten}
    assert {f"GM{wijk[2:6]}" for wijk in areas.wijken} == codes
    assert len(areas.in_regio) == 7
    assert len(codes) == 9
    assert areas.wijken["WK039219"] == "Boerhaavewijk"


def test_every_area_a_rule_names_exists() -> None:
    areas = gebieden()
    buurten = {code for own in areas.buurten.values() for code, _ in own}
    known = {"wijk": set(areas.wijken), "buurt": buurten, "pc4": {pc4.pc4 for pc4 in areas.pc4s}}
    for row in rows_of("werkgebieden"):
        if row["soort"] in known:
            assert row["gebied"] in known[row["soort"]], row


def test_the_rules_are_of_every_kind() -> None:
    rows = list(rows_of("werkgebieden"))
    assert {row["soort"] for row in rows} == {"school", "voorrang", "nummers", "pc6", "buurt", "pc4", "wijk", "gemeente"}
    assert any(row["vestiging"] for row in rows)
    assert {row["leeftijd"] for row in rows} >= {"0-18", "18-23"}
    assert {row["zijde"] for row in rows} >= {"even", "oneven"}
    assert any(row["van"] for row in rows)
    assert any(row["tot"] for row in rows)


def test_people_are_invented() -> None:
    people = build_people(SEED)
    assert len(people) == len({mens.naam for mens in people}) == len({mens.email for mens in people}) == 400
    assert all(mens.email.endswith(".example") for mens in people)
    assert not set(namen.ACHTERNAMEN) & set(namen.LEERLINGNAMEN)


def test_no_telephone_of_the_demo_exists() -> None:
    """After the area code, or after 06, comes a zero: no Dutch number has that."""
    numbers = []
    for path in FACTS.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            numbers += [row[field] for row in csv.DictReader(file, delimiter=";") for field in row if "telefoon" in field]
    text = " ".join([*teksten.CONTACT_GEZIN, teksten.CONTACT_JONGERE])
    numbers += re.findall(r"0\d[\d ]+", text)
    assert len(numbers) > 30
    assert all(re.match(r"(06|023|0251|0255) ?0", number) for number in numbers), numbers


def test_schools_have_a_brin_that_no_school_has() -> None:
    rows = list(rows_of("scholen"))
    assert len(rows) == 30
    assert all(brin.is_valid(row["brin"]) and row["brin"].startswith("80") for row in rows)
    sectors = Counter(sector for row in rows for sector in row["sectoren"].split())
    assert sectors["vo"] + sectors["vso"] + sectors["mbo"] > 20
    assert sectors["po"] >= 2


@pytest.mark.parametrize("woord", ["leerling", "student"])
@pytest.mark.parametrize("index", range(len(teksten.VERHALEN)))
def test_stories_are_whole_sentences_without_a_name(index: int, woord: str) -> None:
    hulpvraag, krachten, geprobeerd = teksten.story(index, woord, index)
    for text in (hulpvraag, krachten, geprobeerd):
        assert "{" not in text
        assert re.fullmatch(r"[A-Z].*[.?]", text)
        assert not re.search(r"[.?] [a-z]", text)
        assert not re.search(r"[a-z,] Deze", text)
