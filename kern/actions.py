"""What every room writes: an event in the record, a melding in the outbox.

Both belong inside the transaction of the change itself: call them from an action, not after it. Who runs outside a transaction
gets one, so that a mail and its twin in the portal are written together or not at all.
"""

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction

from kern.bulk import Regel, insert_events, insert_meldingen
from kern.kijker import Kijker
from kern.models import Gebeurtenis, Melding
from kern.models.melding import Kanaal, MeldingStatus
from kern.wekker import wake_on_commit

BATCH = 2_000


@dataclass(frozen=True, slots=True)
class NieuweMelding:
    """One thing to tell one person, by mail and in the portal.

    `gegevens` is what the templates get: casusnummer, path, dates, names of organisations. Never personal data of a pupil.
    `ontdubbeling` makes a second identical one impossible, per channel.
    """

    soort: str
    gegevens: dict[str, Any]
    onderwerp_soort: str = ""
    onderwerp_id: int | None = None
    ontvanger_id: int | None = None
    adres: str = ""
    ontdubbeling: str | None = None
    gebeurtenis_id: int | None = None
    sleutels: tuple[uuid.UUID, uuid.UUID] = field(default_factory=lambda: (uuid.uuid4(), uuid.uuid4()))


def record_event(
    *,
    soort: str,
    onderwerp_soort: str,
    onderwerp_id: int,
    by: Kijker,
    op: datetime,
    gegevens: dict[str, Any] | None = None,
    rol: str = "",
) -> Gebeurtenis:
    """Write down that something happened. `gegevens`: ids, keys and dates only.

    `rol` says in which role it was done; without it the role of someone who holds only one is written down.
    """
    return Gebeurtenis.objects.create(
        soort=soort,
        onderwerp_soort=onderwerp_soort,
        onderwerp_id=onderwerp_id,
        door_id=by.user_id,
        door_naam=by.naam,
        door_rol=rol or _rol_of(by),
        op=op,
        gegevens=gegevens or {},
    )


def record_events(
    *, soort: str, onderwerp_soort: str, onderwerpen: Sequence[tuple[int, dict[str, Any]]], by: Kijker, op: datetime
) -> list[int]:
    """Write down that the same thing happened to many: (id, gegevens) of each. Answers the ids of the events, in that order."""
    if not onderwerpen:
        return []
    return insert_events(
        onderwerpen,
        soort=soort,
        onderwerp_soort=onderwerp_soort,
        door_id=by.user_id,
        door_naam=by.naam,
        door_rol=_rol_of(by),
        op=op,
    )


def _rol_of(by: Kijker) -> str:
    """The one role somebody holds; of who holds more it is not known in which they did it."""
    rollen = by.rollen
    return next(iter(rollen)) if len(rollen) == 1 else "systeem" if by.is_systeem else ""


def enqueue_melding(
    *,
    soort: str,
    gebeurtenis: Gebeurtenis | None,
    onderwerp_soort: str,
    onderwerp_id: int | None,
    gegevens: dict[str, Any],
    ontvanger_id: int | None = None,
    adres: str = "",
    ontdubbeling: str | None = None,
    op: datetime,
) -> list[Melding]:
    """Write a mail (to `adres`, or else to the address of the user) and, for a user, a row in the portal.

    Answers the rows that were made: none when `ontdubbeling` was used before. Whose account is closed gets no mail at the
    address of that account.
    """
    nieuw = NieuweMelding(
        soort=soort,
        gegevens=gegevens,
        onderwerp_soort=onderwerp_soort,
        onderwerp_id=onderwerp_id,
        ontvanger_id=ontvanger_id,
        adres=adres,
        ontdubbeling=ontdubbeling,
        gebeurtenis_id=gebeurtenis.pk if gebeurtenis else None,
    )
    enqueue_meldingen([nieuw], op=op)
    return list(Melding.objects.filter(sleutel__in=nieuw.sleutels).order_by("id"))


def enqueue_meldingen(nieuw: Sequence[NieuweMelding], *, op: datetime) -> None:
    """The same for many at once: one look-up of addresses, and one insert per two thousand things to tell."""
    addresses = _addresses({n.ontvanger_id for n in nieuw if n.ontvanger_id is not None and not n.adres})
    with transaction.atomic():
        for start in range(0, len(nieuw), BATCH):
            batch = nieuw[start : start + BATCH]
            regels = [regel for plaats, one in enumerate(batch, 1) for regel in _regels(one, plaats, addresses)]
            if regels:
                insert_meldingen(batch, regels, op=op)
                wake_on_commit()


def _addresses(user_ids: Collection[int]) -> dict[int, str]:
    if not user_ids:
        return {}
    users = get_user_model().objects.filter(pk__in=user_ids, is_active=True)
    return dict(users.values_list("pk", users.model.get_email_field_name()))


def _regels(one: NieuweMelding, plaats: int, addresses: dict[int, str]) -> Iterable[Regel]:
    mail, portal = one.sleutels
    if address := one.adres or addresses.get(one.ontvanger_id or 0, ""):
        yield Kanaal.MAIL.value, mail, one.ontvanger_id, address, plaats
    if one.ontvanger_id is not None:
        yield Kanaal.PORTAAL.value, portal, one.ontvanger_id, "", plaats


def mark_read(*, kijker: Kijker, melding_ids: Collection[int] = (), alle: bool = False, op: datetime) -> int:
    """Mark the viewer's own portal rows as read: these, or all. Answers how many changed; other people's never do."""
    if kijker.user_id is None:
        return 0
    own = Melding.objects.filter(ontvanger_id=kijker.user_id, kanaal=Kanaal.PORTAAL, gelezen_op__isnull=True)
    if not alle:
        own = own.filter(pk__in=melding_ids)
    return own.update(gelezen_op=op)


def cancel_meldingen(*, onderwerp_soort: str, onderwerp_ids: Collection[int], soorten: Collection[str] | None = None) -> int:
    """Mails about these subjects that were not sent yet need not go any more; also those a worker holds but has not sent.

    Belongs in the transaction that made them pointless. What is in the portal stays, as what was said then.
    """
    waiting = Melding.objects.filter(
        onderwerp_soort=onderwerp_soort,
        onderwerp_id__in=onderwerp_ids,
        kanaal=Kanaal.MAIL,
        status__in=[MeldingStatus.WACHT, MeldingStatus.GECLAIMD],
    )
    if soorten is not None:
        waiting = waiting.filter(soort__in=soorten)
    return waiting.update(status=MeldingStatus.VERVALLEN, lease_tot=None)


def retry_melding(*, melding_id: int, by: Kijker, op: datetime) -> Melding | None:
    """Try a failed mail once more from the start, as functioneel beheer asks after repairing what was wrong."""
    with transaction.atomic():
        failed = Melding.objects.select_for_update().filter(pk=melding_id, status=MeldingStatus.MISLUKT).first()
        if failed is None:
            return None
        failed.status, failed.pogingen, failed.niet_voor, failed.fout = MeldingStatus.WACHT, 0, op, ""
        failed.save(update_fields=["status", "pogingen", "niet_voor", "fout"])
        record_event(soort="melding_opnieuw", onderwerp_soort="melding", onderwerp_id=failed.pk, by=by, op=op)
        wake_on_commit()
        return failed
