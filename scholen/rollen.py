"""Roles held for a school."""

from kern.kijker import Rol

ZORGCOORDINATOR = Rol("zorgcoordinator", "school", "zorgcoördinator")
SCHOOLTEAMLEIDER = Rol("schoolteamleider", "school", "teamleider")
