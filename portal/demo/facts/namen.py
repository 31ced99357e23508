"""Invented names: ordinary first names, and family names that are plainly made of sea, dunes and town. Nobody is called this.

Pupils have other family names than professionals, so that nobody mistakes one for the parent of the other.
"""

from pathlib import Path


def _lines(naam: str) -> tuple[str, ...]:
    return tuple((Path(__file__).parent / f"{naam}.txt").read_text(encoding="utf-8").splitlines())


VOORNAMEN = _lines("voornamen")
ACHTERNAMEN = _lines("achternamen")
LEERLINGNAMEN = _lines("leerlingnamen")

FUNCTIES = (
    ("jeugdcoach", 26),
    ("gezinscoach", 22),
    ("jeugd- en gezinswerker", 20),
    ("schoolmaatschappelijk werker", 12),
    ("gedragswetenschapper", 7),
    ("jongerenwerker", 7),
    ("praktijkondersteuner jeugd", 6),
)
EXPERTISES = (
    "schooluitval en verzuim",
    "echtscheiding",
    "angst en somberheid",
    "autisme in het gezin",
    "jonge mantelzorgers",
    "thuiszitters",
    "opvoedvragen van ouders",
    "rouw en verlies",
    "gamen en schermen",
    "middelengebruik",
    "overgang naar het mbo",
    "nieuw in Nederland",
    "geldzorgen in het gezin",
    "eetproblemen",
    "",
)
BEREIKBAAR = (
    "ma t/m do 9–17",
    "ma di do 9–17",
    "ma wo vr 9–16",
    "di wo do vr 9–17",
    "ma di wo 8:30–15",
    "wo do vr 9–17",
    "ma t/m vr 9–13",
    "di do 9–18, wo 9–12",
)
