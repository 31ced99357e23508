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
