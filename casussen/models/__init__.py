from casussen.keuzes import EigenaarSoort, Gever, SoortContact, Status, Urgentie
from casussen.models.casus import Casus
from casussen.models.loop import Contactmoment, Overgang, Statusperiode, Terugkoppeling, Vraag
from casussen.models.ontvangstlink import Ontvangstlink
from casussen.models.route import CasusRoute
from casussen.models.termijn import Herinnering, Termijn, TermijnInstelling
from casussen.models.toestemming import Toestemming

__all__ = [
    "Casus",
    "CasusRoute",
    "Contactmoment",
    "EigenaarSoort",
    "Gever",
    "Herinnering",
    "Ontvangstlink",
    "Overgang",
    "SoortContact",
    "Status",
    "Statusperiode",
    "Termijn",
    "TermijnInstelling",
    "Terugkoppeling",
    "Toestemming",
    "Urgentie",
    "Vraag",
]
