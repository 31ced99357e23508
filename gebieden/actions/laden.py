"""Put a table that was read into the database, by COPY."""

from collections.abc import Callable, Iterator, Mapping
from io import BytesIO

import polars as pl
from django.db import connection

from gebieden.cbs.keuring import BUURT
from gebieden.models import Editie

PORTIE = 20_000
Geladen = Callable[[int], None]


class _CopyStroom:
    """What psycopg2 reads from: portions of text, made when they are asked for."""

    def __init__(self, porties: Iterator[bytes]) -> None:
        self._porties = porties
        self._huidig = BytesIO()

    def read(self, size: int = -1, /) -> bytes:
        stuk = self._huidig.read(size)
        while not stuk:
            volgende = next(self._porties, None)
            if volgende is None:
                return b""
            self._huidig = BytesIO(volgende)
            stuk = self._huidig.read(size)
        return stuk


def copy_register(editie: Editie, regels: pl.DataFrame, geladen: Geladen = lambda _: None) -> None:
    """COPY the register of one editie: postcode, buurt (without prefix) and a list of house numbers.

    `geladen` hears how many rows went in since the last time.
    """

    def porties() -> Iterator[bytes]:
        for deel in regels.iter_slices(PORTIE):
            tekst = deel.select(
                "postcode",
                editie=pl.lit(str(editie.pk)),
                buurt_code=pl.lit(BUURT.prefix) + pl.col("buurt"),
                huisnummers=pl.lit("{") + pl.col("huisnummers").cast(pl.List(pl.String)).list.join(",") + pl.lit("}"),
            )
            yield tekst.write_csv(include_header=False, separator="\t", quote_style="never").encode()
            geladen(deel.height)

    _copy("COPY gebieden_registerregel (postcode, editie_id, buurt_code, huisnummers) FROM STDIN", porties())
    with connection.cursor() as cursor:
        # A new editie is a value the planner has never seen. Only the owner may tell it; for others this is a mere warning.
        cursor.execute("ANALYZE gebieden_registerregel (editie_id, postcode)")


def copy_names(editie: Editie, *, wijken: Mapping[str, str], buurten: Mapping[str, str]) -> None:
    """COPY the wijken and buurten of one editie: names by code with prefix."""
    for tabel, namen in (("gebieden_wijk", wijken), ("gebieden_buurt", buurten)):
        frame = pl.DataFrame({"editie": str(editie.pk), "code": list(namen), "naam": list(namen.values())})
        tekst = frame.write_csv(include_header=False, quote_style="always").encode()
        _copy(f"COPY {tabel} (editie_id, code, naam) FROM STDIN WITH (FORMAT csv)", iter([tekst]))


def _copy(sql: str, porties: Iterator[bytes]) -> None:
    with connection.cursor() as cursor, connection.wrap_database_errors:
        cursor.copy_expert(sql, _CopyStroom(porties), size=1 << 16)
