"""Where a casus stands, in one line: who does what, and by when. The same line for screens, mails and the API."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from casussen.keuzes import EigenaarSoort, Status
from casussen.models import Casus, Termijn
from casussen.rules import VOLWASSEN, age_on
from casussen.woorden import short_day
from casussen.workflow import TERMIJNEN, step_in
from kern.klok import today
from scholen.sectoren import Sector, woorden


@dataclass(frozen=True, slots=True)
class VolgendeStap:
    """The next step: `wie` (a team or a role) does `wat`, by `uiterlijk`; `persoon` is the one who has it in hand.

    In an end state there is no owner (`eigenaar` None) and `wat` is the whole sentence.
    """

    eigenaar: EigenaarSoort | None
    wie: str
    wat: str
    persoon: str = ""
    uiterlijk: datetime | None = None
    termijn_soort: str = ""

    @property
    def zonder_namen(self) -> str:
        """'Wijkteam Schalkwijk neemt contact op met ouders': no persons, fit for a mail."""
        return f"{self.wie} {self.wat}".strip()

    def uiterlijk_tekst(self, dag: date) -> str:
        """'wo 9 dec'; with the year when that is another one."""
        if self.uiterlijk is None:
            return ""
        return short_day(self.uiterlijk, nu=dag)

    def tekst(self, dag: date) -> str:
        """'Wijkteam Schalkwijk neemt contact op met ouders, uiterlijk wo 9 dec (Wim Jansen)'."""
        due = f", uiterlijk {self.uiterlijk_tekst(dag)}" if self.uiterlijk else ""
        return f"{self.zonder_namen}{due}{f' ({self.persoon})' if self.persoon else ''}"


def next_step_of(
    casus: Casus, *, termijnen: Sequence[Termijn] | None = None, op: date | None = None, met_persoon: bool = True
) -> VolgendeStap:
    """The next step of a casus. Give the open `termijnen` when they are at hand: then there is no query.

    `met_persoon=False` leaves out who has it in hand, for whoever may not know or does not need to.
    """
    stap = step_in(Status(casus.status), school_reageerde=casus.school_reageerde, zonder_overleg=casus.zonder_overleg)
    if stap.eigenaar is None:
        return VolgendeStap(None, "", stap.volgende)
    if termijnen is None:
        running = Termijn.objects.filter(casus=casus, gesloten_op__isnull=True, los=False)
        termijnen = list(running.select_related("eigenaar_contactpersoon"))
    # A side state has a clock of its own; what waited before goes on beside it, and may be of the same owner.
    own = sorted(
        (t for t in termijnen if not t.los),
        key=lambda t: (t.eigenaar_soort != stap.eigenaar, t.soort != casus.status, t.vervalt_op),
    )
    termijn = own[0] if own else None
    regel = TERMIJNEN.get(termijn.soort) if termijn else None
    wat = stap.volwassen if stap.volwassen and is_adult(casus, op or today()) else stap.volgende
    return VolgendeStap(
        eigenaar=stap.eigenaar,
        wie=_who(casus, stap.eigenaar),
        wat=regel.volgende if regel and regel.volgende else wat,
        persoon=_person(casus, stap.eigenaar) if met_persoon else "",
        uiterlijk=termijn.vervalt_op if termijn else None,
        termijn_soort=termijn.soort if termijn else "",
    )


def is_adult(casus: Casus, op: date) -> bool:
    """A student of 18 or older speaks for themselves."""
    geboren = casus.leerling.geboortedatum if casus.leerling else None
    return age_on(geboren, op) >= VOLWASSEN if geboren else casus.sector == Sector.MBO


def _who(casus: Casus, eigenaar: EigenaarSoort) -> str:
    match eigenaar:
        case EigenaarSoort.WIJKTEAM:
            return str(casus.wijkteam) if casus.wijkteam else "Het wijkteam"
        case EigenaarSoort.SCHOOL:
            return f"De {woorden(casus.sector).zorgcoordinator}"
        case EigenaarSoort.REGIO:
            return "De regiocoördinator"
        case EigenaarSoort.AANBIEDER:
            return "De aanbieder"


def _person(casus: Casus, eigenaar: EigenaarSoort) -> str:
    match eigenaar:
        case EigenaarSoort.WIJKTEAM:
            person = casus.behandelaar or casus.aanspreekpunt
            return person.naam if person else ""
        case EigenaarSoort.SCHOOL:
            return str(casus.aangevraagd_door)
        case EigenaarSoort.REGIO | EigenaarSoort.AANBIEDER:
            return ""


def status_regel(casus: Casus, *, op: date | None = None) -> str:
    """'Wijkteam Schalkwijk neemt contact op met ouders, uiterlijk wo 9 dec (Wim Jansen)'."""
    day = op or today()
    return next_step_of(casus, op=day).tekst(day)
