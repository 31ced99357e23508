"""Whoever has every published figure of youth help, of all roles at once, learns of no hidden count that it is small."""

from collections import Counter
from collections.abc import Collection
from itertools import product
from random import Random
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.dashboard.bescherming import Tabel
from portal.hulp import cijfers, wijken
from portal.hulp.bescherming import TOTAAL, Koppeltabel
from portal.hulp.cijfers import ELDERS, REGIO, Jaarcijfers, Jaartelling, publish
from portal.hulp.wijken import MATEN, protect
from portal.uitvoer import Verborgen
from scholen.models import WijkOpgave
from tests.dashboard.aanvaller import Aanvaller, Naam

VORMEN = ("ambulant", "crisis", "verblijf")
VERBAND = {"s1": "V1", "s2": "V1", "s3": "V1", "s4": "V2", "s5": "V2", "s6": "geen"}
GEMEENTEN = ("G1", "G2", "G3", ELDERS)
Micro = Counter[tuple[str, str, str]]


def world(seed: int, aantal: int, scheef: float) -> Micro:
    """Help one by one: who lives where, on which school, which kind."""
    rng = Random(seed)

    def pick(options: Collection[str]) -> str:
        return rng.choices(list(options), [scheef**n for n in range(len(options))])[0]

    return Counter((pick(GEMEENTEN), pick(VERBAND), pick(VORMEN)) for _ in range(aantal))


def counted(micro: Micro) -> Jaartelling:
    scholen: Counter[tuple[str, str]] = Counter()
    wonen: Counter[tuple[str, str]] = Counter({(g, v): 0 for g in GEMEENTEN for v in VORMEN})
    for (gemeente, school, vorm), aantal in micro.items():
        scholen[school, vorm] += aantal
        wonen[gemeente, vorm] += aantal
    return Jaartelling(VERBAND, scholen, wonen)


def behind(micro: Micro, plek: str, kolom: str) -> int:
    """The exact count behind a published figure, counted anew."""
    return sum(
        n
        for (gemeente, school, vorm), n in micro.items()
        if kolom in {TOTAAL, vorm} and plek in {REGIO, gemeente, school, VERBAND[school]}
    )


def attack(shown: Jaarcijfers, micro: Micro | None = None) -> Aanvaller:
    """Every published count is a sum of help by gemeente, school and kind at once. With `micro` visible ones are exact."""
    exact = None if micro is None else {(p, k): behind(micro, p, k) for p, own in shown.getallen.items() for k in own}
    aanvaller = Aanvaller(cast("dict[Naam, int] | None", exact))
    cells = list(product(GEMEENTEN, VERBAND, VORMEN))
    for plek, own in shown.getallen.items():
        for kolom, waarde in own.items():
            aanvaller.sees((plek, kolom), waarde)
            parts = [(g, s, v) for g, s, v in cells if kolom in {TOTAAL, v} and plek in {REGIO, g, s, VERBAND[s]}]
            aanvaller.adds_up((plek, kolom), parts)
    return aanvaller


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from([0, 8, 60, 200, 600, 2500]), st.sampled_from([0.35, 0.6, 0.9]))
def test_no_hidden_count_can_be_told_to_be_small(seed: int, aantal: int, scheef: float) -> None:
    """Also for who knows every visible count exactly."""
    micro = world(seed, aantal, scheef)
    shown = publish(counted(micro), VORMEN)
    assert attack(shown).leaks() == {}
    assert attack(shown, micro).leaks() == {}


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 3000), st.sampled_from([0.35, 0.6, 0.9]))
def test_what_is_shown_is_right_and_never_small(seed: int, aantal: int, scheef: float) -> None:
    micro = world(seed, aantal, scheef)
    for plek, own in publish(counted(micro), VORMEN).getallen.items():
        for kolom, waarde in own.items():
            true = behind(micro, plek, kolom)
            if waarde is None:
                continue
            assert true >= 10
            assert waarde % 5 == 0
            assert abs(waarde - true) <= 2


def test_most_of_it_can_be_shown() -> None:
    """Protection that hides everything would pass every attack."""
    shown = publish(counted(world(7, 2500, 0.8)), VORMEN)
    figures = [waarde for own in shown.getallen.values() for waarde in own.values()]
    assert sum(waarde is not None for waarde in figures) > 0.8 * len(figures)


def test_the_attacker_finds_a_broken_protection(monkeypatch: pytest.MonkeyPatch) -> None:
    """With only the small counts themselves hidden, subtraction gives them back: the attack can fail."""

    def only_small(tabel: Tabel) -> frozenset[tuple[str, str]]:
        return frozenset(cel for cel, aantal in tabel.waarden.items() if aantal < 10)

    monkeypatch.setattr(cijfers, "suppress", only_small)
    leaking = 0
    for seed in range(5):
        micro = world(seed, 600, 0.6)
        leaking += bool(attack(publish(counted(micro), VORMEN), micro).leaks())
    assert leaking >= 4


def test_both_tables_must_count_the_same() -> None:
    telling = counted(world(1, 100, 0.6))
    broken = {**telling.gemeenten, ("G1", "crisis"): telling.gemeenten["G1", "crisis"] + 1}
    with pytest.raises(ValueError, match="niet hetzelfde: crisis"):
        publish(Jaartelling(telling.verband, telling.scholen, broken), VORMEN)
    assert issubclass(Koppeltabel, Tabel)


# --- Wijken -----------------------------------------------------------------------------------------------------
def opgaven(seed: int, groot: int) -> list[WijkOpgave]:
    rng = Random(seed)
    rows = []
    for gemeente, wijken_ in (("GM0392", 4), ("GM0453", 2), ("GM0473", 1)):
        for n in range(wijken_):
            own = {maat: rng.choice([None, rng.randrange(0, 12), rng.randrange(0, groot)]) for maat in MATEN}
            rows.append(SimpleNamespace(wijkcode=f"WK{gemeente[2:]}{n:02d}", gemeente=SimpleNamespace(code=gemeente), **own))
    return cast("list[WijkOpgave]", rows)


def attack_wijken(rows: list[WijkOpgave], shown: dict[str, dict[str, Any]]) -> Aanvaller:
    exact: dict[Naam, int] = {}
    aanvaller = Aanvaller(exact)
    for maat in MATEN:
        known = {row.wijkcode: getattr(row, maat) for row in rows if getattr(row, maat) is not None}
        per = {g: [c for c in known if f"GM{c[2:6]}" == g] for g in {f"GM{c[2:6]}" for c in known}}
        exact |= {(c, maat): n for c, n in known.items()}
        exact |= {(g, maat): sum(known[c] for c in own) for g, own in per.items()}
        exact[REGIO, maat] = sum(known.values())
        for plek in (*known, *per, *([REGIO] if known else [])):
            value = shown[plek][maat]
            aanvaller.sees((plek, maat), None if isinstance(value, Verborgen) else value)
        for g, own in per.items():
            aanvaller.adds_up((g, maat), [(c, maat) for c in own])
        aanvaller.adds_up((REGIO, maat), [(g, maat) for g in per])
    return aanvaller


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from([15, 60, 900]))
def test_no_hidden_count_of_a_wijk_can_be_told_to_be_small(seed: int, groot: int) -> None:
    rows = opgaven(seed, groot)
    shown = protect(rows)
    assert attack_wijken(rows, shown).leaks() == {}
    for row in rows:
        for maat in MATEN:
            value, true = shown[row.wijkcode][maat], getattr(row, maat)
            assert (value is None) == (true is None)
            if isinstance(value, int):
                assert true >= 10
                assert abs(value - true) <= 2


def test_the_attacker_finds_a_broken_protection_of_wijken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wijken, "suppress", lambda tabel: frozenset(cel for cel, n in tabel.waarden.items() if n < 10))
    rows = [opgaven(seed, 400) for seed in range(8)]
    assert sum(bool(attack_wijken(own, protect(own)).leaks()) for own in rows) >= 4
