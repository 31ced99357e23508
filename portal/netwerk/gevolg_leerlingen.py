"""Pupils and open casussen of a region, routed together: before and after a change. In columns, since there are many."""

import io
from dataclasses import dataclass
from datetime import date

import polars as pl
from django.db import connection

from casussen.keuzes import EINDSTATUSSEN, Status
from kern.klok import today
from wijkteams.routering.bulk import IDS, route_readable
from wijkteams.routering.bulk_lezen import read_rows
from wijkteams.routering.uitkomst import Uitkomst

#: The casussen are those of the region; of pupils it is the address that counts (see `_relevant`).
_LEERLINGEN = """
COPY (
    SELECT 'leerling', leerling.id, '', '', vestiging.school_id, leerling.postcode, leerling.huisnummer::text, leerling.sector,
        vestiging.brin, coalesce(leerling.geboortedatum::text, '')
    FROM scholen_leerling leerling JOIN scholen_vestiging vestiging ON vestiging.id = leerling.vestiging_id
    WHERE leerling.postcode <> '' AND leerling.huisnummer IS NOT NULL
    UNION ALL
    SELECT 'casus', casus.id, casus.nummer, coalesce(team.naam, ''), casus.school_id, leerling.postcode,
        leerling.huisnummer::text, casus.sector, vestiging.brin, coalesce(leerling.geboortedatum::text, '')
    FROM casussen_casus casus JOIN scholen_leerling leerling ON leerling.id = casus.leerling_id
    JOIN scholen_vestiging vestiging ON vestiging.id = casus.vestiging_id
    LEFT JOIN wijkteams_wijkteam team ON team.id = casus.wijkteam_id
    WHERE casus.regio_id = {regio} AND casus.status NOT IN ({gesloten})
        AND leerling.postcode <> '' AND leerling.huisnummer IS NOT NULL
) TO STDOUT WITH (FORMAT csv)
"""
_SCHEMA = {
    "wat": pl.String,
    "id": pl.Int64,
    "nummer": pl.String,
    "bij": pl.String,
    "van_school": pl.Int64,
    "postcode": pl.String,
    "huisnummer": pl.String,
    "sector": pl.String,
    "school": pl.String,
    "geboortedatum": pl.String,
}
#: What makes a route another one.
_SLEUTEL = ("uitkomst", *IDS)
_ZONDER_TEAM = {
    Uitkomst.MEERDERE.value: "meer dan één wijkteam mogelijk",
    Uitkomst.BUITEN_REGIO.value: "buiten de regio",
    Uitkomst.GEEN_TEAM.value: "geen wijkteam",
    Uitkomst.ADRES_ONBEKEND.value: "adres niet in het register",
    Uitkomst.ONGELDIG.value: "adres niet te lezen",
}


@dataclass(frozen=True, slots=True)
class SchoolGevolg:
    """A school to be told: so many pupils get another team (`ander_team`) or only another person, and so many open casussen."""

    school_id: int
    naam: str
    leerlingen: int
    ander_team: int
    casussen: int

    @property
    def ander_persoon(self) -> int:
        return self.leerlingen - self.ander_team


@dataclass(frozen=True, slots=True)
class CasusGevolg:
    """An open casus that routes differently. `bij` is the team that has it now: applying a change moves no casus by itself."""

    casus_id: int
    nummer: str
    bij: str
    van: str
    naar: str
    alleen_persoon: bool


@dataclass(frozen=True, slots=True)
class Verplaatsing:
    """The routes of all rows of `load_pupils` at one moment: nr, wat and what makes a route another one."""

    frame: pl.DataFrame

    def pupils_per_team(self) -> dict[int, int]:
        return self._per_team("leerling")

    def casussen_per_team(self) -> dict[int, int]:
        return self._per_team("casus")

    def _per_team(self, wat: str) -> dict[int, int]:
        een_team = self.frame.filter((pl.col("wat") == wat) & pl.col("wijkteam_id").is_not_null())
        return dict(een_team.group_by("wijkteam_id").len().iter_rows())


def load_pupils(regio_id: int, op: date) -> pl.DataFrame:
    """Every pupil with an address, and every open casus of the region whose pupil has one, as routing reads them.

    `geboortedatum` after `op`, or a postcode that cannot exist, gives no route, as in the portal itself.
    """
    gesloten = ", ".join(f"'{status.value}'" for status in (*EINDSTATUSSEN, Status.CONCEPT))
    terug = io.BytesIO()
    with connection.cursor() as cursor:
        cursor.copy_expert(_LEERLINGEN.format(regio=int(regio_id), gesloten=gesloten), terug)
    terug.seek(0)
    if not terug.getbuffer().nbytes:
        frame = pl.DataFrame(schema=_SCHEMA)
    else:
        frame = pl.read_csv(terug, has_header=False, schema=_SCHEMA).with_columns(pl.col(pl.String).fill_null(""))
    frame = frame.with_row_index("nr")
    getypt = frame.with_columns(toevoeging=pl.lit(""), te_lang=pl.lit(value=False))
    leesbaar = read_rows(getypt, op=op, vandaag=max(op, today())).drop("postcode", "huisnummer")
    return frame.with_columns(pl.col("huisnummer").cast(pl.Int32)).join(
        leesbaar.with_columns(leesbaar=pl.lit(value=True)), on="nr", how="left", maintain_order="left"
    )


def route_pupils(leerlingen: pl.DataFrame, op: date) -> Verplaatsing:
    """Route all of them with the network as it is within this transaction."""
    vragen = leerlingen.filter(pl.col("leesbaar"))
    kolommen = ["nr", "postcode", "huisnummer", "sectoren", "school_id", "vestiging_id", "leeftijd"]
    routes = route_readable(vragen.select(kolommen), op).select("nr", *_SLEUTEL)
    onbekend, ongeldig = pl.lit(Uitkomst.ADRES_ONBEKEND.value), pl.lit(Uitkomst.ONGELDIG.value)
    frame = leerlingen.select("nr", "wat", "leesbaar").join(routes, on="nr", how="left", maintain_order="left")
    slot = pl.coalesce("uitkomst", pl.when("leesbaar").then(onbekend).otherwise(ongeldig))
    return Verplaatsing(frame.with_columns(uitkomst=slot).drop("leesbaar"))


def compare_pupils(
    leerlingen: pl.DataFrame, voor: Verplaatsing, na: Verplaatsing, namen: dict[int, str]
) -> tuple[tuple[SchoolGevolg, ...], tuple[CasusGevolg, ...]]:
    """The schools and the casussen of which something routes differently."""
    samen = voor.frame.join(na.frame.drop("wat"), on="nr", suffix="_na")
    anders = pl.any_horizontal(*(pl.col(naam).ne_missing(pl.col(f"{naam}_na")) for naam in _SLEUTEL))
    team_anders = pl.any_horizontal(*(pl.col(naam).ne_missing(pl.col(f"{naam}_na")) for naam in _TEAM))
    verplaatst = samen.filter(anders).with_columns(ander_team=team_anders).join(leerlingen.drop("wat"), on="nr", suffix="_vraag")
    return _schools(verplaatst), _casussen(verplaatst, namen)


#: Another team, none any more, or one again; 'geen contact' says something of people.
_TEAM = ("wijkteam_id",)


def _schools(verplaatst: pl.DataFrame) -> tuple[SchoolGevolg, ...]:
    per_school = verplaatst.group_by("van_school").agg(
        (pl.col("wat") == "leerling").sum().alias("leerlingen"),
        ((pl.col("wat") == "leerling") & pl.col("ander_team")).sum().alias("ander_team"),
        (pl.col("wat") == "casus").sum().alias("casussen"),
    )
    namen = _school_names(per_school["van_school"].to_list())
    regels = (SchoolGevolg(pk, namen[pk], *rest) for pk, *rest in per_school.iter_rows())
    return tuple(sorted(regels, key=lambda school: (-school.leerlingen - school.casussen, school.naam)))


def _school_names(ids: list[int]) -> dict[int, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, naam FROM scholen_school WHERE id = ANY(%s)", [ids])
        return dict(cursor.fetchall())


def _casussen(verplaatst: pl.DataFrame, namen: dict[int, str]) -> tuple[CasusGevolg, ...]:
    def team(wijkteam_id: int | None, uitkomst: str) -> str:
        return namen[wijkteam_id] if wijkteam_id is not None else _ZONDER_TEAM.get(uitkomst, uitkomst)

    kolommen = ["id", "nummer", "bij", "wijkteam_id", "uitkomst", "wijkteam_id_na", "uitkomst_na", "ander_team"]
    casussen = verplaatst.filter(pl.col("wat") == "casus").select(kolommen).sort("nummer")
    return tuple(
        CasusGevolg(pk, nummer, bij, team(van, toen), team(naar, straks), alleen_persoon=not ander_team)
        for pk, nummer, bij, van, toen, naar, straks, ander_team in casussen.iter_rows()
    )
