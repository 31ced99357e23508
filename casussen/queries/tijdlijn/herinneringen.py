"""That someone was reminded, and how far up it went."""

from django.utils.text import capfirst

from casussen.blik import Blik
from casussen.ladder import COORDINATOR, REGIO, VERVALLEN
from casussen.models import Casus, Herinnering
from casussen.queries.tijdlijn.basis import Gebeurd, Snede
from casussen.workflow import TERMIJNEN
from casussen.workflow.termijnen import VEILIGHEID

_WORDS = {
    VERVALLEN: "is te laat: de eigenaar en vervanger kregen bericht",
    COORDINATOR: "is te laat: de coördinator kreeg bericht",
}


def reminders(casus: Casus, blik: Blik, snede: Snede) -> list[Gebeurd]:
    if not (blik.reads or blik.regio):
        return []
    found = []
    rows = Herinnering.objects.filter(termijn__casus=casus, stap__gte=VERVALLEN).select_related("termijn")
    for item in snede.newest(rows, "gemaakt_op"):
        regel = TERMIJNEN.get(item.termijn.soort)
        what = regel.wat if regel else item.termijn.soort.replace("_", " ")
        told = _WORDS.get(item.stap, "is te laat: de regiocoördinator kreeg bericht" if item.stap >= REGIO else "is te laat")
        about = item.termijn.soort == VEILIGHEID.soort
        found.append(Gebeurd(item.gemaakt_op, "herinnering", f"{capfirst(what)} {told}.", over_veiligheid=about))
    return found
