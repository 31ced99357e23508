"""Published figures, read back: three queries whatever there is to see, and only the units that the viewer may see leave here."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from casussen.models import Momentopname, Streefwaarde
from portal.dashboard.bereik import Bereik
from portal.dashboard.indeling import Periode, period_of
from portal.dashboard.publicatie import WEKEN
from portal.dashboard.tellen import REGIO
from portal.uitvoer import VERBORGEN, Verborgen

#: A number that may be shown, VERBORGEN, or None: it is not published of this unit and period.
Waarde = int | float | Verborgen | None


@dataclass(frozen=True, slots=True)
class Opname:
    """One published table: of a cut and a period, as far as the viewer may see it."""

    blad: str
    periode: str
    van: date
    tot: date
    namen: dict[str, str]
    ouder: dict[str, str | None]
    cijfers: dict[str, dict[str, int | float | None]]
    indelingen: dict[str, dict[str, Any]]

    def figure(self, eenheid: str, wat: str) -> Waarde:
        own = self.cijfers.get(eenheid)
        if own is None or wat not in own:
            return None
        value = own[wat]
        return VERBORGEN if value is None else value

    def below(self, eenheid: str) -> list[str]:
        """What a unit is divided into, by name; what is no unit of its own last."""
        found = [unit for unit, parent in self.ouder.items() if parent == eenheid and unit in self.cijfers]
        return sorted(
            found, key=lambda unit: (unit.rpartition("/")[2] in {"elders", "geen", "geenteam", "onbekend"}, self.namen[unit])
        )

    def division(self, naam: str, eenheid: str) -> list[tuple[list[str], Waarde]]:
        """The columns of a division (each a list of keys) with the figure of a unit."""
        found = self.indelingen.get(naam)
        values = found["cijfers"].get(eenheid) if found else None
        if not found or values is None:
            return []
        return [(keys, VERBORGEN if n is None else n) for keys, n in zip(found["kolommen"], values, strict=True)]


@dataclass(slots=True)
class Boek:
    """Everything that is published for one scope."""

    bereik: Bereik
    perioden: dict[str, dict[str, Opname]] = field(default_factory=dict)
    weken: dict[str, list[Opname]] = field(default_factory=dict)
    streef: list[Streefwaarde] = field(default_factory=list)

    @property
    def keuzes(self) -> list[Periode]:
        """The periods that were published, the latest first; of one year the whole year before its quarters."""
        found = {period for key in self.perioden if (period := period_of(key))}
        return sorted(found, key=lambda period: (-period.jaar, period.kwartaal and 5 - period.kwartaal))

    @property
    def kwartalen(self) -> list[Periode]:
        return sorted(period for period in self.keuzes if period.kwartaal)

    @property
    def jaren(self) -> list[Periode]:
        return sorted(period for period in self.keuzes if not period.kwartaal)

    def opname(self, periode: Periode, blad: str) -> Opname | None:
        return self.perioden.get(periode.sleutel, {}).get(blad)

    def stand(self, blad: str) -> Opname | None:
        weeks = self.weken.get(blad)
        return weeks[-1] if weeks else None

    def target(self, indicator: str, op: date) -> float | None:
        """What the region aims for on a day."""
        held = [one for one in self.streef if one.indicator == indicator and one.vanaf <= op]
        return float(max(held, key=lambda one: one.vanaf).waarde) if held else None


def read(bereik: Bereik) -> Boek:
    """Three queries: periods, weeks, targets."""
    boek = Boek(bereik)
    own = Momentopname.objects.filter(regio=bereik.regio, blad__in=bereik.bladen).defer("geteld")
    for one in own.filter(soort__in=["kwartaal", "schooljaar"]).order_by("van", "soort"):
        boek.perioden.setdefault(one.periode, {})[one.blad] = _open(bereik, one)
    for one in reversed(own.filter(soort="week").order_by("-van", "blad")[: WEKEN * len(bereik.bladen)]):
        boek.weken.setdefault(one.blad, []).append(_open(bereik, one))
    boek.streef = list(Streefwaarde.objects.filter(regio=bereik.regio))
    return boek


def _open(bereik: Bereik, one: Momentopname) -> Opname:
    inhoud = one.inhoud
    ouder: dict[str, str | None] = inhoud["ouder"]
    seen = {unit for unit in inhoud["cijfers"] if bereik.shows(one.blad, unit, ouder)}
    return Opname(
        blad=one.blad,
        periode=one.periode,
        van=one.van,
        tot=one.tot,
        namen={unit: naam for unit, naam in inhoud["namen"].items() if unit in seen},
        ouder={unit: parent for unit, parent in ouder.items() if unit in seen},
        cijfers={unit: own for unit, own in inhoud["cijfers"].items() if unit in seen},
        indelingen={
            naam: {"kolommen": found["kolommen"], "cijfers": _only(found["cijfers"], seen)}
            for naam, found in inhoud["indelingen"].items()
        },
    )


def _only(cijfers: dict[str, list[Any]], seen: Iterable[str]) -> dict[str, list[Any]]:
    return {unit: values for unit, values in cijfers.items() if unit in {REGIO, *seen}}
