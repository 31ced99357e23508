"""What the steps of a team need, on the way to an answer and outside the region. Pure."""

from casussen.fouten import Ontbreekt
from casussen.rules.feiten import Feiten, Gegevens, mist, not_before

LANGSTE_OPVOLGING = 183
CONCRETE_VRAAG = 10


def behandelaar_genoemd(_feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    return [] if gegevens.get("behandelaar") else mist("behandelaar", "Kies wie de casus behandelt.")


def behandelaar_is_ander(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    if gegevens.get("behandelaar") and gegevens["behandelaar"] == feiten.behandelaar_id:
        return mist("behandelaar", "Deze persoon behandelt de casus al. Kies iemand anders.")
    return []


def contact_niet_in_toekomst(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    datum = gegevens.get("contact_datum")
    if datum is not None and datum > feiten.op:
        return mist("contact_datum", "Deze datum ligt in de toekomst. Leg het contact vast nadat het is geweest.")
    return []


def contact_na_aanmelding(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    """Before the casus was submitted the team could not look for this family: such a day counts for no attempt."""
    op = feiten.aangemeld_op
    return not_before(gegevens, "contact_datum", op, f"Deze casus is aangemeld op {op:%-d-%-m-%Y}." if op else "")


def vraag_is_concreet(_feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    if len(gegevens.get("vraag", "x" * CONCRETE_VRAAG)) < CONCRETE_VRAAG:
        return mist("vraag", "Maak uw vraag concreet: wat wilt u precies van de school weten?")
    return []


def ander_team(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    team = gegevens.get("wijkteam")
    if team is not None and team == feiten.wijkteam_id:
        return mist("wijkteam", "De casus is al bij dit wijkteam. Kies een ander team.")
    return []


def is_elders(feiten: Feiten, _gegevens: Gegevens) -> list[Ontbreekt]:
    return [] if feiten.elders else mist("", "Leg eerst vast bij welk loket buiten de regio de casus is.")


def overdracht_niet_in_toekomst(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    datum = gegevens.get("overgedragen_op")
    if datum is not None and datum > feiten.op:
        return mist("overgedragen_op", "Deze datum ligt in de toekomst. Leg dit vast als het loket het heeft.")
    return []


def opvolgen_in_toekomst(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    datum = gegevens.get("opvolgen_op")
    if datum is not None and datum <= feiten.op:
        return mist("opvolgen_op", "Kies een dag na vandaag om te horen hoe het gaat.")
    if datum is not None and (datum - feiten.op).days > LANGSTE_OPVOLGING:
        return mist("opvolgen_op", "Kies een dag binnen een half jaar: zo verliest niemand de leerling uit het oog.")
    return []
