"""Which steps someone may take on a casus now, which not yet and why, and what each asks for: read from the workflow table."""

from dataclasses import dataclass, replace
from datetime import date

from casussen.feiten import facts_of
from casussen.keuzes import Status
from casussen.models import Casus
from casussen.rules import Feiten, flags_fit, holds, missing_for, organisations_for, role_for, why_not
from casussen.tabel import Regel, Richting
from casussen.velden import Veld
from casussen.workflow import HANDELINGEN, HOOFDLIJN, NA_REACTIE, OVERGANGEN, rule_for, rules_of, step_in
from kern.kijker import Kijker


@dataclass(frozen=True, slots=True)
class Mogelijk:
    """A step as a button: with `mag` it can be taken, otherwise `waarom_niet` says what is missing.

    `hoofd`: the one step that brings the casus further, for whoever owns it now. `handeling`: the state stays as it is.
    """

    actie: str
    label: str
    mag: bool
    waarom_niet: str
    formulier: tuple[Veld, ...]
    hoofd: bool = False
    handeling: bool = False
    #: The page of the casus that offers it, when it stands beside what it is about instead of in the list of steps.
    op_pagina: str = ""


def available_actions(casus: Casus, kijker: Kijker, *, op: date | None = None) -> list[Mogelijk]:
    """The steps that work in the portal and that this person has to do with, in the order of the table. Two queries.

    The casus must come from a queryset of what the viewer may see: scope is not decided here.
    """
    feiten = facts_of(casus, op=op or kijker.op)
    found = [_now(regel, feiten, kijker) for regel in OVERGANGEN if feiten.status in regel.van]
    present = {item.actie for item in found if item}
    soon = [_later(regel, feiten, kijker) for regel in OVERGANGEN if regel.actie not in present]
    acts = [_now(regel, feiten, kijker) for regel in HANDELINGEN if feiten.status in regel.van]
    return _one_main([item for item in (*found, *soon, *acts) if item])


def offered_on(pagina: str, steps: list[Mogelijk], casus: Casus, kijker: Kijker, *, ook: tuple[str, ...] = ()) -> list[Mogelijk]:
    """The steps that belong on a page of the casus: those its rows name, and `ook`. Of what this state does not know it says when
    it can be done, to whoever could then do it. No queries: `steps` are those of `available_actions`."""
    wanted = dict.fromkeys(ook) | dict.fromkeys(r.actie for r in HANDELINGEN if r.op_pagina == pagina)
    found = {step.actie: step for step in steps if step.actie in wanted}
    for actie in wanted:
        regels = rules_of(actie)
        if actie in found or regels[0].bij or regels[0].zet or regels[0].licht:
            continue
        if any(casus.status in regel.van for regel in regels) or not any(kijker.heeft(b.rol) for r in regels for b in r.wie):
            continue
        found[actie] = _button(regels[0], waarom_niet=when_possible(actie, casus))
    return [found[actie] for actie in wanted if actie in found]


def when_possible(actie: str, casus: Casus) -> str:
    """In which states a step can be taken. Of a closed casus only the way there is said: it must be opened again first."""
    if casus.status == Status.AFGESLOTEN and any(regel.van != (Status.CONCEPT,) for regel in rules_of(actie)):
        return "Heropen de casus eerst."
    states = dict.fromkeys(van.label for regel in rules_of(actie) for van in regel.van)
    return f"Dit kan wel bij: {', '.join(states)}."


def _one_main(steps: list[Mogelijk]) -> list[Mogelijk]:
    """One step is the one to take: of more that bring the casus further, the first that can be taken."""
    main = next((step for step in steps if step.hoofd and step.mag), None)
    return [step if step is main or not step.hoofd else replace(step, hoofd=False) for step in steps]


def _now(regel: Regel, feiten: Feiten, kijker: Kijker) -> Mogelijk | None:
    """A step this state allows: for whoever may take it, or for whom it is not the turn."""
    if missing_for(regel.bij, feiten, {}) or not flags_fit(regel, feiten):
        return None
    bevoegd = role_for(regel, feiten, kijker)
    if bevoegd is None:
        return _button(regel, waarom_niet=why_not(regel, feiten, kijker)) if _concerned(regel, feiten, kijker) else None
    missing = missing_for(regel.voorwaarden, feiten, {})
    if missing:
        return _button(regel, waarom_niet=missing[0]["melding"])
    if feiten.elders and not regel.bij:
        return _button(regel)  # the steps that are about such a casus go first
    owner = step_in(feiten.status, school_reageerde=feiten.school_reageerde).eigenaar
    owned = owner == bevoegd.rol.soort
    return _button(regel, hoofd=owned and brings_further(regel, feiten.status))


def _concerned(regel: Regel, feiten: Feiten, kijker: Kijker) -> bool:
    """It is this person's step but not their turn, or it is a step of their own team that a colleague takes."""
    if any(holds(b, feiten, kijker) for b in regel.wie):
        return True
    teams = {team for b in regel.wie if b.rol.soort == "wijkteam" for team in organisations_for(b, feiten)}
    return any(houdt.soort == "wijkteam" and houdt.id in teams for houdt in kijker.houdt if houdt.id is not None)


def _later(regel: Regel, feiten: Feiten, kijker: Kijker) -> Mogelijk | None:
    """A step that comes into reach with the next one, or once a question is answered."""
    before, reason = _coming(feiten)
    if regel.bij or before not in regel.van or role_for(regel, feiten, kijker) is None:
        return None
    return _button(regel, waarom_niet=reason) if brings_further(regel, before) else None


def _coming(feiten: Feiten) -> tuple[Status | None, str]:
    if feiten.status is Status.AANVULLING_GEVRAAGD:
        return feiten.vorige, "Dit kan zodra de school uw vraag heeft beantwoord."
    if feiten.status not in HOOFDLIJN[:-1]:
        return None, ""
    following = HOOFDLIJN[HOOFDLIJN.index(feiten.status) + 1]
    step = next(r for r in OVERGANGEN if feiten.status in r.van and following in r.doelen)
    return following, f"Dit kan pas na deze stap: {step.label[0].lower()}{step.label[1:]}."


def brings_further(regel: Regel, status: Status) -> bool:
    """Does this step bring the casus on, from this state: along the main road, or back to it?"""
    if rule_for(regel.actie, status) is not regel:
        return False
    if status in NA_REACTIE and regel.sluit not in {None, "alle"}:
        return True  # ends the clock of this state and passes the turn
    reached = [s for s in regel.doelen if s in HOOFDLIJN]
    if status in HOOFDLIJN:
        return any(HOOFDLIJN.index(s) > HOOFDLIJN.index(status) for s in reached if isinstance(s, Status))
    return (bool(reached) and not _sends_away(regel)) or Richting.TERUG in regel.doelen


def _sends_away(regel: Regel) -> bool:
    """From a side state only the step of that state itself brings it further, not one that also holds elsewhere."""
    return len(regel.van) > 1


def _button(regel: Regel, *, waarom_niet: str = "", hoofd: bool = False) -> Mogelijk:
    return Mogelijk(
        actie=regel.actie,
        label=regel.label,
        mag=not waarom_niet,
        waarom_niet=waarom_niet,
        formulier=regel.velden,
        hoofd=hoofd,
        handeling=not regel.changes_state,
        op_pagina=regel.op_pagina,
    )
