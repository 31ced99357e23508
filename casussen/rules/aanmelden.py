"""What a referral needs. Pure."""

from casussen.fouten import Ontbreekt
from casussen.rules.feiten import Feiten, Gegevens, mist
from casussen.rules.toestemming import age_on, on_safety
from gebieden.adres import Adres, parse_adres
from scholen.leerlingnummer import BSN, looks_like_bsn

OUDSTE = 120

_LEERLING = (
    ("leerlingnummer", "Vul het leerlingnummer van de school in."),
    ("voornaam", "Vul de voornaam in."),
    ("achternaam", "Vul de achternaam in."),
    ("sector", "Kies de sector: welk onderwijs volgt de leerling?"),
)


def leerling_bekend(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    fouten = [item for veld, melding in _LEERLING if not gegevens.get(veld) for item in mist(veld, melding)]
    nummer = gegevens.get("leerlingnummer", "")
    if looks_like_bsn(nummer):
        fouten += mist("leerlingnummer", BSN)
    geboren = gegevens.get("geboortedatum")
    if geboren is not None and geboren > feiten.op:
        fouten += mist("geboortedatum", "Deze datum ligt in de toekomst.")
    elif geboren is not None and age_on(geboren, feiten.op) > OUDSTE:
        fouten += mist("geboortedatum", "Deze datum ligt te ver in het verleden.")
    return fouten


def address_in(gegevens: Gegevens) -> Adres | list[Ontbreekt] | None:
    """The address that was filled in, what is wrong with it, or None when there is none."""
    parts = [gegevens.get(veld, "") for veld in ("postcode", "huisnummer", "huisletter", "toevoeging")]
    if not any(parts):
        return None
    found = parse_adres(*parts)
    return found if isinstance(found, Adres) else [{"veld": fout.veld, "melding": fout.melding} for fout in found]


def adres_bekend(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    """An address to route by, or the word of the school that there is none."""
    if gegevens.get("geen_adres"):
        return []
    found = address_in(gegevens)
    if found is None and not feiten.heeft_adres:
        return mist("postcode", "Vul de postcode in.") + mist("huisnummer", "Vul het huisnummer in.")
    return found if isinstance(found, list) else []


def inhoud_volledig(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    """Strengths before problems. When safety is the ground, that ground says what is going on."""
    if on_safety(feiten, gegevens):
        return []
    wanted = (
        ("krachten", "Schrijf op wat er goed gaat: wat kan de leerling, en wie of wat helpt al?"),
        ("hulpvraag", "Schrijf de hulpvraag op: wat is er nodig?"),
    )
    return [item for veld, melding in wanted if not gegevens.get(veld) for item in mist(veld, melding)]
