"""The page of a casus with two years behind it (300 moments): p95 under 200 ms, beside the same page of a young casus.

A database of its own beside the one in use, made and dropped by this bench. The whole request is measured, URL to HTML, without
the wire: as the zorgcoördinator and as the member of the team.
"""

import json
import sys
import time
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.test import Client

from bench.common import Row, p95, print_rows, scaled
from bench.schermen import ROOT, database_url, run
from casussen.keuzes import Status
from casussen.models import Casus
from tests.factories.casussen import NU, make_wereld
from tests.factories.geschiedenis import casus_met_geschiedenis
from toegang.models import User

MOMENTEN = 300
P95_MAX = 0.200
RONDES = 100
JONG, OUD = "JONG1", "OUD1"


def fill() -> None:
    """Two casussen of one school, equal but for what happened since."""
    wereld = make_wereld()
    wereld.casus(Status.IN_BEHANDELING, leerlingnummer=JONG)
    old = wereld.casus(Status.IN_UITVOERING, leerlingnummer=OUD)
    casus_met_geschiedenis(scaled(MOMENTEN), casus=old, van=NU - timedelta(days=730))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def child() -> None:
    """Both pages by both people, in turn; tells the seconds as JSON."""
    numbers = dict(Casus.objects.values_list("leerling__leerlingnummer", "nummer"))
    found: dict[str, list[float]] = {JONG: [], OUD: []}
    settings.ALLOWED_HOSTS = ["testserver"]
    for naam in ("Zoë", "Wim"):
        client = Client()
        client.force_login(User.objects.get(naam__startswith=naam), backend=settings.AUTHENTICATION_BACKENDS[0])
        for ronde in range(RONDES + 5):
            for leerling in (JONG, OUD):
                begin = time.perf_counter()
                answer = client.get(f"/casussen/{numbers[leerling]}", follow=False)
                taken = time.perf_counter() - begin
                if answer.status_code != 200:
                    raise SystemExit(f"{naam} krijgt {answer.status_code} op de casus")
                if ronde >= 5:
                    found[leerling].append(taken)
    print(json.dumps(found))


def main() -> list[Row]:
    naam = f"{connection.settings_dict['NAME']}_dossier"
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{naam}"')
        cursor.execute(f'CREATE DATABASE "{naam}" TEMPLATE template0')
    try:
        url = database_url(naam)
        run(url, ROOT / "manage.py", "migrate", "--verbosity", "0")
        run(url, "-m", "bench.dossier", "--fill")
        found = json.loads(run(url, "-m", "bench.dossier", "--child", role="web").splitlines()[-1])
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{naam}"')
    old, young = p95(found[OUD]), p95(found[JONG])
    what = f"page of a casus of two years, {scaled(MOMENTEN)} moments: p95"
    return [
        Row(what, f"{1000 * old:.0f} ms", f"{1000 * P95_MAX:.0f} ms agreed", old / P95_MAX, "≤ 1"),
        Row(what, f"{1000 * old:.0f} ms", f"{1000 * young:.0f} ms, a casus of five moments", old / young, "–"),
    ]


if __name__ == "__main__":
    match sys.argv[1:2]:
        case ["--fill"]:
            fill()
        case ["--child"]:
            child()
        case _:
            print_rows(main())
