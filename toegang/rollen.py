"""All roles of the portal, gathered from the rooms that define them."""

from gebieden.rollen import GEMEENTEMEDEWERKER, LEERPLICHT, REGIOCOORDINATOR
from kern.kijker import Rol
from kern.rollen import FUNCTIONEEL_BEHEER
from scholen.rollen import SAMENWERKINGSVERBAND, SCHOOLTEAMLEIDER, ZORGCOORDINATOR
from wijkteams.rollen import WIJKTEAMCOORDINATOR, WIJKTEAMLID
from zorgaanbod.rollen import AANBIEDER

__all__ = [
    "AANBIEDER",
    "FUNCTIONEEL_BEHEER",
    "GEMEENTEMEDEWERKER",
    "LEERPLICHT",
    "REGIOCOORDINATOR",
    "ROLLEN",
    "SAMENWERKINGSVERBAND",
    "SCHOOLTEAMLEIDER",
    "WIJKTEAMCOORDINATOR",
    "WIJKTEAMLID",
    "ZORGCOORDINATOR",
    "rol",
]

ROLLEN: dict[str, Rol] = {
    rol.sleutel: rol
    for rol in (
        ZORGCOORDINATOR,
        SCHOOLTEAMLEIDER,
        WIJKTEAMLID,
        WIJKTEAMCOORDINATOR,
        REGIOCOORDINATOR,
        GEMEENTEMEDEWERKER,
        SAMENWERKINGSVERBAND,
        LEERPLICHT,
        AANBIEDER,
        FUNCTIONEEL_BEHEER,
    )
}


def rol(sleutel: str) -> Rol:
    """The role with this key; a mistyped key fails at once (KeyError)."""
    return ROLLEN[sleutel]
