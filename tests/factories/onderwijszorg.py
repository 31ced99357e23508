"""An onderwijs-zorgarrangement and a place in it, as rows without their history."""

from datetime import date, datetime

from factory.declarations import LazyFunction, Sequence, SubFactory
from factory.django import DjangoModelFactory

from casussen.models import Onderwijszorg, Ozaplaatsing
from kern.klok import AMSTERDAM
from tests.factories.casussen import CasusFactory
from tests.factories.netwerk import VestigingFactory
from tests.factories.zorg import AanbiederFactory


class OnderwijszorgFactory(DjangoModelFactory[Onderwijszorg]):
    class Meta:
        model = Onderwijszorg

    naam = Sequence(lambda n: f"Samen {n}")
    vestiging = SubFactory(VestigingFactory)
    aanbieder = SubFactory(AanbiederFactory)
    visie = "Leren en herstellen horen bij elkaar."
    doelen = LazyFunction(lambda: ["Elke dag op school"])
    plaatsen = 4
    duur_weken = 26
    mdo_elke_weken = 6
    van = date(2026, 9, 1)
    vastgelegd_op = datetime(2026, 8, 20, 12, 0, tzinfo=AMSTERDAM)


class OzaplaatsingFactory(DjangoModelFactory[Ozaplaatsing]):
    class Meta:
        model = Ozaplaatsing

    arrangement = SubFactory(OnderwijszorgFactory)
    casus = SubFactory(CasusFactory)
    van = date(2026, 10, 1)
    verwacht_tot = date(2027, 4, 1)
