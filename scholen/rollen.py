"""Roles held for a school, or for a samenwerkingsverband of schools."""

from kern.kijker import Rol

ZORGCOORDINATOR = Rol("zorgcoordinator", "school", "zorgcoördinator")
SCHOOLTEAMLEIDER = Rol("schoolteamleider", "school", "teamleider")
SAMENWERKINGSVERBAND = Rol("samenwerkingsverband", "samenwerkingsverband", "medewerker samenwerkingsverband")
