"""Finding a casus among a country's: p95 under 200 ms, for every kind of viewer.

A database of its own beside the one in use, with casussen that PostgreSQL makes itself (generate_series): schools of 700, teams
of 1,500, one team of a whole city with a tenth of everything, and names from a short list, so that every name occurs thousands
of times. It is kept for the next time; `python -m bench.zoeken --weg` drops it. BENCH_SCALE=0.2 makes 200,000.

Half of what is asked has a typing mistake in it.
"""

import json
import random
import sys
import time
from collections.abc import Callable

from django.db import connection, transaction
from django.db.models import Model

from bench.common import Row, p95, print_rows, scaled
from bench.schermen import ROOT, database_url, dots, run
from casussen.models import Casus, Overgang, Toestemming
from casussen.queries.zoeken import zoek
from gebieden.models import Gemeente, Regio
from gebieden.rollen import REGIOCOORDINATOR
from kern.kijker import Houdt, Kijker, Rol
from kern.klok import now
from scholen.models import Leerling, School, Vestiging
from scholen.rollen import ZORGCOORDINATOR
from toegang.models import User
from wijkteams.models import Wijkteam
from wijkteams.rollen import WIJKTEAMLID

CASUSSEN, PER_SCHOOL, PER_TEAM, REGIOS = 1_000_000, 700, 1_500, 20
P95_MAX = 0.200
VRAGEN = 60
VOORNAMEN = ("Aïsha", "Daan", "Emma", "Fatima", "Jayden", "Lotte", "Mohammed", "Noor", "Sem", "Yara", "Zoë", "Thijs")
ACHTERNAMEN = (
    "Jansen", "de Vries", "van den Berg", "Bakker", "Visser", "Smit", "Meijer", "de Boer", "Mulder", "de Groot", "Bos", "Vos",
    "Peters", "Hendriks", "van Leeuwen", "Dekker", "Brouwer", "de Wit", "Dijkstra", "Smits", "el Amrani", "Yılmaz", "Öztürk",
    "van der Meer", "Kaya", "Postma", "Wolters", "Veldkamp", "Timmermans", "Schouten",
)  # fmt: skip


# --- The database ---------------------------------------------------------------------------------------------------
def fill() -> None:
    """So many casussen, each with a pupil, consent and a last step. Once."""
    aantal = scaled(CASUSSEN)
    if Casus.objects.exists():
        return
    with transaction.atomic():
        _rows(aantal)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _rows(aantal: int) -> None:
    regios = Regio.objects.bulk_create(Regio(naam=f"Benchregio {n}") for n in range(REGIOS))
    gemeenten = Gemeente.objects.bulk_create(
        Gemeente(code=f"GM{9000 + n}", naam=f"Benchgemeente {n}", regio=regio) for n, regio in enumerate(regios)
    )
    kinds = ("Duin", "Zee", "Bos", "Rivier", "Heide", "Veen")
    schools = School.objects.bulk_create(
        School(brin=f"{n // 26**2:02d}{chr(65 + n // 26 % 26)}{chr(65 + n % 26)}", naam=f"{kinds[n % 6]}college {n}")
        for n in range(max(REGIOS, aantal // PER_SCHOOL))
    )
    Vestiging.objects.bulk_create(
        Vestiging(school=school, brin=f"{school.brin}00", naam=school.naam, sectoren=["vo"]) for school in schools
    )
    Wijkteam.objects.bulk_create(
        Wijkteam(naam=f"Wijkteam {kinds[n % 6]}buurt {n}", gemeente=gemeenten[n % REGIOS])
        for n in range(max(REGIOS, aantal // PER_TEAM))
    )
    user = User.objects.create(email="bench@zoeken.example", naam="Bench Zoeken")
    with connection.cursor() as cursor:
        for sql in _many():
            cursor.execute(sql, {"aantal": aantal, "voor": list(VOORNAMEN), "achter": list(ACHTERNAMEN), "user": user.pk})


def _many() -> list[str]:
    """Schools and regions go round; a tenth is with the first team, of a whole city. Names fall as by dice, always the same."""
    return [
        """CREATE TEMP TABLE plaats AS SELECT row_number() OVER (ORDER BY v.id) - 1 AS n, v.id AS vestiging, v.school_id AS school
               FROM scholen_vestiging v""",
        "CREATE TEMP TABLE team AS SELECT row_number() OVER (ORDER BY id) - 1 AS n, id, gemeente_id FROM wijkteams_wijkteam",
        insert(
            Leerling,
            "generate_series(1::bigint, %(aantal)s) i JOIN plaats p ON p.n = i %% (SELECT count(*) FROM plaats)",
            id="i",
            vestiging_id="p.vestiging",
            leerlingnummer="'L' || i",
            voornaam="(%(voor)s)[(1 + (hashint8(i)::bigint + 2147483648) %% cardinality(%(voor)s))::int]",
            achternaam="(%(achter)s)[(1 + (hashint8(-i)::bigint + 2147483648) %% cardinality(%(achter)s))::int]",
            sector="'vo'",
        ),
        insert(
            Casus,
            """generate_series(1::bigint, %(aantal)s) i JOIN plaats p ON p.n = i %% (SELECT count(*) FROM plaats)
               JOIN team t ON t.n = CASE WHEN i %% 10 = 0 THEN 0 ELSE i * 31 %% (SELECT count(*) FROM team) END
               JOIN gebieden_gemeente g ON g.id = t.gemeente_id""",
            id="i",
            nummer="(2024 + i %% 3) || '-' || lpad(i::text, greatest(6, length(i::text)), '0')",
            regio_id="g.regio_id",
            school_id="p.school",
            vestiging_id="p.vestiging",
            leerling_id="i",
            aangevraagd_door_id="%(user)s",
            status="'aangemeld'",
            status_sinds="now()",
            t0="now()",
            aangemaakt="now()",
            wijkteam_id="t.id",
            hulpvraag="'Rust thuis.'",
            ronde="1",
        ),
        insert(
            Toestemming,
            "casussen_casus c",
            id="c.id",
            casus_id="c.id",
            gever="'ouders'",
            gegeven_op="current_date",
            wijkteam_id="c.wijkteam_id",
            vastgelegd_door_id="%(user)s",
            vastgelegd_op="now()",
        ),
        insert(
            Overgang,
            "casussen_casus c",
            id="c.id",
            casus_id="c.id",
            ronde="1",
            actie="'aanmelden'",
            van_status="'concept'",
            naar_status="'aangemeld'",
            op="now()",
        ),
    ]


def insert(model: type[Model], source: str, **given: str) -> str:
    """INSERT … SELECT with the default of every required column that is not given."""
    rest = [f for f in model._meta.concrete_fields if not f.generated and f.column not in given and not f.null]  # noqa: SLF001
    columns: dict[str, str] = dict(given)
    columns |= {str(f.column): literal(f.get_default()) for f in rest}
    names = ", ".join(columns)
    return f"INSERT INTO {model._meta.db_table} ({names}) SELECT {', '.join(columns.values())} FROM {source}"  # noqa: SLF001


def literal(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int) else "'{}'::jsonb" if value == {} else f"'{value or ''}'"


# --- On it: a child process -----------------------------------------------------------------------------------------
def child() -> None:
    """Measure every kind of viewer; tells its figures as JSON."""
    random.seed(7)
    big = Wijkteam.objects.order_by("pk")[0].pk
    teams = list(Wijkteam.objects.order_by("pk").values_list("pk", flat=True)[1:40])
    schools = list(School.objects.order_by("pk").values_list("pk", flat=True)[:40])
    regios = list(Regio.objects.order_by("pk").values_list("pk", flat=True))
    numbers = list(Casus.objects.order_by("pk").values_list("nummer", flat=True)[:400:7])
    asks: dict[str, tuple[Callable[[], Kijker], Callable[[], str]]] = {
        "a school, by name": (lambda: viewer(ZORGCOORDINATOR, random.choice(schools)), a_name),
        "a team, by name": (lambda: viewer(WIJKTEAMLID, random.choice(teams)), a_name),
        "the team of a city (a tenth of all), by name": (lambda: viewer(WIJKTEAMLID, big), a_name),
        "a region, by school or team": (lambda: viewer(REGIOCOORDINATOR, random.choice(regios)), a_place),
        "a region, by number": (lambda: viewer(REGIOCOORDINATOR, random.choice(regios)), lambda: random.choice(numbers)),
    }
    found = {}
    for wie, (who, what) in asks.items():
        times = []
        for number in range(VRAGEN + 5):
            kijker, asked = who(), what()
            begin = time.perf_counter()
            zoek(kijker, asked, op=now())
            if number >= 5:
                times.append(time.perf_counter() - begin)
        found[wie] = p95(times)
    print(json.dumps({"casussen": Casus.objects.count(), "p95": found}))


def viewer(rol: Rol, pk: int) -> Kijker:
    return Kijker(user_id=0, naam="Bench", op=now().date(), houdt=frozenset({Houdt(rol.sleutel, rol.soort, pk)}))


def a_name() -> str:
    """First name, surname, or both; in half of them a letter is missing or two changed places."""
    words = random.choice(((VOORNAMEN,), (ACHTERNAMEN,), (VOORNAMEN, ACHTERNAMEN)))
    return mistyped(" ".join(random.choice(options) for options in words).lower())


def a_place() -> str:
    kind = random.choice(("duin", "zee", "bos", "rivier", "heide", "veen"))
    return mistyped(random.choice((f"{kind}college {random.randrange(40)}", f"{kind}college", f"{kind}buurt", "wijkteam")))


def mistyped(text: str) -> str:
    at = random.randrange(1, len(text) - 1)
    return random.choice((text, text, text[:at] + text[at + 1 :], text[:at] + text[at + 1] + text[at] + text[at + 2 :]))


# --- Both -----------------------------------------------------------------------------------------------------------
def database() -> str:
    return f"{connection.settings_dict['NAME']}_zoeken_{scaled(CASUSSEN)}"


def main() -> list[Row]:
    naam = database()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [naam])
        if cursor.fetchone() is None:
            cursor.execute(f'CREATE DATABASE "{naam}" TEMPLATE template0')
    url = database_url(naam)
    run(url, ROOT / "manage.py", "migrate", "--verbosity", "0")
    run(url, "-m", "bench.zoeken", "--fill")
    found = json.loads(run(url, "-m", "bench.zoeken", "--child", role="web").splitlines()[-1])
    return [
        Row(
            f"finding a casus among {dots(found['casussen'])}, {wie}: p95",
            f"{1000 * seconds:.0f} ms",
            f"{1000 * P95_MAX:.0f} ms agreed",
            seconds / P95_MAX,
            "≤ 1",
        )
        for wie, seconds in found["p95"].items()
    ]


if __name__ == "__main__":
    match sys.argv[1:2]:
        case ["--fill"]:
            fill()
        case ["--child"]:
            child()
        case ["--weg"]:
            with connection.cursor() as cursor:
                cursor.execute(f'DROP DATABASE IF EXISTS "{database()}"')
        case _:
            print_rows(main())
