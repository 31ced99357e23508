"""A draft in words: what was filled in, to whom it would go, and who would see what."""

from datetime import date, datetime
from typing import Any

from casussen.actions.leerlingen import differences
from casussen.actions.routes import decide_route
from casussen.forms import heading
from casussen.fouten import Onvolledig
from casussen.keuzes import Status
from casussen.models import Casus
from casussen.rules import address_in
from casussen.velden import CONCEPT_VELDEN, Soort, Veld, clean, is_blank
from gebieden.adres import Adres
from scholen.models import Leerling
from scholen.sectoren import woorden
from wijkteams.routering import Persoon, Route, Uitkomst, route_address

ADRESVELDEN = ("postcode", "huisnummer", "huisletter", "toevoeging")


def _read(casus: Casus) -> dict[str, Any]:
    """What was typed, as far as it can be read."""
    known = {veld.naam for veld in CONCEPT_VELDEN}
    typed = {naam: value for naam, value in casus.concept_gegevens.items() if naam in known}
    return clean(CONCEPT_VELDEN, typed)[0]


def draft_route(casus: Casus, *, op: date) -> Route | None:
    """The route as it is today; None while there is no address. Nothing is stored."""
    values = _read(casus)
    if values.get("geen_adres"):
        return None
    adres = address_in(values)
    if not isinstance(adres, Adres):
        return None
    return route_address(
        postcode=adres.postcode,
        huisnummer=adres.huisnummer,
        huisletter=adres.huisletter,
        toevoeging=adres.toevoeging,
        sector=values.get("sector") or (casus.vestiging.sectoren[0] if len(casus.vestiging.sectoren) == 1 else None),
        school=casus.vestiging.brin,
        geboortedatum=values.get("geboortedatum"),
        peildatum=op,
        geheim=bool(values.get("geheim_adres")),
    )


def differs_from_known(casus: Casus) -> bool:
    """The school knows this number with other details: then the form asks whether they must be updated."""
    values = _read(casus)
    known = Leerling.objects.filter(vestiging=casus.vestiging, leerlingnummer=values.get("leerlingnummer", "")).first()
    if known is None:
        return False
    adres = address_in(values)
    written = {naam: value for naam, value in values.items() if naam not in ADRESVELDEN}
    if isinstance(adres, Adres):
        written |= {naam: getattr(adres, naam) for naam in ADRESVELDEN}
    return bool(differences(known, written))


# --- On the page ------------------------------------------------------------------------------------------------
def _written(veld: Veld, value: Any) -> str:
    if veld.soort is Soort.JA_NEE:
        return "ja" if value else ""
    if veld.soort is Soort.KEUZE:
        return str(dict(veld.keuzes).get(value, value))
    if veld.naam == "postcode" and len(str(value)) == 6:
        return f"{value[:4]} {value[4:]}".upper()
    if isinstance(value, (date, datetime)):
        return f"{value.day}-{value.month}-{value.year}"
    return str(value)


def lines(casus: Casus, stap: str) -> list[tuple[str, str]]:
    """(label, value) of what was filled in at a step; what cannot be read is shown as typed. A secret address is not repeated."""
    values = _read(casus)
    secret = bool(values.get("geheim_adres"))
    shown = []
    for veld in CONCEPT_VELDEN:
        typed = casus.concept_gegevens.get(veld.naam)
        if veld.stap != stap or is_blank(typed) or veld.naam in {"vestiging", "kandidaat"}:
            continue
        if secret and veld.naam in ADRESVELDEN:
            continue
        shown.append((heading(veld.label), _written(veld, values.get(veld.naam, typed))))
    if stap == "leerling":
        shown.insert(0, ("School", casus.vestiging.naam))
    return [(label, text) for label, text in shown if text]


def _face(persoon: Persoon, rol: str, team: str) -> dict[str, Any]:
    return {
        "naam": persoon.naam,
        "functie": persoon.functie or rol,
        "telefoon": persoon.telefoon,
        "email": persoon.email,
        "bereikbaar": persoon.bereikbaar,
        "team": team,
    }


def receiver(casus: Casus, *, op: date) -> dict[str, Any] | None:
    """The person it goes to when it is sent now; None when that is for the regiocoördinator to decide."""
    route = draft_route(casus, op=op)
    if route is None:
        return None
    try:
        decision = decide_route(route, _read(casus))
    except Onvolledig:
        return None
    if decision.wijkteam_id is None:
        return None
    if decision.gekozen:
        pick = next(k for k in route.kandidaten if k.wijkteam and k.wijkteam.id == decision.wijkteam_id)
        person, team = pick.te_bellen, pick.wijkteam
    else:
        person, team = route.te_bellen, route.wijkteam
    if team is None:
        return None
    if person is None:
        return {"naam": team.naam, "telefoon": team.telefoon, "email": team.email, "team": team.gemeente_naam}
    return _face(person, "aanspreekpunt", f"{team.naam}, gemeente {team.gemeente_naam}")


def answer(casus: Casus, *, op: date) -> dict[str, Any] | None:
    """What the address gives, for the step where it is filled in: the person, or an honest sentence."""
    route = draft_route(casus, op=op)
    if route is None:
        return None
    sentence = {
        Uitkomst.TOEGEWEZEN: "",
        Uitkomst.MEERDERE: "Er zijn meer wijkteams mogelijk. Kies er hierboven één, of laat het aan de regiocoördinator.",
        Uitkomst.BUITEN_REGIO: "Dit adres ligt buiten de regio. De regiocoördinator helpt u verder.",
        Uitkomst.ADRES_ONBEKEND: "Dit adres staat niet in ons register. Klopt het? Dan zoekt de regiocoördinator het wijkteam.",
        Uitkomst.GEEN_TEAM: "Voor dit adres is geen wijkteam afgesproken. De regiocoördinator wijst er een toe.",
        Uitkomst.GEEN_CONTACT: "Bij dit wijkteam is nu niemand bereikbaar. De regiocoördinator zorgt voor een contact.",
        Uitkomst.ONGELDIG: "Met dit adres kunnen we geen wijkteam zoeken.",
    }[route.uitkomst]
    return {
        "tekst": sentence,
        "persoon": receiver(casus, op=op),
        "uitleg": [step.as_json() for step in route.uitleg],
    }


def who_sees_what(casus: Casus, *, op: date) -> list[tuple[str, str]]:
    """In plain words, before it is sent."""
    values = _read(casus)
    word = woorden(casus.vestiging.sectoren[0]).leerling
    team = (receiver(casus, op=op) or {}).get("team") or "Het wijkteam dat de regiocoördinator toewijst"
    address = "Het adres ziet niemand: het is geheim." if values.get("geheim_adres") else f"Ook het adres van de {word}."
    return [
        (team, f"Alles wat u hier invulde: wie de {word} is, wat goed gaat, wat nodig is en wie toestemming gaf. {address}"),
        ("Uw school", "U en uw collega-zorgcoördinatoren zien de casus, de status en de terugkoppeling."),
        ("De regiocoördinator", "Het casusnummer, de status en de termijnen. Geen naam en geen verhaal."),
        ("De gemeente", "Alleen aantallen. Nooit een casus."),
        ("Ouders en leerling", "Zij mogen alles lezen wat u hier opschrijft. Vraag dat ook aan hen."),
    ]


def sent_message(casus: Casus) -> str:
    if casus.status == Status.TE_ROUTEREN:
        return "De casus is verstuurd. De regiocoördinator wijst een wijkteam toe. U krijgt daar bericht van."
    return f"De casus is aangemeld bij {casus.wijkteam}. U hoort uiterlijk binnen twee werkdagen dat hij ontvangen is."
