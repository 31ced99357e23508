"""Help of aanbieders in a casus: where each stands, how long was waited against what was said and agreed, and what was told."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import F, OuterRef, Prefetch, QuerySet, Subquery

from casussen.blik import Blik
from casussen.keuzes import InzetStatus, Status
from casussen.models import Aanvraag, Casus, Doelversie, Inzet, Termijn, Voortgang
from casussen.models.inzet import InzetQuerySet
from casussen.rules.wachten import exceeds_norm, is_stale, waited
from kern.kijker import Kijker
from zorgaanbod.models import Wachttijd

WACHTEND = (InzetStatus.AANGEVRAAGD, InzetStatus.WACHT)


@dataclass(frozen=True, slots=True)
class InzetBeeld:
    """One line of help. `weken` is what was really waited, in whole weeks, until the start, the end or today."""

    inzet: Inzet
    dagen: int
    voortgang: list[Voortgang]
    doelen: list[str]
    wachttijd: Wachttijd | None
    vervalt_op: datetime | None
    op: date = field(repr=False)

    @property
    def weken(self) -> int:
        return self.dagen // 7

    @property
    def waits(self) -> bool:
        return self.inzet.status in WACHTEND

    @property
    def over_norm(self) -> bool:
        """Waits, or waited, longer than the region agreed on."""
        return exceeds_norm(self.dagen, self.inzet.arrangement.wachttijd_norm)

    @property
    def over_gezegd(self) -> bool:
        said = self.inzet.wachttijd_toen
        return said is not None and self.dagen > said * 7

    @property
    def wachttijd_oud(self) -> bool:
        return is_stale(self.wachttijd.gemeten_op if self.wachttijd else None, self.op)


def help_of(casus: Casus, *, op: date, blik: Blik | None = None) -> list[InzetBeeld]:
    """Every help of a casus, what runs or waits first; with `blik` only what this viewer may see. Five queries."""
    inzetten = list(_with_all(_seen(casus, blik)))
    goals = dict(_goal_texts(inzetten))
    return _in_order(_picture(inzet, op, goals.get(inzet.pk, [])) for inzet in inzetten)


def open_help_of(casus: Casus, *, op: date, blik: Blik) -> list[InzetBeeld]:
    """What runs or waits, without what was told of it, for in short. One query."""
    rows = _seen(casus, blik).open().select_related("arrangement__aanbieder")
    return _in_order(_picture(inzet, op, [], told=[]) for inzet in rows)


def _seen(casus: Casus, blik: Blik | None) -> InzetQuerySet:
    rows = Inzet.objects.filter(casus=casus)
    return rows if blik is None or blik.reads else rows.filter(arrangement__aanbieder__in=blik.aanbieders)


def _in_order(found: Iterable[InzetBeeld]) -> list[InzetBeeld]:
    order = {InzetStatus.GESTART.value: 0, InzetStatus.WACHT.value: 1, InzetStatus.AANGEVRAAGD.value: 1}
    return sorted(found, key=lambda b: (order.get(b.inzet.status, 2), -b.inzet.aangevraagd_op.toordinal(), b.inzet.pk))


def _with_all(rows: QuerySet[Inzet]) -> QuerySet[Inzet]:
    return rows.select_related("arrangement__aanbieder", "door").prefetch_related(
        Prefetch("voortgang", Voortgang.objects.order_by("-op", "-id")),
        Prefetch("arrangement__wachttijden", _newest_waits(), to_attr="nieuwste_wachttijd"),
        Prefetch("termijnen", Termijn.objects.filter(gesloten_op__isnull=True), to_attr="open_termijnen"),
    )


def _newest_waits() -> QuerySet[Wachttijd]:
    newest = Wachttijd.objects.filter(arrangement=OuterRef("arrangement")).order_by("-gemeten_op", "-id")
    return Wachttijd.objects.annotate(nieuwste=Subquery(newest.values("pk")[:1])).filter(pk=F("nieuwste"))


def _goal_texts(inzetten: Iterable[Inzet]) -> list[tuple[int, list[str]]]:
    """The goals each help works at, in their newest words. One query."""
    rows = (
        Doelversie.objects.filter(doel__inzetten__in=list(inzetten))
        .order_by("doel__inzetten", "doel__nummer", "-plan__versie")
        .values_list("doel__inzetten", "doel_id", "tekst")
    )
    found: dict[int, dict[int, str]] = {}
    for inzet_id, doel_id, tekst in rows:
        found.setdefault(inzet_id, {}).setdefault(doel_id, tekst)
    return [(inzet_id, list(texts.values())) for inzet_id, texts in found.items()]


def _picture(inzet: Inzet, op: date, doelen: list[str], told: list[Voortgang] | None = None) -> InzetBeeld:
    waits: list[Wachttijd] = getattr(inzet.arrangement, "nieuwste_wachttijd", [])
    clocks: list[Termijn] = getattr(inzet, "open_termijnen", [])
    return InzetBeeld(
        inzet=inzet,
        dagen=waited(gevraagd=inzet.aangevraagd_op, tot=inzet.gestart_op or inzet.geeindigd_op, op=op),
        voortgang=list(inzet.voortgang.all()) if told is None else told,
        doelen=doelen,
        wachttijd=waits[0] if waits else None,
        vervalt_op=clocks[0].vervalt_op if clocks else None,
        op=op,
    )


def applications_of(casus: Casus) -> list[Aanvraag]:
    """Formal applications (Awb) and their decisions, the newest first."""
    return list(Aanvraag.objects.filter(casus=casus).select_related("door").order_by("-ontvangen_op", "-id"))


# --- The aanbieder's own work list ------------------------------------------------------------------------------
def own_help(kijker: Kijker, *, open_ones: bool) -> QuerySet[Inzet]:
    """The help of the viewer's own aanbieders that is shared with them; what must be told first comes first."""
    rows = Inzet.objects.of_aanbieder(kijker).exclude(casus__status__in=[Status.CONCEPT, Status.INGETROKKEN])
    rows = rows.open() if open_ones else rows.filter(status__in=[InzetStatus.BEEINDIGD, InzetStatus.AFGEWEZEN])
    clock = Termijn.objects.filter(inzet=OuterRef("pk"), gesloten_op__isnull=True).values("vervalt_op")[:1]
    due = rows.annotate(klok=Subquery(clock)).select_related("casus__leerling", "arrangement__aanbieder")
    return due.order_by(F("klok").asc(nulls_last=True), "aangevraagd_op", "pk")
