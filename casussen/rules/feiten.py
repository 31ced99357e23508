"""The facts that rules decide on, and the shape of a rule. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from casussen.fouten import Ontbreekt
from casussen.keuzes import Status
from casussen.velden.lezen import PLAATS


@dataclass(frozen=True, slots=True)
class GegevenToestemming:
    """Living consent. `wijkteam_id` None: given before the team was known, for the team that is responsible."""

    gever: str
    wijkteam_id: int | None
    ook_ander_wijkteam: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierFeiten:
    """What a decision needs to know of what belongs to a casus: ids of rows, and how they stand. Empty while there is nothing."""

    #: Of the overleg that is planned: the day it begins.
    mdo_gepland: date | None = None
    #: It has begun; and who was invited to it, by id.
    mdo_begonnen: bool = False
    uitgenodigd: tuple[int, ...] = ()
    mdo_gehouden: bool = False
    #: The goals of the newest plan of this ronde.
    doelen: tuple[int, ...] = ()
    #: Per goal the day of the plan in which it was set.
    doel_sinds: Mapping[int, date] = field(default_factory=dict)
    #: Per goal that has one the day of return that was agreed.
    terugkeer: Mapping[int, date] = field(default_factory=dict)
    #: Open help by id: 'aangevraagd', 'wacht' or 'gestart'; and of which aanbieder it is.
    inzetten: Mapping[int, str] = field(default_factory=dict)
    aanbieder_van: Mapping[int, int] = field(default_factory=dict)
    #: Open actions.
    taken: tuple[int, ...] = ()
    #: Aanbieders with whom the casus is shared now; and the ids of all sharings that live.
    aanbieders: frozenset[int] = frozenset()
    delingen: tuple[int, ...] = ()
    #: Living records of agreement: 'beroepsgeheim', 'hulp'.
    instemmingen: frozenset[str] = frozenset()
    aanvraag_open: date | None = None
    #: The onderwijs-zorgarrangement in which the pupil has a place now.
    plaats: str = ""
    #: The day of after-care that was agreed and not done yet.
    nazorg_open: date | None = None
    #: Since when the pupil sits at home, as it was last reported; None when no day was told.
    thuis_sinds: date | None = None


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
    #: The day on which the casus was opened here, and the day on which it was submitted in this ronde (or else opened).
    geopend_op: date | None = None
    aangemeld_op: date | None = None
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
    #: The school has reacted to the evaluation that is open.
    school_reageerde: bool = False
    #: The pupil lives outside the region and a desk there has the casus; someone of ours follows it.
    elders: bool = False
    #: The flags that are up, by the name of their column.
    vlaggen: frozenset[str] = frozenset()
    #: The ways in which the family was sought in vain, since it was last reached.
    pogingen: tuple[str, ...] = ()
    dossier: DossierFeiten = field(default_factory=DossierFeiten)

    def without_safety(self) -> "Feiten":
        """The same casus, if safety were no ground."""
        return replace(self, veiligheid=False)


#: What belongs to a casus can have begun so long before it was opened here: further back is a slip of the pen in the year.
RUIMTE_VOORAF = timedelta(days=365)
#: So far ahead an overleg, a return or an action may be planned: further is a slip of the pen.
VERSTE_DAG = 366
Gegevens = Mapping[str, Any]
Guard = Callable[[Feiten, Gegevens], list[Ontbreekt]]


def mist(veld: str, melding: str) -> list[Ontbreekt]:
    """One thing that is missing, at this field."""
    return [{"veld": veld, "melding": melding}]


def at_row(lijst: str, row: Mapping[str, Any], veld: str, melding: str) -> list[Ontbreekt]:
    """One thing that is missing in a list, at the row and the field where it is."""
    return mist(f"{lijst}.{row[PLAATS]}.{veld}", melding)


def not_ahead(op: date, datum: date | None) -> str:
    """Why a day does not lie ahead of `op` (today counts), within a year; '' when it does, or is not there."""
    if datum is not None and datum < op:
        return "Deze datum is al voorbij. Kies een dag die nog komt."
    if datum is not None and (datum - op).days > VERSTE_DAG:
        return "Deze datum is meer dan een jaar verder. Klopt het jaar?"
    return ""


def in_past(feiten: Feiten, gegevens: Gegevens, veld: str, melding: str) -> list[Ontbreekt]:
    """A day on which something really happened cannot lie ahead."""
    datum = gegevens.get(veld)
    return mist(veld, melding) if datum is not None and datum > feiten.op else []


def not_before(gegevens: Gegevens, veld: str, eerste: date | None, waarom: str) -> list[Ontbreekt]:
    """A day before the first one that can be: which day that is, after why. Without a first day every day will do."""
    datum = gegevens.get(veld)
    if datum is None or eerste is None or datum >= eerste:
        return []
    return mist(veld, f"{waarom} Kies een dag vanaf {eerste:%-d-%-m-%Y}. Klopt het jaar?")


def since_birth(feiten: Feiten, gegevens: Gegevens, veld: str) -> list[Ontbreekt]:
    return not_before(gegevens, veld, feiten.geboortedatum, "Toen was de leerling nog niet geboren.")
