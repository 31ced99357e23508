"""The closed loop as one table (the house plan, §5). Screens, API, mails, tests and the diagram in docs/ all follow from it.

A row says: this action, from these states, to that state, may be taken by these roles, if these rules hold, and then opens this
termijn and tells these people. A new step is a new row, its fields (`casussen.velden`), its rules (`casussen.rules`) and, where
it writes something of its own, an effect (`casussen.actions.effecten`). The machine (`casussen.actions.machine`) knows no step by
name. The shapes are in `casussen.tabel`; the rows stand in this folder by phase.

    staten      who owns each state            begin, buiten   from draft to first contact; outside the region
    termijnen   every deadline                 hulp, inzet     overleg, plan, help, evaluation, the end
    wie         who may, who is told           vlaggen         what holds beside the state
                                               samen, dossier  contact, consent, actions, sharing
"""

from casussen.tabel import Regel
from casussen.workflow.begin import BEGIN, EINDE
from casussen.workflow.buiten import BUITEN
from casussen.workflow.dossier import DOSSIER
from casussen.workflow.hulp import HULP, HULP_HANDELINGEN
from casussen.workflow.inzet import INZET
from casussen.workflow.samen import SAMEN
from casussen.workflow.staten import (
    BIJ_EEN_TEAM,
    BIJ_TEAM,
    EIGENAAR,
    HOOFDLIJN,
    IN_DE_LUS,
    IN_HANDEN,
    NA_REACTIE,
    TEAM_WERKT,
    is_open,
    step_in,
)
from casussen.workflow.termijnen import ONTVANGST, START, TERMIJNEN, TERUGKOPPELEN, VAN_EEN_STATUS, VAN_EEN_VLAG, VLAGTERMIJNEN
from casussen.workflow.vlaggen import VLAGGEN

__all__ = [
    "ACTIES",
    "BIJ_EEN_TEAM",
    "BIJ_TEAM",
    "EIGENAAR",
    "HANDELINGEN",
    "HOOFDLIJN",
    "IN_DE_LUS",
    "IN_HANDEN",
    "NA_REACTIE",
    "ONTVANGST",
    "OVERGANGEN",
    "START",
    "TEAM_WERKT",
    "TERMIJNEN",
    "TERUGKOPPELEN",
    "VAN_EEN_STATUS",
    "VAN_EEN_VLAG",
    "VLAGTERMIJNEN",
    "is_open",
    "rule_for",
    "rules_of",
    "step_in",
]

OVERGANGEN: tuple[Regel, ...] = (*BEGIN, *BUITEN, *HULP, *EINDE)
#: What can be done to a casus while its state stays as it is.
HANDELINGEN: tuple[Regel, ...] = (*SAMEN, *HULP_HANDELINGEN, *INZET, *DOSSIER, *VLAGGEN)
ACTIES: tuple[str, ...] = tuple(dict.fromkeys(regel.actie for regel in (*OVERGANGEN, *HANDELINGEN)))
_RIJEN: dict[tuple[str, str], Regel] = {
    (regel.actie, status): regel for regel in (*OVERGANGEN, *HANDELINGEN) for status in regel.van
}
_PER_ACTIE: dict[str, tuple[Regel, ...]] = {
    actie: tuple(regel for regel in (*OVERGANGEN, *HANDELINGEN) if regel.actie == actie) for actie in ACTIES
}


def rule_for(actie: str, status: str) -> Regel | None:
    """The row of this action from this state, if there is one; there is at most one."""
    return _RIJEN.get((actie, status))


def rules_of(actie: str) -> tuple[Regel, ...]:
    """All rows of an action; empty for a name that does not exist."""
    return _PER_ACTIE.get(actie, ())
