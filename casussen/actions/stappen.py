"""The steps of a casus by name: what each needs, and nothing else. All of them go through the machine.

Each answers the casus as it is then, and raises what `perform` raises.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from casussen.actions.machine import perform
from casussen.fouten import CasusError
from casussen.keuzes import Status
from casussen.models import Casus
from kern.kijker import Kijker
from wijkteams.models import Contactpersoon


def _filled(**gegevens: Any) -> dict[str, Any]:
    return {naam: value for naam, value in gegevens.items() if value is not None}


def aanmelden(
    *,
    casus: Casus,
    by: Kijker,
    op: datetime,
    versie: int | None = None,
    kandidaat: int | None = None,
    kandidaat_reden: str | None = None,
) -> Casus:
    """Submit a draft: route the home address for good, and give the casus to a team or to the regiocoördinator."""
    gegevens = _filled(kandidaat=kandidaat, kandidaat_reden=kandidaat_reden)
    return perform("aanmelden", casus=casus, by=by, op=op, versie=versie, gegevens=gegevens)


def toewijzen(*, casus: Casus, by: Kijker, op: datetime, wijkteam: int, toelichting: str, versie: int | None = None) -> Casus:
    gegevens = _filled(wijkteam=wijkteam, toelichting=toelichting)
    return perform("toewijzen", casus=casus, by=by, op=op, versie=versie, gegevens=gegevens)


def ontvangen(*, casus: Casus, by: Kijker, op: datetime, behandelaar: int | None = None, versie: int | None = None) -> Casus:
    """Confirm receipt. Whoever names nobody takes it themselves."""
    return perform("ontvangen", casus=casus, by=by, op=op, versie=versie, gegevens=_filled(behandelaar=behandelaar))


def starten(
    *,
    casus: Casus,
    by: Kijker,
    op: datetime,
    contact_soort: str,
    contact_met: str,
    contact_datum: date,
    terugkoppeling_gedaan: str,
    terugkoppeling_vervolg: str | None = None,
    terugkoppeling_nodig: str | None = None,
    contact_notitie: str | None = None,
    versie: int | None = None,
) -> Casus:
    """Log the first contact with the family, and tell the school."""
    gegevens = _filled(
        contact_soort=contact_soort,
        contact_met=contact_met,
        contact_datum=contact_datum,
        contact_notitie=contact_notitie,
        terugkoppeling_gedaan=terugkoppeling_gedaan,
        terugkoppeling_vervolg=terugkoppeling_vervolg,
        terugkoppeling_nodig=terugkoppeling_nodig,
    )
    return perform("starten", casus=casus, by=by, op=op, versie=versie, gegevens=gegevens)


def vragen(*, casus: Casus, by: Kijker, op: datetime, vraag: str, versie: int | None = None) -> Casus:
    return perform("vragen", casus=casus, by=by, op=op, versie=versie, gegevens={"vraag": vraag})


def beantwoorden(*, casus: Casus, by: Kijker, op: datetime, antwoord: str, versie: int | None = None) -> Casus:
    return perform("beantwoorden", casus=casus, by=by, op=op, versie=versie, gegevens={"antwoord": antwoord})


def doorzetten(
    *, casus: Casus, by: Kijker, op: datetime, wijkteam: int, reden: str, toelichting: str, versie: int | None = None
) -> Casus:
    gegevens = _filled(wijkteam=wijkteam, reden=reden, toelichting=toelichting)
    return perform("doorzetten", casus=casus, by=by, op=op, versie=versie, gegevens=gegevens)


def terugleggen(
    *,
    casus: Casus,
    by: Kijker,
    op: datetime,
    reden: str,
    toelichting: str,
    advies: str,
    alternatief: str,
    versie: int | None = None,
) -> Casus:
    gegevens = _filled(reden=reden, toelichting=toelichting, advies=advies, alternatief=alternatief)
    return perform("terugleggen", casus=casus, by=by, op=op, versie=versie, gegevens=gegevens)


def heraanmelden(*, casus: Casus, by: Kijker, op: datetime, toelichting: str, versie: int | None = None, **anders: Any) -> Casus:
    """Submit a returned casus again; `anders`: another address, a picked candidate, new consent (`velden.HERAANMELDEN`)."""
    return perform("heraanmelden", casus=casus, by=by, op=op, versie=versie, gegevens=_filled(toelichting=toelichting, **anders))


def intrekken(
    *,
    casus: Casus,
    by: Kijker,
    op: datetime,
    reden: str,
    namens: str,
    toelichting: str | None = None,
    versie: int | None = None,
) -> Casus:
    """The family withdraws; sharing stops the same moment."""
    gegevens = _filled(reden=reden, namens=namens, toelichting=toelichting)
    return perform("intrekken", casus=casus, by=by, op=op, versie=versie, gegevens=gegevens)


def trek_toestemming_in(
    *, casus: Casus, by: Kijker, op: datetime, namens: str, toelichting: str | None = None, versie: int | None = None
) -> Casus:
    """Consent is withdrawn: sharing stops at once and the casus ends, unless safety is a ground of its own."""
    gegevens = _filled(namens=namens, toelichting=toelichting)
    return perform("toestemming_intrekken", casus=casus, by=by, op=op, versie=versie, gegevens=gegevens)


# --- Many at once -----------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Toewijzing:
    """What became of one casus in a bulk assignment."""

    nummer: str
    gelukt: bool
    melding: str = ""


def wijs_behandelaar_toe(*, casussen: Iterable[Casus], behandelaar: Contactpersoon, by: Kijker, op: datetime) -> list[Toewijzing]:
    """Give these casussen to one person; what was not yet received is received with it. One refusal stops no other."""
    return [_assign_one(casus, behandelaar, by=by, op=op) for casus in casussen]


def _assign_one(casus: Casus, behandelaar: Contactpersoon, *, by: Kijker, op: datetime) -> Toewijzing:
    actie = "ontvangen" if casus.status == Status.AANGEMELD else "behandelaar_wijzigen"
    try:
        perform(actie, casus=casus, by=by, op=op, versie=casus.versie, gegevens={"behandelaar": behandelaar.pk})
    except CasusError as fout:
        return Toewijzing(casus.nummer, gelukt=False, melding=fout.melding)
    return Toewijzing(casus.nummer, gelukt=True)
