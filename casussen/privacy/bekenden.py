"""Does a text name somebody who is known here? Unlike `namen`, which guesses, this compares with the names themselves. Pure."""

import re
import unicodedata
from collections.abc import Iterable

from casussen.privacy.woorden import AANSPREKINGEN, AFKORTINGEN, BEGINNERS, OOK_WOORD, TUSSENVOEGSELS

#: Shorter words are in too many texts to say anything.
KORTSTE = 3
#: What stands in for a name, or beside one: 'Moeder', 'Mevrouw Karadag', 'Ouder(s)'.
_GEEN_DEEL = (
    AANSPREKINGEN
    | AFKORTINGEN
    | {"jongere", "netwerk", "ouder", "ouders", "overgrootouders", "grootouders", "samen", "verzorger", "verzorgers", "voogd"}
)
_LETTERS = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "’": "'"})
_GENITIEF = re.compile(r"(?<=\w{3})s$")


def fold(text: str) -> str:
    """Small letters without marks: 'Țest' and 'test' are one name."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(char for char in apart if not unicodedata.combining(char)).translate(_LETTERS)


def parts_of(naam: str, *, getypt: bool = False) -> frozenset[str]:
    """The words of a name that tell it: 'Anne-Fleur' → anne, fleur. `getypt`: written by hand, so it may be 'Moeder'."""
    words = {word for word in re.findall(r"[^\W\d_]+", fold(naam)) if len(word) >= KORTSTE} - TUSSENVOEGSELS
    return frozenset(words - _GEEN_DEEL if getypt else words)


def names(text: str, namen: Iterable[str], *, getypt: Iterable[str] = ()) -> bool:
    """Is one of these named here, whole or in part? A name of short words only counts as a whole ('Bo')."""
    words = set(re.findall(r"[^\W\d_]+", fold(text)))
    words |= {_GENITIEF.sub("", word) for word in words}
    parts = {part for naam in namen for part in parts_of(naam)} | {
        part for naam in getypt for part in parts_of(naam, getypt=True)
    }
    short = [set(re.findall(r"[^\W\d_]+", fold(naam))) - TUSSENVOEGSELS for naam in namen if not parts_of(naam)]
    return bool(words & parts) or any(whole and whole <= words for whole in short)


def tells_name(text: str, voornaam: str, achternaam: str) -> bool:
    """Does a story name this person? Their first name however it is written, unless it is a word too ('Roos'); what is a word as
    well, and the surname, when it has a capital ('mevrouw Jong', not 'een jong kind')."""
    words = _written(text)
    first, last = parts_of(voornaam), parts_of(achternaam)
    if {word for word, _ in words} & (first - OOK_WOORD - BEGINNERS):
        return True
    return bool({word for word, capital in words if capital} & (first | last)) or names_both(text, voornaam, achternaam)


def names_both(text: str, voornaam: str, achternaam: str) -> bool:
    """A first name and the surname: of one of them alone somebody else may be meant."""
    return names(text, [voornaam]) and names(text, [achternaam])


def _written(text: str) -> set[tuple[str, bool]]:
    """Each word, folded, with and without the s of 'Annes', and whether it has a capital."""
    found = {(fold(match[0]), match[0][0].isupper()) for match in re.finditer(r"[^\W\d_]+", unicodedata.normalize("NFC", text))}
    return found | {(_GENITIEF.sub("", word), capital) for word, capital in found}
