"""Who may take a step, and why somebody may not. Pure."""

from casussen.rules.feiten import Feiten
from casussen.tabel import Bevoegd, Regel
from kern.kijker import Kijker


def organisations_for(bevoegd: Bevoegd, feiten: Feiten) -> frozenset[int]:
    """The organisations of the casus for which this role must be held: one school, one team, one region; any aanbieder with whom
    it is shared."""
    match bevoegd.rol.soort:
        case "school":
            return frozenset({feiten.school_id})
        case "regio":
            return frozenset({feiten.regio_id})
        case "wijkteam":
            return frozenset() if feiten.wijkteam_id is None else frozenset({feiten.wijkteam_id})
        case "aanbieder":
            return feiten.dossier.aanbieders
        case _:
            return frozenset()


def holds(bevoegd: Bevoegd, feiten: Feiten, kijker: Kijker) -> bool:
    """Does the viewer hold this role for (one of) the organisations of the casus?"""
    return bool(kijker.ids(bevoegd.rol) & organisations_for(bevoegd, feiten))


def in_turn(bevoegd: Bevoegd, regel: Regel, feiten: Feiten) -> bool:
    """Is it this role's turn: some roles may only take a step the first time, others only after that."""
    before = feiten.keren.get(regel.actie, 0)
    return {"": True, "eerste": before == 0, "volgende": before > 0}[bevoegd.keer]


def role_for(regel: Regel, feiten: Feiten, kijker: Kijker) -> Bevoegd | None:
    """The role in which the viewer may take this step, or None."""
    for bevoegd in regel.wie:
        if holds(bevoegd, feiten, kijker) and in_turn(bevoegd, regel, feiten):
            return bevoegd
    return None


def why_not(regel: Regel, feiten: Feiten, kijker: Kijker) -> str:
    """Why this person may not take this step, in words that say who may."""
    waiting = [b for b in regel.wie if holds(b, feiten, kijker) and not in_turn(b, regel, feiten)]
    if any(b.keer == "eerste" for b in waiting):
        return f"Dat is al eerder gedaan. Een volgende keer kan alleen een {_others(regel, feiten)} dit doen."
    return f"Dit doet een {_others(regel, feiten)}."


def _others(regel: Regel, feiten: Feiten) -> str:
    return " of een ".join(dict.fromkeys(b.rol.label for b in regel.wie if in_turn(b, regel, feiten)))


def flags_fit(regel: Regel, feiten: Feiten) -> bool:
    """A step that sets a flag is there while it is down, one that lifts a flag while it is up."""
    if regel.licht:
        return any(vlag in feiten.vlaggen for vlag in regel.licht)
    return not regel.zet or any(vlag not in feiten.vlaggen for vlag in regel.zet)
