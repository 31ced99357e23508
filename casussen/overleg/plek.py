"""Where an overleg is: the text goes along in the invitation, so it may hold neither the home address nor a name. Pure.

The portal knows a home address as postcode and number. Of a street without a postcode it can only see that the number is the
same; such a text is refused too, for a building has a name that says as much.
"""

import re
from dataclasses import dataclass

from casussen.keuzes import Plek

_NUMMERS = re.compile(r"\d+")
_POSTCODE = re.compile(r"(?<!\d)(\d{4})\s?([A-Za-z]{2})(?![A-Za-z])")
_STRAAT = re.compile(
    r"\w*(?:straat|laan|weg|plein|hof|kade|pad|dreef|singel|gracht|park|steeg|dijk|erf|markt|baan)\.?,?\s+(\d+)", re.IGNORECASE
)
THUIS = "Laat dit leeg. Is het overleg bij het gezin thuis, dan staat het adres nooit in de uitnodiging."
HUISADRES = "Dit lijkt het huisadres van de leerling. Dat staat nooit in een uitnodiging. Kies 'bij het gezin thuis'."
NAMEN = "Noem hier geen namen van leerling of ouders: deze tekst staat ook in de uitnodiging."


@dataclass(frozen=True, slots=True)
class Huis:
    """The home address as the portal knows it. `geheim`: then even the postcode alone gives too much away."""

    postcode: str
    huisnummer: int | None
    geheim: bool = False
    namen: tuple[str, ...] = ()


def objection_to(plek: str, adres: str, huis: Huis | None, *, van_school: str = "") -> str:
    """Why this text cannot be the place; '' when it can. `van_school`: the address that stood ready in the form."""
    text = adres.strip()
    if not text:
        return ""
    if text == van_school:
        return ""
    if plek == Plek.THUIS:
        return THUIS
    if huis is not None and is_home(text, huis):
        return HUISADRES
    return NAMEN if huis is not None and _names(text, huis) else ""


def place_of(plek: str, adres: str) -> str:
    """What is kept: at home there is no address."""
    return "" if plek == Plek.THUIS else adres.strip()


def is_home(text: str, huis: Huis) -> bool:
    """Does the text hold the house number with the postcode, or with a street? Of a secret address the postcode is enough."""
    postcodes = {f"{cijfers}{letters.upper()}" for cijfers, letters in _POSTCODE.findall(text)}
    number = str(huis.huisnummer) if huis.huisnummer else ""
    if huis.postcode and huis.postcode in postcodes:
        return huis.geheim or not number or number in _NUMMERS.findall(_POSTCODE.sub(" ", text))
    return bool(number) and not postcodes and number in _STRAAT.findall(text)


def _names(text: str, huis: Huis) -> bool:
    words = _words(text)
    return any((own := _words(naam)) and own <= words for naam in huis.namen)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))
