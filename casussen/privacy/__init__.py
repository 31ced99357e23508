"""Does a text say about whom it is? Pure: no database, no clock, nothing but the text and python-stdnum.

    check("Sanne de Wit (12-05-2011) komt niet meer.")  →  [Bevinding(NAAM, "Sanne de Wit", 0, 12), Bevinding(GEBOORTEDATUM, …)]

Numbers, addresses and dates are recognised by their form (`patronen`), names by how Dutch writes them (`namen`). It is a help to
whoever types, not a guarantee: the screen says so. How good it is, is measured in tests/consult/test_privacy.py.
"""

from casussen.privacy.bevindingen import GEWEIGERD, VERVANGING, Bevinding, Soort
from casussen.privacy.controle import check, segments

__all__ = ["GEWEIGERD", "VERVANGING", "Bevinding", "Soort", "check", "segments"]
