from wijkteams.models.contact import Aanspreekpunt, Afwezigheid, Contactpersoon
from wijkteams.models.kennismaking import Kennismaking, Kennismakingstip, SoortKennismaking
from wijkteams.models.werkgebied import SoortGebied, Werkgebied, Zijde
from wijkteams.models.wijkteam import SoortWijkteam, Wijkteam

__all__ = [
    "Aanspreekpunt",
    "Afwezigheid",
    "Contactpersoon",
    "Kennismaking",
    "Kennismakingstip",
    "SoortGebied",
    "SoortKennismaking",
    "SoortWijkteam",
    "Werkgebied",
    "Wijkteam",
    "Zijde",
]
