"""Where an overleg is: the text goes along in the invitation, so it may hold neither the home address nor a name. Pure.

The portal knows a home address as postcode and number. Of a street without a postcode it can only see that the number is the
same; such a text is refused too, for a building has a name that says as much.
"""

import re
import unicodedata
from dataclasses import dataclass

from casussen.keuzes import Plek
from casussen.privacy.bekenden import names

_NUMMERS = re.compile(r"\d+")
_POSTCODE = re.compile(r"(?<!\d)(\d{4})(?:\s{0,2}|\s?[-.]\s?)([A-Za-z]{2})(?![A-Za-z])")
_SOORT = r"\w*(?:straat|str|laan|weg|plein|hof|kade|pad|dreef|singel|gracht|park|steeg|dijk|erf|markt|baan)\b"
_NR = r"(?:huisnummer|huisnr|nummer|nr|no)\b\.?"
#: A number that stands with a street, or is called a house number: 'Kerkstraat 12', 'Kerkstraat nr. 12', 'op nummer 12'.
_STRAAT = re.compile(
    rf"{_SOORT}\.?[\s,]*(?:(?:op\s+)?{_NR}[\s:]*)?(?P<na>\d+)"
    rf"|\b(?:op\s+{_NR}|huisnummer|huisnr\.?)[\s:]*(?P<op>\d+)"
    rf"|\b(?P<voor>\d+)\s+(?:in|aan|van|op)\s+(?:(?:de|het)\s+)?(?:\w+\s+){{0,2}}?{_SOORT}",
    re.IGNORECASE,
)
_STREPEN = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
THUIS = "Laat dit leeg. Is het overleg bij het gezin thuis, dan staat het adres nooit in de uitnodiging."
HUISADRES = "Dit lijkt het huisadres van de leerling. Dat staat nooit in een uitnodiging. Kies 'bij het gezin thuis'."
ANDER_ADRES = "Is dit een ander adres? Zet dan de postcode erbij."
NAMEN = (
    "Noem hier geen namen van leerling, ouders of andere mensen van het gezin: deze tekst staat ook in de uitnodiging. "
    "Hoort de naam bij de plek zelf? Schrijf dan de postcode en het huisnummer."
)


@dataclass(frozen=True, slots=True)
class Huis:
    """The home address as the portal knows it. `geheim`: then even the postcode alone gives too much away."""

    postcode: str
    huisnummer: int | None
    geheim: bool = False
    namen: tuple[str, ...] = ()
    #: Parents and who they bring, as they were typed: 'Mevrouw Karadag', 'Moeder'.
    genodigden: tuple[str, ...] = ()


def objection_to(plek: str, adres: str, huis: Huis | None, *, van_school: str = "") -> str:
    """Why this text cannot be the place; '' when it can. `van_school`: the address that stood ready in the form."""
    text = unicodedata.normalize("NFKC", adres).translate(_STREPEN).strip()
    if not text or adres.strip() == van_school:
        return ""
    if plek == Plek.THUIS:
        return THUIS
    if huis is None:
        return ""
    if is_home(text, huis):
        return HUISADRES if _POSTCODE.search(text) else f"{HUISADRES} {ANDER_ADRES}"
    return NAMEN if names(text, huis.namen, getypt=huis.genodigden) else ""


def place_of(plek: str, adres: str) -> str:
    """What is kept: at home there is no address."""
    return "" if plek == Plek.THUIS else adres.strip()


def is_home(text: str, huis: Huis) -> bool:
    """Does the text hold the house number with the postcode, or with a street? Of a secret address the postcode is enough."""
    postcodes = {f"{cijfers}{letters.upper()}" for cijfers, letters in _POSTCODE.findall(text)}
    number = str(huis.huisnummer) if huis.huisnummer else ""
    if huis.postcode and huis.postcode in postcodes:
        return huis.geheim or not number or number in _NUMMERS.findall(_POSTCODE.sub(" ", text))
    return bool(number) and not postcodes and number in {match[match.lastgroup or 0] for match in _STRAAT.finditer(text)}
