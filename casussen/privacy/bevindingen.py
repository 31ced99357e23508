"""What can be found in a text, and what to write instead."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum


class Soort(StrEnum):
    BSN = "bsn"
    TELEFOON = "telefoon"
    EMAIL = "email"
    HUISADRES = "huisadres"
    POSTCODE = "postcode"
    ADRES = "adres"
    GEBOORTEDATUM = "geboortedatum"
    KENMERK = "kenmerk"
    NAAM = "naam"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Soort.BSN: "een nummer dat op een BSN lijkt",
    Soort.TELEFOON: "een telefoonnummer",
    Soort.EMAIL: "een e-mailadres",
    Soort.HUISADRES: "een postcode met huisnummer",
    Soort.POSTCODE: "een postcode",
    Soort.ADRES: "een straat met huisnummer",
    Soort.GEBOORTEDATUM: "een geboortedatum",
    Soort.KENMERK: "een leerlingnummer of casusnummer",
    Soort.NAAM: "misschien een naam",
}
#: Of these the form is certain enough: a text that holds one is not sent, whatever the sender ticks.
GEWEIGERD = frozenset({Soort.BSN, Soort.TELEFOON, Soort.EMAIL, Soort.HUISADRES})
VERVANGING = {
    Soort.BSN: "laat het nummer weg",
    Soort.TELEFOON: "laat het nummer weg; uw eigen gegevens staan al bij het overleg",
    Soort.EMAIL: "laat het adres weg; uw eigen gegevens staan al bij het overleg",
    Soort.HUISADRES: "laat het adres weg; het wijkteam is al gekozen",
    Soort.POSTCODE: "schrijf 'in onze wijk' of laat het weg",
    Soort.ADRES: "schrijf 'bij ons in de buurt' of laat het weg",
    Soort.GEBOORTEDATUM: "schrijf de leeftijd: 'een leerling van 14'",
    Soort.KENMERK: "laat het nummer weg",
    Soort.NAAM: "schrijf 'een leerling van 14', 'de moeder' of 'de mentor'",
}


@dataclass(frozen=True, slots=True)
class Bevinding:
    """A stretch of a text that may point to somebody: text[start:end] == tekst."""

    soort: Soort
    tekst: str
    start: int
    end: int

    @property
    def geweigerd(self) -> bool:
        return self.soort in GEWEIGERD

    @property
    def vervanging(self) -> str:
        return VERVANGING[self.soort]

    @property
    def kenmerk(self) -> str:
        """By which is known that the sender saw this one, and not another that was typed since."""
        return hashlib.sha256(f"{self.soort}:{self.tekst.casefold()}".encode()).hexdigest()[:10]
