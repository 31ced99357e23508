"""Whose consent is needed, and what it covers (Jeugdwet, WGBO). Pure."""

from datetime import date

from casussen.fouten import Ontbreekt
from casussen.keuzes import Gever
from casussen.rules.feiten import Feiten, Gegevens, GegevenToestemming, mist

#: Ages at which someone else gives consent (Jeugdwet, WGBO): from 12 together with the parents, from 16 alone.
LEEFTIJD_SAMEN, LEEFTIJD_ALLEEN, VOLWASSEN = 12, 16, 18


def age_on(geboortedatum: date, dag: date) -> int:
    """Whole years on a day; someone born on 29 February is a year older on 1 March."""
    return dag.year - geboortedatum.year - ((dag.month, dag.day) < (geboortedatum.month, geboortedatum.day))


def givers_for(leeftijd: int) -> tuple[frozenset[str], str]:
    """Whose consent is complete at this age, and how to ask for it."""
    if leeftijd < LEEFTIJD_SAMEN:
        return frozenset({Gever.OUDERS, Gever.OUDERS_EN_JONGERE}), (
            "De leerling is jonger dan 12 jaar: ouders of verzorgers geven toestemming."
        )
    if leeftijd < LEEFTIJD_ALLEEN:
        return frozenset({Gever.OUDERS_EN_JONGERE}), (
            f"De leerling is {leeftijd} jaar: ouders en leerling geven allebei toestemming."
        )
    return frozenset({Gever.JONGERE, Gever.OUDERS_EN_JONGERE}), "De leerling is 16 jaar of ouder en geeft zelf toestemming."


def givers_for_day(geboortedatum: date, dag: date) -> tuple[frozenset[str], str]:
    """The same, from a date of birth."""
    return givers_for(age_on(geboortedatum, dag))


def consent_covers(toestemming: GegevenToestemming, wijkteam_id: int | None) -> bool:
    """May be shared with this team. `CasusQuerySet.visible_to` asks the same in SQL."""
    return toestemming.ook_ander_wijkteam or toestemming.wijkteam_id is None or toestemming.wijkteam_id == wijkteam_id


def may_share_with(feiten: Feiten, wijkteam_id: int | None) -> bool:
    return feiten.veiligheid or any(consent_covers(t, wijkteam_id) for t in feiten.toestemmingen)


def on_safety(feiten: Feiten, gegevens: Gegevens) -> bool:
    """Safety is the ground for sharing: consent is not waited for."""
    return feiten.veiligheid or bool(gegevens.get("veiligheid"))


def veiligheid_met_grond(_feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    if gegevens.get("veiligheid") and not gegevens.get("veiligheid_grond"):
        return mist("veiligheid_grond", "Schrijf op waarom de veiligheid in gevaar is. Zonder grond mag u niet delen.")
    return []


def toestemming_volledig(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    """Complete for the age of the pupil on the day of sharing; not needed when safety is the ground."""
    if on_safety(feiten, gegevens):
        return []
    geboren = gegevens.get("geboortedatum") or feiten.geboortedatum
    if geboren is None:
        return mist("geboortedatum", "Vul de geboortedatum in: de leeftijd bepaalt wie toestemming geeft.")
    if geboren > feiten.op:
        return []  # said at the date itself
    givers, uitleg = givers_for(age_on(geboren, feiten.op))
    gever, gegeven_op = gegevens.get("toestemming_gever"), gegevens.get("toestemming_op")
    if gever is None and gegeven_op is None and any(t.gever in givers for t in feiten.toestemmingen):
        return []
    fouten: list[Ontbreekt] = []
    if gever not in givers:
        fouten += mist("toestemming_gever", uitleg)
    if gegeven_op is None:
        fouten += mist("toestemming_op", "Vul de datum in waarop toestemming is gegeven.")
    elif gegeven_op > feiten.op:
        fouten += mist("toestemming_op", "Deze datum ligt in de toekomst. Toestemming moet al gegeven zijn.")
    elif gegeven_op < geboren:
        fouten += mist("toestemming_op", "Deze datum ligt voor de geboortedatum.")
    return fouten


def heeft_toestemming(feiten: Feiten, _gegevens: Gegevens) -> list[Ontbreekt]:
    return [] if feiten.toestemmingen else mist("", "Er is geen toestemming die kan worden ingetrokken.")


def ouders_geinformeerd(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    """Parents know of it. Not asked for an adult student, nor when safety is the ground."""
    geboren = gegevens.get("geboortedatum") or feiten.geboortedatum
    adult = geboren is not None and age_on(geboren, feiten.op) >= VOLWASSEN
    op = gegevens.get("ouders_geinformeerd_op")
    if op is not None and op > feiten.op:
        return mist("ouders_geinformeerd_op", "Deze datum ligt in de toekomst. Vertel het ouders eerst.")
    if op is None and not adult and not on_safety(feiten, gegevens):
        return mist("ouders_geinformeerd_op", "Vul in wanneer u ouders hebt verteld dat u deze casus aanmeldt.")
    return []


def toestemming_dekt_team(feiten: Feiten, gegevens: Gegevens) -> list[Ontbreekt]:
    team = gegevens.get("wijkteam")
    if team is None or may_share_with(feiten, team):
        return []
    return mist(
        "toestemming",
        "De toestemming geldt niet voor dit wijkteam. Vraag de school om toestemming voor dit team, of leg de casus terug.",
    )


def toestemming_dekt_ander_team(feiten: Feiten, _gegevens: Gegevens) -> list[Ontbreekt]:
    """Is there any other team that may see this casus at all?"""
    others = any(t.ook_ander_wijkteam or t.wijkteam_id != feiten.wijkteam_id for t in feiten.toestemmingen)
    if feiten.veiligheid or others:
        return []
    return mist(
        "toestemming",
        "De toestemming geldt alleen voor uw team. Vraag de school om toestemming voor een ander team, of leg de casus terug.",
    )
