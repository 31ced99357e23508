"""Find buurt and team for many exact addresses: rows → postcodes → buurten → profiles → the winning rules, and back to rows."""

import io
from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl
from django.db import connection

from gebieden.queries import successors_on
from wijkteams.routering import bulk_sql as sql
from wijkteams.routering.uitkomst import Uitkomst
from wijkteams.rules import LEEFTIJD_MAX

_REGISTER = {"postcode": pl.String, "buurtcode": pl.String, "binnen": pl.String, "nummers": pl.String}
_WINNAARS = {"profiel": pl.UInt32, "wijkteam_id": pl.Int64, "ander_id": pl.Int64, "winnend": pl.String}
_PROFIEL = ["buurtcode", "pc4", "pc6", "eigen_nummer", "sectoren", "school", "vestiging", "klasse"]
KOLOMMEN = ["nr", "uitkomst", "gemeentecode", "wijkcode", "buurtcode", "wijkteam_id", "winnend", "school_id", "vestiging_id"]


def find_teams(rijen: pl.DataFrame, op: date) -> pl.DataFrame:
    """The columns of KOLOMMEN for each row (see `bulk_lezen`) whose postcode is in the register; `toegewezen` means: one team.

    Within a transaction: it works with temporary tables.
    """
    with connection.cursor() as cursor:
        cursor.execute(sql.REGELS, {"op": op})
        opgegaan = successors_on(op)
        cursor.execute(sql.GENOEMD)
        genoemd = pl.DataFrame(cursor.fetchall(), schema={"wat": pl.String, "waarde": pl.String}, orient="row")
        ligging = _locate(cursor, rijen)
        met_profiel = _profile(ligging, genoemd)
        profielen = met_profiel.select(_PROFIEL).unique().with_row_index("profiel")
        winnaars = _winners(cursor, profielen)
        cursor.execute(sql.OPRUIMEN)
    per_profiel = profielen.join(winnaars, on="profiel", how="left")
    per_ligging = met_profiel.join(per_profiel, on=_PROFIEL, how="left", nulls_equal=True)
    return _conclude(per_ligging, opgegaan)


def _copy(cursor: Any, frame: pl.DataFrame, laad: str) -> None:
    heen = io.BytesIO()
    frame.write_csv(heen, include_header=False)
    heen.seek(0)
    cursor.copy_expert(laad, heen)


def _fetch(cursor: Any, vraag: str, schema: dict[str, Any]) -> pl.DataFrame:
    terug = io.BytesIO()
    cursor.copy_expert(vraag, terug)
    terug.seek(0)
    return pl.read_csv(terug, has_header=False, schema=schema) if terug.getbuffer().nbytes else pl.DataFrame(schema=schema)


def _locate(cursor: Any, rijen: pl.DataFrame) -> pl.DataFrame:
    """Each row with the buurten in which it lies or may lie: exact number first, else every buurt of the PC6."""
    cursor.execute(sql.POSTCODES)
    _copy(cursor, rijen.select("postcode").unique(), sql.LAAD_POSTCODES)
    cursor.execute(sql.METEN)
    register = _fetch(cursor, sql.REGISTER, _REGISTER).with_columns(binnen=pl.col("binnen") == "t")
    enig = pl.col("nummers").is_null()
    gewoon = rijen.join(register.filter(enig), on="postcode").with_columns(enige=pl.lit(value=True))
    grens = rijen.join(register.filter(~enig), on="postcode").with_columns(
        enige=pl.lit(value=False),
        bekend=pl.col("nummers").str.split(" ").list.contains(pl.col("huisnummer").cast(pl.String)),
    )
    grens = grens.filter(pl.col("bekend") | ~pl.col("bekend").any().over("nr")).drop("bekend")
    return pl.concat([gewoon, grens]).drop("nummers")


def _profile(ligging: pl.DataFrame, genoemd: pl.DataFrame) -> pl.DataFrame:
    """Add what rules ask after; what no rule names becomes null, so that many rows share one profile."""

    def named(wat: str) -> list[str]:
        return genoemd.filter(pl.col("wat") == wat)["waarde"].to_list()

    def only_if_named(kolom: pl.Expr, wat: str) -> pl.Expr:
        return pl.when(kolom.is_in([int(waarde) for waarde in named(wat)])).then(kolom)

    grenzen = sorted(int(waarde) for waarde in named("leeftijd"))
    klassen = pl.DataFrame(
        {
            "leeftijd": pl.Series(range(LEEFTIJD_MAX), dtype=pl.Int16),
            "klasse": pl.Series([max(g for g in grenzen if g <= jaar) for jaar in range(LEEFTIJD_MAX)], dtype=pl.Int16),
        }
    )
    pc4 = pl.col("postcode").str.slice(0, 4)
    return ligging.join(klassen, on="leeftijd", how="left").with_columns(
        pc4=pl.when(pc4.is_in(named("pc4"))).then(pc4),
        pc6=pl.when(pl.col("postcode").is_in(named("pc6"))).then("postcode"),
        eigen_nummer=pl.when(pl.col("postcode").is_in(named("nummers"))).then("huisnummer"),
        school=only_if_named(pl.col("school_id"), "school"),
        vestiging=only_if_named(pl.col("vestiging_id"), "vestiging"),
    )


def _winners(cursor: Any, profielen: pl.DataFrame) -> pl.DataFrame:
    cursor.execute(sql.PROFIELEN)
    _copy(cursor, profielen.select("profiel", *_PROFIEL), sql.LAAD_PROFIELEN)
    return _fetch(cursor, sql.WINNAARS, _WINNAARS)


def _conclude(ligging: pl.DataFrame, opgegaan: Mapping[str, str]) -> pl.DataFrame:
    """From the buurten of each row to one conclusion. A buurt without a team, or outside the region, is never passed over."""
    team = pl.when("binnen").then("wijkteam_id")
    ligging = ligging.with_columns(
        laatste=pl.col("buurtcode"),
        ergens_binnen=pl.col("binnen"),
        wijkteam_id=team,
        ander_id=pl.when("binnen").then("ander_id"),
        gat=team.is_null(),
    )
    kolommen = [
        "nr",
        "school_id",
        "vestiging_id",
        "buurtcode",
        "laatste",
        "binnen",
        "ergens_binnen",
        "wijkteam_id",
        "ander_id",
        "gat",
    ]
    samen = (
        ligging.filter(~pl.col("enige"))
        .group_by("nr", "school_id", "vestiging_id")
        .agg(
            pl.col("buurtcode").min(),
            pl.col("laatste").max(),
            pl.col("binnen").all(),
            pl.col("ergens_binnen").any(),
            pl.col("wijkteam_id").min(),
            pl.col("ander_id").max(),
            pl.col("gat").any(),
            pl.col("winnend").drop_nulls().str.join("|"),
        )
    )
    alle = pl.concat([ligging.filter("enige").select(*kolommen, "winnend"), samen])
    uitkomst = (
        pl.when(~pl.col("ergens_binnen"))
        .then(pl.lit(Uitkomst.BUITEN_REGIO.value))
        .when(pl.col("wijkteam_id").is_null() & pl.col("binnen"))
        .then(pl.lit(Uitkomst.GEEN_TEAM.value))
        .when(pl.col("gat") | (pl.col("wijkteam_id") != pl.col("ander_id")))
        .then(pl.lit(Uitkomst.MEERDERE.value))
        .otherwise(pl.lit(Uitkomst.TOEGEWEZEN.value))
    )
    return alle.with_columns(
        uitkomst=uitkomst,
        wijkteam_id=pl.when(uitkomst == Uitkomst.TOEGEWEZEN.value).then("wijkteam_id"),
        gemeentecode=_same("GM", 4, opgegaan),
        wijkcode=_same("WK", 6),
        buurtcode=_same("BU", 8),
    ).select(KOLOMMEN)


def _same(soort: str, lengte: int, nu: Mapping[str, str] | None = None) -> pl.Expr:
    """The code of the area that the first and the last buurt have in common; `nu` has the present code of what is no more."""
    code = pl.lit(soort) + pl.col("buurtcode").str.slice(2, lengte)
    laatste = pl.lit(soort) + pl.col("laatste").str.slice(2, lengte)
    if nu:
        code, laatste = code.replace(nu), laatste.replace(nu)
    return pl.when(code == laatste).then(code)
