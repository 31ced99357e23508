"""Words that go to somebody who may not know whom they are about: the regiocoördinator sees status and clock only.

Nobody can tick that they looked, as with a consult: refused is what is surely personal, and what is known of this very pupil.
"""

from casussen.actions.machine import Uitvoering
from casussen.actions.overleg import home_of
from casussen.fouten import Onvolledig
from casussen.models import Casus
from casussen.overleg.plek import is_home
from casussen.privacy import Soort, check
from casussen.privacy.bekenden import names_both, tells_name

NAAM = "Noem de leerling hier niet bij naam: wie dit leest, weet niet om wie het gaat."
ADRES = "Noem hier het huisadres van de leerling niet: wie dit leest, weet niet om wie het gaat."
_WAT = {
    Soort.BSN: "Hier lijkt een BSN in te staan. Haal dat nummer weg.",
    Soort.TELEFOON: "Hier lijkt een telefoonnummer in te staan. Haal het weg: de casus noemt al wie te bellen is.",
    Soort.EMAIL: "Hier lijkt een e-mailadres in te staan. Haal het weg: de casus noemt al wie te mailen is.",
    Soort.HUISADRES: ADRES,
}
#: Of a desk it may be said how to reach it.
_BIJ_EEN_LOKET = frozenset({Soort.TELEFOON, Soort.EMAIL})


def refuse_story(run: Uitvoering) -> None:
    _refuse("toelichting", objection_to_story(run.gegevens["toelichting"], run.casus))


def objection_to_story(text: str, casus: Casus) -> str:
    """Why this cannot be said about a casus to whoever may not know whom it is about; '' when it can."""
    leerling = casus.leerling
    if leerling is not None and tells_name(text, leerling.voornaam, leerling.achternaam):
        return NAAM
    return _forms(text, casus, frozenset())


def objection_to_desk(text: str, casus: Casus) -> str:
    """The same for who took it in at a desk: a person with a name of their own, that may be part of the pupil's."""
    leerling = casus.leerling
    if leerling is not None and names_both(text, leerling.voornaam, leerling.achternaam):
        return NAAM
    return _forms(text, casus, _BIJ_EEN_LOKET)


def _forms(text: str, casus: Casus, mag: frozenset[Soort]) -> str:
    huis = home_of(casus)
    if huis is not None and is_home(text, huis):
        return ADRES
    found = (b.soort for b in check(text) if b.geweigerd and b.soort not in mag)
    return next((_WAT[soort] for soort in found), "")


def refuse_desk(run: Uitvoering) -> None:
    _refuse("bij_wie", objection_to_desk(run.gegevens["bij_wie"], run.casus))


def _refuse(veld: str, melding: str) -> None:
    if melding:
        raise Onvolledig([{"veld": veld, "melding": melding}])
