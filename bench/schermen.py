"""The screens people open all day, with a country's casussen in the tables: p95 under 150 ms for 8 people at once.

The same people, in the same region, once with 10,000 casussen in the database and once with 1,000,000: at most 1.5 times as slow.
A real gunicorn as in production, on loopback, with people who are signed in. Each of the eight asks a page, waits for all of it,
looks at it for a second and asks the next: far quicker than anybody reads.

The databases are made beside the one that is in use and kept for the next time (`manage.py load_demo`; the large one takes a
quarter of an hour). BENCH_GROOT names one that is there already. `python -m bench.schermen --weg` drops them.
"""

import asyncio
import json
import math
import os
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, transaction
from django.db.models import Min

from bench.api_routering import server
from bench.common import GEEN, Row, p95, print_rows, scaled
from casussen.models import Casus, Momentopname
from gebieden.models import Regio
from kern.klok import now, today
from portal.dashboard.acties import refresh_dashboard
from portal.demo import REGIO_NAAM
from portal.demo.accounts import ACCOUNTS
from toegang.kijkers import kijker_for_user
from toegang.models import User

ROOT = Path(__file__).resolve().parent.parent
ADRESSEN, KLEIN, GROOT = 8_000_000, 10_000, 1_000_000
SECONDS, WARM, LOOKS = 40.0, 5.0, 1.0
P95_MAX, RATIO_MAX = 0.150, 1.5
CASUSSEN = 40
#: Eight people: the demo account, and the screens each goes round.
MENSEN = {
    "zc": ("/casussen", "/mijn-dag", "casus", "/casussen?te_laat=1", "casus"),
    "wijkteam": ("/werkvoorraad", "/mijn-dag", "casus", "/werkvoorraad?wie=mij", "casus"),
    "coordinator": ("/werkvoorraad", "/mijn-dag", "casus", "/werkvoorraad?te_laat=1", "casus"),
    "regio": ("/te-routeren", "/mijn-dag", "/regio", "/regio/cijfers", "casus"),
    "gemeente": ("/regio", "/regio/cijfers"),
}
ACHT = ("zc", "zc", "wijkteam", "wijkteam", "coordinator", "coordinator", "regio", "gemeente")
NAMEN = {
    "/casussen": "list of the school",
    "/werkvoorraad": "work list of the team",
    "/mijn-dag": "my day",
    "/te-routeren": "what waits for a team",
    "/regio": "dashboard, what stalls here",
    "/regio/cijfers": "dashboard, all figures",
    "casus": "page of a casus",
}


@dataclass(frozen=True)
class Vraag:
    """One request, as bytes; `soort` is the screen it counts for."""

    soort: str
    bytes: bytes


# --- On one database: a child process ------------------------------------------------------------------------------
def child() -> None:
    """Measure on the database that the environment names; tells its figures as JSON."""
    rounds = {sleutel: list(questions(sleutel)) for sleutel in MENSEN}
    # Django keeps the port as text; the server must find the same database.
    with server() as port:
        found = asyncio.run(crowd(port, [rounds[sleutel] for sleutel in ACHT]))
    print(json.dumps({"casussen": Casus.objects.count(), "p95": {soort: p95(times) for soort, times in found.items()}}))


def questions(sleutel: str) -> Iterator[Vraag]:
    """The round of one person, who is signed in; every round another casus."""
    account = next(account for account in ACCOUNTS if account.sleutel == sleutel)
    user = User.objects.get(email=account.email)
    cookie = signed_in(user)
    kijker = kijker_for_user(user, now().date())
    casussen = Casus.objects.stuurbaar_door(kijker) if sleutel == "regio" else Casus.objects.visible_to(kijker)
    numbers = list(casussen.exclude(status="concept").order_by("-id").values_list("nummer", flat=True)[:CASUSSEN]) or [""]
    for nummer in numbers:
        for path in MENSEN[sleutel]:
            soort = path.split("?")[0]
            where = f"/casussen/{nummer}" if soort == "casus" else path
            head = f"GET {where} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {settings.SESSION_COOKIE_NAME}={cookie}\r\n\r\n"
            yield Vraag(soort, head.encode())


def signed_in(user: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


async def crowd(port: int, rounds: list[list[Vraag]]) -> dict[str, list[float]]:
    """All at once; the first seconds do not count."""
    found: dict[str, list[float]] = defaultdict(list)
    begin = time.perf_counter()
    await asyncio.gather(*(person(port, vragen, nr, found, begin) for nr, vragen in enumerate(rounds)))
    return found


async def person(port: int, vragen: list[Vraag], nr: int, found: dict[str, list[float]], begin: float) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 22)
    await asyncio.sleep(nr * LOOKS / len(ACHT))
    turn = nr * 7
    try:
        while (since := time.perf_counter() - begin) < WARM + SECONDS:
            vraag = vragen[turn % len(vragen)]
            turn += 1
            asked = time.perf_counter()
            writer.write(vraag.bytes)
            head = await reader.readuntil(b"\r\n\r\n")
            if not head.startswith(b"HTTP/1.1 200"):
                asks = vraag.bytes.splitlines()[0].decode()
                raise SystemExit(f"{asks}: {head.splitlines()[0].decode()}")
            length = next(int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:"))
            await reader.readexactly(length)
            if since > WARM:
                found[vraag.soort].append(time.perf_counter() - asked)
            if b"connection: close" in head.lower():
                writer.close()
                reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 22)
            await asyncio.sleep(LOOKS)
    finally:
        writer.close()


# --- Both databases -------------------------------------------------------------------------------------------------
def database_url(naam: str) -> str:
    """A database of this name, on the server that is in use."""
    here = connection.settings_dict
    host, port = str(here["HOST"]), here["PORT"] or 5432
    password = f":{quote(str(here['PASSWORD']))}" if here["PASSWORD"] else ""
    if host.startswith("/"):
        return f"postgres://{here['USER']}{password}@/{naam}?host={quote(host)}&port={port}"
    return f"postgres://{here['USER']}{password}@{host}:{port}/{naam}"


def names() -> dict[str, str]:
    base = str(connection.settings_dict["NAME"])
    return {"klein": f"{base}_bench_{scaled(KLEIN)}", "groot": f"{base}_bench_{scaled(GROOT)}"}


def prepare(naam: str, casussen: int, adressen: int) -> str:
    """The database with so many casussen in it: as it was left, or made now."""
    url = database_url(naam)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [naam])
        if cursor.fetchone() is None:
            cursor.execute(f'CREATE DATABASE "{naam}" TEMPLATE template0')
    run(url, ROOT / "manage.py", "migrate", "--verbosity", "0")
    run(url, ROOT / "manage.py", "load_demo", "--addresses", str(adressen), "--casussen", str(casussen))
    return url


def run(url: str, *command: object, role: str = "eigenaar") -> str:
    env = {**os.environ, "DATABASE_URL": url, "PROCES_ROL": role, "MODUS": "test", "LOG_LEVEL": "WARNING"}
    done = subprocess.run([sys.executable, *map(str, command)], cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout


def measure(url: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(url, "-m", "bench.schermen", "--child", role="web").splitlines()[-1])
    return found


def refresh(url: str) -> Row:
    """The figures of one region, all its periods at once; a night makes only what fell due."""
    found = json.loads(run(url, "-m", "bench.schermen", "--refresh").splitlines()[-1])
    return Row(
        f"dashboards of one region of {dots(found['eigen'])} casussen, {dots(found['casussen'])} in the database",
        f"{found['seconds']:.1f} s for all {found['gemaakt']} figures of {found['jaren']:.1f} years",
        GEEN,
        math.nan,
        GEEN,
    )


def refresh_child() -> None:
    """Make all figures of one region anew, and undo it."""
    regio = Regio.objects.exclude(naam=REGIO_NAAM).order_by("naam").first() or Regio.objects.get(naam=REGIO_NAAM)
    own = Casus.objects.filter(regio=regio)
    first = own.aggregate(first=Min("t0"))["first"]
    with transaction.atomic():
        Momentopname.objects.filter(regio=regio).delete()
        begin = time.perf_counter()
        made = refresh_dashboard(regio=regio, op=today())
        seconds = time.perf_counter() - begin
        transaction.set_rollback(True)
    found = {"seconds": seconds, "gemaakt": made, "eigen": own.count(), "casussen": Casus.objects.count()}
    print(json.dumps({**found, "jaren": (now() - first).days / 365 if first else 0}))


def dots(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def main() -> list[Row]:
    here = names()
    small = prepare(here["klein"], scaled(KLEIN), min(scaled(ADRESSEN), 180_000))
    large = os.environ.get("BENCH_GROOT") or prepare(here["groot"], scaled(GROOT), max(scaled(ADRESSEN), 40_000))
    few, many = measure(small), measure(large)
    rows = []
    for soort, naam in NAMEN.items():
        ours, theirs = many["p95"][soort], few["p95"][soort]
        what = f"{naam}, 8 people, {dots(many['casussen'])} casussen"
        rows.append(
            Row(
                f"{what}: p95",
                f"{1000 * ours:.0f} ms",
                f"{1000 * theirs:.0f} ms with {dots(few['casussen'])}",
                ours / theirs,
                f"≤ {RATIO_MAX}",
            )
        )
        rows.append(Row(f"{what}: p95", f"{1000 * ours:.0f} ms", f"{1000 * P95_MAX:.0f} ms agreed", ours / P95_MAX, "≤ 1"))
    return [*rows, refresh(large)]


def drop() -> None:
    with connection.cursor() as cursor:
        for naam in names().values():
            cursor.execute(f'DROP DATABASE IF EXISTS "{naam}"')


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        child()
    elif sys.argv[1:2] == ["--refresh"]:
        refresh_child()
    elif sys.argv[1:2] == ["--weg"]:
        drop()
    else:
        print_rows(main())
