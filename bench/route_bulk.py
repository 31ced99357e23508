"""Bulk routing of 100,000 rows against a hand-written SQL join with the same CSV in and out: at most 1.5 times as long.

The yardstick does by hand what a database engineer would write for clean input: COPY in, one join, COPY out, with memory enough.
It knows no odd input, no postcodes on a border, no deputies and nothing that was not given; the share of rows that both answer
alike is shown.
"""

import csv
import random
import statistics
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bench.common import Row, in_turn, median_ratio, print_rows
from bench.route import bare_connection
from gebieden.models import RegisterRegel
from kern.klok import today
from scholen.models import Vestiging
from wijkteams.routering.bulk import route_file
from wijkteams.routering.bulk_csv import KOLOMMEN

ROWS = 100_000
ROUNDS = 5

PREPARE = """
CREATE TEMPORARY TABLE invoer (nr serial, id text, postcode text, huisnummer integer, toevoeging text, sector text, school text,
    geboortedatum date)
"""
COPY_IN = "COPY invoer (id, postcode, huisnummer, toevoeging, sector, school, geboortedatum) FROM STDIN WITH (FORMAT csv, HEADER)"
# Rules and persons are joined as sets: with a LATERAL subquery per row the same answers take longer.
JOIN = """
COPY (
WITH plek AS MATERIALIZED (
    SELECT invoer.*, register.buurt_code, vestiging.id AS vestiging_id, school.id AS school_id,
        extract(year FROM age(%(op)s::date, geboortedatum))::integer AS leeftijd, gemeente.regio_id
    FROM invoer
    LEFT JOIN gebieden_registerregel register ON register.editie_id = (SELECT id FROM gebieden_editie WHERE actief)
        AND register.postcode = invoer.postcode AND register.huisnummers @> ARRAY[invoer.huisnummer]
    LEFT JOIN gebieden_gemeente gemeente ON gemeente.code = 'GM' || substr(register.buurt_code, 3, 4)
    LEFT JOIN scholen_school school ON school.brin = substr(invoer.school, 1, 4)
    LEFT JOIN scholen_vestiging vestiging ON vestiging.brin = invoer.school
), regel AS (
    SELECT DISTINCT ON (plek.nr) plek.nr, regel.wijkteam_id
    FROM plek
    CROSS JOIN LATERAL (VALUES ('GM' || substr(buurt_code, 3, 4)), ('WK' || substr(buurt_code, 3, 6)), (buurt_code),
        (substr(postcode, 1, 4)), (postcode)) AS code (gebied)
    JOIN wijkteams_werkgebied regel ON regel.gebied = code.gebied
        AND regel.van <= %(op)s AND regel.tot > %(op)s AND regel.sector IN ('*', plek.sector)
        AND plek.leeftijd >= regel.leeftijd_van AND plek.leeftijd < regel.leeftijd_tot
        AND (regel.soort <> 'school' OR regel.school_id = plek.school_id OR regel.vestiging_id = plek.vestiging_id)
        AND (regel.soort <> 'nummers' OR (plek.huisnummer BETWEEN regel.nummer_van AND regel.nummer_tot_en_met
            AND regel.zijde IN ('beide', CASE WHEN plek.huisnummer %% 2 = 0 THEN 'even' ELSE 'oneven' END)))
    WHERE plek.regio_id IS NOT NULL
    ORDER BY plek.nr, regel.rang
), persoon AS (
    SELECT DISTINCT ON (plek.nr) plek.nr, mens.naam
    FROM plek
    JOIN regel USING (nr)
    JOIN wijkteams_aanspreekpunt punt ON punt.wijkteam_id = regel.wijkteam_id
        AND punt.van <= %(op)s AND (punt.tot IS NULL OR punt.tot > %(op)s)
        AND (punt.vestiging_id IS NULL OR punt.vestiging_id = plek.vestiging_id)
        AND (punt.school_id IS NULL OR punt.school_id = plek.school_id)
        AND punt.sector IN ('', plek.sector)
    JOIN wijkteams_contactpersoon mens ON mens.id = punt.contactpersoon_id
        AND (mens.in_dienst_tot IS NULL OR mens.in_dienst_tot > %(op)s)
    ORDER BY plek.nr, punt.vestiging_id NULLS LAST, punt.school_id NULLS LAST, punt.sector DESC
)
SELECT plek.id, plek.postcode, plek.huisnummer, plek.toevoeging, plek.sector, plek.school, plek.geboortedatum,
    CASE WHEN buurt_code IS NULL THEN 'adres_onbekend' WHEN regio_id IS NULL THEN 'buiten_regio'
        WHEN regel.wijkteam_id IS NULL THEN 'geen_team' WHEN persoon.naam IS NULL THEN 'geen_contact'
        ELSE 'toegewezen' END AS uitkomst,
    'GM' || substr(buurt_code, 3, 4) AS gemeentecode, 'WK' || substr(buurt_code, 3, 6) AS wijkcode, buurt_code AS buurtcode,
    team.naam AS wijkteam, persoon.naam AS aanspreekpunt
FROM plek
LEFT JOIN regel USING (nr)
LEFT JOIN wijkteams_wijkteam team ON team.id = regel.wijkteam_id
LEFT JOIN persoon USING (nr)
ORDER BY plek.nr
) TO STDOUT WITH (FORMAT csv, HEADER)
"""


def main() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        invoer, ours_out, yardstick_out = (Path(folder) / name for name in ("in.csv", "ours.csv", "yardstick.csv"))
        write_input(invoer, ROWS)
        bare = bare_connection()

        def ours() -> None:
            route_file(invoer, ours_out)

        def yardstick() -> None:
            by_hand(bare, invoer, yardstick_out)

        mine, theirs = in_turn(ours, yardstick, rounds=ROUNDS)
        bare.close()
        alike = _alike(ours_out, yardstick_out)
    return [
        Row(
            name=f"route_bulk, {ROWS:,} rows",
            ours=f"{statistics.median(mine):.2f} s",
            yardstick=f"{statistics.median(theirs):.2f} s, a hand-written SQL join",
            ratio=median_ratio(mine, theirs),
            target="≤ 1.5",
            note=f"({alike:.1%} of the rows answered alike)",
        )
    ]


def by_hand(bare: Any, invoer: Path, uitvoer: Path) -> None:
    """The same CSV in and out, without Django."""
    with bare.cursor() as cursor, invoer.open("rb") as source, uitvoer.open("wb") as target:
        cursor.execute("SET jit = off; SET work_mem = '256MB'")
        cursor.execute("DROP TABLE IF EXISTS pg_temp.invoer")
        cursor.execute(PREPARE)
        cursor.copy_expert(COPY_IN, source)
        cursor.execute("ANALYZE invoer")
        cursor.copy_expert(cursor.mogrify(JOIN, {"op": today()}).decode(), target)


def write_input(path: Path, rows: int) -> None:
    """Addresses of the active register, with sector, school and birth date given. The same every time."""
    dice = random.Random(2025)
    regels = list(RegisterRegel.objects.filter(editie__actief=True).order_by("postcode", "buurt_code"))
    plekken = list(Vestiging.objects.order_by("brin").values_list("brin", "sectoren"))
    if not regels or not plekken:
        raise SystemExit("no register or no schools: load the demo region first (manage.py load_demo)")
    gewichten = [len(regel.huisnummers) for regel in regels]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(KOLOMMEN)
        for number, regel in enumerate(dice.choices(regels, gewichten, k=rows)):
            brin, sectoren = dice.choice(plekken)
            geboren = date(2008, 1, 1) + timedelta(days=dice.randrange(14 * 365))
            toevoeging = dice.choice(["", "", "", "A", "hs"])
            nummer = dice.choice(regel.huisnummers)
            writer.writerow([number, regel.postcode, nummer, toevoeging, dice.choice(sectoren), brin, geboren.isoformat()])


def _alike(ours: Path, yardstick: Path) -> float:
    """The share of rows in which both say the same."""
    with ours.open(encoding="utf-8") as mine, yardstick.open(encoding="utf-8") as theirs:
        pairs = list(zip(csv.reader(mine), csv.reader(theirs), strict=True))
    return sum(a == b for a, b in pairs) / len(pairs)


if __name__ == "__main__":
    print_rows(main())
