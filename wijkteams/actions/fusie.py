"""A gemeente goes on in another: the agreements that name it go on under the new name from that day.

An agreement for a whole gemeente would grow when it simply got the successor's code. By default it keeps the ground it had: it
becomes one agreement per wijk of the old gemeente. When the successor has no ground of its own (a new gemeente) nothing can grow,
and the code is simply the new one. Agreements of a school name the gemeenten its pupils live in, and follow the name.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from gebieden.models import Buurt, Gemeente, Wijk
from kern.actions import record_event
from kern.kijker import Kijker
from wijkteams.actions.opslaan import save_checked
from wijkteams.actions.werkgebieden import INHOUD
from wijkteams.botsingen import clashing_werkgebieden
from wijkteams.models import SoortGebied, Werkgebied

GRONDGEBIED, GEHEEL = "grondgebied", "geheel"


@dataclass(frozen=True, slots=True)
class Verhuisd:
    """What became of the agreements: so many went on, so many gave way to what the successor already had."""

    verder: int
    geweken: int


def rules_naming(gemeente: Gemeente, vanaf: date) -> Iterable[Werkgebied]:
    """The agreements for a whole gemeente, of any kind, that hold on or after a day."""
    return Werkgebied.objects.filter(gebied=gemeente.code, tot__gt=vanaf).select_related("wijkteam", "school", "vestiging")


@transaction.atomic
def move_rules(*, van: Gemeente, naar: Gemeente, vanaf: date, wijze: str, by: Kijker, op: datetime) -> Verhuisd:
    """End what names the old code on that day, and let it go on from there. Where something is in the way, that goes first."""
    wijken = _wijken_of(van) if wijze == GRONDGEBIED and _has_ground(naar) else []
    verder = geweken = 0
    for regel in Werkgebied.objects.select_for_update().filter(gebied=van.code, tot__gt=vanaf).order_by("rang", "van", "pk"):
        tot = regel.tot
        begin = max(regel.van, vanaf)
        per_wijk = bool(wijken) and regel.soort != SoortGebied.SCHOOL
        nieuw = [_copy(regel, SoortGebied.WIJK, code) for code in wijken] if per_wijk else [_copy(regel, regel.soort, naar.code)]
        if regel.van >= vanaf:
            regel.delete()
        else:
            regel.tot = vanaf
            regel.save()
        for row in nieuw:
            row.van, row.tot = begin, tot
            row.clean()
            if clashing_werkgebieden(row).exists():
                geweken += 1
                continue
            save_checked(row)
            verder += 1
    record_event(
        soort="werkgebieden_na_fusie",
        onderwerp_soort="gemeente",
        onderwerp_id=van.pk,
        by=by,
        op=op,
        gegevens={"naar": naar.pk, "vanaf": vanaf.isoformat(), "verder": verder, "geweken": geweken},
    )
    return Verhuisd(verder, geweken)


def _copy(regel: Werkgebied, soort: str, gebied: str) -> Werkgebied:
    row = Werkgebied(**{naam: getattr(regel, naam) for naam in INHOUD})
    row.soort, row.gebied = soort, gebied
    return row


def _has_ground(gemeente: Gemeente) -> bool:
    """Does the gemeente have buurten of its own in the active editie, or took it in another gemeente before?"""
    own = Buurt.objects.filter(editie__actief=True, code__startswith=f"BU{gemeente.code[2:]}").exists()
    return own or Gemeente.objects.filter(opvolger=gemeente).count() > 1


def _wijken_of(gemeente: Gemeente) -> list[str]:
    """The wijken of the ground of a gemeente: its own, and of the gemeenten that went on in it before."""
    codes = {gemeente.code, *Gemeente.objects.filter(opvolger=gemeente).values_list("code", flat=True)}
    own = Q()
    for code in codes:
        own |= Q(code__startswith=f"WK{code[2:]}")
    return list(Wijk.objects.filter(own, editie__actief=True).order_by("code").values_list("code", flat=True))
