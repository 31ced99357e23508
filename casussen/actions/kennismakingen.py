"""A tip to who works with somebody they never met. Once per pair and quarter, however often this is asked."""

from collections import Counter
from datetime import datetime, timedelta

from django.db import connection, transaction

from casussen.keuzes import EINDSTATUSSEN, Status
from kern.actions import NieuweMelding, enqueue_meldingen
from kern.klok import local_date
from scholen.rollen import SCHOOLTEAMLEIDER, ZORGCOORDINATOR

#: The first weeks of a casus are for the casus; most people meet in them.
NA = timedelta(days=21)
SOORT = "kennismaking_tip"

#: Who submitted an open casus and who of the team has it; not those who met, left, or were told this quarter.
_TIPS = """
INSERT INTO wijkteams_kennismakingstip (contactpersoon_id, medewerker_id, kwartaal, op)
SELECT DISTINCT persoon.id, casus.aangevraagd_door_id, %(kwartaal)s, %(op)s::timestamptz
FROM casussen_casus casus
JOIN wijkteams_contactpersoon persoon ON persoon.id = coalesce(casus.behandelaar_id, casus.aanspreekpunt_id)
WHERE NOT casus.status = ANY(%(gesloten)s) AND casus.t0 < %(voor)s
    AND (persoon.in_dienst_tot IS NULL OR persoon.in_dienst_tot > %(dag)s)
    AND persoon.user_id IS DISTINCT FROM casus.aangevraagd_door_id
    AND EXISTS (
        SELECT FROM toegang_aanstelling aanstelling JOIN toegang_user medewerker ON medewerker.id = aanstelling.user_id
        WHERE aanstelling.user_id = casus.aangevraagd_door_id AND aanstelling.school_id = casus.school_id
            AND aanstelling.rol = ANY(%(rollen)s) AND medewerker.is_active
            AND aanstelling.van <= %(dag)s AND (aanstelling.tot IS NULL OR aanstelling.tot > %(dag)s)
    )
    AND NOT EXISTS (
        SELECT FROM wijkteams_kennismaking ooit
        WHERE ooit.contactpersoon_id = persoon.id AND ooit.medewerker_id = casus.aangevraagd_door_id
    )
ON CONFLICT DO NOTHING
RETURNING medewerker_id
"""


def quarter_of(op: datetime) -> str:
    dag = local_date(op)
    return f"{dag.year}-K{(dag.month + 2) // 3}"


@transaction.atomic
def send_tips(*, now: datetime) -> int:
    """Tell everyone once about the people they never met; answers how many people were told. One melding, however many."""
    dag = local_date(now)
    with connection.cursor() as cursor:
        cursor.execute(
            _TIPS,
            {
                "kwartaal": quarter_of(now),
                "op": now,
                "dag": dag,
                "voor": now - NA,
                "gesloten": [Status.CONCEPT.value, *(status.value for status in EINDSTATUSSEN)],
                "rollen": [ZORGCOORDINATOR.sleutel, SCHOOLTEAMLEIDER.sleutel],
            },
        )
        aantallen = Counter(row[0] for row in cursor.fetchall())
    enqueue_meldingen(
        [
            NieuweMelding(soort=SOORT, gegevens={"aantal": aantal, "pad": "/mijn-wijkteams"}, ontvanger_id=user_id)
            for user_id, aantal in sorted(aantallen.items())
        ],
        op=now,
    )
    return len(aantallen)
