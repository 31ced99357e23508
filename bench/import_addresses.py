"""Import of the national address table against a plain COPY of the same file into a bare table: at most 1.5 times as long.

Runs on a database of its own, made and dropped here. `python -m bench.import_addresses [ROWS]` (8,000,000: the country).
The import checks every row against the name files, groups, loads, indexes and validates; its peak memory stays under 1.5 GB.
"""

import itertools
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import polars as pl
from django.conf import settings
from django.db import connection

from bench.common import Row, median_ratio, p95, print_rows, scaled
from gebieden.actions.importeren import import_editie
from gebieden.management.voorrang import give_way
from gebieden.models import RegisterRegel
from kern.kijker import systeem
from kern.klok import now, today
from wijkteams.routering import route_address

ROWS, ROUNDS = scaled(8_000_000), 3
#: People who look up addresses meanwhile: so long before the import, and the pause between two look-ups.
RUST, PAUZE = 15.0, 0.02
LEZERS_MAX = 2.0
PER_POSTCODE = 17
PEAK_MAX_MB = 1_500
LETTERS = "ABCDEFGHJKLMNPRSTVWXZ"


def write_release(folder: Path, rows: int) -> Path:
    """A release of invented postcodes, in order like the real one: 17 numbers a postcode, one in a hundred in two buurten."""
    postcodes = -(-rows // PER_POSTCODE)
    frame = pl.select(n=pl.int_range(rows)).select(
        pc=pl.col("n") // PER_POSTCODE,
        nummer=1 + (pl.col("n") // PER_POSTCODE * 37 % 400) + 2 * (pl.col("n") % PER_POSTCODE),
        grens=(pl.col("n") // PER_POSTCODE % 100 == 0) & (pl.col("n") % PER_POSTCODE > 9),
    )
    per_pc4 = max(1, -(-postcodes // 8_900))
    assert per_pc4 <= len(LETTERS) ** 2, "too many rows for one country"
    volgnummer = pl.col("pc") % per_pc4
    letters = {i: LETTERS[i // len(LETTERS)] + LETTERS[i % len(LETTERS)] for i in range(per_pc4)}
    gemeente = (pl.col("pc") // per_pc4 // 26 + 1).cast(pl.String).str.pad_start(4, "0")
    wijk = gemeente + (pl.col("pc") // per_pc4 % 26).cast(pl.String).str.pad_start(2, "0")
    buurt = wijk + (volgnummer % 4 + pl.col("grens").cast(pl.Int64)).cast(pl.String).str.pad_start(2, "0")
    tabel = frame.select(
        (pl.col("pc") // per_pc4 + 1_000).cast(pl.String) + volgnummer.replace_strict(letters, return_dtype=pl.String),
        "nummer",
        buurt=buurt,
        wijk=wijk,
        gemeente=gemeente,
    )
    tabel.columns = ["PC6", "Huisnummer", "Buurt2025", "Wijk2025", "Gemeente2025"]
    tabel.write_csv(folder / "pc6hnr20250801_gwb.csv", separator=";", line_terminator="\r\n")
    for soort, kolom, naam in (("GM", "Gemeente2025", "gem"), ("WK", "Wijk2025", "wijk"), ("BU", "Buurt2025", "buurt")):
        codes = tabel.select(pl.lit(soort) + pl.col(kolom).unique().sort()).to_series()
        namen = pl.DataFrame({f"{soort}_CODE": codes, f"{soort}_NAAM": "Naam van " + codes})
        namen.write_csv(folder / f"{naam}_2025.csv", separator=";")
    return folder


def child(folder: str, *, activeer: bool) -> None:
    """One import in a process of its own, as the command does it, which tells its time and its peak memory."""
    give_way()
    begin = time.perf_counter()
    uitkomst = import_editie(pad=Path(folder), activeer=activeer, by=systeem(today()), op=now())
    seconds = time.perf_counter() - begin
    print(
        json.dumps(
            {"seconds": seconds, "peak": peak_memory(), "adressen": uitkomst.adressen, "bevindingen": len(uitkomst.bevindingen)}
        )
    )


def peak_memory() -> float:
    """Megabytes this process held at most. Not ru_maxrss, which remembers the size of the process that started this one."""
    high = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM:"))
    return int(high.split()[1]) / 1_000


def reader(output: str) -> None:
    """Look up one address after the other, and write down when and how long it took, until somebody stops us."""
    postcodes = list(RegisterRegel.objects.filter(editie__actief=True).values_list("postcode", flat=True)[:20_000:7])
    with Path(output).open("w", encoding="utf-8", buffering=1) as lines:
        for nr in itertools.count():
            begin = time.time()
            route_address(postcode=postcodes[nr * 31 % len(postcodes)], huisnummer=1 + nr % 40, sector="vo")
            lines.write(f"{begin} {time.time() - begin}\n")
            time.sleep(PAUZE)


@contextmanager
def readers(folder: Path) -> Iterator[Callable[[float, float], list[float]]]:
    """Somebody looks up addresses all the while. Answers what gives the times of the look-ups between two moments."""
    output = folder / "lezer"
    process = subprocess.Popen([sys.executable, "-m", "bench.import_addresses", "--reader", str(output)], env=environment(folder))

    def between(begin: float, end: float) -> list[float]:
        rows = (line.split() for line in output.read_text().splitlines() if line.count(" ") == 1)
        return [float(took) for at, took in rows if begin <= float(at) < end]

    try:
        while not output.exists() or output.stat().st_size < 2_000:  # the first look-ups fill caches
            if process.poll() is not None:
                raise SystemExit("the reader of addresses stopped")
            time.sleep(0.2)
        yield between
    finally:
        process.terminate()
        process.wait(20)


def environment(folder: Path) -> dict[str, str]:
    """For a process of its own on the database of this bench."""
    database = connection.settings_dict
    host, port = str(database["HOST"]), database["PORT"]
    password = f":{database['PASSWORD']}" if database["PASSWORD"] else ""
    where, options = ("", f"?host={host}") if host.startswith("/") else (f"{host}:{port}", "")
    return {
        **os.environ,
        "PROCES_ROL": "eigenaar",
        "VAR_DIR": str(folder / "var"),
        "DATABASE_URL": f"postgres://{database['USER']}{password}@{where}/{database['NAME']}{options}",
        "REDIS_URL": str(settings.REDIS_URL),
    }


def run_import(folder: Path, *, activeer: bool = False) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.import_addresses", "--child", str(folder), *(["--activeer"] if activeer else [])]
    done = subprocess.run(command, env=environment(folder), check=True, capture_output=True, text=True)
    uit: dict[str, Any] = json.loads(done.stdout)
    return uit


def plain_copy(table: Path) -> float:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS kaal")
        cursor.execute("CREATE TABLE kaal (pc6 text, huisnummer text, buurt text, wijk text, gemeente text)")
        begin = time.perf_counter()
        with table.open("rb") as lines:
            cursor.copy_expert("COPY kaal FROM STDIN WITH (FORMAT csv, HEADER true, DELIMITER ';')", lines, size=1 << 16)
        taken = time.perf_counter() - begin
        cursor.execute("DROP TABLE kaal")
    return taken


def measure(rows: int) -> list[Row]:
    with tempfile.TemporaryDirectory() as name:
        folder = write_release(Path(name), rows)
        mine, theirs, peak = [], [], 0.0
        for _ in range(ROUNDS):
            uitkomst = run_import(folder)
            assert uitkomst["bevindingen"] == 0, "the import found something wrong with the bench's own table"
            mine.append(uitkomst["seconds"])
            peak = max(peak, uitkomst["peak"])
            theirs.append(plain_copy(folder / "pc6hnr20250801_gwb.csv"))
        before, during = while_reading(folder)
    what = f"import of {rows:,} addresses".replace(",", ".")
    return [
        Row(
            name=what,
            ours=f"{statistics.median(mine):.1f} s",
            yardstick=f"{statistics.median(theirs):.1f} s, plain COPY, no index",
            ratio=median_ratio(mine, theirs),
            target="≤ 1.5",
        ),
        Row(
            f"one route during the {what}: p95",
            f"{1000 * during:.1f} ms",
            f"{1000 * before:.1f} ms before it",
            during / before,
            f"≤ {LEZERS_MAX}",
        ),
        Row(f"{what}: peak memory", f"{peak:,.0f} MB", f"{PEAK_MAX_MB:,} MB agreed", peak / PEAK_MAX_MB, "≤ 1"),
    ]


def while_reading(folder: Path) -> tuple[float, float]:
    """p95 of a look-up before an import and during it, by somebody who looks up all the time. The new editie stays inactive."""
    uitkomst = run_import(folder, activeer=True)
    assert uitkomst["bevindingen"] == 0
    with readers(folder) as between:
        time.sleep(RUST)
        begin = time.time()
        run_import(folder)
        return p95(between(begin - RUST, begin)), p95(between(begin, time.time()))


def main(rows: int = ROWS) -> list[Row]:
    """The rows of the table. Works as the owner of the server, whatever role this process has: it makes a database."""
    connection.close()
    connection.settings_dict["OPTIONS"].pop("options", None)
    original = str(connection.settings_dict["NAME"])
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        return measure(rows)
    finally:
        connection.creation.destroy_test_db(original, verbosity=0)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        child(sys.argv[2], activeer="--activeer" in sys.argv)
    elif sys.argv[1:2] == ["--reader"]:
        reader(sys.argv[2])
    else:
        print_rows(main(*map(int, sys.argv[1:2])))
