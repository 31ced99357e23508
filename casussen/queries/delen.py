"""With whom a casus is shared besides school and wijkteam."""

from casussen.models import Casus, Deling
from gebieden.rollen import LEERPLICHT
from kern.kijker import Kijker
from scholen.rollen import SAMENWERKINGSVERBAND
from zorgaanbod.rollen import AANBIEDER

_MET = ("aanbieder", "gemeente", "verband", "door")


def sharings_of(casus: Casus) -> list[Deling]:
    """Every sharing that was, the living ones first. One query."""
    rows = Deling.objects.filter(casus=casus).select_related(*_MET)
    return sorted(rows, key=lambda deling: (deling.ingetrokken_op is not None, deling.pk))


def shared_with(casus: Casus, kijker: Kijker) -> list[Deling]:
    """The living sharings with the viewer's own party: why they look along."""
    own = {
        "aanbieder": kijker.ids(AANBIEDER),
        "leerplicht": kijker.ids(LEERPLICHT),
        "verband": kijker.ids(SAMENWERKINGSVERBAND),
    }
    living = Deling.objects.living().filter(casus=casus).select_related(*_MET)
    return [d for d in living if (d.aanbieder_id or d.gemeente_id or d.verband_id) in own[d.met]]
