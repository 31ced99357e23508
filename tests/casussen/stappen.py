"""What someone fills in for each of the actions of the table, so that it can be taken; for walks and for the API."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, TypeVar

from casussen.keuzes import Status
from casussen.models import Casus, Deling, Inzet, MdoDeelnemer, Taak
from tests.factories.casussen import (
    BUITEN_OVERDRAGEN,
    DOEL,
    DOORZETTEN,
    INTREKKEN,
    MDO,
    PLAN,
    REAGEREN,
    STARTEN,
    TERUGKOPPELING,
    TERUGLEGGEN,
    Wereld,
    afsluiten,
    evalueren,
    goals,
)
from wijkteams.models import Contactpersoon
from zorgaanbod.models import Arrangement

T = TypeVar("T")


class Keus:
    """The first of what can be chosen: for a walk that must be the same each time. `random.Random` chooses otherwise."""

    def choice(self, of: Sequence[T]) -> T:
        return of[0]


def _agreed(dag: date, partij: str = "wijkteam") -> dict[str, Any]:
    return {"omschrijving": "Belt met de huisarts.", "partij": partij, "uiterlijk": (dag + timedelta(days=10)).isoformat()}


def attendance(casus: Casus, **anders: str) -> list[dict[str, Any]]:
    """Of everybody who was invited to the overleg that is planned: whether they were there. `anders` by party; without it they
    were, except the jongere, who would have a say in the report."""
    usual = {"jongere": "afgemeld", **anders}
    invited = MdoDeelnemer.objects.filter(mdo__casus=casus, mdo__status="gepland")
    return [{"deelnemer": d.pk, "aanwezig": usual.get(d.partij, "aanwezig")} for d in invited]


def _first(rows: Sequence[int], dice: Any) -> int | None:
    return dice.choice(rows) if rows else None


def filled_in(actie: str, casus: Casus, wereld: Wereld, dice: Any, dag: date, naam: str = "") -> dict[str, Any]:
    """The values for this action on this day. `dice` chooses; `naam`: who takes it (an aanbieder names the own help)."""
    ways = {
        **_loop(casus, wereld, dice, dag, naam),
        **_overleg_and_plan(casus, dice, dag),
        **_help(casus, dice, dag, naam),
        **_dossier(casus, wereld, dice, dag, naam),
        **_flags(dice, dag),
    }
    return ways.get(actie, {})


def _loop(casus: Casus, wereld: Wereld, dice: Any, dag: date, naam: str) -> dict[str, dict[str, Any]]:
    day = dag.isoformat()
    teams = [wereld.net.schalkwijk.pk, wereld.net.centrum.pk, wereld.net.team_heemstede.pk]
    others = [pk for pk in teams if pk != casus.wijkteam_id]
    contact = {**STARTEN, "contact_datum": day, "contact_soort": dice.choice(["telefoon", "huisbezoek", "school"])}
    # Cees has no card of his own: he names somebody of his team.
    other = Contactpersoon.objects.filter(wijkteam=casus.wijkteam_id).order_by("pk").first() if naam == "cees" else None
    homeless = casus.leerling is None or not casus.leerling.postcode
    return {
        "aanmelden": dice.choice(
            [{}, {}, {"geen_adres": True}, {"veiligheid": True, "veiligheid_grond": "Meldcode, stap 5."}, {"thuiszitter": True}]
        ),
        "toewijzen": {"wijkteam": dice.choice(teams), "toelichting": "Gebeld met de gemeente."},
        "ontvangen": {"behandelaar": other.pk} if other else {},
        "starten": contact,
        "vragen": {"vraag": "Hoe gaat het nu op school?"},
        "beantwoorden": {"antwoord": "Het gaat iets beter."},
        "doorzetten": {**DOORZETTEN, "wijkteam": dice.choice(others)},
        "terugleggen": TERUGLEGGEN,
        "heraanmelden": {"toelichting": "Ouders willen nu wel.", "geen_adres": homeless or dice.choice([False, True])},
        "heropenen": {"toelichting": "Het gaat toch niet goed."},
        "intrekken": INTREKKEN,
        "contact_vastleggen": {**contact, "contact_gelukt": dice.choice([False, False, True])},
        "behandelaar_wijzigen": {"behandelaar": wereld.cora.pk if casus.behandelaar_id == wereld.wim.pk else wereld.wim.pk},
        "toestemming_aanvullen": {"toestemming_gever": "beide", "toestemming_op": day, "ook_ander_wijkteam": True},
        "toestemming_intrekken": {"namens": "ouders"},
        "buiten_overdragen": {**BUITEN_OVERDRAGEN, "gemeente": wereld.net.hillegom.pk, "opvolger": wereld.cast.rea.pk}
        | {"overgedragen_op": day},
        "buiten_opvolgen": {"toelichting": "Gebeld: er is een intake."},
        "buiten_terugmelden": {"uitkomst": "hulp_gestart", **TERUGKOPPELING},
    }


def _overleg_and_plan(casus: Casus, dice: Any, dag: date) -> dict[str, dict[str, Any]]:
    day = dag.isoformat()
    ahead = (dag + timedelta(days=dice.choice([5, 7, 9]))).isoformat()
    kept = [{**DOEL, "doel": pk, "score": None} for pk in goals(casus)][: dice.choice([1, 2])]
    fresh = [{**DOEL, "domein": "thuis", "tekst": "Rust in huis", "partij": "ouders"}][: dice.choice([1, 0])]
    plan = {**PLAN, "acties": [_agreed(dag)], "doelen": [DOEL, *fresh], "intensiteit": dice.choice(["licht", "middel"])}
    return {
        "mdo_plannen": {**MDO, "mdo_datum": ahead, "ondanks_botsing": True},
        "mdo_verzetten": {"mdo_datum": ahead, "mdo_tijd": "10:00", "toelichting": "De mentor was ziek.", "ondanks_botsing": True},
        "mdo_afzeggen": {"toelichting": "Het gezin is op reis."},
        "mdo_vastleggen": {
            "verslag": "Wij spraken over het plan.",
            "mening_ouders": "Wij voelen ons gehoord.",
            "aanwezigen": attendance(casus),
            "besluiten": [_agreed(dag, dice.choice(["ouders", "school", "wijkteam", "aanbieder"]))],
        },
        "mdo_aanvullen": {
            "aanvulling": "De mentor zat er ook bij.",
            "mening_jongere": dice.choice(["", "Ik wil een andere klas."]),
            "besluiten": [_agreed(dag, "school")][: dice.choice([0, 1])],
        },
        "plan_vaststellen": plan,
        "plan_bijstellen": {
            "reden_bijstellen": "Het gaat beter.",
            "doelen": kept + fresh or [DOEL],
            "standpunt": "deels",
            "mening_gezin": "Graag minder afspraken.",
            **TERUGKOPPELING,
        },
        "doelen_scoren": {"scores": evalueren(casus)["scores"], "score_datum": day},
        "intensiteit_wijzigen": {"intensiteit": dice.choice(["zwaar", "licht"]), "vanaf": day, "toelichting": "Meer nodig."},
        "evalueren": evalueren(casus),
        "reageren": REAGEREN,
        "afsluiten": {**afsluiten(casus), "nazorg_datum": (dag + timedelta(days=90)).isoformat()},
        "nazorg_vastleggen": {"hoe_gaat_het": "Het gaat goed."},
    }


def _help(casus: Casus, dice: Any, dag: date, naam: str) -> dict[str, dict[str, Any]]:
    day = dag.isoformat()
    rows = list(Inzet.objects.filter(casus=casus).open().values_list("pk", "status"))
    asked = _first([pk for pk, status in rows if status != "gestart"], dice)
    running = _first([pk for pk, status in rows if status == "gestart"], dice)
    first_start = {"startdatum": day, **TERUGKOPPELING}
    if naam == "abel" or dice.choice([False, True]):
        first_start["inzet"] = asked
    return {
        "hulp_aanvragen": {
            "arrangement": dice.choice(list(Arrangement.objects.order_by("pk").values_list("pk", flat=True)) or [1]),
            "aangevraagd_op": day,
            "voor_doelen": [{"doel": pk, "gekozen": True} for pk in goals(casus)],
        },
        "hulp_wacht": {
            "inzet": asked,
            "reden_wachten": "wachtlijst",
            "wacht_sinds": day,
            "toelichting": "Het team belt wekelijks.",
        },
        "uitvoeren": TERUGKOPPELING if casus.status == Status.EVALUATIE else first_start,
        "hulp_starten": {"inzet": asked, "startdatum": day, **TERUGKOPPELING},
        "hulp_niet_door": {"inzet": asked, "einde_reden": "Er is geen plek."},
        "hulp_beeindigen": {"inzet": running, "einddatum": day, "einde_reden": "De hulp is klaar.", **TERUGKOPPELING},
        "voortgang_melden": {"inzet": running or asked, "voortgang": "Wij zien elkaar elke week."},
    }


def _dossier(casus: Casus, wereld: Wereld, dice: Any, dag: date, naam: str) -> dict[str, dict[str, Any]]:
    day = dag.isoformat()
    later = (dag + timedelta(days=14)).isoformat()
    own = {"eigenaar_aanbieder": wereld.cast.aanbieder} if naam == "abel" else {}
    tasks = Taak.objects.open().filter(casus=casus, **own).order_by("pk")
    taak = _first(list(tasks.values_list("pk", flat=True)), dice)
    living = list(Deling.objects.living().filter(casus=casus).order_by("pk").values_list("pk", "met"))
    parties = [f"aanbieder:{wereld.cast.aanbieder.pk}", f"leerplicht:{wereld.cast.gemeente.pk}"]
    apart = [party for party in parties if party.partition(":")[0] not in {met for _, met in living}] or parties
    given = {"toestemming_gever": "beide", "toestemming_op": day}
    what = dice.choice(["hulp", "beroepsgeheim"])
    return {
        "terugkoppelen": TERUGKOPPELING,
        "taak_toevoegen": _agreed(dag, dice.choice(["aanbieder", "school", "wijkteam", "ouders"])),
        "taak_afronden": {"taak": taak, "resultaat": "Gedaan."},
        "taak_verzetten": {"taak": taak, "uiterlijk": later, "toelichting": "Lukte nog niet."},
        "taak_laten_vervallen": {"taak": taak, "toelichting": "Niet meer nodig."},
        "delen": {"partij": dice.choice(apart), "doel": "Meekijken met de hulp.", **given},
        "delen_stoppen": {"deling": _first([pk for pk, _ in living], dice), "namens": "ouders"},
        "instemming_vastleggen": {"instemming": what, **given},
        "instemming_intrekken": {"instemming": what, "namens": "ouders"},
        "aanvraag_vastleggen": {"onderwerp": "Ambulante hulp", "ontvangen_op": day},
        "besluit_vastleggen": {"besluit": "toegekend", "besluit_op": day},
    }


def _flags(dice: Any, dag: date) -> dict[str, dict[str, Any]]:
    day = dag.isoformat()
    return {
        "niet_bereikbaar_melden": {"toelichting": "Drie keer geprobeerd, op twee manieren."},
        "weer_bereikbaar": {"toelichting": "Op vrijdag te bellen."},
        "wacht_op_zorg_melden": {
            "reden": dice.choice(["wachtlijst"]),
            "verwacht_op": (dag + timedelta(days=60)).isoformat(),
            "toelichting": "Het team blijft bellen.",
        },
        "wacht_op_zorg_voorbij": {"toelichting": "Er is hulp."},
        "escaleren": {"toelichting": "Wij komen er samen niet uit."},
        "escalatie_afhandelen": {"toelichting": "Besproken met beide partijen."},
        "thuiszitter_melden": {"thuis_sinds": day, "toelichting": "Angst om te gaan."},
        "thuiszitter_afmelden": {"terug_sinds": day, "toelichting": "Gaat weer, halve dagen."},
        "veiligheid_melden": {"veiligheid_grond": "Meldcode, stap 3."},
        "veiligheid_opheffen": {"toelichting": "Er is een veilige plek."},
    }
