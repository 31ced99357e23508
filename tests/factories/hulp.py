"""Help in a casus: shared with the aanbieder of the cast, asked for, waited for, started. Each by the real actions."""

from datetime import date, datetime
from typing import Any

from casussen.keuzes import Status
from casussen.models import Casus, Inzet
from tests.factories.casussen import NU, TERUGKOPPELING, Wereld, goals
from tests.factories.zorg import ArrangementFactory, ContractFactory, WachttijdFactory
from zorgaanbod.models import Aanbieder, Arrangement

DELEN: dict[str, Any] = {
    "toestemming_gever": "beide",
    "toestemming_op": "2026-12-01",
    "doel": "Om samen te werken aan de hulp thuis.",
}


def make_arrangement(
    wereld: Wereld, naam: str = "Gezinscoach", *, aanbieder: Aanbieder | None = None, weken: int | None = 6
) -> Arrangement:
    """Help that the gemeente of the pupil bought, of the aanbieder of the cast unless another is named."""
    arrangement = ArrangementFactory.create(aanbieder=aanbieder or wereld.cast.aanbieder, naam=naam)
    ContractFactory.create(arrangement=arrangement, gemeente=wereld.net.haarlem)
    if weken is not None:
        WachttijdFactory.create(arrangement=arrangement, weken=weken)
    return arrangement


def share(wereld: Wereld, casus: Casus, aanbieder: Aanbieder | None = None, *, op: datetime = NU) -> Casus:
    return wereld.do("delen", casus, "wim", op=op, partij=f"aanbieder:{(aanbieder or wereld.cast.aanbieder).pk}", **DELEN)


def ask(wereld: Wereld, casus: Casus, arrangement: Arrangement, *, op: datetime = NU, gevraagd: date | None = None) -> Inzet:
    """Ask for this help, for the first goal of the plan when there is one."""
    wanted = [{"doel": pk, "gekozen": n == 0} for n, pk in enumerate(goals(casus))]
    day = (gevraagd or op.date()).isoformat()
    wereld.do("hulp_aanvragen", casus, "wim", op=op, arrangement=arrangement.pk, aangevraagd_op=day, voor_doelen=wanted)
    return Inzet.objects.get(casus=casus, arrangement=arrangement)


def asked(wereld: Wereld, status: Status = Status.PLAN_VASTGESTELD, **anders: Any) -> tuple[Casus, Inzet]:
    """A casus in this state, shared with the aanbieder of the cast, with one help asked for."""
    casus = share(wereld, wereld.casus(status, **anders))
    return casus, ask(wereld, casus, make_arrangement(wereld))


def start(wereld: Wereld, casus: Casus, inzet: Inzet, naam: str = "abel", *, op: datetime = NU) -> Casus:
    actie = "uitvoeren" if casus.status == Status.PLAN_VASTGESTELD else "hulp_starten"
    return wereld.do(actie, casus, naam, op=op, inzet=inzet.pk, startdatum=op.date().isoformat(), **TERUGKOPPELING)
