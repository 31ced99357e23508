"""The fixed words of a casus: states, urgency, who gave consent. Pure, so that rules and the workflow table can use them."""

from django.db.models import TextChoices


class Status(TextChoices):
    CONCEPT = "concept", "concept"
    TE_ROUTEREN = "te_routeren", "te routeren"
    AANGEMELD = "aangemeld", "aangemeld"
    ONTVANGEN = "ontvangen", "ontvangen"
    IN_BEHANDELING = "in_behandeling", "in behandeling"
    MDO_GEPLAND = "mdo_gepland", "mdo gepland"
    PLAN_VASTGESTELD = "plan_vastgesteld", "plan vastgesteld"
    IN_UITVOERING = "in_uitvoering", "in uitvoering"
    EVALUATIE = "evaluatie", "evaluatie"
    AFGESLOTEN = "afgesloten", "afgesloten"
    AANVULLING_GEVRAAGD = "aanvulling_gevraagd", "aanvulling gevraagd"
    TERUGGELEGD = "teruggelegd", "teruggelegd"
    INGETROKKEN = "ingetrokken", "ingetrokken"


#: States in which nobody has a next step.
EINDSTATUSSEN = (Status.AFGESLOTEN, Status.INGETROKKEN)
#: States in which the casus waits for someone other than the wijkteam: 'waiting time', shown apart from active time.
WACHTSTATUSSEN = (Status.TE_ROUTEREN, Status.AANVULLING_GEVRAAGD, Status.TERUGGELEGD)


class Urgentie(TextChoices):
    NORMAAL = "normaal", "normaal"
    SPOED = "spoed", "spoed: binnen een werkdag contact gewenst"


class Gever(TextChoices):
    OUDERS = "ouders", "ouders of verzorgers"
    OUDERS_EN_JONGERE = "beide", "ouders en jongere (12 tot en met 15 jaar)"
    JONGERE = "jongere", "jongere zelf (vanaf 16 jaar)"


class EigenaarSoort(TextChoices):
    SCHOOL = "school", "de zorgcoördinator"
    WIJKTEAM = "wijkteam", "het wijkteam"
    REGIO = "regio", "de regiocoördinator"
    AANBIEDER = "aanbieder", "de aanbieder"


class SoortContact(TextChoices):
    TELEFOON = "telefoon", "telefoongesprek"
    HUISBEZOEK = "huisbezoek", "huisbezoek"
    SCHOOL = "school", "gesprek op school"
    TEAM = "team", "gesprek bij het wijkteam"
    BEELDBELLEN = "beeldbellen", "beeldbellen"
    BERICHT = "bericht", "brief of bericht"


class RedenDoorzetten(TextChoices):
    """`NIET_ONS_GEBIED` is a routing signal: the address was sent to the wrong team."""

    NIET_ONS_GEBIED = "niet_ons_gebied", "het adres hoort niet bij ons gebied"
    VERHUISD = "verhuisd", "het gezin is verhuisd"
    AL_BEKEND = "al_bekend", "het gezin is al bekend bij het andere team"
    PAST_BETER = "past_beter", "de vraag past beter bij het andere team"
    ANDERS = "anders", "een andere reden"


class RedenTerugleggen(TextChoices):
    NIET_BEREIKBAAR = "niet_bereikbaar", "het gezin is niet bereikbaar"
    WIL_GEEN_HULP = "wil_geen_hulp", "het gezin wil nu geen hulp"
    SCHOOL_KAN_ZELF = "school_kan_zelf", "de school kan zelf verder"
    ANDERE_HULP = "andere_hulp", "andere hulp past beter"
    AL_HULP = "al_hulp", "er is al hulp in het gezin"
    TE_WEINIG_INFORMATIE = "te_weinig_informatie", "er is te weinig informatie"
    BUITEN_REGIO = "buiten_regio", "de leerling woont buiten de regio"
    ANDERS = "anders", "een andere reden"


class RedenIntrekken(TextChoices):
    TOESTEMMING = "toestemming_ingetrokken", "de toestemming is ingetrokken"
    NIET_MEER_NODIG = "niet_meer_nodig", "hulp is niet meer nodig"
    ANDERE_WEG = "andere_weg", "het gezin zoekt zelf hulp"
    VERHUISD = "verhuisd", "het gezin is verhuisd"
    ANDERS = "anders", "een andere reden"


class NamensWie(TextChoices):
    OUDERS = "ouders", "ouders of verzorgers"
    JONGERE = "jongere", "de jongere"
    ALLEBEI = "beide", "ouders en jongere"


class OverdrachtDoor(TextChoices):
    """Who brought the pupil to the desk of the other gemeente. The portal itself sends nothing there."""

    SCHOOL = "school", "de school"
    OUDERS = "ouders", "ouders of leerling zelf"
    REGIO = "regio", "de regiocoördinator"


class UitkomstBuiten(TextChoices):
    """What became of it at the other gemeente. `VERVANGEN`: it went to another desk, or back to a team of ours."""

    HULP_GESTART = "hulp_gestart", "de hulp is gestart"
    OPGEPAKT = "opgepakt", "de gemeente heeft het opgepakt en spreekt het gezin"
    AL_HULP = "al_hulp", "er was al hulp in het gezin"
    GEEN_HULP = "geen_hulp", "de gemeente en het gezin vonden hulp niet nodig"
    GEZIN_WIL_NIET = "wil_niet", "het gezin wil nu geen hulp"
    VERVANGEN = "vervangen", "vervangen door een andere weg"


class Partij(TextChoices):
    SCHOOL = "school", "school"
    WIJKTEAM = "wijkteam", "wijkteam"
    GEMEENTE = "gemeente", "gemeente"
    AANBIEDER = "aanbieder", "aanbieder"
    OUDERS = "ouders", "ouders en leerling"
    LEERPLICHT = "leerplicht", "leerplicht"


class RolInStap(TextChoices):
    DOET = "doet", "doet"
    BESLIST = "beslist", "beslist"
    DENKT_MEE = "denkt_mee", "denkt mee"
    GEINFORMEERD = "geinformeerd", "wordt geïnformeerd"
    BETAALT = "betaalt", "betaalt"


class Vlag(TextChoices):
    """What holds beside the state of a casus. Each is a column of Casus; who sets and lifts it is in `casussen.workflow`."""

    NIET_BEREIKBAAR = "niet_bereikbaar", "gezin niet bereikbaar"
    WACHT_OP_ZORG = "wacht_op_zorg", "wacht op zorg"
    GEESCALEERD = "geescaleerd", "geëscaleerd"
    THUISZITTER = "thuiszitter", "zit thuis"
    BUITEN_REGIO = "buiten_regio", "woont buiten de regio"
    VEILIGHEID = "veiligheid", "veiligheid"


class Deelnemer(TextChoices):
    """Who sits at the table of one casus, and may own a goal or an action."""

    OUDERS = "ouders", "ouders of verzorgers"
    JONGERE = "jongere", "de jongere"
    SCHOOL = "school", "de school"
    WIJKTEAM = "wijkteam", "het wijkteam"
    AANBIEDER = "aanbieder", "de aanbieder"
    LEERPLICHT = "leerplicht", "leerplicht"
    VERBAND = "verband", "het samenwerkingsverband"
    NETWERK = "netwerk", "iemand uit het eigen netwerk"


#: Who is at the table as themselves and not in their work, whatever account an address of theirs may have.
GEZIN = frozenset({Deelnemer.OUDERS, Deelnemer.JONGERE, Deelnemer.NETWERK})


class Plek(TextChoices):
    """Where an overleg is held: on school, unless there is a reason."""

    SCHOOL = "school", "op school"
    TEAM = "team", "bij het wijkteam"
    THUIS = "thuis", "bij het gezin thuis"
    ONLINE = "online", "met beeldbellen"
    ANDERS = "anders", "ergens anders"


class MdoStatus(TextChoices):
    GEPLAND = "gepland", "gepland"
    GEHOUDEN = "gehouden", "gehouden"
    AFGEZEGD = "afgezegd", "afgezegd"


class Aanwezigheid(TextChoices):
    ONBEKEND = "", "nog niet bekend"
    AANWEZIG = "aanwezig", "was erbij"
    AFWEZIG = "afwezig", "was er niet"
    AFGEMELD = "afgemeld", "had zich afgemeld"


class Domein(TextChoices):
    THUIS = "thuis", "thuis"
    SCHOOL = "school", "school"
    VRIJE_TIJD = "vrije_tijd", "vrije tijd"


class Standpunt(TextChoices):
    """What the family thinks of a version of the plan."""

    AKKOORD = "akkoord", "is het eens met het plan"
    DEELS = "deels", "is het op punten niet eens"
    NIET = "niet", "is het niet eens met het plan"


class DoelResultaat(TextChoices):
    BEREIKT = "bereikt", "bereikt"
    DEELS = "deels", "deels bereikt"
    NIET = "niet", "niet bereikt"
    VERVALLEN = "vervallen", "niet meer nodig"


class SoortTaak(TextChoices):
    AFSPRAAK = "afspraak", "afspraak"
    BESLUIT = "besluit", "besluit van het overleg"
    ACTIE = "actie", "actie uit het plan"
    ACHTTIEN = "achttien", "overdracht bij 18 jaar"


class InzetStatus(TextChoices):
    """Help of one arrangement: asked for, waiting, running, over; or it never came to that."""

    AANGEVRAAGD = "aangevraagd", "aangevraagd"
    WACHT = "wacht", "op de wachtlijst"
    GESTART = "gestart", "gestart"
    BEEINDIGD = "beeindigd", "beëindigd"
    AFGEWEZEN = "afgewezen", "niet doorgegaan"


class RedenWachten(TextChoices):
    WACHTLIJST = "wachtlijst", "de wachtlijst van de aanbieder"
    BESLUIT = "besluit", "het besluit van de gemeente"
    GEZIN = "gezin", "het gezin is nog niet zover"
    PASSEND = "passend", "er is geen passend aanbod"
    ANDERS = "anders", "een andere reden"


class DelingMet(TextChoices):
    """With whom else a casus is shared, besides school and wijkteam."""

    AANBIEDER = "aanbieder", "een aanbieder"
    LEERPLICHT = "leerplicht", "leerplicht"
    VERBAND = "verband", "het samenwerkingsverband"


class SoortInstemming(TextChoices):
    BEROEPSGEHEIM = "beroepsgeheim", "het wijkteam mag met de school over de inhoud spreken"
    HULP = "hulp", "instemming met de hulp zelf"


class BesluitAanvraag(TextChoices):
    TOEGEKEND = "toegekend", "toegekend"
    DEELS = "deels", "deels toegekend"
    AFGEWEZEN = "afgewezen", "afgewezen"
    INGETROKKEN = "ingetrokken", "aanvraag ingetrokken"
    BUITEN_BEHANDELING = "buiten", "buiten behandeling gelaten"


class SoortOzabesluit(TextChoices):
    """What school and aanbieder decide together about a pupil in an onderwijs-zorgarrangement."""

    INSTROOM = "instroom", "instroom"
    DOORSTROOM = "doorstroom", "doorstroom"
    UITSTROOM = "uitstroom", "uitstroom"


class RedenUitstroom(TextChoices):
    DOEL_BEREIKT = "doel_bereikt", "de doelen zijn bereikt"
    LICHTER = "lichter", "lichtere hulp is genoeg"
    ZWAARDER = "zwaarder", "er is andere of zwaardere hulp nodig"
    SCHOOL = "school", "de leerling gaat naar een andere school of plek"
    GEZIN = "gezin", "het gezin wil stoppen"
    ANDERS = "anders", "een andere reden"


# --- Anonymous consult --------------------------------------------------------------------------------------------------
class ConsultStatus(TextChoices):
    OPEN = "open", "wacht op antwoord"
    BEANTWOORD = "beantwoord", "beantwoord"
    AFGESLOTEN = "afgesloten", "afgesloten"
    OMGEZET = "omgezet", "casus geworden"


class Leeftijdsgroep(TextChoices):
    """Wide enough that it points to nobody; the limits are those of consent."""

    TOT_12 = "4-11", "4 tot en met 11 jaar"
    TOT_16 = "12-15", "12 tot en met 15 jaar"
    TOT_18 = "16-17", "16 of 17 jaar"
    VANAF_18 = "18+", "18 jaar of ouder"


class VanConsult(TextChoices):
    SCHOOL = "school", "school"
    WIJKTEAM = "wijkteam", "wijkteam"
    REGIO = "regio", "regiocoördinator"


class Kring(TextChoices):
    """Who reads a message or a document of a casus."""

    SCHOOL_EN_TEAM = "school_en_team", "de school en het wijkteam"
    IEDEREEN = "iedereen", "iedereen met wie de casus is gedeeld"
    TEAM = "team", "alleen het wijkteam"


class ScanStatus(TextChoices):
    NIET_GESCAND = "niet_gescand", "nog niet gecontroleerd op virussen"
    SCHOON = "schoon", "gecontroleerd op virussen"
    BESMET = "besmet", "er zat een virus in"
