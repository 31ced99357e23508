"""What is recognised by its form: numbers, addresses, dates."""

import re
from collections.abc import Iterator

from stdnum.nl import bsn

from casussen.privacy.bevindingen import Bevinding, Soort

#: As people write one: '123456782', '1234.56.782', '123 456 782'. The 11-test decides.
_CIJFERS = re.compile(r"(?<![\d.,+-])\d(?:[ .\-]?\d){7,8}(?![\d]|[.,-]\d)")
_TELEFOON = re.compile(
    r"""(?<![\d+])(?:
        (?:\+|00)\s?31[\s\-.]*(?:\(0\)[\s\-.]*)?[1-9](?:[\s\-.]*\d){8}      # +31 6 1234 5678
      | \(0[1-9]\d{1,2}\)(?:[\s\-.]*\d){6,7}                                # (023) 555 01 42
      | 0[1-9](?:[\s\-./]*\d){8}                                            # 06-12345678, 023 555 0142
      | (?:\+|00)(?:[1-9]\d{0,2})(?:[\s\-.]*\d){7,11}                       # abroad
    )(?!\d)""",
    re.VERBOSE,
)
_EMAIL = re.compile(r"[\w.+\-]+\s?(?:@|\(at\)|\[at\])\s?[\w\-]+(?:\.[\w\-]+)*\.[a-z]{2,}", re.IGNORECASE)
#: Two letters that are a word, or never in a postcode: '2011 in deze stad', '1500 op school'.
_GEEN_LETTERS = "sa|sd|ss|en|in|vo|op|na|de|te|al|of|om|is|er|nu|zo|ik|je|ze|we|me|km|kg|cm|mm|ml|gb|pm|nt"
_POSTCODE = rf"(?<![\d.,-])[1-9]\d{{3}}\s?(?!(?i:{_GEEN_LETTERS})\b)[A-Za-z]{{2}}\b"
_HUISNUMMER = r"\d{1,5}(?:\s?[a-zA-Z]\b|[-/]\d{1,4})?"
_POSTCODE_NUMMER = re.compile(
    rf"(?:{_POSTCODE}[\s,]*(?:nummer|nr\.?|huisnummer)?\s*{_HUISNUMMER}(?!\d))|(?:{_HUISNUMMER}[\s,]+(?-i:[1-9]\d{{3}}\s?[A-Z]{{2}})\b)"
)
_ALLEEN_POSTCODE = re.compile(_POSTCODE)
_STRAAT = re.compile(
    rf"""\b(?:[^\W\d_][\w'’.\-]*\s){{0,2}}?
    [^\W\d_][\w'’\-]*?
    (?:straat|str\.|laan|weg|plein|gracht|kade|singel|dijk|steeg|plantsoen|hof|dreef|pad|park|lei|burg|markt|baan|boulevard|kamp|oord)
    \s+(?:nummer\s|nr\.?\s)?{_HUISNUMMER}(?![\d:%])(?!\s(?:jaar|keer|uur|minuten|leerlingen|dagen|weken|maanden|kinderen)\b)""",
    re.VERBOSE | re.IGNORECASE,
)
_MAAND = (
    r"(?:jan(?:uari)?|feb(?:ruari)?|mrt|maart|apr(?:il)?|mei|juni?|juli?|aug(?:ustus)?|sept?(?:ember)?"
    r"|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_JAAR = r"(?:19[3-9]\d|20[0-3]\d)"
_DATUM = re.compile(
    rf"(?<!\d)(?:(?:0?[1-9]|[12]\d|3[01])[-/. ](?:0?[1-9]|1[0-2])[-/. ]{_JAAR}|{_JAAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
    rf"|(?:0?[1-9]|[12]\d|3[01])\s{_MAAND}\.?\s{_JAAR})(?!\d)",
    re.IGNORECASE,
)
#: A short date is a birth date only when that is what it is called: 'geboren 12-5-11', 'jarig op 3 maart', 'geb. 12/05'.
_GEBOREN = re.compile(
    rf"\b(?:geboren|geb\.|geboortedatum|jarig|verjaardag)(?:\s(?:is|op|in|:))*:?\s*"
    rf"(?P<datum>\d{{1,2}}[-/.]\d{{1,2}}(?:[-/.]\d{{2,4}})?|\d{{1,2}}\s{_MAAND}\.?(?:\s(?:{_JAAR}|'?\d\d))?|{_JAAR})(?!\d)",
    re.IGNORECASE,
)


def find(text: str) -> Iterator[Bevinding]:
    """Everything with a form of its own; may overlap, the most serious first."""
    yield from _bsn(text)
    for soort, patroon in ((Soort.EMAIL, _EMAIL), (Soort.TELEFOON, _TELEFOON), (Soort.HUISADRES, _POSTCODE_NUMMER)):
        yield from _all(text, patroon, soort)
    yield from _all(text, _ALLEEN_POSTCODE, Soort.POSTCODE)
    yield from _all(text, _STRAAT, Soort.ADRES)
    yield from _all(text, _DATUM, Soort.GEBOORTEDATUM)
    for match in _GEBOREN.finditer(text):
        yield Bevinding(Soort.GEBOORTEDATUM, match["datum"], *match.span("datum"))


def _all(text: str, patroon: re.Pattern[str], soort: Soort) -> Iterator[Bevinding]:
    for match in patroon.finditer(text):
        start, end = match.span()
        yield Bevinding(soort, text[start:end], start, end)


def _bsn(text: str) -> Iterator[Bevinding]:
    for match in _CIJFERS.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        if bsn.is_valid(digits.zfill(9)) and len(set(digits)) > 1:
            yield Bevinding(Soort.BSN, match[0], *match.span())
