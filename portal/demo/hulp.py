"""Invented figures of the demo region, taken in as files: youth help of every school over four years, of every wijk over two."""

import csv
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from io import StringIO
from random import Random

from kern.kijker import systeem
from portal.dashboard.indeling import Periode, school_year
from portal.demo.gebied import dice, gebieden, rows_of
from scholen.actions.aanleveren import Uitkomst, import_context, import_jeugdhulp
from scholen.models import Hulpvorm

JAREN = 4
#: Pupils per point of weight of a school, and of every hundred of them how often a kind of help is used, per sector.
PER_GEWICHT = {"vo": 130, "vso": 34, "so": 34, "pro": 48, "mbo": 210, "po": 120}
DEEL: dict[Hulpvorm, dict[str, float]] = {
    Hulpvorm.AMBULANT: {"vo": 5.5, "vso": 16, "so": 15, "pro": 11, "mbo": 3.2, "po": 6},
    Hulpvorm.DAGBEHANDELING: {"vo": 0.5, "vso": 6, "so": 8, "pro": 1.5, "mbo": 0.1, "po": 1.2},
    Hulpvorm.VERBLIJF: {"vo": 0.7, "vso": 5, "so": 3, "pro": 2.5, "mbo": 0.6, "po": 0.4},
    Hulpvorm.CRISIS: {"vo": 0.4, "vso": 1.5, "so": 1, "pro": 0.9, "mbo": 0.3, "po": 0.2},
    Hulpvorm.ONDERWIJSZORG: {"vo": 0.8, "vso": 14, "so": 16, "pro": 3, "mbo": 0.4, "po": 1},
    Hulpvorm.PREVENTIEF: {"vo": 4.5, "vso": 6, "so": 5, "pro": 8, "mbo": 3.5, "po": 5},
    Hulpvorm.OVERIG: {"vo": 0.3, "vso": 1, "so": 1, "pro": 0.6, "mbo": 0.2, "po": 0.3},
}
#: How much more there was each year than the year before.
GROEI = 1.06
EIGEN_GEMEENTE, ELDERS = 0.66, 0.04
BRON = "verzonnen cijfers van de demo-regio"


def write_figures(*, seed: int, op: date, moment: datetime) -> None:
    """As if the regiocoördinator delivered one file per school year, and one per year of wijken."""
    last = school_year(op).jaar - 1
    by = systeem(op, "Demo-regio")
    for jaar in range(last - JAREN + 1, last + 1):
        when = min(moment, _autumn(jaar + 1, moment))
        naam = f"jeugdhulp-{Periode(jaar).sleutel}.csv"
        _accept(import_jeugdhulp(data=_file(_school_rows(jaar, last, seed)), bestandsnaam=naam, by=by, op=when))
    for jaar in (last, last + 1):
        data = _file(_wijk_rows(jaar, last + 1, seed))
        _accept(import_context(data=data, bestandsnaam=f"wijken-{jaar}.csv", by=by, op=min(moment, _autumn(jaar, moment))))


def _accept(uitkomst: Uitkomst) -> None:
    if uitkomst.fouten:
        raise ValueError(f"De cijfers van de demo kloppen niet: {uitkomst.fouten[0]}")


def _autumn(jaar: int, moment: datetime) -> datetime:
    return moment.replace(year=jaar, month=10, day=15) - timedelta(hours=3)


def _file(rows: Iterable[dict[str, object]]) -> bytes:
    lines = list(rows)
    out = StringIO()
    writer = csv.DictWriter(out, fieldnames=list(lines[0]), delimiter=";")
    writer.writeheader()
    writer.writerows(lines)
    return out.getvalue().encode()


# --- Schools ----------------------------------------------------------------------------------------------------
def _school_rows(jaar: int, last: int, seed: int) -> Iterable[dict[str, object]]:
    homes = [row["code"] for row in gebieden().gemeenten if row["in_regio"] == "ja"]
    for row in rows_of("scholen"):
        places, sectors = row["vestigingen"].split("|"), row["sectoren"].split()
        for n in range(len(places)):
            sector = sectors[n] if len(sectors) == len(places) > 1 else sectors[0]
            rng = dice(seed, "jeugdhulp", row["brin"], n, jaar)
            pupils = round(int(row["gewicht"]) * PER_GEWICHT[sector] / len(places) * rng.uniform(0.96, 1.04))
            for vorm, share in DEEL.items():
                rate = share[sector] / 100 * _of_school(seed, row["brin"], vorm) / GROEI ** (last - jaar)
                for gemeente, aantal in _divide(rng, _around(rng, pupils * rate), row["gemeente"], homes).items():
                    yield {
                        "schooljaar": Periode(jaar).sleutel,
                        "vestiging": f"{row['brin']}{n:02d}",
                        "gemeente": gemeente,
                        "hulpvorm": vorm.value,
                        "aantal": aantal,
                        "leerlingen": pupils,
                        "bron": BRON,
                    }


def _of_school(seed: int, brin: str, vorm: Hulpvorm) -> float:
    """A school differs from its sector in the same way every year."""
    return dice(seed, "jeugdhulp", brin, vorm.value).uniform(0.65, 1.4)


def _around(rng: Random, mean: float) -> int:
    return max(0, round(rng.gauss(mean, mean**0.5 / 2)))


def _divide(rng: Random, aantal: int, own: str, homes: list[str]) -> dict[str, int]:
    """Where they live: most near the school, some anywhere in the region, a few elsewhere."""
    found = {own: 0}
    for _ in range(aantal):
        chance = rng.random()
        home = own if chance < EIGEN_GEMEENTE else "" if chance > 1 - ELDERS else rng.choice(homes)
        found[home] = found.get(home, 0) + 1
    return found


# --- Wijken -----------------------------------------------------------------------------------------------------
def _wijk_rows(jaar: int, last: int, seed: int) -> Iterable[dict[str, object]]:
    areas = gebieden()
    for code, naam in areas.wijken.items():
        if f"GM{code[2:6]}" not in areas.in_regio:
            continue
        rng = dice(seed, "wijk", code)
        growth = rng.uniform(-9, 11)
        young = rng.randrange(120, 3200) * (1 + growth / 100 / 10) ** (jaar - last)
        rate = rng.uniform(0.05, 0.14)
        yield {
            "wijkcode": code,
            "naam": naam,
            "jaar": jaar,
            "inwoners_0_17": round(young),
            "inwoners_18_22": round(young * rng.uniform(0.2, 0.34)),
            "jeugdhulp": round(young * rate),
            "ondersteuning": round(young * rate * rng.uniform(0.4, 0.9)),
            "groei": f"{growth:.1f}".replace(".", ","),
            "bron": BRON,
        }
