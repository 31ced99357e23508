from wijkteams.models.bulkroutering import Bulkdeel, Bulkroutering, BulkStatus
from wijkteams.models.contact import Aanspreekpunt, Afwezigheid, Contactpersoon
from wijkteams.models.kennismaking import Kennismaking, Kennismakingstip, SoortKennismaking
from wijkteams.models.mandaat import Mandaat
from wijkteams.models.voorstel import Nazicht, Voorstel, VoorstelRegel, VoorstelStatus
from wijkteams.models.werkgebied import SoortGebied, Werkgebied, Zijde
from wijkteams.models.wijkteam import SoortWijkteam, Wijkteam

__all__ = [
    "Aanspreekpunt",
    "Afwezigheid",
    "BulkStatus",
    "Bulkdeel",
    "Bulkroutering",
    "Contactpersoon",
    "Kennismaking",
    "Kennismakingstip",
    "Mandaat",
    "Nazicht",
    "SoortGebied",
    "SoortKennismaking",
    "SoortWijkteam",
    "Voorstel",
    "VoorstelRegel",
    "VoorstelStatus",
    "Werkgebied",
    "Wijkteam",
    "Zijde",
]
