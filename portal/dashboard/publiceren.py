"""From exact counts to what may be shown of a period: the only place where figures are made fit to leave. Pure.

What is published is a fixed list. Per quarter: the region and the upper level of every cut. Per school year: that, and the lower
level (wijk, school, team). Per week: what is open, on both levels. Each count is protected in a chain: first how many there are,
then each part of them. Where a count is hidden, every part of it is hidden too; and a part is hidden together with the rest, so
that neither can be subtracted. The cuts share only the total of the region, which is never hidden to protect something else: so
cuts say nothing about each other (docs/adr: figures over time).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from portal.dashboard.bescherming import AFRONDING, DREMPEL, Boom, Cel, Onbeschermbaar, Tabel, plat, rounded, suppress
from portal.dashboard.tellen import DELEN, REDENEN, REGIO, STAP, TIJDEN, WAAR, WERKDAG, Telling

#: The one column of a table of a single moment.
NU = "nu"
#: Shares: what part of what.
AANDELEN = {
    "reactie_op_tijd": "reactie",
    "hulp_op_tijd": "hulp",
    "doorgezet": "instroom",
    "teruggelegd": "instroom",
    "te_laat": "open",
}
#: Counts that are only shown as a share of each other.
NIET_ALS_AANTAL = {"reactie", "reactie_op_tijd", "reactie_te_laat", "hulp", "hulp_op_tijd", "hulp_te_laat"}
#: How many were answered or should have been is not shown, in no cut: it only says whether there are enough for a share.
LOS = frozenset({"reactie", "hulp"})
#: Parts that are protected; of a division in two the other half comes along.
KETEN = {wat: ouder for wat, (ouder, _) in DELEN.items() if not wat.endswith("_te_laat")}
STAND_KETEN: dict[str, str | None] = {"open": None, "te_laat": "open"}

Cijfers = dict[str, dict[str, float | None]]


@dataclass(frozen=True, slots=True)
class Inhoud:
    """What is published of one cut and one period. Null is hidden; what is not there is not published."""

    ouder: Mapping[str, str | None]
    cijfers: Cijfers
    #: Divisions: of each its columns (a list of keys that go together), and per unit a count for each column, in that order.
    indelingen: dict[str, dict[str, Any]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {"ouder": dict(self.ouder), "cijfers": self.cijfers, "indelingen": self.indelingen}


def upper_level(telling: Telling) -> Boom:
    """The region and what it is divided into."""
    return plat(REGIO, sorted(unit for unit, parent in telling.ouder.items() if parent == REGIO))


# --- A quarter ----------------------------------------------------------------------------------------------------------
def publish_quarter(telling: Telling) -> Inhoud:
    """The region and its upper level, of one quarter."""
    boom = upper_level(telling)
    hidden = _chain(KETEN, telling, boom, {})
    return Inhoud(boom.ouders, {unit: _figures(telling, unit, KETEN, hidden) for unit in boom.ouders})


# --- A moment -----------------------------------------------------------------------------------------------------------
def publish_stock(telling: Telling) -> Inhoud:
    """What was open at one moment, on both levels; divided by where it is and which step is late on the upper one."""
    boom = Boom(dict(sorted(telling.ouder.items(), key=lambda item: (item[1] is not None, item[0]))))
    hidden = _chain(STAND_KETEN, telling, boom, {})
    upper = upper_level(telling)
    divided = {}
    for naam, wat, keys in (("waar", "open", list(WAAR)), ("stap", "te_laat", list(STAP))):
        found = _divide(telling, upper, naam, keys, hidden[wat])
        if found:
            divided[naam] = found
    return Inhoud(boom.ouders, {unit: _figures(telling, unit, STAND_KETEN, hidden) for unit in boom.ouders}, divided)


def _divide(telling: Telling, boom: Boom, naam: str, keys: list[str], hidden: frozenset[Cel]) -> dict[str, Any] | None:
    """A division over columns; columns that are too small for the region go together. `hidden`: what is, of the whole."""
    if (REGIO, NU) in hidden:
        return None
    groups = merge({key: telling.of(REGIO, f"{naam}:{key}") for key in keys})
    columns = {"+".join(group): group for group in groups}
    leaves = [unit for unit in boom.ouders if unit not in boom.kinderen] if boom.kinderen else [REGIO]
    counts = {
        (unit, column): sum(telling.of(unit, f"{naam}:{key}") for key in group)
        for unit in leaves
        for column, group in columns.items()
    }
    gone = {unit for unit, _ in hidden if unit in boom.ouders}
    fixed = {(unit, NU) for unit in boom.ouders if unit not in gone} | {(REGIO, column) for column in columns}
    table = Tabel(
        boom,
        tuple(columns),
        counts,
        NU,
        vast=frozenset(fixed),
        verborgen=frozenset((unit, column) for unit in gone for column in (*columns, NU)),
    )
    not_shown = _suppress(table)
    values = table.waarden
    return {
        "kolommen": [list(group) for group in columns.values()],
        "cijfers": {
            unit: [None if (unit, column) in not_shown else rounded(values[unit, column]) for column in columns]
            for unit in boom.ouders
        },
    }


def merge(aantallen: Mapping[str, int]) -> list[tuple[str, ...]]:
    """Groups of columns of which each counts at least ten: small ones together, with the smallest other if still too few."""
    order = sorted((key for key in aantallen if aantallen[key]), key=lambda key: (aantallen[key], key))
    together = [key for key in order if aantallen[key] < DREMPEL]
    rest = [key for key in order if aantallen[key] >= DREMPEL]
    while together and rest and sum(aantallen[key] for key in together) < DREMPEL:
        together.append(rest.pop(0))
    place = list(aantallen)
    groups = [(key,) for key in rest] + ([tuple(sorted(together, key=place.index))] if together else [])
    return sorted(groups, key=lambda group: place.index(group[0]))


# --- A school year ------------------------------------------------------------------------------------------------------
def publish_year(jaar: Telling, kwartalen: Mapping[str, tuple[Telling, Cijfers]]) -> Inhoud:
    """A school year: the sum of what its quarters were, hidden so that no quarter follows.

    `jaar` says the times; `kwartalen` hold, per quarter, what was counted then and what was shown of it.
    """
    ouder = dict(jaar.ouder)
    for counted, _ in kwartalen.values():
        ouder |= {unit: parent for unit, parent in counted.ouder.items() if unit not in ouder}
    total = Telling(ouder, {}, jaar.tijd)
    for unit in ouder:
        names = {name for counted, _ in kwartalen.values() for name in counted.aantal.get(unit, {})}
        total.aantal[unit] = {name: sum(counted.of(unit, name) for counted, _ in kwartalen.values()) for name in names}
    boom = upper_level(total)
    hidden = _chain(KETEN, total, boom, kwartalen)
    figures = {unit: _figures(total, unit, KETEN, hidden) for unit in boom.ouders}
    for above in list(boom.ouders):
        below = sorted(unit for unit, parent in ouder.items() if parent == above and above != REGIO)
        if below:
            figures |= _lower_level(total, above, below, hidden)
    return Inhoud(ouder, figures, _reasons(total, figures))


def _lower_level(total: Telling, above: str, below: list[str], hidden: Mapping[str, frozenset[Cel]]) -> Cijfers:
    """Wijken of a gemeente, schools of a verband, teams of a gemeente: of the whole year only."""
    boom = plat(above, below)
    known = {wat: frozenset({(above, NU)} if (above, NU) in own else ()) for wat, own in hidden.items()}
    own = _chain(KETEN, total, boom, {}, known)
    return {unit: _figures(total, unit, KETEN, own) for unit in below}


def _reasons(total: Telling, figures: Cijfers) -> dict[str, dict[str, Any]]:
    """Why casussen were sent on and returned, for the region as a whole. 'Niet ons gebied' is also a figure of its own."""
    found: dict[str, dict[str, Any]] = {}
    for wat, reasons in REDENEN.items():
        if figures[REGIO].get(wat) is None:
            continue
        groups = merge({key: total.of(REGIO, f"{wat}:{key}") for key in reasons})
        if wat == "doorgezet":
            alone = ("niet_ons_gebied",) in groups
            if not alone:
                for own in figures.values():
                    own["niet_ons_gebied"] = None
            elif figures[REGIO]["niet_ons_gebied"] is None:
                continue
        found[wat] = {
            "kolommen": [list(group) for group in groups],
            "cijfers": {REGIO: [rounded(sum(total.of(REGIO, f"{wat}:{key}") for key in group)) for group in groups]},
        }
    return found


# --- Protecting ---------------------------------------------------------------------------------------------------------
def _chain(
    keten: Mapping[str, str | None],
    telling: Telling,
    boom: Boom,
    kwartalen: Mapping[str, tuple[Telling, Cijfers]],
    bekend: Mapping[str, frozenset[Cel]] | None = None,
) -> dict[str, frozenset[Cel]]:
    """What is hidden of each count: first the whole, then its parts. `bekend`: what is hidden of the top already."""
    found: dict[str, frozenset[Cel]] = {}
    for wat, whole in keten.items():
        found[wat] = _protect(wat, whole, telling, boom, kwartalen, found, (bekend or {}).get(wat))
    return found


def _protect(  # noqa: C901, PLR0917  (one count in all its surroundings)
    wat: str,
    whole: str | None,
    telling: Telling,
    boom: Boom,
    kwartalen: Mapping[str, tuple[Telling, Cijfers]],
    hidden: Mapping[str, frozenset[Cel]],
    bekend: frozenset[Cel] | None,
) -> frozenset[Cel]:
    columns = tuple(kwartalen) or (NU,)
    total = NU if kwartalen else None
    top = boom.top
    everywhere = frozenset((unit, column) for unit in boom.ouders for column in {*columns, NU})
    leaves = [unit for unit in boom.ouders if unit not in boom.kinderen]

    def count(name: str, unit: str, column: str) -> int:
        return (kwartalen[column][0] if kwartalen else telling).of(unit, name)

    def total_of(name: str, cel: Cel) -> int:
        unit, column = cel
        return sum(count(name, unit, one) for one in columns) if column == total else count(name, unit, column)

    if wat in LOS and whole:
        few = {cel for cel in everywhere if total_of(wat, cel) < DREMPEL}
        return frozenset(few | hidden[whole])

    def table(values: Mapping[Cel, int], fixed: frozenset[Cel], gone: Iterable[Cel], over: Boom) -> Tabel:
        return Tabel(over, columns, values, total, fixed, frozenset(gone), ceiling)

    def ceiling(cel: Cel) -> int | None:
        return None if whole is None or cel in hidden[whole] else total_of(whole, cel)

    counts = {(unit, column): count(wat, unit, column) for unit in boom.ouders for column in columns}
    rest = {cel: count(whole, *cel) - n for cel, n in counts.items()} if whole else None
    shown = {
        (unit, column) for column, (_, old) in kwartalen.items() for unit in boom.ouders if old.get(unit, {}).get(wat) is not None
    }
    gone = {cel for cel in counts if cel not in shown} if kwartalen else set()
    gone |= set(hidden[whole]) if whole else set()
    if whole and kwartalen:  # who is hidden in a quarter can have moved between quarters, with everything that is known of them
        shown_whole = KETEN[whole] if whole in LOS else whole
        gone |= {(unit, NU) for unit, _ in hidden[shown_whole or whole]}
    for half in (counts, rest):
        if half is not None:
            gone |= {cel for cel, n in Tabel(boom, columns, half, total).waarden.items() if n < DREMPEL}
    # The top by itself, so that every cut shows the same of it. Then the rest, which leaves the top as it is.
    alone = Boom({top: None})
    if bekend is None:
        of_top = {cel for cel in gone if cel[0] == top}
        gone |= _both(lambda v, g: table(v, frozenset(shown), g, alone), _only(counts, top), _only(rest, top), of_top)
    elif bekend:
        return everywhere
    fixed = frozenset(shown | {cel for cel in everywhere if cel[0] == top and cel not in gone})
    if not leaves or leaves == [top]:
        return frozenset(gone)
    try:
        return frozenset(_both(lambda v, g: table(v, fixed, g, boom), counts, rest, gone))
    except Onbeschermbaar:
        return frozenset(gone | (everywhere - fixed))


def _only(values: Mapping[Cel, int] | None, unit: str) -> dict[Cel, int] | None:
    return None if values is None else {cel: n for cel, n in values.items() if cel[0] == unit}


def _both(make: Any, counts: Mapping[Cel, int] | None, rest: Mapping[Cel, int] | None, gone: set[Cel]) -> set[Cel]:
    """Hide a part together with the rest: what is hidden of one is hidden of the other."""
    hidden = set(gone)
    while True:
        before = len(hidden)
        for half in (counts, rest):
            if half is not None:
                hidden |= suppress(make(half, frozenset(hidden)))
        if len(hidden) == before:
            return hidden


def _suppress(table: Tabel) -> frozenset[Cel]:
    try:
        return suppress(table)
    except Onbeschermbaar:
        return frozenset(cel for cel in table.waarden if cel not in table.vast)


# --- Writing ------------------------------------------------------------------------------------------------------------
def _figures(
    telling: Telling, unit: str, keten: Mapping[str, str | None], hidden: Mapping[str, frozenset[Cel]]
) -> dict[str, float | None]:
    """What may be shown of one unit: counts to the nearest five, shares to five per cent, times of ten casussen or more."""
    seen = {wat: (unit, NU) not in hidden[wat] for wat in keten}
    found: dict[str, float | None] = {}
    for wat in keten:
        if wat not in NIET_ALS_AANTAL:
            found[wat] = rounded(telling.of(unit, wat)) if seen[wat] else None
    for part, whole in AANDELEN.items():
        if part in keten:
            shown = seen[part] and seen[whole]
            name = part if part in NIET_ALS_AANTAL else f"{part}_deel"
            found[name] = to_five(100 * telling.of(unit, part) / telling.of(unit, whole)) if shown else None
    if not any(wat in keten for wat in TIJDEN):
        return found
    for wat in TIJDEN:
        times = telling.tijd.get(unit, {}).get(wat)
        enough = times is not None and seen["instroom"] and telling.of(unit, f"{wat}_gemeten") >= DREMPEL
        for name, value in zip(("mediaan", "p90"), times or (0, 0), strict=True):
            found[f"{wat}_{name}"] = _time(wat, value) if enough else None
    return found


def _time(wat: str, value: float) -> float:
    """Half working days for an answer, days for the help."""
    return round(value / WERKDAG * 2) / 2 if wat == "reactie" else float(round(value))


def to_five(procent: float) -> int:
    return AFRONDING * round(procent / AFRONDING)
