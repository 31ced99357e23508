"""Telling everybody who is invited to an overleg: that it is planned, has moved, or does not go on.

Who has an account gets a line in the portal and a mail; who is known by an address only gets the mail. A professional reads the
casusnummer and a link, parents and pupil only day, time and where to call: nothing in a mail tells whom it is about. The file for
the calendar is made when the mail is sent (`casussen.overleg.uitnodiging`).
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from casussen.keuzes import GEZIN
from casussen.models import Casus, Mdo, MdoDeelnemer
from kern.actions import NieuweMelding, cancel_meldingen, enqueue_meldingen
from kern.kijker import Kijker
from kern.klok import AMSTERDAM, local_date
from kern.models import Gebeurtenis
from toegang.kijkers import kijker_for_user
from toegang.models import User

ONDERWERP = "mdo"


class Bericht(StrEnum):
    """The texts, in templates/meldingen."""

    UITNODIGING = "mdo_uitnodiging"
    VERZET = "mdo_verzet"
    AFGEZEGD = "mdo_afgezegd"


def tell_invited(
    mdo: Mdo,
    bericht: Bericht,
    *,
    casus: Casus,
    by: Kijker,
    gebeurtenis: Gebeurtenis | None,
    op: datetime,
    alleen_plek: bool = False,
) -> None:
    """Write what everybody hears. What was not sent yet of an earlier version need not go any more. `alleen_plek`: the moment
    stays; said as such when everybody knows that moment.

    Whoever planned it gets the mail, for their calendar, but no line in the portal about what they just did. Nor does somebody
    with an account who may see nothing of this casus: there is nowhere to go on to.
    """
    unsent = cancel_meldingen(onderwerp_soort=ONDERWERP, onderwerp_ids=[mdo.pk])
    about = _content(mdo, casus) | {"alleen_plek": alleen_plek and not unsent}
    everyone = mdo.deelnemers.select_related("user", "contactpersoon")
    made = [_melding(mdo, bericht, one, about, casus=casus, by=by, gebeurtenis=gebeurtenis, op=op) for one in everyone]
    enqueue_meldingen([melding for melding in made if melding is not None], op=op)


def invite_one(deelnemer: MdoDeelnemer, *, casus: Casus, by: Kijker, op: datetime) -> None:
    """The invitation as it is now for whoever takes a seat over: the same overleg in the calendar, for one person more."""
    melding = _melding(
        deelnemer.mdo, Bericht.UITNODIGING, deelnemer, _content(deelnemer.mdo, casus), casus=casus, by=by, gebeurtenis=None, op=op
    )
    if melding is not None:
        enqueue_meldingen([melding], op=op)


def _melding(
    mdo: Mdo,
    bericht: Bericht,
    deelnemer: MdoDeelnemer,
    about: dict[str, Any],
    *,
    casus: Casus,
    by: Kijker,
    gebeurtenis: Gebeurtenis | None,
    op: datetime,
) -> NieuweMelding | None:
    """What one person hears; None when nothing reaches them."""
    adres = address_of(deelnemer)
    if not adres:
        return None
    own = deelnemer.user is not None and deelnemer.user.pk == by.user_id
    told = _for(deelnemer, casus, op)
    in_portal = not own and (told["gezin"] or bool(told["pad"]))
    return NieuweMelding(
        soort=bericht.value,
        gegevens={**about, **told},
        onderwerp_soort=ONDERWERP,
        onderwerp_id=mdo.pk,
        ontvanger_id=deelnemer.user.pk if deelnemer.user is not None and in_portal else None,
        adres=adres,
        ontdubbeling=f"mdo:{mdo.pk}:{mdo.volgnummer}:{bericht}:{deelnemer.pk}",
        gebeurtenis_id=gebeurtenis.pk if gebeurtenis else None,
    )


def address_of(deelnemer: MdoDeelnemer) -> str:
    """Where the mail goes: to the account while it is open, or else to the address that was typed or is on the card."""
    if deelnemer.user is not None:
        return deelnemer.user.email if deelnemer.user.is_active else ""
    return deelnemer.email or (deelnemer.contactpersoon.email if deelnemer.contactpersoon else "")


def keys_of(mdo: Mdo) -> set[str]:
    """Those with an account who are told here, as `casussen.actions.berichten` names them."""
    users = mdo.deelnemers.filter(user__isnull=False).values_list("user_id", flat=True)
    mails = mdo.deelnemers.exclude(email="").values_list("email", flat=True)
    return {f"u{pk}" for pk in users} | {mail.lower() for mail in mails}


def _content(mdo: Mdo, casus: Casus) -> dict[str, Any]:
    begin, end = mdo.begint_op.astimezone(AMSTERDAM), mdo.eindigt_op.astimezone(AMSTERDAM)
    return {
        "mdo": mdo.pk,
        "volgnummer": mdo.volgnummer,
        "begint": begin.isoformat(),
        "eindigt": end.isoformat(),
        "van": f"{begin.hour}.{begin.minute:02}",
        "tot": f"{end.hour}.{end.minute:02}",
        "plek": mdo.plek,
        "school": casus.vestiging.naam,
        "telefoon": casus.vestiging.telefoon,
    }


def _for(deelnemer: MdoDeelnemer, casus: Casus, op: datetime) -> dict[str, Any]:
    if deelnemer.partij in GEZIN:  # no casusnummer and no link to a portal they have no account for
        return {"gezin": True}
    return {"gezin": False, "nummer": casus.nummer, "pad": _page(deelnemer.user, casus, op)}


def _page(user: User | None, casus: Casus, op: datetime) -> str:
    """Where the link leads: to what this person may see of it, and nowhere for who may see nothing."""
    if user is None:
        return ""
    kijker = kijker_for_user(user, local_date(op))
    if Casus.objects.visible_to(kijker).filter(pk=casus.pk).exists():
        return f"/casussen/{casus.nummer}/overleg"
    return f"/casussen/{casus.nummer}" if Casus.objects.in_zicht_van(kijker).filter(pk=casus.pk).exists() else ""
