"""What must hold when it is quiet again. Read straight from the database and the mail folder, with SQL of its own."""

import email
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.chaos.mensen import Notities

EINDE = ("afgesloten", "ingetrokken", "concept")


@dataclass(frozen=True)
class Vooraf:
    """How it was before: T0 of every casus and ronde, the termijnen that were made to fall due during the run, and the mails of
    the demo's history, which were sent before there was a mailbox."""

    t0: dict[tuple[int, int], Any]
    termijnen: tuple[int, ...]
    verzonden: frozenset[str]


@dataclass
class Uitslag:
    """Figures to show, and whatever is wrong."""

    casussen: int = 0
    stappen: int = 0
    meldingen: int = 0
    herinneringen: int = 0
    herhaald: int = 0
    fouten: list[str] = field(default_factory=list)

    def none(self, what: str, rows: list[tuple[Any, ...]]) -> None:
        if rows:
            self.fouten.append(f"{what}: {len(rows)}, bijvoorbeeld {rows[0]}")


def arm(cursor: Any, count: int, seconds: float) -> tuple[int, ...]:
    """Move so many deadlines into the run, evenly: the ladder is armed again, as when somebody moves one."""
    cursor.execute(
        """
        UPDATE casussen_termijn t SET stand = t.stand + 1, volgende_stap = 0,
            begint_op = least(t.begint_op, now()), vervalt_op = now() + k.n * %s * interval '1 second',
            volgende_op = now() + k.n * %s * interval '1 second'
        FROM (SELECT id, row_number() OVER (ORDER BY id)::float / %s AS n FROM casussen_termijn
              WHERE gesloten_op IS NULL ORDER BY id LIMIT %s) k
        WHERE k.id = t.id RETURNING t.id
        """,
        [seconds, seconds, count, count],
    )
    return tuple(pk for (pk,) in cursor.fetchall())


def look_before(cursor: Any, *, termijnen: int, seconds: float) -> Vooraf:
    cursor.execute("SELECT id, ronde, t0 FROM casussen_casus")
    t0 = {(pk, ronde): moment for pk, ronde, moment in cursor.fetchall()}
    cursor.execute("SELECT sleutel FROM kern_melding WHERE kanaal = 'mail' AND status = 'verzonden'")
    verzonden = frozenset(str(key) for (key,) in cursor.fetchall())
    return Vooraf(t0, arm(cursor, termijnen, seconds), verzonden)


def judge(cursor: Any, post: Path, vooraf: Vooraf, notities: Notities, *, kills: int) -> Uitslag:
    """Everything that was promised, held against what there is."""
    uitslag = Uitslag(fouten=list(notities.fouten))

    def rows(sql: str, *params: Any) -> list[tuple[Any, ...]]:
        cursor.execute(sql, params)
        return list(cursor.fetchall())

    _casussen(uitslag, rows, notities)
    _steps(uitslag, rows, notities)
    _owners_and_t0(uitslag, rows, vooraf)
    _reminders(uitslag, rows, vooraf)
    _post(uitslag, rows, post, vooraf.verzonden, kills)
    return uitslag


def _casussen(uitslag: Uitslag, rows: Any, notities: Notities) -> None:
    """Every casus that somebody saw submitted is there once, and none that nobody began."""
    for key, numbers in notities.begonnen.items():
        if len(numbers) > 1:
            uitslag.fouten.append(f"één formulier, meer casussen: {sorted(numbers)}")
        found = rows("SELECT nummer, status FROM casussen_casus WHERE verzoek_sleutel = %s", key)
        if [nummer for nummer, _ in found] != list(numbers):
            uitslag.fouten.append(f"begonnen als {sorted(numbers)}, in de database {found}")
        if key in notities.aangemeld and found and found[0][1] == "concept":
            uitslag.fouten.append(f"aangemeld en toch een concept: {found}")
    keys = list(notities.begonnen)
    stray = rows(
        "SELECT nummer FROM casussen_casus WHERE verzoek_sleutel IS NOT NULL AND NOT verzoek_sleutel::text = ANY(%s)", keys
    )
    uitslag.none("casussen waar niemand van weet", [row for row in stray if not _unfinished(row, rows)])
    twice = rows("SELECT leerling_id, count(*) FROM casussen_casus WHERE verzoek_sleutel IS NOT NULL AND leerling_id IS NOT NULL"
                 " GROUP BY 1 HAVING count(*) > 1")  # fmt: skip
    uitslag.none("leerlingen met twee casussen", twice)
    uitslag.casussen = len(notities.aangemeld)


def _unfinished(row: tuple[Any, ...], rows: Any) -> bool:
    """A draft whose answer never reached the one who began it: there once, and hers to finish."""
    return bool(rows("SELECT 1 FROM casussen_casus WHERE nummer = %s AND status = 'concept'", row[0]))


def _steps(uitslag: Uitslag, rows: Any, notities: Notities) -> None:
    """What somebody saw happen, happened once."""
    promised = Counter(notities.gedaan)
    promised.update((nummer, "aanmelden") for nummer in notities.aangemeld.values())
    numbers = sorted({nummer for nummer, _ in promised})
    found = Counter(
        {
            (nummer, actie): count
            for nummer, actie, count in rows(
                "SELECT c.nummer, o.actie, count(*) FROM casussen_overgang o JOIN casussen_casus c ON c.id = o.casus_id"
                " WHERE c.nummer = ANY(%s) GROUP BY 1, 2",
                numbers,
            )
        }
    )
    uitslag.none("stappen die niet één keer zijn gezet", [(key, found[key]) for key in promised if found[key] != 1])
    uitslag.none(
        "aangemeld zonder bericht aan het team",
        rows(
            """
            SELECT c.nummer FROM casussen_casus c WHERE c.nummer = ANY(%s) AND NOT EXISTS (
                SELECT 1 FROM kern_gebeurtenis g JOIN kern_melding m ON m.gebeurtenis_id = g.id AND m.kanaal = 'mail'
                WHERE g.soort = 'casus_aanmelden' AND g.onderwerp_soort = 'casus' AND g.onderwerp_id = c.id)
            """,
            list(notities.aangemeld.values()),
        ),
    )
    uitslag.stappen = sum(promised.values())


def _owners_and_t0(uitslag: Uitslag, rows: Any, vooraf: Vooraf) -> None:
    uitslag.none(
        "open casussen zonder precies één lopende periode in hun eigen status",
        rows(
            """
            SELECT c.nummer, c.status, count(p.id) FROM casussen_casus c
            LEFT JOIN casussen_statusperiode p ON p.casus_id = c.id AND p.tot IS NULL AND p.status = c.status
            WHERE c.status <> ALL(%s) GROUP BY c.id HAVING count(p.id) <> 1
            """,
            list(EINDE),
        ),
    )
    uitslag.none(
        "open casussen zonder precies één eigenaar van de volgende stap",
        rows(
            """
            SELECT c.nummer, c.status, count(DISTINCT (t.eigenaar_soort, coalesce(t.eigenaar_wijkteam_id, 0)))
            FROM casussen_casus c LEFT JOIN casussen_termijn t ON t.casus_id = c.id AND t.gesloten_op IS NULL
                AND (t.eigenaar_soort = CASE c.status WHEN 'te_routeren' THEN 'regio' WHEN 'aanvulling_gevraagd' THEN 'school'
                     WHEN 'teruggelegd' THEN 'school' ELSE 'wijkteam' END)
                AND (t.eigenaar_soort <> 'wijkteam' OR t.eigenaar_wijkteam_id = c.wijkteam_id)
            WHERE c.status <> ALL(%s) GROUP BY c.id
            HAVING count(DISTINCT (t.eigenaar_soort, coalesce(t.eigenaar_wijkteam_id, 0))) <> 1
            """,
            list(EINDE),
        ),
    )
    moved = [
        (pk, ronde)
        for pk, ronde, t0 in rows("SELECT id, ronde, t0 FROM casussen_casus")
        if vooraf.t0.get((pk, ronde)) is not None and vooraf.t0[pk, ronde] != t0
    ]
    uitslag.none("T0 verschoven", moved)
    uitslag.none(
        "T0 anders dan het moment van aanmelden",
        rows(
            "SELECT c.nummer FROM casussen_casus c JOIN casussen_overgang o ON o.casus_id = c.id AND o.actie = 'aanmelden'"
            " AND o.naar_status = 'aangemeld' AND o.ronde = c.ronde WHERE c.verzoek_sleutel IS NOT NULL AND c.t0 <> o.op"
        ),
    )


def _reminders(uitslag: Uitslag, rows: Any, vooraf: Vooraf) -> None:
    """Everything that fell due was made, once, with its event and its melding."""
    ids = list(vooraf.termijnen)
    made = dict(
        rows(
            "SELECT t.id, count(h.id) FROM casussen_termijn t LEFT JOIN casussen_herinnering h"
            " ON h.termijn_id = t.id AND h.stand = t.stand AND h.stap = 0"
            " WHERE t.id = ANY(%s) AND t.gesloten_op IS NULL GROUP BY 1",
            ids,
        )
    )
    uitslag.none("herinneringen die niet één keer zijn gemaakt", [item for item in made.items() if item[1] != 1])
    uitslag.none(
        "nog aan de beurt",
        rows("SELECT id, volgende_op FROM casussen_termijn WHERE gesloten_op IS NULL AND volgende_op < now()"),
    )
    uitslag.none(
        "herinneringen zonder bericht",
        rows(
            "SELECT h.termijn_id, h.stap FROM casussen_herinnering h JOIN casussen_termijn t ON t.id = h.termijn_id"
            " WHERE h.termijn_id = ANY(%s) AND h.stand = t.stand AND NOT EXISTS (SELECT 1 FROM kern_melding m"
            " WHERE m.onderwerp_soort = 'termijn' AND m.onderwerp_id = h.termijn_id AND m.kanaal = 'mail'"
            " AND m.aangemaakt >= h.gemaakt_op)",
            ids,
        ),
    )
    uitslag.herinneringen = sum(made.values())


def _post(uitslag: Uitslag, rows: Any, post: Path, eerder: frozenset[str], kills: int) -> None:
    """Every mail that was to go went, once; a repeat is the same mail, and there is a kill to blame for it."""
    uitslag.none(
        "mails die niet zijn verzonden",
        rows(
            "SELECT id, soort, status, fout FROM kern_melding WHERE kanaal = 'mail' AND status NOT IN ('verzonden', 'vervallen')"
        ),
    )
    sent = {str(key) for (key,) in rows("SELECT sleutel FROM kern_melding WHERE kanaal = 'mail' AND status = 'verzonden'")}
    arrived = Counter(_message_ids(post))
    uitslag.none("verzonden, maar nooit aangekomen", [(key,) for key in sorted(sent - eerder - set(arrived))])
    known = {str(key) for (key,) in rows("SELECT sleutel FROM kern_melding WHERE kanaal = 'mail'")}
    uitslag.none("aangekomen zonder melding", [(key,) for key in sorted(set(arrived) - known)])
    uitslag.meldingen = len(sent - eerder)
    uitslag.herhaald = arrived.total() - len(arrived)
    if uitslag.herhaald > kills:
        uitslag.fouten.append(f"{uitslag.herhaald} mails twee keer bij {kills} keer doden")


def _message_ids(post: Path) -> Iterator[str]:
    """The key in the Message-ID of every mail that arrived; whatever was written halfway has another name."""
    for path in post.glob("*.eml"):
        message_id = str(email.message_from_bytes(path.read_bytes())["Message-ID"])
        yield re.sub(r"@.*|<", "", message_id)
