"""Confirming receipt from the mail, with one click and without signing in.

The link (`casussen.actions.links`) works once, for a limited time, for the person it was sent to, while the casus waits at their
team. Looking at it changes nothing; confirming is a POST, since mail scanners open links.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from casussen.actions.links import find_link
from casussen.actions.machine import perform
from casussen.fouten import NietBevoegd, OnjuisteStatus, Onvolledig
from casussen.keuzes import Status
from casussen.models import Ontvangstlink
from kern.kijker import Houdt, Kijker
from kern.klok import local_date
from wijkteams.rollen import WIJKTEAMLID


class Uitkomst(StrEnum):
    """What a link is worth."""

    GELDIG = "geldig"
    BEVESTIGD = "bevestigd"
    GEBRUIKT = "gebruikt"
    AL_ONTVANGEN = "al_ontvangen"  # a colleague was first
    VERLOPEN = "verlopen"
    DOORGESTUURD = "doorgestuurd"  # the casus is no longer at this team, or this person no longer works there
    INGETROKKEN = "ingetrokken"
    ONGELDIG = "ongeldig"


@dataclass(frozen=True, slots=True)
class Ontvangst:
    """The answer to a link: nothing but the casusnummer ('' for a link that is no link)."""

    uitkomst: Uitkomst
    nummer: str = ""

    @property
    def bevestigd(self) -> bool:
        return self.uitkomst is Uitkomst.BEVESTIGD


def read_ontvangstlink(token: str, op: datetime) -> Ontvangst:
    """What this link is worth. Changes nothing."""
    link = find_link(token)
    return _judge(link, op) if link else Ontvangst(Uitkomst.ONGELDIG)


def confirm_ontvangst(token: str, op: datetime) -> Ontvangst:
    """Confirm receipt: the addressed person becomes behandelaar. Safe to repeat; says what happened."""
    with transaction.atomic():
        link = find_link(token, lock=True)
        if link is None:
            return Ontvangst(Uitkomst.ONGELDIG)
        answer = _judge(link, op)
        if answer.uitkomst is not Uitkomst.GELDIG:
            return answer
        try:
            with transaction.atomic():
                perform(
                    "ontvangen",
                    casus=link.casus,
                    by=_as_kijker(link, op),
                    op=op,
                    gegevens={"behandelaar": link.contactpersoon_id},
                )
        except OnjuisteStatus:
            link.casus.refresh_from_db()
            after = _judge(link, op)
            return after if after.uitkomst is not Uitkomst.GELDIG else Ontvangst(Uitkomst.AL_ONTVANGEN, link.casus.nummer)
        except (NietBevoegd, Onvolledig):
            return Ontvangst(Uitkomst.DOORGESTUURD, link.casus.nummer)
        link.gebruikt_op = op
        link.save(update_fields=["gebruikt_op"])
        return Ontvangst(Uitkomst.BEVESTIGD, link.casus.nummer)


def _judge(link: Ontvangstlink, op: datetime) -> Ontvangst:
    casus, person = link.casus, link.contactpersoon
    gone = person.in_dienst_tot is not None and person.in_dienst_tot <= local_date(op)
    if link.gebruikt_op is not None:
        uitkomst = Uitkomst.GEBRUIKT
    elif casus.status == Status.INGETROKKEN:
        uitkomst = Uitkomst.INGETROKKEN
    elif casus.wijkteam_id != person.wijkteam_id or gone or casus.status in {Status.TE_ROUTEREN, Status.TERUGGELEGD}:
        uitkomst = Uitkomst.DOORGESTUURD
    elif casus.status != Status.AANGEMELD:
        uitkomst = Uitkomst.AL_ONTVANGEN
    elif op >= link.verloopt_op:
        uitkomst = Uitkomst.VERLOPEN
    else:
        uitkomst = Uitkomst.GELDIG
    return Ontvangst(uitkomst, casus.nummer)


def _as_kijker(link: Ontvangstlink, op: datetime) -> Kijker:
    """The person the link was sent to, for this one step."""
    person = link.contactpersoon
    user_id = person.user_id if person.user is not None and person.user.is_active else None
    houdt = Houdt(rol=WIJKTEAMLID.sleutel, soort=WIJKTEAMLID.soort, id=person.wijkteam_id)
    return Kijker(user_id=user_id, naam=person.naam, op=local_date(op), houdt=frozenset({houdt}))
