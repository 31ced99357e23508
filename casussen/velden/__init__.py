"""What each step asks for: the fields as data. Forms, the API and the machine read the same list.

`veld` says what a field is, `lezen` reads what was typed; the other modules hold the fields of the steps, by phase.
"""

from casussen.velden.aanmelden import ADRES, CONCEPT_VELDEN, LEERLING, STAPPEN
from casussen.velden.lezen import TE_KIEZEN, LeesError, clean, is_blank, missing
from casussen.velden.veld import KORT, LANG, Soort, Veld

__all__ = [
    "ADRES",
    "CONCEPT_VELDEN",
    "KORT",
    "LANG",
    "LEERLING",
    "STAPPEN",
    "TE_KIEZEN",
    "LeesError",
    "Soort",
    "Veld",
    "clean",
    "is_blank",
    "missing",
]
