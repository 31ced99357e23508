"""Pupils who sit at home, with their casus: how long, why, what happens next and who does it. Within consent.

The own school sees its pupils by name, with a casus or without one. Leerplicht and the samenwerkingsverband see who is shared
with them, and of a casus no more than its next step and their own tasks.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from casussen.keuzes import EINDSTATUSSEN, Deelnemer, DelingMet, Status
from casussen.models import Casus, Deling, Doelversie, Taak, Termijn
from casussen.queries.lijsten import with_clock
from casussen.queries.plan import plans_of_ronde
from casussen.stand import VolgendeStap, next_step_of
from gebieden.rollen import LEERPLICHT
from kern.kijker import Kijker
from scholen.models import Leerling
from scholen.rollen import SAMENWERKINGSVERBAND, SCHOOLTEAMLEIDER, ZORGCOORDINATOR
from scholen.verzuim.queries import Leerlingstand, maybe_at_home, standings

#: How far back a party sees with whom a casus is shared.
TERUGBLIK = timedelta(days=365)
#: Whose tasks a party sees: its own.
_TAKEN_VAN = {DelingMet.LEERPLICHT: Deelnemer.LEERPLICHT, DelingMet.VERBAND: Deelnemer.VERBAND}


@dataclass(frozen=True, slots=True)
class Thuiszitter:
    """A line of the list. `deling`: why a party sees it; None for the own school.

    `casus` None: the school has not submitted one. `gezien` False: somebody flagged the casus, but of days away nothing is
    written down that makes a thuiszitter (or the pupil is back).
    """

    stand: Leerlingstand
    casus: Casus | None
    stap: VolgendeStap | None
    taak: Taak | None = None
    deling: Deling | None = None

    @property
    def leerling(self) -> Leerling:
        return self.stand.leerling

    @property
    def gezien(self) -> bool:
        return self.stand.thuiszitter

    @property
    def nog_niet_afgemeld(self) -> bool:
        """Of the own school: here only because the casus still says so, and nobody said that it is over."""
        return self.deling is None and not self.gezien

    @property
    def is_concept(self) -> bool:
        return self.casus is not None and self.casus.status == Status.CONCEPT


@dataclass(frozen=True, slots=True)
class Filter:
    """`weken`: at least so many. `zonder_casus`: only pupils for whom nothing was submitted."""

    school: int | None = None
    weken: int | None = None
    zonder_casus: bool = False

    def takes(self, regel: Thuiszitter) -> bool:
        return (
            (self.school is None or regel.leerling.vestiging.school_id == self.school)
            and (self.weken is None or (regel.gezien and regel.stand.stand.weken >= self.weken))
            and (not self.zonder_casus or regel.casus is None or regel.is_concept)
        )


def thuiszitters_of(kijker: Kijker, op: date) -> list[Thuiszitter]:
    """Everyone the viewer may see by name, who is away longest first. A fixed number of queries."""
    found: dict[int, Thuiszitter] = {}
    if kijker.heeft(ZORGCOORDINATOR, SCHOOLTEAMLEIDER):
        found |= {regel.leerling.pk: regel for regel in _of_school(kijker, op)}
    if kijker.heeft(LEERPLICHT, SAMENWERKINGSVERBAND):
        found = {regel.leerling.pk: regel for regel in _of_party(kijker, op)} | found
    return sorted(found.values(), key=_longest_first)


def _longest_first(regel: Thuiszitter) -> tuple[bool, int, str, int]:
    return not regel.gezien, -regel.stand.stand.dagen, str(regel.leerling), regel.leerling.pk


def _of_school(kijker: Kijker, op: date) -> Iterable[Thuiszitter]:
    own = Leerling.objects.filter(vestiging__school_id__in=kijker.ids(ZORGCOORDINATOR, SCHOOLTEAMLEIDER))
    visible = Casus.objects.visible_to(kijker).filter(leerling__isnull=False)
    # Sitting at home does not end with a casus: it stands here until the school says that it is over.
    ended = Q(status__in=EINDSTATUSSEN)
    flagged = visible.filter(thuiszitter=True).exclude(status=Status.CONCEPT).values("leerling_id")
    at_home = own.filter(Q(pk__in=maybe_at_home(Leerling.objects.all(), op).values("pk")) | Q(pk__in=flagged))
    standen = standings(at_home, op)
    casus_of = _newest(visible.filter(~ended | Q(thuiszitter=True), leerling_id__in=[stand.leerling.pk for stand in standen]))
    for stand in standen:
        casus = casus_of.get(stand.leerling.pk)
        if stand.thuiszitter or (casus is not None and casus.thuiszitter):
            taak = next(iter(_open_tasks(casus)), None)
            yield Thuiszitter(stand, casus, next_step_of(casus, termijnen=_clocks(casus), op=op) if casus else None, taak)


def _of_party(kijker: Kijker, op: date) -> Iterable[Thuiszitter]:
    """What is shared with leerplicht or the samenwerkingsverband. Who works for an aanbieder too, sees that elsewhere."""
    delingen = delingen_of(kijker)
    shared = Casus.objects.gedeeld_met(kijker).exclude(status=Status.AFGESLOTEN)
    shared = shared.filter(Exists(delingen.filter(casus=OuterRef("pk"))), leerling__isnull=False)
    casus_of = _newest(shared.prefetch_related(Prefetch("delingen", delingen, to_attr="met_kijker")))
    for stand in standings(Leerling.objects.filter(pk__in=casus_of), op):
        casus = casus_of[stand.leerling.pk]
        deling: Deling = casus.met_kijker[0]  # type: ignore[attr-defined]
        own = (taak for taak in _open_tasks(casus) if taak.partij == _TAKEN_VAN[DelingMet(deling.met)])
        yield Thuiszitter(
            stand=for_party(stand, op),
            casus=casus,
            stap=next_step_of(casus, termijnen=_clocks(casus), op=op),
            taak=next(own, None),
            deling=deling,
        )


def delingen_of(kijker: Kijker) -> QuerySet[Deling]:
    """Living consent to share with the leerplicht or the samenwerkingsverband of this viewer."""
    return Deling.objects.living().with_party_of(kijker).exclude(met=DelingMet.AANBIEDER).order_by("op", "pk")


def for_party(stand: Leerlingstand, op: date) -> Leerlingstand:
    """Of the last year, as far as the stretch that still lasts does not reach back further."""
    since = min(op - TERUGBLIK, stand.stand.sinds or op)
    return replace(
        stand,
        meldingen=tuple(verzuim for verzuim in stand.meldingen if verzuim.tot is None or verzuim.tot >= since),
        signalen=tuple(signaal for signaal in stand.signalen if signaal.venster_tot >= since),
    )


def _newest(casussen: QuerySet[Casus]) -> dict[int, Casus]:
    """The casus of each pupil: one that runs before one that ended, then one that was submitted before a draft; the newest."""
    tasks = Taak.objects.open().order_by("uiterlijk", "pk")
    ordered = with_clock(casussen).prefetch_related(Prefetch("taken", tasks, to_attr="open_taken"))
    in_order = sorted(
        ordered,
        key=lambda casus: (casus.status not in EINDSTATUSSEN, casus.status != Status.CONCEPT, casus.aangemaakt, casus.pk),
    )
    return {casus.leerling_id: casus for casus in in_order if casus.leerling_id is not None}


def _open_tasks(casus: Casus | None) -> Sequence[Taak]:
    return getattr(casus, "open_taken", ())


def _clocks(casus: Casus) -> Sequence[Termijn]:
    return getattr(casus, "open_termijnen", ())


# --- Of one casus -----------------------------------------------------------------------------------------------
def verzuim_of(casus: Casus, op: date) -> Leerlingstand | None:
    """How the pupil of a casus stands; None when there is no pupil (yet)."""
    return next(iter(standings(Leerling.objects.filter(pk=casus.leerling_id), op)), None) if casus.leerling_id else None


def return_day(casus: Casus) -> date | None:
    """When the pupil is back at school, by the newest version of the plan of this ronde."""
    newest = plans_of_ronde(casus).values("pk")[:1]
    goals = Doelversie.objects.filter(plan__in=newest, terugkeer_op__isnull=False).order_by("terugkeer_op", "id")
    return goals.values_list("terugkeer_op", flat=True).first()
