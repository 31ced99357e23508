from scholen.models.klassenlijst import Klassenlijst, KlassenlijstStatus
from scholen.models.leerling import Leerling
from scholen.models.samenwerkingsverband import Samenwerkingsverband
from scholen.models.school import School, Vestiging
from scholen.models.vakantie import Schoolvakantie, Vakantieregio

__all__ = [
    "Klassenlijst",
    "KlassenlijstStatus",
    "Leerling",
    "Samenwerkingsverband",
    "School",
    "Schoolvakantie",
    "Vakantieregio",
    "Vestiging",
]
