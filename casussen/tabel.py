"""The shapes of the workflow table: what a row, a destination, a termijn and a notification are made of."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from casussen.keuzes import EigenaarSoort, Status, Vlag
from casussen.ladder import REGIO
from casussen.velden import Veld
from kern.kijker import Rol


class Anker(StrEnum):
    """From which moment a termijn counts."""

    T0 = "T0"
    NU = "nu"
    START = "start"  # the day on which the help really started


class Eenheid(StrEnum):
    WERKDAGEN = "werkdagen"
    DAGEN = "dagen"
    WEKEN = "weken"


class Richting(StrEnum):
    """A destination that depends on where the casus is."""

    TERUG = "terug naar waar de casus was"
    BLIJFT = "blijft waar de casus is"


class Publiek(StrEnum):
    """Who is told. The one who took the step is not told what they just did."""

    ZC = "zorgcoördinator"
    TEAM = "wijkteam"
    VORIG_TEAM = "wijkteam dat de casus had"
    REGIO = "regiocoördinator"
    COORDINATOR = "coördinator van het wijkteam"
    AANBIEDER = "aanbieders met wie de casus is gedeeld"
    LEERPLICHT = "leerplicht, als de casus daarmee is gedeeld"


@dataclass(frozen=True, slots=True)
class Bevoegd:
    """A role that may take a step, for the organisation the casus belongs to. `keer`: only the first time, or only after that."""

    rol: Rol
    keer: Literal["", "eerste", "volgende"] = ""


@dataclass(frozen=True, slots=True)
class TermijnRegel:
    """A deadline: `soort` is the state to reach, or the side state to leave. A region may set its own length per soort.

    `los`: not tied to a state but to something of its own (an action, feedback, a flag): no step ends it by the way, only its own
    does, or the end of the casus. `school_bij`: at this step of the ladder whoever asked hears that it is late.
    `wat` is for the portal; `wat_mail` stands in a mail instead of it, when it says more of a pupil than a mailbox may hold.
    """

    soort: str
    anker: Anker
    aantal: int
    eenheid: Eenheid
    eigenaar: EigenaarSoort
    wat: str = field(kw_only=True)
    wat_mail: str = field(default="", kw_only=True)
    #: While this clock runs: what the owner of the state does, instead of what that state says.
    volgende: str = field(default="", kw_only=True)
    los: bool = field(default=False, kw_only=True)
    school_bij: int = field(default=REGIO, kw_only=True)

    @property
    def doel(self) -> str:
        """The state in which this termijn is met."""
        return self.soort.removesuffix("_vervolg")


@dataclass(frozen=True, slots=True)
class Bericht:
    """One notification: to whom, and which text (templates/meldingen/<soort>).

    `met_link`: receipt can be confirmed from the mail. `van`: only when the casus comes from one of these states.
    """

    aan: Publiek
    soort: str
    met_link: bool = False
    van: tuple[Status, ...] = ()


@dataclass(frozen=True, slots=True)
class Doel:
    """Where an action may lead, and what follows from arriving there."""

    status: Status | Richting
    opent: tuple[TermijnRegel, ...] = ()
    meldt: tuple[Bericht, ...] = ()


@dataclass(frozen=True, slots=True)
class Terugkoppeling:
    """Feedback to the school that a step must bring: the fields its three parts are read from."""

    gedaan: str = "terugkoppeling_gedaan"
    vervolg: str = "terugkoppeling_vervolg"
    nodig: str = "terugkoppeling_nodig"


@dataclass(frozen=True, slots=True, kw_only=True)
class Regel:
    """One row. `sluit`: which termijnen end with this step: 'alle', those of one soort, or none.

    `bij`: the row is about such a casus only, and with another it is not even shown. `voorwaarden` are rules on the casus alone,
    checked before a form is shown; `guards` also look at what was filled in.
    `zet` and `licht`: the flags this step sets and lifts; a row that only sets one is not shown while it is up, nor one that only
    lifts one while it is down. `sluit_los`: the loose termijnen that this step ends.
    `nieuws`: what a step that keeps the state is called in a melding ('Casus 2026-004312: het plan is bijgesteld'); fit for a
    mail, so what was done and nothing of the pupil. `nieuws_portaal`: what says more than a mail may, for the portal only.
    `voorwerp` and `gedaan` tell it afterwards: 'Wim Jansen heeft deze casus om 10.32 al ontvangen'.
    """

    actie: str
    label: str
    gedaan: str
    voorwerp: str = "deze casus"
    van: tuple[Status, ...]
    naar: tuple[Doel, ...]
    wie: tuple[Bevoegd, ...]
    velden: tuple[Veld, ...] = ()
    bij: tuple[str, ...] = ()
    voorwaarden: tuple[str, ...] = ()
    guards: tuple[str, ...] = ()
    terugkoppeling: Terugkoppeling | None = None
    sluit: str | None = "alle"
    sluit_los: tuple[str, ...] = ()
    zet: tuple[Vlag, ...] = ()
    licht: tuple[Vlag, ...] = ()
    nieuws: str = ""
    nieuws_portaal: str = ""
    #: Opens no form of its own in the list of steps: a page of the casus offers it where it belongs (a goal, an action).
    op_pagina: str = ""

    @property
    def doelen(self) -> dict[Status | Richting, Doel]:
        return {doel.status: doel for doel in self.naar}

    @property
    def changes_state(self) -> bool:
        return any(doel.status is not Richting.BLIJFT for doel in self.naar)


@dataclass(frozen=True, slots=True)
class Stap:
    """Who owns the next step in a state, and what it is. `volwassen`: the words for a student of 18 or older."""

    eigenaar: EigenaarSoort | None
    volgende: str
    volwassen: str = field(default="")
