"""The main navigation: one table, by role. The first item that fits is also where someone lands after signing in."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from gebieden.rollen import GEMEENTEMEDEWERKER, LEERPLICHT, REGIOCOORDINATOR
from kern.kijker import Kijker, Rol
from kern.rollen import FUNCTIONEEL_BEHEER
from scholen.rollen import SAMENWERKINGSVERBAND, SCHOOLTEAMLEIDER, ZORGCOORDINATOR
from toegang.rollen import ROLLEN
from wijkteams.rollen import WIJKTEAMCOORDINATOR, WIJKTEAMLID
from zorgaanbod.rollen import AANBIEDER

#: The key that leads to 'Wie is het aanspreekpunt?' from every page.
SNELTOETS = "/"
#: The key that leads to finding a casus from every page.
ZOEKTOETS = "z"
ZOEKER = "zoeker"
MELDINGEN = "meldingen"
SCHOOL = (ZORGCOORDINATOR, SCHOOLTEAMLEIDER)
TEAM = (WIJKTEAMLID, WIJKTEAMCOORDINATOR)
#: Who finds casussen: whoever may see one, a part of one, or its status and clocks.
CASUSZOEKERS = (*SCHOOL, *TEAM, REGIOCOORDINATOR, AANBIEDER, LEERPLICHT, SAMENWERKINGSVERBAND)
#: Who looks up an address: everybody who may have to send a casus somewhere.
ZOEKERS = (*SCHOOL, *TEAM, REGIOCOORDINATOR, FUNCTIONEEL_BEHEER)


@dataclass(frozen=True, slots=True)
class Bestemming:
    """A place in the main navigation and the roles that find it there."""

    naam: str
    label: str
    rollen: tuple[Rol, ...]
    #: Where else somebody is when they are here, besides what lies under its own address.
    ook: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        return reverse(self.naam)

    def exists(self) -> bool:
        try:
            return bool(self.url)
        except NoReverseMatch:
            return False


#: In the order of the menu. For each role the first one is its home.
BESTEMMINGEN = (
    Bestemming("mijn-inzet", "Onze hulp", (AANBIEDER,)),
    Bestemming("mijn-aanbod", "Mijn aanbod", (AANBIEDER,)),
    Bestemming("werkvoorraad", "Werkvoorraad", TEAM),
    Bestemming("te-routeren", "Te routeren", (REGIOCOORDINATOR,)),
    Bestemming("netwerk", "Netwerk", (REGIOCOORDINATOR, WIJKTEAMCOORDINATOR)),
    Bestemming("dashboard", "Cijfers", (GEMEENTEMEDEWERKER, REGIOCOORDINATOR, SAMENWERKINGSVERBAND)),
    Bestemming(ZOEKER, "Wie is het aanspreekpunt?", ZOEKERS),
    Bestemming("mijn-dag", "Mijn dag", (*SCHOOL, *TEAM, REGIOCOORDINATOR)),
    Bestemming("casus-lijst", "Casussen", SCHOOL),
    Bestemming("consulten", "Consulten", (ZORGCOORDINATOR, *TEAM, REGIOCOORDINATOR)),
    Bestemming("dashboard", "Cijfers", SCHOOL),
    Bestemming("thuiszitters", "Thuiszitters", (*SCHOOL, LEERPLICHT, SAMENWERKINGSVERBAND), ook=("/verzuim",)),
    Bestemming("mijn-wijkteams", "Mijn wijkteams", SCHOOL),
    Bestemming("kennismakingen", "Kennismakingen", TEAM),
    Bestemming(
        "aanbod",
        "Hulpaanbod",
        (*SCHOOL, *TEAM, REGIOCOORDINATOR, SAMENWERKINGSVERBAND, GEMEENTEMEDEWERKER, LEERPLICHT, AANBIEDER),
        ook=("/onderwijs-zorg",),
    ),
    Bestemming("hulp-op-scholen", "Hulp op scholen", (GEMEENTEMEDEWERKER, REGIOCOORDINATOR, SAMENWERKINGSVERBAND, *SCHOOL)),
    Bestemming(
        "rolverdeling",
        "Afspraken",
        (*SCHOOL, *TEAM, REGIOCOORDINATOR, GEMEENTEMEDEWERKER),
        ook=("/netwerk/mandaten", "/netwerk/buiten-regio"),
    ),
    Bestemming("dekking", "Dekking", (GEMEENTEMEDEWERKER,)),
    Bestemming("edities", "Adresregister", (FUNCTIONEEL_BEHEER,)),
    Bestemming(MELDINGEN, "Meldingen", tuple(ROLLEN.values())),
    Bestemming("admin:index", "Beheer", (FUNCTIONEEL_BEHEER,)),
)
#: Where a role starts when that is not the first item of its menu.
BEGIN: dict[Rol, str] = {FUNCTIONEEL_BEHEER: "admin:index", SCHOOLTEAMLEIDER: "mijn-dag"}


def current(places: tuple[Bestemming, ...], path: str) -> Bestemming | None:
    """Where somebody is: of the places this address lies under, the nearest."""
    found = [
        (len(prefix), place)
        for place in places
        for prefix in (place.url, *place.ook)
        if path == prefix or path.startswith(f"{prefix}/")
    ]
    return max(found, key=lambda item: item[0])[1] if found else None


def destinations(kijker: Kijker) -> tuple[Bestemming, ...]:
    """What stands in the menu of this viewer: of the places that this installation has, those for one of the viewer's roles."""
    found: dict[str, Bestemming] = {}
    for place in BESTEMMINGEN:
        if kijker.heeft(*place.rollen) and place.exists():
            found.setdefault(place.naam, place)
    return tuple(found.values())


def home_of(kijker: Kijker) -> str:
    """The URL where this viewer starts; without any role that is the page that explains why there is nothing to see."""
    for role, name in BEGIN.items():
        if kijker.rollen == {role.sleutel}:
            return reverse(name)
    places = destinations(kijker)
    return places[0].url if places else reverse("geen-rol")
