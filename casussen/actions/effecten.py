"""What the steps of a casus write of their own, besides what the workflow table says. `aanmelding` has those of submitting."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from casussen.actions.klokken import end_loose
from casussen.actions.machine import Uitvoering
from casussen.actions.opvolging import end_following
from casussen.actions.overdragen import take_over, write_note
from casussen.actions.registers import effect, voorbereiding
from casussen.actions.routes import store_assignment
from casussen.actions.termijnen import assign_termijnen
from casussen.contacten import contact_for, people_in_service, teams_of_region
from casussen.fouten import NietBevoegd, Onvolledig
from casussen.keuzes import RedenDoorzetten, Status
from casussen.models import Casus, Contactmoment, Nazorg, Toestemming, Vraag
from casussen.tabel import Richting
from casussen.workflow.termijnen import BEREIKBAAR, VEILIGHEID, WACHTTIJD
from gebieden.models import Gemeente
from kern.kijker import Kijker
from wijkteams.models import Contactpersoon, Wijkteam
from wijkteams.rollen import WIJKTEAMCOORDINATOR

_GEEN_TEAM = "Kies een wijkteam uit deze regio."
_GEEN_COLLEGA = "Kies iemand die bij dit wijkteam werkt."


# --- The team ---------------------------------------------------------------------------------------------------
def give_to_team(run: Uitvoering, wijkteam_id: int, contactpersoon_id: int | None) -> None:
    """From here on this team has the casus; nobody there has it in hand yet."""
    casus = run.casus
    casus.wijkteam_id = wijkteam_id
    casus.aanspreekpunt_id = contactpersoon_id
    casus.behandelaar = None


def _team_of(run: Uitvoering) -> Wijkteam:
    chosen = run.gegevens["wijkteam"]
    for team in teams_of_region(run.casus.regio_id, op=run.feiten.op):
        if team.pk == chosen:
            return team
    raise Onvolledig([{"veld": "wijkteam", "melding": _GEEN_TEAM}])


def _assign(run: Uitvoering, team: Wijkteam) -> None:
    bel = contact_for(run.casus, team.pk, op=run.feiten.op)
    give_to_team(run, team.pk, bel.persoon.id if bel else None)
    reden = run.gegevens["toelichting"]
    store_assignment(run.casus, reden=reden, by=run.by, op=run.op, peildatum=run.feiten.op)


@effect("toewijzen")
def toewijzen(run: Uitvoering) -> None:
    team = _team_of(run)
    _assign(run, team)
    known = run.casus.woongemeente
    # Who assigns a team of the region says that the pupil belongs here, whatever the address said.
    _lives_in(run.casus, known if known is not None and known.regio_id == run.casus.regio_id else team.gemeente)
    end_following(run.casus, op=run.op)
    bind_consent(run.casus)


@effect("doorzetten")
def doorzetten(run: Uitvoering) -> None:
    team = _team_of(run)
    _assign(run, team)
    if run.gegevens["reden"] == RedenDoorzetten.VERHUISD:
        run.casus.buurt_code = ""
        _lives_in(run.casus, team.gemeente)
    drop_question(run.casus, run.op)


def _lives_in(casus: Casus, gemeente: Gemeente) -> None:
    """The pupil lives here, so this gemeente pays; outside the region only when it lies there."""
    casus.woongemeente, casus.buiten_regio = gemeente, gemeente.regio_id != casus.regio_id


def bind_consent(casus: Casus) -> None:
    """Consent that was given before the team was known is, from now on, for this team."""
    unbound = Toestemming.objects.filter(casus=casus, wijkteam__isnull=True, ingetrokken_op__isnull=True)
    unbound.update(wijkteam_id=casus.wijkteam_id)


# --- The person -------------------------------------------------------------------------------------------------
@voorbereiding("ontvangen")
def name_yourself(casus: Casus, by: Kijker, gegevens: Mapping[str, Any]) -> Mapping[str, Any]:
    """Whoever takes a casus and names nobody, takes it themselves."""
    if gegevens.get("behandelaar") or by.user_id is None or casus.wijkteam_id is None:
        return gegevens
    own = Contactpersoon.objects.filter(user_id=by.user_id, wijkteam_id=casus.wijkteam_id).values_list("pk", flat=True).first()
    return {**gegevens, "behandelaar": own} if own else gegevens


def _colleague(run: Uitvoering) -> Contactpersoon:
    chosen = run.gegevens["behandelaar"]
    # Whoever is leaving at this moment holds this row (`portal.netwerk.acties`): wait, and then see whether they still work here.
    list(Contactpersoon.objects.select_for_update(of=("self",), no_key=True).filter(pk=chosen).values_list("pk"))
    for person in people_in_service(run.casus.wijkteam_id, op=run.feiten.op):
        if person.pk == chosen:
            return person
    left = Contactpersoon.objects.filter(pk=chosen).first()
    ours = left is not None and left.wijkteam_id == run.casus.wijkteam_id
    why = f"{left} werkt hier niet meer. Kies een andere collega." if ours else _GEEN_COLLEGA
    raise Onvolledig([{"veld": "behandelaar", "melding": why}])


@effect("ontvangen")
def ontvangen(run: Uitvoering) -> None:
    run.casus.behandelaar = _colleague(run)
    run.casus.eerste_reactie_op = run.casus.eerste_reactie_op or run.op


@effect("behandelaar_wijzigen")
def behandelaar_wijzigen(run: Uitvoering) -> None:
    """A member takes a casus nobody has, or hands over the own one; the coordinator divides the work."""
    casus, person = run.casus, _colleague(run)
    current = casus.behandelaar
    mine = current is None or (current.user_id is not None and current.user_id == run.by.user_id)
    if not mine and not run.by.heeft_voor(WIJKTEAMCOORDINATOR, casus.wijkteam_id):
        raise NietBevoegd(f"{current} behandelt deze casus al. Alleen de wijkteamcoördinator kan dat veranderen.")
    casus.behandelaar = person
    assign_termijnen(casus=casus, contactpersoon=person)
    if current is not None:
        take_over(casus, current, person, by=run.by, op=run.op)
        write_note(casus, current, person, run.gegevens.get("overdracht", ""), by=run.by, op=run.op)


# --- Contact and questions --------------------------------------------------------------------------------------
@effect("starten", "contact_vastleggen")
def log_contact(run: Uitvoering) -> None:
    values, casus = run.gegevens, run.casus
    reached = bool(values.get("contact_gelukt")) or run.regel.actie == "starten"
    if not reached:
        run.nieuws = f"het team probeerde het gezin te bereiken (poging {len(run.feiten.pogingen) + 1})"
    if reached and casus.niet_bereikbaar:
        run.nieuws = "het gezin is weer bereikbaar"
        casus.niet_bereikbaar = False
        end_loose(casus, [BEREIKBAAR.soort], op=run.op)
    if reached and casus.veiligheid:
        run.nieuws_portaal = "de veiligheid is besproken"
        end_loose(casus, [VEILIGHEID.soort], op=run.op)
    if reached and casus.wacht_op_zorg:  # every four weeks, for as long as the wait lasts
        end_loose(casus, [WACHTTIJD.soort], op=run.op)
        run.opent_ook.append(WACHTTIJD)
    Contactmoment.objects.create(
        casus=casus,
        wijkteam_id=casus.wijkteam_id,
        soort=values["contact_soort"],
        met=values["contact_met"],
        datum=values["contact_datum"],
        gelukt=reached,
        notitie=values.get("contact_notitie", ""),
        door_id=person_of(run.by),
        vastgelegd_op=run.op,
    )


@effect("vragen")
def vragen(run: Uitvoering) -> None:
    Vraag.objects.create(casus=run.casus, tekst=run.gegevens["vraag"], gesteld_door_id=person_of(run.by), gesteld_op=run.op)


@effect("beantwoorden")
def beantwoorden(run: Uitvoering) -> None:
    answer = {"antwoord": run.gegevens["antwoord"], "beantwoord_door_id": person_of(run.by), "beantwoord_op": run.op}
    _open_question(run.casus).update(**answer)


@effect("terugleggen")
def terugleggen(run: Uitvoering) -> None:
    drop_question(run.casus, run.op)


def drop_question(casus: Casus, op: datetime) -> None:
    """A question that nobody will answer any more, and what was followed outside the region."""
    end_following(casus, op=op)
    _open_question(casus).update(vervallen_op=op)


def _open_question(casus: Casus) -> Any:
    return Vraag.objects.filter(casus=casus, beantwoord_op__isnull=True, vervallen_op__isnull=True)


def person_of(by: Kijker) -> int:
    if by.user_id is None:
        raise NietBevoegd("Meld u eerst aan.")
    return by.user_id


# --- Consent and the end ----------------------------------------------------------------------------------------
@effect("toestemming_aanvullen")
def toestemming_aanvullen(run: Uitvoering) -> None:
    add_consent(run, wijkteam_id=run.casus.wijkteam_id)


def add_consent(run: Uitvoering, *, wijkteam_id: int | None) -> None:
    """Record the consent of the form, for this team (None: for the team that turns out to be responsible)."""
    values = run.gegevens
    if not values.get("toestemming_gever") or not values.get("toestemming_op"):
        return
    Toestemming.objects.create(
        casus=run.casus,
        gever=values["toestemming_gever"],
        gegeven_op=values["toestemming_op"],
        ook_ander_wijkteam=bool(values.get("ook_ander_wijkteam")),
        wijkteam_id=wijkteam_id,
        vastgelegd_door_id=person_of(run.by),
        vastgelegd_op=run.op,
    )


@effect("toestemming_intrekken")
def toestemming_intrekken(run: Uitvoering) -> None:
    _end_consent(run)
    if run.casus.veiligheid:
        run.go_to(Richting.BLIJFT)
    else:
        run.go_to(Status.INGETROKKEN)
        drop_question(run.casus, run.op)


@effect("intrekken")
def intrekken(run: Uitvoering) -> None:
    _end_consent(run)
    drop_question(run.casus, run.op)


def _end_consent(run: Uitvoering) -> None:
    living = Toestemming.objects.filter(casus=run.casus, ingetrokken_op__isnull=True)
    living.update(ingetrokken_op=run.op, ingetrokken_namens=run.gegevens["namens"])


@effect("heropenen")
def heropenen(run: Uitvoering) -> None:
    """A new ronde, with its own T0. What was planned for after the last one is no longer waited for."""
    casus = run.casus
    Nazorg.objects.filter(casus=casus, gedaan_op__isnull=True).delete()
    casus.ronde += 1
    casus.t0 = None
    casus.eerste_reactie_op = None
    casus.afgesloten_op = None
    casus.behandelaar = None
    casus.hulp_gestart_op = None
