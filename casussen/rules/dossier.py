"""What the records beside the steps need: flags, actions, with whom is shared, agreements, formal applications. Pure."""

from datetime import timedelta

from casussen.fouten import Ontbreekt
from casussen.rules.feiten import Feiten, Gegevens, in_past, mist, not_before, since_birth
from casussen.rules.toestemming import givers_for_day, may_share_with

#: Before a family counts as not to be reached: so many attempts, in so many ways.
POGINGEN, WEGEN = 3, 2
#: Since when a pupil sits at home is told of at most so many days: longer ago is a slip of the pen in the year.
LANGST_THUIS = timedelta(days=3 * 365)


# --- Flags ------------------------------------------------------------------------------------------------------
def heeft_pogingen(feiten: Feiten, _gegevens: Gegevens) -> list[Ontbreekt]:
    return [] if feiten.pogingen else mist("", "Er is nog geen poging vastgelegd.")


def drie_pogingen_twee_wegen(feiten: Feiten, _gegevens: Gegevens) -> list[Ontbreekt]:
    """Three attempts in vain, in two ways at least: three unanswered calls alone say little about a family."""
    aantal, wegen = len(feiten.pogingen), len(set(feiten.pogingen))
    if aantal >= POGINGEN and wegen >= WEGEN:
        return []
    was = "Er is 1 poging" if aantal == 1 else f"Er zijn {aantal} pogingen"
    how = "op 1 manier" if wegen == 1 else f"op {wegen} manieren"
    return mist("", f"{was} vastgelegd, {how}. Nodig: {POGINGEN} pogingen op minstens {WEGEN} manieren. Leg elk contact vast.")


def niemand_wacht_op_hulp(feiten: Feiten, _gegevens: Gegevens) -> list[Ontbreekt]:
    """While help stands on a waiting list the casus waits, whatever somebody says."""
    if "wacht" not in feiten.dossier.inzetten.values():
        return []
    return mist("", "Er staat nog hulp op een wachtlijst. Leg eerst vast dat die is begonnen of niet doorgaat.")


def thuis_niet_in_toekomst(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    return in_past(feiten, gegevens, "thuis_sinds", "Deze datum ligt in de toekomst.")


def terug_niet_in_toekomst(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    return in_past(feiten, gegevens, "terug_sinds", "Deze datum ligt in de toekomst. Meld het als de leerling er weer is.")


def thuis_niet_lang_geleden(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    """Of sitting at home and of being back: not before birth, and not more than three years ago."""
    fouten: list[Ontbreekt] = []
    for veld in ("thuis_sinds", "terug_sinds"):
        fouten += since_birth(feiten, gegevens, veld) or not_before(
            gegevens, veld, feiten.op - LANGST_THUIS, "Dit is meer dan drie jaar geleden."
        )
    return fouten


def terug_na_thuis(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    sinds = feiten.dossier.thuis_sinds
    return not_before(gegevens, "terug_sinds", sinds, f"De leerling zit thuis sinds {sinds:%-d-%-m-%Y}." if sinds else "")


def delen_zonder_veiligheid(feiten: Feiten, _gegevens: Gegevens) -> list[Ontbreekt]:
    """Without safety as its ground, sharing needs consent for the team that has the casus."""
    plain = feiten.without_safety()
    if feiten.wijkteam_id is None or may_share_with(plain, feiten.wijkteam_id):
        return []
    return mist(
        "",
        "Zonder deze grond is toestemming nodig om te delen, en die is er niet. Vraag eerst toestemming, of leg de casus terug.",
    )


# --- Actions ----------------------------------------------------------------------------------------------------
def heeft_taken(feiten: Feiten, _gegevens: Gegevens) -> list[Ontbreekt]:
    return [] if feiten.dossier.taken else mist("", "Er staan geen afspraken open.")


def taak_staat_open(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    taak = gegevens.get("taak")
    return [] if taak is None or taak in feiten.dossier.taken else mist("taak", "Deze afspraak staat niet meer open.")


# --- Consent for others -----------------------------------------------------------------------------------------
def toestemming_past_bij_leeftijd(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    """Given by whoever must give it at this age, on a day that has been."""
    gever, gegeven_op = gegevens.get("toestemming_gever"), gegevens.get("toestemming_op")
    fouten = in_past(feiten, gegevens, "toestemming_op", "Deze datum ligt in de toekomst. Toestemming moet al gegeven zijn.")
    if feiten.geboortedatum is None or gever is None:
        return fouten
    if gegeven_op is not None and gegeven_op < feiten.geboortedatum:
        fouten += mist("toestemming_op", "Deze datum ligt voor de geboortedatum.")
    givers, uitleg = givers_for_day(feiten.geboortedatum, feiten.op)
    return fouten if gever in givers else [*fouten, *mist("toestemming_gever", uitleg)]


def heeft_delingen(feiten: Feiten, _gegevens: Gegevens) -> list[Ontbreekt]:
    return [] if feiten.dossier.delingen else mist("", "Deze casus is met niemand anders gedeeld.")


def deling_leeft(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    deling = gegevens.get("deling")
    return [] if deling is None or deling in feiten.dossier.delingen else mist("deling", "Kies met wie de casus nu is gedeeld.")


def instemming_nieuw(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    given = gegevens.get("instemming") in feiten.dossier.instemmingen
    return mist("instemming", "Dit is al vastgelegd. Trek het eerst in als het veranderd is.") if given else []


def heeft_instemming(feiten: Feiten, _gegevens: Gegevens) -> list[Ontbreekt]:
    return [] if feiten.dossier.instemmingen else mist("", "Er is niets vastgelegd dat kan worden ingetrokken.")


def instemming_bestaat(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    soort = gegevens.get("instemming")
    return [] if soort is None or soort in feiten.dossier.instemmingen else mist("instemming", "Dit is niet vastgelegd.")


# --- Formal applications (Awb) ----------------------------------------------------------------------------------
def aanvraag_staat_open(feiten: Feiten, _gegevens: Gegevens) -> list[Ontbreekt]:
    return [] if feiten.dossier.aanvraag_open else mist("", "Er staat geen aanvraag open.")


def geen_aanvraag_open(feiten: Feiten, _gegevens: Gegevens) -> list[Ontbreekt]:
    return mist("", "Er staat al een aanvraag open. Leg eerst het besluit vast.") if feiten.dossier.aanvraag_open else []


def ontvangen_niet_in_toekomst(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    return in_past(feiten, gegevens, "ontvangen_op", "Deze datum ligt in de toekomst.")


def besluit_na_aanvraag(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    besluit, ontvangen = gegevens.get("besluit_op"), feiten.dossier.aanvraag_open
    if besluit is not None and ontvangen is not None and besluit < ontvangen:
        return mist("besluit_op", "Het besluit ligt voor de aanvraag.")
    return in_past(feiten, gegevens, "besluit_op", "Deze datum ligt in de toekomst.")
