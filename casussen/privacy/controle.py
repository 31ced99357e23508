"""The check as a whole: everything that is found, in order, without overlap."""

from collections.abc import Collection, Iterable, Iterator

from casussen.privacy import namen, patronen
from casussen.privacy.bevindingen import Bevinding


def check(text: str, *, bekend: Collection[str] = ()) -> list[Bevinding]:
    """What in this text may point to somebody. `bekend`: words that are no person's here (the school, the team, places)."""
    found = [*patronen.find(text), *namen.find(text, bekend=frozenset(word.casefold() for word in bekend))]
    return sorted(_without_overlap(found), key=lambda bevinding: bevinding.start)


def _without_overlap(found: Iterable[Bevinding]) -> Iterator[Bevinding]:
    """Of two that share a stretch the first in order of seriousness stays."""
    taken: list[Bevinding] = []
    for bevinding in found:
        if all(bevinding.end <= other.start or bevinding.start >= other.end for other in taken):
            taken.append(bevinding)
            yield bevinding


def segments(text: str, bevindingen: Iterable[Bevinding]) -> list[tuple[str, Bevinding | None]]:
    """The text cut at its findings: (stretch, finding or None), in order; together the text."""
    parts: list[tuple[str, Bevinding | None]] = []
    here = 0
    for bevinding in sorted(bevindingen, key=lambda b: b.start):
        if bevinding.start > here:
            parts.append((text[here : bevinding.start], None))
        parts.append((text[bevinding.start : bevinding.end], bevinding))
        here = bevinding.end
    if here < len(text):
        parts.append((text[here:], None))
    return parts
