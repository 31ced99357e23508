"""Many addresses at once, set-based: same answers as `route_address`, without its explanation.

`bulk_csv` reads the file, `bulk_lezen` what was typed, `bulk_zoeken` finds buurt and team with a few statements for all rows
together; who of the team to call is decided once per team, sector and school.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import polars as pl
from django.db import transaction

from kern.klok import today
from wijkteams.routering import netwerk
from wijkteams.routering.bulk_csv import KOLOMMEN, read_csv, write_csv
from wijkteams.routering.bulk_lezen import read_rows
from wijkteams.routering.bulk_zoeken import find_teams
from wijkteams.routering.uitkomst import Uitkomst
from wijkteams.rules import Kenmerken

UITVOER = ("uitkomst", "gemeentecode", "wijkcode", "buurtcode", "wijkteam", "aanspreekpunt")
#: Whom the answer is about, for who compares answers; `bellen_id` is the deputy while the aanspreekpunt is away.
IDS = ("wijkteam_id", "persoon_id", "bellen_id")


def route_file(invoer: Path, uitvoer: Path, *, peildatum: date | None = None) -> dict[str, int]:
    """Route every row of a CSV file; gives the number of rows per uitkomst.

    Raises CsvError for a file without column names, OSError for one that cannot be read or written.
    """
    bestand = read_csv(invoer)
    uit = route_frame(bestand.frame, peildatum=peildatum)
    write_csv(uit, uitvoer, bestand.scheiding)
    return dict(uit.group_by("uitkomst").len().iter_rows())


def route_bulk(rows: Iterable[Mapping[str, object]], *, peildatum: date | None = None) -> list[dict[str, str]]:
    """Route rows with (some of) the keys of the CSV; gives them back in order with the keys of the answer."""
    velden = [["" if row.get(naam) is None else str(row[naam]) for naam in KOLOMMEN] for row in rows]
    frame = pl.DataFrame(velden, schema=dict.fromkeys(KOLOMMEN, pl.String), orient="row")
    return route_frame(frame.with_columns(te_lang=pl.lit(value=False)), peildatum=peildatum).to_dicts()


def route_frame(frame: pl.DataFrame, *, peildatum: date | None = None) -> pl.DataFrame:
    """The columns of KOLOMMEN as they came, and those of UITVOER; rows keep their order."""
    vandaag = today()
    op = peildatum or vandaag
    genummerd = frame.with_row_index("nr")
    leesbaar = read_rows(genummerd, op=op, vandaag=vandaag)
    antwoord = route_readable(leesbaar, op).drop(*IDS)
    onbekend, ongeldig = pl.lit(Uitkomst.ADRES_ONBEKEND.value), pl.lit(Uitkomst.ONGELDIG.value)
    return (
        genummerd.join(leesbaar.select("nr", leesbaar=pl.lit(value=True)), on="nr", how="left", maintain_order="left")
        .join(antwoord, on="nr", how="left", maintain_order="left")
        .with_columns(uitkomst=pl.coalesce("uitkomst", pl.when("leesbaar").then(onbekend).otherwise(ongeldig)))
        .select(*KOLOMMEN, *(pl.col(naam).fill_null("") for naam in UITVOER))
    )


def route_readable(leesbaar: pl.DataFrame, op: date) -> pl.DataFrame:
    """`nr`, UITVOER and IDS for each row of `read_rows` whose postcode is in the register."""
    with transaction.atomic():
        return _with_people(find_teams(leesbaar, op), op)


def _with_people(gevonden: pl.DataFrame, op: date) -> pl.DataFrame:
    """Who of the team to call: decided once per team, sector and school. `uitkomst` becomes final."""
    sleutel = ["wijkteam_id", "winnend", "school_id", "vestiging_id"]
    een_team = gevonden.filter(pl.col("uitkomst") == Uitkomst.TOEGEWEZEN.value)
    kiezer = _Kiezer(op)
    rijen = [(*rij, *kiezer.choose(*rij)) for rij in een_team.select(sleutel).unique().iter_rows()]
    schema = dict.fromkeys(sleutel, pl.Int64) | {"winnend": pl.String}
    schema |= dict.fromkeys(["slot", "wijkteam", "aanspreekpunt"], pl.String) | dict.fromkeys(
        ["persoon_id", "bellen_id"], pl.Int64
    )
    return (
        gevonden.join(pl.DataFrame(rijen, schema=schema, orient="row"), on=sleutel, how="left", nulls_equal=True)
        .with_columns(uitkomst=pl.coalesce("slot", "uitkomst"))
        .select("nr", *UITVOER, *IDS)
    )


#: How a choice ends, the names of team and person, and who is the aanspreekpunt and who is to be called.
_Slot = tuple[str, str, str, int | None, int | None]


class _Kiezer:
    """Chooses the person of a team, and remembers; a school that no aanspreekpunt of the team names makes no difference."""

    def __init__(self, op: date) -> None:
        self._net = netwerk.load_people(op)
        punten = [punt for lijst in self._net.punten.values() for punt in lijst]
        self._scholen = {(punt.wijkteam_id, punt.school_id) for punt in punten}
        self._vestigingen = {(punt.wijkteam_id, punt.vestiging_id) for punt in punten}
        self._gekozen: dict[tuple[int, str, int | None, int | None], _Slot] = {}

    def choose(self, wijkteam_id: int, winnend: str, school_id: int | None, vestiging_id: int | None) -> _Slot:
        """Uitkomst, team and person, as they are written, and who they are."""
        school = school_id if (wijkteam_id, school_id) in self._scholen else None
        vestiging = vestiging_id if (wijkteam_id, vestiging_id) in self._vestigingen else None
        sleutel = (wijkteam_id, winnend, school, vestiging)
        if sleutel not in self._gekozen:
            self._gekozen[sleutel] = self._decide(*sleutel)
        return self._gekozen[sleutel]

    def _decide(self, wijkteam_id: int, winnend: str, school_id: int | None, vestiging_id: int | None) -> _Slot:
        sectoren = tuple(dict.fromkeys(winnend.split("|")))
        gekozen = self._net.choose(wijkteam_id, Kenmerken(sectoren, None, school_id, vestiging_id)).gekozen
        team = self._net.teams[wijkteam_id].naam
        if len(gekozen) > 1:
            return Uitkomst.MEERDERE.value, "", "", None, None
        if not gekozen:
            return Uitkomst.GEEN_CONTACT.value, team, "", None, None
        wie = gekozen[0]
        naam = self._net.mensen[wie.persoon_id].naam
        return Uitkomst.TOEGEWEZEN.value, team, naam, wie.persoon_id, wie.vervanger_id or wie.persoon_id
