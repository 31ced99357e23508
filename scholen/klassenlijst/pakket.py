"""A table as it is kept until it was worked through: compressed, in the database, where every process can reach it."""

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

NIVEAU = 6


@dataclass(frozen=True, slots=True)
class Inhoud:
    koppen: list[str]
    rijen: list[tuple[int, list[str]]]


def pack(koppen: Sequence[str], rijen: Sequence[tuple[int, Sequence[str]]]) -> bytes:
    return zlib.compress(json.dumps([list(koppen), [[n, list(c)] for n, c in rijen]], ensure_ascii=False).encode(), NIVEAU)


def unpack(data: bytes | memoryview | None) -> Inhoud:
    if data is None:
        return Inhoud([], [])
    koppen, rijen = json.loads(zlib.decompress(bytes(data)))
    return Inhoud(koppen, [(nummer, cellen) for nummer, cellen in rijen])
