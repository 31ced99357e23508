"""A leerlingnummer is the school's own. A BSN is none, however it is written. Pure."""

import re

from stdnum.nl import bsn

#: What people put before the digits, and between them.
_VOORVOEGSEL = re.compile(r"(?:bsn|sofi|burgerservice)(?:\s*-?\s*(?:nr|nummer))?[\s.:#\-]*", re.IGNORECASE)
_SCHEIDING = re.compile(r"[\s.,:/_\-‐‑–—]")
BSN = "Dit lijkt op een BSN. Gebruik het eigen nummer van de school. Is dit dat nummer? Zet er dan een L voor."


def bare(nummer: str) -> str:
    """'BSN 1234.56.782' as '123456782'."""
    return _SCHEIDING.sub("", _VOORVOEGSEL.sub("", nummer.strip(), count=1))


def looks_like_bsn(nummer: str) -> bool:
    """Nine digits that pass the test of a BSN, which a school's own number seldom does; or what is called a BSN (of which a
    spreadsheet may have taken the zero)."""
    digits = bare(nummer)
    if not (digits.isascii() and digits.isdecimal()):
        return False
    if _VOORVOEGSEL.match(nummer.strip()):
        return len(digits) in {8, 9}
    return len(digits) == 9 and bool(bsn.is_valid(digits))
