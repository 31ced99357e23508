"""Roles held for an aanbieder of youth help."""

from kern.kijker import Rol

AANBIEDER = Rol("aanbieder", "aanbieder", "medewerker van de aanbieder")
