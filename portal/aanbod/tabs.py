"""The screens of the aanbodgids as tabs; each viewer sees those that are for them."""

from django.urls import reverse

from gebieden.rollen import GEMEENTEMEDEWERKER, LEERPLICHT, REGIOCOORDINATOR
from kern.kijker import Kijker
from kern.rollen import FUNCTIONEEL_BEHEER
from scholen.rollen import SAMENWERKINGSVERBAND, SCHOOLTEAMLEIDER, ZORGCOORDINATOR
from wijkteams.rollen import WIJKTEAMCOORDINATOR, WIJKTEAMLID
from zorgaanbod.rollen import AANBIEDER

Tab = tuple[str, str, int | None, bool]
SCHOOL = (ZORGCOORDINATOR, SCHOOLTEAMLEIDER)
#: Who may look in the guide: everybody who asks, gives, pays or steers help.
GIDS = (
    *SCHOOL,
    WIJKTEAMLID,
    WIJKTEAMCOORDINATOR,
    AANBIEDER,
    LEERPLICHT,
    SAMENWERKINGSVERBAND,
    REGIOCOORDINATOR,
    GEMEENTEMEDEWERKER,
    FUNCTIONEEL_BEHEER,
)
#: Who sees an onderwijs-zorgarrangement: those who hold it, and those who see figures of it.
ONDERWIJSZORG = (*SCHOOL, AANBIEDER, SAMENWERKINGSVERBAND, REGIOCOORDINATOR)
PAGINAS = (
    ("aanbod", "Hulp zoeken", GIDS),
    ("aanbod-dekking", "Dekking per school", (*SCHOOL, SAMENWERKINGSVERBAND, REGIOCOORDINATOR)),
    ("onderwijs-zorg", "Onderwijs-zorgarrangementen", ONDERWIJSZORG),
    ("mijn-aanbod", "Mijn aanbod", (AANBIEDER,)),
)


def tabs_for(kijker: Kijker, huidig: str) -> list[Tab]:
    found: list[Tab] = [(label, reverse(naam), None, naam == huidig) for naam, label, rollen in PAGINAS if kijker.heeft(*rollen)]
    return found if len(found) > 1 else []
