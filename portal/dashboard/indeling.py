"""How the dashboard divides casussen: states into phases, time into fixed periods, teams into rows. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from casussen.keuzes import EINDSTATUSSEN, Status
from portal.dashboard.onderdrukking import DREMPEL


# --- States -----------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Fase:
    """Some states together: apart they would be too small to show."""

    sleutel: str
    naam: str
    statussen: tuple[Status, ...]

    @property
    def uitleg(self) -> str:
        return ", ".join(status.label for status in self.statussen)


FASEN = (
    Fase("wacht", "Wacht op reactie", (Status.AANGEMELD,)),
    Fase(
        "contact",
        "In gesprek",
        (Status.ONTVANGEN, Status.IN_BEHANDELING, Status.AANVULLING_GEVRAAGD, Status.TERUGGELEGD),
    ),
    Fase("plan", "Overleg en plan", (Status.MDO_GEPLAND, Status.PLAN_VASTGESTELD)),
    Fase("hulp", "Hulp loopt", (Status.IN_UITVOERING, Status.EVALUATIE)),
    Fase("klaar", "Klaar", EINDSTATUSSEN),
)
#: Not in any phase: a draft is not submitted, and what waits for a wijkteam is counted apart.
BUITEN = (Status.CONCEPT, Status.TE_ROUTEREN)
FASE_VAN: dict[str, str] = {status.value: fase.sleutel for fase in FASEN for status in fase.statussen}


# --- Periods ----------------------------------------------------------------------------------------------------
#: A school year starts in August; its quarters fill it exactly, so that no two periods differ by a piece of one.
EERSTE_MAAND = 8
KWARTALEN = ("aug–okt", "nov–jan", "feb–apr", "mei–jul")


@dataclass(frozen=True, slots=True, order=True)
class Periode:
    """A school year (`kwartaal` 0) or one of its four quarters. `van` is the first day, `tot` the first day after."""

    jaar: int
    kwartaal: int = 0

    @property
    def sleutel(self) -> str:
        """As in the URL: '2026-2027' or '2026-2027-k1'."""
        return f"{self.jaar}-{self.jaar + 1}" + (f"-k{self.kwartaal}" if self.kwartaal else "")

    @property
    def naam(self) -> str:
        if not self.kwartaal:
            return f"Schooljaar {self.jaar}-{self.jaar + 1}"
        year = self.van.year if self.kwartaal != 2 else f"{self.jaar}/{self.jaar + 1}"
        return f"{KWARTALEN[self.kwartaal - 1]} {year}"

    @property
    def van(self) -> date:
        return _month(self.jaar, 3 * max(0, self.kwartaal - 1))

    @property
    def tot(self) -> date:
        return _month(self.jaar, 3 * self.kwartaal if self.kwartaal else 12)

    @property
    def schooljaar(self) -> "Periode":
        return Periode(self.jaar)

    @property
    def kwartalen(self) -> tuple["Periode", ...]:
        return tuple(Periode(self.jaar, n) for n in range(1, 5))


def _month(jaar: int, na: int) -> date:
    """The first day, so many months after the start of the school year."""
    month = EERSTE_MAAND - 1 + na
    return date(jaar + month // 12, month % 12 + 1, 1)


def school_year(dag: date) -> Periode:
    return Periode(dag.year if dag.month >= EERSTE_MAAND else dag.year - 1)


def quarter(dag: date) -> Periode:
    year = school_year(dag)
    return next(period for period in year.kwartalen if period.van <= dag < period.tot)


def choices(eerste: date, vandaag: date) -> list[Periode]:
    """What can be chosen, the latest first: every school year since the first casus, with the quarters that have begun."""
    found: list[Periode] = []
    year = school_year(vandaag)
    while year.tot > eerste:
        found.append(year)
        found += [period for period in reversed(year.kwartalen) if period.van <= vandaag and period.tot > eerste]
        year = school_year(year.van - timedelta(days=1))
    return found


def parse_period(sleutel: str, keuzes: list[Periode]) -> Periode:
    """The period of a URL; anything else is the latest school year. Only what is offered can be asked."""
    return next((period for period in keuzes if period.sleutel == sleutel), keuzes[0])


# --- Rows -------------------------------------------------------------------------------------------------------
def merge_small(aantallen: Mapping[int, int]) -> dict[int, int]:
    """To which row each team belongs: teams that are too small to show go together, into the row of the largest of them.

    If together they are still too small, the smallest other team joins them.
    """
    order = sorted(aantallen, key=lambda team: (aantallen[team], team))
    together = [team for team in order if aantallen[team] < DREMPEL]
    rest = [team for team in order if aantallen[team] >= DREMPEL]
    while together and rest and sum(aantallen[team] for team in together) < DREMPEL:
        together.append(rest.pop(0))
    row = max(together, key=lambda team: (aantallen[team], -team)) if together else None
    return {team: row if row is not None and team in together else team for team in aantallen}
