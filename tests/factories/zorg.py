"""What help there is: aanbieders, arrangementen, contracts and waiting times. All invented."""

from datetime import date, datetime

from factory.declarations import Sequence, SubFactory
from factory.django import DjangoModelFactory

from kern.klok import AMSTERDAM
from tests.factories.netwerk import GemeenteFactory
from zorgaanbod.keuzes import Hulpvorm
from zorgaanbod.models import Aanbieder, Arrangement, Contract, Wachttijd


class AanbiederFactory(DjangoModelFactory[Aanbieder]):
    class Meta:
        model = Aanbieder

    naam = Sequence(lambda n: f"Aanbieder {n}")
    email = Sequence(lambda n: f"aanbieder{n}@test.example")


class ArrangementFactory(DjangoModelFactory[Arrangement]):
    class Meta:
        model = Arrangement

    aanbieder = SubFactory(AanbiederFactory)
    naam = Sequence(lambda n: f"Arrangement {n}")
    hulpvorm = Hulpvorm.AMBULANT


class ContractFactory(DjangoModelFactory[Contract]):
    class Meta:
        model = Contract

    arrangement = SubFactory(ArrangementFactory)
    gemeente = SubFactory(GemeenteFactory)


class WachttijdFactory(DjangoModelFactory[Wachttijd]):
    class Meta:
        model = Wachttijd

    arrangement = SubFactory(ArrangementFactory)
    weken = 6
    gemeten_op = date(2026, 11, 20)
    vastgelegd_op = datetime(2026, 11, 20, 12, 0, tzinfo=AMSTERDAM)
