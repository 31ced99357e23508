"""Pure decisions about a casus: who may, what is missing, whose consent. No database, no clock, no request.

A guard looks at the facts of a casus and at what was filled in, and answers what is missing: an empty list lets the step through.
The workflow table names guards by their key in GUARDS.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from stdnum.nl import bsn

from casussen.fouten import Ontbreekt
from casussen.keuzes import Gever, Status
from casussen.tabel import Bevoegd, Regel
from gebieden.adres import Adres, parse_adres
from kern.kijker import Kijker

#: Ages at which someone else gives consent (Jeugdwet, WGBO): from 12 together with the parents, from 16 alone.
LEEFTIJD_SAMEN, LEEFTIJD_ALLEEN, VOLWASSEN = 12, 16, 18
OUDSTE = 120
MAANDEN_HEROPENEN = 6
LANGSTE_OPVOLGING = 183
CONCRETE_VRAAG = 10


@dataclass(frozen=True, slots=True)
class GegevenToestemming:
    """Living consent. `wijkteam_id` None: given before the team was known, for the team that is responsible."""

    gever: str
    wijkteam_id: int | None
    ook_ander_wijkteam: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Feiten:
    """What a decision needs to know of a casus, on one day."""

    op: date
    status: Status
    school_id: int
    regio_id: int
    wijkteam_id: int | None = None
    behandelaar_id: int | None = None
    geboortedatum: date | None = None
    heeft_adres: bool = False
    veiligheid: bool = False
    toestemmingen: tuple[GegevenToestemming, ...] = ()
    #: How often each action was taken in this ronde.
    keren: Mapping[str, int] = field(default_factory=dict)
    #: The state from which the casus came into the one it is in.
    vorige: Status | None = None
    afgesloten_op: date | None = None
    #: The ladder on the school's reaction has run out.
    ladder_voorbij: bool = False
    #: The pupil lives outside the region and a desk there has the casus; someone of ours follows it.
    elders: bool = False


Gegevens = Mapping[str, Any]
Guard = Callable[[Feiten, Gegevens], list[Ontbreekt]]


def _mist(veld: str, melding: str) -> list[Ontbreekt]:
    return [{"veld": veld, "melding": melding}]


# --- Who may ----------------------------------------------------------------------------------------------------
def organisation_for(bevoegd: Bevoegd, feiten: Feiten) -> int | None:
    """The organisation of the casus for which this role must be held."""
    return {"school": feiten.school_id, "wijkteam": feiten.wijkteam_id, "regio": feiten.regio_id}.get(bevoegd.rol.soort or "")


def in_turn(bevoegd: Bevoegd, regel: Regel, feiten: Feiten) -> bool:
    """Is it this role's turn: some roles may only take a step the first time, others only after that."""
    before = feiten.keren.get(regel.actie, 0)
    return {"": True, "eerste": before == 0, "volgende": before > 0}[bevoegd.keer]


def role_for(regel: Regel, feiten: Feiten, kijker: Kijker) -> Bevoegd | None:
    """The role in which the viewer may take this step, or None."""
    for bevoegd in regel.wie:
        if kijker.heeft_voor(bevoegd.rol, organisation_for(bevoegd, feiten)) and in_turn(bevoegd, regel, feiten):
            return bevoegd
    return None


def why_not(regel: Regel, feiten: Feiten, kijker: Kijker) -> str:
    """Why this person may not take this step, in words that say who may."""
    waiting = [b for b in regel.wie if kijker.heeft_voor(b.rol, organisation_for(b, feiten)) and not in_turn(b, regel, feiten)]
    if any(b.keer == "eerste" for b in waiting):
        return f"Dat is al eerder gedaan. Een volgende keer kan alleen een {_others(regel, feiten)} dit doen."
    return f"Dit doet een {_others(regel, feiten)}."


def _others(regel: Regel, feiten: Feiten) -> str:
    return " of een ".join(dict.fromkeys(b.rol.label for b in regel.wie if in_turn(b, regel, feiten)))


# --- Consent ----------------------------------------------------------------------------------------------------
def age_on(geboortedatum: date, dag: date) -> int:
    """Whole years on a day; someone born on 29 February is a year older on 1 March."""
    return dag.year - geboortedatum.year - ((dag.month, dag.day) < (geboortedatum.month, geboortedatum.day))


def givers_for(leeftijd: int) -> tuple[frozenset[str], str]:
    """Whose consent is complete at this age, and how to ask for it."""
    if leeftijd < LEEFTIJD_SAMEN:
        return frozenset({Gever.OUDERS, Gever.OUDERS_EN_JONGERE}), (
            "De leerling is jonger dan 12 jaar: ouders of verzorgers geven toestemming."
        )
    if leeftijd < LEEFTIJD_ALLEEN:
        return frozenset({Gever.OUDERS_EN_JONGERE}), (
            f"De leerling is {leeftijd} jaar: ouders en leerling geven allebei toestemming."
        )
    return frozenset({Gever.JONGERE, Gever.OUDERS_EN_JONGERE}), "De leerling is 16 jaar of ouder en geeft zelf toestemming."


def consent_covers(toestemming: GegevenToestemming, wijkteam_id: int | None) -> bool:
    """May be shared with this team. `CasusQuerySet.visible_to` asks the same in SQL."""
    return toestemming.ook_ander_wijkteam or toestemming.wijkteam_id is None or toestemming.wijkteam_id == wijkteam_id


def may_share_with(feiten: Feiten, wijkteam_id: int | None) -> bool:
    return feiten.veiligheid or any(consent_covers(t, wijkteam_id) for t in feiten.toestemmingen)


def _safety(feiten: Feiten, gegevens: Gegevens) -> bool:
    return feiten.veiligheid or bool(gegevens.get("veiligheid"))


def veiligheid_met_grond(_feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    if gegevens.get("veiligheid") and not gegevens.get("veiligheid_grond"):
        return _mist("veiligheid_grond", "Schrijf op waarom de veiligheid in gevaar is. Zonder grond mag u niet delen.")
    return []


def toestemming_volledig(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    """Complete for the age of the pupil on the day of sharing; not needed when safety is the ground."""
    if _safety(feiten, gegevens):
        return []
    geboren = gegevens.get("geboortedatum") or feiten.geboortedatum
    if geboren is None:
        return _mist("geboortedatum", "Vul de geboortedatum in: de leeftijd bepaalt wie toestemming geeft.")
    if geboren > feiten.op:
        return []  # said at the date itself
    givers, uitleg = givers_for(age_on(geboren, feiten.op))
    gever, gegeven_op = gegevens.get("toestemming_gever"), gegevens.get("toestemming_op")
    if gever is None and gegeven_op is None and any(t.gever in givers for t in feiten.toestemmingen):
        return []
    fouten: list[Ontbreekt] = []
    if gever not in givers:
        fouten += _mist("toestemming_gever", uitleg)
    if gegeven_op is None:
        fouten += _mist("toestemming_op", "Vul de datum in waarop toestemming is gegeven.")
    elif gegeven_op > feiten.op:
        fouten += _mist("toestemming_op", "Deze datum ligt in de toekomst. Toestemming moet al gegeven zijn.")
    elif gegeven_op < geboren:
        fouten += _mist("toestemming_op", "Deze datum ligt voor de geboortedatum.")
    return fouten


def ouders_geinformeerd(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    """Parents know of it. Not asked for an adult student, nor when safety is the ground."""
    geboren = gegevens.get("geboortedatum") or feiten.geboortedatum
    adult = geboren is not None and age_on(geboren, feiten.op) >= VOLWASSEN
    op = gegevens.get("ouders_geinformeerd_op")
    if op is not None and op > feiten.op:
        return _mist("ouders_geinformeerd_op", "Deze datum ligt in de toekomst. Vertel het ouders eerst.")
    if op is None and not adult and not _safety(feiten, gegevens):
        return _mist("ouders_geinformeerd_op", "Vul in wanneer u ouders hebt verteld dat u deze casus aanmeldt.")
    return []


def toestemming_dekt_team(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    team = gegevens.get("wijkteam")
    if team is None or may_share_with(feiten, team):
        return []
    return _mist(
        "toestemming",
        "De toestemming geldt niet voor dit wijkteam. Vraag de school om toestemming voor dit team, of leg de casus terug.",
    )


def toestemming_dekt_ander_team(feiten: Feiten, _gegevens: Gegevens) -> list[Ontbreekt]:
    """Is there any other team that may see this casus at all?"""
    others = any(t.ook_ander_wijkteam or t.wijkteam_id != feiten.wijkteam_id for t in feiten.toestemmingen)
    if feiten.veiligheid or others:
        return []
    return _mist(
        "toestemming",
        "De toestemming geldt alleen voor uw team. Vraag de school om toestemming voor een ander team, of leg de casus terug.",
    )


# --- What a referral needs --------------------------------------------------------------------------------------
_LEERLING = (
    ("leerlingnummer", "Vul het leerlingnummer van de school in."),
    ("voornaam", "Vul de voornaam in."),
    ("achternaam", "Vul de achternaam in."),
    ("sector", "Kies de sector: welk onderwijs volgt de leerling?"),
)


def leerling_bekend(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    fouten = [item for veld, melding in _LEERLING if not gegevens.get(veld) for item in _mist(veld, melding)]
    nummer = gegevens.get("leerlingnummer", "")
    if looks_like_bsn(nummer):
        fouten += _mist(
            "leerlingnummer",
            "Dit lijkt op een BSN. Gebruik het eigen nummer van de school. Is dit dat nummer? Zet er dan een L voor.",
        )
    geboren = gegevens.get("geboortedatum")
    if geboren is not None and geboren > feiten.op:
        fouten += _mist("geboortedatum", "Deze datum ligt in de toekomst.")
    elif geboren is not None and age_on(geboren, feiten.op) > OUDSTE:
        fouten += _mist("geboortedatum", "Deze datum ligt te ver in het verleden.")
    return fouten


def looks_like_bsn(nummer: str) -> bool:
    """A number that passes the test of a BSN: nine digits that a school's own number seldom has."""
    return len(nummer) == 9 and nummer.isascii() and bool(bsn.is_valid(nummer))


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
        return _mist("postcode", "Vul de postcode in.") + _mist("huisnummer", "Vul het huisnummer in.")
    return found if isinstance(found, list) else []


def inhoud_volledig(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    """Strengths before problems. When safety is the ground, that ground says what is going on."""
    if _safety(feiten, gegevens):
        return []
    wanted = (
        ("krachten", "Schrijf op wat er goed gaat: wat kan de leerling, en wie of wat helpt al?"),
        ("hulpvraag", "Schrijf de hulpvraag op: wat is er nodig?"),
    )
    return [item for veld, melding in wanted if not gegevens.get(veld) for item in _mist(veld, melding)]


# --- What the steps of a team need ------------------------------------------------------------------------------
def behandelaar_genoemd(_feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    return [] if gegevens.get("behandelaar") else _mist("behandelaar", "Kies wie de casus behandelt.")


def behandelaar_is_ander(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    if gegevens.get("behandelaar") and gegevens["behandelaar"] == feiten.behandelaar_id:
        return _mist("behandelaar", "Deze persoon behandelt de casus al. Kies iemand anders.")
    return []


def contact_niet_in_toekomst(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    datum = gegevens.get("contact_datum")
    if datum is not None and datum > feiten.op:
        return _mist("contact_datum", "Deze datum ligt in de toekomst. Leg het contact vast nadat het is geweest.")
    return []


def vraag_is_concreet(_feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    if len(gegevens.get("vraag", "x" * CONCRETE_VRAAG)) < CONCRETE_VRAAG:
        return _mist("vraag", "Maak uw vraag concreet: wat wilt u precies van de school weten?")
    return []


def ander_team(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    team = gegevens.get("wijkteam")
    if team is not None and team == feiten.wijkteam_id:
        return _mist("wijkteam", "De casus is al bij dit wijkteam. Kies een ander team.")
    return []


# --- What the way out of the region needs -----------------------------------------------------------------------
def is_elders(feiten: Feiten, _gegevens: Gegevens) -> list[Ontbreekt]:
    return [] if feiten.elders else _mist("", "Leg eerst vast bij welk loket buiten de regio de casus is.")


def overdracht_niet_in_toekomst(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    datum = gegevens.get("overgedragen_op")
    if datum is not None and datum > feiten.op:
        return _mist("overgedragen_op", "Deze datum ligt in de toekomst. Leg dit vast als het loket het heeft.")
    return []


def opvolgen_in_toekomst(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    datum = gegevens.get("opvolgen_op")
    if datum is not None and datum <= feiten.op:
        return _mist("opvolgen_op", "Kies een dag na vandaag om te horen hoe het gaat.")
    if datum is not None and (datum - feiten.op).days > LANGSTE_OPVOLGING:
        return _mist("opvolgen_op", "Kies een dag binnen een half jaar: zo verliest niemand de leerling uit het oog.")
    return []


def had_een_team(feiten: Feiten, _gegevens: Gegevens) -> list[Ontbreekt]:
    if feiten.wijkteam_id is None:
        return _mist("", "Deze casus liep buiten de regio en had hier geen wijkteam. Meld een nieuwe casus aan.")
    return []


# --- What the later steps need ----------------------------------------------------------------------------------
def gezin_uitgenodigd_of_reden(_feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    if gegevens.get("gezin_uitgenodigd") or gegevens.get("reden_niet_uitgenodigd"):
        return []
    return _mist("gezin_uitgenodigd", "Nodig ouders en leerling uit, of schrijf op waarom niet.")


def mdo_gehouden_of_reden(_feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    if gegevens.get("mdo_gehouden") or gegevens.get("mdo_reden_niet"):
        return []
    return _mist("mdo_gehouden", "Houd eerst het overleg, of schrijf op waarom het er niet komt.")


def doelen_met_schooldoel(_feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    doelen = gegevens.get("doelen", [])
    if not doelen or not all(doel.get("tekst") and doel.get("eigenaar") for doel in doelen):
        return _mist("doelen", "Schrijf minstens één doel op, elk met een eigenaar.")
    if not any(doel.get("school") for doel in doelen):
        return _mist("doelen", "Minstens één doel gaat over school.")
    return []


def echt_gestart(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    start = gegevens.get("startdatum")
    if start is not None and start > feiten.op:
        return _mist("startdatum", "Deze datum ligt in de toekomst. Vul in wanneer de hulp echt is begonnen.")
    return []


def resultaat_per_doel(_feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    resultaten = gegevens.get("resultaten", [])
    if not resultaten or not all(item.get("resultaat") for item in resultaten):
        return _mist("resultaten", "Schrijf per doel op wat het resultaat is.")
    return []


def school_reageerde_of_ladder_voorbij(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    if gegevens.get("school_reageerde") or (gegevens.get("zonder_reactie") and feiten.ladder_voorbij):
        return []
    return _mist("school_reageerde", "De school heeft nog niet gereageerd. Afsluiten zonder reactie kan pas na de herinneringen.")


def nazorg_in_toekomst(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    datum = gegevens.get("nazorg_datum")
    if datum is not None and datum <= feiten.op:
        return _mist("nazorg_datum", "Kies een datum in de toekomst om te horen hoe het gaat.")
    return []


def binnen_heropentermijn(feiten: Feiten, _gegevens: Gegevens) -> list[Ontbreekt]:
    if feiten.afgesloten_op is None or feiten.op <= add_months(feiten.afgesloten_op, MAANDEN_HEROPENEN):
        return []
    return _mist("", "Heropenen kan tot zes maanden na het afsluiten. Meld een nieuwe casus aan.")


def add_months(dag: date, maanden: int) -> date:
    """The same day so many months on, or the last day of that month."""
    month = dag.month - 1 + maanden
    year, month = dag.year + month // 12, month % 12 + 1
    for day in range(dag.day, dag.day - 4, -1):
        try:
            return date(year, month, day)
        except ValueError:
            continue
    raise AssertionError("Elke maand heeft minstens 28 dagen.")


GUARDS: dict[str, Guard] = {
    guard.__name__: guard
    for guard in (
        leerling_bekend, adres_bekend, veiligheid_met_grond, inhoud_volledig, toestemming_volledig, ouders_geinformeerd,
        toestemming_dekt_team, toestemming_dekt_ander_team, behandelaar_genoemd, behandelaar_is_ander,
        contact_niet_in_toekomst, vraag_is_concreet, ander_team, gezin_uitgenodigd_of_reden, mdo_gehouden_of_reden,
        doelen_met_schooldoel, echt_gestart, resultaat_per_doel,
        school_reageerde_of_ladder_voorbij, nazorg_in_toekomst, binnen_heropentermijn,
        is_elders, overdracht_niet_in_toekomst, opvolgen_in_toekomst, had_een_team,
    )
}  # fmt: skip


def missing_for(keys: tuple[str, ...], feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    """What is missing according to these guards, each field once."""
    found: dict[str, Ontbreekt] = {}
    for key in keys:
        for item in GUARDS[key](feiten, gegevens):
            found.setdefault(item["veld"], item)
    return list(found.values())
