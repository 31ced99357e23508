"""What happened to a casus, in words, for one viewer: the newest last.

The school sees what was told to the school. A wijkteam sees what was shared, and its own notes; never the notes or the feedback
of another team. An aanbieder sees its own help. The regiocoördinator sees that something happened, not what was said.

Each source is a function in a file of its theme, and a line in BRONNEN; it decides itself what this viewer reads of it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from casussen.blik import Blik, blik_of
from casussen.models import Casus
from casussen.queries.tijdlijn import berichten, contacten, delen, herinneringen, hulp, overleg, plan, rondom, stappen
from casussen.queries.tijdlijn.basis import ALLES, Bron, Gebeurd, Snede
from kern.kijker import Kijker

__all__ = ["BRONNEN", "GROEPEN", "Bron", "Gebeurd", "Snede", "TijdlijnPagina", "nieuwste", "tijdlijn", "tijdlijn_pagina"]

#: What the line can be narrowed to.
GROEPEN: dict[str, str] = {
    "stappen": "Stappen",
    "contact": "Contact",
    "plan": "Overleg en plan",
    "hulp": "Hulp",
    "berichten": "Berichten",
    "herinneringen": "Herinneringen",
}
#: In this order when two things happened at the same moment.
BRONNEN: tuple[Bron, ...] = (
    Bron("stappen", stappen.steps),
    Bron("berichten", berichten.questions),
    Bron("contact", contacten.contacts),
    Bron("herinneringen", herinneringen.reminders),
    Bron("plan", overleg.meetings),
    Bron("plan", plan.plans),
    Bron("plan", plan.scores),
    Bron("plan", plan.tasks),
    Bron("hulp", hulp.help_given),
    Bron("hulp", hulp.progress),
    Bron("hulp", hulp.intensity),
    Bron("hulp", hulp.applications),
    Bron("stappen", delen.shared),
    Bron("stappen", delen.agreed),
    Bron("berichten", berichten.reactions),
    Bron("berichten", berichten.messages),
    Bron("contact", contacten.after_care),
    Bron("hulp", rondom.places),
    Bron("stappen", rondom.handed_over),
    Bron("stappen", rondom.birthdays),
)


@dataclass(frozen=True, slots=True)
class TijdlijnPagina:
    """A piece of the line, the newest first. `eerder`: what the next piece lies before; None when there is nothing earlier."""

    regels: list[Gebeurd]
    eerder: datetime | None


def tijdlijn(casus: Casus, ogen: Kijker | Blik) -> list[Gebeurd]:
    """All of the time line as this viewer may read it. A fixed number of queries, whatever its length."""
    return _merged(casus, ogen if isinstance(ogen, Blik) else blik_of(casus, ogen), ALLES)


def tijdlijn_pagina(
    casus: Casus, kijker: Kijker, voor: datetime | None = None, aantal: int = 30, *, groep: str = "", blik: Blik | None = None
) -> TijdlijnPagina:
    """The newest `aantal` moments before `voor`, the newest first. Each source reads no more rows than that.

    A moment is never cut in two: what happened at the same time stands on one page. So a page may be a little shorter; and
    longer only when more happened at one moment than fits on a page.
    """
    seen = blik or blik_of(casus, kijker)
    found = _merged(casus, seen, Snede(voor, aantal + 1), groep)[::-1]
    if len(found) <= aantal:
        return TijdlijnPagina(found, None)
    edge = found[aantal].op
    whole = [item for item in found[:aantal] if item.op > edge]
    if not whole:
        after = Snede(edge + timedelta(microseconds=1))
        whole = [item for item in _merged(casus, seen, after, groep)[::-1] if item.op == edge]
    return TijdlijnPagina(whole, whole[-1].op)


def nieuwste(casus: Casus, blik: Blik, aantal: int) -> list[Gebeurd]:
    """The newest part of the line, the newest last: for the page of the casus."""
    return _merged(casus, blik, Snede(aantal=aantal))


def _merged(casus: Casus, blik: Blik, snede: Snede, groep: str = "") -> list[Gebeurd]:
    """What all sources (of one group) tell, the newest last, cut to the piece."""
    read = [bron for bron in BRONNEN if groep in {"", bron.groep}]
    told = (moment for bron in read for moment in bron.lees(casus, blik, snede))
    line = sorted((moment for moment in told if snede.voor is None or moment.op < snede.voor), key=lambda moment: moment.op)
    return line if snede.aantal is None else line[-snede.aantal :]
