"""The invented address register: PC6 letters and house numbers over the real PC4 and wijken. Pure; the same for the same seed."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from portal.demo.gebied import Gebieden, Pc4, dice, gebieden, rows_of

#: Letters in use; the post leaves some out. All 26 only when so many addresses are asked for that these run out.
LETTERS = "ABCDEGHJKLMNPRSTVWXZ"
ALLE_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
NOOIT = frozenset({"SA", "SD", "SS"})
#: Never given out in the demo, so that there is always an address nobody knows.
ONBEKEND = "ZZ"
NUMMERS_PER_PC6 = 17.4
#: Shares of PC6 that cross a wijk (or gemeente) border, and a buurt border within a wijk.
OVER_WIJK, OVER_BUURT = 0.011, 0.015


@dataclass(frozen=True, slots=True)
class Regel:
    """All house numbers of one postcode in one buurt."""

    postcode: str
    buurt: str
    nummers: tuple[int, ...]


def build_register(adressen: int, seed: int, areas: Gebieden | None = None) -> Iterator[Regel]:
    """About `adressen` addresses: the fixed ones of facts/postcodes.csv, and the rest by chance. In order of postcode per PC4."""
    areas = areas or gebieden()
    fixed: dict[str, list[Regel]] = {}
    for regel in fixed_postcodes():
        fixed.setdefault(regel.postcode[:4], []).append(regel)
    total = sum(pc4.gewicht for pc4 in areas.pc4s)
    carry = 0.0
    for pc4 in areas.pc4s:
        carry += adressen * pc4.gewicht / total
        here = fixed.get(pc4.pc4, [])
        whole = int(carry + 1e-6)  # what is a whole number but for rounding, is one
        rest = whole - sum(len(regel.nummers) for regel in here)
        carry -= whole
        yield from here
        if rest > 0:
            yield from _pc4(pc4, rest, {regel.postcode for regel in here}, areas, dice(seed, "register", pc4.pc4))


def fixed_postcodes() -> Iterator[Regel]:
    """Postcodes that rules and examples of the demo name: 'BU03921901:2-40:even'."""
    for row in rows_of("postcodes"):
        for part in row["delen"].split():
            buurt, numbers, side = part.split(":")
            first, last = (int(number) for number in numbers.split("-"))
            yield Regel(row["postcode"], buurt, tuple(range(first, last + 1, 1 if side == "beide" else 2)))


def _pc4(pc4: Pc4, adressen: int, taken: set[str], areas: Gebieden, rng: Random) -> Iterator[Regel]:
    codes = _postcodes(pc4.pc4, max(1, round(adressen / NUMMERS_PER_PC6)), taken, rng)
    places = _places(pc4, len(codes), areas)
    for n, (postcode, count) in enumerate(zip(codes, _spread(adressen, len(codes), rng), strict=True)):
        numbers = _numbers(count, rng)
        wijk, buurt = places[n]
        other = _other_side(pc4, wijk, buurt, areas, rng) if len(numbers) > 1 else None
        if other is None:
            yield Regel(postcode, buurt, numbers)
            continue
        half = _halves(numbers)
        yield Regel(postcode, buurt, half[0])
        yield Regel(postcode, other, half[1])


def _postcodes(pc4: str, aantal: int, taken: set[str], rng: Random) -> list[str]:
    for letters in (LETTERS, ALLE_LETTERS):
        pairs = [a + b for a in letters for b in letters if a + b not in NOOIT and a + b != ONBEKEND and pc4 + a + b not in taken]
        if aantal <= len(pairs):
            break
    chosen = sorted(rng.sample(pairs, min(aantal, len(pairs))))
    return [pc4 + pair for pair in chosen]


def _places(pc4: Pc4, aantal: int, areas: Gebieden) -> list[tuple[str, str]]:
    """Wijk and buurt of each PC6: neighbours lie together."""
    places: list[tuple[str, str]] = []
    begin = 0.0
    whole = sum(share for _, share in pc4.wijken)
    for wijk, share in pc4.wijken:
        end = begin + aantal * share / whole
        buurten = areas.buurten[wijk]
        count = round(end) - round(begin)
        places += [(wijk, buurten[n * len(buurten) // count][0]) for n in range(count)]
        begin = end
    return places


def _spread(total: int, parts: int, rng: Random) -> list[int]:
    """`total` over so many parts, at least one each: streets differ in length."""
    weights = [rng.uniform(0.3, 1.7) for _ in range(parts)]
    scale = (total - parts) / sum(weights) if total > parts else 0.0
    counts, carry = [], 0.0
    for weight in weights:
        carry += weight * scale
        counts.append(1 + int(carry))
        carry -= int(carry)
    counts[-1] += max(0, total - sum(counts))
    return counts


def _numbers(aantal: int, rng: Random) -> tuple[int, ...]:
    """House numbers along a street: one side, the other side, or both."""
    step = 1 if rng.random() < 0.25 else 2
    start = 1 if rng.random() < 0.3 else rng.randrange(1, 240)
    return tuple(range(start, start + aantal * step, step))


def _other_side(pc4: Pc4, wijk: str, buurt: str, areas: Gebieden, rng: Random) -> str | None:
    """The buurt in which the second half of a PC6 lies, for the few that cross a border."""
    chance = rng.random()
    if chance < OVER_WIJK:
        wijken = [code for code, _ in pc4.wijken if code != wijk] + list(pc4.grenst_aan)
        if wijken:
            return rng.choice(areas.buurten[rng.choice(wijken)])[0]
    elif chance < OVER_WIJK + OVER_BUURT:
        buurten = [code for code, _ in areas.buurten[wijk] if code != buurt]
        return rng.choice(buurten) if buurten else None
    return None


def _halves(numbers: tuple[int, ...]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Even against odd where both sides are there, else the first half against the second."""
    odd = tuple(n for n in numbers if n % 2)
    even = tuple(n for n in numbers if n % 2 == 0)
    if odd and even:
        return odd, even
    middle = len(numbers) // 2
    return numbers[:middle], numbers[middle:]
