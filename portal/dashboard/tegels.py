"""The five numbers on top of the figures, each with its target and its trend."""

from dataclasses import dataclass
from datetime import date

from portal.dashboard.indeling import Periode
from portal.dashboard.keuze import Deel
from portal.dashboard.lezen import Boek
from portal.dashboard.maten import MATEN, Maat, Waarde
from portal.rules import MAANDEN


def write_day(day: date) -> str:
    """'16 nov 2026'."""
    return f"{day.day} {MAANDEN[day.month - 1]} {day.year}"


#: How many weeks back the trend of a stock looks.
TERUG = 4


@dataclass(frozen=True, slots=True)
class Tegel:
    """A figure with its norm and its trend."""

    maat: Maat
    waarde: Waarde
    wanneer: str
    bij: str = ""
    doel: float | None = None
    eerder: Waarde = None
    eerder_naam: str = ""

    @property
    def getal(self) -> str:
        return self.maat.write(self.waarde)

    @property
    def haalt(self) -> bool | None:
        return self.maat.meets(self.waarde, self.doel)

    @property
    def norm(self) -> str:
        if self.doel is None:
            return ""
        return f"streven: {'hoogstens' if self.maat.lager_is_beter else 'minstens'} {self.maat.write(self.doel)}"

    @property
    def richting(self) -> str:
        """Icon of the trend: 'omhoog', 'omlaag' or 'gelijk'; '' when it cannot be said."""
        if not isinstance(self.waarde, int | float) or not isinstance(self.eerder, int | float):
            return ""
        return "gelijk" if self.waarde == self.eerder else "omhoog" if self.waarde > self.eerder else "omlaag"

    @property
    def trend(self) -> str:
        return f"{self.eerder_naam}: {self.maat.write(self.eerder)}" if self.richting else ""


def tiles(boek: Boek, deel: Deel) -> list[Tegel]:
    """Five numbers: two of the stock, three of the latest period."""
    found = []
    weeks = boek.weken.get(deel.blad, [])
    if weeks:
        last, before = weeks[-1], weeks[max(0, len(weeks) - 1 - TERUG)]
        when = f"Op {write_day(last.van)}"
        then = f"op {write_day(before.van)}"
        late = last.figure(deel.eenheid, "te_laat")
        share = Tegel(
            MATEN["te_laat_deel"],
            last.figure(deel.eenheid, "te_laat_deel"),
            when,
            f"{MATEN['te_laat'].write(late)} van {MATEN['open'].write(last.figure(deel.eenheid, 'open'))} open casussen.",
            boek.target("te_laat", last.van),
            before.figure(deel.eenheid, "te_laat_deel"),
            then,
        )
        stock = Tegel(MATEN["open"], last.figure(deel.eenheid, "open"), when, "", None, before.figure(deel.eenheid, "open"), then)
        found += [share, stock]
    periods = [one for one in boek.kwartalen if has_figures(boek, one, deel)] or [
        one for one in boek.jaren if has_figures(boek, one, deel)
    ]
    if periods:
        latest, earlier = periods[-1], periods[-2] if len(periods) > 1 else None
        for name in ("reactie_op_tijd", "hulp_mediaan", "doorgezet_deel"):
            found.append(_tile(boek, MATEN[name], deel, latest, earlier))
    return found


def has_figures(boek: Boek, periode: Periode, deel: Deel) -> bool:
    opname = boek.opname(periode, deel.blad)
    return opname is not None and deel.eenheid in opname.cijfers


def _tile(boek: Boek, maat: Maat, deel: Deel, periode: Periode, eerder: Periode | None) -> Tegel:
    opname = boek.opname(periode, deel.blad)
    before = boek.opname(eerder, deel.blad) if eerder else None
    extra = ""
    if maat.sleutel == "doorgezet_deel" and opname:
        extra = f"Niet ons gebied: {MATEN['niet_ons_gebied'].write(opname.figure(deel.eenheid, 'niet_ons_gebied'))}."
    if maat.sleutel == "hulp_mediaan" and opname:
        extra = f"Op tijd: {MATEN['hulp_op_tijd'].write(opname.figure(deel.eenheid, 'hulp_op_tijd'))}."
    if maat.sleutel == "reactie_op_tijd" and opname:
        extra = f"De helft binnen {MATEN['reactie_mediaan'].write(opname.figure(deel.eenheid, 'reactie_mediaan'))}."
    return Tegel(
        maat,
        opname.figure(deel.eenheid, maat.sleutel) if opname else None,
        periode.naam,
        extra,
        boek.target(maat.streef, periode.van) if maat.streef else None,
        before.figure(deel.eenheid, maat.sleutel) if before else None,
        eerder.naam if eerder else "",
    )
