"""The states: who owns the next step in each, and the roads through them."""

from casussen.keuzes import EigenaarSoort, Status
from casussen.tabel import Stap

S = Status
SCHOOL, WIJKTEAM, REGIO = EigenaarSoort.SCHOOL, EigenaarSoort.WIJKTEAM, EigenaarSoort.REGIO

#: The owner of the next step in every state. In an end state nobody has one.
EIGENAAR: dict[Status, Stap] = {
    S.CONCEPT: Stap(SCHOOL, "maakt de aanmelding af"),
    S.TE_ROUTEREN: Stap(REGIO, "wijst een wijkteam toe"),
    S.AANGEMELD: Stap(WIJKTEAM, "bevestigt de ontvangst"),
    S.ONTVANGEN: Stap(WIJKTEAM, "neemt contact op met ouders", "neemt contact op met de jongere"),
    S.IN_BEHANDELING: Stap(WIJKTEAM, "plant een overleg met ouders en leerling", "plant een overleg met de jongere"),
    S.MDO_GEPLAND: Stap(WIJKTEAM, "houdt het overleg en legt het plan vast"),
    S.PLAN_VASTGESTELD: Stap(WIJKTEAM, "laat de hulp beginnen"),
    S.IN_UITVOERING: Stap(WIJKTEAM, "evalueert de hulp met gezin en school"),
    S.EVALUATIE: Stap(SCHOOL, "reageert op de evaluatie"),
    S.AANVULLING_GEVRAAGD: Stap(SCHOOL, "beantwoordt de vraag van het wijkteam"),
    S.TERUGGELEGD: Stap(SCHOOL, "kiest: opnieuw aanmelden of intrekken"),
    S.AFGESLOTEN: Stap(None, "Deze casus is afgesloten."),
    S.INGETROKKEN: Stap(None, "Deze casus is ingetrokken."),
}
#: In these states the turn passes once the school has reacted (`Casus.school_reageerde`).
NA_REACTIE: dict[Status, Stap] = {S.EVALUATIE: Stap(WIJKTEAM, "sluit de casus af of gaat door met de hulp")}
#: The overleg was called off and no other is planned (`Casus.zonder_overleg`).
ZONDER_OVERLEG: dict[Status, Stap] = {S.MDO_GEPLAND: Stap(WIJKTEAM, "plant een nieuw overleg")}
#: The road a casus takes when nothing gets in between.
HOOFDLIJN: tuple[Status, ...] = (
    S.CONCEPT, S.AANGEMELD, S.ONTVANGEN, S.IN_BEHANDELING, S.MDO_GEPLAND,
    S.PLAN_VASTGESTELD, S.IN_UITVOERING, S.EVALUATIE, S.AFGESLOTEN,
)  # fmt: skip
#: States in which a wijkteam works on the casus, and in which it has it at all.
IN_HANDEN = (S.ONTVANGEN, S.IN_BEHANDELING, S.MDO_GEPLAND, S.PLAN_VASTGESTELD, S.IN_UITVOERING, S.EVALUATIE)
BIJ_TEAM = (S.AANGEMELD, *IN_HANDEN)
#: The same, also while it waits for an answer of the school: the casus stays with that team.
TEAM_WERKT = (*IN_HANDEN, S.AANVULLING_GEVRAAGD)
BIJ_EEN_TEAM = (*BIJ_TEAM, S.AANVULLING_GEVRAAGD)
#: States of a casus that is under way: after the draft, before the end.
IN_DE_LUS = (S.TE_ROUTEREN, *BIJ_EEN_TEAM, S.TERUGGELEGD)


def step_in(status: Status, *, school_reageerde: bool = False, zonder_overleg: bool = False) -> Stap:
    """Who owns the next step in this state, and what it is."""
    usual = ZONDER_OVERLEG.get(status, EIGENAAR[status]) if zonder_overleg else EIGENAAR[status]
    return NA_REACTIE.get(status, usual) if school_reageerde else usual


def is_open(status: str) -> bool:
    """Someone has a next step in the loop (a draft is not yet in it)."""
    return status in IN_DE_LUS
