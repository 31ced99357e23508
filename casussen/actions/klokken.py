"""What a step does to the termijnen of a casus, as the workflow table says."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, time

from casussen.actions.termijnen import GEHAALD, close_termijnen, open_termijn
from casussen.kalender import kalender_of
from casussen.keuzes import EINDSTATUSSEN, EigenaarSoort, Status
from casussen.models import Casus, Termijn, TermijnInstelling
from casussen.tabel import Anker, Eenheid, TermijnRegel
from casussen.workflow import TERMIJNEN, VAN_EEN_VLAG
from casussen.workflow.termijnen import PLAN
from gebieden.models import Regio
from kern.kalender import end_of_office_day
from kern.klok import AMSTERDAM, local_date

VERVALLEN = "vervallen"


def close_for(casus: Casus, *, van: Status, naar: Status, sluit: str | None, door: str, op: datetime) -> None:
    """End the termijnen this step ends, taken by `door` (school, wijkteam or regio). Loose ones end with the casus, and those of
    a team when it returns the casus; to another team they go along (`casussen.actions.einde.leave_team`)."""
    if naar in EINDSTATUSSEN:
        close_termijnen(casus=casus, soorten=None, om=VERVALLEN, op=op, los=True)
    elif naar == Status.TERUGGELEGD:
        close_termijnen(
            casus=casus, soorten=None, om=VERVALLEN, op=op, los=True, taak__isnull=True, eigenaar_soort=EigenaarSoort.WIJKTEAM
        )
    if sluit is None:
        return
    running = Termijn.objects.filter(casus=casus, gesloten_op__isnull=True, los=False)
    soorten = list(running.values_list("soort", flat=True))
    for soort in soorten if sluit == "alle" else [s for s in soorten if s == sluit]:
        met = is_met(TERMIJNEN.get(soort), van=van, naar=naar, door=door, sluit=sluit)
        close_termijnen(casus=casus, soorten=[soort], om=GEHAALD if met else VERVALLEN, op=op)


def end_loose(casus: Casus, soorten: Collection[str], *, op: datetime) -> None:
    """These loose termijnen were met by a step of their own."""
    if soorten:
        close_termijnen(casus=casus, soorten=soorten, om=GEHAALD, op=op, los=True)


def restart(regel: TermijnRegel, casus: Casus, *, op: datetime) -> None:
    """Count a loose termijn anew from now: what it asks for was just done."""
    end_loose(casus, [regel.soort], op=op)
    open_for(casus, [regel], op=op)


def is_met(regel: TermijnRegel | None, *, van: Status, naar: Status, door: str, sluit: str) -> bool:
    """The state was reached, or its owner took the casus out of the side state or took the very step that this clock asked for
    (the one it is named by in the row: `sluit`); otherwise the termijn lapses."""
    if regel is None:
        return False
    return regel.doel == naar or (regel.eigenaar == door and (regel.doel == van or regel.soort == sluit))


def open_for(
    casus: Casus, regels: Iterable[TermijnRegel], *, op: datetime, dag: date | None = None, eigenaar_id: int | None = None
) -> None:
    """Start the termijnen of the state that was reached: on the day that was chosen, or when the table says."""
    for regel in regels:
        if regel.los:  # one of a kind: what still ran counts from now
            close_termijnen(casus=casus, soorten=[regel.soort], om=VERVALLEN, op=op, taak__isnull=True, inzet__isnull=True)
        vervalt_op = end_of_office_day(dag) if dag is not None else due_at(regel, casus=casus, op=op)
        open_termijn(
            casus=casus,
            soort=regel.soort,
            eigenaar_soort=regel.eigenaar,
            vervalt_op=vervalt_op,
            op=op,
            eigenaar_user_id=eigenaar_id,
            los=regel.los,
        )


def open_for_flags(casus: Casus, *, op: datetime) -> None:
    """A team gets the casus: what its flags ask for is asked anew, of what does not run any more."""
    wanted = [regel for vlag, regel in VAN_EEN_VLAG.items() if getattr(casus, vlag.value)]
    if wanted:
        running = set(Termijn.objects.filter(casus=casus, gesloten_op__isnull=True, los=True).values_list("soort", flat=True))
        open_for(casus, [regel for regel in wanted if regel.soort not in running], op=op)


def due_at(regel: TermijnRegel, *, casus: Casus, op: datetime) -> datetime:
    """When this termijn is due: by the table, or by the region's own setting."""
    aantal, eenheid = length_of(regel, casus.regio)
    kalender = kalender_of(casus.regio)
    begin = _anchor(regel.anker, casus, op)
    match eenheid:
        case Eenheid.WERKDAGEN:
            return kalender.deadline(begin, aantal)
        case Eenheid.DAGEN:
            return kalender.deadline_dagen(begin, aantal)
        case Eenheid.WEKEN:
            return kalender.deadline_dagen(begin, aantal * 7)


def overleg_wanted_by(casus: Casus, *, op: datetime) -> date | None:
    """The day on which there must be a plan: the overleg comes before it. None once there is one, or when it is too late."""
    due: datetime | None = None
    if casus.status == Status.IN_BEHANDELING:
        due = due_at(PLAN, casus=casus, op=op)
    elif casus.status == Status.MDO_GEPLAND:
        running = Termijn.objects.filter(casus=casus, soort=PLAN.soort, gesloten_op__isnull=True)
        due = running.values_list("vervalt_op", flat=True).first()
    return local_date(due) if due is not None and due > op else None


def length_of(regel: TermijnRegel, regio: Regio) -> tuple[int, Eenheid]:
    own = TermijnInstelling.objects.filter(regio=regio, soort=regel.soort).values_list("aantal", "eenheid").first()
    return (own[0], Eenheid(own[1])) if own else (regel.aantal, regel.eenheid)


def _anchor(anker: Anker, casus: Casus, op: datetime) -> datetime:
    if anker is Anker.T0 and casus.t0 is not None:
        return casus.t0
    if anker is Anker.START and casus.hulp_gestart_op is not None:
        return datetime.combine(casus.hulp_gestart_op, time(12, 0), tzinfo=AMSTERDAM)
    return op
