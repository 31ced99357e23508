"""What there is to try in the demo: accounts, one address per outcome that really routes so, and where to look."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch, reverse

from portal.demo import DEMO_WACHTWOORD
from portal.demo.accounts import ACCOUNTS
from portal.demo.gebied import rows_of
from toegang.models import Aanstelling
from wijkteams.routering import Uitkomst, route_address

#: Name of a URL, and what is there.
PLAATSEN = (
    ("home", "start", "beginpagina; inloggen met een van de accounts"),
    ("zoeker", "zoeker", "Wie is het aanspreekpunt?"),
    ("te-routeren", "te_routeren", "casussen zonder wijkteam (regiocoördinator)"),
    ("werkvoorraad", "werkvoorraad", "de werkvoorraad van het wijkteam"),
    ("aanbod", "hulpaanbod", "welke hulp er is, met wachttijden"),
    ("dashboard", "cijfers", "de cijfers van gemeente en regio"),
    ("demo-post", "post", "alle e-mail die de demo verstuurde"),
)


@dataclass(frozen=True, slots=True)
class Voorbeeld:
    uitkomst: str
    postcode: str
    huisnummer: int
    waarom: str


class Ontbreekt(LookupError):  # noqa: N818  (the words of the house)
    """For this outcome no example routes so any more: the network was changed."""


def example_addresses() -> tuple[Voorbeeld, ...]:
    """One address per outcome, each tried just now. Raises Ontbreekt for an outcome without one."""
    found: dict[str, Voorbeeld] = {}
    for row in rows_of("voorbeelden"):
        example = Voorbeeld(row["uitkomst"], row["postcode"], int(row["huisnummer"]), row["waarom"])
        if example.uitkomst in found:
            continue
        if route_address(postcode=example.postcode, huisnummer=example.huisnummer).uitkomst == example.uitkomst:
            found[example.uitkomst] = example
    missing = [uitkomst.value for uitkomst in Uitkomst if uitkomst.value not in found]
    if missing:
        raise Ontbreekt(f"Geen voorbeeldadres meer voor: {', '.join(missing)}. De werkgebieden zijn veranderd.")
    return tuple(found[uitkomst.value] for uitkomst in Uitkomst)


def account_rows() -> list[dict[str, Any]]:
    """The fixed accounts with the organisation each works for."""
    appointments = Aanstelling.objects.select_related("user", "school", "wijkteam", "gemeente", "regio").filter(
        user__email__in=[account.email for account in ACCOUNTS]
    )
    where = {row.user.email: str(row.organisatie) if row.organisatie else None for row in appointments}
    return [
        {
            "email": account.email,
            "password": DEMO_WACHTWOORD,
            "naam": account.naam,
            "rol": account.rol.sleutel,
            "functie": account.rol.label,
            "organisatie": where.get(account.email),
            "te_zien": account.te_zien,
        }
        for account in ACCOUNTS
    ]


def places() -> dict[str, str]:
    """Absolute URLs of what is worth a look."""
    found = {}
    for name, key, _ in PLAATSEN:
        try:
            found[key] = settings.SITE_URL + reverse(name)
        except NoReverseMatch:
            continue
    return {**found, "api": f"{settings.SITE_URL}/api/v1/openapi.json", "gezondheid": f"{settings.SITE_URL}/health/ready"}
