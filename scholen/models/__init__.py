from scholen.models.leerling import Leerling
from scholen.models.samenwerkingsverband import Samenwerkingsverband
from scholen.models.school import School, Vestiging
from scholen.models.vakantie import Schoolvakantie, Vakantieregio

__all__ = ["Leerling", "Samenwerkingsverband", "School", "Schoolvakantie", "Vakantieregio", "Vestiging"]
