"""From raw counts to what may be shown: every count passes `onderdrukking` before it leaves this module. Pure.

The tables are protected for the region as a whole, once, whoever looks. So two gemeenten that lay their pages side by side, or
someone who sees all of them, learn no more than each may; and a page is a view on the same tables, whatever was filtered.

What is published: per gemeente and for the region, of every period, how many casussen were submitted, and of those how many were
answered in time, sent on or returned; and of today how many run per wijkteam and phase, are late, or wait for a team.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from math import ceil, floor

from portal.dashboard.indeling import FASE_VAN, FASEN, Fase, Periode, merge_small
from portal.dashboard.onderdrukking import AFRONDING, DREMPEL, Boom, Cel, Kubus, Regels, leeway, plat, rounded, suppress
from portal.dashboard.queries import OP_TIJD, TE_LAAT, WERKDAG, Duur, Instroom, Stand, Tellingen

REGIO, TOTAAL, JA, NEE = "regio", "totaal", "ja", "nee"
#: Pupils whose home is not in the region, or not known: only among what waits for a wijkteam.
ELDERS = "elders"
UUR = 60


@dataclass(frozen=True, slots=True)
class Getal:
    """A count as it may be shown: to the nearest five, or not at all (`aantal` None)."""

    aantal: int | None

    def __str__(self) -> str:
        return "–" if self.aantal is None else f"{self.aantal:,}".replace(",", ".")


@dataclass(frozen=True, slots=True)
class Deel:
    """A share, to the nearest five per cent; `minstens` when the rest is too small to say more. None: not shown."""

    procent: int | None
    minstens: bool = False

    def __str__(self) -> str:
        if self.procent is None:
            return "–"
        return f"minstens {self.procent}%" if self.minstens else f"{self.procent}%"


@dataclass(frozen=True, slots=True)
class Tijd:
    """A time in office hours; None: of too few casussen to show."""

    minuten: float | None

    @property
    def uren(self) -> int | None:
        return None if self.minuten is None else round(self.minuten / UUR)

    @property
    def werkdagen(self) -> float | None:
        """To half a working day."""
        return None if self.minuten is None else round(self.minuten / WERKDAG * 2) / 2

    def __str__(self) -> str:
        if self.werkdagen is None:
            return "–"
        days = f"{self.werkdagen:.1f}".replace(".", ",").removesuffix(",0")
        return f"{days} {'werkdag' if self.werkdagen in {0.5, 1} else 'werkdagen'} ({self.uren} werkuren)"


GEEN = Getal(None)


@dataclass(frozen=True, slots=True)
class Rij:
    """A row of the table of teams and phases."""

    naam: str
    sleutel: str
    cellen: tuple[Getal, ...]
    totaal: Getal
    samengevoegd: bool = False
    is_totaal: bool = False

    @property
    def per_fase(self) -> list[tuple[Fase, Getal]]:
        return list(zip(FASEN, self.cellen, strict=True))


@dataclass(slots=True)
class Cijfers:
    """Everything that may be shown of one school year. `None` as a gemeente is the region."""

    jaar: Periode
    gemeenten: Mapping[str, str]
    duur: Mapping[tuple[str | None, int], Duur]
    instroom: dict[Cel, Getal] = field(default_factory=dict)
    op_tijd: dict[Cel, Deel] = field(default_factory=dict)
    doorgezet: dict[Cel, Getal] = field(default_factory=dict)
    teruggelegd: dict[Cel, Getal] = field(default_factory=dict)
    stand: dict[Cel, Getal] = field(default_factory=dict)
    te_laat: dict[Cel, Getal] = field(default_factory=dict)
    wacht: dict[Cel, Getal] = field(default_factory=dict)
    teams: dict[str, list[tuple[str, str, bool]]] = field(default_factory=dict)

    # --- Of a period ------------------------------------------------------------------------------------------------
    def submitted(self, gemeente: str | None, periode: Periode) -> Getal:
        return self.instroom.get(_key(gemeente, periode), GEEN)

    def sent_on(self, gemeente: str | None, periode: Periode) -> Getal:
        return self._of(self.doorgezet, gemeente, JA, periode)

    def returned(self, gemeente: str | None, periode: Periode) -> Getal:
        return self._of(self.teruggelegd, gemeente, JA, periode)

    def in_time(self, gemeente: str | None, periode: Periode) -> Deel:
        """Share of the casussen whose first response came, or should have come, that was answered within the norm."""
        return self.op_tijd.get(_key(gemeente, periode), Deel(None))

    def median(self, gemeente: str | None, periode: Periode) -> Tijd:
        return self._time(gemeente, periode, lambda duur: duur.mediaan)

    def p90(self, gemeente: str | None, periode: Periode) -> Tijd:
        return self._time(gemeente, periode, lambda duur: duur.p90)

    def _time(self, gemeente: str | None, periode: Periode, pick: Callable[[Duur], float]) -> Tijd:
        duur = self.duur.get((gemeente, periode.kwartaal))
        return Tijd(pick(duur) if duur is not None and duur.aantal >= DREMPEL else None)

    @staticmethod
    def _of(counts: Mapping[Cel, Getal], gemeente: str | None, wat: str, periode: Periode) -> Getal:
        return counts.get((gemeente or REGIO, wat, periode.sleutel), GEEN)

    # --- Of today ---------------------------------------------------------------------------------------------------
    def late_now(self, gemeente: str | None) -> Getal:
        return self.te_laat.get((gemeente or REGIO, JA), GEEN)

    def waiting(self, gemeente: str | None) -> Getal:
        return self.wacht.get((gemeente or REGIO,), GEEN)

    def rows(self, gemeente: str | None) -> list[Rij]:
        """Per wijkteam of a gemeente, or per gemeente of the region; then the totals."""
        if gemeente is None:
            parts = [self._row(naam, code) for code, naam in self.gemeenten.items()]
            return [*parts, self._row("De hele regio", REGIO, total=True)]
        parts = [self._row(naam, sleutel, merged=merged) for naam, sleutel, merged in self.teams.get(gemeente, [])]
        own = self._row(f"Heel {self.gemeenten[gemeente]}", gemeente, total=True)
        return [*parts, own, self._row("De hele regio", REGIO, total=True)]

    def _row(self, naam: str, sleutel: str, *, merged: bool = False, total: bool = False) -> Rij:
        cells = tuple(self.stand.get((sleutel, fase.sleutel), GEEN) for fase in FASEN)
        return Rij(naam, sleutel, cells, self.stand.get((sleutel, TOTAAL), GEEN), merged, total)


def _key(gemeente: str | None, periode: Periode) -> Cel:
    return (gemeente or REGIO, periode.sleutel)


def _to_five(procent: float) -> int:
    return AFRONDING * round(procent / AFRONDING)


# --- Making them ------------------------------------------------------------------------------------------------
def make_figures(tellingen: Tellingen, *, jaar: Periode, gemeenten: Mapping[str, str]) -> Cijfers:
    """Protect everything, for the whole region at once."""
    cijfers = Cijfers(jaar, gemeenten, tellingen.duur)
    _flow(cijfers, tellingen.instroom)
    _present(cijfers, tellingen.stand)
    waiting: Counter[Cel] = Counter({(code if code in gemeenten else ELDERS,): 0 for code in [*gemeenten, ELDERS]})
    for code, count in tellingen.wacht.items():
        waiting[code or ELDERS,] += count
    kubus = Kubus((plat(REGIO, [*gemeenten, ELDERS]),), waiting)
    cijfers.wacht = _shown(kubus, suppress(kubus))
    return cijfers


def _shown(kubus: Kubus, hidden: frozenset[Cel]) -> dict[Cel, Getal]:
    return {cel: GEEN if cel in hidden else Getal(rounded(count)) for cel, count in kubus.waarden.items()}


def _flow(cijfers: Cijfers, instroom: Iterable[Instroom]) -> None:
    """What was submitted per gemeente and quarter; and what became of it, with those totals as they are."""
    rows = list(instroom)
    quarters = sorted({row.kwartaal for row in rows})
    where = plat(REGIO, cijfers.gemeenten)
    when = plat(cijfers.jaar.sleutel, [period.sleutel for period in quarters])
    if not quarters:
        return
    totals: Counter[Cel] = Counter()
    for row in rows:
        totals[row.gemeente, row.kwartaal.sleutel] += row.aantal
    kubus = Kubus((where, when), totals)
    hidden = suppress(kubus)
    cijfers.instroom = _shown(kubus, hidden)

    def part_of(kind: Callable[[Instroom], str], kinds: tuple[str, ...]) -> tuple[Kubus, Regels]:
        """One way to divide the casussen of each period; of the last kind the number is never shown."""
        counts: Counter[Cel] = Counter()
        for row in rows:
            counts[row.gemeente, kind(row), row.kwartaal.sleutel] += row.aantal
        part = Kubus((where, plat(TOTAAL, kinds), when), counts, _is_part)
        never = frozenset(cel for cel in part.waarden if cel[1] == kinds[-1])
        loose = frozenset(cel for cel in part.waarden if (cel[0], cel[2]) in hidden)
        return part, Regels(verborgen=never, vast=frozenset({1}), los=loose)

    part, regels = part_of(lambda row: JA if row.doorgezet else NEE, (JA, NEE))
    cijfers.doorgezet = _shown(part, suppress(part, regels))
    part, regels = part_of(lambda row: JA if row.teruggelegd else NEE, (JA, NEE))
    cijfers.teruggelegd = _shown(part, suppress(part, regels))
    cijfers.op_tijd = _shares(rows, where, when)


def _shares(rows: Iterable[Instroom], where: Boom, when: Boom) -> dict[Cel, Deel]:
    """Per gemeente and period the share that was answered in time. Where too few were late to tell: 'minstens'.

    Only the share is shown, to the nearest five per cent, and not of how many: so a visible count may be off by that much, and
    there is nothing to subtract but with that margin.
    """
    counts: dict[str, Counter[Cel]] = {OP_TIJD: Counter(), TE_LAAT: Counter()}
    for row in rows:
        if row.antwoord in counts:
            counts[row.antwoord][row.gemeente, row.kwartaal.sleutel] += row.aantal
    kubussen = {kind: Kubus((where, when), own) for kind, own in counts.items()}
    good, late = (kubus.waarden for kubus in kubussen.values())

    def speling(cel: Cel, aantal: int) -> tuple[int, int]:
        answered = good[cel] + late[cel]
        share = _to_five(100 * aantal / answered)
        low = answered * max(0.0, share - AFRONDING / 2) / 100
        high = answered * min(100.0, share + AFRONDING / 2) / 100
        return min(aantal, max(DREMPEL, ceil(low))), max(aantal, floor(high))

    hidden = {kind: suppress(kubus, Regels(speling=speling, nooit_alleen=False)) for kind, kubus in kubussen.items()}
    shares: dict[Cel, Deel] = {}
    for cel, count in good.items():
        if cel in hidden[OP_TIJD]:
            shares[cel] = Deel(None)
        elif cel not in hidden[TE_LAAT]:
            shares[cel] = Deel(_to_five(100 * count / (count + late[cel])))
        elif late[cel] < DREMPEL:
            least, _ = leeway(count)
            shares[cel] = Deel(int(100 * least / (least + DREMPEL - 1)) // AFRONDING * AFRONDING, minstens=True)
        else:
            shares[cel] = Deel(None)
    return shares


def _is_part(cel: Cel) -> bool:
    """The totals over what became of it are in the table of what was submitted."""
    return cel[1] != TOTAAL


def _present(cijfers: Cijfers, stand: Iterable[Stand]) -> None:
    """What runs now per wijkteam and phase, and what of it is late."""
    rows = list(stand)
    sizes: dict[str, Counter[int]] = {code: Counter() for code in cijfers.gemeenten}
    names: dict[int, str] = {}
    for row in rows:
        sizes[row.gemeente][row.wijkteam_id] += row.aantal
        names[row.wijkteam_id] = row.wijkteam
    parents: dict[str, str | None] = {REGIO: None, **dict.fromkeys(cijfers.gemeenten, REGIO)}
    row_of: dict[tuple[str, int], str] = {}
    for code, teams in sizes.items():
        merged = merge_small(teams)
        for team, into in merged.items():
            row_of[code, team] = f"{code}/{into}"
        shared = Counter(merged.values())
        cijfers.teams[code] = [
            (names[team] + (" en andere teams" if shared[team] > 1 else ""), f"{code}/{team}", shared[team] > 1)
            for team in sorted(set(merged.values()), key=lambda team: names[team])
        ]
        # A gemeente without any casus has one empty row: an empty sum is not a table.
        parents |= dict.fromkeys((key for _, key, _ in cijfers.teams[code]), code)
    counts: Counter[Cel] = Counter()
    late: Counter[Cel] = Counter()
    for row in rows:
        fase = FASE_VAN[row.status]
        counts[row_of[row.gemeente, row.wijkteam_id], fase] += row.aantal
        if fase != FASEN[-1].sleutel:
            late[row.gemeente, JA if row.te_laat else NEE] += row.aantal
    kubus = Kubus((Boom(parents), plat(TOTAAL, [fase.sleutel for fase in FASEN])), counts)
    hidden = suppress(kubus)
    cijfers.stand = _shown(kubus, hidden)
    part = Kubus((plat(REGIO, cijfers.gemeenten), plat(TOTAAL, (JA, NEE))), late, _is_part)
    running = Counter({code: late[code, JA] + late[code, NEE] for code in cijfers.gemeenten})
    running[REGIO] = sum(running.values())
    never = frozenset(cel for cel in part.waarden if cel[1] == NEE)
    loose = frozenset(cel for cel in part.waarden if (cel[0], TOTAAL) in hidden or running[cel[0]] < DREMPEL)
    cijfers.te_laat = _shown(part, suppress(part, Regels(verborgen=never, vast=frozenset({1}), los=loose)))
