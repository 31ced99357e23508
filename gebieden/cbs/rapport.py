"""The report of an import: a csv with line number, column, value and reason of every refused row, and of every finding."""

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from gebieden.cbs.keuring import Afkeuring

WAARDE_MAX = 200
KOP = ("regel", "kolom", "waarde", "reden")
#: How many rejects the command itself shows.
GETOOND = 20


class Rapport:
    """Writes as it goes: a table of nothing but mistakes fits in any memory. Without a writer it only keeps the first few."""

    def __init__(self, schrijf: Callable[[list[object]], object] | None) -> None:
        self._schrijf = schrijf
        self.eerste: list[str] = []

    def refuse(self, regel: int, afkeuring: Afkeuring) -> None:
        self.note(regel, afkeuring.kolom, afkeuring.waarde, afkeuring.reden)

    def note(self, regel: int | None, kolom: str, waarde: str, reden: str) -> None:
        leesbaar = _printable(waarde)
        if self._schrijf:
            self._schrijf([regel or "", kolom, leesbaar, reden])
        if len(self.eerste) < GETOOND:
            waar = f"regel {regel}: " if regel else ""
            self.eerste.append(f"{waar}{kolom} '{leesbaar[:60]}': {reden}")


@contextmanager
def write_report(pad: Path | None) -> Iterator[Rapport]:
    """A report at this path; taken away again when the input turns out to be unreadable. None: keep nothing."""
    if pad is None:
        yield Rapport(None)
        return
    pad.parent.mkdir(parents=True, exist_ok=True)
    try:
        with pad.open("x", encoding="utf-8", newline="") as bestand:
            schrijf = csv.writer(bestand).writerow
            schrijf(KOP)
            yield Rapport(schrijf)
    except BaseException:
        pad.unlink(missing_ok=True)
        raise


def _printable(waarde: str) -> str:
    kort = waarde if len(waarde) <= WAARDE_MAX else waarde[:WAARDE_MAX] + "…"
    return kort if kort.isprintable() else "".join(teken if teken.isprintable() else f"\\x{ord(teken):02x}" for teken in kort)
