"""docs/workflow.md, made from the workflow table: a diagram, every state with its owner, every step with its rules. Pure."""

from collections.abc import Iterable

from casussen.keuzes import EigenaarSoort, Status
from casussen.tabel import Anker, Bericht, Bevoegd, Doel, Regel, Richting, TermijnRegel
from casussen.workflow import BIJ_TEAM, EIGENAAR, HANDELINGEN, NA_REACTIE, OVERGANGEN, TERMIJNEN

_KOP = """# De workflow van een casus

<!-- Gemaakt met `manage.py workflow_diagram` uit casussen/workflow/. Verander de tabel, niet deze pagina. -->

Een casus is altijd van iemand: elke status heeft een eigenaar van de volgende stap.
"""
_EIGENAREN: dict[EigenaarSoort | None, str] = {
    EigenaarSoort.SCHOOL: "zorgcoördinator",
    EigenaarSoort.WIJKTEAM: "wijkteam",
    EigenaarSoort.REGIO: "regiocoördinator",
    EigenaarSoort.AANBIEDER: "aanbieder",
    None: "niemand",
}


def workflow_page() -> str:
    """The whole page."""
    parts = [_KOP, _diagram(), _states(), _steps("Stappen", OVERGANGEN), _steps("Wat verder kan", HANDELINGEN), _deadlines()]
    return "\n".join(part.strip("\n") + "\n" for part in parts)


def _diagram() -> str:
    """What holds in every state at the team is drawn once, from the box around them."""
    lines = ["```mermaid", "stateDiagram-v2", "    [*] --> concept", '    state "bij het wijkteam" as team {']
    inside = [
        f"        {edge}" for edge in _edges() if edge.split(" ")[0] in BIJ_TEAM and edge.split(" ")[2].rstrip(":") in BIJ_TEAM
    ]
    outside = [f"    {edge}" for edge in _edges() if f"        {edge}" not in inside]
    lines += [*inside, "    }", *outside]
    lines += [f"    {status} --> [*]" for status, stap in EIGENAAR.items() if stap.eigenaar is None]
    lines += ['    state "waar de casus was" as terug', "```"]
    return "\n".join(lines)


def _edges() -> list[str]:
    found: dict[tuple[str, str], list[str]] = {}
    for regel in OVERGANGEN:
        everywhere = set(BIJ_TEAM) <= set(regel.van)
        sources = ["team", *(van for van in regel.van if van not in BIJ_TEAM)] if everywhere else list(regel.van)
        for van in sources:
            for doel in regel.naar:
                naar = "terug" if doel.status is Richting.TERUG else str(doel.status)
                found.setdefault((van, naar), []).append(regel.actie)
    return [f"{van} --> {naar}: {', '.join(dict.fromkeys(acties))}" for (van, naar), acties in found.items()]


def _states() -> str:
    rows = [
        (status.label, _EIGENAREN[stap.eigenaar], stap.volgende, _steps_from(status))
        for status, stap in ((status, EIGENAAR[status]) for status in Status)
    ]
    for status, stap in NA_REACTIE.items():
        after = (f"{status.label}, na de reactie van de school", _EIGENAREN[stap.eigenaar], stap.volgende, _steps_from(status))
        rows.insert(list(Status).index(status) + 1, after)
    return f"## Statussen\n\n{_table(('status', 'eigenaar van de volgende stap', 'volgende stap', 'stappen'), rows)}"


def _steps_from(status: Status) -> str:
    return ", ".join(dict.fromkeys(regel.actie for regel in OVERGANGEN if status in regel.van)) or "geen"


def _steps(kop: str, regels: Iterable[Regel]) -> str:
    rows = [
        (
            regel.actie,
            ", ".join(van.label for van in regel.van),
            "<br>".join(_goal(doel) for doel in regel.naar),
            " of ".join(_who(bevoegd) for bevoegd in regel.wie),
            ", ".join((*regel.bij, *regel.voorwaarden, *regel.guards)) or "geen",
            "<br>".join(_deadline(termijn) for doel in regel.naar for termijn in doel.opent) or "geen",
            "<br>".join(dict.fromkeys(_told(bericht) for doel in regel.naar for bericht in doel.meldt)) or "niemand",
            "verplicht" if regel.terugkoppeling else "nee",
            ", ".join([*(f"zet {vlag.label}" for vlag in regel.zet), *(f"licht {vlag.label}" for vlag in regel.licht)]) or "geen",
        )
        for regel in regels
    ]
    head = ("stap", "van", "naar", "wie", "voorwaarden", "termijn die begint", "bericht aan", "terugkoppeling", "vlag")
    return f"## {kop}\n\n{_table(head, rows)}"


def _goal(doel: Doel) -> str:
    return doel.status.label if isinstance(doel.status, Status) else doel.status.value


def _who(bevoegd: Bevoegd) -> str:
    when = {"": "", "eerste": " (de eerste keer)", "volgende": " (daarna)"}[bevoegd.keer]
    return f"{bevoegd.rol.label}{when}"


def _told(bericht: Bericht) -> str:
    return bericht.aan.value + (f" (uit {', '.join(van.label for van in bericht.van)})" if bericht.van else "")


def _deadline(termijn: TermijnRegel) -> str:
    begin = {Anker.T0: "T0", Anker.NU: "nu", Anker.START: "start van de hulp"}[termijn.anker]
    return f"{termijn.wat}: {begin} + {_length(termijn)} ({_EIGENAREN[termijn.eigenaar]})"


def _length(termijn: TermijnRegel) -> str:
    unit = termijn.eenheid.value
    return f"1 {unit.removesuffix('en')}" if termijn.aantal == 1 else f"{termijn.aantal} {unit}"


def _deadlines() -> str:
    rows = [(soort, regel.wat, _length(regel), _EIGENAREN[regel.eigenaar]) for soort, regel in TERMIJNEN.items()]
    text = (
        "Een termijn is het laatste moment om een status te bereiken, of een zijstatus te verlaten. De dag van T0 is dag 0;\n"
        "een termijn loopt af om 17.00 uur. Een regio kan per soort een eigen lengte instellen."
    )
    return f"## Termijnen\n\n{text}\n\n{_table(('soort', 'wat', 'lengte', 'eigenaar'), rows)}"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)]) + "\n"
