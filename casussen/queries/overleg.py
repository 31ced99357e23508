"""The overleggen of a casus and what was agreed there, for one viewer.

The school reads all of them. The team that has the casus reads those of this ronde: it sat there itself, or took over from who
did. What was said in an earlier ronde was said to the team that had the casus when that ronde ended: when the same team has it
again, it reads that too.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils.text import capfirst

from casussen.blik import Blik
from casussen.keuzes import EINDSTATUSSEN, EigenaarSoort, MdoStatus
from casussen.models import Casus, Mdo, MdoAanvulling, Overgang, Taak, Termijn
from casussen.queries.schoolploeg import Schoolploeg
from kern.kalender import end_of_office_day
from kern.kijker import Kijker


# --- Overleg ----------------------------------------------------------------------------------------------------
def overleggen_of(casus: Casus, blik: Blik) -> list[Mdo]:
    """The newest first, each with who was invited, what was decided and what was added to the report. At most five queries."""
    decided = Prefetch("taken", _with_owner(Taak.objects.order_by("uiterlijk", "pk")))
    people = Prefetch("deelnemers__contactpersoon")
    return list(
        readable(casus, blik)
        .select_related("gepland_door", "verslag_door")
        .prefetch_related("deelnemers", people, decided, Prefetch("aanvullingen", MdoAanvulling.objects.select_related("door")))
        .order_by("-begint_op", "-pk")
    )


def readable(casus: Casus, blik: Blik) -> QuerySet[Mdo]:
    if blik.school:
        return Mdo.objects.filter(casus=casus)
    return Mdo.objects.filter(_own_rondes(casus, blik), casus=casus) if blik.reads else Mdo.objects.none()


def _own_rondes(casus: Casus, blik: Blik) -> Q:
    """This ronde, and earlier ones that ended with the team of this viewer."""
    if casus.ronde == 1:
        return Q(ronde=1)
    ended = Overgang.objects.filter(casus=casus, naar_status__in=EINDSTATUSSEN, van_wijkteam=blik.wijkteam_id)
    return Q(ronde=casus.ronde) | Q(ronde__in=ended.values("ronde"))


# --- Taken ------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class TaakRegel:
    """One action, with its clock: the one that runs, or the day that was agreed."""

    taak: Taak
    vervalt_op: datetime

    @property
    def van_wie(self) -> str:
        """Who does it: 'Ouders of verzorgers: Oma'."""
        party = self.taak.get_partij_display()
        return f"{capfirst(party)}{f': {self.taak.naam}' if self.taak.naam else ''}"


def taken_of(casus: Casus, blik: Blik) -> list[TaakRegel]:
    """Open ones first in order of their clock, then what ended, the newest first. One query."""
    rows = as_rows(_with_owner(readable_taken(casus, blik).select_related("mdo", "doel")))
    open_ones = sorted((r for r in rows if r.taak.is_open), key=lambda r: (r.vervalt_op, r.taak.pk))
    ended = [(r.taak.afgerond_op or r.taak.vervallen_op, r) for r in rows if not r.taak.is_open]
    newest = sorted(((op, r) for op, r in ended if op is not None), key=lambda pair: (pair[0], pair[1].taak.pk), reverse=True)
    return [*open_ones, *(r for _, r in newest)]


def readable_taken(casus: Casus, blik: Blik) -> QuerySet[Taak]:
    """As with the overleggen; an aanbieder reads the own actions."""
    taken = Taak.objects.filter(casus=casus)
    if blik.school:
        return taken
    if blik.reads:
        return taken.filter(_own_rondes(casus, blik))
    return taken.filter(ronde=casus.ronde, eigenaar_aanbieder_id__in=blik.aanbieders)


def as_rows(taken: Iterable[Taak]) -> list[TaakRegel]:
    return [TaakRegel(t, getattr(t, "loopt_tot", None) or end_of_office_day(t.uiterlijk)) for t in taken]


def _with_owner(taken: QuerySet[Taak]) -> QuerySet[Taak]:
    running = Termijn.objects.filter(taak=OuterRef("pk"), gesloten_op__isnull=True).order_by("pk").values("vervalt_op")[:1]
    return taken.annotate(loopt_tot=Subquery(running)).select_related("afgerond_door")


# --- In short ---------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Kort:
    """For the overview: when the next overleg is, and how many actions are open."""

    overleg: datetime | None
    afspraken: int
    te_laat: int


def in_short(casus: Casus, termijnen: Iterable[Termijn], *, op: datetime) -> Kort:
    """`termijnen`: those of the casus that run. One query."""
    planned = Mdo.objects.filter(casus=casus, status=MdoStatus.GEPLAND).values_list("begint_op", flat=True)
    due = [termijn.vervalt_op for termijn in termijnen if termijn.taak_id is not None]
    return Kort(planned.first(), len(due), sum(vervalt_op < op for vervalt_op in due))


# --- My day -----------------------------------------------------------------------------------------------------
def own_taken(
    kijker: Kijker, covers: frozenset[int], ploeg: Schoolploeg, *, op: datetime, before: datetime, most: int
) -> tuple[list[TaakRegel], dict[str, int]]:
    """What this person agreed to do, or who left their school, the most urgent first: a page of it, and how many there are: late
    at `op`, due before then, and later. Two queries.
    """
    running = Termijn.objects.filter(seen_to_by(kijker, covers, ploeg), taak__isnull=False, gesloten_op__isnull=True)
    running = running.filter(casus__in=Casus.objects.visible_to(kijker))
    totals = running.aggregate(**by_clock("vervalt_op", op=op, before=before))
    shown = running.select_related("taak__casus__leerling").order_by("vervalt_op", "pk")[:most]
    rows = [TaakRegel(termijn.taak, termijn.vervalt_op) for termijn in shown if termijn.taak is not None]
    return rows, totals


def seen_to_by(kijker: Kijker, covers: frozenset[int], ploeg: Schoolploeg) -> Q:
    """Which termijnen this person sees to: the own, those of who is away, and those of who left their school."""
    own = Q(eigenaar_user_id=kijker.user_id, eigenaar_user__isnull=False) | Q(eigenaar_contactpersoon_id__in=covers)
    return own | Q(eigenaar_soort=EigenaarSoort.SCHOOL) & ploeg.left_by("casus__school_id", "eigenaar_user_id")


def by_clock(veld: str, *, op: datetime, before: datetime) -> dict[str, Count]:
    """How many rows are late, due before then, and later, as aggregates."""
    return {
        "te_laat": Count("pk", filter=Q(**{f"{veld}__lt": op})),
        "vandaag": Count("pk", filter=Q(**{f"{veld}__gte": op, f"{veld}__lt": before})),
        "later": Count("pk", filter=Q(**{f"{veld}__gte": before})),
    }


__all__ = [
    "Kort",
    "TaakRegel",
    "by_clock",
    "in_short",
    "overleggen_of",
    "own_taken",
    "readable",
    "readable_taken",
    "seen_to_by",
    "taken_of",
]
