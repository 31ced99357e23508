"""What an overleg needs: when, with whom, and its report; and the days of what is agreed. Pure."""

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

from casussen.fouten import Ontbreekt
from casussen.keuzes import Deelnemer
from casussen.rules.feiten import Feiten, Gegevens, at_row, mist, not_ahead
from casussen.rules.toestemming import VOLWASSEN, age_on

EERSTE_UUR, LAATSTE_UUR = 7, 21
_MAIL = EmailValidator(allowlist=[])


def overleg_nog_te_houden(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    """A day that is still to come, within a year, at an hour at which people meet."""
    datum, tijd = gegevens.get("mdo_datum"), gegevens.get("mdo_tijd")
    if melding := not_ahead(feiten.op, datum):
        return mist("mdo_datum", melding)
    if tijd is not None and not EERSTE_UUR <= tijd.hour <= LAATSTE_UUR:
        return mist("mdo_tijd", "Kies een tijd tussen 7:00 en 21:59.")
    return []


def gezin_uitgenodigd_of_reden(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    """Parents and pupil are at the table (practice.md, 7). Of a student of 18 or older the parents need not be."""
    if gegevens.get("reden_niet_uitgenodigd"):
        return []
    invited = {row.get("partij") for row in gegevens.get("deelnemers", [])}
    adult = feiten.geboortedatum is not None and age_on(feiten.geboortedatum, feiten.op) >= VOLWASSEN
    wanted = {Deelnemer.JONGERE} if adult else {Deelnemer.OUDERS, Deelnemer.JONGERE}
    if wanted <= invited:
        return []
    who = "de jongere" if adult else "ouders en leerling"
    return mist("reden_niet_uitgenodigd", f"Nodig {who} uit, of schrijf hier op waarom niet.")


def deelnemers_met_geldig_adres(_feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    """An address that looks like one, and nobody twice."""
    fouten: list[Ontbreekt] = []
    seen: set[str] = set()
    for row in gegevens.get("deelnemers", []):
        adres = row.get("email", "").lower()
        if adres and not _is_mail(adres):
            fouten += at_row("deelnemers", row, "email", "Dit is geen e-mailadres. Schrijf het als naam@school.nl.")
        elif adres and adres in seen:
            fouten += at_row("deelnemers", row, "email", "Dit e-mailadres staat al bij een andere deelnemer.")
        seen.add(adres)
    return fouten


def _is_mail(adres: str) -> bool:
    try:
        _MAIL(adres)
    except ValidationError:
        return False
    return True


def mdo_staat_gepland(feiten: Feiten, _gegevens: Gegevens) -> list[Ontbreekt]:
    return [] if feiten.dossier.mdo_gepland else mist("", "Er staat geen overleg gepland.")


def geen_mdo_gepland(feiten: Feiten, _gegevens: Gegevens) -> list[Ontbreekt]:
    return mist("", "Er staat al een overleg gepland. Verzet het, of zeg het af.") if feiten.dossier.mdo_gepland else []


def mdo_is_geweest(feiten: Feiten, _gegevens: Gegevens) -> list[Ontbreekt]:
    """It counts from the moment it begins: a report of an overleg that is tonight cannot be there at noon."""
    if not feiten.dossier.mdo_gepland or feiten.dossier.mdo_begonnen:
        return []
    return mist("", "Het overleg is nog niet geweest. Leg het verslag daarna vast.")


def aanwezigheid_van_iedereen(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    """Of everybody who was invited it is known whether they were there, and of nobody else."""
    if not feiten.dossier.mdo_gepland:  # said already
        return []
    told, invited = {row.get("deelnemer") for row in gegevens.get("aanwezigen", [])}, set(feiten.dossier.uitgenodigd)
    if told - invited:
        return mist("aanwezigen", "Kies alleen wie voor dit overleg is uitgenodigd.")
    return mist("aanwezigen", "Kies bij iedereen die is uitgenodigd of die erbij was.") if invited - told else []


def overleg_is_gehouden(feiten: Feiten, _gegevens: Gegevens) -> list[Ontbreekt]:
    return [] if feiten.dossier.mdo_gehouden else mist("", "Er is nog geen verslag van een overleg.")


def iets_aangevuld(_feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    """A report is completed with words, or with a decision that is not in it yet."""
    if any(gegevens.get(veld) for veld in ("aanvulling", "mening_ouders", "mening_jongere", "besluiten")):
        return []
    return mist("aanvulling", "Vul minstens één veld in, of zet er een besluit bij.")


def gezin_aan_het_woord(_feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    """What the family says itself is a part of the report of its own; without it somebody was talked about."""
    if gegevens.get("mening_ouders") or gegevens.get("mening_jongere"):
        return []
    return mist(
        "mening_ouders",
        "Schrijf op wat ouders of leerling zelf zeggen. Waren ze er niet bij? Schrijf dan op wat u van hen hoorde.",
    )


def afspraken_in_toekomst(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    """Decisions and actions have a day that is still to come (today counts), within a year."""
    fouten: list[Ontbreekt] = []
    for lijst in ("besluiten", "acties"):
        for row in gegevens.get(lijst, []):
            if melding := not_ahead(feiten.op, row.get("uiterlijk")):
                fouten += at_row(lijst, row, "uiterlijk", melding)
    return fouten


def uiterlijk_in_toekomst(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    melding = not_ahead(feiten.op, gegevens.get("uiterlijk"))
    return mist("uiterlijk", melding) if melding else []
