"""What the network says on a day: the rules of some areas, their teams, and who can be called there. One query.

Plain SQL, since a look-up happens at every keystroke: three kinds of rows come back from one statement and one snapshot. The
shapes are those of `wijkteams.rules`, which decides.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import connection

from wijkteams.routering.uitkomst import Persoon, Team
from wijkteams.rules import Beschikbaar, Gekozen, Kenmerken, Keuze, Punt, Regel, choose_person

#: The rules of `codes`; their teams, or every team with `alles`; the aanspreekpunten of those teams that hold; and everyone whom
#: these name, with who is away.
_LOAD = """
WITH regel AS (
    SELECT id, wijkteam_id, soort, gebied, sector, rang, leeftijd_van, leeftijd_tot, nummer_van, nummer_tot_en_met, zijde,
        school_id, vestiging_id
    FROM wijkteams_werkgebied
    WHERE gebied = ANY(%(codes)s) AND van <= %(op)s AND tot > %(op)s
        AND (soort <> 'school' OR school_id = %(school)s OR vestiging_id = %(vestiging)s)
), team AS (
    SELECT team.id, team.naam, team.soort, team.telefoon, team.email, team.bereikbaar, team.adres, gemeente.naam AS gemeente_naam,
        (team.geldig_van IS NULL OR team.geldig_van <= %(op)s) AND (team.geldig_tot IS NULL OR team.geldig_tot > %(op)s) AS geldig
    FROM wijkteams_wijkteam team JOIN gebieden_gemeente gemeente ON gemeente.id = team.gemeente_id
    WHERE %(alles)s OR team.id IN (SELECT wijkteam_id FROM regel)
), punt AS (
    SELECT id, wijkteam_id, contactpersoon_id, vestiging_id, school_id, sector, vervanger_id
    FROM wijkteams_aanspreekpunt
    WHERE wijkteam_id IN (SELECT id FROM team) AND van <= %(op)s AND (tot IS NULL OR tot > %(op)s)
        AND (%(alles)s OR vestiging_id IS NULL OR vestiging_id = %(vestiging)s)
        AND (%(alles)s OR school_id IS NULL OR school_id = %(school)s)
), weg AS (
    SELECT contactpersoon_id, tot_en_met, vervanger_id
    FROM wijkteams_afwezigheid WHERE van <= %(op)s AND tot_en_met >= %(op)s
), mens AS (
    SELECT persoon.id, persoon.naam, persoon.functie, persoon.telefoon, persoon.email, persoon.bereikbaar, persoon.expertise,
        persoon.foto, persoon.user_id, persoon.geverifieerd_op,
        persoon.in_dienst_tot IS NULL OR persoon.in_dienst_tot > %(op)s AS in_dienst,
        weg.tot_en_met AS afwezig_tot, weg.vervanger_id
    FROM wijkteams_contactpersoon persoon LEFT JOIN weg ON weg.contactpersoon_id = persoon.id
    WHERE persoon.id IN (
        SELECT contactpersoon_id FROM punt
        UNION ALL SELECT vervanger_id FROM punt
        UNION ALL SELECT weg.vervanger_id FROM weg JOIN punt ON punt.contactpersoon_id = weg.contactpersoon_id
    )
)
SELECT 'regel', row_to_json(regel) FROM regel
UNION ALL SELECT 'team', row_to_json(team) FROM team
UNION ALL SELECT 'punt', row_to_json(punt) FROM punt
UNION ALL SELECT 'mens', row_to_json(mens) FROM mens
"""


@dataclass(frozen=True, slots=True)
class Bel:
    """A person to call, with the deputy while that person is away."""

    persoon: Persoon
    vervanger: Persoon | None
    gekozen: Gekozen


@dataclass(frozen=True, slots=True)
class Netwerk:
    """Rules, teams and people as they are on one day. `vervallen` are rules of teams that do not exist on that day."""

    regels: tuple[Regel, ...]
    vervallen: tuple[Regel, ...]
    teams: Mapping[int, Team]
    punten: Mapping[int, tuple[Punt, ...]]
    beschikbaar: Mapping[int, Beschikbaar]
    mensen: Mapping[int, Persoon]

    def choose(self, wijkteam_id: int, kenmerken: Kenmerken) -> Keuze:
        return choose_person(self.punten.get(wijkteam_id, ()), self.beschikbaar, kenmerken)

    def people(self, keuze: Keuze) -> tuple[Bel, ...]:
        """The persons of a choice, in words for a screen."""
        return tuple(
            Bel(
                persoon=self.with_scope(gekozen.persoon_id, "" if gekozen.ingevallen else gekozen.punt.bereik),
                vervanger=self.mensen[gekozen.vervanger_id] if gekozen.vervanger_id is not None else None,
                gekozen=gekozen,
            )
            for gekozen in keuze.gekozen
        )

    def with_scope(self, persoon_id: int, bereik: str) -> Persoon:
        return replace(self.mensen[persoon_id], bereik=bereik)


def load_at(codes: Iterable[str], *, school_id: int | None, vestiging_id: int | None, op: date) -> Netwerk:
    """The network for some areas and one school, on a day."""
    return _load({"codes": list(codes), "school": school_id, "vestiging": vestiging_id, "op": op, "alles": False})


def load_people(op: date) -> Netwerk:
    """All teams with their people on a day, without rules: for bulk."""
    return _load({"codes": [], "school": None, "vestiging": None, "op": op, "alles": True})


NIETS = Netwerk((), (), {}, {}, {}, {})


def _load(params: dict[str, Any]) -> Netwerk:
    rows: dict[str, list[dict[str, Any]]] = {"regel": [], "team": [], "punt": [], "mens": []}
    with connection.cursor() as cursor:
        cursor.execute(_LOAD, params)
        for soort, row in cursor.fetchall():
            rows[soort].append(row)
    bestaat = {row["id"]: row.pop("geldig") for row in rows["team"]}
    regels = [Regel(**row) for row in rows["regel"]]
    punten: dict[int, tuple[Punt, ...]] = {}
    for row in rows["punt"]:
        punt = Punt(**row)
        punten[punt.wijkteam_id] = (*punten.get(punt.wijkteam_id, ()), punt)
    beschikbaar, mensen = {}, {}
    for row in rows["mens"]:
        tot = date.fromisoformat(row.pop("afwezig_tot")) if row["afwezig_tot"] else row.pop("afwezig_tot")
        geverifieerd = row.pop("geverifieerd_op")
        beschikbaar[row["id"]] = Beschikbaar(row.pop("in_dienst"), tot is not None, row.pop("vervanger_id"))
        mensen[row["id"]] = Persoon(
            **row, afwezig_tot=tot, geverifieerd_op=date.fromisoformat(geverifieerd) if geverifieerd else None
        )
    return Netwerk(
        regels=tuple(regel for regel in regels if bestaat[regel.wijkteam_id]),
        vervallen=tuple(regel for regel in regels if not bestaat[regel.wijkteam_id]),
        teams={row["id"]: Team(**row) for row in rows["team"]},
        punten=punten,
        beschikbaar=beschikbaar,
        mensen=mensen,
    )
