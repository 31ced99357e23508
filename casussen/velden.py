"""What each step asks for: the fields as data. Forms, the API and the machine read the same list.

`clean` turns what was typed or sent into values, and says per field what is wrong. Pure: a field that points to a row (a
wijkteam, a contactpersoon) becomes an id here; whether that row exists and may be used is for the action.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from casussen.fouten import Ontbreekt
from casussen.keuzes import (
    Gever,
    NamensWie,
    OverdrachtDoor,
    RedenDoorzetten,
    RedenIntrekken,
    RedenTerugleggen,
    SoortContact,
    UitkomstBuiten,
    Urgentie,
)
from scholen.sectoren import Sector

LANG = 4000
KORT = 120
EERSTE_JAAR, LAATSTE_JAAR = 1900, 2100


class Soort(StrEnum):
    """How a field is asked and read."""

    REGEL = "regel"  # one line
    TEKST = "tekst"  # several lines
    KEUZE = "keuze"  # one of `keuzes`
    DATUM = "datum"  # date, '2026-12-03' or '3-12-2026'
    JA_NEE = "ja_nee"
    VESTIGING = "vestiging"  # BRIN of 6 characters, of an own school
    WIJKTEAM = "wijkteam"  # id
    CONTACTPERSOON = "contactpersoon"  # id
    GEMEENTE = "gemeente"  # id
    REGIOCOORDINATOR = "regiocoordinator"  # id of the account
    LIJST = "lijst"  # a list of objects; for later issues


@dataclass(frozen=True, slots=True, kw_only=True)
class Veld:
    """One field. `verplicht` holds always; what is needed only sometimes is said by a guard."""

    naam: str
    label: str
    soort: Soort = Soort.REGEL
    verplicht: bool = False
    max_lengte: int = KORT
    keuzes: tuple[tuple[str, str], ...] = ()
    hulp: str = ""
    stap: str = ""


def _text(naam: str, label: str, **extra: Any) -> Veld:
    return Veld(naam=naam, label=label, soort=Soort.TEKST, max_lengte=LANG, **extra)


def _choice(naam: str, label: str, keuzes: Iterable[tuple[str, str]], **extra: Any) -> Veld:
    return Veld(naam=naam, label=label, soort=Soort.KEUZE, keuzes=tuple(keuzes), **extra)


# --- A draft, per step of the form ------------------------------------------------------------------------------
LEERLING = (
    Veld(naam="vestiging", label="de school", soort=Soort.VESTIGING, stap="leerling"),
    Veld(
        naam="leerlingnummer",
        label="het leerlingnummer",
        max_lengte=20,
        stap="leerling",
        hulp="Het eigen nummer van de school. Vul nooit een BSN in.",
    ),
    Veld(naam="voornaam", label="de voornaam", max_lengte=80, stap="leerling"),
    Veld(naam="achternaam", label="de achternaam", stap="leerling"),
    Veld(
        naam="geboortedatum",
        label="de geboortedatum",
        soort=Soort.DATUM,
        stap="leerling",
        hulp="De leeftijd bepaalt wie toestemming geeft.",
    ),
    _choice("sector", "de sector", Sector.choices, stap="leerling"),
    Veld(naam="klas", label="de klas", max_lengte=20, stap="leerling"),
    _text(
        "contact_gezin",
        "hoe het wijkteam het gezin bereikt",
        stap="leerling",
        hulp="Bijvoorbeeld: naam van de ouder, telefoonnummer, en wanneer bellen goed uitkomt.",
    ),
    Veld(
        naam="leerling_bijwerken",
        label="de gegevens van de leerling bijwerken",
        soort=Soort.JA_NEE,
        stap="leerling",
        hulp="Alleen nodig als de school deze leerling al kent met andere gegevens.",
    ),
)
ADRES = (
    Veld(naam="postcode", label="de postcode", max_lengte=KORT, stap="adres"),
    Veld(naam="huisnummer", label="het huisnummer", max_lengte=KORT, stap="adres"),
    Veld(naam="huisletter", label="de huisletter", max_lengte=KORT, stap="adres"),
    Veld(naam="toevoeging", label="de toevoeging", max_lengte=KORT, stap="adres"),
    Veld(
        naam="geheim_adres",
        label="geheim adres",
        soort=Soort.JA_NEE,
        stap="adres",
        hulp="Een geheim adres gebruiken we alleen om het wijkteam te vinden. Niemand krijgt het te zien.",
    ),
    Veld(
        naam="geen_adres",
        label="geen Nederlands adres",
        soort=Soort.JA_NEE,
        stap="adres",
        hulp="Er is geen vast adres in Nederland. De regiocoördinator zoekt dan het wijkteam.",
    ),
    Veld(naam="kandidaat", label="het wijkteam", soort=Soort.WIJKTEAM, stap="adres"),
    _text("kandidaat_reden", "waarom u dit wijkteam kiest", stap="adres"),
)
KRACHTEN = (_text("krachten", "wat goed gaat", stap="krachten", hulp="Wat kan de leerling goed? Wie of wat helpt al?"),)
HULPVRAAG = (
    _text("hulpvraag", "de hulpvraag", stap="hulpvraag", hulp="Wat is er nodig, in de woorden van ouders en leerling?"),
    _text("geprobeerd", "wat u al hebt geprobeerd", stap="hulpvraag"),
    _choice("urgentie", "hoe snel het nodig is", Urgentie.choices, stap="hulpvraag"),
    Veld(naam="thuiszitter", label="de leerling zit thuis", soort=Soort.JA_NEE, stap="hulpvraag"),
)
TOESTEMMING = (
    Veld(
        naam="ouders_geinformeerd_op",
        label="wanneer ouders zijn geïnformeerd",
        soort=Soort.DATUM,
        stap="toestemming",
    ),
    _choice("toestemming_gever", "wie toestemming gaf", Gever.choices, stap="toestemming"),
    Veld(naam="toestemming_op", label="de datum van de toestemming", soort=Soort.DATUM, stap="toestemming"),
    Veld(
        naam="ook_ander_wijkteam",
        label="de toestemming geldt ook voor een ander wijkteam",
        soort=Soort.JA_NEE,
        stap="toestemming",
    ),
    Veld(naam="veiligheid", label="de veiligheid is in gevaar", soort=Soort.JA_NEE, stap="toestemming"),
    _text(
        "veiligheid_grond",
        "waarom de veiligheid in gevaar is",
        stap="toestemming",
        hulp="Alleen nodig als u 'Veiligheid is in gevaar' aankruist. Schrijf dan de grond op, bijvoorbeeld uit de meldcode.",
    ),
)
CONCEPT_VELDEN: tuple[Veld, ...] = (*LEERLING, *ADRES, *KRACHTEN, *HULPVRAAG, *TOESTEMMING)
#: The steps of the form, in order.
STAPPEN: tuple[tuple[str, str], ...] = (
    ("leerling", "Leerling"),
    ("adres", "Adres en wijkteam"),
    ("krachten", "Wat gaat goed?"),
    ("hulpvraag", "Wat is er nodig?"),
    ("toestemming", "Toestemming"),
)

# --- The steps of the loop --------------------------------------------------------------------------------------
TERUGKOPPELING = (
    _text(
        "terugkoppeling_gedaan",
        "wat u hebt gedaan",
        verplicht=True,
        hulp="De school leest dit. Schrijf geen vertrouwelijke details.",
    ),
    _text("terugkoppeling_vervolg", "wat er nu gebeurt"),
    _text("terugkoppeling_nodig", "wat u van de school nodig hebt"),
)
TOEWIJZEN = (
    Veld(naam="wijkteam", label="het wijkteam", soort=Soort.WIJKTEAM, verplicht=True),
    _text("toelichting", "waarom u dit wijkteam kiest", verplicht=True),
)
ONTVANGEN = (Veld(naam="behandelaar", label="wie de casus behandelt", soort=Soort.CONTACTPERSOON),)
STARTEN = (
    _choice("contact_soort", "het soort contact", SoortContact.choices, verplicht=True),
    _choice("contact_met", "met wie u contact had", NamensWie.choices, verplicht=True),
    Veld(naam="contact_datum", label="de datum van het contact", soort=Soort.DATUM, verplicht=True),
    _text("contact_notitie", "uw eigen notitie", hulp="Alleen uw team ziet deze notitie. De school ziet haar nooit."),
    *TERUGKOPPELING,
)
VRAGEN = (_text("vraag", "uw vraag", verplicht=True, hulp="Stel één concrete vraag aan de school."),)
BEANTWOORDEN = (_text("antwoord", "uw antwoord", verplicht=True),)
DOORZETTEN = (
    Veld(naam="wijkteam", label="het nieuwe wijkteam", soort=Soort.WIJKTEAM, verplicht=True),
    _choice("reden", "de reden", RedenDoorzetten.choices, verplicht=True),
    _text("toelichting", "uw uitleg voor de school en het nieuwe team", verplicht=True),
)
TERUGLEGGEN = (
    _choice("reden", "de reden", RedenTerugleggen.choices, verplicht=True),
    _text("toelichting", "uw uitleg", verplicht=True),
    _text("advies", "uw advies aan de school", verplicht=True),
    _text("alternatief", "wat de school in plaats daarvan kan doen", verplicht=True),
)
_OPVOLGEN_OP = Veld(
    naam="opvolgen_op",
    label="de dag waarop u navraag doet",
    soort=Soort.DATUM,
    hulp="U krijgt dan een herinnering. Leeg: over tien werkdagen, of wat uw regio heeft afgesproken.",
)
BUITEN_OVERDRAGEN = (
    Veld(naam="gemeente", label="de gemeente waar de leerling woont", soort=Soort.GEMEENTE, verplicht=True),
    Veld(
        naam="bij_wie",
        label="bij wie de vraag nu ligt",
        max_lengte=160,
        verplicht=True,
        hulp="Naam en functie van wie het bij het loket aannam. Noem de leerling niet.",
    ),
    Veld(naam="overgedragen_op", label="de dag waarop het loket het aannam", soort=Soort.DATUM, verplicht=True),
    _choice("overgedragen_door", "wie het bij het loket meldde", OverdrachtDoor.choices, verplicht=True),
    Veld(
        naam="opvolger",
        label="wie van onze regio het volgt",
        soort=Soort.REGIOCOORDINATOR,
        verplicht=True,
        hulp="Die krijgt de herinneringen en vertelt de school hoe het afloopt.",
    ),
    _OPVOLGEN_OP,
)
BUITEN_OPVOLGEN = (
    _text("toelichting", "wat u hoorde", verplicht=True, hulp="De school leest dit. Schrijf geen vertrouwelijke details."),
    _OPVOLGEN_OP,
)
BUITEN_TERUGMELDEN = (
    _choice("uitkomst", "hoe het afliep", [c for c in UitkomstBuiten.choices if c[0] != "vervangen"], verplicht=True),
    *TERUGKOPPELING,
)
HERAANMELDEN = (
    _text("toelichting", "wat er nu anders is", verplicht=True),
    *ADRES,
    _choice("toestemming_gever", "wie toestemming gaf", Gever.choices),
    Veld(naam="toestemming_op", label="de datum van de toestemming", soort=Soort.DATUM),
    Veld(naam="ook_ander_wijkteam", label="de toestemming geldt ook voor een ander wijkteam", soort=Soort.JA_NEE),
)
INTREKKEN = (
    _choice("reden", "de reden", RedenIntrekken.choices, verplicht=True),
    _choice("namens", "wie de casus intrekt", NamensWie.choices, verplicht=True),
    _text("toelichting", "uw uitleg"),
)
CONTACT_VASTLEGGEN = (
    *(veld for veld in STARTEN if veld.naam.startswith("contact_")),
    Veld(naam="contact_gelukt", label="het is gelukt om contact te krijgen", soort=Soort.JA_NEE),
    *TERUGKOPPELING,
)
TOESTEMMING_AANVULLEN = (
    _choice("toestemming_gever", "wie toestemming gaf", Gever.choices, verplicht=True),
    Veld(naam="toestemming_op", label="de datum van de toestemming", soort=Soort.DATUM, verplicht=True),
    Veld(naam="ook_ander_wijkteam", label="de toestemming geldt ook voor een ander wijkteam", soort=Soort.JA_NEE),
)
TOESTEMMING_INTREKKEN = (
    _choice("namens", "wie de toestemming intrekt", NamensWie.choices, verplicht=True),
    _text("toelichting", "uw uitleg"),
)
# Rows whose screens come later.
MDO_PLANNEN = (
    Veld(naam="mdo_datum", label="de datum van het overleg", soort=Soort.DATUM, verplicht=True),
    Veld(naam="gezin_uitgenodigd", label="ouders en leerling zijn uitgenodigd", soort=Soort.JA_NEE),
    _text("reden_niet_uitgenodigd", "waarom ouders of leerling niet zijn uitgenodigd"),
)
PLAN_VASTSTELLEN = (
    Veld(naam="mdo_gehouden", label="het overleg is gehouden", soort=Soort.JA_NEE),
    _text("mdo_reden_niet", "waarom er geen overleg was"),
    Veld(naam="doelen", label="de doelen", soort=Soort.LIJST, hulp="Per doel: tekst, eigenaar, en of het over school gaat."),
    *TERUGKOPPELING,
)
UITVOEREN = (
    Veld(naam="startdatum", label="de datum waarop de hulp is gestart", soort=Soort.DATUM, verplicht=True),
    *TERUGKOPPELING,
)
DOORGAAN = TERUGKOPPELING
EVALUEREN = TERUGKOPPELING
AFSLUITEN = (
    Veld(naam="resultaten", label="het resultaat per doel", soort=Soort.LIJST),
    _text("mening_gezin", "wat ouders en leerling ervan vinden", verplicht=True),
    Veld(naam="nazorg_datum", label="de datum voor nazorg", soort=Soort.DATUM, verplicht=True),
    Veld(naam="school_reageerde", label="de school heeft gereageerd", soort=Soort.JA_NEE),
    Veld(naam="zonder_reactie", label="afsluiten zonder reactie van de school", soort=Soort.JA_NEE),
    *TERUGKOPPELING,
)
HEROPENEN = (_text("toelichting", "waarom de casus weer opengaat", verplicht=True),)

# --- Reading ----------------------------------------------------------------------------------------------------
_DATUM_NL = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", re.ASCII)
_DATUM_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_JA = frozenset({"true", "1", "on", "ja", "yes"})
_NEE = frozenset({"false", "0", "off", "nee", "no"})
#: Text may hold line ends and tabs; every other control character has no place in it, and PostgreSQL refuses NUL.
_STUUR = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class LeesError(ValueError):
    """What was typed cannot be read; the message says what to do."""


def _as_text(veld: Veld, value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise LeesError(f"Vul {veld.label} in als tekst.")
    text = str(value).replace("\r\n", "\n").replace("\r", "\n")
    if _STUUR.search(text) or any("\ud800" <= char <= "\udfff" for char in text):
        raise LeesError(f"Er staat een teken in dat hier niet kan. Typ {veld.label} opnieuw.")
    text = text.strip()
    if veld.soort is Soort.REGEL and "\n" in text:
        raise LeesError(f"Vul {veld.label} in op één regel.")
    if len(text) > veld.max_lengte:
        raise LeesError(f"Dit is te lang: gebruik hoogstens {veld.max_lengte} tekens.")
    return text


def _as_choice(veld: Veld, value: Any) -> str:
    if not isinstance(value, str) or value.strip() not in dict(veld.keuzes):
        raise LeesError(f"Kies {veld.label} uit de lijst.")
    return value.strip()


def _as_date(veld: Veld, value: Any) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = value.strip() if isinstance(value, str) else ""
    if match := _DATUM_NL.fullmatch(text):
        day, month, year = (int(part) for part in match.groups())
    elif match := _DATUM_ISO.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
    else:
        raise LeesError(f"Vul {veld.label} in als dag-maand-jaar, bijvoorbeeld 3-12-2026.")
    try:
        found = date(year, month, day)
    except ValueError:
        raise LeesError(f"De datum {text} bestaat niet.") from None
    if not EERSTE_JAAR <= year <= LAATSTE_JAAR:
        raise LeesError(f"Het jaar {year} kan niet kloppen.")
    return found


def _as_bool(veld: Veld, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    text = str(value).strip().lower() if isinstance(value, (str, int)) else ""
    if text in _JA:
        return True
    if text in _NEE:
        return False
    raise LeesError(f"Kies ja of nee bij: {veld.label}.")


def _as_id(veld: Veld, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise LeesError(f"Kies {veld.label} uit de lijst.")
    text = str(value).strip()
    if not text.isascii() or not text.isdigit() or not 0 < int(text[:19]) < 2**63 or len(text) > 19:
        raise LeesError(f"Kies {veld.label} uit de lijst.")
    return int(text)


def _as_list(veld: Veld, value: Any) -> list[Mapping[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(item, Mapping) for item in value):
        raise LeesError(f"Vul {veld.label} in.")
    return list(value)


#: Kinds of which one is chosen from a list.
TE_KIEZEN = frozenset(
    {Soort.KEUZE, Soort.WIJKTEAM, Soort.CONTACTPERSOON, Soort.VESTIGING, Soort.GEMEENTE, Soort.REGIOCOORDINATOR}
)
_LEZERS: dict[Soort, Callable[[Veld, Any], Any]] = {
    Soort.REGEL: _as_text,
    Soort.TEKST: _as_text,
    Soort.KEUZE: _as_choice,
    Soort.DATUM: _as_date,
    Soort.JA_NEE: _as_bool,
    Soort.VESTIGING: _as_text,
    Soort.WIJKTEAM: _as_id,
    Soort.CONTACTPERSOON: _as_id,
    Soort.GEMEENTE: _as_id,
    Soort.REGIOCOORDINATOR: _as_id,
    Soort.LIJST: _as_list,
}


def is_blank(value: Any) -> bool:
    """Nothing was filled in."""
    return value is None or (isinstance(value, str) and not value.strip()) or value == []


def clean(velden: Iterable[Veld], gegevens: Mapping[str, Any]) -> tuple[dict[str, Any], list[Ontbreekt]]:
    """The values that could be read, and per field what is wrong. A blank field is absent from the values."""
    schoon: dict[str, Any] = {}
    fouten: list[Ontbreekt] = []
    known = {veld.naam: veld for veld in velden}
    fouten.extend({"veld": naam, "melding": "Dit veld hoort niet bij deze stap."} for naam in gegevens if naam not in known)
    for naam, veld in known.items():
        value = gegevens.get(naam)
        if is_blank(value):
            if veld.verplicht:
                fouten.append({"veld": naam, "melding": missing(veld)})
            continue
        try:
            schoon[naam] = _LEZERS[veld.soort](veld, value)
        except LeesError as fout:
            fouten.append({"veld": naam, "melding": str(fout)})
    return schoon, fouten


def missing(veld: Veld) -> str:
    """What to say when a field is empty."""
    verb = "Kies" if veld.soort in TE_KIEZEN else "Vul in"
    return f"{verb}: {veld.label}."
