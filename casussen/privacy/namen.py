"""Likely names: capitals where Dutch has none, words after 'mevrouw' or 'oma', first names that are often given."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from casussen.privacy.bevindingen import Bevinding, Soort
from casussen.privacy.woorden import (
    AANSPREKINGEN,
    AFKORTINGEN,
    BEGINNERS,
    DOET_IEMAND,
    GEEN_NAAM,
    GEEN_NAAM_BEGIN_EINDE,
    GEEN_NAAM_EINDE,
    OOK_WOORD,
    TUSSENVOEGSELS,
    VOOR_PLAATS,
    VOORNAMEN,
)

_WOORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
#: Between two words after which the second begins a sentence, a line or a quotation.
_BEGIN = re.compile(r"[.!?:;]\s*[\"'“‘(\-–•*]*\s*$|\n\s*[\"'“‘(\-–•*\d.)]*\s*$|[\"“‘(]$")
#: Who is spoken to, and who signs: the contact of the team and the zorgcoördinator, not the pupil.
_AANHEF = re.compile(r"^\s*(?:beste|hallo|hoi|dag|geachte|goedemorgen|goedemiddag)\b[^\n,.!?]{0,40}[\n,.!]", re.IGNORECASE)
#: After which a name comes.
NOEMT = frozenset({"heet", "heette", "geheten", "genaamd"})
_SLOT = re.compile(r"(?:groet(?:en|jes)?|mvg|groetjes),?\s*\n?[^\n]{0,60}\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Woord:
    tekst: str
    start: int
    end: int
    #: First of a sentence, where every word has a capital.
    begint: bool

    @property
    def klein(self) -> str:
        return self.tekst.casefold()

    @property
    def is_hoofdletter(self) -> bool:
        """Written as a name is: a capital first, and not all capitals (an abbreviation)."""
        return self.tekst[0].isupper() and (len(self.tekst) == 1 or not self.tekst.isupper())


def find(text: str, *, bekend: frozenset[str] = frozenset()) -> Iterator[Bevinding]:
    """Likely names, from left to right."""
    own = [match.span() for patroon in (_AANHEF, _SLOT) if (match := patroon.search(text))]
    words = _words(text)
    index = 0
    while index < len(words):
        word = words[index]
        if any(start <= word.start < end for start, end in own) or not _is_name(words, index, bekend):
            index += 1
            continue
        last = _end_of_name(text, words, index)
        start, end = word.start, words[last].end
        yield Bevinding(Soort.NAAM, text[start:end], start, end)
        index = last + 1


def _words(text: str) -> list[Woord]:
    found: list[Woord] = []
    previous = 0
    for match in _WOORD.finditer(text):
        between = text[previous : match.start()]
        initial = bool(found) and len(found[-1].tekst) == 1 and found[-1].tekst.isupper() and between in {". ", "."}
        shortened = bool(found) and found[-1].klein in AFKORTINGEN and between == ". "
        begins = not initial and not shortened and bool(_BEGIN.search(between))
        found.append(Woord(match[0], match.start(), match.end(), begins))
        previous = match.end()
    if found:
        found[0] = Woord(found[0].tekst, found[0].start, found[0].end, begint=True)
    return found


def _is_name(words: list[Woord], index: int, bekend: frozenset[str]) -> bool:
    word = words[index]
    before = words[index - 1] if index and not word.begint else None
    if word.klein in GEEN_NAAM or word.klein in bekend - VOORNAMEN or (word.begint and word.klein in BEGINNERS):
        return False
    if {word.klein, re.sub(r"['’]?s$", "", word.klein)} & VOORNAMEN:
        return word.is_hoofdletter or word.klein not in OOK_WOORD
    if before is not None and _is_introduced(words, index):
        return True
    if before is not None and before.klein in AANSPREKINGEN and _is_called(words, index):
        return True
    if not word.is_hoofdletter or len(word.tekst) < 2:
        return False
    return _begins_with_name(words, index) if word.begint else _stands_out(words, index)


def _is_introduced(words: list[Woord], index: int) -> bool:
    """After 'heet', 'genaamd' or 'naam is' comes a name, also written small: 'kind heet jayden-lee'."""
    word, before = words[index], words[index - 1]
    named = before.klein in NOEMT or (before.klein == "is" and index > 1 and words[index - 2].klein in {"naam", "voornaam"})
    common = BEGINNERS | TUSSENVOEGSELS | AANSPREKINGEN | DOET_IEMAND
    return named and len(word.tekst) > 1 and word.klein not in common


def _is_called(words: list[Woord], index: int) -> bool:
    """After 'mevrouw': a capital, or a 'de' or 'van' with a capital after it."""
    word = words[index]
    if word.is_hoofdletter and len(word.tekst) > 1 and not word.klein.endswith(GEEN_NAAM_EINDE):
        return True
    rest = words[index + 1 : index + 3]
    return word.klein in TUSSENVOEGSELS and next((w.is_hoofdletter for w in rest if w.klein not in TUSSENVOEGSELS), False)


def _begins_with_name(words: list[Woord], index: int) -> bool:
    """The first word of a sentence is somebody when it is no common word and does what people do."""
    word = words[index]
    following = words[index + 1] if index + 1 < len(words) and not words[index + 1].begint else None
    if word.klein in BEGINNERS or word.klein.endswith((*GEEN_NAAM_EINDE, *GEEN_NAAM_BEGIN_EINDE)) or following is None:
        return False
    if following.klein in DOET_IEMAND or word.klein.endswith(("'s", "’s")):
        return True
    surname = following.klein in TUSSENVOEGSELS and len(words) > index + 2 and words[index + 2].is_hoofdletter
    return surname or (following.is_hoofdletter and following.klein not in GEEN_NAAM)


def _stands_out(words: list[Woord], index: int) -> bool:
    """A capital in the middle of a sentence, where only names have one; not of a place or an organisation."""
    word, before = words[index], words[index - 1]
    if before.klein in VOOR_PLAATS or word.klein.endswith(GEEN_NAAM_EINDE):
        return False
    if before.is_hoofdletter and (before.klein in GEEN_NAAM or before.klein.endswith(GEEN_NAAM_EINDE)):
        return False
    if index > 1 and words[index - 2].klein in VOOR_PLAATS and before.is_hoofdletter:
        return False
    return word.klein not in BEGINNERS


def _end_of_name(text: str, words: list[Woord], index: int) -> int:
    """The last word of a name that begins here: 'Jan' + 'de' + 'Vries'."""
    last = index
    while last + 1 < len(words):
        step = last + 1
        while step < len(words) and words[step].klein in TUSSENVOEGSELS and words[step].start - words[step - 1].end <= 1:
            step += 1
        joined = step < len(words) and words[step].is_hoofdletter and not words[step].begint
        if not joined or text[words[step - 1].end : words[step].start] not in {" ", "-"} or words[step].klein in GEEN_NAAM:
            break
        last = step
    return last
