"""Who does what in each step: the steps, what two versions differ in, and what a version still lacks. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from casussen.keuzes import EigenaarSoort, Partij, RolInStap, Status
from casussen.workflow import EIGENAAR

#: The rows of the matrix: every state in which somebody has a next step, in the order in which a casus meets them.
STAPPEN: tuple[Status, ...] = (
    Status.TE_ROUTEREN, Status.AANGEMELD, Status.ONTVANGEN, Status.AANVULLING_GEVRAAGD, Status.TERUGGELEGD,
    Status.IN_BEHANDELING, Status.MDO_GEPLAND, Status.PLAN_VASTGESTELD, Status.IN_UITVOERING, Status.EVALUATIE,
)  # fmt: skip
_PARTIJ_VAN = {
    EigenaarSoort.SCHOOL: Partij.SCHOOL,
    EigenaarSoort.WIJKTEAM: Partij.WIJKTEAM,
    EigenaarSoort.REGIO: Partij.GEMEENTE,
}
#: What one party does in one step: its roles, and in words.
Vak = tuple[tuple[str, ...], str]
Matrix = Mapping[tuple[str, str], Vak]
LEEG: Vak = ((), "")


@dataclass(frozen=True, slots=True)
class Verschil:
    """One cell that is different from the version before."""

    stap: Status
    partij: Partij
    was: Vak
    wordt: Vak


def wat(stap: Status) -> str:
    """'bevestigt de ontvangst': what the owner of this step does."""
    return EIGENAAR[stap].volgende


def from_workflow() -> dict[tuple[str, str], Vak]:
    """Where a first version starts: whoever owns a step in the workflow, does it."""
    found: dict[tuple[str, str], Vak] = {}
    for stap in STAPPEN:
        eigenaar = EIGENAAR[stap].eigenaar
        if eigenaar is not None:
            text = "de regiocoördinator, namens de gemeenten" if eigenaar is EigenaarSoort.REGIO else ""
            found[stap.value, _PARTIJ_VAN[eigenaar].value] = ((RolInStap.DOET.value,), text)
    return found


def differences(vorige: Matrix, nieuw: Matrix) -> list[Verschil]:
    """Every cell that differs, in the order of the matrix."""
    return [
        Verschil(stap, partij, was, wordt)
        for stap in STAPPEN
        for partij in Partij
        if (was := vorige.get((stap.value, partij.value), LEEG)) != (wordt := nieuw.get((stap.value, partij.value), LEEG))
    ]


def without_doer(matrix: Matrix) -> list[Status]:
    """Steps that nobody does: a version with one of these cannot be published."""
    return [
        stap
        for stap in STAPPEN
        if not any(RolInStap.DOET.value in matrix.get((stap.value, partij.value), LEEG)[0] for partij in Partij)
    ]


def roles_text(rollen: tuple[str, ...]) -> str:
    """'beslist en betaalt'."""
    labels = dict(RolInStap.choices)
    *eerste, laatste = [labels[rol] for rol in rollen] or [""]
    return f"{', '.join(eerste)} en {laatste}" if eerste else laatste
