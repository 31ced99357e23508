"""From a draft to a team that has spoken the family, and the ways back."""

from casussen.tabel import Bericht, Bevoegd, Doel, Publiek, Regel, Richting, Terugkoppeling
from casussen.velden import CONCEPT_VELDEN
from casussen.velden import lus as v
from casussen.velden.aanmelden import HERAANMELDEN
from casussen.workflow.staten import BIJ_EEN_TEAM, BIJ_TEAM, IN_DE_LUS, S
from casussen.workflow.termijnen import (
    ANTWOORD,
    CONTACT,
    ONTVANGST,
    ONTVANGST_NIEUW_TEAM,
    OVERLEG,
    ROUTEREN,
    TERUG,
    TERUGKOPPELEN,
)  # fmt: skip
from casussen.workflow.wie import GESTOPT, REGIO_ALTIJD, TEAM, TEAM_NIEUW, ZC, ZC_VERDER
from gebieden.rollen import REGIOCOORDINATOR
from wijkteams.rollen import WIJKTEAMCOORDINATOR

BEGIN: tuple[Regel, ...] = (
    Regel(
        actie="aanmelden",
        label="Casus aanmelden",
        gedaan="aangemeld",
        van=(S.CONCEPT,),
        naar=(
            Doel(S.AANGEMELD, (ONTVANGST,), (TEAM_NIEUW, ZC_VERDER)),
            Doel(S.TE_ROUTEREN, (ROUTEREN,), (Bericht(Publiek.REGIO, "casus_te_routeren"), ZC_VERDER)),
        ),
        wie=ZC,
        velden=CONCEPT_VELDEN,
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
        van=(S.TE_ROUTEREN,),
        naar=(Doel(S.AANGEMELD, (ONTVANGST_NIEUW_TEAM,), (TEAM_NIEUW, Bericht(Publiek.ZC, "casus_toegewezen"))),),
        wie=REGIO_ALTIJD,
        velden=v.TOEWIJZEN,
        guards=("toestemming_dekt_team",),
    ),
    Regel(
        actie="ontvangen",
        label="Ontvangst bevestigen",
        gedaan="ontvangen",
        van=(S.AANGEMELD,),
        naar=(
            Doel(
                S.ONTVANGEN,
                (CONTACT, TERUGKOPPELEN),
                (Bericht(Publiek.ZC, "casus_ontvangen"), Bericht(Publiek.TEAM, "casus_voor_u")),
            ),
        ),
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
        guards=("contact_niet_in_toekomst", "contact_na_aanmelding"),
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
        naar=(Doel(Richting.TERUG, (), (Bericht(Publiek.TEAM, "casus_antwoord"), ZC_VERDER)),),
        wie=ZC,
        velden=v.BEANTWOORDEN,
        sluit=ANTWOORD.soort,
    ),
    Regel(
        actie="doorzetten",
        label="Doorzetten naar een ander wijkteam",
        gedaan="doorgezet",
        van=BIJ_EEN_TEAM,
        naar=(
            Doel(
                S.AANGEMELD,
                (ONTVANGST_NIEUW_TEAM,),
                (TEAM_NIEUW, Bericht(Publiek.ZC, "casus_doorgezet"), Bericht(Publiek.VORIG_TEAM, "casus_weg")),
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
        van=BIJ_EEN_TEAM,
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
            Doel(S.AANGEMELD, (ONTVANGST_NIEUW_TEAM,), (TEAM_NIEUW, ZC_VERDER)),
            Doel(S.TE_ROUTEREN, (ROUTEREN,), (Bericht(Publiek.REGIO, "casus_te_routeren"), ZC_VERDER)),
        ),
        wie=ZC,
        velden=HERAANMELDEN,
        guards=("adres_bekend", "toestemming_volledig"),
    ),
)
EINDE: tuple[Regel, ...] = (
    Regel(
        actie="intrekken",
        label="Casus intrekken",
        gedaan="ingetrokken",
        van=IN_DE_LUS,
        naar=(Doel(S.INGETROKKEN, (), GESTOPT),),
        wie=(*ZC, *TEAM),
        velden=v.INTREKKEN,
    ),
)
