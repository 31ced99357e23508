"""Keeping a filter of a work list: under a name, for oneself. It is about nobody, so nobody is told."""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.http import QueryDict

from casussen.fouten import NietBevoegd, OnjuisteStatus, Onvolledig
from casussen.models import FILTERS_MAX, Lijst, Opgeslagenfilter
from casussen.queries.lijstfilter import as_query, read_filters
from kern.actions import record_event
from kern.kijker import Kijker


def save_filter(*, by: Kijker, op: datetime, lijst: str, naam: str, query: str, standaard: bool = False) -> Opgeslagenfilter:
    """Keep this way to look at a list. Of `query` only the known keys are kept. The same filter sent twice is one.

    Raises Onvolledig with what is wrong at a field, OnjuisteStatus when somebody saved in another tab at this very moment.
    """
    if by.user_id is None or lijst not in Lijst.values:
        raise NietBevoegd
    naam, kept = _name(naam), as_query(read_filters(QueryDict(query)))
    if not kept:
        raise Onvolledig([{"veld": "naam", "melding": "Kies eerst een filter. Alles laten zien kan al met de knop Alles."}])
    try:
        with transaction.atomic():
            own = list(Opgeslagenfilter.objects.of(by).filter(lijst=lijst).select_for_update())
            for item in own:
                if (item.naam, item.query) == (naam, kept):
                    return item
            if len(own) >= FILTERS_MAX:
                raise Onvolledig([{"veld": "naam", "melding": f"U hebt al {FILTERS_MAX} filters. Verwijder er eerst een."}])
            _must_be_free(naam, own)
            if standaard:
                _no_default(by, lijst)
            free = min(set(range(1, FILTERS_MAX + 1)) - {item.positie for item in own})
            made = Opgeslagenfilter.objects.create(
                user_id=by.user_id, lijst=lijst, naam=naam, query=kept, positie=free, standaard=standaard, aangemaakt=op
            )
            record_event(soort="filter_bewaard", onderwerp_soort="filter", onderwerp_id=made.pk, by=by, op=op)
    except IntegrityError as fout:
        raise OnjuisteStatus("Dit filter is net ook ergens anders bewaard. Kijk of het er al staat.") from fout
    return made


def change_filter(*, by: Kijker, op: datetime, filter_id: int, naam: str, standaard: bool) -> Opgeslagenfilter:
    """Another name, or what the list opens with. Raises NietBevoegd for the filter of somebody else."""
    naam = _name(naam)
    try:
        with transaction.atomic():
            kept = _own(by, filter_id)
            _must_be_free(naam, Opgeslagenfilter.objects.of(by).filter(lijst=kept.lijst).exclude(pk=kept.pk))
            if standaard and not kept.standaard:
                _no_default(by, kept.lijst)
            kept.naam, kept.standaard = naam, standaard
            kept.save(update_fields=["naam", "standaard"])
            record_event(soort="filter_gewijzigd", onderwerp_soort="filter", onderwerp_id=kept.pk, by=by, op=op)
    except IntegrityError as fout:
        raise OnjuisteStatus("Dit filter is net ook ergens anders gewijzigd. Kijk hoe het er nu staat.") from fout
    return kept


@transaction.atomic
def delete_filter(*, by: Kijker, op: datetime, filter_id: int) -> Opgeslagenfilter:
    """Away with it. Raises NietBevoegd for the filter of somebody else."""
    kept = _own(by, filter_id)
    record_event(soort="filter_verwijderd", onderwerp_soort="filter", onderwerp_id=kept.pk, by=by, op=op)
    kept.delete()
    return kept


def _name(naam: str) -> str:
    naam = " ".join("".join(char if char.isprintable() else " " for char in naam).split())
    if not naam:
        raise Onvolledig([{"veld": "naam", "melding": "Geef het filter een naam."}])
    if len(naam) > 40:
        raise Onvolledig([{"veld": "naam", "melding": "Gebruik niet meer dan 40 tekens."}])
    return naam


def _own(by: Kijker, filter_id: int) -> Opgeslagenfilter:
    kept = Opgeslagenfilter.objects.of(by).select_for_update().filter(pk=filter_id).first()
    if kept is None:
        raise NietBevoegd
    return kept


def _must_be_free(naam: str, others: Iterable[Opgeslagenfilter]) -> None:
    if naam.casefold() in {item.naam.casefold() for item in others}:
        raise Onvolledig([{"veld": "naam", "melding": "U hebt al een filter met deze naam. Kies een andere naam."}])


def _no_default(by: Kijker, lijst: str) -> None:
    Opgeslagenfilter.objects.of(by).filter(lijst=lijst, standaard=True).update(standaard=False)
