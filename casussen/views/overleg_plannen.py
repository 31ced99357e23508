"""What stands around the form that plans or moves an overleg: moments to choose from, why those, and what speaks against another.

A moment is chosen with a radio button that goes along with the form, so it works without JavaScript and nothing typed is lost.
"""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.http import QueryDict

from casussen.actions.klokken import overleg_wanted_by
from casussen.forms import VeldenForm
from casussen.keuzes import MdoStatus
from casussen.models import Casus, Mdo
from casussen.overleg.agenda import agenda_of, agenda_of_planned
from casussen.overleg.voorstellen import DUUR, Agenda, explain, object_to, propose
from casussen.velden import clean
from kern.kijker import Kijker
from kern.klok import AMSTERDAM, now

PLANT = frozenset({"mdo_plannen", "mdo_verzetten"})
VELD = "voorstel"
_MOMENT = re.compile(r"(20\d{2}-\d{2}-\d{2})T(\d{2}:\d{2})", re.ASCII)


def with_choice(data: QueryDict) -> QueryDict:
    """What was sent, with the moment that was chosen as its date and time."""
    match = _MOMENT.fullmatch(data.get(VELD, ""))
    if match is None:
        return data
    filled = data.copy()
    filled["mdo_datum"], filled["mdo_tijd"] = match.groups()
    return filled


def from_link(data: QueryDict) -> dict[str, str]:
    """A moment that a link brings along: '?datum=2026-12-10&tijd=14:30'."""
    match = _MOMENT.fullmatch(f"{data.get('datum', '')}T{data.get('tijd', '')}")
    return dict(zip(("mdo_datum", "mdo_tijd"), match.groups(), strict=True)) if match else {}


def around(casus: Casus, form: VeldenForm, kijker: Kijker) -> dict[str, Any]:
    """For the page: the moments, why those, and what speaks against the moment that is filled in."""
    op = now()
    planned = _planned(casus)
    values, _ = clean([veld for veld in form.velden if veld.naam.startswith("mdo_")], _of_overleg(form.gegevens))
    agenda = _agenda(casus, planned, form, kijker, op)
    duur = values.get("mdo_duur") or (_length(planned) if planned else DUUR)
    found = propose(agenda, na=op, duur=duur)
    bezwaren = []
    if "mdo_datum" in values and "mdo_tijd" in values:
        begin = datetime.combine(values["mdo_datum"], values["mdo_tijd"], tzinfo=AMSTERDAM)
        bezwaren = object_to(agenda, begin, begin + timedelta(minutes=duur))
    return {
        "kan_kijken": planned is None,
        "voorstellen": [
            {
                "waarde": f"{v.begint_op:%Y-%m-%dT%H:%M}",
                "begint_op": v.begint_op,
                "eindigt_op": v.eindigt_op,
                "na_klok": v.na_klok,
            }
            for v in found
        ],
        "uitleg": explain(agenda, found, na=op),
        "bezwaren": [bezwaar.tekst for bezwaar in bezwaren if not (bezwaar.hard and "ondanks_botsing" in form.errors)],
    }


def _of_overleg(gegevens: Mapping[str, Any]) -> dict[str, Any]:
    return {naam: value for naam, value in gegevens.items() if naam.startswith("mdo_")}


def _agenda(casus: Casus, planned: Mdo | None, form: VeldenForm, kijker: Kijker, op: datetime) -> Agenda:
    uiterlijk = overleg_wanted_by(casus, op=op)
    if planned is not None:
        return agenda_of_planned(planned, casus, by=kijker, op=op, uiterlijk=uiterlijk)
    return agenda_of(casus, form.gegevens.get("deelnemers", []), by=kijker, op=op, uiterlijk=uiterlijk)


def _planned(casus: Casus) -> Mdo | None:
    return Mdo.objects.filter(casus=casus, status=MdoStatus.GEPLAND).prefetch_related("deelnemers").first()


def _length(mdo: Mdo) -> int:
    return int((mdo.eindigt_op - mdo.begint_op).total_seconds() // 60)


def warnings_for(casus: Casus, kijker: Kijker) -> list[str]:
    """What speaks against the moment that was just chosen, and stopped nobody: to be said once it is planned. What did stop it
    was said before, and was meant."""
    mdo = _planned(casus)
    if mdo is None:
        return []
    op = now()
    agenda = agenda_of_planned(mdo, casus, by=kijker, op=op, uiterlijk=overleg_wanted_by(casus, op=op))
    return [bezwaar.tekst for bezwaar in object_to(agenda, mdo.begint_op, mdo.eindigt_op) if not bezwaar.hard]
