"""Searching the aanbodgids: arrangementen that fit, each with its newest waiting time."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Prefetch, Q, QuerySet

from kern.kijker import Kijker
from kern.zoeken import BIJNA, likeness
from zorgaanbod.models import Arrangement, Contract
from zorgaanbod.rules import Wacht


@dataclass(frozen=True, slots=True)
class Zoekvraag:
    """What is looked for; None or empty leaves it open. `gemeente_ids`: for somebody who lives in one of these."""

    tekst: str = ""
    hulpvorm: str = ""
    zwaarte: str = ""
    soort: str = ""
    leeftijd: int | None = None
    gemeente_ids: Collection[int] | None = None
    wachttijd: int | None = None
    op_school: bool = False
    boven_norm: bool = False
    oud: bool = False


def search(kijker: Kijker, vraag: Zoekvraag, op: date) -> QuerySet[Arrangement]:
    """What can be asked for on a day and fits, the shortest waiting time first; unknown ones come last."""
    found = Arrangement.objects.visible_to(kijker).offered(op).with_wachttijd()
    if vraag.gemeente_ids is not None:
        found = found.available_in(vraag.gemeente_ids, op)
    if vraag.leeftijd is not None:
        found = found.for_age(vraag.leeftijd)
    if vraag.wachttijd is not None:
        found = found.waiting_at_most(vraag.wachttijd)
    exact = {"hulpvorm": vraag.hulpvorm, "zwaarte": vraag.zwaarte, "aanbieder__soort": vraag.soort}
    found = found.filter(**{field: value for field, value in exact.items() if value})
    if vraag.op_school:
        found = found.filter(op_school=True)
    if vraag.boven_norm:
        found = found.above_norm()
    if vraag.oud:
        found = found.stale(op)
    order = (F("wacht_weken").asc(nulls_last=True), "aanbieder__naam", "naam", "pk")
    named = _called(found, vraag.tekst.split())
    return named.select_related("aanbieder").prefetch_related(*places_on(op)).order_by(*order)


def _called(found: QuerySet[Arrangement], words: list[str]) -> QuerySet[Arrangement]:
    """With these words in it; when there are none, with names that are nearly so: somebody may have mistyped."""
    words = [word for word in words if any(letter.isalnum() for letter in word)] or words
    exact = found
    for word in words:
        exact = exact.filter(Q(naam__icontains=word) | Q(aanbieder__naam__icontains=word) | Q(omschrijving__icontains=word))
    if not words or exact.exists():
        return exact
    return found.annotate(past=likeness(words, "naam", "aanbieder__naam")).filter(past__gte=BIJNA)


def places_on(op: date) -> "tuple[Prefetch[str, QuerySet[Contract], str], str]":
    """For a list of arrangementen: the contracts of the day as `geldige_contracten`, and where the voorveld works."""
    contracts = Contract.objects.on(op).select_related("gemeente").order_by("gemeente__naam")
    return Prefetch("contracten", queryset=contracts, to_attr="geldige_contracten"), "aanbieder__gemeenten"


def wacht_of(arrangement: Arrangement, op: date) -> Wacht:
    """The waiting time of a row that came through `with_wachttijd`."""
    weken: int | None = getattr(arrangement, "wacht_weken", None)
    gemeten_op: date | None = getattr(arrangement, "wacht_op", None)
    return Wacht(weken, gemeten_op, arrangement.wachttijd_norm, op)


def gemeenten_of(arrangement: Arrangement) -> list[str]:
    """For whom it is, by name of the gemeente; of a row that came with `places_on`."""
    contracts: list[Contract] = getattr(arrangement, "geldige_contracten", [])
    names = {contract.gemeente.naam for contract in contracts}
    if arrangement.aanbieder.soort == "voorveld":
        names |= {gemeente.naam for gemeente in arrangement.aanbieder.gemeenten.all()}
    return sorted(names)
