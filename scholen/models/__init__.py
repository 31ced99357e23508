from scholen.models.jeugdhulp import (
    Aanlevering,
    Hulpvorm,
    JeugdhulpCijfer,
    JeugdhulpOpgave,
    SoortAanlevering,
    WijkOpgave,
)
from scholen.models.klassenlijst import Klassenlijst, KlassenlijstStatus
from scholen.models.leerling import Leerling
from scholen.models.samenwerkingsverband import Samenwerkingsverband
from scholen.models.school import School, Vestiging
from scholen.models.vakantie import Schoolvakantie, Vakantieregio
from scholen.models.verzuim import Verzuim, Verzuimsignaal

__all__ = [
    "Aanlevering",
    "Hulpvorm",
    "JeugdhulpCijfer",
    "JeugdhulpOpgave",
    "Klassenlijst",
    "KlassenlijstStatus",
    "Leerling",
    "Samenwerkingsverband",
    "School",
    "Schoolvakantie",
    "SoortAanlevering",
    "Vakantieregio",
    "Verzuim",
    "Verzuimsignaal",
    "Vestiging",
    "WijkOpgave",
]
