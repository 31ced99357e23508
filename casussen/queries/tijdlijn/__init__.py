"""What happened to a casus, in words, for one viewer: the newest last.

The school sees what was told to the school. A wijkteam sees what was shared, and its own notes; never the notes or the feedback
of another team. An aanbieder sees its own help. The regiocoördinator sees that something happened, not what was said.

Each source is a function in a file of its theme, and a line in BRONNEN; it decides itself what this viewer reads of it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Subquery

from casussen import models as m
from casussen.blik import Blik, blik_of
from casussen.models import Casus
from casussen.queries.tijdlijn import berichten, contacten, delen, herinneringen, hulp, overleg, plan, rondom, stappen
from casussen.queries.tijdlijn.basis import ALLES, Bron, Gebeurd, Momenten, Snede
from kern.kijker import Kijker
from kern.sql import VasteVraag

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
    Bron("stappen", stappen.steps, Momenten(m.Overgang, ("op",))),
    Bron("berichten", berichten.questions, Momenten(m.Vraag, ("gesteld_op", "beantwoord_op"))),
    Bron("contact", contacten.contacts, Momenten(m.Contactmoment, ("vastgelegd_op",))),
    Bron("herinneringen", herinneringen.reminders, Momenten(m.Herinnering, ("gemaakt_op",), "termijn__casus")),
    Bron("plan", overleg.meetings, Momenten(m.Mdo, ("gepland_op", "afgezegd_op", "gehouden_op"))),
    Bron("plan", overleg.seats, Momenten(m.MdoDeelnemer, ("vervangen_op",), "mdo__casus")),
    Bron("plan", overleg.additions, Momenten(m.MdoAanvulling, ("op",), "mdo__casus")),
    Bron("plan", plan.plans, Momenten(m.Plan, ("op",))),
    Bron("plan", plan.scores, Momenten(m.Doelscore, ("op",), "doel__casus")),
    Bron("plan", plan.tasks, Momenten(m.Taak, ("aangemaakt_op", "afgerond_op", "vervallen_op"))),
    Bron("hulp", hulp.help_given),
    Bron("hulp", hulp.progress, Momenten(m.Voortgang, ("op",), "inzet__casus")),
    Bron("hulp", hulp.intensity, Momenten(m.Intensiteit, ("op",))),
    Bron("hulp", hulp.applications),
    Bron("stappen", delen.shared, Momenten(m.Deling, ("op", "ingetrokken_op"))),
    Bron("stappen", delen.agreed, Momenten(m.Instemming, ("op", "ingetrokken_op"))),
    Bron("berichten", berichten.reactions, Momenten(m.Reactie, ("op",))),
    Bron("berichten", berichten.messages, Momenten(m.Bericht, ("op",))),
    Bron("contact", contacten.after_care, Momenten(m.Nazorg, ("gedaan_op",))),
    Bron("hulp", rondom.places, Momenten(m.Ozabesluit, ("op",), "plaatsing__casus")),
    Bron("stappen", rondom.handed_over, Momenten(m.Overdracht, ("op",))),
    Bron("stappen", rondom.birthdays, Momenten(m.Mijlpaal, ("verteld_op",))),
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
    """The newest part of the line, the newest last: for the page of the casus. The same as the end of `tijdlijn`.

    One query says of each source when anything last happened there, whoever may read it. They are read from the newest on, until
    what is left is older than what was found.
    """
    last: dict[int, datetime | None] = _LAATSTE.of(casus.pk)
    told = {nr: bron.lees(casus, blik, Snede(aantal=aantal)) for nr, bron in enumerate(BRONNEN) if nr not in last}
    for nr, moment in sorted(((nr, at) for nr, at in last.items() if at), key=lambda item: item[1], reverse=True):
        found = sorted(item.op for items in told.values() for item in items)[-aantal:]
        if len(found) == aantal and moment < found[0]:
            break
        told[nr] = BRONNEN[nr].lees(casus, blik, Snede(aantal=aantal))
    line = (moment for nr in sorted(told) for moment in told[nr])
    return sorted(line, key=lambda moment: moment.op)[-aantal:]


def _last_moments() -> dict[int, Subquery]:
    """By the place of a source in BRONNEN."""
    return {nr: bron.momenten.newest() for nr, bron in enumerate(BRONNEN) if bron.momenten is not None}


_LAATSTE = VasteVraag(Casus, _last_moments)


def _merged(casus: Casus, blik: Blik, snede: Snede, groep: str = "") -> list[Gebeurd]:
    """What all sources (of one group) tell, the newest last, cut to the piece."""
    read = [bron for bron in BRONNEN if groep in {"", bron.groep}]
    told = (moment for bron in read for moment in bron.lees(casus, blik, snede))
    line = sorted((moment for moment in told if snede.voor is None or moment.op < snede.voor), key=lambda moment: moment.op)
    return line if snede.aantal is None else line[-snede.aantal :]
