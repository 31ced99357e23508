"""Read a Dutch address as people type it, and write it as the register knows it. Pure: no database, no clock.

    parse_adres("2011 aa", "12 b hs")  ->  Adres("2011AA", 12, "B", "HS")
    parse_adres("1234SS", "0")         ->  [Fout("postcode", …), Fout("huisnummer", …)]

Never an exception and never a guess: what cannot be read gives a message at its field. A message never repeats the input,
so that it can be shown and logged anywhere.
"""

import re
from dataclasses import dataclass

from stdnum.exceptions import InvalidComponent, ValidationError
from stdnum.nl import postcode as nl_postcode

NUMMER_MIN = 1
NUMMER_MAX = 99_999
TOEVOEGING_MAX = 6
#: Longer input than this is not looked at any further.
INVOER_MAX = 40

#: Additions that people glue to the number without a space: '12hs', '12bis'. Other letters glued together are not guessed at.
VASTE_TOEVOEGINGEN = frozenset({"HS", "HUIS", "BIS", "BG", "BV", "RD", "ZW", "ROOD", "ZWART", "II", "III", "IV", "VI", "VII"})

#: Full-width forms, odd spaces and odd dashes that phones and copied text bring along. Nothing more: '1²' is not 12.
_GEWOON = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    **dict.fromkeys([0x00A0, 0x2007, 0x2009, 0x202F, 0x3000, 0x0009, 0x000A, 0x000D], " "),
    **dict.fromkeys([0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212], "-"),
    **dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF], None),
}
_POSTCODE_LEESTEKENS = re.compile(r"[\s.\-]+")
_NUMMER = re.compile(r"(?:nr\.?|no\.?|#)?\s*(?P<nummer>[0-9]+)(?P<rest>.*)", re.IGNORECASE)
_SCHEIDING = re.compile(r"[\s\-/.,]+")
_LETTERS_CIJFERS = re.compile(r"[A-Z]+|[0-9]+")


@dataclass(frozen=True, slots=True)
class Adres:
    """An address in its exact form. `huisletter` is one letter or '', `toevoeging` letters and digits or ''."""

    postcode: str
    huisnummer: int
    huisletter: str = ""
    toevoeging: str = ""

    @property
    def pc4(self) -> str:
        return self.postcode[:4]


@dataclass(frozen=True, slots=True)
class Fout:
    """What is wrong at which field, in words for the person who typed it. Without the input itself."""

    veld: str
    melding: str


class _VeldError(Exception):
    """One field cannot be read; carries the message for it."""

    def __init__(self, veld: str, melding: str) -> None:
        super().__init__(melding)
        self.fout = Fout(veld, melding)


def parse_adres(postcode: object, huisnummer: object, huisletter: object = "", toevoeging: object = "") -> Adres | list[Fout]:
    """The exact address, or every mistake in it: at most one per field, in the order of the form."""
    fouten: list[Fout] = []
    pc, nummer, letter, toe = "", 0, "", ""
    try:
        pc = _postcode(postcode)
    except _VeldError as reden:
        fouten.append(reden.fout)
    achtervoegsel = ("", "")
    try:
        nummer, *rest = _huisnummer(huisnummer)
        achtervoegsel = (rest[0], rest[1])
    except _VeldError as reden:
        fouten.append(reden.fout)
    try:
        letter = _huisletter(huisletter)
    except _VeldError as reden:
        fouten.append(reden.fout)
    try:
        letter, toe = _combine(achtervoegsel, letter, _toevoeging(toevoeging))
    except _VeldError as reden:
        fouten.append(reden.fout)
    return fouten or Adres(postcode=pc, huisnummer=nummer, huisletter=letter, toevoeging=toe)


def parse_postcode(postcode: object) -> str | Fout:
    """Only the postcode, exact ('2011AA'), or what is wrong with it."""
    try:
        return _postcode(postcode)
    except _VeldError as reden:
        return reden.fout


def _text(waarde: object, veld: str) -> str:
    """The value as plain upper-case text without odd spaces and dashes."""
    if waarde is None:
        return ""
    if isinstance(waarde, bool) or not isinstance(waarde, str | int):
        raise _VeldError(veld, "Vul hier tekst of een getal in.")
    if isinstance(waarde, int):
        # str() of an enormous int is slow and refused by Python itself.
        waarde = str(waarde) if abs(waarde) < 10**INVOER_MAX else "9" * (INVOER_MAX + 1)
    if len(waarde) > INVOER_MAX:
        waarde = waarde.strip()
    if len(waarde) > INVOER_MAX:
        raise _VeldError(veld, f"Dit is te lang: gebruik hoogstens {INVOER_MAX} tekens.")
    # upper() of one odd character may give two ('ß' becomes 'SS'): only plain letters change case.
    return "".join(teken.upper() if teken.isascii() else teken for teken in waarde.translate(_GEWOON)).strip()


def _postcode(waarde: object) -> str:
    veld = "postcode"
    text = _POSTCODE_LEESTEKENS.sub("", _text(waarde, veld))
    if not text:
        raise _VeldError(veld, "Vul een postcode in.")
    try:
        return str(nl_postcode.validate(text)).replace(" ", "") if text.isascii() else _refuse_postcode(text)
    except InvalidComponent:
        raise _VeldError(veld, "Deze postcode bestaat niet: de letters SA, SD en SS worden niet gebruikt.") from None
    except ValidationError:
        return _refuse_postcode(text)


def _refuse_postcode(text: str) -> str:
    veld = "postcode"
    if re.fullmatch(r"0[0-9]{3}[A-Z]{2}", text, re.ASCII):
        raise _VeldError(veld, "Deze postcode bestaat niet: een postcode begint met een cijfer van 1 tot en met 9.")
    if re.fullmatch(r"[1-9][0-9]{3}", text, re.ASCII):
        raise _VeldError(veld, "Vul ook de twee letters van de postcode in.")
    raise _VeldError(veld, "Dit is geen Nederlandse postcode. Schrijf vier cijfers en twee letters, zoals 2011 AB.")


def _huisnummer(waarde: object) -> tuple[int, str, str]:
    """Number, letter and addition out of '12', '12-B', '12 b hs'."""
    veld = "huisnummer"
    geen_getal = f"Vul een huisnummer in van {NUMMER_MIN} tot en met {NUMMER_MAX}."
    text = _text(waarde, veld)
    if not text:
        raise _VeldError(veld, "Vul een huisnummer in.")
    match = _NUMMER.fullmatch(text)
    if match is None or not NUMMER_MIN <= int(match["nummer"]) <= NUMMER_MAX:
        raise _VeldError(veld, geen_getal)
    nummer, rest = int(match["nummer"]), match["rest"]
    delen = [deel for deel in _SCHEIDING.split(rest) if deel]
    breuk = re.match(r"[.,][0-9]", rest)
    if breuk or not all(re.fullmatch(r"[A-Z0-9]+", deel) for deel in delen):
        raise _VeldError(veld, "Dit is geen huisnummer. Schrijf het nummer, en daarachter alleen letters of cijfers.")
    if not delen:
        return nummer, "", ""
    vast = rest[0].isalpha()
    letters = _LETTERS_CIJFERS.findall(delen[0])
    if vast and len(letters[0]) > 1 and letters[0] not in VASTE_TOEVOEGINGEN:
        raise _VeldError(veld, "Dit is geen huisnummer. Zet een toevoeging los van het nummer, zoals 12 hs.")
    letter, toevoeging = _split_suffix(delen)
    if len(toevoeging) > TOEVOEGING_MAX:
        raise _VeldError(veld, f"De toevoeging is te lang: gebruik hoogstens {TOEVOEGING_MAX} letters en cijfers.")
    return nummer, letter, toevoeging


def _split_suffix(delen: list[str]) -> tuple[str, str]:
    """A single letter in front is the huisletter; all the rest together is the toevoeging."""
    eerste = _LETTERS_CIJFERS.findall(delen[0])
    if len(eerste[0]) == 1 and eerste[0].isalpha():
        return eerste[0], "".join(eerste[1:] + delen[1:])
    return "", "".join(delen)


def _huisletter(waarde: object) -> str:
    text = _text(waarde, "huisletter")
    if text and not re.fullmatch(r"[A-Z]", text):
        raise _VeldError("huisletter", "Een huisletter is één letter van A tot en met Z.")
    return text


def _toevoeging(waarde: object) -> tuple[str, str]:
    """Letter and addition out of the field for the addition: 'hs' is an addition, 'b hs' a letter and an addition."""
    veld = "toevoeging"
    text = _text(waarde, veld)
    delen = [deel for deel in _SCHEIDING.split(text) if deel]
    if not all(re.fullmatch(r"[A-Z0-9]+", deel) for deel in delen):
        raise _VeldError(veld, "Een toevoeging bestaat alleen uit letters en cijfers.")
    letter, rest = _split_suffix(delen) if len(delen) > 1 else ("", "".join(delen))
    if len(rest) > TOEVOEGING_MAX:
        raise _VeldError(veld, f"De toevoeging is te lang: gebruik hoogstens {TOEVOEGING_MAX} letters en cijfers.")
    return letter, rest


def _combine(uit_nummer: tuple[str, str], huisletter: str, uit_toevoeging: tuple[str, str]) -> tuple[str, str]:
    """One letter and one addition out of three fields. The same thing said twice is once; two different things are a mistake."""
    letters = {letter for letter in (uit_nummer[0], huisletter, uit_toevoeging[0]) if letter}
    toevoegingen = {toe for toe in (uit_nummer[1], uit_toevoeging[1]) if toe}
    if len(letters) > 1:
        raise _VeldError("huisletter", "Er staan twee verschillende huisletters. Vul er één in.")
    if len(toevoegingen) > 1:
        raise _VeldError("toevoeging", "Er staan twee verschillende toevoegingen. Vul er één in.")
    letter, toevoeging = "".join(letters), "".join(toevoegingen)
    return letter, "" if toevoeging == letter and not uit_nummer[1] else toevoeging
