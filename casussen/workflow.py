"""The closed loop as one table (the house plan, §5). Screens, API, mails, tests and the diagram in docs/ all follow from it.

A row says: this action, from these states, to that state, may be taken by these roles, if these rules hold, and then opens this
termijn and tells these people. A new step is a new row, its fields (`casussen.velden`), its rules (`casussen.rules`) and, where
it writes something of its own, an effect (`casussen.actions.effecten`). The machine (`casussen.actions.machine`) knows no step by
name. The shapes are in `casussen.tabel`.
"""

from casussen import velden as v
from casussen.keuzes import EigenaarSoort, Status
from casussen.tabel import Anker, Bericht, Bevoegd, Doel, Eenheid, Publiek, Regel, Richting, Stap, TermijnRegel, Terugkoppeling
from gebieden.rollen import REGIOCOORDINATOR
from scholen.rollen import ZORGCOORDINATOR
from wijkteams.rollen import WIJKTEAMCOORDINATOR, WIJKTEAMLID

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
#: The road a casus takes when nothing gets in between.
HOOFDLIJN: tuple[Status, ...] = (
    S.CONCEPT, S.AANGEMELD, S.ONTVANGEN, S.IN_BEHANDELING, S.MDO_GEPLAND,
    S.PLAN_VASTGESTELD, S.IN_UITVOERING, S.EVALUATIE, S.AFGESLOTEN,
)  # fmt: skip
#: States in which a wijkteam works on the casus, and in which it has it at all.
IN_HANDEN = (S.ONTVANGEN, S.IN_BEHANDELING, S.MDO_GEPLAND, S.PLAN_VASTGESTELD, S.IN_UITVOERING, S.EVALUATIE)
BIJ_TEAM = (S.AANGEMELD, *IN_HANDEN)
#: States of a casus that is under way: after the draft, before the end.
IN_DE_LUS = (S.TE_ROUTEREN, *BIJ_TEAM, S.AANVULLING_GEVRAAGD, S.TERUGGELEGD)


_WD = Eenheid.WERKDAGEN
ROUTEREN = TermijnRegel("te_routeren", Anker.NU, 1, _WD, REGIO, wat="wijkteam toewijzen")
ONTVANGST = TermijnRegel("ontvangen", Anker.T0, 2, _WD, WIJKTEAM, wat="ontvangst bevestigen")
ONTVANGST_NIEUW_TEAM = TermijnRegel("ontvangen", Anker.NU, 2, _WD, WIJKTEAM, wat="ontvangst bevestigen")
CONTACT = TermijnRegel("in_behandeling", Anker.T0, 5, _WD, WIJKTEAM, wat="contact met het gezin")
OVERLEG = TermijnRegel("mdo_gepland", Anker.T0, 10, _WD, WIJKTEAM, wat="overleg plannen")
PLAN = TermijnRegel("plan_vastgesteld", Anker.T0, 15, _WD, WIJKTEAM, wat="plan vaststellen")
START = TermijnRegel("in_uitvoering", Anker.T0, 21, Eenheid.DAGEN, WIJKTEAM, wat="hulp laten beginnen")
EVALUATIE = TermijnRegel("evaluatie", Anker.START, 6, Eenheid.WEKEN, WIJKTEAM, wat="hulp evalueren")
EVALUATIE_VERVOLG = TermijnRegel("evaluatie_vervolg", Anker.NU, 12, Eenheid.WEKEN, WIJKTEAM, wat="hulp opnieuw evalueren")
REACTIE = TermijnRegel("afgesloten", Anker.NU, 5, _WD, SCHOOL, wat="reageren op de evaluatie")
ANTWOORD = TermijnRegel("aanvulling_gevraagd", Anker.NU, 3, _WD, SCHOOL, wat="vraag beantwoorden")
TERUG = TermijnRegel("teruggelegd", Anker.NU, 5, _WD, SCHOOL, wat="opnieuw aanmelden of intrekken")
OPVOLGEN = TermijnRegel(
    "te_routeren_vervolg", Anker.NU, 10, _WD, REGIO,
    wat="navraag doen buiten de regio", volgende="volgt of de andere gemeente de hulp oppakt",
)  # fmt: skip
TERMIJNEN: dict[str, TermijnRegel] = {
    regel.soort: regel
    for regel in (
        ROUTEREN, ONTVANGST, CONTACT, OVERLEG, PLAN, START, EVALUATIE, EVALUATIE_VERVOLG, REACTIE, ANTWOORD, TERUG, OPVOLGEN,
    )
}  # fmt: skip

ZC = (Bevoegd(ZORGCOORDINATOR),)
TEAM = (Bevoegd(WIJKTEAMLID), Bevoegd(WIJKTEAMCOORDINATOR))
REGIO_ALTIJD = (Bevoegd(REGIOCOORDINATOR),)
_TEAM_NIEUW = Bericht(Publiek.TEAM, "casus_aangemeld", met_link=True)
_BUITEN = Bericht(Publiek.REGIO, "casus_buiten")
_GESTOPT = (
    Bericht(Publiek.ZC, "casus_ingetrokken"),
    Bericht(Publiek.VORIG_TEAM, "casus_ingetrokken"),
    Bericht(Publiek.REGIO, "casus_ingetrokken", van=(S.TE_ROUTEREN,)),
)
_VERDER = (Bericht(Publiek.ZC, "casus_verder"),)

OVERGANGEN: tuple[Regel, ...] = (
    Regel(
        actie="aanmelden",
        label="Casus aanmelden",
        gedaan="aangemeld",
        van=(S.CONCEPT,),
        naar=(
            Doel(S.AANGEMELD, (ONTVANGST,), (_TEAM_NIEUW, Bericht(Publiek.ZC, "casus_verder"))),
            Doel(S.TE_ROUTEREN, (ROUTEREN,), (Bericht(Publiek.REGIO, "casus_te_routeren"), Bericht(Publiek.ZC, "casus_verder"))),
        ),
        wie=ZC,
        velden=v.CONCEPT_VELDEN,
        guards=(
            "leerling_bekend",
            "adres_bekend",
            "veiligheid_met_grond",
            "inhoud_volledig",
            "toestemming_volledig",
            "ouders_geinformeerd",
        ),
    ),
    Regel(
        actie="toewijzen",
        label="Wijkteam toewijzen",
        gedaan="toegewezen",
        voorwerp="een wijkteam",
        van=(S.TE_ROUTEREN,),
        naar=(Doel(S.AANGEMELD, (ONTVANGST_NIEUW_TEAM,), (_TEAM_NIEUW, Bericht(Publiek.ZC, "casus_toegewezen"))),),
        wie=REGIO_ALTIJD,
        velden=v.TOEWIJZEN,
        guards=("toestemming_dekt_team",),
    ),
    Regel(  # the portal sends nothing there: someone did, and from now on someone of ours follows it
        actie="buiten_overdragen",
        label="Loket elders vastleggen",
        gedaan="vastgelegd",
        voorwerp="de overdracht buiten de regio",
        van=(S.TE_ROUTEREN,),
        naar=(Doel(S.TE_ROUTEREN, (OPVOLGEN,), (_BUITEN, Bericht(Publiek.ZC, "casus_verder"))),),
        wie=(*REGIO_ALTIJD, *ZC),
        velden=v.BUITEN_OVERDRAGEN,
        guards=("overdracht_niet_in_toekomst", "opvolgen_in_toekomst"),
    ),
    Regel(
        actie="buiten_opvolgen",
        label="Navraag vastleggen",
        gedaan="vastgelegd",
        voorwerp="de navraag buiten de regio",
        van=(S.TE_ROUTEREN,),
        naar=(Doel(S.TE_ROUTEREN, (OPVOLGEN,), (_BUITEN, Bericht(Publiek.ZC, "casus_verder"))),),
        wie=REGIO_ALTIJD,
        velden=v.BUITEN_OPVOLGEN,
        bij=("is_elders",),
        guards=("opvolgen_in_toekomst",),
    ),
    Regel(
        actie="buiten_terugmelden",
        label="Terugmelden aan de school en afsluiten",
        gedaan="afgesloten",
        van=(S.TE_ROUTEREN,),
        naar=(Doel(S.AFGESLOTEN, (), (Bericht(Publiek.ZC, "casus_verder"),)),),
        wie=REGIO_ALTIJD,
        velden=v.BUITEN_TERUGMELDEN,
        bij=("is_elders",),
        terugkoppeling=Terugkoppeling(),
    ),
    Regel(
        actie="ontvangen",
        label="Ontvangst bevestigen",
        gedaan="ontvangen",
        van=(S.AANGEMELD,),
        naar=(Doel(S.ONTVANGEN, (CONTACT,), (Bericht(Publiek.ZC, "casus_ontvangen"), Bericht(Publiek.TEAM, "casus_voor_u"))),),
        wie=TEAM,
        velden=v.ONTVANGEN,
        guards=("behandelaar_genoemd",),
    ),
    Regel(
        actie="starten",
        label="Eerste contact vastleggen",
        gedaan="vastgelegd",
        voorwerp="het eerste contact",
        van=(S.ONTVANGEN,),
        naar=(Doel(S.IN_BEHANDELING, (OVERLEG,), (Bericht(Publiek.ZC, "casus_gestart"),)),),
        wie=TEAM,
        velden=v.STARTEN,
        guards=("contact_niet_in_toekomst",),
        terugkoppeling=Terugkoppeling(),
    ),
    Regel(
        actie="vragen",
        label="Vraag stellen aan de school",
        gedaan="gesteld",
        voorwerp="een vraag",
        van=BIJ_TEAM,
        naar=(Doel(S.AANVULLING_GEVRAAGD, (ANTWOORD,), (Bericht(Publiek.ZC, "casus_vraag"),)),),
        wie=TEAM,
        velden=v.VRAGEN,
        guards=("vraag_is_concreet",),
        sluit=None,
    ),
    Regel(
        actie="beantwoorden",
        label="Vraag beantwoorden",
        gedaan="beantwoord",
        voorwerp="de vraag",
        van=(S.AANVULLING_GEVRAAGD,),
        naar=(Doel(Richting.TERUG, (), (Bericht(Publiek.TEAM, "casus_antwoord"), Bericht(Publiek.ZC, "casus_verder"))),),
        wie=ZC,
        velden=v.BEANTWOORDEN,
        sluit=ANTWOORD.soort,
    ),
    Regel(
        actie="doorzetten",
        label="Doorzetten naar een ander wijkteam",
        gedaan="doorgezet",
        van=(*BIJ_TEAM, S.AANVULLING_GEVRAAGD),
        naar=(
            Doel(
                S.AANGEMELD,
                (ONTVANGST_NIEUW_TEAM,),
                (_TEAM_NIEUW, Bericht(Publiek.ZC, "casus_doorgezet"), Bericht(Publiek.VORIG_TEAM, "casus_weg")),
            ),
        ),
        wie=(Bevoegd(WIJKTEAMCOORDINATOR, "eerste"), Bevoegd(REGIOCOORDINATOR, "volgende")),
        velden=v.DOORZETTEN,
        voorwaarden=("toestemming_dekt_ander_team",),
        guards=("ander_team", "toestemming_dekt_team"),
        terugkoppeling=Terugkoppeling("toelichting", "", ""),
    ),
    Regel(
        actie="terugleggen",
        label="Terugleggen met advies",
        gedaan="teruggelegd",
        van=(*BIJ_TEAM, S.AANVULLING_GEVRAAGD),
        naar=(Doel(S.TERUGGELEGD, (TERUG,), (Bericht(Publiek.ZC, "casus_teruggelegd"), Bericht(Publiek.TEAM, "casus_weg"))),),
        wie=TEAM,
        velden=v.TERUGLEGGEN,
        terugkoppeling=Terugkoppeling("toelichting", "advies", "alternatief"),
    ),
    Regel(  # for whom the region has no team: the regiocoördinator answers too, or the casus would wait for ever
        actie="terugleggen",
        label="Terugleggen met advies",
        gedaan="teruggelegd",
        van=(S.TE_ROUTEREN,),
        naar=(Doel(S.TERUGGELEGD, (TERUG,), (Bericht(Publiek.ZC, "casus_teruggelegd"),)),),
        wie=REGIO_ALTIJD,
        velden=v.TERUGLEGGEN,
        terugkoppeling=Terugkoppeling("toelichting", "advies", "alternatief"),
    ),
    Regel(
        actie="heraanmelden",
        label="Opnieuw aanmelden",
        gedaan="opnieuw aangemeld",
        van=(S.TERUGGELEGD,),
        naar=(
            Doel(S.AANGEMELD, (ONTVANGST_NIEUW_TEAM,), (_TEAM_NIEUW, Bericht(Publiek.ZC, "casus_verder"))),
            Doel(S.TE_ROUTEREN, (ROUTEREN,), (Bericht(Publiek.REGIO, "casus_te_routeren"), Bericht(Publiek.ZC, "casus_verder"))),
        ),
        wie=ZC,
        velden=v.HERAANMELDEN,
        guards=("adres_bekend", "toestemming_volledig"),
    ),
    Regel(
        actie="mdo_plannen",
        label="Overleg plannen",
        gedaan="gepland",
        voorwerp="het overleg",
        van=(S.IN_BEHANDELING,),
        naar=(Doel(S.MDO_GEPLAND, (PLAN,), (Bericht(Publiek.ZC, "casus_verder"), Bericht(Publiek.TEAM, "casus_verder"))),),
        wie=(*TEAM, *ZC),
        velden=v.MDO_PLANNEN,
        guards=("gezin_uitgenodigd_of_reden",),
        live=False,
    ),
    Regel(
        actie="plan_vaststellen",
        label="Plan vaststellen",
        gedaan="vastgesteld",
        voorwerp="het plan",
        van=(S.MDO_GEPLAND,),
        naar=(Doel(S.PLAN_VASTGESTELD, (START,), _VERDER),),
        wie=TEAM,
        velden=v.PLAN_VASTSTELLEN,
        guards=("mdo_gehouden_of_reden", "doelen_met_schooldoel"),
        terugkoppeling=Terugkoppeling(),
        live=False,
    ),
    Regel(
        actie="uitvoeren",
        label="Start van de hulp vastleggen",
        gedaan="vastgelegd",
        voorwerp="de start van de hulp",
        van=(S.PLAN_VASTGESTELD,),
        naar=(Doel(S.IN_UITVOERING, (EVALUATIE,), _VERDER),),
        wie=TEAM,  # and the aanbieder, once that role exists
        velden=v.UITVOEREN,
        guards=("echt_gestart",),
        terugkoppeling=Terugkoppeling(),
        live=False,
    ),
    Regel(
        actie="uitvoeren",
        label="Doorgaan met de hulp",
        gedaan="voortgezet",
        van=(S.EVALUATIE,),
        naar=(Doel(S.IN_UITVOERING, (EVALUATIE_VERVOLG,), _VERDER),),
        wie=TEAM,
        velden=v.DOORGAAN,
        terugkoppeling=Terugkoppeling(),
        live=False,
    ),
    Regel(
        actie="evalueren",
        label="Evalueren",
        gedaan="geëvalueerd",
        van=(S.IN_UITVOERING,),
        naar=(Doel(S.EVALUATIE, (REACTIE,), (Bericht(Publiek.ZC, "casus_verder"), Bericht(Publiek.TEAM, "casus_verder"))),),
        wie=(*TEAM, *ZC),
        velden=v.EVALUEREN,
        terugkoppeling=Terugkoppeling(),
        live=False,
    ),
    Regel(
        actie="afsluiten",
        label="Casus afsluiten",
        gedaan="afgesloten",
        van=(S.EVALUATIE,),
        naar=(Doel(S.AFGESLOTEN, (), _VERDER),),
        wie=TEAM,
        velden=v.AFSLUITEN,
        guards=("resultaat_per_doel", "school_reageerde_of_ladder_voorbij", "nazorg_in_toekomst"),
        terugkoppeling=Terugkoppeling(),
        live=False,
    ),
    Regel(
        actie="heropenen",
        label="Casus heropenen",
        gedaan="heropend",
        van=(S.AFGESLOTEN,),
        naar=(Doel(S.AANGEMELD, (ONTVANGST,), (_TEAM_NIEUW, Bericht(Publiek.ZC, "casus_verder"))),),
        wie=(*ZC, *TEAM),
        velden=v.HEROPENEN,
        voorwaarden=("had_een_team", "binnen_heropentermijn"),
        live=False,
    ),
    Regel(
        actie="intrekken",
        label="Casus intrekken",
        gedaan="ingetrokken",
        van=IN_DE_LUS,
        naar=(Doel(S.INGETROKKEN, (), _GESTOPT),),
        wie=(*ZC, *TEAM),
        velden=v.INTREKKEN,
    ),
)

#: What can be done to a casus besides taking it on. The state stays as it is, except where consent was all there was to go on.
HANDELINGEN: tuple[Regel, ...] = (
    Regel(
        actie="contact_vastleggen",
        label="Contact vastleggen",
        gedaan="vastgelegd",
        voorwerp="een contact",
        van=(*IN_HANDEN, S.AANVULLING_GEVRAAGD),
        naar=(Doel(Richting.BLIJFT, (), (Bericht(Publiek.ZC, "casus_verder"),)),),
        wie=TEAM,
        velden=v.CONTACT_VASTLEGGEN,
        guards=("contact_niet_in_toekomst",),
        terugkoppeling=Terugkoppeling(),
        sluit=None,
    ),
    Regel(
        actie="behandelaar_wijzigen",
        label="Andere behandelaar kiezen",
        gedaan="gekozen",
        voorwerp="een andere behandelaar",
        van=(*IN_HANDEN, S.AANVULLING_GEVRAAGD),
        naar=(Doel(Richting.BLIJFT, (), (Bericht(Publiek.TEAM, "casus_voor_u"), Bericht(Publiek.ZC, "casus_verder"))),),
        wie=TEAM,
        velden=v.ONTVANGEN,
        guards=("behandelaar_genoemd", "behandelaar_is_ander"),
        sluit=None,
    ),
    Regel(
        actie="toestemming_aanvullen",
        label="Toestemming aanvullen",
        gedaan="aangevuld",
        voorwerp="de toestemming",
        van=IN_DE_LUS,
        naar=(Doel(Richting.BLIJFT, (), (Bericht(Publiek.TEAM, "casus_toestemming"), Bericht(Publiek.ZC, "casus_toestemming"))),),
        wie=ZC,
        velden=v.TOESTEMMING_AANVULLEN,
        guards=("toestemming_volledig",),
        sluit=None,
    ),
    Regel(  # safety is a ground of its own: what is shared on it stays shared; otherwise the casus ends here
        actie="toestemming_intrekken",
        label="Toestemming intrekken",
        gedaan="ingetrokken",
        voorwerp="de toestemming",
        van=IN_DE_LUS,
        naar=(
            Doel(S.INGETROKKEN, (), _GESTOPT),
            Doel(Richting.BLIJFT, (), (Bericht(Publiek.ZC, "casus_toestemming"), Bericht(Publiek.TEAM, "casus_toestemming"))),
        ),
        wie=(*ZC, *TEAM),
        velden=v.TOESTEMMING_INTREKKEN,
    ),
)
ACTIES: tuple[str, ...] = tuple(dict.fromkeys(regel.actie for regel in (*OVERGANGEN, *HANDELINGEN)))


def step_in(status: Status, *, school_reageerde: bool = False) -> Stap:
    """Who owns the next step in this state, and what it is."""
    return NA_REACTIE.get(status, EIGENAAR[status]) if school_reageerde else EIGENAAR[status]


def rule_for(actie: str, status: str) -> Regel | None:
    """The row of this action from this state, if there is one; there is at most one."""
    return next((regel for regel in rules_of(actie) if status in regel.van), None)


def rules_of(actie: str) -> tuple[Regel, ...]:
    """All rows of an action; empty for a name that does not exist."""
    return tuple(regel for regel in (*OVERGANGEN, *HANDELINGEN) if regel.actie == actie)


def is_open(status: str) -> bool:
    """Someone has a next step in the loop (a draft is not yet in it)."""
    return status in IN_DE_LUS
