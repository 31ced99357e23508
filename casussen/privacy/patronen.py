"""What is recognised by its form: numbers, addresses, dates."""

import re
from collections.abc import Iterator

from stdnum.nl import bsn

from casussen.privacy.bevindingen import Bevinding, Soort

_STREEP = r"\-‐‑–—"
#: As people write one: '123456782', '1234.56.782', '123 456 782', 'BSN-123456782'. The 11-test decides.
_CIJFERS = re.compile(rf"(?<![\d+])(?<!\d[.,{_STREEP}])\d(?:[ \u00a0._{_STREEP}]?\d){{7,8}}(?!\d|[.,{_STREEP}]\d)")
#: Between the digits of a telephone number.
_T = rf"[\s._/{_STREEP}]*"
_TELEFOON = re.compile(
    rf"""(?<![\d+])(?:
        (?:\+|00)\s?31{_T}(?:\(0\){_T})?[1-9](?:{_T}\d){{8}}      # +31 6 1234 5678
      | \(0[1-9]\d{{0,2}}\)(?:{_T}\d){{6,8}}                        # (023) 555 01 42, (06) 12345678
      | 0[\s.{_STREEP}]?6[\s:,]*(?:{_T}\d){{8}}                     # 06-12345678, 0 6 1 2 3 4 5 6 7 8, 06:12345678
      | 0[1-9]\d{{1,2}}[:,](?:{_T}\d){{6,7}}                        # 023:5550142
      | 0[1-9](?:{_T}\d){{8}}                                       # 023 555 0142
      | (?:\+|00)(?:[1-9]\d{{0,2}})(?:{_T}\d){{7,11}}               # abroad
    )(?!\d)""",
    re.VERBOSE,
)
_EMAIL = re.compile(r"[\w.+\-]{1,64}\s?(?:@|\(at\)|\[at\])\s?[\w\-]+(?:\.[\w\-]+)*\.[a-z]{2,}", re.IGNORECASE)
#: Two letters that are a word, or never in a postcode: '2011 in deze stad', '1500 op school'.
_GEEN_LETTERS = "sa|sd|ss|en|in|vo|op|na|de|te|al|of|om|is|er|nu|zo|ik|je|ze|we|me|km|kg|cm|mm|ml|gb|pm|nt"
_IN_POSTCODE = rf"(?:\s|\s?[{_STREEP}]\s?)?"
_POSTCODE = rf"(?<![\d.,-])[1-9]\d{{3}}{_IN_POSTCODE}(?!(?i:{_GEEN_LETTERS})\b)[A-Za-z]{{2}}\b"
_HUISNUMMER = r"\d{1,5}(?:\s?[a-zA-Z]\b|[-/]\d{1,4})?"
#: 'nummer', 'huisnr.', 'no.': what may stand before a house number.
_NR = r"(?i:\b(?:op\s)?(?:huis)?(?:nummer|nr|no)\b\.?)"
_POSTCODE_NUMMER = re.compile(
    rf"(?:{_POSTCODE}[\s,;:(]*(?:{_NR}[\s:]*|[{_STREEP}](?=\d))?{_HUISNUMMER}(?!\d))"
    rf"|(?:{_HUISNUMMER}[\s,;]+(?:(?i:postcode)[\s:]*)?[1-9]\d{{3}}{_IN_POSTCODE}[A-Z]{{2}}\b)"
)
_ALLEEN_POSTCODE = re.compile(_POSTCODE)
_SOORT_STRAAT = (
    r"(?:straat|str\.|laan|weg|plein|gracht|kade|singel|dijk|steeg|plantsoen|hof|dreef|pad|park|lei|burg|markt|baan|boulevard"
    r"|kamp|oord)"
)
_GEEN_NUMMER = r"(?![\d:%])(?!\s(?:jaar|keer|uur|minuten|leerlingen|dagen|weken|maanden|kinderen)\b)"
_STRAATNAAM = rf"(?:[^\W\d_][\w'’.\-]*\s){{0,2}}?[^\W\d_][\w'’\-]{{0,60}}?{_SOORT_STRAAT}"
_STRAAT = re.compile(
    rf"\b{_STRAATNAAM}(?:\s+|,?\s+{_NR}[\s:]*){_HUISNUMMER}{_GEEN_NUMMER}"
    rf"|{_NR}\s?{_HUISNUMMER}\s(?:in|aan|op|van)\s(?:(?:de|het)\s)?{_STRAATNAAM}\b",
    re.IGNORECASE,
)
#: By which a pupil or a casus is known in the administration.
_KENMERK = re.compile(
    r"\b(?:leerling|stam|student|deelnemer|onderwijs)-?\s?(?:nummer|nr\b\.?)(?:\s(?:is|was))?[\s:]*(?P<kenmerk>[a-z]{0,2}-?\d[\d.\-]{2,})"
    r"|(?<![\d\-])(?P<casus>20\d{2}-\d{6})(?!\d)",
    re.IGNORECASE,
)
_MAAND = (
    r"(?:jan(?:uari)?|feb(?:ruari)?|mrt|maart|apr(?:il)?|mei|juni?|juli?|aug(?:ustus)?|sept?(?:ember)?"
    r"|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_JAAR = r"(?:19[3-9]\d|20[0-3]\d)"
_DATUM = re.compile(
    rf"(?<!\d)(?:(?:0?[1-9]|[12]\d|3[01])[-–/. ](?:0?[1-9]|1[0-2])[-–/. ]{_JAAR}"
    rf"|{_JAAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
    rf"|(?:0?[1-9]|[12]\d|3[01])\s{_MAAND}\.?\s{_JAAR})(?!\d)",
    re.IGNORECASE,
)
#: A short date is a birth date only when that is what it is called: 'geboren 12-5-11', 'jarig op 3 maart', 'geb. 12/05'.
_GEBOREN = re.compile(
    rf"\b(?:geboren|geb\.?(?:\s?dat(?:um|\b\.?))?|geboortedatum|jarig|verjaardag)(?:\s(?:is|op|in|:))*:?\s*"
    rf"(?P<datum>\d{{1,2}}[-–/.]\d{{1,2}}(?:[-–/.]\d{{2,4}})?|\d{{1,2}}\s{_MAAND}\.?(?:\s(?:{_JAAR}|'?\d\d))?|{_JAAR})(?!\d)",
    re.IGNORECASE,
)


def find(text: str) -> Iterator[Bevinding]:
    """Everything with a form of its own; may overlap, the most serious first."""
    yield from _bsn(text)
    yield from _all(text, _EMAIL, Soort.EMAIL)
    # '03-12-2026 14.30' begins with a day, as no number does
    yield from (found for found in _all(text, _TELEFOON, Soort.TELEFOON) if not _DATUM.match(found.tekst))
    yield from _all(text, _POSTCODE_NUMMER, Soort.HUISADRES)
    yield from _all(text, _ALLEEN_POSTCODE, Soort.POSTCODE)
    yield from _all(text, _STRAAT, Soort.ADRES)
    yield from _all(text, _DATUM, Soort.GEBOORTEDATUM)
    for match in _GEBOREN.finditer(text):
        yield Bevinding(Soort.GEBOORTEDATUM, match["datum"], *match.span("datum"))
    for match in _KENMERK.finditer(text):
        group = "kenmerk" if match["kenmerk"] else "casus"
        yield Bevinding(Soort.KENMERK, match[group], *match.span(group))


def _all(text: str, patroon: re.Pattern[str], soort: Soort) -> Iterator[Bevinding]:
    for match in patroon.finditer(text):
        start, end = match.span()
        yield Bevinding(soort, text[start:end], start, end)


def _bsn(text: str) -> Iterator[Bevinding]:
    for match in _CIJFERS.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        if bsn.is_valid(digits.zfill(9)) and len(set(digits)) > 1 and not _DATUM.fullmatch(match[0]):
            yield Bevinding(Soort.BSN, match[0], *match.span())
