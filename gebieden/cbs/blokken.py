"""Cut a stream of bytes into blocks of whole lines, counting lines as an editor does: \\n, \\r\\n and \\r each end one.

A quoted line end does not exist in this table: every line is a row, so that an unclosed quote spoils its own line and no other.
"""

import codecs
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from gebieden.cbs.fouten import OnleesbaarError

BLOK = 8 << 20
LANGSTE_REGEL = 1 << 20
_NIET_LEESBAAR = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


class Stroom(Protocol):
    """Anything that bytes can be read from, until there are none."""

    def read(self, size: int = -1, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Blok:
    """Whole lines, each ended by \\n; `regel` is the number of the first (the first line of the file is 1)."""

    regel: int
    tekst: bytes

    def split(self, grootte: int) -> Iterator["Blok"]:
        """The same lines in smaller blocks of about `grootte` bytes."""
        begin, regel = 0, self.regel
        while begin < len(self.tekst):
            einde = self.tekst.find(b"\n", min(begin + grootte, len(self.tekst) - 1)) + 1
            tekst = self.tekst[begin:einde]
            yield Blok(regel, tekst)
            begin, regel = einde, regel + tekst.count(b"\n")

    def after(self, regel: int) -> "Blok":
        """What follows below line `regel`."""
        begin = 0
        for _ in range(regel - self.regel + 1):
            begin = self.tekst.find(b"\n", begin) + 1
        return Blok(regel + 1, self.tekst[begin:])

    def lines(self) -> Iterator[tuple[int, bytes]]:
        yield from enumerate(self.tekst.split(b"\n")[:-1], start=self.regel)


def check_encoding(begin: bytes, naam: str) -> bytes:
    """The first bytes without a UTF-8 byte order mark; raises for what is not text of one byte per letter."""
    for bom, wat in _NIET_LEESBAAR:
        if begin.startswith(bom):
            raise OnleesbaarError(f"{naam} is {wat}. Sla het op als UTF-8 en probeer het opnieuw.")
    # A stray zero byte spoils its own line; one in ten means that this is no text of one byte per letter.
    if begin[:4096].count(b"\x00") * 10 > len(begin[:4096]):
        raise OnleesbaarError(f"{naam} is geen tekst in UTF-8, cp1252 of latin-1 (misschien UTF-16, of geen csv).")
    return begin.removeprefix(codecs.BOM_UTF8)


def decode(tekst: bytes) -> str:
    """UTF-8, or else cp1252, or else latin-1, which takes anything."""
    for codering in ("utf-8", "cp1252"):
        try:
            return tekst.decode(codering)
        except UnicodeDecodeError:
            continue
    return tekst.decode("latin-1")


def read_blocks(
    stroom: Stroom, naam: str, gelezen: Callable[[int], None] = lambda _: None, grootte: int = BLOK
) -> Iterator[Blok]:
    """The whole stream in blocks of about `grootte` bytes. `gelezen` hears how many bytes were read since the last time."""
    rest, regel, begin = b"", 1, True
    while True:
        stuk = stroom.read(grootte)
        gelezen(len(stuk))
        einde = not stuk
        data = rest + stuk
        if begin:
            data = check_encoding(data, naam)
            begin = False
        # A \r at the very end may be half of a \r\n: keep it for the next round.
        vast = b"\r" if data.endswith(b"\r") and not einde else b""
        data = data.removesuffix(vast)
        if b"\r" in data:
            data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        if einde:
            data = data.rstrip(b"\n") + b"\n" if data.strip(b"\n") else b""
        knip = data.rfind(b"\n") + 1
        rest = data[knip:] + vast
        if len(rest) > LANGSTE_REGEL:
            lang = regel + data.count(b"\n", 0, knip)
            raise OnleesbaarError(f"{naam} is onleesbaar: regel {lang} is langer dan een miljoen tekens.")
        if knip:
            yield Blok(regel, data[:knip])
            regel += data.count(b"\n", 0, knip)
        if einde:
            return
