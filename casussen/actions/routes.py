"""The route of a casus: asked from the home address, decided, and stored for good."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from casussen.fouten import Onvolledig
from casussen.models import Casus, CasusRoute
from kern.kijker import Kijker
from scholen.models import Leerling
from wijkteams.routering import Kandidaat, Route, Uitkomst, route_address

TOEGEWEZEN_DOOR_MENS = "toewijzing"


@dataclass(frozen=True, slots=True)
class Beslissing:
    """Which team it becomes, and who there. Without a team the regiocoördinator decides."""

    wijkteam_id: int | None
    contactpersoon_id: int | None = None
    gekozen: bool = False
    reden: str = ""
    buurt_code: str = ""


def route_of(casus: Casus, leerling: Leerling, *, op: date) -> Route:
    """The route of this pupil as it is today."""
    if not leerling.postcode or leerling.huisnummer is None:
        return Route(Uitkomst.ONGELDIG, op, geheim=leerling.geheim_adres)
    return route_address(
        postcode=leerling.postcode,
        huisnummer=leerling.huisnummer,
        huisletter=leerling.huisletter,
        toevoeging=leerling.toevoeging,
        sector=casus.sector or None,
        school=casus.vestiging.brin,
        geboortedatum=leerling.geboortedatum,
        peildatum=op,
        geheim=leerling.geheim_adres,
    )


def decide_route(route: Route, gegevens: Mapping[str, Any]) -> Beslissing:
    """The team of the route, or the candidate that was picked with a reason. Raises Onvolledig for a pick that cannot be."""
    picked, reden = gegevens.get("kandidaat"), gegevens.get("kandidaat_reden", "")
    if route.uitkomst is Uitkomst.TOEGEWEZEN and route.wijkteam and picked in {None, route.wijkteam.id}:
        person = route.aanspreekpunt.id if route.aanspreekpunt else None
        return Beslissing(route.wijkteam.id, person, buurt_code=route.buurt.code if route.buurt else "")
    if picked is None:
        return Beslissing(None)
    kandidaat = _candidate(route, picked)
    if kandidaat is None or kandidaat.wijkteam is None:
        raise Onvolledig([{"veld": "kandidaat", "melding": "Kies een van de wijkteams die bij dit adres mogelijk zijn."}])
    if not reden:
        raise Onvolledig([{"veld": "kandidaat_reden", "melding": "Schrijf op waarom u dit wijkteam kiest."}])
    buurt = kandidaat.buurt or route.buurt
    person = kandidaat.aanspreekpunt.id if kandidaat.aanspreekpunt else None
    return Beslissing(kandidaat.wijkteam.id, person, gekozen=True, reden=reden, buurt_code=buurt.code if buurt else "")


def _candidate(route: Route, wijkteam_id: int) -> Kandidaat | None:
    own = [k for k in route.kandidaten if k.wijkteam is not None and k.wijkteam.id == wijkteam_id]
    with_person = [k for k in own if k.aanspreekpunt is not None]
    return next(iter([*with_person, *own]), None)


def store_route(casus: Casus, route: Route, beslissing: Beslissing, *, by: Kijker, op: datetime) -> CasusRoute:
    """Write the route down with the casus, as the JSON it was; of a secret address without that address."""
    return CasusRoute.objects.create(
        casus=casus,
        uitkomst=route.uitkomst.value,
        afgeleid=route.afgeleid,
        peildatum=route.peildatum,
        editie_id=route.editie_id,
        document=route.as_json(),
        wijkteam_id=beslissing.wijkteam_id,
        contactpersoon_id=beslissing.contactpersoon_id,
        gekozen=beslissing.gekozen,
        reden=beslissing.reden,
        door_id=by.user_id,
        op=op,
    )


def store_assignment(casus: Casus, *, reden: str, by: Kijker, op: datetime, peildatum: date) -> CasusRoute:
    """Write down that a person gave the casus to this team: the last route as it was, with that step added to it."""
    last = CasusRoute.objects.filter(casus=casus).order_by("-op", "-id").first()
    document = dict(last.document) if last else Route(Uitkomst.ONGELDIG, peildatum).as_json()
    step = {"stap": TOEGEWEZEN_DOOR_MENS, "tekst": f"Een mens koos daarna {casus.wijkteam}.", "bron": None}
    document["uitleg"] = [*document.get("uitleg", []), step]
    return CasusRoute.objects.create(
        casus=casus,
        uitkomst=last.uitkomst if last else Uitkomst.ONGELDIG.value,
        afgeleid=last.afgeleid if last else False,
        peildatum=peildatum,
        editie_id=last.editie_id if last else None,
        document=document,
        wijkteam_id=casus.wijkteam_id,
        contactpersoon_id=casus.aanspreekpunt_id,
        gekozen=True,
        reden=reden,
        door_id=by.user_id,
        op=op,
    )
