"""The rows that were left out, with what is wrong: to be repaired and uploaded again. Pure."""

from collections import defaultdict
from collections.abc import Sequence

from scholen.klassenlijst.kolommen import VELDEN
from scholen.klassenlijst.pakket import Inhoud
from scholen.klassenlijst.rijen import RijFout
from scholen.klassenlijst.waarden import Onleesbaar, read_secret

GEHEIM = "(geheim)"
#: What a secret address is made of.
_ADRES = frozenset({"postcode", "huisnummer", "huisletter", "toevoeging", "adres"})
#: What a spreadsheet takes for the beginning of a formula.
_FORMULE = ("=", "+", "-", "@", "\t", "\r")


def mask_secret(velden: Sequence[str], cellen: Sequence[str]) -> list[str]:
    """The cells as they may be shown: without the address when it is secret, or when we cannot read whether it is."""
    if "geheim" not in velden:
        return list(cellen)
    try:
        geheim = read_secret(cellen[velden.index("geheim")])
    except Onleesbaar:
        geheim = True
    if not geheim:
        return list(cellen)
    return [GEHEIM if veld in _ADRES and cel else cel for veld, cel in zip(velden, cellen, strict=False)]


def rejects(inhoud: Inhoud, velden: Sequence[str], fouten: Sequence[RijFout]) -> Inhoud:
    """The rows with a mistake as they were, and in two more columns the row and every reason."""
    redenen: dict[int, list[str]] = defaultdict(list)
    for fout in fouten:
        redenen[fout.rij].append(f"{VELDEN.get(fout.veld, fout.veld)}: {fout.reden}")
    return Inhoud(
        [*inhoud.koppen, "Rij", "Wat er mis is"],
        [
            (nummer, [*mask_secret(velden, cellen), str(nummer), " ".join(redenen[nummer])])
            for nummer, cellen in inhoud.rijen
            if nummer in redenen
        ],
    )


def harmless(cel: str) -> str:
    """A cell that no spreadsheet runs as a formula."""
    return f"'{cel}" if cel.startswith(_FORMULE) else cel
