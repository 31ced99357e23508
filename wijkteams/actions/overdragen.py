"""Everything in the network that is somebody's goes to others, from a day on: aanspreekpunten, and standing in for others."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet

from kern.actions import record_event
from kern.kijker import Kijker
from wijkteams.actions.opslaan import day_of, locked, not_before_today, save_checked
from wijkteams.actions.punten import continue_punt
from wijkteams.models import Aanspreekpunt, Afwezigheid, Contactpersoon

#: Who takes work over stays at least so long after the one who leaves: else it moves again before it was taken up.
BLIJFT_NOG = timedelta(weeks=2)


@dataclass(frozen=True, slots=True)
class Overdracht:
    """To whom each thing goes: the successor, unless `per_punt` (id of an aanspreekpunt) names another colleague."""

    opvolger: Contactpersoon
    per_punt: Mapping[int, Contactpersoon] = field(default_factory=dict)

    @property
    def mensen(self) -> set[Contactpersoon]:
        return {self.opvolger, *self.per_punt.values()}


def punten_of(persoon: Contactpersoon, vanaf: date) -> QuerySet[Aanspreekpunt]:
    """Where someone is the contact on or after a day."""
    open_then = Q(tot__isnull=True) | Q(tot__gt=vanaf)
    rows = Aanspreekpunt.objects.filter(open_then, contactpersoon=persoon)
    return rows.select_related("wijkteam", "school", "vestiging__school", "vervanger").order_by("van", "pk")


def vervangt(persoon: Contactpersoon, vanaf: date) -> QuerySet[Aanspreekpunt]:
    """For which aanspreekpunten someone stands in, on or after a day."""
    open_then = Q(tot__isnull=True) | Q(tot__gt=vanaf)
    rows = Aanspreekpunt.objects.filter(open_then, vervanger=persoon)
    return rows.select_related("contactpersoon", "wijkteam", "school", "vestiging").order_by("van", "pk")


def vervangingen(persoon: Contactpersoon, vanaf: date) -> QuerySet[Afwezigheid]:
    """For whose absence someone stands in, on or after a day."""
    rows = Afwezigheid.objects.filter(vervanger=persoon, tot_en_met__gte=vanaf)
    return rows.select_related("contactpersoon").order_by("van", "pk")


@transaction.atomic
def hand_over_relations(*, persoon: Contactpersoon, overdracht: Overdracht, vanaf: date, by: Kijker, op: datetime) -> int:
    """Answers how many aanspreekpunten and vervangingen moved. Who takes over works at the same team from that day on."""
    row = locked(Contactpersoon, persoon.pk)
    not_before_today("vanaf", vanaf, day_of(op), "Overdragen")
    for wie in overdracht.mensen:
        check_successor(row, wie, vanaf)
    moved = 0
    for punt in punten_of(row, vanaf).select_for_update(of=("self",)):
        nieuw = overdracht.per_punt.get(punt.pk, overdracht.opvolger)
        vervanger_id = None if punt.vervanger_id == nieuw.pk else punt.vervanger_id
        continue_punt(punt, vanaf, contactpersoon_id=nieuw.pk, vervanger_id=vervanger_id)
        moved += 1
    for punt in vervangt(row, vanaf).select_for_update(of=("self",)):
        opvolger = overdracht.opvolger
        continue_punt(punt, vanaf, vervanger_id=None if punt.contactpersoon_id == opvolger.pk else opvolger.pk)
        moved += 1
    for weg in vervangingen(row, vanaf).select_for_update(of=("self",)):
        _stand_in(weg, overdracht.opvolger, vanaf)
        moved += 1
    record_event(
        soort="contactpersoon_overgedragen",
        onderwerp_soort="contactpersoon",
        onderwerp_id=row.pk,
        by=by,
        op=op,
        gegevens={"opvolger": overdracht.opvolger.pk, "vanaf": vanaf.isoformat(), "aantal": moved},
    )
    return moved


def check_successor(persoon: Contactpersoon, opvolger: Contactpersoon, vanaf: date, *, veld: str = "opvolger") -> None:
    """Refuse, at this field, who is of another team, or leaves too soon after `vanaf` to take anything over."""
    if opvolger.pk == persoon.pk or opvolger.wijkteam_id != persoon.wijkteam_id:
        raise ValidationError({veld: "Kies een andere collega van dit wijkteam."})
    tot = opvolger.in_dienst_tot
    if tot is None or tot >= vanaf + BLIJFT_NOG:
        return
    if tot <= vanaf:
        raise ValidationError({veld: f"{opvolger} werkt hier dan zelf niet meer (tot {tot:%d-%m-%Y}). Kies iemand anders."})
    raise ValidationError(
        {veld: f"{opvolger} vertrekt zelf kort daarna (tot {tot:%d-%m-%Y}). Kies iemand die nog minstens twee weken blijft."}
    )


def _stand_in(weg: Afwezigheid, opvolger: Contactpersoon, vanaf: date) -> None:
    vervanger_id = None if opvolger.pk == weg.contactpersoon_id else opvolger.pk
    if weg.van >= vanaf:
        weg.vervanger_id = vervanger_id
        save_checked(weg)
        return
    tot_en_met = weg.tot_en_met
    weg.tot_en_met = vanaf - timedelta(days=1)
    weg.save(update_fields=["tot_en_met"])
    save_checked(
        Afwezigheid(contactpersoon_id=weg.contactpersoon_id, van=vanaf, tot_en_met=tot_en_met, vervanger_id=vervanger_id)
    )
