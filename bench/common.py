"""What every bench shares: a row of the table, and timing two things in turn so that a busy machine hits both.

Importing this sets up Django on whatever database the environment names, so it comes before any model.
"""

import os
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django.setup()


@dataclass(frozen=True)
class Row:
    """One line: our figure beside that of a yardstick in the same run. `target` is what `ratio` should be, '≤ 3' or '≥ 0.5'."""

    name: str
    ours: str
    yardstick: str
    ratio: float
    target: str
    note: str = ""

    @property
    def met(self) -> bool:
        limit = float(self.target.lstrip("≤≥ "))
        return self.ratio <= limit if self.target.startswith("≤") else self.ratio >= limit


def print_rows(rows: Iterable[Row]) -> None:
    """A markdown table on standard output; a target that was not met says so."""
    print("| what | ours | yardstick | ratio | target | |")
    print("|---|---|---|---|---|---|")
    for row in rows:
        verdict = "met" if row.met else "MISSED"
        note = f" {row.note}" if row.note else ""
        print(f"| {row.name} | {row.ours} | {row.yardstick} | {row.ratio:.2f} | {row.target} | {verdict}{note} |")


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
