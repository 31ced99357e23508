"""The accounts to try the portal with: one per role, each with work waiting."""

from dataclasses import dataclass

from gebieden.rollen import GEMEENTEMEDEWERKER, LEERPLICHT, REGIOCOORDINATOR
from kern.kijker import Rol
from kern.rollen import FUNCTIONEEL_BEHEER
from portal.demo import DEMO_DOMEIN
from scholen.rollen import SAMENWERKINGSVERBAND, SCHOOLTEAMLEIDER, ZORGCOORDINATOR
from wijkteams.rollen import WIJKTEAMCOORDINATOR, WIJKTEAMLID
from zorgaanbod.rollen import AANBIEDER

#: Where the fixed people work.
SCHOOL, TEAM, GEMEENTE, VERBAND = "80AC", "schalkwijk", "GM0392", "VO2705"
#: The aanbieder of the account, by its key in facts/aanbieders.csv.
AANBIEDER_DEMO = "zeebries"


@dataclass(frozen=True, slots=True)
class Account:
    """A fixed person: who signs in where, and what is worth looking at."""

    sleutel: str
    naam: str
    rol: Rol
    functie: str
    te_zien: str

    @property
    def email(self) -> str:
        return f"{self.sleutel}@{DEMO_DOMEIN}"


ACCOUNTS = (
    Account(
        "zc",
        "Zoë Zeewind",
        ZORGCOORDINATOR,
        "zorgcoördinator",
        "concepten, vragen van wijkteams en casussen die op antwoord wachten",
    ),
    Account("teamleider", "Teun Poldermans", SCHOOLTEAMLEIDER, "teamleider zorg", "wat op school over tijd is"),
    Account(
        "wijkteam",
        "Wilgenka Helmgras",
        WIJKTEAMLID,
        "jeugd- en gezinswerker",
        "nieuwe casussen, een eigen werkvoorraad en een antwoord",
    ),
    Account(
        "coordinator",
        "Corine van Lantaarn",
        WIJKTEAMCOORDINATOR,
        "wijkteamcoördinator",
        "de werkvoorraad van het hele team, met achterstand",
    ),
    Account(
        "regio",
        "Rens Kompasroos",
        REGIOCOORDINATOR,
        "regiocoördinator",
        "casussen die nog een wijkteam nodig hebben, en de cijfers",
    ),
    Account("gemeente", "Gijs Grachtlicht", GEMEENTEMEDEWERKER, "beleidsadviseur jeugd", "de cijfers van Haarlem naast de regio"),
    Account(
        "verband",
        "Saar Duinviooltje",
        SAMENWERKINGSVERBAND,
        "beleidsadviseur passend onderwijs",
        "de cijfers van de scholen van het samenwerkingsverband",
    ),
    Account(
        "aanbieder",
        "Annebel Zandkorrel",
        AANBIEDER,
        "coördinator aanmelding",
        "eigen hulpaanbod met wachttijden die oud zijn, en een onderwijs-zorgarrangement",
    ),
    Account(
        "leerplicht",
        "Loek Schelpenpad",
        LEERPLICHT,
        "leerplichtambtenaar",
        "het hulpaanbod, en casussen die met toestemming zijn gedeeld",
    ),
    Account(
        "beheer",
        "Britt van Oeverland",
        FUNCTIONEEL_BEHEER,
        "functioneel beheerder",
        "wijkteams, scholen, werkgebieden en accounts",
    ),
)


def account_of(rol: Rol) -> Account:
    """The one account with this role."""
    return next(account for account in ACCOUNTS if account.rol == rol)
