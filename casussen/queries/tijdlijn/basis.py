"""What every source of the time line stands on: a moment, the piece of the line that is asked for, how things are written."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Case, F, Max, Model, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Greatest
from django.utils.text import capfirst

from casussen.blik import Blik
from casussen.models import Casus

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Gebeurd:
    """One moment: `tekst` is the sentence, `details` what was said with it, as (heading, text). `soort`: for an icon.
    `over_veiligheid`: that a pupil may not be safe can be read from it.

    `hele_dag`: only the day is known; `op` is then the middle of it.
    """

    op: datetime
    soort: str
    tekst: str
    wie: str = ""
    details: tuple[tuple[str, str], ...] = ()
    alleen_team: bool = False
    hele_dag: bool = False
    over_veiligheid: bool = False


@dataclass(frozen=True, slots=True)
class Snede:
    """The piece of the line that is asked for: the newest `aantal` before `voor`. Without either: all of it."""

    voor: datetime | None = None
    aantal: int | None = None

    def newest(self, rows: QuerySet[M], *momenten: str) -> list[M]:
        """The rows of which the newest moments of this piece come, the oldest first.

        Of a row with more moments (agreed, done) the newest one inside the piece counts: then the newest n rows hold the newest
        n moments, and whatever lies outside the piece falls off when the sources are merged.
        """
        if self.voor is None and self.aantal is None:
            return list(rows.order_by(*momenten[:1], "pk"))
        inside = [F(veld) if self.voor is None else Case(When(**{f"{veld}__lt": self.voor}, then=F(veld))) for veld in momenten]
        last = Greatest(*inside) if len(inside) > 1 else inside[0]
        if self.voor is not None:
            before = [Q(**{f"{veld}__lt": self.voor}) for veld in momenten]
            rows = rows.filter(_any(before))
        found = list(rows.annotate(laatste=last).order_by("-laatste", "-pk")[: self.aantal])
        return sorted(found, key=lambda row: (getattr(row, momenten[0]), row.pk))


def _any(conditions: list[Q]) -> Q:
    found = Q()
    for condition in conditions:
        found |= condition
    return found


#: All of the line.
ALLES = Snede()
Lezer = Callable[[Casus, Blik, Snede], list[Gebeurd]]


@dataclass(frozen=True, slots=True)
class Momenten:
    """Where a source keeps its moments: the columns of a table, and how its rows lead to the casus."""

    model: type[Model]
    velden: tuple[str, ...]
    casus: str = "casus"

    def newest(self) -> Subquery:
        """Of a casus in an outer query: the newest moment of any row, whoever may read it. None without rows."""
        rows = self.model._base_manager.filter(**{self.casus: OuterRef("pk")}).order_by().values(self.casus)  # noqa: SLF001
        last = Max(Greatest(*self.velden)) if len(self.velden) > 1 else Max(self.velden[0])
        return Subquery(rows.annotate(laatste=last).values("laatste"))


@dataclass(frozen=True, slots=True)
class Bron:
    """One source: what it tells this viewer of this casus, in one query or two. `groep`: the filter it belongs to. `momenten`: by
    which it need not be asked when it has nothing new enough; without, it is always asked."""

    groep: str
    lees: Lezer
    momenten: Momenten | None = None


def name_of(user: Any) -> str:
    return str(user) if user is not None else ""


def someone(user: Any, otherwise: str = "Het portaal") -> str:
    """Who did it, at the beginning of a sentence."""
    return name_of(user) or otherwise


def sentence(text: str) -> str:
    """With a capital, and one full stop at the end."""
    text = text.strip()
    return f"{capfirst(text)}{'' if text.endswith(('.', '!', '?', '…')) else '.'}"


def told(*parts: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    """The details that say something."""
    return tuple((head, text) for head, text in parts if text)
