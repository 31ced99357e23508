"""`make bench`: every measurement beside its yardstick, in one table; written to bench/results.md with machine and versions.

Each bench runs in a process of its own, so that one leaves nothing behind for the next. Run it on a machine at rest:
the ratios bear some noise, the absolute figures do not. A target that is missed is written down as missed.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.resultaten import write_section  # noqa: E402

BENCHES = (
    "bench.route",
    "bench.route_bulk",
    "bench.route_polygoon",
    "bench.api_routering",
    "bench.import_addresses",
    "bench.watals",
    "bench.sweep",
    "bench.schermen",
    "bench.zoeken",
    "bench.dossier",
)
HEAD = ["| what | ours | yardstick | ratio | target | |", "|---|---|---|---|---|---|"]
#: The longest is the first run of bench.schermen, which loads a million casussen.
TIMEOUT = 3600
FAILED = "FAILED: no figures"


def prepare() -> None:
    """The demo region, which most benches ask their questions of; loaded once."""
    manage = [sys.executable, str(ROOT / "manage.py")]
    subprocess.run([*manage, "migrate", "--verbosity", "0"], cwd=ROOT, check=True)
    loaded = "from gebieden.models import Editie; import sys; sys.exit(not Editie.objects.filter(actief=True).exists())"
    if subprocess.run([*manage, "shell", "--no-imports", "-c", loaded], cwd=ROOT, check=False).returncode:
        subprocess.run([*manage, "load_demo"], cwd=ROOT, check=True)


def measure(name: str) -> list[str]:
    """The lines of the table that one bench prints; a bench that fails gets a line that says so, and the others still run."""
    print(f"{name} …", file=sys.stderr, flush=True)
    command = [sys.executable, "-m", name]
    try:
        done = subprocess.run(
            command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True, timeout=TIMEOUT, env=environment()
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        print(f"{name}: {error}", file=sys.stderr)
        return [f"| {name} | – | – | – | – | {FAILED} |"]
    lines = [line for line in done.stdout.splitlines() if line.startswith("| ") and line not in HEAD]
    return lines or [f"| {name} | – | – | – | – | {FAILED} |"]


def environment() -> dict[str, str]:
    return {"PROCES_ROL": "eigenaar", "LOG_LEVEL": "WARNING", **os.environ}


def server_version() -> str:
    import django
    from django.db import connection

    django.setup()
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return str(cursor.fetchone()[0])


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    os.environ.setdefault("PROCES_ROL", "eigenaar")
    prepare()
    rows = [line for name in BENCHES for line in measure(name)]
    table = "\n".join([*HEAD, *rows])
    print(table)
    scale = os.environ.get("BENCH_SCALE", "1")
    small = [] if scale == "1" else [f"Tried out at BENCH_SCALE={scale}: not the sizes that were agreed.", ""]
    write_section("Speed and size", ["By `make bench`.", "", *small, table, "", f"- PostgreSQL {server_version()}"])
    print("\nbench/results.md is bijgewerkt.", file=sys.stderr)
    if FAILED in table:
        sys.exit(1)


if __name__ == "__main__":
    main()
