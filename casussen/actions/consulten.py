"""An anonymous consult: ask, answer, ask on, give to a team, end. Every text is checked before it is kept, whoever typed it.

The clock runs while a question is open, and stops with an answer or the end. Who is told hears that there is something, not what.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from casussen.actions.concept import own_vestiging, region_of, save_concept
from casussen.actions.consult_berichten import tell_school, tell_team
from casussen.contacten import contact_for, teams_of_region
from casussen.fouten import Herleidbaar, NietBevoegd, OnjuisteStatus, Ontbreekt, Onvolledig
from casussen.kalender import kalender_of
from casussen.keuzes import ConsultStatus, Leeftijdsgroep, VanConsult
from casussen.ladder import first_trede
from casussen.models import Casus, Consult, ConsultBericht
from casussen.nummer import next_consultnummer
from casussen.privacy import check
from gebieden.models import Gemeente
from gebieden.rollen import REGIOCOORDINATOR
from kern.actions import cancel_meldingen, record_event
from kern.kijker import Kijker, Rol
from kern.klok import local_date
from scholen.models import Vestiging
from scholen.rollen import ZORGCOORDINATOR
from toegang.actions.inzage import GEWEIGERD, log_inzage
from wijkteams.models import Wijkteam
from wijkteams.rollen import WIJKTEAMCOORDINATOR, WIJKTEAMLID

WERKDAGEN = 2
MAX_TEKST = 4_000
ONDERWERP = "consult"


@dataclass(frozen=True, slots=True)
class Vraag:
    """What a consult starts with. `wijkteam_id` None: the regiocoördinator looks who can answer."""

    vraag: str
    wat_al_gedaan: str = ""
    vestiging: str = ""
    sector: str = ""
    leeftijd: str = ""
    wijkteam_id: int | None = None
    nagekeken: bool = False


# --- Asking -------------------------------------------------------------------------------------------------------------
def ask_consult(*, vraag: Vraag, by: Kijker, op: datetime, verzoek_sleutel: uuid.UUID | None = None) -> Consult:
    """Send a question to a team, or to the regiocoördinator. Sent twice with one `verzoek_sleutel` it is one consult.

    Raises NietBevoegd, Onvolledig (per field) and Herleidbaar.
    """
    if by.user_id is None or not by.heeft(ZORGCOORDINATOR):
        raise NietBevoegd("Alleen een zorgcoördinator kan anoniem overleggen.")
    if verzoek_sleutel is not None and (made := _made_before(verzoek_sleutel, by)):
        return made
    vestiging = own_vestiging(by, vraag.vestiging)
    team = _check_fields(vraag, vestiging, op=op)
    texts = {"vraag": vraag.vraag, "wat_al_gedaan": vraag.wat_al_gedaan}
    check_texts(texts, nagekeken=vraag.nagekeken, bekend=known_words(vestiging))
    try:
        return _create(vraag, vestiging, team, by=by, op=op, verzoek_sleutel=verzoek_sleutel)
    except IntegrityError:  # the same form, sent twice at the same moment: the other one made it
        made = _made_before(verzoek_sleutel, by) if verzoek_sleutel is not None else None
        if made is None:
            raise
        return made


def _made_before(verzoek_sleutel: uuid.UUID, by: Kijker) -> Consult | None:
    return Consult.objects.filter(verzoek_sleutel=verzoek_sleutel, aangevraagd_door_id=by.user_id).first()


def _check_fields(vraag: Vraag, vestiging: Vestiging, *, op: datetime) -> Wijkteam | None:
    wrong: list[Ontbreekt] = []
    if not vraag.vraag.strip():
        wrong.append({"veld": "vraag", "melding": "Schrijf uw vraag op."})
    wrong += [
        {"veld": veld, "melding": f"Maak deze tekst korter: hoogstens {MAX_TEKST} tekens."}
        for veld in ("vraag", "wat_al_gedaan")
        if len(getattr(vraag, veld)) > MAX_TEKST
    ]
    if vraag.sector and vraag.sector not in vestiging.sectoren:
        wrong.append({"veld": "sector", "melding": "Deze school geeft dit onderwijs niet. Kies een andere sector."})
    if vraag.leeftijd and vraag.leeftijd not in Leeftijdsgroep.values:
        wrong.append({"veld": "leeftijd", "melding": "Kies een leeftijdsgroep uit de lijst."})
    team = None
    if vraag.wijkteam_id is not None:
        team = _team_of_region(region_of(vestiging).pk, vraag.wijkteam_id, op=local_date(op))
        if team is None:
            wrong.append({"veld": "wijkteam", "melding": "Dit wijkteam is er niet (meer). Kies een ander."})
    if wrong:
        raise Onvolledig(wrong)
    return team


def _team_of_region(regio_id: int, wijkteam_id: int, *, op: date) -> Wijkteam | None:
    return next((team for team in teams_of_region(regio_id, op=op) if team.pk == wijkteam_id), None)


def known_words(vestiging: Vestiging) -> set[str]:
    """Words with a capital that say nothing about a pupil: the school itself, and the gemeenten."""
    names = [vestiging.naam, vestiging.school.naam, *Gemeente.objects.values_list("naam", flat=True)]
    return {word for name in names for word in name.replace(",", " ").split()}


def check_texts(texts: Mapping[str, str], *, nagekeken: bool, bekend: set[str]) -> None:
    """Refuse what is surely personal; what may be only if nobody said to have looked."""
    found = {veld: check(text, bekend=bekend) for veld, text in texts.items()}
    everything = [b for items in found.values() for b in items]
    if any(b.geweigerd for b in everything) or (everything and not nagekeken):
        raise Herleidbaar(found)


@transaction.atomic
def _create(
    vraag: Vraag, vestiging: Vestiging, team: Wijkteam | None, *, by: Kijker, op: datetime, verzoek_sleutel: uuid.UUID | None
) -> Consult:
    assert by.user_id is not None  # noqa: S101  (asked before; for the type checker)
    sector = vraag.sector or (vestiging.sectoren[0] if len(vestiging.sectoren) == 1 else "")
    consult = Consult(
        nummer=next_consultnummer(op),
        regio=region_of(vestiging),
        school_id=vestiging.school_id,
        vestiging=vestiging,
        sector=sector,
        leeftijd=vraag.leeftijd,
        aangevraagd_door_id=by.user_id,
        vraag=vraag.vraag.strip(),
        wat_al_gedaan=vraag.wat_al_gedaan.strip(),
        nagekeken=vraag.nagekeken,
        gevraagd_op=op,
        antwoord_uiterlijk=op,
        verzoek_sleutel=verzoek_sleutel,
    )
    _give_to(consult, team, op=op)
    _start_clock(consult, op=op)
    consult.save(force_insert=True)
    _note(consult, "consult_gevraagd", by=by, op=op, rol=ZORGCOORDINATOR)
    tell_team(consult, "consult_nieuw", op=op)
    return consult


def _give_to(consult: Consult, team: Wijkteam | None, *, op: datetime) -> None:
    """To the fixed contact of the team for this school: looked up here, so that no browser can name somebody else."""
    consult.wijkteam = team
    bel = contact_for(consult, team.pk, op=local_date(op)) if team is not None else None
    consult.aanspreekpunt_id = bel.persoon.id if bel is not None else None


def _start_clock(consult: Consult, *, op: datetime) -> None:
    kalender = kalender_of(consult.regio)
    consult.status = ConsultStatus.OPEN
    consult.antwoord_uiterlijk = kalender.deadline(op, WERKDAGEN)
    consult.stand += 1
    first = first_trede(op=op, vervalt_op=consult.antwoord_uiterlijk, kalender=kalender)
    consult.volgende_stap, consult.volgende_op = first.stap, first.op


def _stop_clock(consult: Consult) -> None:
    """Nothing reminds any more, not even a mail on its way."""
    consult.volgende_stap = consult.volgende_op = None
    cancel_meldingen(onderwerp_soort=ONDERWERP, onderwerp_ids=[consult.pk], soorten=["consult_herinnering", "consult_te_laat"])


def _note(consult: Consult, soort: str, *, by: Kijker, op: datetime, rol: Rol) -> None:
    record_event(soort=soort, onderwerp_soort=ONDERWERP, onderwerp_id=consult.pk, by=by, op=op, rol=rol.sleutel)
    log_inzage(kijker=by, actie=soort, object_soort=ONDERWERP, object_id=consult.pk, relatie=relation_of(consult, by), op=op)


def relation_of(consult: Consult, kijker: Kijker) -> str:
    """Why this viewer may look, for the access log."""
    if consult.aangevraagd_door_id == kijker.user_id:
        return "eigen vraag"
    if kijker.heeft_voor(ZORGCOORDINATOR, consult.school_id):
        return "eigen school"
    return "eigen team" if speaks_for(consult, kijker) is VanConsult.WIJKTEAM else "eigen regio"


def speaks_for(consult: Consult, kijker: Kijker) -> VanConsult:
    """On whose side this viewer is."""
    if kijker.heeft_voor(ZORGCOORDINATOR, consult.school_id):
        return VanConsult.SCHOOL
    return VanConsult.WIJKTEAM if consult.wijkteam_id in kijker.ids(WIJKTEAMLID, WIJKTEAMCOORDINATOR) else VanConsult.REGIO


# --- Going on -----------------------------------------------------------------------------------------------------------
def reply_consult(
    *,
    consult: Consult,
    tekst: str,
    by: Kijker,
    op: datetime,
    nagekeken: bool = False,
    verzoek_sleutel: uuid.UUID | None = None,
) -> ConsultBericht:
    """An answer of the team (or the region), or a question of the school that follows: then the clock runs again.

    Raises NietBevoegd, OnjuisteStatus once it has ended, Onvolledig and Herleidbaar.
    """
    with transaction.atomic():
        consult = _lock(consult, by=by, op=op)
        if verzoek_sleutel is not None:
            made = ConsultBericht.objects.filter(verzoek_sleutel=verzoek_sleutel, door_id=by.user_id, consult=consult).first()
            if made is not None:
                return made
        if consult.is_klaar:
            raise OnjuisteStatus("Dit overleg is afgerond. Begin een nieuw overleg als u nog een vraag hebt.")
        if not tekst.strip():
            raise Onvolledig([{"veld": "tekst", "melding": "Schrijf een bericht."}])
        if len(tekst) > MAX_TEKST:
            raise Onvolledig([{"veld": "tekst", "melding": f"Maak deze tekst korter: hoogstens {MAX_TEKST} tekens."}])
        assert by.user_id is not None  # noqa: S101  (who sees a consult has an account)
        check_texts({"tekst": tekst}, nagekeken=nagekeken, bekend=known_words(consult.vestiging))
        van = speaks_for(consult, by)
        bericht = ConsultBericht.objects.create(
            consult=consult,
            van=van,
            tekst=tekst.strip(),
            nagekeken=nagekeken,
            door_id=by.user_id,
            op=op,
            verzoek_sleutel=verzoek_sleutel,
        )
        if van is VanConsult.SCHOOL:
            _ask_on(consult, by=by, op=op)
        else:
            _answer(consult, van, by=by, op=op)
        return bericht


def _ask_on(consult: Consult, *, by: Kijker, op: datetime) -> None:
    """After an answer the question is open again; something added to an open one leaves its clock as it was."""
    if consult.status == ConsultStatus.BEANTWOORD:
        _start_clock(consult, op=op)
        consult.save()
    _note(consult, "consult_vervolg", by=by, op=op, rol=ZORGCOORDINATOR)
    tell_team(consult, "consult_vervolg", op=op)


def _answer(consult: Consult, van: VanConsult, *, by: Kijker, op: datetime) -> None:
    consult.status = ConsultStatus.BEANTWOORD
    if consult.beantwoord_op is None:
        consult.beantwoord_op, consult.beantwoord_door_id = op, by.user_id
    _stop_clock(consult)
    consult.save()
    _note(consult, "consult_beantwoord", by=by, op=op, rol=WIJKTEAMLID if van is VanConsult.WIJKTEAM else REGIOCOORDINATOR)
    tell_school(consult, "consult_antwoord", op=op)


@transaction.atomic
def assign_consult(*, consult: Consult, wijkteam_id: int, by: Kijker, op: datetime) -> Consult:
    """Give an open question to a team (or to another one): it gets the full time, and the school hears who has it now."""
    consult = _lock(consult, by=by, op=op)
    if not may_assign(consult, by):
        raise NietBevoegd("Alleen de regiocoördinator of de wijkteamcoördinator geeft een overleg aan een ander team.")
    if consult.status != ConsultStatus.OPEN:
        raise OnjuisteStatus("Dit overleg is al beantwoord of afgerond.")
    team = _team_of_region(consult.regio_id, wijkteam_id, op=local_date(op))
    if team is None or team.pk == consult.wijkteam_id:
        raise Onvolledig([{"veld": "wijkteam", "melding": "Kies een wijkteam uit de lijst."}])
    rol = WIJKTEAMCOORDINATOR if speaks_for(consult, by) is VanConsult.WIJKTEAM else REGIOCOORDINATOR
    _note(consult, "consult_toegewezen", by=by, op=op, rol=rol)  # why they may: as it was until now
    _stop_clock(consult)
    _give_to(consult, team, op=op)
    _start_clock(consult, op=op)
    consult.save()
    tell_team(consult, "consult_nieuw", op=op)
    tell_school(consult, "consult_toegewezen", op=op)
    return consult


def may_assign(consult: Consult, kijker: Kijker) -> bool:
    return kijker.heeft_voor(REGIOCOORDINATOR, consult.regio_id) or kijker.heeft_voor(WIJKTEAMCOORDINATOR, consult.wijkteam_id)


@transaction.atomic
def close_consult(*, consult: Consult, by: Kijker, op: datetime) -> Consult:
    """The school has what it needs; a team that still had to answer hears that it need not."""
    consult = _lock(consult, by=by, op=op)
    if speaks_for(consult, by) is not VanConsult.SCHOOL:
        raise NietBevoegd("Alleen de school die het vroeg, sluit een overleg af.")
    if consult.is_klaar:
        raise OnjuisteStatus("Dit overleg is al afgerond.")
    _end(consult, ConsultStatus.AFGESLOTEN, by=by, op=op)
    return consult


def _end(consult: Consult, status: ConsultStatus, *, by: Kijker, op: datetime) -> None:
    was_open = consult.status == ConsultStatus.OPEN
    consult.status, consult.afgesloten_op = status, op
    _stop_clock(consult)
    consult.save()
    _note(consult, f"consult_{status}", by=by, op=op, rol=ZORGCOORDINATOR)
    if was_open:
        tell_team(consult, "consult_gesloten", op=op)


# --- Becoming a casus ---------------------------------------------------------------------------------------------------
@transaction.atomic
def begin_casus(*, consult: Consult, by: Kijker, op: datetime) -> Casus:
    """A draft with the question as the start of the hulpvraag. The consult goes on until the casus is submitted, with consent.

    A draft of it that the viewer began before is opened again.
    """
    consult = _lock(consult, by=by, op=op)
    if speaks_for(consult, by) is not VanConsult.SCHOOL:
        raise NietBevoegd("Alleen de school die het vroeg, meldt een casus aan.")
    if consult.casus is not None and consult.casus.aangevraagd_door_id == by.user_id:
        return consult.casus
    if consult.casus is not None:
        raise OnjuisteStatus("Een collega begon al een casus uit dit overleg.")
    if consult.is_klaar:
        raise OnjuisteStatus("Dit overleg is afgerond. Meld de casus aan bij 'Casussen'.")
    gegevens = {
        "vestiging": consult.vestiging.brin,
        "sector": consult.sector,
        "hulpvraag": consult.vraag,
        "geprobeerd": consult.wat_al_gedaan,
    }
    casus = save_concept(by=by, op=op, gegevens={naam: value for naam, value in gegevens.items() if value}).casus
    Consult.objects.filter(pk=consult.pk).update(casus=casus)
    _note(consult, "consult_concept", by=by, op=op, rol=ZORGCOORDINATOR)
    return casus


def settle_consulten(*, casus: Casus, by: Kijker, op: datetime) -> None:
    """The casus was submitted: what was asked about it anonymously has become this casus, and no clock of it runs on."""
    waiting = Consult.objects.select_for_update(of=("self",)).select_related("regio", "wijkteam").filter(casus=casus)
    for consult in waiting.exclude(status__in=[ConsultStatus.AFGESLOTEN, ConsultStatus.OMGEZET]):
        _end(consult, ConsultStatus.OMGEZET, by=by, op=op)


def _lock(consult: Consult, *, by: Kijker, op: datetime) -> Consult:
    """The consult as it is now, for who may see it. Who may not is refused, and that is written down."""
    if not Consult.objects.visible_to(by).filter(pk=consult.pk).exists():
        log_inzage(kijker=by, actie="consult_wijzigen", object_soort=ONDERWERP, object_id=consult.pk, uitkomst=GEWEIGERD, op=op)
        raise NietBevoegd("Dit overleg is niet van u.")
    relations = Consult.objects.select_related("regio", "school", "vestiging__school", "wijkteam", "casus")
    return relations.select_for_update(of=("self",)).get(pk=consult.pk)
