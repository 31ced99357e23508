from kern.models.gebeurtenis import Gebeurtenis
from kern.models.hartslag import Hartslag
from kern.models.melding import Melding

__all__ = ["Gebeurtenis", "Hartslag", "Melding"]
