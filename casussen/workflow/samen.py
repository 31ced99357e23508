"""What can be done to a casus besides taking it on: contact, who treats it, consent. The state stays as it is, except where
consent was all there was to go on."""

from casussen.tabel import Bericht, Doel, Publiek, Regel, Richting, Terugkoppeling
from casussen.velden import lus as v
from casussen.workflow.staten import IN_DE_LUS, TEAM_WERKT, S
from casussen.workflow.wie import GESTOPT, TEAM, ZC, ZC_VERDER

SAMEN: tuple[Regel, ...] = (
    Regel(
        actie="contact_vastleggen",
        label="Contact vastleggen",
        gedaan="vastgelegd",
        voorwerp="een contact",
        nieuws="het team had contact met het gezin",
        van=TEAM_WERKT,
        naar=(Doel(Richting.BLIJFT, (), (ZC_VERDER,)),),
        wie=TEAM,
        velden=v.CONTACT_VASTLEGGEN,
        guards=("contact_niet_in_toekomst", "contact_na_aanmelding"),
        terugkoppeling=Terugkoppeling(),
        sluit=None,
    ),
    Regel(
        actie="behandelaar_wijzigen",
        label="Andere behandelaar kiezen",
        gedaan="gekozen",
        voorwerp="een andere behandelaar",
        nieuws="het team koos een andere behandelaar",
        van=TEAM_WERKT,
        naar=(Doel(Richting.BLIJFT, (), (Bericht(Publiek.TEAM, "casus_voor_u"), ZC_VERDER)),),
        wie=TEAM,
        velden=v.BEHANDELAAR_WIJZIGEN,
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
            Doel(S.INGETROKKEN, (), GESTOPT),
            Doel(Richting.BLIJFT, (), (Bericht(Publiek.ZC, "casus_toestemming"), Bericht(Publiek.TEAM, "casus_toestemming"))),
        ),
        wie=(*ZC, *TEAM),
        velden=v.TOESTEMMING_INTREKKEN,
        bij=("heeft_toestemming",),
    ),
)
