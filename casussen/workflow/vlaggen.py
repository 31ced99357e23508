"""The flags: what holds beside the state. Who sets and lifts each, what is asked, and what follows from it.

niet_bereikbaar   the team, after three attempts in two ways; lifted by a contact, or by whoever reached the family.
                  Follows: the school helps to reach the family, within three working days.
wacht_op_zorg     by help on a waiting list, or by the team when there is no fitting help; lifted when none is waited for.
                  Follows: every four weeks the team talks with the family about the wait (a contact starts the next four).
geescaleerd       by the ladder, or by school or team; lifted by the regiocoördinator, or when the late step was taken.
                  Follows: the regiocoördinator helps, within two working days.
thuiszitter       the school or the team; lifted by the school. Follows: the school discusses the return within ten working
                  days (at the overleg or in the plan), leerplicht is told when the casus is shared with it, and the plan has a
                  day of return.
buiten_regio      by routing, or by bringing the casus to a desk elsewhere; lifted by assigning a team of the region.
veiligheid        the school or the team, with its ground; lifted by the wijkteamcoördinator, when there is consent to go on.
                  Follows: the coördinator is told and the team discusses safety within one working day (a contact).
"""

from casussen.keuzes import Vlag
from casussen.tabel import Bericht, Doel, Publiek, Regel, Richting
from casussen.velden import vlaggen as v
from casussen.workflow.staten import BIJ_EEN_TEAM, IN_DE_LUS, TEAM_WERKT, S
from casussen.workflow.termijnen import BEREIKBAAR, ESCALATIE, TERUG_NAAR_SCHOOL, VEILIGHEID, WACHTTIJD
from casussen.workflow.wie import BEIDEN, COORDINATOR, REGIO_ALTIJD, TEAM, ZC, ZC_VERDER

_LEERPLICHT = Bericht(Publiek.LEERPLICHT, "casus_verder")

#: That a pupil sits at home, or is not safe, is no news for a mailbox: the mail only says that there is some.
_ALLEEN_IN_PORTAAL = "er staat een nieuwe melding in het portaal"

VLAGGEN: tuple[Regel, ...] = (
    Regel(
        actie="niet_bereikbaar_melden",
        label="Melden dat het gezin niet bereikbaar is",
        gedaan="gemeld",
        voorwerp="dat het gezin niet bereikbaar is",
        nieuws="het gezin is niet bereikbaar",
        van=TEAM_WERKT,
        naar=(Doel(Richting.BLIJFT, (BEREIKBAAR,), (Bericht(Publiek.ZC, "casus_hulp_nodig"),)),),
        wie=TEAM,
        velden=v.NIET_BEREIKBAAR_MELDEN,
        bij=("heeft_pogingen",),
        voorwaarden=("drie_pogingen_twee_wegen",),
        sluit=None,
        zet=(Vlag.NIET_BEREIKBAAR,),
    ),
    Regel(
        actie="weer_bereikbaar",
        label="Melden hoe het gezin te bereiken is",
        gedaan="gemeld",
        voorwerp="hoe het gezin te bereiken is",
        nieuws="het gezin is weer bereikbaar",
        van=TEAM_WERKT,
        naar=(Doel(Richting.BLIJFT, (), BEIDEN),),
        wie=(*ZC, *TEAM),
        velden=v.WEER_BEREIKBAAR,
        sluit=None,
        sluit_los=(BEREIKBAAR.soort,),
        licht=(Vlag.NIET_BEREIKBAAR,),
    ),
    Regel(
        actie="wacht_op_zorg_melden",
        label="Melden dat er geen passende hulp is",
        gedaan="gemeld",
        voorwerp="dat het gezin op hulp wacht",
        nieuws="het gezin wacht op passende hulp",
        van=(S.IN_BEHANDELING, S.MDO_GEPLAND, S.PLAN_VASTGESTELD, S.IN_UITVOERING, S.EVALUATIE),
        naar=(Doel(Richting.BLIJFT, (WACHTTIJD,), (ZC_VERDER, Bericht(Publiek.COORDINATOR, "casus_verder"))),),
        wie=TEAM,
        velden=v.WACHT_OP_ZORG_MELDEN,
        guards=("wacht_niet_in_toekomst",),
        sluit=None,
        zet=(Vlag.WACHT_OP_ZORG,),
        op_pagina="casus-hulp",
    ),
    Regel(
        actie="wacht_op_zorg_voorbij",
        label="Melden dat het wachten voorbij is",
        gedaan="gemeld",
        voorwerp="dat het wachten op hulp voorbij is",
        nieuws="het wachten op hulp is voorbij",
        van=TEAM_WERKT,
        naar=(Doel(Richting.BLIJFT, (), (ZC_VERDER,)),),
        wie=TEAM,
        velden=v.WACHT_OP_ZORG_VOORBIJ,
        voorwaarden=("niemand_wacht_op_hulp",),
        sluit=None,
        sluit_los=(WACHTTIJD.soort,),
        licht=(Vlag.WACHT_OP_ZORG,),
        op_pagina="casus-hulp",
    ),
    Regel(
        actie="escaleren",
        label="De regiocoördinator om hulp vragen",
        gedaan="gevraagd",
        voorwerp="de regiocoördinator om hulp",
        nieuws="de regiocoördinator is om hulp gevraagd",
        van=IN_DE_LUS,
        naar=(Doel(Richting.BLIJFT, (ESCALATIE,), (Bericht(Publiek.REGIO, "casus_hulp_nodig"), *BEIDEN)),),
        wie=(*ZC, *TEAM),
        velden=v.ESCALEREN,
        sluit=None,
        zet=(Vlag.GEESCALEERD,),
    ),
    Regel(
        actie="escalatie_afhandelen",
        label="Vastleggen wat er is afgesproken",
        gedaan="vastgelegd",
        voorwerp="wat er is afgesproken",
        nieuws="de regiocoördinator heeft gereageerd",
        van=IN_DE_LUS,
        naar=(Doel(Richting.BLIJFT, (), BEIDEN),),
        wie=REGIO_ALTIJD,
        velden=v.ESCALATIE_AFHANDELEN,
        sluit=None,
        sluit_los=(ESCALATIE.soort,),
        licht=(Vlag.GEESCALEERD,),
    ),
    Regel(
        actie="thuiszitter_melden",
        label="Melden dat de leerling thuiszit",
        gedaan="gemeld",
        voorwerp="dat de leerling thuiszit",
        nieuws=_ALLEEN_IN_PORTAAL,
        nieuws_portaal="de leerling zit thuis",
        van=IN_DE_LUS,
        naar=(Doel(Richting.BLIJFT, (TERUG_NAAR_SCHOOL,), (*BEIDEN, _LEERPLICHT)),),
        wie=(*ZC, *TEAM),
        velden=v.THUISZITTER_MELDEN,
        guards=("thuis_niet_in_toekomst", "thuis_niet_lang_geleden"),
        sluit=None,
        zet=(Vlag.THUISZITTER,),
    ),
    Regel(
        actie="thuiszitter_afmelden",
        label="Melden dat de leerling weer naar school gaat",
        gedaan="gemeld",
        voorwerp="dat de leerling weer naar school gaat",
        nieuws=_ALLEEN_IN_PORTAAL,
        nieuws_portaal="de leerling gaat weer naar school",
        # Sitting at home does not end with a casus: the school says when it is over, also afterwards.
        van=(*IN_DE_LUS, S.AFGESLOTEN, S.INGETROKKEN),
        naar=(Doel(Richting.BLIJFT, (), (*BEIDEN, _LEERPLICHT)),),
        wie=ZC,
        velden=v.THUISZITTER_AFMELDEN,
        guards=("terug_niet_in_toekomst", "terug_na_thuis", "thuis_niet_lang_geleden"),
        sluit=None,
        sluit_los=(TERUG_NAAR_SCHOOL.soort,),
        licht=(Vlag.THUISZITTER,),
    ),
    Regel(
        actie="veiligheid_melden",
        label="Melden dat de veiligheid in gevaar is",
        gedaan="gemeld",
        voorwerp="dat de veiligheid in gevaar is",
        nieuws=_ALLEEN_IN_PORTAAL,
        nieuws_portaal="de veiligheid is in gevaar",
        van=BIJ_EEN_TEAM,
        naar=(Doel(Richting.BLIJFT, (VEILIGHEID,), (*BEIDEN, Bericht(Publiek.COORDINATOR, "casus_hulp_nodig"))),),
        wie=(*ZC, *TEAM),
        velden=v.VEILIGHEID_MELDEN,
        sluit=None,
        zet=(Vlag.VEILIGHEID,),
    ),
    Regel(
        actie="veiligheid_opheffen",
        label="Melden dat de veiligheid niet meer in gevaar is",
        gedaan="gemeld",
        voorwerp="dat de veiligheid niet meer in gevaar is",
        nieuws=_ALLEEN_IN_PORTAAL,
        nieuws_portaal="de veiligheid is niet meer in gevaar",
        van=BIJ_EEN_TEAM,
        naar=(Doel(Richting.BLIJFT, (), BEIDEN),),
        wie=COORDINATOR,
        velden=v.VEILIGHEID_OPHEFFEN,
        voorwaarden=("delen_zonder_veiligheid",),
        sluit=None,
        sluit_los=(VEILIGHEID.soort,),
        licht=(Vlag.VEILIGHEID,),
    ),
)
