"""Read what was typed in bulk: most rows column by column, and each odd value once, as a single question is read."""

from datetime import date

import polars as pl

from gebieden.adres import Adres, Fout, parse_adres
from scholen.queries import find_schools
from wijkteams.routering.invoer import combine, read_age, read_brin, read_sector

#: What most rows look like; anything else is read by `parse_adres`. The answers are the same (a property test holds them so).
GEWONE_POSTCODE = r"^ {0,5}[1-9][0-9]{3} ?[A-Za-z]{2} {0,5}$"
GEWOON_NUMMER = r"^ {0,5}([1-9][0-9]{0,4})[ -]?[A-Za-z]? {0,5}$"
GEWONE_TOEVOEGING = r"^[A-Za-z0-9]{0,6}$"
#: Letters that no postcode has.
GEEN_POSTCODE = ("SA", "SD", "SS")


def read_rows(frame: pl.DataFrame, *, op: date, vandaag: date) -> pl.DataFrame:
    """The rows that can be answered, exact: nr, postcode, huisnummer, sectoren, school_id, vestiging_id, leeftijd."""
    kenmerken = _read_pupils(frame.select("sector", "school").unique())
    leeftijden = _read_ages(frame["geboortedatum"].unique(), op=op, vandaag=vandaag)
    return (
        read_addresses(frame.filter(~pl.col("te_lang")))
        .join(kenmerken, on=["sector", "school"], how="inner")
        .join(leeftijden, on="geboortedatum", how="inner")
        .select(
            "nr",
            pl.col("pc").alias("postcode"),
            pl.col("nummer").alias("huisnummer"),
            "sectoren",
            "school_id",
            "vestiging_id",
            "leeftijd",
        )
    )


def read_addresses(frame: pl.DataFrame) -> pl.DataFrame:
    """With `pc` and `nummer`; rows without a Dutch address are left out."""
    gewoon = frame.with_columns(
        pc=pl.col("postcode").str.replace_all(" ", "", literal=True).str.to_uppercase(),
        nummer=pl.col("huisnummer").str.extract(GEWOON_NUMMER).cast(pl.Int32, strict=False),
    ).with_columns(
        gewoon=pl.col("postcode").str.contains(GEWONE_POSTCODE)
        & ~pl.col("pc").str.slice(4).is_in(GEEN_POSTCODE)
        & pl.col("nummer").is_not_null()
        & pl.col("toevoeging").str.contains(GEWONE_TOEVOEGING)
    )
    apart = gewoon.filter(~pl.col("gewoon")).drop("pc", "nummer")
    velden = ["postcode", "huisnummer", "toevoeging"]
    gelezen = [
        (*rij, adres.postcode, adres.huisnummer)
        for rij in apart.select(velden).unique().iter_rows()
        if isinstance(adres := parse_adres(rij[0], rij[1], "", rij[2]), Adres)
    ]
    schema = dict.fromkeys([*velden, "pc"], pl.String) | {"nummer": pl.Int32}
    uitkomst = apart.join(pl.DataFrame(gelezen, schema=schema, orient="row"), on=velden, how="inner")
    return pl.concat([gewoon.filter("gewoon"), uitkomst], how="diagonal")


def _read_pupils(paren: pl.DataFrame) -> pl.DataFrame:
    """What each pair of sector and school says; pairs with a mistake are left out."""
    brins = {school: read_brin(school) for school in paren["school"].unique()}
    plekken = find_schools(brin for brin in brins.values() if isinstance(brin, str))
    rijen = []
    for sector_getypt, school_getypt in paren.iter_rows():
        sector, brin = read_sector(sector_getypt), brins[school_getypt]
        if isinstance(sector, Fout) or isinstance(brin, Fout) or (brin and brin not in plekken):
            continue
        kenmerken = combine(sector, plekken[brin] if brin else None, None)
        rijen.append((sector_getypt, school_getypt, "|".join(kenmerken.sectoren), kenmerken.school_id, kenmerken.vestiging_id))
    schema = {"sector": pl.String, "school": pl.String, "sectoren": pl.String, "school_id": pl.Int64, "vestiging_id": pl.Int64}
    return pl.DataFrame(rijen, schema=schema, orient="row")


def _read_ages(getypt: pl.Series, *, op: date, vandaag: date) -> pl.DataFrame:
    """The age of each birth date; dates with a mistake are left out."""
    leeftijden = ((tekst, read_age(tekst, op=op, today=vandaag)) for tekst in getypt)
    rijen = [(tekst, leeftijd) for tekst, leeftijd in leeftijden if not isinstance(leeftijd, Fout)]
    return pl.DataFrame(rijen, schema={"geboortedatum": pl.String, "leeftijd": pl.Int16}, orient="row")
