"""Roles held for a region or a gemeente."""

from kern.kijker import Rol

REGIOCOORDINATOR = Rol("regiocoordinator", "regio", "regiocoördinator")
GEMEENTEMEDEWERKER = Rol("gemeentemedewerker", "gemeente", "gemeentemedewerker")
