"""The benches: what they write down is what they measured, and one section leaves the others alone."""

import math
from pathlib import Path

import pytest

from bench.common import GEEN, Row, p95, print_rows, scaled
from bench.resultaten import write_section


@pytest.mark.parametrize(
    ("ratio", "target", "met"), [(1.5, "≤ 1.5", True), (1.51, "≤ 1.5", False), (0.5, "≥ 0.5", True), (0.49, "≥ 0.5", False)]
)
def test_a_target_is_met_or_missed(ratio: float, target: str, met: bool) -> None:
    assert Row("x", "1", "1", ratio, target).met is met


def test_the_table_says_what_was_missed_and_claims_nothing_without_a_target(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [Row("a", "2 s", "1 s", 2.0, "≤ 1.5"), Row("b", "1 s", "1 s", 1.0, "≤ 1.5"), Row("c", "9 s", GEEN, math.nan, GEEN)]
    print_rows(rows)
    assert capsys.readouterr().out.splitlines()[2:] == [
        "| a | 2 s | 1 s | 2.00 | ≤ 1.5 | MISSED |",
        "| b | 1 s | 1 s | 1.00 | ≤ 1.5 | met |",
        "| c | 9 s | – | – | – |  |",
    ]


def test_p95_is_what_one_in_twenty_exceeds() -> None:
    assert p95([float(n) for n in range(1, 101)]) == pytest.approx(95.95)
    assert p95([0.2]) == 0.2


def test_a_small_run_is_a_small_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BENCH_SCALE", "0.01")
    assert scaled(8_000_000) == 80_000
    monkeypatch.delenv("BENCH_SCALE")
    assert scaled(20_000) == 20_000


def test_a_section_takes_the_place_of_the_one_before_it_and_of_no_other(tmp_path: Path) -> None:
    path = tmp_path / "results.md"
    write_section("Speed", ["| a | 1 |"], path)
    write_section("Faults", ["none"], path)
    write_section("Speed", ["| a | 2 |"], path)
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# Measured\n")
    assert text.count("## Speed") == text.count("## Faults") == 1
    assert "| a | 2 |" in text
    assert "| a | 1 |" not in text
    assert "none" in text
    assert text.count("cores, load") == 2, "elke sectie zegt waar en wanneer"
