"""`make lock`: writes requirements*.txt from requirements*.in, with hashes. Each lock builds on the one before, so that a package
has one version everywhere: what production runs, what a machine without servers needs more, and what tests and checks need more.

`--check`: does every lock hold what its .in asks, in one version? Asks no registry.
"""

import re
import subprocess
import sys
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
LOCKS = ["requirements", "requirements-lokaal", "requirements-dev", "requirements-node"]
PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)
ASKED = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)", re.MULTILINE)


def name_of(text: str) -> str:
    return re.sub(r"[-_.]+", "-", text).lower()


def pins(lock: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name, version in PINNED.findall((BASE_DIR / f"{lock}.txt").read_text(encoding="utf-8")):
        found.setdefault(name_of(name), set()).add(version)
    return found


def write() -> int:
    """Newest versions that fit; `uv` resolves for every platform and Python at once."""
    uv = Path(sys.executable).parent / "uv"
    for index, lock in enumerate(LOCKS):
        above = [word for earlier in LOCKS[:index] for word in ("--constraint", f"{earlier}.txt")]
        options = ["--quiet", "--universal", "--python-version", "3.11", "--generate-hashes", "--no-header", "--no-annotate"]
        print(f"{lock}.txt", flush=True)
        subprocess.run([uv, "pip", "compile", *options, *above, f"{lock}.in", "-o", f"{lock}.txt"], cwd=BASE_DIR, check=True)
    return check()


def check() -> int:
    wrong = []
    versions: dict[str, set[str]] = {}
    for lock in LOCKS:
        pinned = pins(lock)
        asked = {name_of(name) for name in ASKED.findall((BASE_DIR / f"{lock}.in").read_text(encoding="utf-8"))}
        wrong += [f"{lock}.txt mist {name}: draai make lock" for name in sorted(asked - pinned.keys())]
        for name, found in pinned.items():
            versions.setdefault(name, set()).update(found)
        lines = (BASE_DIR / f"{lock}.txt").read_text(encoding="utf-8")
        if len(PINNED.findall(lines)) != len(re.findall(r"^\S[^\n]*\\\n    --hash=", lines, re.MULTILINE)):
            wrong.append(f"{lock}.txt heeft regels zonder hash: draai make lock")
    wrong += [f"{name} heeft meer dan een versie: {', '.join(sorted(v))}" for name, v in versions.items() if len(v) > 1]
    print("\n".join(wrong) or "De vastgelegde pakketten kloppen.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(check() if sys.argv[1:] == ["--check"] else write())
