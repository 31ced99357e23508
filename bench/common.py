"""What every bench shares: a row of the table, and timing two things in turn so that a busy machine hits both.

Importing this sets up Django on whatever database the environment names, so it comes before any model.
"""

import math
import os
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django.setup()


#: No target, or no ratio.
GEEN = "–"


def scaled(count: int) -> int:
    """So many at full size; BENCH_SCALE=0.01 makes everything a hundred times smaller, to try it out."""
    return max(1, round(count * float(os.environ.get("BENCH_SCALE", "1"))))


def p95(values: list[float]) -> float:
    """The value that one in twenty lies above."""
    return statistics.quantiles(values, n=20)[-1] if len(values) > 1 else values[0]


@dataclass(frozen=True)
class Row:
    """One line: our figure beside that of a yardstick in the same run. `target` is what `ratio` should be, '≤ 3' or '≥ 0.5'.

    Without a target ('–') it is a figure to know: nobody agreed on what it should be.
    """

    name: str
    ours: str
    yardstick: str
    ratio: float
    target: str
    note: str = ""

    @property
    def met(self) -> bool:
        if self.target == GEEN:
            return True
        limit = float(self.target.lstrip("≤≥ "))
        return self.ratio <= limit if self.target.startswith("≤") else self.ratio >= limit


def print_rows(rows: Iterable[Row]) -> None:
    """A markdown table on standard output; a target that was not met says so."""
    print("| what | ours | yardstick | ratio | target | |")
    print("|---|---|---|---|---|---|")
    for row in rows:
        verdict = "" if row.target == GEEN else "met" if row.met else "MISSED"
        note = f" {row.note}" if row.note else ""
        ratio = GEEN if math.isnan(row.ratio) else f"{row.ratio:.2f}"
        print(f"| {row.name} | {row.ours} | {row.yardstick} | {ratio} | {row.target} | {verdict}{note} |")


def in_turn(ours: Callable[[], object], yardstick: Callable[[], object], *, rounds: int) -> tuple[list[float], list[float]]:
    """Seconds of each, measured A B A B …, after one round that does not count."""
    times: tuple[list[float], list[float]] = ([], [])
    for number in range(rounds + 1):
        for what, taken in zip((ours, yardstick), times, strict=True):
            begin = time.perf_counter()
            what()
            if number:
                taken.append(time.perf_counter() - begin)
    return times


def median_ratio(ours: list[float], yardstick: list[float]) -> float:
    """The median of the ratios pair by pair: drift of the machine falls out."""
    return statistics.median(a / b for a, b in zip(ours, yardstick, strict=True))
