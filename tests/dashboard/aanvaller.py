"""The attacker: takes everything that is published, writes it down as linear (in)equalities, and asks what a hidden count can be.

It knows how figures are made: what adds up to what, what is a part of what, how numbers are rounded. It knows nothing of how they
are protected, and shares no code with that. Variables are the exact counts of every unit, period and indicator.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.optimize import linprog  # type: ignore[import-untyped]
from scipy.sparse import csr_array, hstack, vstack  # type: ignore[import-untyped]

Naam = tuple[str, ...]
#: What is a part of what; two parts of which only the share is shown are `reactie_op_tijd` and the rest of `reactie`.
DEEL_VAN = {
    "doorgezet": "instroom",
    "niet_ons_gebied": "doorgezet",
    "teruggelegd": "instroom",
    "reactie": "instroom",
    "reactie_op_tijd": "reactie",
    "hulp": "instroom",
    "hulp_op_tijd": "hulp",
    "te_laat": "open",
}
DREMPEL = 10
#: A solver that calculates with floats is right to about this much.
MARGE = 1e-6


@dataclass
class Aanvaller:
    """Collects what is seen, and reasons. `exact`: also knows every visible count to the casus (from elsewhere, or over time)."""

    exact: Mapping[Naam, int] | None = None
    plekken: dict[Naam, int] = field(default_factory=dict)
    grenzen: dict[int, tuple[float, float]] = field(default_factory=dict)
    sommen: list[tuple[Naam, list[Naam]]] = field(default_factory=list)
    hoogstens: list[tuple[Naam, Naam]] = field(default_factory=list)
    aandelen: list[tuple[Naam, Naam, float]] = field(default_factory=list)
    verborgen: list[Naam] = field(default_factory=list)

    def at(self, naam: Naam) -> int:
        return self.plekken.setdefault(naam, len(self.plekken))

    def sees(self, naam: Naam, waarde: int | None) -> None:
        """A published count: five or more apart, or hidden."""
        plek = self.at(naam)
        if waarde is None:
            self.verborgen.append(naam)
        elif self.exact is not None:
            self.grenzen[plek] = (self.exact[naam], self.exact[naam])
        else:
            self.grenzen[plek] = (max(DREMPEL, waarde - 2), waarde + 2)

    def adds_up(self, geheel: Naam, delen: Iterable[Naam]) -> None:
        self.sommen.append((geheel, list(delen)))
        for naam in (geheel, *self.sommen[-1][1]):
            self.at(naam)

    def is_part(self, deel: Naam, geheel: Naam) -> None:
        self.hoogstens.append((deel, geheel))
        self.at(deel), self.at(geheel)

    def sees_share(self, deel: Naam, geheel: Naam, procent: float) -> None:
        """A share to five per cent, of which both halves are ten or more."""
        self.is_part(deel, geheel)
        self.aandelen.append((deel, geheel, procent))

    # --- Reading --------------------------------------------------------------------------------------------------------
    def reads(self, blad: str, periode: str, inhoud: Mapping[str, Any], *, aantallen: Iterable[str]) -> None:  # noqa: C901
        """One published table: figures per unit, and the tree of units."""
        ouder, cijfers = inhoud["ouder"], inhoud["cijfers"]
        counts = list(aantallen)
        for unit, own in cijfers.items():
            for wat in counts:
                if wat in own:
                    self.sees(_name(blad, unit, wat, periode), own[wat])
                elif wat in {"reactie", "hulp"} and f"{wat}_op_tijd" in own:
                    self.at(_name(blad, unit, wat, periode))
            for deel, geheel in DEEL_VAN.items():
                if geheel in counts or geheel in own:
                    self.is_part(_name(blad, unit, deel, periode), _name(blad, unit, geheel, periode))
            for deel in ("reactie_op_tijd", "hulp_op_tijd"):
                if own.get(deel) is not None:
                    self.sees_share(_name(blad, unit, deel, periode), _name(blad, unit, DEEL_VAN[deel], periode), own[deel])
                elif deel in own:
                    self.sees(_name(blad, unit, deel, periode), None)
        for wat in (*counts, "reactie", "reactie_op_tijd", "hulp", "hulp_op_tijd"):
            for unit in cijfers:
                children = [child for child, parent in ouder.items() if parent == unit and child in cijfers]
                if children and _name(blad, unit, wat, periode) in self.plekken:
                    self.adds_up(_name(blad, unit, wat, periode), [_name(blad, child, wat, periode) for child in children])

    def reads_division(self, blad: str, periode: str, naam: str, geheel: str, inhoud: Mapping[str, Any]) -> None:
        found = inhoud["indelingen"].get(naam)
        if not found:
            return
        ouder = inhoud["ouder"]
        for unit, values in found["cijfers"].items():
            parts = [_name(blad, unit, f"{naam}:{'+'.join(keys)}", periode) for keys in found["kolommen"]]
            for part, value in zip(parts, values, strict=True):
                self.sees(part, value)
            self.adds_up(_name(blad, unit, geheel, periode), parts)
        for column in map("+".join, found["kolommen"]):
            for unit in found["cijfers"]:
                children = [child for child, parent in ouder.items() if parent == unit and child in found["cijfers"]]
                if children:
                    self.adds_up(
                        _name(blad, unit, f"{naam}:{column}", periode),
                        [_name(blad, child, f"{naam}:{column}", periode) for child in children],
                    )

    def year_is_sum(
        self, blad: str, jaar: str, kwartalen: Iterable[str], eenheden: Iterable[str], aantallen: Iterable[str]
    ) -> None:
        quarters = list(kwartalen)
        for unit in eenheden:
            for wat in aantallen:
                whole = _name(blad, unit, wat, jaar)
                if whole in self.plekken:
                    self.adds_up(whole, [_name(blad, unit, wat, quarter) for quarter in quarters])

    # --- Reasoning ------------------------------------------------------------------------------------------------------
    def _system(self) -> dict[str, Any]:
        n = len(self.plekken)
        equal: list[dict[int, float]] = []
        most: list[tuple[dict[int, float], float]] = []
        for geheel, delen in self.sommen:
            row = {self.at(geheel): 1.0}
            for deel in delen:
                row[self.at(deel)] = row.get(self.at(deel), 0.0) - 1.0
            equal.append(row)
        for deel, geheel in self.hoogstens:
            most.append(({self.at(deel): 1.0, self.at(geheel): -1.0}, 0.0))
        for deel, geheel, procent in self.aandelen:
            low, high = max(0.0, procent - 2.5) / 100, min(100.0, procent + 2.5) / 100
            most.append(({self.at(deel): 1.0, self.at(geheel): -high}, 0.0))
            most.append(({self.at(deel): -1.0, self.at(geheel): low}, 0.0))
            most.append(({self.at(deel): -1.0}, -float(DREMPEL)))
            most.append(({self.at(geheel): -1.0, self.at(deel): 1.0}, -float(DREMPEL)))
        bounds = [self.grenzen.get(plek, (0.0, None)) for plek in range(n)]
        return {
            "A_eq": _matrix(equal, n),
            "b_eq": np.zeros(len(equal)),
            "A_ub": _matrix([row for row, _ in most], n),
            "b_ub": np.array([high for _, high in most]),
            "bounds": bounds,
        }

    def bounds_of(self, namen: Iterable[Naam]) -> dict[Naam, tuple[float, float]]:
        """The least and the most each of these counts can be, as far as it matters: at most 10 apart from what was found.

        As many as possible at once: one table in which all of them are high, one in which all are low. A table that fits is proof
        of what a count can be, so the next two are about the counts of which nothing harmless is known yet. Where two such tables
        say nothing new, the rest is asked one by one.
        """
        system = self._system()
        wanted = {naam: self.at(naam) for naam in namen}
        found = {naam: (float("inf"), -float("inf")) for naam in wanted}
        left = list(wanted)
        while left:
            plekken = [wanted[naam] for naam in left]
            for tabel in (self._all_high(system, plekken), self._all_low(system, plekken)):
                for naam in left:
                    low, high = found[naam]
                    found[naam] = (min(low, tabel[wanted[naam]]), max(high, tabel[wanted[naam]]))
            asked, left = left, [naam for naam in left if tells(*found[naam])]
            if left == asked:
                break
        return found | {naam: self._alone(system, wanted[naam]) for naam in left}

    def one_by_one(self, namen: Iterable[Naam]) -> dict[Naam, tuple[float, float]]:
        """The same, the long way."""
        system = self._system()
        return {naam: self._alone(system, self.at(naam)) for naam in namen}

    def _all_high(self, system: dict[str, Any], plekken: list[int]) -> Any:
        """A table with as much as possible in all these places, each counting to a little over ten."""
        n, k = len(self.plekken), len(plekken)
        wide = csr_array((system["A_ub"].shape[0], k))
        below = _matrix([{plek: -1.0, n + i: 1.0} for i, plek in enumerate(plekken)], n + k)
        equal = hstack([system["A_eq"], csr_array((system["A_eq"].shape[0], k))])
        return self._solve(
            np.concatenate([np.zeros(n), -np.ones(k)]),
            A_eq=equal,
            b_eq=system["b_eq"],
            A_ub=vstack([hstack([system["A_ub"], wide]), below]),
            b_ub=np.concatenate([system["b_ub"], np.zeros(k)]),
            bounds=[*system["bounds"], *((0.0, DREMPEL + 1.0) for _ in plekken)],
        )[:n]

    def _all_low(self, system: dict[str, Any], plekken: list[int]) -> Any:
        goal = np.zeros(len(self.plekken))
        goal[plekken] = 1.0
        return self._solve(goal, **system)

    def _alone(self, system: dict[str, Any], plek: int) -> tuple[float, float]:
        goal = np.zeros(len(self.plekken))
        goal[plek] = 1.0
        most = linprog(-goal, **system, method="highs")
        return float(self._solve(goal, **system)[plek]), float("inf") if most.status == 3 else -most.fun

    @staticmethod
    def _solve(goal: Any, **system: Any) -> Any:
        answer = linprog(goal, **system, method="highs")
        assert answer.status == 0, f"wat zichtbaar is spreekt zichzelf tegen: {answer.message}"
        return answer.x

    def leaks(self, namen: Iterable[Naam] | None = None) -> dict[Naam, tuple[float, float]]:
        """Hidden counts of which the attacker can tell that they are under ten, or what they are."""
        bounds = self.bounds_of(dict.fromkeys(self.verborgen if namen is None else namen))
        return {naam: (low, high) for naam, (low, high) in bounds.items() if tells(low, high)}


def tells(low: float, high: float) -> bool:
    """Whoever knows that a count lies between these knows that it is small, or what it is."""
    return high < DREMPEL - MARGE or high - low < 1 - MARGE


def _name(blad: str, unit: str, wat: str, periode: str) -> Naam:
    """Cuts share the total of the region: it is one count, whoever shows it."""
    return ("*" if unit == "regio" else blad, unit, wat, periode)


def _matrix(rows: list[dict[int, float]], n: int) -> Any:
    entries = [(r, column, value) for r, row in enumerate(rows) for column, value in row.items()]
    if not entries:
        return csr_array((len(rows), n))
    where, columns, values = zip(*entries, strict=True)
    return csr_array((values, (where, columns)), shape=(len(rows), n))
