"""Who hears of an onderwijs-zorgarrangement: the other side, of what was agreed and decided.

Of a pupil no more is told than the number of the casus.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.text import get_text_list

from casussen.actions.berichten import Ontvanger, people_of_school, role_holders
from casussen.keuzes import SoortOzabesluit
from casussen.models import Casus, Onderwijszorg
from kern.actions import NieuweMelding, enqueue_meldingen
from kern.kijker import Kijker
from kern.klok import local_date
from kern.models import Gebeurtenis
from scholen.rollen import ZORGCOORDINATOR
from zorgaanbod.rollen import AANBIEDER

ONDERWERP = "onderwijszorg"
#: What is agreed, by field, in the words of a sentence.
AFSPRAKEN = {
    "naam": "de naam",
    "visie": "de gedeelde visie",
    "doelen": "de gezamenlijke doelen",
    "plaatsen": "het aantal plaatsen",
    "duur_weken": "de duur",
    "mdo_elke_weken": "het ritme van het overleg",
    "mdo_volgende": "het volgende overleg",
    "van": "de dag waarop het begint",
    "tot": "de dag waarop het eindigt",
}


def at_school(arrangement: Onderwijszorg, dag: date) -> list[Ontvanger]:
    """The zorgcoördinatoren of the school."""
    return role_holders(ZORGCOORDINATOR, arrangement.vestiging.school_id, dag)


def at_aanbieder(arrangement: Onderwijszorg, dag: date) -> list[Ontvanger]:
    """Everyone who works for the aanbieder, or its mailbox."""
    mailbox = arrangement.aanbieder.email
    return role_holders(AANBIEDER, arrangement.aanbieder_id, dag) or ([Ontvanger(adres=mailbox)] if mailbox else [])


def path_of(arrangement: Onderwijszorg) -> str:
    return f"/onderwijs-zorg/{arrangement.pk}"


def tell_agreed(arrangement: Onderwijszorg, velden: Iterable[str], *, by: Kijker, event: Gebeurtenis, op: datetime) -> None:
    """The other side hears that this was recorded (no `velden`), or what of it was changed."""
    dag = local_date(op)
    of_school = by.heeft_voor(ZORGCOORDINATOR, arrangement.vestiging.school_id)
    told = at_aanbieder(arrangement, dag) if of_school else at_school(arrangement, dag)
    gegevens = {
        "arrangement": arrangement.naam,
        "wie": str(arrangement.vestiging if of_school else arrangement.aanbieder),
        "wat": get_text_list([AFSPRAKEN[naam] for naam in velden], "en"),
        "pad": path_of(arrangement),
    }
    _enqueue("oza_afspraken", gegevens, told, by=by, event=event, op=op, onderwerp=(ONDERWERP, arrangement.pk))


def tell_decided(
    arrangement: Onderwijszorg, casus: Casus, soort: SoortOzabesluit, *, by: Kijker, event: Gebeurtenis, op: datetime
) -> None:
    """The zorgcoördinator of the casus and the aanbieder hear what was decided about a place."""
    dag = local_date(op)
    gegevens = {
        "nummer": casus.nummer,
        "besluit": soort.label,
        "arrangement": arrangement.naam,
        "pad": path_of(arrangement),
    }
    told = [*people_of_school(casus, dag), *at_aanbieder(arrangement, dag)]
    _enqueue("oza_besluit", gegevens, told, by=by, event=event, op=op, onderwerp=("casus", casus.pk))


def _enqueue(
    soort: str,
    gegevens: Mapping[str, Any],
    told: Iterable[Ontvanger],
    *,
    by: Kijker,
    event: Gebeurtenis,
    op: datetime,
    onderwerp: tuple[str, int],
) -> None:
    """Each of them once, and never whoever did it."""
    others = [one for one in told if not one.is_actor(by)]
    enqueue_meldingen(notices(soort, gegevens, others, onderwerp=onderwerp, gebeurtenis_id=event.pk), op=op)


def notices(
    soort: str,
    gegevens: Mapping[str, Any],
    told: Iterable[Ontvanger],
    *,
    onderwerp: tuple[str, int],
    gebeurtenis_id: int | None = None,
    eenmaal: str = "",
) -> list[NieuweMelding]:
    """One for each of them. `eenmaal`: what makes a second one to the same person impossible."""
    return [
        NieuweMelding(
            soort=soort,
            gegevens=dict(gegevens),
            onderwerp_soort=onderwerp[0],
            onderwerp_id=onderwerp[1],
            ontvanger_id=one.user_id,
            adres=one.adres,
            ontdubbeling=f"{eenmaal}:{one.sleutel}"[:180] if eenmaal else None,
            gebeurtenis_id=gebeurtenis_id,
        )
        for one in {one.sleutel: one for one in told}.values()
    ]
