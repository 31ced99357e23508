"""Walk the workflow table in memory, for one invented casus: what the machine would have written, without a database.

The table says which state follows, which termijnen end and begin, and where feedback is due; the ladder which reminders came.
What steps write of their own (`casussen.actions.effecten`) is repeated here in plain fields.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from casussen.actions.klokken import VERVALLEN, is_met
from casussen.actions.termijnen import GEHAALD, TE_LAAT_GEHAALD
from casussen.kalender import school_deadline
from casussen.keuzes import EINDSTATUSSEN, WACHTSTATUSSEN, EigenaarSoort, Status
from casussen.ladder import Trede, due_treden, first_trede
from casussen.tabel import Anker, Eenheid, Regel, Richting, TermijnRegel
from casussen.workflow import NA_REACTIE, TEAM_WERKT, TERMIJNEN, TERUGKOPPELEN, rule_for
from kern.kalender import Werkkalender
from kern.klok import AMSTERDAM
from scholen.vakanties import Periode
from toegang.rollen import rol

#: Where feedback is due again after it was given.


@dataclass(frozen=True, slots=True)
class Wie:
    """Someone who takes a step."""

    user_id: int
    naam: str
    rol: str


@dataclass(frozen=True, slots=True)
class Persoon:
    """A contact person of a team: the row, and the account that goes with it."""

    id: int
    user_id: int
    naam: str
    rol: str

    @property
    def wie(self) -> Wie:
        return Wie(self.user_id, self.naam, self.rol)


@dataclass(slots=True)
class Overgang:
    actie: str
    ronde: int
    van: Status
    naar: Status
    door: Wie
    op: datetime
    van_team: int | None
    naar_team: int | None
    tekst: Mapping[str, str]
    versie: int
    bij: Persoon | None  # who of the team has it in hand after this step
    terugkoppeling: tuple[str, str, str] | None


@dataclass(slots=True)
class Periode_:  # noqa: N801  (a Statusperiode; Periode is a school holiday)
    ronde: int
    status: Status
    van: datetime
    tot: datetime | None = None


@dataclass(slots=True)
class Termijn:
    regel: TermijnRegel
    ronde: int
    begint_op: datetime
    vervalt_op: datetime
    opened: datetime
    team: int | None
    contactpersoon: int | None
    user: int | None
    gesloten_op: datetime | None = None
    gesloten_om: str = ""


@dataclass(slots=True)
class Vraag:
    tekst: str
    antwoord: str
    door: int
    op: datetime
    beantwoord_door: int | None = None
    beantwoord_op: datetime | None = None
    vervallen_op: datetime | None = None


@dataclass(frozen=True, slots=True)
class Omgeving:
    """What all casussen share."""

    kalender: Werkkalender
    vakanties: Sequence[Periode]


@dataclass(slots=True)
class Lus:
    """One casus on its way round."""

    omgeving: Omgeving
    zc: Wie
    aangemaakt: datetime
    dringend: bool = False
    status: Status = Status.CONCEPT
    sinds: datetime = field(init=False)
    ronde: int = 1
    t0: datetime | None = None
    versie: int = 0
    team: int | None = None
    aanspreekpunt: Persoon | None = None
    behandelaar: Persoon | None = None
    eerste_reactie_op: datetime | None = None
    hulp_gestart_op: date | None = None
    afgesloten_op: datetime | None = None
    overgangen: list[Overgang] = field(default_factory=list)
    periodes: list[Periode_] = field(default_factory=list)
    termijnen: list[Termijn] = field(default_factory=list)
    vragen: list[Vraag] = field(default_factory=list)
    school_reageerde: bool = False

    def __post_init__(self) -> None:
        self.sinds = self.aangemaakt
        self.periodes.append(Periode_(self.ronde, self.status, self.aangemaakt))

    # --- Taking a step ----------------------------------------------------------------------------------------------
    def take(
        self,
        actie: str,
        op: datetime,
        door: Wie,
        *,
        naar: Status | None = None,
        krijgt: tuple[int | None, Persoon | None] | None = None,
        tekst: Mapping[str, str] | None = None,
        terugkoppeling: tuple[str, str, str] | None = None,
    ) -> Overgang:
        """Take a step of the table. `naar` chooses where a row has more than one destination; `krijgt` is the team (and its
        contact person) that gets the casus by this step, or nobody.
        """
        regel = rule_for(actie, self.status)
        if regel is None:
            raise ValueError(f"{actie} kan niet vanuit {self.status}.")
        van, van_team = self.status, self.team
        doel = regel.doelen[naar] if naar else regel.naar[0]
        if krijgt is not None:
            (self.team, self.aanspreekpunt), self.behandelaar = krijgt, None
        self._effect(actie, op)
        arrives = self._destination(doel.status)
        if arrives == Status.AANGEMELD and self.t0 is None:
            self.t0 = op
        self.versie += 1
        if doel.status is not Richting.BLIJFT:  # also on to another team, in the same state
            self.periodes[-1].tot = op
            self.periodes.append(Periode_(self.ronde, arrives, op))
            self.status, self.sinds = arrives, op
            if arrives not in WACHTSTATUSSEN and not (doel.status is Richting.TERUG and arrives in NA_REACTIE):
                self.school_reageerde = False
        if doel.status is not Richting.BLIJFT or regel.sluit not in {None, "alle"}:
            self._close(regel, van, arrives, door, op)
        self._close_loose(regel, arrives, van_team, op)
        for termijn in doel.opent:
            self._open(termijn, op)
        if regel.terugkoppeling and arrives in TEAM_WERKT:
            self._end([TERUGKOPPELEN.soort], op, met=True)
            self._open(TERUGKOPPELEN, op)
        step = Overgang(
            actie=actie, ronde=self.ronde, van=van, naar=arrives, door=door, op=op, van_team=van_team, naar_team=self.team,
            tekst=tekst or {}, versie=self.versie, bij=self.behandelaar or self.aanspreekpunt,
            terugkoppeling=terugkoppeling if regel.terugkoppeling else None,
        )  # fmt: skip
        self.overgangen.append(step)
        return step

    @property
    def bij_team(self) -> int:
        """The team that has it; for steps that only a team can take."""
        if self.team is None:
            raise ValueError("Deze casus is nog bij geen team.")
        return self.team

    def ask(self, tekst: str, antwoord: str, door: Wie, op: datetime) -> None:
        self.vragen.append(Vraag(tekst, antwoord, door.user_id, op))
        self.take("vragen", op, door)

    def answer(self, op: datetime) -> None:
        self.vragen[-1].beantwoord_door, self.vragen[-1].beantwoord_op = self.zc.user_id, op
        self.take("beantwoorden", op, self.zc)

    def _destination(self, status: Status | Richting) -> Status:
        if status is Richting.TERUG:
            return next(step.van for step in reversed(self.overgangen) if step.naar == self.status != step.van)
        if isinstance(status, Richting):
            return self.status
        return status

    def _effect(self, actie: str, op: datetime) -> None:
        if actie == "ontvangen":
            self.eerste_reactie_op = self.eerste_reactie_op or op
        elif actie == "afsluiten":
            self.afgesloten_op = op
        elif actie == "uitvoeren" and self.hulp_gestart_op is None:
            self.hulp_gestart_op = op.date()
        elif actie == "reageren":
            self.school_reageerde = True
        elif actie == "heropenen":
            self.ronde += 1
            self.t0 = self.eerste_reactie_op = self.afgesloten_op = self.hulp_gestart_op = None
            self.behandelaar = None
        if actie in {"doorzetten", "terugleggen", "intrekken"} and self.vragen and self.vragen[-1].beantwoord_op is None:
            self.vragen[-1].vervallen_op = self.vragen[-1].vervallen_op or op

    def also_opens(self, regel: TermijnRegel, op: datetime) -> None:
        """A termijn that begins besides those of the row."""
        self._open(regel, op)

    def end_loose(self, soorten: Iterable[str], op: datetime) -> None:
        """These were met by something that is no step of the table."""
        self._end(soorten, op, met=True)

    # --- Clocks -----------------------------------------------------------------------------------------------------
    def _open(self, regel: TermijnRegel, op: datetime) -> None:
        due = self._due(regel, op)
        user = contact = None
        if regel.eigenaar == EigenaarSoort.SCHOOL:
            user = self.zc.user_id
            if not self.dringend:
                due = school_deadline(due, begint_op=op, vakanties=self.omgeving.vakanties, kalender=self.omgeving.kalender)
        elif regel.eigenaar == EigenaarSoort.WIJKTEAM:
            person = self.behandelaar or self.aanspreekpunt
            if person is not None:
                contact, user = person.id, person.user_id
        if regel.los:
            self._end([regel.soort], op, met=False)
        team = self.team if regel.eigenaar == EigenaarSoort.WIJKTEAM else None
        self.termijnen.append(Termijn(regel, self.ronde, min(op, due), due, op, team, contact, user))

    def _due(self, regel: TermijnRegel, op: datetime) -> datetime:
        begin = op
        if regel.anker is Anker.T0 and self.t0 is not None:
            begin = self.t0
        elif regel.anker is Anker.START and self.hulp_gestart_op is not None:
            begin = datetime.combine(self.hulp_gestart_op, time(12, 0), tzinfo=AMSTERDAM)
        kalender = self.omgeving.kalender
        if regel.eenheid is Eenheid.WERKDAGEN:
            return kalender.deadline(begin, regel.aantal)
        return kalender.deadline_dagen(begin, regel.aantal * (7 if regel.eenheid is Eenheid.WEKEN else 1))

    def _close_loose(self, regel: Regel, naar: Status, van_team: int | None, op: datetime) -> None:
        """What is not tied to a state: its own step ends it, or the end of the casus, or that the casus leaves the team."""
        self._end(regel.sluit_los, op, met=True)
        if naar in EINDSTATUSSEN:
            self._end([t.regel.soort for t in self.termijnen if t.regel.los], op, met=False)
        elif naar == Status.TERUGGELEGD or (van_team is not None and self.team != van_team):
            own = [t.regel.soort for t in self.termijnen if t.regel.los and t.regel.eigenaar == EigenaarSoort.WIJKTEAM]
            self._end(own, op, met=False)

    def _end(self, soorten: Iterable[str], op: datetime, *, met: bool) -> None:
        wanted = set(soorten)
        for termijn in self.termijnen:
            if termijn.gesloten_op is None and termijn.regel.soort in wanted:
                how = (TE_LAAT_GEHAALD if termijn.vervalt_op < op else GEHAALD) if met else VERVALLEN
                termijn.gesloten_op, termijn.gesloten_om = op, how

    def _close(self, regel: Regel, van: Status, naar: Status, door: Wie, op: datetime) -> None:
        for termijn in self.termijnen:
            soort = termijn.regel.soort
            if termijn.regel.los or termijn.gesloten_op is not None or regel.sluit not in {"alle", soort}:
                continue
            met = is_met(TERMIJNEN[soort], van=van, naar=naar, door=rol(door.rol).soort or "", sluit=regel.sluit)
            how = (TE_LAAT_GEHAALD if termijn.vervalt_op < op else GEHAALD) if met else VERVALLEN
            termijn.gesloten_op, termijn.gesloten_om = op, how

    def reminders(self, termijn: Termijn, tot: datetime) -> tuple[list[Trede], Trede]:
        """The steps of the ladder that were due on it by `tot` (or until it closed), and the one that waits."""
        kalender = self.omgeving.kalender
        start = first_trede(op=termijn.opened, vervalt_op=termijn.vervalt_op, kalender=kalender)
        until = tot if termijn.gesloten_op is None else min(tot, termijn.gesloten_op)
        return due_treden(volgende_stap=start.stap, vervalt_op=termijn.vervalt_op, now=until, kalender=kalender)
