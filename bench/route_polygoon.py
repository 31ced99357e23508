"""The rival of routing by the register: a point looked up in the polygons of the buurten, as PostGIS does it.

Measured only where the server has PostGIS; the servers that come with the portal have not, and the line then says so. The
polygons are a grid of squares, as many as there are buurten in the register: a kind rival, since a real buurt has hundreds of
corners.
"""

import math
import random
import statistics
from typing import Any

import psycopg2

from bench.common import GEEN, Row, in_turn, median_ratio, print_rows
from bench.route import bare_connection, sample_questions
from gebieden.models import Buurt, RegisterRegel
from wijkteams.routering import route_address

ADDRESSES, ROUNDS = 300, 5
NAAM = "one route, against a polygon look-up of the same point"
VLAKKEN = """
CREATE TEMPORARY TABLE vlak AS
SELECT n AS id, ST_MakeEnvelope(n %% %(side)s, n / %(side)s, n %% %(side)s + 1, n / %(side)s + 1) AS vlak
FROM generate_series(0, %(count)s - 1) n
"""
PUNT = "SELECT id FROM vlak WHERE ST_Contains(vlak, ST_MakePoint(%s, %s))"


def main() -> list[Row]:
    rival = bare_connection()
    try:
        if not has_postgis(rival):
            return [Row(NAAM, GEEN, "not available here: the server has no PostGIS", math.nan, GEEN)]
        return [measure(rival)]
    finally:
        rival.close()


def has_postgis(rival: Any) -> bool:
    with rival.cursor() as cursor:
        try:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS postgis")
        except psycopg2.Error:
            return False
    return True


def measure(rival: Any) -> Row:
    questions = sample_questions(ADDRESSES)
    count = max(1, Buurt.objects.filter(editie__actief=True).count())
    side = math.ceil(math.sqrt(count))
    dice = random.Random(2025)
    with rival.cursor() as cursor:
        cursor.execute(VLAKKEN, {"side": side, "count": count})
        cursor.execute("CREATE INDEX ON vlak USING gist (vlak)")
        cursor.execute("ANALYZE vlak")

    def ours() -> None:
        for question in questions:
            route_address(**question)

    def polygons() -> None:
        with rival.cursor() as cursor:
            for _ in questions:
                cursor.execute(PUNT, [dice.uniform(0, side), dice.uniform(0, count / side)])
                cursor.fetchall()

    mine, theirs = in_turn(ours, polygons, rounds=ROUNDS)
    return Row(
        name=NAAM,
        ours=f"{1000 * statistics.median(mine) / ADDRESSES:.2f} ms, team and person too ({RegisterRegel.objects.count()} rows)",
        yardstick=f"{1000 * statistics.median(theirs) / ADDRESSES:.2f} ms, the buurt alone ({count} polygons)",
        ratio=median_ratio(mine, theirs),
        target=GEEN,
    )


if __name__ == "__main__":
    print_rows(main())
