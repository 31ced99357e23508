"""Pure decisions about a casus: who may, what is missing, whose consent. No database, no clock, no request.

A guard looks at the facts of a casus and at what was filled in, and answers what is missing: an empty list lets the step through.
The workflow table names guards by the name of their function.
"""

from types import ModuleType

from casussen.fouten import Ontbreekt
from casussen.rules import aanmelden, dossier, hulp, lus, overleg, toestemming
from casussen.rules.aanmelden import OUDSTE, address_in
from casussen.rules.feiten import DossierFeiten, Feiten, Gegevens, GegevenToestemming, Guard
from casussen.rules.hulp import MAANDEN_HEROPENEN, add_months
from casussen.rules.lus import LANGSTE_OPVOLGING
from casussen.rules.toestemming import (
    LEEFTIJD_ALLEEN,
    LEEFTIJD_SAMEN,
    VOLWASSEN,
    age_on,
    consent_covers,
    givers_for,
    may_share_with,
)
from casussen.rules.wie import flags_fit, holds, in_turn, organisations_for, role_for, why_not

__all__ = [
    "GUARDS",
    "LANGSTE_OPVOLGING",
    "LEEFTIJD_ALLEEN",
    "LEEFTIJD_SAMEN",
    "MAANDEN_HEROPENEN",
    "OUDSTE",
    "VOLWASSEN",
    "DossierFeiten",
    "Feiten",
    "GegevenToestemming",
    "Gegevens",
    "Guard",
    "add_months",
    "address_in",
    "age_on",
    "consent_covers",
    "flags_fit",
    "givers_for",
    "holds",
    "in_turn",
    "may_share_with",
    "missing_for",
    "organisations_for",
    "role_for",
    "why_not",
]


def _guards_in(module: ModuleType) -> dict[str, Guard]:
    """The functions of a module that have the shape of a guard: facts and what was filled in, to what is missing."""
    return {
        naam: found
        for naam, found in vars(module).items()
        if callable(found)
        and getattr(found, "__module__", "") == module.__name__
        and not naam.startswith("_")
        and getattr(found, "__annotations__", {}).get("return") == list[Ontbreekt]
        and len(found.__annotations__) == 3
    }


GUARDS: dict[str, Guard] = {
    naam: guard for module in (aanmelden, lus, overleg, hulp, toestemming, dossier) for naam, guard in _guards_in(module).items()
}


def missing_for(keys: tuple[str, ...], feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    """What is missing according to these guards, each field once."""
    found: dict[str, Ontbreekt] = {}
    for key in keys:
        for item in GUARDS[key](feiten, gegevens):
            found.setdefault(item["veld"], item)
    return list(found.values())
