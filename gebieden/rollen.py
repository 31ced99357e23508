"""Roles held for a region or a gemeente."""

from kern.kijker import Rol

REGIOCOORDINATOR = Rol("regiocoordinator", "regio", "regiocoördinator")
GEMEENTEMEDEWERKER = Rol("gemeentemedewerker", "gemeente", "gemeentemedewerker")
#: Leerplicht up to 18, the doorstroompunt up to 27: the same people in most gemeenten, and the same sight on a casus.
LEERPLICHT = Rol("leerplicht", "gemeente", "leerplichtambtenaar")
