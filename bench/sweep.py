"""The sweep of reminders: how many meldingen a second are made and committed, and what a second sweep costs.

Runs on a database of its own, made and dropped here. `python -m bench.sweep [OPEN] [DUE]`: so many open termijnen (1,000,000), of
which so many are due (20,000). The yardstick beside it writes the same meldingen with bare psycopg2.
"""

import sys
import time
import uuid
from datetime import datetime, timedelta

from django.db import connection
from psycopg2.extras import execute_values

from bench.common import Row, print_rows, scaled
from casussen.actions.herinneringen import send_due_reminders
from casussen.models import Casus
from kern import wekker
from kern.kalender import STANDAARD, end_of_office_day
from kern.klok import today
from kern.models import Melding

OPEN, DUE = scaled(1_000_000), scaled(20_000)
TEAMS, PEOPLE, SCHOOLS = 23, 400, 30
RATE_MIN, SECOND_MAX = 3_000, 1.0

#: A region with teams, people and schools, and casussen that wait for a team to confirm receipt. Everyone is invented.
WORLD = """
INSERT INTO gebieden_regio (naam, email, telefoon, goede_vrijdag_vrij, bevrijdingsdag_vrij)
VALUES ('Bench', 'regio@bench.example', '', false, false);
INSERT INTO gebieden_gemeente (code, naam, regio_id, loket_naam, loket_telefoon, loket_email, loket_url)
SELECT 'GM0392', 'Bench', id, '', '', '', '' FROM gebieden_regio;
INSERT INTO wijkteams_wijkteam (naam, soort, gemeente_id, telefoon, email, bereikbaar, adres)
SELECT 'Team ' || n, 'gebied', g.id, '', 'team' || n || '@bench.example', '', ''
FROM generate_series(1, {teams}) n, gebieden_gemeente g;
INSERT INTO toegang_user (password, email, naam, telefoon, is_active, date_joined)
SELECT '!', 'p' || n || '@bench.example', 'Persoon ' || n, '', true, now() FROM generate_series(1, {people}) n;
INSERT INTO scholen_school (brin, naam) SELECT lpad(n::text, 2, '0') || 'AA', 'School ' || n FROM generate_series(1, {schools}) n;
INSERT INTO scholen_vestiging
    (school_id, brin, naam, sectoren, straat, huisnummer, postcode, plaats, telefoon, vakantieregio)
SELECT id, brin || '00', naam, ARRAY['vo'], '', '', '', '', '', 'noord' FROM scholen_school;
INSERT INTO wijkteams_contactpersoon (wijkteam_id, user_id, naam, functie, expertise, telefoon, email, bereikbaar, foto)
SELECT t.id, u.id, u.naam, '', '', '', u.email, '', ''
FROM (SELECT *, row_number() OVER (ORDER BY id) AS n FROM toegang_user) u
JOIN (SELECT *, row_number() OVER (ORDER BY id) AS n FROM wijkteams_wijkteam) t ON t.n = u.n % {teams} + 1;
INSERT INTO wijkteams_aanspreekpunt (wijkteam_id, contactpersoon_id, school_id, sector, vervanger_id, van)
SELECT DISTINCT ON (c.wijkteam_id, s.id) c.wijkteam_id, c.id, s.id, '', v.id, '2020-01-01'::date
FROM wijkteams_contactpersoon c JOIN wijkteams_contactpersoon v ON v.wijkteam_id = c.wijkteam_id AND v.id > c.id, scholen_school s
ORDER BY c.wijkteam_id, s.id, c.id;
INSERT INTO toegang_aanstelling (user_id, rol, wijkteam_id, van)
SELECT min(user_id), 'wijkteamcoordinator', wijkteam_id, '2020-01-01' FROM wijkteams_contactpersoon GROUP BY wijkteam_id;
INSERT INTO toegang_aanstelling (user_id, rol, regio_id, van)
SELECT (SELECT max(id) FROM toegang_user), 'regiocoordinator', id, '2020-01-01' FROM gebieden_regio;
INSERT INTO toegang_aanstelling (user_id, rol, school_id, van)
SELECT u.id, 'zorgcoordinator', s.id, '2020-01-01'
FROM (SELECT *, row_number() OVER (ORDER BY id) AS n FROM toegang_user) u
JOIN (SELECT *, row_number() OVER (ORDER BY id) AS n FROM scholen_school) s ON s.n = u.n;
"""
CASUSSEN = """
INSERT INTO casussen_casus ({kolommen})
SELECT {waarden}
FROM generate_series(1, {count}) n
JOIN (SELECT *, row_number() OVER (ORDER BY id) - 1 AS i FROM wijkteams_contactpersoon) c ON c.i = n % {people}
JOIN (SELECT v.*, a.user_id, row_number() OVER (ORDER BY v.id) - 1 AS i FROM scholen_vestiging v
      JOIN toegang_aanstelling a ON a.school_id = v.school_id) v ON v.i = n % {schools},
     gebieden_regio r
"""
TERMIJNEN = """
INSERT INTO casussen_termijn (casus_id, ronde, soort, eigenaar_soort, eigenaar_wijkteam_id, eigenaar_contactpersoon_id,
    eigenaar_user_id, begint_op, vervalt_op, stand, volgende_stap, volgende_op, gesloten_om)
SELECT k.id, 1, 'ontvangen', 'wijkteam', k.wijkteam_id, k.aanspreekpunt_id, c.user_id, %(begin)s,
    CASE WHEN n <= %(due)s THEN %(vervalt)s::timestamptz ELSE %(later)s END, 1, n %% 2 - 1,
    CASE WHEN n <= %(due)s THEN %(now)s::timestamptz ELSE %(later)s - interval '1 day' END, ''
FROM (SELECT *, row_number() OVER (ORDER BY id) AS n FROM casussen_casus) k
JOIN wijkteams_contactpersoon c ON c.id = k.aanspreekpunt_id
"""


def fill(count: int, due: int, now: datetime) -> None:
    """Every even one of the due termijnen is at its deadline (owner and deputy), every odd one at the day before it (owner)."""

    own = {
        "nummer": "'2026-' || lpad(n::text, 7, '0')", "regio_id": "r.id", "school_id": "v.school_id", "vestiging_id": "v.id",
        "sector": "'vo'", "aangevraagd_door_id": "v.user_id", "status": "'aangemeld'", "status_sinds": "now()",
        "aangemaakt": "now()", "t0": "now()", "ronde": "1", "versie": "1", "wijkteam_id": "c.wijkteam_id",
        "aanspreekpunt_id": "c.id", "urgentie": "'normaal'", "concept_gegevens": "'{}'",
    }  # fmt: skip
    for field in Casus._meta.concrete_fields:  # noqa: SLF001  (Django's own public name for it)
        if not field.primary_key and not field.null and str(field.column) not in own:
            own[str(field.column)] = "false" if field.get_internal_type() == "BooleanField" else "''"
    with connection.cursor() as cursor:
        cursor.execute(WORLD.format(teams=TEAMS, people=PEOPLE, schools=SCHOOLS))
        columns, values = ", ".join(own), ", ".join(own.values())
        cursor.execute(CASUSSEN.format(kolommen=columns, waarden=values, count=count, people=PEOPLE, schools=SCHOOLS))
        cursor.execute(
            TERMIJNEN,
            {"begin": now - timedelta(days=9), "vervalt": now, "now": now, "later": now + timedelta(days=30), "due": due},
        )
        cursor.execute("ANALYZE")


def by_hand() -> float:
    """Seconds that bare psycopg2 takes to write the same meldingen once more, in batches as large, each committed."""
    fields = (
        "soort, kanaal, ontvanger_id, adres, onderwerp_soort, onderwerp_id, gebeurtenis_id, gegevens::text, ontdubbeling, status,"
        " pogingen, niet_voor, lease_tot, aangemaakt, verzonden_op, gelezen_op, fout"
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {fields} FROM kern_melding")
        rows = [(str(uuid.uuid4()), *row[:8], f"{row[8]}:nog eens", *row[9:]) for row in cursor.fetchall()]
        columns = f"sleutel, {fields.replace('::text', '')}"
        insert = f"INSERT INTO kern_melding ({columns}) VALUES %s ON CONFLICT DO NOTHING"
        begin = time.perf_counter()
        for start in range(0, len(rows), 2_000):
            execute_values(cursor.cursor, insert, rows[start : start + 2_000], page_size=2_000)
        return time.perf_counter() - begin


def measure(count: int, due: int) -> list[Row]:

    wekker.wekker.ring = lambda: None  # type: ignore[method-assign]  # no broker is part of this
    now = end_of_office_day(today())
    fill(count, due, now)
    STANDAARD.is_werkdag(now.date())  # a worker that lives long knows the holidays of this year
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE aanspreekpunt_taak")
    begin = time.perf_counter()
    steps = send_due_reminders(now=now)
    first = time.perf_counter() - begin
    begin = time.perf_counter()
    again = send_due_reminders(now=now)
    second = time.perf_counter() - begin
    meldingen = Melding.objects.count()
    assert steps >= due, f"{steps} stappen voor {due} termijnen"
    assert again == 0
    hand = by_hand()
    what = f"{due:,} due of {count:,} open".replace(",", ".")
    rate = meldingen / first
    return [
        Row(f"sweep, {what}: meldingen/s", f"{rate:,.0f}", f"{RATE_MIN:,} agreed", rate / RATE_MIN, "≥ 1", f"{meldingen} made"),
        Row(f"sweep, {what}: time", f"{first:.2f} s", f"{hand:.2f} s by hand, meldingen only", first / hand, "≤ 3"),
        Row("second sweep", f"{second * 1000:.0f} ms", f"{SECOND_MAX:.0f} s agreed", second / SECOND_MAX, "≤ 1"),
    ]


def main(count: int = OPEN, due: int = DUE) -> list[Row]:
    """The rows of the table. Works as the owner of the server, whatever role this process has: it makes a database."""
    connection.close()
    connection.settings_dict["OPTIONS"].pop("options", None)
    original = str(connection.settings_dict["NAME"])
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        return measure(count, due)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
        connection.creation.destroy_test_db(original, verbosity=0)


if __name__ == "__main__":
    print_rows(main(*map(int, sys.argv[1:3])))
