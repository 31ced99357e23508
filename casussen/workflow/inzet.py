"""Help of an aanbieder: asked for, waited for, started, ended; the aanbieder tells of the own part."""

from casussen.tabel import Doel, Regel, Richting, Terugkoppeling
from casussen.velden import hulp as v
from casussen.workflow.hulp import MET_PLAN
from casussen.workflow.staten import BIJ_TEAM, IN_DE_LUS, S
from casussen.workflow.termijnen import WACHTTIJD
from casussen.workflow.wie import AANBIEDER_VERDER, BEIDEN, HELPER, TEAM, ZC_VERDER

#: Help is asked for while a team has the casus in hand. What was asked for goes on when another team gets it, or the school.
_AANVRAGEN = (S.IN_BEHANDELING, S.MDO_GEPLAND, *MET_PLAN, S.AANVULLING_GEVRAAGD)
_BIJ_TEAM = (*BIJ_TEAM, S.AANVULLING_GEVRAAGD)

INZET: tuple[Regel, ...] = (
    Regel(
        actie="hulp_aanvragen",
        label="Hulp aanvragen bij een aanbieder",
        gedaan="vastgelegd",
        voorwerp="de aanvraag van hulp",
        van=_AANVRAGEN,
        naar=(Doel(Richting.BLIJFT, (), (ZC_VERDER, AANBIEDER_VERDER)),),
        wie=TEAM,
        velden=v.HULP_AANVRAGEN,
        guards=("aangevraagd_niet_in_toekomst",),
        sluit=None,
        op_pagina="casus-hulp",
    ),
    Regel(
        actie="hulp_wacht",
        label="Wachten op hulp vastleggen",
        gedaan="vastgelegd",
        voorwerp="het wachten op hulp",
        van=_BIJ_TEAM,
        naar=(Doel(Richting.BLIJFT, (WACHTTIJD,), BEIDEN),),
        wie=(*TEAM, *HELPER),
        velden=v.HULP_WACHT,
        bij=("hulp_nog_niet_begonnen",),
        guards=("inzet_nog_niet_gestart", "wacht_niet_in_toekomst"),
        sluit=None,
        sluit_los=(WACHTTIJD.soort,),
        op_pagina="casus-hulp",
    ),
    Regel(
        actie="hulp_starten",
        label="Start van hulp vastleggen",
        gedaan="vastgelegd",
        voorwerp="de start van hulp",
        van=tuple(s for s in _BIJ_TEAM if s is not S.PLAN_VASTGESTELD),  # there it is the step itself
        naar=(Doel(Richting.BLIJFT, (), BEIDEN),),
        wie=(*TEAM, *HELPER),
        velden=v.HULP_STARTEN,
        bij=("hulp_nog_niet_begonnen",),
        guards=("inzet_nog_niet_gestart", "echt_gestart"),
        terugkoppeling=Terugkoppeling(),
        sluit=None,
        op_pagina="casus-hulp",
    ),
    Regel(
        actie="hulp_niet_door",
        label="Vastleggen dat hulp niet doorgaat",
        gedaan="vastgelegd",
        voorwerp="dat de hulp niet doorgaat",
        van=IN_DE_LUS,
        naar=(Doel(Richting.BLIJFT, (), BEIDEN),),
        wie=(*TEAM, *HELPER),
        velden=v.HULP_NIET_DOOR,
        bij=("hulp_nog_niet_begonnen",),
        guards=("inzet_nog_niet_gestart",),
        sluit=None,
        op_pagina="casus-hulp",
    ),
    Regel(
        actie="voortgang_melden",
        label="Vertellen hoe de hulp gaat",
        gedaan="vastgelegd",
        voorwerp="de voortgang van de hulp",
        van=IN_DE_LUS,
        naar=(Doel(Richting.BLIJFT, (), BEIDEN),),
        wie=(*HELPER, *TEAM),
        velden=v.VOORTGANG_MELDEN,
        bij=("heeft_inzet",),
        guards=("inzet_open",),
        sluit=None,
        op_pagina="casus-hulp",
    ),
    Regel(
        actie="hulp_beeindigen",
        label="Einde van hulp vastleggen",
        gedaan="vastgelegd",
        voorwerp="het einde van de hulp",
        van=IN_DE_LUS,
        naar=(Doel(Richting.BLIJFT, (), BEIDEN),),
        wie=(*TEAM, *HELPER),
        velden=v.HULP_BEEINDIGEN,
        bij=("hulp_is_begonnen",),
        guards=("inzet_loopt", "echt_geeindigd"),
        terugkoppeling=Terugkoppeling(),
        sluit=None,
        op_pagina="casus-hulp",
    ),
)
