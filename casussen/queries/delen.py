"""With whom a casus is shared besides school and wijkteam."""

from dataclasses import dataclass
from datetime import datetime

from casussen.models import Casus, Deling, Instemming
from casussen.workflow import rules_of
from kern.kijker import Kijker
from toegang.actions.inzage import GEWEIGERD
from toegang.models import Aanstelling, Inzage
from toegang.models.aanstelling import ORGANISATIES
from toegang.rollen import ROLLEN

_MET = ("aanbieder", "gemeente", "verband", "door")


def sharings_of(casus: Casus) -> list[Deling]:
    """Every sharing that was, the living ones first. One query."""
    rows = Deling.objects.filter(casus=casus).select_related(*_MET)
    return sorted(rows, key=lambda deling: (deling.ingetrokken_op is not None, deling.pk))


def shared_with(casus: Casus, kijker: Kijker) -> list[Deling]:
    """The living sharings with the viewer's own party: why they look along."""
    return list(Deling.objects.living().with_party_of(kijker).filter(casus=casus).select_related(*_MET))


# --- For the page that says who sees what -------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Gekeken:
    """One look at a casus, or a step taken: when, in which role, for which organisation. No name: a role looked."""

    op: datetime
    rol: str
    organisatie: str
    actie: str
    geweigerd: bool


def agreements_to(casus: Casus) -> list[Instemming]:
    """What was agreed to besides sharing, the living ones first. One query."""
    rows = Instemming.objects.filter(casus=casus).select_related("door")
    return sorted(rows, key=lambda item: (item.ingetrokken_op is not None, item.pk))


def looks_at(casus: Casus, *, hoogstens: int) -> tuple[list[Gekeken], int]:
    """The newest looks, and how many there are. Three queries."""
    rows = Inzage.objects.filter(object_soort="casus", object_id=casus.pk)
    shown = list(rows.order_by("-op", "-id")[:hoogstens])
    held = Aanstelling.objects.filter(pk__in={row.aanstelling_id for row in shown if row.aanstelling_id})
    names = {item.pk: _organisation(item) for item in held.select_related(*ORGANISATIES)}
    looks = [
        Gekeken(
            op=row.op,
            rol=ROLLEN[row.rol].label if row.rol in ROLLEN else "het portaal" if row.rol == "systeem" else "meer rollen",
            organisatie=names.get(row.aanstelling_id or 0, ""),
            actie=_what(row.actie),
            geweigerd=row.uitkomst == GEWEIGERD,
        )
        for row in shown
    ]
    return looks, rows.count()


def _organisation(item: Aanstelling) -> str:
    return next((str(getattr(item, name)) for name in ORGANISATIES if getattr(item, name) is not None), "")


def _what(actie: str) -> str:
    rows = rules_of(actie)
    return rows[0].label if rows else "bekeken" if actie == "bekijken" else actie.replace("_", " ")
