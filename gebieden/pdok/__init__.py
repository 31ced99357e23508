"""Addresses newer than the active editie, asked at PDOK: one at a time, bounded, and never for a secret address.

    antwoord = ask_pdok(Adres("2037RB", 99))    # Gevonden(plek), NIET_GEVONDEN, ONBEREIKBAAR; None when PDOK_URL is not set

`ophalen` fetches within two seconds whatever the other side does, `antwoord` compares what came back with what was asked, and
`vraag` remembers both. PDOK gets postcode and number and nothing else; nothing of it is logged.
"""

from gebieden.pdok.antwoord import Plek
from gebieden.pdok.vraag import Antwoord, Stand, ask_pdok, is_enabled

__all__ = ["Antwoord", "Plek", "Stand", "ask_pdok", "is_enabled"]
