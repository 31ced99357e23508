"""The screens as data: tiles, charts and tables of published figures. The files and the API are made of the same."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from portal.dashboard.indeling import Periode
from portal.dashboard.keuze import Deel, Keuze, choose, whole
from portal.dashboard.lezen import Boek, Opname
from portal.dashboard.maten import MATEN, STAND, STROOM, Maat, Waarde
from portal.dashboard.publicatie import week_name
from portal.dashboard.tegels import Tegel, has_figures, tiles, write_day
from portal.dashboard.tellen import REDENEN, REGIO, STAP, WAAR
from portal.grafiek import Grafiek, Norm, Reeks, Soort
from portal.uitvoer import VERBORGEN, Tabel

AFGEROND = "Aantallen zijn afgerond op vijf, percentages op vijf procent."
STREEP = "Een streepje: minder dan 10, of weggelaten omdat een ander getal dan te berekenen is."


@dataclass(slots=True)
class Blok:
    """A part of a page: a chart, or a table without one."""

    tabel: Tabel
    sleutel: str
    grafiek: Grafiek | None = None
    #: Name, explanation, cells as (head, text), and whether it is the sum of rows below it.
    rijen: list[tuple[str, str, list[tuple[str, str]], bool]] = field(default_factory=list)
    maten: tuple[Maat, ...] = ()


def stalls(boek: Boek) -> tuple[list[Tegel], list[Blok]]:
    """'Waar stokt het?': five numbers, then per team and week, then by wijk or school."""
    part = whole(boek.bereik)
    blocks = [block for block in (late_per_week(boek), late_where(boek)) if block]
    return tiles(boek, part), blocks


def late_per_week(boek: Boek) -> Blok | None:
    """Overdue casussen of each team (or school) over the weeks. Rows that never reach ten stand together under the chart."""
    blad = "school" if boek.bereik.blad == "school" else "team"
    weeks = boek.weken.get(blad, [])
    if not weeks:
        return None
    last = weeks[-1]
    top = REGIO if boek.bereik.soort == "regio" else f"T{boek.bereik.code}" if blad == "team" else boek.bereik.eenheid
    units = [top] + [unit for own in last.below(top) for unit in (own, *last.below(own))]
    rows = [(unit, [week.figure(unit, "te_laat") for week in weeks]) for unit in units]
    seen = [(unit, values) for unit, values in rows if unit == top or any(isinstance(n, int | float) for n in values)]
    rest = [last.namen[unit] for unit, values in rows if (unit, values) not in seen and not unit.startswith("geenteam")]
    notes = [AFGEROND, STREEP]
    if rest:
        notes.append(f"In geen enkele week genoeg om te tonen: {', '.join(rest)}.")
    what = "school" if blad == "school" else "wijkteam"
    chart = Grafiek(
        sleutel="te-laat-per-week",
        titel=f"Bij welk{'e' if what == 'school' else ''} {what} stokt het, week na week?",
        telt="Open casussen waarvan een termijn voorbij was, aan het begin van elke week.",
        soort=Soort.WARMTE,
        x=tuple(week_name(week.van) for week in weeks),
        x_naam=what.capitalize(),
        reeksen=tuple(Reeks(last.namen.get(unit, unit), tuple(values)) for unit, values in seen),
        eenheid="casussen",
        periode=f"{write_day(weeks[0].van)} tot en met {write_day(last.van)}",
        opmerkingen=tuple(notes),
    )
    return Blok(chart.tabel, chart.sleutel, chart)


def late_where(boek: Boek) -> Blok | None:
    """Open and overdue by wijk (for a verband: by school), of the latest week."""
    blad = boek.bereik.blad
    last = boek.stand(blad)
    if last is None or boek.bereik.soort == "school":
        return None
    if boek.bereik.soort == "regio":
        units = [unit for upper in last.below(REGIO) for unit in (upper, *last.below(upper))]
    else:
        units = [boek.bereik.eenheid, *last.below(boek.bereik.eenheid)]
    what = "School" if blad == "school" else "Gemeente en wijk"
    shown = [unit for unit in units if any(isinstance(last.figure(unit, m.sleutel), int | float) for m in STAND)]
    notes = [AFGEROND, STREEP]
    if len(shown) < len(units):
        kind = "scholen" if blad == "school" else "gemeenten en wijken"
        notes.append(f"Niet in de tabel: {len(units) - len(shown)} {kind} met te weinig casussen om iets van te tonen.")
    return _table(
        "te-laat-waar",
        "Waar wonen de leerlingen op wie gewacht wordt?" if blad == "wonen" else "Op welke school wordt gewacht?",
        last,
        shown,
        STAND,
        what,
        f"Stand op {write_day(last.van)}",
        notes,
    )


def figures(boek: Boek, keuze: Keuze) -> list[Blok]:
    """The page of figures: the choice beside the region, over time, where casussen are, and what it is divided into."""
    blocks: list[Blok | None] = []
    if keuze.periode:
        blocks.append(_beside(boek, keuze.deel, keuze.periode))
        blocks += _over_time(boek, keuze.deel)
    blocks += _divisions(boek, keuze.deel)
    if keuze.periode:
        blocks += _parts(boek, keuze.deel, keuze.periode)
        blocks += _reasons(boek, keuze.periode)
    blocks.append(_workload(boek, keuze.deel))
    return [block for block in blocks if block]


def _beside(boek: Boek, deel: Deel, periode: Periode) -> Blok | None:
    """All indicators of one period: the choice beside the region."""
    opname = boek.opname(periode, deel.blad)
    if opname is None:
        return None
    units = [deel.eenheid] if deel.eenheid == REGIO else [deel.eenheid, REGIO]
    heads = ("Indicator", *(opname.namen[unit] for unit in units), "Streven")
    rows, lines = [], []
    for maat in STROOM:
        target = boek.target(maat.streef, periode.van) if maat.streef else None
        goal = f"{'hoogstens' if maat.lager_is_beter else 'minstens'} {maat.write(target)}" if target is not None else "–"
        values = [opname.figure(unit, maat.sleutel) for unit in units]
        rows.append((maat.kop, *values, goal))
        lines.append((maat.naam, maat.telt, [*zip(heads[1:], (*(maat.write(v) for v in values), goal), strict=True)], False))
    title = "Wat kwam er binnen, en hoe ging het verder?"
    return Blok(
        Tabel(title, heads, tuple(rows), periode.naam, "Zie de uitleg bij elke rij.", (AFGEROND, STREEP)),
        "indicatoren",
        rijen=lines,
    )


def _over_time(boek: Boek, deel: Deel) -> list[Blok]:
    """Share on time and medians over the published periods, with the target as a line."""
    periods = [one for one in boek.kwartalen if has_figures(boek, one, deel)] or [
        one for one in boek.jaren if has_figures(boek, one, deel)
    ]
    if not periods:
        return []
    questions = (
        ("instroom", "Hoeveel casussen worden aangemeld?"),
        ("reactie_op_tijd", "Krijgen scholen op tijd antwoord?"),
        ("reactie_mediaan", "Hoe snel krijgen scholen antwoord?"),
        ("hulp_mediaan", "Hoe lang duurt het tot de hulp begint?"),
        ("hulp_op_tijd", "Begint de hulp op tijd?"),
    )
    return [_line(boek, MATEN[name], title, deel, periods) for name, title in questions]


def _line(boek: Boek, maat: Maat, titel: str, deel: Deel, periods: list[Periode]) -> Blok:
    units = [deel.eenheid] if deel.eenheid == REGIO or maat.eenheid == "casussen" else [deel.eenheid, REGIO]
    tables = [opname for one in periods if (opname := boek.opname(one, deel.blad))]
    target = boek.target(maat.streef, periods[-1].van) if maat.streef else None
    chart = Grafiek(
        sleutel=f"{maat.sleutel.replace('_', '-')}-door-de-tijd",
        titel=titel,
        telt=maat.telt,
        soort=Soort.STAVEN if maat.eenheid == "casussen" else Soort.LIJNEN,
        x=tuple(one.naam for one in periods),
        x_naam="Kwartaal" if periods[0].kwartaal else "Schooljaar",
        reeksen=tuple(
            Reeks(tables[-1].namen[unit], tuple(table.figure(unit, maat.sleutel) for table in tables)) for unit in units
        ),
        eenheid=maat.eenheid,
        decimalen=1 if maat.eenheid == "werkdagen" else 0,
        norm=Norm(target, f"streven: {maat.write(target)}") if target is not None else None,
        opmerkingen=(AFGEROND, STREEP) if maat.eenheid in {"casussen", "%"} else (STREEP,),
    )
    return Blok(chart.tabel, chart.sleutel, chart)


def _divisions(boek: Boek, deel: Deel) -> list[Blok]:
    """Where the open casussen are and who has to act; and which step is late."""
    last = boek.stand(deel.blad)
    if last is None:
        return []
    made = []
    questions = (
        ("waar", "Op wie wachten de open casussen?", "Open casussen, naar waar zij zijn en wie aan zet is."),
        ("stap", "Welke stap is te laat, en van wie?", "Casussen die te laat zijn, naar de stap die het langst te laat is."),
    )
    for name, title, counts in questions:
        words = STAP if name == "stap" else {key: naam for key, (naam, _) in WAAR.items()}
        columns = last.division(name, deel.eenheid)
        if columns and any(n is not VERBORGEN for _, n in columns):
            made.append(_bars(f"stand-{name}", title, counts, last, deel, [(_together(keys, words), n) for keys, n in columns]))
    return made


def _together(keys: list[str], words: dict[str, str]) -> str:
    """'Overleg plannen (wijkteam) / hulp evalueren (wijkteam)'."""
    return " / ".join(words.get(key, key) for key in keys)


def _bars(  # noqa: PLR0917  (a chart has that many sides)
    sleutel: str, titel: str, telt: str, opname: Opname, deel: Deel, bars: list[tuple[str, Waarde]]
) -> Blok:
    chart = Grafiek(
        sleutel=sleutel,
        titel=titel,
        telt=telt,
        soort=Soort.STAVEN,
        liggend=True,
        x=tuple(naam for naam, _ in bars),
        x_naam="Casus" if sleutel == "stand-waar" else "Stap",
        reeksen=(Reeks(opname.namen[deel.eenheid], tuple(n for _, n in bars)),),
        eenheid="casussen",
        periode=f"Stand op {write_day(opname.van)}",
        opmerkingen=(AFGEROND, STREEP, "Wat voor de hele regio te weinig is, staat samen in één staaf."),
    )
    return Blok(chart.tabel, sleutel, chart)


#: What the region is divided into, each as a table of its own.
SNEDEN = (("wonen", "Gemeente"), ("school", "Samenwerkingsverband"), ("sector", "Sector"), ("team", "Wijkteams"))


def _parts(boek: Boek, deel: Deel, periode: Periode) -> list[Blok]:
    """The indicators of the parts of the choice."""
    cuts = SNEDEN if deel.eenheid == REGIO else ((deel.blad, {"wonen": "Wijk", "school": "School"}.get(deel.blad, "Deel")),)
    made = []
    for blad, what in cuts:
        opname = boek.opname(periode, blad)
        if opname is None:
            continue
        units = opname.below(deel.eenheid)
        if deel.eenheid == REGIO and not periode.kwartaal and blad in {"team", "school"}:
            units = [unit for upper in units for unit in (upper, *opname.below(upper))]
        if units:
            made.append(
                _table(
                    f"per-{blad}",
                    f"Hoe verschilt het per {what.lower()}?",
                    opname,
                    [deel.eenheid, *units],
                    STROOM,
                    what,
                    periode.naam,
                    [AFGEROND, STREEP],
                )
            )
    return made


def _table(  # noqa: PLR0917  (a table has that many sides)
    sleutel: str,
    titel: str,
    opname: Opname,
    units: Iterable[str],
    maten: tuple[Maat, ...],
    kop: str,
    periode: str,
    notes: list[str],
) -> Blok:
    heads = (kop, *(maat.kop for maat in maten))
    rows, lines = [], []
    for unit in units:
        values = [opname.figure(unit, maat.sleutel) for maat in maten]
        rows.append((opname.namen[unit], *values))
        lines.append(
            (
                opname.namen[unit],
                "",
                [(maat.kop, _bare(maat, v)) for maat, v in zip(maten, values, strict=True)],
                bool(opname.below(unit)),
            )
        )
    counts = " ".join(f"{maat.naam}: {maat.telt[:1].lower()}{maat.telt[1:]}" for maat in maten)
    return Blok(Tabel(titel, heads, tuple(rows), periode, counts, tuple(notes)), sleutel, rijen=lines, maten=maten)


def _bare(maat: Maat, waarde: Waarde) -> str:
    """In a column whose head names the unit."""
    text = maat.write(waarde)
    return text.split(" ")[0] if maat.eenheid in {"werkdagen", "dagen"} and waarde is not None else text


def _reasons(boek: Boek, periode: Periode) -> list[Blok]:
    """Why casussen were sent on and returned; of the whole region and of whole school years only."""
    year = boek.opname(periode.schooljaar, boek.bereik.blad) or (
        boek.opname(boek.jaren[-1], boek.bereik.blad) if boek.jaren else None
    )
    if year is None:
        return []
    made = []
    for wat, title in (
        ("doorgezet", "Waarom worden casussen doorgezet?"),
        ("teruggelegd", "Waarom gaan casussen terug naar school?"),
    ):
        columns = year.division(wat, REGIO)
        if not columns:
            continue
        chart = Grafiek(
            sleutel=f"redenen-{wat}",
            titel=title,
            telt="Casussen van de hele regio, naar de reden van de eerste keer.",
            soort=Soort.STAVEN,
            liggend=True,
            x=tuple(_together(keys, REDENEN[wat]) for keys, _ in columns),
            x_naam="Reden",
            reeksen=(Reeks("De hele regio", tuple(n for _, n in columns)),),
            eenheid="casussen",
            periode=f"Schooljaar {year.periode}",
            opmerkingen=(
                AFGEROND,
                "Redenen die te weinig voorkomen staan samen in één staaf. Per kwartaal zijn het er te weinig.",
            ),
        )
        made.append(Blok(chart.tabel, chart.sleutel, chart))
    return made


def _workload(boek: Boek, deel: Deel) -> Blok | None:
    """What every team has in hand."""
    last = boek.stand("team")
    if last is None or deel.blad not in {"wonen", "team"} or (deel.filter and deel.filter != "gemeente"):
        return None
    tops = [unit for unit in last.below(REGIO) if boek.bereik.soort == "regio" and not deel.filter] or [f"T{deel.eenheid}"]
    units = [unit for top in tops if top in last.cijfers for unit in (top, *last.below(top)) if not unit.startswith("geenteam")]
    if not units:
        return None
    return _table(
        "per-team-nu",
        "Hoeveel werk heeft elk wijkteam?",
        last,
        units,
        STAND,
        "Wijkteam",
        f"Stand op {write_day(last.van)}",
        [AFGEROND, STREEP],
    )


def all_blocks(boek: Boek, gevraagd: dict[str, str]) -> dict[str, Blok]:
    """Every block of both screens by its key: what can be downloaded."""
    return {block.sleutel: block for block in (*stalls(boek)[1], *figures(boek, choose(boek, gevraagd)))}


def made_on(boek: Boek) -> date | None:
    weeks = next(iter(boek.weken.values()), [])
    return weeks[-1].van if weeks else None
