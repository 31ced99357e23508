"""The sectors of Dutch education that the portal knows, and the words each of them uses."""

from dataclasses import dataclass

from django.db import models


class Sector(models.TextChoices):
    PO = "po", "basisonderwijs"
    SO = "so", "speciaal onderwijs"
    VO = "vo", "voortgezet onderwijs"
    VSO = "vso", "voortgezet speciaal onderwijs"
    PRO = "pro", "praktijkonderwijs"
    MBO = "mbo", "middelbaar beroepsonderwijs"


@dataclass(frozen=True, slots=True)
class Woorden:
    """What a sector calls its people: on screen the word of the sector is used."""

    leerling: str
    leerlingen: str
    zorgcoordinator: str


_SCHOOL = Woorden("leerling", "leerlingen", "zorgcoördinator")
_MBO = Woorden("student", "studenten", "studentbegeleider")


def woorden(sector: str) -> Woorden:
    """The words of a sector; an unknown or empty sector gets those of a school."""
    return _MBO if sector == Sector.MBO else _SCHOOL
