"""`make check`: everything that can be said about the code without running it. Each check is a command that can fail.

Two at a time, since there are two cores; what failed is shown in full at the end.
"""

import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
ROOMS = ["kern", "gebieden", "scholen", "zorgaanbod", "wijkteams", "toegang", "casussen", "portal"]

#: What production must have; the values are as real as they need to be.
PRODUCTION = {
    "MODUS": "productie",
    "SECRET_KEY": "alleen-voor-de-controle-van-de-instellingen-0123456789-abcdefghijklmnopqrstuvwxyz",
    "DATABASE_URL": "postgres://niemand:niets@db.example:5432/niets",
    "REDIS_URL": "redis://broker.example:6379/0",
    "ALLOWED_HOSTS": "portaal.example",
    "SITE_URL": "https://portaal.example",
    "ACHTER_PROXY": "true",
}


class Check:
    """One command, and what it needs in its environment."""

    def __init__(self, name: str, *command: str, env: dict[str, str] | None = None) -> None:
        self.name = name
        self.command = [str(BIN / command[0]), *command[1:]]
        self.env = env or {}

    def run(self) -> tuple[bool, float, str]:
        started = time.monotonic()
        ours = {"DATABASE_URL", "REDIS_URL", "PROCES_ROL", "DJANGO_SETTINGS_MODULE"}
        env = {key: value for key, value in os.environ.items() if key not in ours} | {"MODUS": "test"} | self.env
        done = subprocess.run(
            self.command, cwd=BASE_DIR, env=env, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
        )
        return done.returncode == 0, time.monotonic() - started, (done.stdout + done.stderr).strip()


CHECKS = [
    Check("types (mypy)", "mypy", "."),
    Check("migraties volledig", "python", "manage.py", "makemigrations", "--check", "--dry-run"),
    Check("migraties veilig", "python", "deploy/check_migrations.py"),
    Check(
        "instellingen van productie",
        "python",
        "-W",
        "error",
        "manage.py",
        "check",
        "--deploy",
        "--fail-level",
        "WARNING",
        env=PRODUCTION,
    ),
    Check("instellingen van de demo", "python", "manage.py", "check", "--fail-level", "WARNING", env={"MODUS": "demo"}),
    Check("stijl (ruff check)", "ruff", "check", "."),
    Check("opmaak (ruff format)", "ruff", "format", "--check", "."),
    Check("lagen (import-linter)", "lint-imports"),
    Check("templates (djlint)", "djlint", "--lint", "--quiet", "templates"),
    Check("docker-compose.yml", "check-jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml"),
    Check("Dockerfile (hadolint)", "hadolint", "--failure-threshold", "info", "Dockerfile"),
    Check("vastgelegde pakketten", "python", "deploy/lock.py", "--check"),
    Check("pakketten passen bij elkaar", "python", "-m", "pip", "check"),
]


def main(wanted: list[str]) -> int:
    """All checks, or those whose name contains one of these words."""
    checks = [check for check in CHECKS if not wanted or any(re.search(word, check.name, re.IGNORECASE) for word in wanted)]
    failed = []
    with ThreadPoolExecutor(max_workers=2) as pool:
        for check, (ok, seconds, output) in zip(checks, pool.map(Check.run, checks), strict=True):
            print(f"{'goed' if ok else 'FOUT':5} {check.name} ({seconds:.0f} s)", flush=True)
            if not ok:
                failed.append((check, output))
    for check, output in failed:
        print(f"\n== {check.name}: {' '.join(check.command)}\n{output}", flush=True)
    return 1 if failed or not checks else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
