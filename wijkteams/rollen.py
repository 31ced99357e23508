"""Roles held for a wijkteam."""

from kern.kijker import Rol

WIJKTEAMLID = Rol("wijkteamlid", "wijkteam", "wijkteamlid")
WIJKTEAMCOORDINATOR = Rol("wijkteamcoordinator", "wijkteam", "wijkteamcoördinator")
