"""The file that goes with the mail of an invitation, and the one that can be fetched from the page of an overleg.

Made when the mail is sent, from the ids and dates of the melding, so that a second attempt gives the same file. Only the place is
looked up, so that what a person typed is kept once, and goes when the overleg goes.
"""

from datetime import datetime
from email.utils import parseaddr
from typing import Any

from django.conf import settings

from casussen.keuzes import MdoStatus, Plek
from casussen.models import Mdo
from casussen.overleg.ics import Afspraak, Methode, file_name, write_ics
from kern.bericht import Bijlage, attaches, context_of
from kern.models import Melding

UITNODIGING, VERZET, AFGEZEGD = "mdo_uitnodiging", "mdo_verzet", "mdo_afgezegd"


@attaches(UITNODIGING, VERZET, AFGEZEGD)
def file_for(melding: Melding) -> Bijlage | None:
    """The invitation as a file for the calendar; none when the overleg is not there any more."""
    gegevens: dict[str, Any] = melding.gegevens
    mdo = Mdo.objects.filter(pk=gegevens["mdo"]).first()
    if mdo is None:
        return None
    methode = Methode.AFZEGGING if melding.soort == AFGEZEGD else Methode.UITNODIGING
    begin = datetime.fromisoformat(gegevens["begint"])
    afspraak = Afspraak(
        uid=uid_of(mdo),
        volgnummer=gegevens["volgnummer"],
        begint_op=begin,
        eindigt_op=datetime.fromisoformat(gegevens["eindigt"]),
        gemaakt_op=melding.aangemaakt,
        methode=methode,
        afzender=_sender(),
        plek=place_in_words(gegevens, mdo),
        tekst=_about(gegevens, str(context_of(melding)["link"])),
        aan=melding.adres,
    )
    return Bijlage(file_name(begin), write_ics(afspraak), "text/calendar", {"charset": "utf-8", "method": str(methode)})


def copy_of(mdo: Mdo, *, nummer: str, link: str, op: datetime) -> bytes:
    """The overleg as a file to put in one's own calendar."""
    return write_ics(
        Afspraak(
            uid=uid_of(mdo),
            volgnummer=mdo.volgnummer,
            begint_op=mdo.begint_op,
            eindigt_op=mdo.eindigt_op,
            gemaakt_op=op,
            methode=Methode.AFZEGGING if mdo.status == MdoStatus.AFGEZEGD else Methode.KOPIE,
            afzender=_sender(),
            plek=in_words(mdo.plek, mdo.adres),
            tekst=f"Casus {nummer}\n{link}",
        )
    )


def uid_of(mdo: Mdo) -> str:
    return f"{mdo.uid}@aanspreekpunt"


def _sender() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def place_in_words(gegevens: dict[str, Any], mdo: Mdo | None = None) -> str:
    """The place of the overleg that a melding is about: with what was typed, while it is still that version."""
    mdo = mdo or Mdo.objects.filter(pk=gegevens["mdo"]).first()
    same = mdo is not None and mdo.volgnummer == gegevens["volgnummer"]
    if gegevens["plek"] == Plek.THUIS and gegevens.get("gezin"):
        return "bij u thuis"
    return in_words(gegevens["plek"], mdo.adres if mdo is not None and same else "")


def in_words(plek: str, adres: str) -> str:
    """'op school: lokaal 12'; elsewhere only where that is."""
    if plek == Plek.ANDERS and adres:
        return adres
    return f"{Plek(plek).label}: {adres}" if adres else str(Plek(plek).label)


def _about(gegevens: dict[str, Any], link: str) -> str:
    if gegevens.get("gezin"):
        return f"De school kan u hier meer over vertellen: {gegevens['school']}, {gegevens['telefoon']}".rstrip(", ")
    return f"Casus {gegevens['nummer']}\n{link}".strip()
