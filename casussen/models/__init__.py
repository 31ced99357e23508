from casussen.keuzes import EigenaarSoort, Gever, SoortContact, Status, Urgentie
from casussen.models.casus import Casus
from casussen.models.loop import Contactmoment, Overgang, Statusperiode, Terugkoppeling, Vraag
from casussen.models.momentopname import LAGER_IS_BETER, Indicator, Momentopname, Streefwaarde
from casussen.models.ontvangstlink import Ontvangstlink
from casussen.models.opvolging import Opvolging
from casussen.models.rolverdeling import Rolregel, Rolverdeling
from casussen.models.route import CasusRoute
from casussen.models.termijn import Herinnering, Termijn, TermijnInstelling
from casussen.models.toestemming import Toestemming

__all__ = [
    "LAGER_IS_BETER",
    "Casus",
    "CasusRoute",
    "Contactmoment",
    "EigenaarSoort",
    "Gever",
    "Herinnering",
    "Indicator",
    "Momentopname",
    "Ontvangstlink",
    "Opvolging",
    "Overgang",
    "Rolregel",
    "Rolverdeling",
    "SoortContact",
    "Status",
    "Statusperiode",
    "Streefwaarde",
    "Termijn",
    "TermijnInstelling",
    "Terugkoppeling",
    "Toestemming",
    "Urgentie",
    "Vraag",
]
