"""bench/results.md: one section per command, each with the machine and the day on which it was measured."""

import os
import platform
import re
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

RESULTS = Path(__file__).resolve().parent / "results.md"
HEAD = "# Measured\n\nOurs beside a yardstick, in one run. What was missed is written down as missed.\n"


def write_section(title: str, lines: list[str], path: Path = RESULTS) -> None:
    """Put this section in the place of the one with the same title; the others stay as they are."""
    old = path.read_text(encoding="utf-8") if path.exists() else ""
    sections = dict(re.findall(r"^## (.+)\n((?:(?!## ).*\n?)*)", old, re.MULTILINE))
    sections[title] = "\n" + "\n".join([*lines, "", *machine()]) + "\n\n"
    text = HEAD + "".join(f"\n## {name}\n\n{body.strip()}\n" for name, body in sections.items())
    path.write_text(text, encoding="utf-8")


def machine() -> list[str]:
    """What it was measured on, and when."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    day = datetime.now().astimezone()
    return [
        f"- {day:%d-%m-%Y}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, load {load:.1f} at the end",
        f"- Python {platform.python_version()}, Django {version('django')}",
    ]
