from wijkteams.models.contact import Aanspreekpunt, Afwezigheid, Contactpersoon
from wijkteams.models.werkgebied import SoortGebied, Werkgebied, Zijde
from wijkteams.models.wijkteam import SoortWijkteam, Wijkteam

__all__ = [
    "Aanspreekpunt",
    "Afwezigheid",
    "Contactpersoon",
    "SoortGebied",
    "SoortWijkteam",
    "Werkgebied",
    "Wijkteam",
    "Zijde",
]
