"""Who takes steps and who is told, as the rows of the table name them."""

from casussen.keuzes import Status
from casussen.tabel import Bericht, Bevoegd, Publiek
from gebieden.rollen import REGIOCOORDINATOR
from scholen.rollen import ZORGCOORDINATOR
from wijkteams.rollen import WIJKTEAMCOORDINATOR, WIJKTEAMLID
from zorgaanbod.rollen import AANBIEDER

ZC = (Bevoegd(ZORGCOORDINATOR),)
TEAM = (Bevoegd(WIJKTEAMLID), Bevoegd(WIJKTEAMCOORDINATOR))
COORDINATOR = (Bevoegd(WIJKTEAMCOORDINATOR),)
REGIO_ALTIJD = (Bevoegd(REGIOCOORDINATOR),)
HELPER = (Bevoegd(AANBIEDER),)

TEAM_NIEUW = Bericht(Publiek.TEAM, "casus_aangemeld", met_link=True)
ZC_VERDER = Bericht(Publiek.ZC, "casus_verder")
TEAM_VERDER = Bericht(Publiek.TEAM, "casus_verder")
AANBIEDER_VERDER = Bericht(Publiek.AANBIEDER, "casus_verder")
BEIDEN = (ZC_VERDER, TEAM_VERDER)
GESTOPT = (
    Bericht(Publiek.ZC, "casus_ingetrokken"),
    Bericht(Publiek.VORIG_TEAM, "casus_ingetrokken"),
    Bericht(Publiek.REGIO, "casus_ingetrokken", van=(Status.TE_ROUTEREN,)),
)
