"""A draft: kept on the server at every step of the form, as it was typed. It needs little, and only its maker sees it."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from casussen.feiten import facts_of
from casussen.fouten import NietBevoegd, OnjuisteStatus, Ontbreekt, Onvolledig
from casussen.keuzes import Status, Urgentie
from casussen.models import Casus, Statusperiode
from casussen.nummer import next_casusnummer
from casussen.rules import address_in, missing_for
from casussen.velden import CONCEPT_VELDEN, clean, is_blank
from casussen.woorden import told_to
from casussen.workflow import rule_for
from gebieden.models import Regio
from kern.actions import record_event
from kern.kijker import Kijker
from kern.klok import local_date
from scholen.models import Vestiging
from scholen.queries import exact_brin
from scholen.rollen import ZORGCOORDINATOR
from toegang.actions.inzage import GEWEIGERD, log_inzage

#: What is kept of one field, however much was sent.
BEWAARD = 20_000
_VELDEN = {veld.naam: veld for veld in CONCEPT_VELDEN}
_TEKSTEN = ("hulpvraag", "krachten", "geprobeerd", "contact_gezin", "sector")


@dataclass(frozen=True, slots=True)
class Concept:
    """The draft as it is now. `fouten`: what was typed and cannot be read. `ontbreekt`: what submitting still needs."""

    casus: Casus
    fouten: list[Ontbreekt]
    ontbreekt: list[Ontbreekt]


def save_concept(
    *,
    by: Kijker,
    op: datetime,
    gegevens: Mapping[str, Any],
    casus_id: int | None = None,
    verzoek_sleutel: uuid.UUID | None = None,
) -> Concept:
    """Keep what was typed, in a new draft or in an own one. Only the fields in `gegevens` change.

    A new draft needs a school: `vestiging` (BRIN of 6 characters), or one school with one location. `verzoek_sleutel` makes the
    same new draft sent twice one casus. Raises NietBevoegd for a draft of someone else, OnjuisteStatus for one already submitted.
    """
    known = {naam: value for naam, value in gegevens.items() if naam in _VELDEN}
    strange: list[Ontbreekt] = [
        {"veld": naam, "melding": "Dit veld hoort niet bij deze stap."} for naam in gegevens if naam not in _VELDEN
    ]
    if casus_id is None:
        started = _start(by=by, op=op, gegevens=known, verzoek_sleutel=verzoek_sleutel)
        if started.status != Status.CONCEPT and started.aangevraagd_door_id == by.user_id:
            return Concept(casus=started, fouten=[], ontbreekt=[])  # sent twice, and submitted in between
        casus_id = started.pk
    try:
        with transaction.atomic():
            casus = _lock_own(casus_id, by=by, op=op)
            _keep(casus, known, by=by)
            casus.save()
    except NietBevoegd:
        log_inzage(kijker=by, actie="concept_bewaren", object_soort="casus", object_id=casus_id, uitkomst=GEWEIGERD, op=op)
        raise
    values, fouten = clean(_given(casus.concept_gegevens), {**casus.concept_gegevens, **known})
    return Concept(casus=casus, fouten=[*strange, *_at_address(values), *fouten], ontbreekt=missing_in(casus, op=op))


def missing_in(casus: Casus, *, op: datetime) -> list[Ontbreekt]:
    """What submitting this draft still needs, each field once."""
    regel = rule_for("aanmelden", casus.status)
    if regel is None:
        return []
    typed = dict(casus.concept_gegevens)
    if is_blank(typed.get("sector")) and len(casus.vestiging.sectoren) == 1:
        typed["sector"] = casus.vestiging.sectoren[0]
    values, fouten = clean(regel.velden, typed)
    named = {fout["veld"] for fout in fouten}
    missing = missing_for(regel.guards, facts_of(casus, op=local_date(op)), values)
    return [*fouten, *(item for item in missing if item["veld"] not in named)]


@transaction.atomic
def delete_concept(*, casus_id: int, by: Kijker, op: datetime) -> None:
    """Throw an own draft away, with everything that was typed."""
    casus = _lock_own(casus_id, by=by, op=op)
    record_event(
        soort="casus_concept_verwijderd",
        onderwerp_soort="casus",
        onderwerp_id=casus.pk,
        by=by,
        op=op,
        rol=ZORGCOORDINATOR.sleutel,
    )
    log_inzage(kijker=by, actie="concept_verwijderen", object_soort="casus", object_id=casus.pk, relatie="eigen school", op=op)
    casus.delete()


# --- A new one --------------------------------------------------------------------------------------------------
def _start(*, by: Kijker, op: datetime, gegevens: Mapping[str, Any], verzoek_sleutel: uuid.UUID | None) -> Casus:
    vestiging = own_vestiging(by, gegevens.get("vestiging"))
    try:
        with transaction.atomic():
            if verzoek_sleutel is not None and (made := Casus.objects.filter(verzoek_sleutel=verzoek_sleutel).first()):
                return made
            return _create(vestiging, by=by, op=op, verzoek_sleutel=verzoek_sleutel)
    except IntegrityError:  # the same form, sent twice at the same moment: the other one made it
        made = Casus.objects.filter(verzoek_sleutel=verzoek_sleutel).first() if verzoek_sleutel is not None else None
        if made is None:
            raise
        return made


def _create(vestiging: Vestiging, *, by: Kijker, op: datetime, verzoek_sleutel: uuid.UUID | None) -> Casus:
    if by.user_id is None:
        raise NietBevoegd("Meld u eerst aan.")
    casus = Casus.objects.create(
        nummer=next_casusnummer(op),
        regio=region_of(vestiging),
        school_id=vestiging.school_id,
        vestiging=vestiging,
        sector=vestiging.sectoren[0] if len(vestiging.sectoren) == 1 else "",
        aangevraagd_door_id=by.user_id,
        status=Status.CONCEPT,
        status_sinds=op,
        aangemaakt=op,
        verzoek_sleutel=verzoek_sleutel,
    )
    Statusperiode.objects.create(casus=casus, ronde=casus.ronde, status=Status.CONCEPT, van=op)
    record_event(soort="casus_concept", onderwerp_soort="casus", onderwerp_id=casus.pk, by=by, op=op, rol=ZORGCOORDINATOR.sleutel)
    log_inzage(kijker=by, actie="concept_maken", object_soort="casus", object_id=casus.pk, relatie="eigen school", op=op)
    return casus


def own_vestiging(by: Kijker, brin: Any) -> Vestiging:
    """The location that was named, among those of the viewer's own schools; the only one when none was named."""
    schools = by.ids(ZORGCOORDINATOR)
    if by.user_id is None or not schools:
        raise NietBevoegd("Alleen een zorgcoördinator kan een casus aanmelden.")
    own = list(Vestiging.objects.filter(school_id__in=schools).select_related("gemeente__regio").order_by("brin"))
    if is_blank(brin):
        if len(own) == 1:
            return own[0]
        raise Onvolledig([{"veld": "vestiging", "melding": "Kies de school van de leerling."}])
    exact = exact_brin(brin) if isinstance(brin, str) else None
    matches = [vestiging for vestiging in own if exact is not None and vestiging.brin.startswith(exact)]
    if len(matches) != 1:
        raise Onvolledig([{"veld": "vestiging", "melding": "Kies een van uw eigen scholen."}])
    return matches[0]


def region_of(vestiging: Vestiging) -> Regio:
    """The region of the school; of a school outside it, the region of this portal."""
    gemeente = vestiging.gemeente
    regio = gemeente.regio if gemeente is not None and gemeente.regio is not None else Regio.objects.order_by("pk").first()
    if regio is None:
        raise Onvolledig([{"veld": "vestiging", "melding": "Er is nog geen regio ingesteld. Vraag het functioneel beheer."}])
    return regio


# --- An own one -------------------------------------------------------------------------------------------------
def _lock_own(casus_id: int, *, by: Kijker, op: datetime) -> Casus:
    casus = Casus.objects.select_for_update(of=("self",)).select_related("vestiging", "leerling").filter(pk=casus_id).first()
    if casus is None:
        raise OnjuisteStatus("Deze casus bestaat niet meer.")
    if casus.aangevraagd_door_id != by.user_id or not by.heeft_voor(ZORGCOORDINATOR, casus.school_id):
        raise NietBevoegd("Dit is niet uw concept.")
    if casus.status != Status.CONCEPT:
        last = casus.overgangen.order_by("-op", "-id").first()
        melding, wie, wat = told_to(last, user_id=by.user_id, op=op) if last else ("Deze casus is al aangemeld.", "", "")
        raise OnjuisteStatus(melding, wie=wie, wat=wat)
    return casus


def _keep(casus: Casus, gegevens: Mapping[str, Any], *, by: Kijker) -> None:
    """Keep what was typed as it was typed, and what can be read in the columns of the casus."""
    if not is_blank(gegevens.get("vestiging")):
        vestiging = own_vestiging(by, gegevens["vestiging"])
        casus.vestiging, casus.school_id, casus.regio = vestiging, vestiging.school_id, region_of(vestiging)
    typed = {naam: _raw(value) for naam, value in gegevens.items() if isinstance(value, str | int | date | None)}
    casus.concept_gegevens = {**casus.concept_gegevens, **typed}
    values, _ = clean(_given(gegevens), gegevens)
    for naam in gegevens.keys() & set(_TEKSTEN):
        setattr(casus, naam, values.get(naam, ""))
    if "urgentie" in gegevens:
        casus.urgentie = values.get("urgentie", Urgentie.NORMAAL)
    if "thuiszitter" in gegevens:
        casus.thuiszitter = bool(values.get("thuiszitter"))
    if "ouders_geinformeerd_op" in gegevens:
        casus.ouders_geinformeerd_op = values.get("ouders_geinformeerd_op")


def _given(gegevens: Mapping[str, Any]) -> list[Any]:
    return [_VELDEN[naam] for naam in gegevens if naam in _VELDEN]


def _at_address(values: Mapping[str, Any]) -> list[Ontbreekt]:
    """What is wrong with an address, once both parts of it were typed."""
    if not (values.get("postcode") and values.get("huisnummer")):
        return []
    found = address_in(values)
    return found if isinstance(found, list) else []


def _raw(value: str | int | date | None) -> str | int | None:
    """A value as it can be kept: text without what PostgreSQL cannot hold, and not without end."""
    if value is None or isinstance(value, bool):
        return value
    text = value.isoformat() if isinstance(value, date) else str(value)
    return "".join(char for char in text[:BEWAARD] if char != "\x00" and not "\ud800" <= char <= "\udfff")
