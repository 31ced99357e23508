"""One route on the register that is loaded, against the same SQL by bare psycopg2: at most 3 times as long, 3 queries."""

import random
import statistics
from collections.abc import Callable
from typing import Any

import psycopg2
from django.db import connection

from bench.common import Row, in_turn, median_ratio, print_rows
from gebieden.models import RegisterRegel
from scholen.models import Vestiging
from wijkteams.routering import route_address

ADDRESSES = 300
ROUNDS = 5
QUERIES_MAX = 3


def main() -> list[Row]:
    questions = sample_questions(ADDRESSES)
    queries: list[tuple[str, Any]] = []

    def record(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
        queries.append((sql, params))
        return execute(sql, params, many, context)

    per_route = []
    with connection.execute_wrapper(record):
        for question in questions:
            before = len(queries)
            route_address(**question)
            per_route.append(len(queries) - before)
    if max(per_route) > QUERIES_MAX:
        raise SystemExit(f"one route took {max(per_route)} queries, at most {QUERIES_MAX} are allowed")

    bare = bare_connection()

    def ours() -> None:
        for question in questions:
            route_address(**question).as_json()

    def yardstick() -> None:
        for sql, params in queries:
            with bare.cursor() as cursor:
                cursor.execute(sql, params)
                cursor.fetchall()

    mine, theirs = in_turn(ours, yardstick, rounds=ROUNDS)
    bare.close()
    return [
        Row(
            name=f"one route (at most {max(per_route)} queries)",
            ours=f"{1000 * statistics.median(mine) / ADDRESSES:.2f} ms",
            yardstick=f"{1000 * statistics.median(theirs) / ADDRESSES:.2f} ms, the same SQL by psycopg2",
            ratio=median_ratio(mine, theirs),
            target="≤ 3",
        )
    ]


def bare_connection() -> Any:
    """A second connection to the same database, without Django."""
    params = connection.get_connection_params()
    bare = psycopg2.connect(**{name: value for name, value in params.items() if name != "cursor_factory"})
    bare.autocommit = True
    return bare


def sample_questions(count: int) -> list[dict[str, Any]]:
    """Addresses of the active register with a school: the question a zorgcoördinator asks. The same every time."""
    dice = random.Random(2025)
    regels = list(RegisterRegel.objects.filter(editie__actief=True).order_by("postcode").values_list("postcode", "huisnummers"))
    brins = list(Vestiging.objects.order_by("brin").values_list("brin", flat=True))
    if not regels or not brins:
        raise SystemExit("no register or no schools: load the demo region first (manage.py load_demo)")
    return [
        {"postcode": postcode, "huisnummer": dice.choice(nummers), "school": dice.choice(brins), "geboortedatum": "2011-05-17"}
        for postcode, nummers in dice.choices(regels, k=count)
    ]


if __name__ == "__main__":
    print_rows(main())
