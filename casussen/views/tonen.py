"""How a casus looks in a list or on a page: the tone of its status, its flags, its clocks and icons."""

from datetime import datetime
from typing import Any

from casussen.keuzes import Status
from casussen.models import Casus, Termijn
from casussen.workflow import TERMIJNEN
from kern.klok import now

TONEN = {
    Status.CONCEPT: "neutraal",
    Status.TE_ROUTEREN: "wacht",
    Status.AANVULLING_GEVRAAGD: "wacht",
    Status.TERUGGELEGD: "let_op",
    Status.AFGESLOTEN: "klaar",
    Status.INGETROKKEN: "klaar",
}
VLAGGEN = (
    ("veiligheid", "veiligheid"),
    ("geescaleerd", "geëscaleerd"),
    ("niet_bereikbaar", "gezin niet bereikbaar"),
    ("thuiszitter", "zit thuis"),
    ("wacht_op_zorg", "wacht op zorg"),
    ("buiten_regio", "woont buiten de regio"),
)
ICONEN = (
    ("aanmelden", "start"),
    ("heraanmelden", "start"),
    ("ontvangen", "vink"),
    ("starten", "mensen"),
    ("contact", "mensen"),
    ("vragen", "vraag"),
    ("beantwoorden", "bericht"),
    ("doorzetten", "door"),
    ("toewijzen", "door"),
    ("overdracht", "door"),
    ("terugleggen", "terug"),
    ("intrekken", "kruis"),
    ("buiten_terugmelden", "vink"),
    ("buiten", "kaart"),
    ("toestemming", "slot"),
    ("herinnering", "wekker"),
    ("mdo_afgezegd", "kruis"),
    ("mdo", "kalender"),
    ("plan", "lijst"),
    ("doelscore", "grafiek"),
    ("taak_gedaan", "goed"),
    ("taak_vervallen", "kruis"),
    ("taak", "vink"),
    ("inzet_wacht", "pauze"),
    ("inzet_einde", "vlag"),
    ("inzet", "mensen"),
    ("voortgang", "bericht"),
    ("intensiteit", "gelijk"),
    ("aanvraag", "lijst"),
    ("deling_ingetrokken", "kruis"),
    ("deling", "slot"),
    ("instemming_ingetrokken", "kruis"),
    ("instemming", "slot"),
    ("nazorg", "oog"),
)


def is_late(vervalt_op: datetime | None) -> bool:
    return vervalt_op is not None and vervalt_op < now()


def tone(status: str, vervalt_op: datetime | None) -> str:
    """The tone of a status badge; an overdue casus is red whatever its status."""
    return "te_laat" if is_late(vervalt_op) else TONEN.get(Status(status), "bezig")


def flags(casus: Casus) -> list[str]:
    """The flags that are up, in words."""
    return [label for veld, label in VLAGGEN if getattr(casus, veld)]


def what_of(soort: str) -> str:
    """What a termijn asks for: 'ontvangst bevestigen'."""
    return TERMIJNEN[soort].wat if soort in TERMIJNEN else soort.replace("_", " ")


def clock_of(termijn: Termijn) -> dict[str, Any]:
    return {"vervalt_op": termijn.vervalt_op, "gesloten_op": termijn.gesloten_op, "wat": what_of(termijn.soort)}


def icon_of(soort: str) -> str:
    return next((icon for part, icon in ICONEN if soort.startswith(part)), "bericht")
