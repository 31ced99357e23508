"""The way out of the region."""

from casussen.tabel import Bericht, Doel, Publiek, Regel, Terugkoppeling
from casussen.velden import buiten as v
from casussen.workflow.staten import S
from casussen.workflow.termijnen import OPVOLGEN
from casussen.workflow.wie import REGIO_ALTIJD, ZC, ZC_VERDER

_BUITEN = Bericht(Publiek.REGIO, "casus_buiten")

BUITEN: tuple[Regel, ...] = (
    Regel(  # the portal sends nothing there: someone did, and from now on someone of ours follows it
        actie="buiten_overdragen",
        label="Loket elders vastleggen",
        gedaan="vastgelegd",
        voorwerp="de overdracht buiten de regio",
        nieuws="een loket buiten de regio heeft de casus",
        van=(S.TE_ROUTEREN,),
        naar=(Doel(S.TE_ROUTEREN, (OPVOLGEN,), (_BUITEN, ZC_VERDER)),),
        wie=(*REGIO_ALTIJD, *ZC),
        velden=v.BUITEN_OVERDRAGEN,
        guards=("overdracht_niet_in_toekomst", "hoort_bij_deze_casus", "opvolgen_in_toekomst"),
    ),
    Regel(
        actie="buiten_opvolgen",
        label="Navraag vastleggen",
        gedaan="vastgelegd",
        voorwerp="de navraag buiten de regio",
        nieuws="er is navraag gedaan buiten de regio",
        van=(S.TE_ROUTEREN,),
        naar=(Doel(S.TE_ROUTEREN, (OPVOLGEN,), (_BUITEN, ZC_VERDER)),),
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
        naar=(Doel(S.AFGESLOTEN, (), (ZC_VERDER,)),),
        wie=REGIO_ALTIJD,
        velden=v.BUITEN_TERUGMELDEN,
        bij=("is_elders",),
        terugkoppeling=Terugkoppeling(),
    ),
)
