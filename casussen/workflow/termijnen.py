"""The deadlines: how long each is by default, from when it counts, and whose it is."""

from casussen.keuzes import EigenaarSoort, Vlag
from casussen.ladder import VERVALLEN
from casussen.tabel import Anker, Eenheid, TermijnRegel

SCHOOL, WIJKTEAM, REGIO, AANBIEDER = EigenaarSoort.SCHOOL, EigenaarSoort.WIJKTEAM, EigenaarSoort.REGIO, EigenaarSoort.AANBIEDER
_WD = Eenheid.WERKDAGEN
#: The same for all that a mail may not name: words of its own for each would name it still.
_ALLEEN_IN_PORTAAL = "een stap die in het portaal staat"
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
AFRONDEN = TermijnRegel("afgesloten_vervolg", Anker.NU, 5, _WD, WIJKTEAM, wat="casus afsluiten of doorgaan")

# --- Loose: not tied to a state ---------------------------------------------------------------------------------
TERUGKOPPELEN = TermijnRegel(
    "terugkoppeling", Anker.NU, 6, Eenheid.WEKEN, WIJKTEAM, wat="de school vertellen hoe het gaat", los=True,
    school_bij=VERVALLEN,
)  # fmt: skip
TAAK = TermijnRegel("taak", Anker.NU, 1, _WD, WIJKTEAM, wat="een afspraak nakomen", los=True)
BEREIKBAAR = TermijnRegel("bereikbaar", Anker.NU, 3, _WD, SCHOOL, wat="helpen het gezin te bereiken", los=True)
WACHTTIJD = TermijnRegel("wachttijd", Anker.NU, 4, Eenheid.WEKEN, WIJKTEAM, wat="de wachttijd bespreken met het gezin", los=True)
ESCALATIE = TermijnRegel("escalatie", Anker.NU, 2, _WD, REGIO, wat="helpen waar het vastloopt", los=True)
TERUG_NAAR_SCHOOL = TermijnRegel(
    "thuiszitter", Anker.NU, 10, _WD, SCHOOL, wat="de terugkeer naar school bespreken", wat_mail=_ALLEEN_IN_PORTAAL, los=True,
)  # fmt: skip
VEILIGHEID = TermijnRegel(
    "veiligheid", Anker.NU, 1, _WD, WIJKTEAM, wat="de veiligheid bespreken", wat_mail=_ALLEEN_IN_PORTAAL, los=True,
)  # fmt: skip
VOORTGANG = TermijnRegel("voortgang", Anker.NU, 4, Eenheid.WEKEN, AANBIEDER, wat="vertellen hoe de hulp gaat", los=True)

TERMIJNEN: dict[str, TermijnRegel] = {
    regel.soort: regel
    for regel in (
        ROUTEREN, ONTVANGST, CONTACT, OVERLEG, PLAN, START, EVALUATIE, EVALUATIE_VERVOLG, REACTIE, AFRONDEN, ANTWOORD, TERUG,
        OPVOLGEN, TERUGKOPPELEN, TAAK, BEREIKBAAR, WACHTTIJD, ESCALATIE, TERUG_NAAR_SCHOOL, VEILIGHEID, VOORTGANG,
    )
}  # fmt: skip
#: What a flag that is up asks of somebody. A team that gets the casus gets these along with it.
VAN_EEN_VLAG: dict[Vlag, TermijnRegel] = {
    Vlag.NIET_BEREIKBAAR: BEREIKBAAR,
    Vlag.WACHT_OP_ZORG: WACHTTIJD,
    Vlag.THUISZITTER: TERUG_NAAR_SCHOOL,
    Vlag.VEILIGHEID: VEILIGHEID,
}
VLAGTERMIJNEN = frozenset(regel.soort for regel in VAN_EEN_VLAG.values())
#: Those that follow the road from state to state.
VAN_EEN_STATUS: dict[str, TermijnRegel] = {soort: regel for soort, regel in TERMIJNEN.items() if not regel.los}
