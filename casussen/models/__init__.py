from casussen.keuzes import EigenaarSoort, Gever, SoortContact, Status, Urgentie
from casussen.models.afronding import Aanvraag, Mijlpaal, Nazorg, Reactie
from casussen.models.bericht import Bericht, Berichtgelezen, Document
from casussen.models.casus import Casus
from casussen.models.consult import Consult, ConsultBericht, ConsultHerinnering
from casussen.models.deling import Deling, Instemming
from casussen.models.filter import FILTERS_MAX, Lijst, Opgeslagenfilter
from casussen.models.inzet import Inzet, Voortgang
from casussen.models.loop import Contactmoment, Overgang, Statusperiode, Terugkoppeling, Vraag
from casussen.models.mdo import Mdo, MdoAanvulling, MdoDeelnemer
from casussen.models.momentopname import LAGER_IS_BETER, Indicator, Momentopname, Streefwaarde
from casussen.models.ontvangstlink import Ontvangstlink
from casussen.models.opvolging import Opvolging
from casussen.models.overdracht import Overdracht
from casussen.models.oza import Onderwijszorg, Ozabesluit, Ozaplaatsing
from casussen.models.plan import Doel, Doelscore, Doelversie, Intensiteit, Plan
from casussen.models.rolverdeling import Rolregel, Rolverdeling
from casussen.models.route import CasusRoute
from casussen.models.taak import Taak
from casussen.models.termijn import Herinnering, Termijn, TermijnInstelling
from casussen.models.toestemming import Toestemming
from casussen.models.uitvoer import RedenUitvoer, Uitvoer

__all__ = [
    "FILTERS_MAX",
    "LAGER_IS_BETER",
    "Aanvraag",
    "Bericht",
    "Berichtgelezen",
    "Casus",
    "CasusRoute",
    "Consult",
    "ConsultBericht",
    "ConsultHerinnering",
    "Contactmoment",
    "Deling",
    "Document",
    "Doel",
    "Doelscore",
    "Doelversie",
    "EigenaarSoort",
    "Gever",
    "Herinnering",
    "Indicator",
    "Instemming",
    "Intensiteit",
    "Inzet",
    "Lijst",
    "Mdo",
    "MdoAanvulling",
    "MdoDeelnemer",
    "Mijlpaal",
    "Momentopname",
    "Nazorg",
    "Onderwijszorg",
    "Ontvangstlink",
    "Opgeslagenfilter",
    "Opvolging",
    "Overdracht",
    "Overgang",
    "Ozabesluit",
    "Ozaplaatsing",
    "Plan",
    "Reactie",
    "RedenUitvoer",
    "Rolregel",
    "Rolverdeling",
    "SoortContact",
    "Status",
    "Statusperiode",
    "Streefwaarde",
    "Taak",
    "Termijn",
    "TermijnInstelling",
    "Terugkoppeling",
    "Toestemming",
    "Uitvoer",
    "Urgentie",
    "Voortgang",
    "Vraag",
]
