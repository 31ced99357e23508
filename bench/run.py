"""`make bench`: every measurement beside its yardstick, in one table; written to bench/results.md with machine and versions.

Each bench runs in a process of its own, so that one leaves nothing behind for the next. Run it on a machine at rest:
the ratios bear some noise, the absolute figures do not. A target that is missed is written down as missed.
"""

import os
import platform
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "bench" / "results.md"
BENCHES = ("bench.route", "bench.route_bulk", "bench.api_routering", "bench.import_addresses", "bench.sweep")
HEAD = ["| what | ours | yardstick | ratio | target | |", "|---|---|---|---|---|---|"]
TIMEOUT = 1800
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


def machine() -> list[str]:
    """What it was measured on."""
    import django
    from django.db import connection

    from kern.klok import today

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()

    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        (server,) = cursor.fetchone()
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    return [
        f"- {today():%d-%m-%Y}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, load {load:.1f} at the end",
        f"- Python {platform.python_version()}, Django {django.get_version()}, PostgreSQL {server}",
    ]


def main() -> None:
    os.environ.setdefault("PROCES_ROL", "eigenaar")
    prepare()
    rows = [line for name in BENCHES for line in measure(name)]
    table = "\n".join([*HEAD, *rows])
    print(table)
    text = f"# Measured\n\nBy `make bench`: ours beside a yardstick, in one run.\n\n{table}\n\n" + "\n".join(machine()) + "\n"
    RESULTS.write_text(text, encoding="utf-8")
    print(f"\n{RESULTS.relative_to(ROOT)} is bijgewerkt.", file=sys.stderr)
    if FAILED in table:
        sys.exit(1)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
