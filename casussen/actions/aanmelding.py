"""Submitting a casus, for the first time or again: the pupil, the route, consent, and to whom it goes."""

from collections.abc import Mapping
from typing import Any

from casussen.actions.consulten import settle_consulten
from casussen.actions.effecten import add_consent, bind_consent, give_to_team
from casussen.actions.leerlingen import settle_leerling
from casussen.actions.machine import Uitvoering
from casussen.actions.registers import effect, voorbereiding
from casussen.actions.routes import Beslissing, decide_route, route_of, store_route
from casussen.fouten import NietBevoegd, Onvolledig
from casussen.keuzes import Status
from casussen.models import Casus
from casussen.rules import GegevenToestemming, address_in, consent_covers
from casussen.velden import CONCEPT_VELDEN, is_blank
from casussen.workflow.termijnen import TERUG_NAAR_SCHOOL
from gebieden.adres import Adres
from kern.kijker import Kijker
from scholen.models import Leerling, Vestiging
from wijkteams.routering import Route, Uitkomst


@voorbereiding("aanmelden")
def from_draft(casus: Casus, by: Kijker, gegevens: Mapping[str, Any]) -> Mapping[str, Any]:
    """What was typed into the draft, with what is sent now on top of it."""
    if casus.aangevraagd_door_id != by.user_id:
        raise NietBevoegd("Dit is het concept van een collega. Alleen wie het maakte, kan het aanmelden.")
    known = {veld.naam for veld in CONCEPT_VELDEN}
    typed = {naam: value for naam, value in casus.concept_gegevens.items() if naam in known}
    together = {**typed, **gegevens}
    if is_blank(together.get("sector")) and len(casus.vestiging.sectoren) == 1:
        together["sector"] = casus.vestiging.sectoren[0]
    return together


@effect("aanmelden")
def aanmelden(run: Uitvoering) -> None:
    casus, values = run.casus, run.gegevens
    _check_sector(casus.vestiging, values["sector"])
    adres = None if values.get("geen_adres") else address_in(values)
    leerling = settle_leerling(vestiging=casus.vestiging, gegevens=values, adres=adres if isinstance(adres, Adres) else None)
    casus.leerling = leerling
    for veld in ("sector", "hulpvraag", "krachten", "geprobeerd", "contact_gezin"):
        setattr(casus, veld, values.get(veld, ""))
    casus.urgentie = values.get("urgentie", casus.urgentie)
    casus.thuiszitter = bool(values.get("thuiszitter"))
    if casus.thuiszitter:
        run.opent_ook.append(TERUG_NAAR_SCHOOL)
    casus.ouders_geinformeerd_op = values.get("ouders_geinformeerd_op")
    if values.get("veiligheid"):
        casus.veiligheid = True
        casus.veiligheid_grond = values["veiligheid_grond"]
        casus.veiligheid_door_id, casus.veiligheid_op = run.by.user_id, run.op
    casus.concept_gegevens = {}
    beslissing = _route(run, leerling, without_address=bool(values.get("geen_adres")))
    add_consent(run, wijkteam_id=beslissing.wijkteam_id)
    settle_consulten(casus=casus, by=run.by, op=run.op)


def _check_sector(vestiging: Vestiging, sector: str) -> None:
    if sector not in vestiging.sectoren:
        raise Onvolledig([{"veld": "sector", "melding": "Deze school geeft dit onderwijs niet. Kies een andere sector."}])


@effect("heraanmelden")
def heraanmelden(run: Uitvoering) -> None:
    """Again, in the same ronde: T0 stays. The address may be another, and so the team."""
    casus, values = run.casus, run.gegevens
    leerling = casus.leerling
    if leerling is None:
        raise Onvolledig([{"veld": "leerling", "melding": "Bij deze casus staat geen leerling. Meld een nieuwe casus aan."}])
    _move(leerling, values)
    beslissing = _route(run, leerling, without_address=bool(values.get("geen_adres")))
    fresh = GegevenToestemming(
        gever=values.get("toestemming_gever", ""),
        wijkteam_id=beslissing.wijkteam_id,
        ook_ander_wijkteam=bool(values.get("ook_ander_wijkteam")),
    )
    given = [*run.feiten.toestemmingen, *([fresh] if fresh.gever else [])]
    if not casus.veiligheid and not any(consent_covers(t, beslissing.wijkteam_id) for t in given):
        melding = "De toestemming geldt voor het vorige wijkteam. Vraag opnieuw toestemming en vul haar hier in."
        raise Onvolledig([{"veld": "toestemming_gever", "melding": melding}])
    add_consent(run, wijkteam_id=beslissing.wijkteam_id)
    if beslissing.wijkteam_id is not None:
        bind_consent(casus)


def _move(leerling: Leerling, values: Mapping[str, Any]) -> None:
    """The pupil's address as it is now, if the form gives one."""
    adres = address_in(values)
    if isinstance(adres, Adres):
        leerling.postcode, leerling.huisnummer = adres.postcode, adres.huisnummer
        leerling.huisletter, leerling.toevoeging = adres.huisletter, adres.toevoeging
    leerling.geheim_adres = leerling.geheim_adres or bool(values.get("geheim_adres"))
    leerling.save()


def _route(run: Uitvoering, leerling: Leerling, *, without_address: bool) -> Beslissing:
    """Route the home address, decide, store it, and give the casus to the team or to the regiocoördinator."""
    casus = run.casus
    route = _no_route(run, leerling) if without_address else route_of(casus, leerling, op=run.feiten.op)
    if route.uitkomst is Uitkomst.ONGELDIG and not without_address:
        raise Onvolledig([{"veld": fout.veld, "melding": fout.melding} for fout in route.fouten])
    beslissing = decide_route(route, run.gegevens)
    casus.woongemeente_id = route.gemeente_id
    casus.buurt_code = "" if leerling.geheim_adres else beslissing.buurt_code
    casus.buiten_regio = route.uitkomst is Uitkomst.BUITEN_REGIO
    if beslissing.wijkteam_id is None:
        casus.wijkteam = casus.aanspreekpunt = casus.behandelaar = None
        run.go_to(Status.TE_ROUTEREN)
    else:
        give_to_team(run, beslissing.wijkteam_id, beslissing.contactpersoon_id)
        if casus.woongemeente_id is None and casus.wijkteam is not None:
            casus.woongemeente_id = casus.wijkteam.gemeente_id
        run.go_to(Status.AANGEMELD)
    store_route(casus, route, beslissing, by=run.by, op=run.op)
    return beslissing


def _no_route(run: Uitvoering, leerling: Leerling) -> Route:
    return Route(Uitkomst.ONGELDIG, run.feiten.op, geheim=leerling.geheim_adres)
