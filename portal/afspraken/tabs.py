"""The three pages of what was agreed, as tabs; each viewer sees those that are for them."""

from django.urls import reverse

from gebieden.rollen import REGIOCOORDINATOR
from kern.kijker import Kijker
from scholen.rollen import SCHOOLTEAMLEIDER, ZORGCOORDINATOR

Tab = tuple[str, str, int | None, bool]
PAGINAS = (
    ("rolverdeling", "Wie doet wat", ()),
    ("mandaten", "Mandaten van scholen", (REGIOCOORDINATOR, ZORGCOORDINATOR, SCHOOLTEAMLEIDER)),
    ("buiten-regio", "Buiten de regio", (REGIOCOORDINATOR,)),
)


def tabs_for(kijker: Kijker, huidig: str) -> list[Tab]:
    return [
        (label, reverse(naam), None, naam == huidig) for naam, label, rollen in PAGINAS if not rollen or kijker.heeft(*rollen)
    ]
